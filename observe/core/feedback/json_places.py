"""JSON text → what it holds, with a place for everything that no JSON should hold."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]
HALF = "there is half a character in it, such as \\ud800; write it again"
LONGEST_NUMBER = 40


class _Pairs(list[tuple[str, Any]]):
    """The keys and values of an object as they stand, each as often as it stands there."""


@dataclass(frozen=True, slots=True)
class _NoNumber:
    """What stands where a number should."""

    what: str


def parsed(text: str) -> Any:
    """What a JSON text holds, every key kept; ValueError or RecursionError where it is none."""
    return json.loads(
        text, object_pairs_hook=_Pairs, parse_constant=_constant, parse_int=_whole_number
    )


def misplaced(held: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Keys that stand twice, half characters and what is no number, each with its place."""
    if isinstance(held, _NoNumber):
        yield path, held.what
    if isinstance(held, str) and _is_broken(held):
        yield path, HALF
    for step, inside in _inside(held):
        yield from misplaced(inside, (*path, step))
    if isinstance(held, _Pairs):
        yield from _keys(held, path)


def _keys(pairs: _Pairs, path: Path) -> Iterator[tuple[Path, str]]:
    for key, many in Counter(key for key, _ in pairs).items():
        if _is_broken(key):
            yield path, f"a key in it cannot be read: {HALF}"
        elif many > 1:
            yield (*path, key), f"`{key}` stands twice here; keep one of the two"


def _inside(held: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(held, _Pairs):
        yield from ((key.encode("utf-8", "replace").decode(), inside) for key, inside in held)
    elif isinstance(held, list):
        yield from enumerate(held)


def _is_broken(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def _constant(word: str) -> _NoNumber:
    return _NoNumber(f"{word} is no JSON; write a number or null")


def _whole_number(digits: str) -> int | _NoNumber:
    return _NoNumber("this number is too long") if len(digits) > LONGEST_NUMBER else int(digits)
