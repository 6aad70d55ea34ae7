"""Taking somebody's name out of what others wrote: how it is spelled, and what stands in its place."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from observe.core.contact import plain

FORMER = "A former colleague"
IN_TEXT = "a former colleague"
TITLES = "Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Madam|Rev"
SHORTEST = 2
_APOSTROPHES = "'’‘ʼ"
_HYPHENS = "-‐‑–"


@dataclass(frozen=True, slots=True)
class Spellings:
    """The ways in which one person is named: looked for as whole words.

    Capitals count only in a name of one word.
    """

    pattern: re.Pattern[str]
    needles: tuple[str, ...]

    def scrubbed(self, value: Any) -> Any:
        """A text, or a JSON value, with other words in place of the name; the same if it is not there."""
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, dict):
            changed: Any = {self._text(key): self.scrubbed(part) for key, part in value.items()}
            return changed if changed != value else value
        if isinstance(value, list):
            changed = [self.scrubbed(part) for part in value]
            return changed if changed != value else value
        return value

    def may_stand_in(self, spelled: str) -> bool:
        """Whether it is worth reading this JSON: False only if no spelling can be in it."""
        return "\\u" in spelled or any(each in spelled.casefold() for each in self.needles)

    def _text(self, text: str) -> str:
        return self.pattern.sub(IN_TEXT, plain_form(text)) if self.is_in(text) else text

    def is_in(self, text: str) -> bool:
        """Whether the person is named in a text."""
        return self.pattern.search(plain_form(text)) is not None


def spellings(names: Iterable[str], addresses: Iterable[str], others: Iterable[str]) -> Spellings:
    """Full names, also their last word after a title; e-mail addresses; and whatever else was typed.

    `others` are what somebody typed: a nickname, initials. Texts of one letter are left out.
    """
    full = {plain(each) for each in names}
    exact = full | {plain(each) for each in (*addresses, *others)}
    kept = sorted((each for each in exact if len(each) >= SHORTEST), key=len, reverse=True)
    titled = sorted({each.split()[-1] for each in full if " " in each}, key=len, reverse=True)
    ways = [rf"(?:(?:{TITLES})\.?\s+)?{_as_typed(each)}" for each in kept]
    ways += [rf"(?:{TITLES})\.?\s+{_spelled(each)}" for each in titled]
    found = re.compile(rf"(?<!\w)(?:{'|'.join(ways) or '(?!)'})(?!\w)", re.IGNORECASE)
    return Spellings(found, tuple({_needle(each) for each in (*kept, *titled)}))


def plain_form(text: str) -> str:
    """The text in Unicode form NFC, in which a letter and its accent are one."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _as_typed(name: str) -> str:
    """A pattern for a name; capitals count in a single word, for "will" is not Will."""
    alone = " " not in name and "@" not in name
    return f"(?-i:{_spelled(name)})" if alone else _spelled(name)


def _spelled(name: str) -> str:
    """A pattern for a name: any space between its words, with accents or without."""
    return r"\s+".join("".join(map(_letter, word)) for word in name.split())


def _letter(letter: str) -> str:
    for alike in (_APOSTROPHES, _HYPHENS):
        if letter in alike:
            return f"[{re.escape(alike)}]"
    bare = unicodedata.normalize("NFD", letter)[0]
    return re.escape(letter) if bare == letter else f"[{re.escape(bare + letter)}]"


def _needle(name: str) -> str:
    """The longest run of plain letters in a name, as it stands in JSON however that is spelled."""
    runs: list[str] = re.findall(r"[!#-&(-,.-\[\]-~]+", bare_letters(name))
    return max(runs, key=len, default="").casefold()


def bare_letters(name: str) -> str:
    """The name with a space for each letter that may be spelled in several ways."""
    return "".join(each if each.isascii() else " " for each in name)
