"""Tap counts: what an observer who tapped nothing counted, on the parts of a lesson that they reached."""

from collections.abc import Iterator, Mapping
from typing import Any

from observe.core.observation import Record
from observe.core.rating import OCCASION
from observe.core.rubric import OccasionKind, Occasions, Rubric, ScaleType
from observe.core.sitting import Sitting

MINUTE = 60_000
LAST_INTERVAL = 999

Given = Mapping[tuple[str, str], Any]


def counted_in(rubric: Rubric, record: Record) -> Given:
    """One observer's ratings by (criterion, occasion), where what was not tapped is a count of 0.

    Each record that a tablet made was started; one that came from a file had no taps to make. No part
    of a lesson that was not reached has a count.
    """
    ratings, sitting = record.ratings, record.sitting
    counted = [each for each in rubric.criteria() if each.scale.type is ScaleType.COUNT]
    if not counted or not sitting.started:
        return ratings
    until = _reached(rubric.occasions, ratings, sitting)
    begun = {
        kind: [name for name, minute in _occasions(rubric.occasions, kind) if minute < until]
        for kind in {each.occasion for each in counted}
    }
    noughts = {(each.criterion, name): 0 for each in counted for name in begun[each.occasion]}
    return {**noughts, **ratings}


def _reached(occasions: Occasions, ratings: Given, sitting: Sitting) -> float:
    """Before which minute of the lesson a part must begin to have been reached.

    A tablet marks each end before time; without such a mark all segments were there. Intervals go on
    for as long as the lesson does, so that without one only what was rated says how far they went.
    """
    rated = [_begins(occasions, occasion) + 1 for _, occasion in ratings]
    partial = [_begins(occasions, sitting.partial) + 1] if sitting.partial else []
    ended = [] if sitting.ended is None else [sitting.ended / MINUTE]
    cut = [*partial, *ended]
    return max([1, *rated, *(cut or [occasions.segments * occasions.minutes])])


def _begins(occasions: Occasions, occasion: str) -> int:
    """At which minute of the lesson `segment-2`, `sample-1-4` or `interval-7` begins."""
    parts = OCCASION.fullmatch(occasion)
    if parts is None or parts[OccasionKind.WHOLE]:
        return 0
    if parts[OccasionKind.INTERVAL]:
        return (int(parts[OccasionKind.INTERVAL]) - 1) * occasions.interval_minutes
    segment = int(parts[OccasionKind.SEGMENT] or parts[OccasionKind.SAMPLE])
    return (segment - 1) * occasions.minutes + int(parts["minute"] or 0)


def _occasions(occasions: Occasions, kind: OccasionKind) -> Iterator[tuple[str, int]]:
    """The occasions of a kind, each with the minute at which it begins."""
    for name in _names(occasions, kind):
        yield name, _begins(occasions, name)


def _names(occasions: Occasions, kind: OccasionKind) -> list[str]:
    segments = range(1, occasions.segments + 1)
    match kind:
        case OccasionKind.SEGMENT:
            return [f"segment-{number}" for number in segments]
        case OccasionKind.SAMPLE:
            return [f"sample-{each}-{minute}" for each in segments for minute in occasions.samples]
        case OccasionKind.INTERVAL:
            return [f"interval-{number}" for number in range(1, LAST_INTERVAL + 1)]
    return ["whole"]
