"""Naming others by what they are: in words that somebody is given, nobody else is named."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
WORD = re.compile(r"[^\W\d_](?:[\w'’‘ʼ‐‑–-]*\w)?")
OWNED = re.compile(r"['’]s$")
ALIKE = str.maketrans("’‘ʼ‐‑–", "'''---")
SHORTEST, LONGEST, GAP = 3, 9, 3
TITLES = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "madam", "rev"))
# First names that are also everyday words stand alone only as those words.
EVERYDAY = (
    "art bill dale daisy dawn faith frank gay grace guy hope ivy iris jack joy june lee mark may max miles"
    " nick olive pat peace penny pride ray rich rob robin rose ruby sandy skip sue summer will young white"
    " black brown green gray grey king long short small best head moss hill wood field stone marsh banks"
    " bridge brook burns bell cook baker carter parker mason miller page price read sharp strong swift"
    " ward waters wells winter friend good day rice lane park pond"
)
EVERYDAY_WORDS = frozenset(EVERYDAY.split())


@dataclass(frozen=True, slots=True)
class Others:
    """Everybody but one person, by name; `function` says what each is, such as "a teacher"."""

    full: Mapping[str, Sequence[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    alone: Mapping[str, str] = field(default_factory=dict)
    last: Mapping[str, str] = field(default_factory=dict)
    addresses: frozenset[str] = frozenset()

    def left_out(self, value: Any) -> Any:
        """A text, or a JSON value, in which others are named by what they are."""
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, dict):
            return {key: self.left_out(part) for key, part in value.items()}
        return [self.left_out(part) for part in value] if isinstance(value, list | tuple) else value

    def _text(self, text: str) -> str:
        told = ADDRESS.sub(self._address, unicodedata.normalize("NFC", text))
        return "".join(self._parts(told, list(WORD.finditer(told))))

    def _address(self, found: re.Match[str]) -> str:
        return found[0] if found[0].casefold() in self.addresses else "(an e-mail address)"

    def _parts(self, text: str, words: Sequence[re.Match[str]]) -> Iterator[str]:
        at = number = 0
        while number < len(words):
            count, function = self._named(text, words, number)
            if count:
                last = words[number + count - 1]
                owned = OWNED.search(last[0])
                yield text[at : words[number].start()] + function + (owned[0] if owned else "")
                at = last.end()
            number += max(count, 1)
        yield text[at:]

    def _named(self, text: str, words: Sequence[re.Match[str]], first: int) -> tuple[int, str]:
        """(how many words, what they are) of the name that begins here; no words where none does."""
        found = [key_of(each[0]) for each in words[first : first + LONGEST]]
        for name, function in self.full.get(found[0], ()):
            if tuple(found[: len(name)]) == name and _is_run(text, words, first, len(name)):
                return len(name), function
        if found[0] in TITLES and len(found) > 1 and _is_run(text, words, first, 2):
            return self._titled(found[1:])
        capital = words[first][0][0].isupper()
        return (1, self.alone[found[0]]) if capital and found[0] in self.alone else (0, "")

    def _titled(self, after: Sequence[str]) -> tuple[int, str]:
        """A title with a last name, or with a whole one."""
        for name, function in self.full.get(after[0], ()):
            if tuple(after[: len(name)]) == name:
                return len(name) + 1, function
        return (2, self.last[after[0]]) if after[0] in self.last else (0, "")


def _is_run(text: str, words: Sequence[re.Match[str]], first: int, count: int) -> bool:
    """Whether nothing but space, or the full stop of a title, stands between these words."""
    found = words[first : first + count]
    between = (text[one.end() : two.start()] for one, two in pairwise(found))
    return all(each.strip() in ("", ".") and len(each) <= GAP for each in between)


def key_of(word: str) -> str:
    """A word as names are compared: without accents, capitals and a possessive."""
    bare = unicodedata.normalize("NFD", OWNED.sub("", word)).translate(ALIKE)
    return "".join(each for each in bare if not unicodedata.combining(each)).casefold()


def others(named: Iterable[tuple[str, str]], own: Iterable[str]) -> Others:
    """Others from (name, what they are) of each; `own` are what the person is called."""
    mine = list(own)
    kept = {key_of(each[0]) for name in mine for each in WORD.finditer(name)}
    full: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    alone: dict[str, str] = {}
    last: dict[str, str] = {}
    whole = {_words(name) for name in mine}
    for name, function in named:
        words = _words(name)
        if len(words) > 1 and words not in whole:
            full.setdefault(words[0], []).append((words, function))
            last |= {words[-1]: function} if words[-1] not in kept else {}
        alone |= {each: function for each in _singles(words) if each not in kept}
    ordered = {first: sorted(each, key=lambda it: -len(it[0])) for first, each in full.items()}
    return Others(ordered, alone, last, frozenset(each.casefold() for each in mine))


def _words(name: str) -> tuple[str, ...]:
    return tuple(key_of(each[0]) for each in WORD.finditer(name))


def _singles(words: Sequence[str]) -> Iterator[str]:
    return (each for each in words if len(each) >= SHORTEST and each not in EVERYDAY_WORDS)
