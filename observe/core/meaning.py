"""What a criterion says, whatever its place: rules agreed for it hold as long as this stays the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from observe.core.canonical import digest
from observe.core.rubric import Criterion, Scale


def meaning(criterion: Criterion) -> str:
    """The digest of a criterion's words: `sha256:` and 64 hexadecimal digits.

    Its title, its descriptors, the levels or codes of its scale and its look-fors count; its code, domain,
    order, occasion and phrases do not, and neither does the spacing of a text.
    """
    return digest(
        {
            "title": _line(criterion.title),
            "descriptors": {
                str(value): _line(text) for value, text in criterion.descriptors.items()
            },
            "scale": _scale(criterion.scale),
            "look_fors": {each.look_for: _line(each.text) for each in criterion.look_fors},
        }
    )


def _scale(scale: Scale) -> dict[str, Any]:
    return {
        "type": scale.type.value,
        "levels": [[level.value, _line(level.label)] for level in scale.levels],
        "codes": {code: _line(label) for code, label in scale.codes.items()},
    }


def _line(text: str) -> str:
    return " ".join(text.split())


class Part(StrEnum):
    """A part of what a criterion says."""

    TITLE = "title"
    LEVEL = "level"
    CODE = "code"
    LOOK_FOR = "look-for"


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that two versions say differently; `which` is a level, a code or a look-for.

    `then` or `now` is empty where that version has no such part.
    """

    part: Part
    which: str
    then: str
    now: str


def differences(then: Criterion, now: Criterion) -> tuple[Difference, ...]:
    """What two versions of a criterion say differently, in the order in which a rubric is read."""
    before, after = dict(_parts(then)), dict(_parts(now))
    both = {**before, **after}
    return tuple(
        Difference(*key, before.get(key, ""), after.get(key, ""))
        for key in sorted(both, key=lambda key: list(Part).index(key[0]))
        if before.get(key) != after.get(key)
    )


def _parts(criterion: Criterion) -> Iterator[tuple[tuple[Part, str], str]]:
    yield (Part.TITLE, ""), _line(criterion.title)
    for level in criterion.scale.levels:
        words = level.label, criterion.descriptors.get(level.value, "")
        yield (Part.LEVEL, str(level.value)), ": ".join(_line(each) for each in words if each)
    for code, label in criterion.scale.codes.items():
        yield (Part.CODE, code), _line(label)
    for look_for in criterion.look_fors:
        yield (Part.LOOK_FOR, look_for.look_for), _line(look_for.text)
