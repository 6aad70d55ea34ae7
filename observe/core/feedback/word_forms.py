"""A word → its forms, as they are spelt by rule; what is spelt otherwise stands in the lists itself."""

import re
from collections.abc import Iterable, Iterator

_VOWELS = frozenset("aeiou")


def forms(words: Iterable[str]) -> frozenset[str]:
    """The words with every form that a noun or a verb of that spelling may take."""
    return frozenset(form for word in words for form in _inflected(word))


def compared(words: Iterable[str]) -> frozenset[str]:
    """The words with what an adjective of that spelling becomes: `calm`, `calmer`, `calmest`, `calmly`."""
    return frozenset(form for word in words for form in _degrees(word))


def turns(listed: str) -> re.Pattern[str]:
    """Turns of phrase, parted by `|`, to be found as whole words."""
    return re.compile(rf"(?<!\w)(?:{_joined(listed)})(?!\w)", re.IGNORECASE)


def _joined(listed: str) -> str:
    return listed.replace("\n    ", "").strip()


def _inflected(word: str) -> Iterator[str]:
    yield from (word, f"{word}s", f"{word}es", f"{word}ed", f"{word}ing")
    if word.endswith("e"):
        yield from (f"{word}d", f"{word[:-1]}ing")
    elif word.endswith("y"):
        yield from (f"{word[:-1]}ies", f"{word[:-1]}ied")
    elif _doubles(word):
        yield from (f"{word}{word[-1]}ed", f"{word}{word[-1]}ing")


def _degrees(word: str) -> Iterator[str]:
    yield from (word, f"{word}ly", f"{word}er", f"{word}est")
    if word.endswith("y"):
        yield from (f"{word[:-1]}{ending}" for ending in ("ily", "ier", "iest", "iness"))
    elif word.endswith("e"):
        yield from (f"{word}r", f"{word}st", f"{word[:-1]}y")
    elif _doubles(word):
        yield from (f"{word}{word[-1]}{ending}" for ending in ("er", "est"))


def _doubles(word: str) -> bool:
    """Whether the last letter is written twice before an ending: `plan`, `planned`."""
    return len(word) > 2 and word[-1] not in "aeiouwxy" and word[-2] in _VOWELS
