"""Whole letters by another hand: clean ones, and ones in which every fault is marked as «kind: words»."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from observe.core.feedback.checks import Finding, Kind
from tests.feedback import corpus

SETS = (
    "second_held_out",
    "third_held_out",
    "fourth_held_out",
    "fifth_held_out",
    "sixth_held_out",
    "seventh_held_out",
    "eighth_held_out",
)
_MARKED = re.compile(r"«(\w+): ([^»]*)»")


@dataclass(frozen=True)
class Fault:
    """A planted fault and the words it stands in, counted in characters; a whole letter has no words."""

    kind: Kind
    quote: str = ""
    start: int = -1


@dataclass(frozen=True)
class Planted:
    """A letter as a person would send it, the faults in it, and the pupils of its class."""

    text: str
    faults: tuple[Fault, ...]
    pupils: tuple[str, ...]


def clean(held: str) -> list[Planted]:
    return [_of(held, one) for one in corpus.yaml_of(held, "clean")]


def planted(held: str) -> list[Planted]:
    """Every letter with faults; those that are too long are made of clean ones."""
    long = [
        "\n".join(clean(held)[place].text for place in one)
        for one in corpus.yaml_of(held, "too_long")
    ]
    return [
        *(_of(held, one) for one in corpus.yaml_of(held, "faulty")),
        *(Planted(one, (Fault(Kind.TOO_LONG),), corpus.names(held)) for one in long),
    ]


def missed(letter: Planted) -> Iterator[Fault]:
    """The faults of a letter that no finding of their kind touches."""
    told = _findings(letter)
    for fault in letter.faults:
        if not any(_finds(fault, one, start) for one, start in told):
            yield fault


def alarms(letter: Planted) -> list[Finding]:
    """What is found in a clean letter."""
    return [one for one, _ in _findings(letter)]


def extras(letter: Planted) -> list[Finding]:
    """What is found in a letter with faults, in other words than theirs."""
    whole = {fault.kind for fault in letter.faults if fault.start < 0}
    return [
        one
        for one, start in _findings(letter)
        if one.kind not in whole and not any(_shares(f, one, start) for f in letter.faults)
    ]


def measured(held: str, kind: Kind) -> tuple[int, int]:
    """How many faults of a kind are planted, and how many of them are found."""
    kept = [(one, fault) for one in planted(held) for fault in one.faults if fault.kind is kind]
    return len(kept), sum(fault not in missed(one) for one, fault in kept)


def letters_with_alarms(held: str) -> int:
    """How many of the clean letters have anything found in them."""
    return sum(bool(alarms(one)) for one in clean(held))


@cache
def _findings(letter: Planted) -> list[tuple[Finding, int]]:
    return corpus.found_in(letter.text, letter.pupils)


def _of(held: str, told: str | dict[str, Any]) -> Planted:
    """A letter of a set; where it has no class of its own, that of the set."""
    letter = {"text": told} if isinstance(told, str) else told
    pupils = tuple(letter["names"].split(", ")) if "names" in letter else corpus.names(held)
    return _planted(letter["text"], letter.get("whole", ()), pupils)


def _planted(marked: str, whole: Sequence[str], pupils: tuple[str, ...]) -> Planted:
    text, faults = "", [Fault(Kind(kind)) for kind in whole]
    begun = 0
    for mark in _MARKED.finditer(marked):
        text += marked[begun : mark.start()]
        faults.append(Fault(Kind(mark[1]), mark[2], len(text)))
        text, begun = text + mark[2], mark.end()
    return Planted(text + marked[begun:], tuple(faults), pupils)


def _finds(fault: Fault, one: Finding, start: int) -> bool:
    return one.kind is fault.kind and (fault.start < 0 or _shares(fault, one, start))


def _shares(fault: Fault, one: Finding, start: int) -> bool:
    end = fault.start + len(fault.quote)
    return fault.start >= 0 and corpus.touches(one, start, fault.start, end)
