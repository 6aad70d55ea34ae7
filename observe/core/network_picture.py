"""Where everybody stands in the picture of a network: groups as fields side by side, links inside them.

Distances along links decide (Kamada and Kawai, Information Processing Letters 1989, 31:7), from a circle in
the order of people, so the same lessons make the same picture; then marks that touch are pushed apart.
Across, everything is in hundredths of the picture's width, so that it can be stretched; down, in pixels.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
import numpy.typing as npt

from observe.core.network import Network

Floats = npt.NDArray[np.float64]

GAP, LABEL, PAD, LEAST_HEIGHT = 10.0, 34.0, 9.0, 300.0
FEW, SOME = 14, 60
ROUNDS, SMALLEST_FIELD = 40, 2.0


@dataclass(frozen=True, slots=True)
class Size:
    """How large marks are, how much room each has, and the least width at which none touch (pixels)."""

    name: str
    radius: float
    room: float
    width: float


SIZES = (Size("few", 21, 72, 300), Size("some", 17, 74, 700), Size("many", 8, 34, 960))


@dataclass(frozen=True, slots=True)
class Field:
    """The ground of one group: its number, 0 for those who met nobody; left and width in hundredths."""

    number: int
    left: float
    width: float
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Spot:
    """The middle of one mark: across in hundredths, down in pixels."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Picture:
    """Fields and marks, and how tall all of it is."""

    size: Size
    height: float
    fields: Sequence[Field]
    spots: Mapping[UUID, Spot]


@dataclass(frozen=True, slots=True)
class _Part:
    """A group to be placed, with the side of the square that it would fill (pixels)."""

    number: int
    members: Sequence[UUID]
    side: float


def picture(of: Network, group_of: Mapping[UUID, int]) -> Picture:
    """The picture of a network; `group_of` numbers the groups from 1, who is not in it met nobody."""
    size = SIZES[(len(of.people) > FEW) + (len(of.people) > SOME)]
    fields: list[Field] = []
    spots: dict[UUID, Spot] = {}
    top = 0.0
    for row in _rows(_parts(of, group_of, size), size.width):
        height = _height(row, size, first=not fields)
        for part, field in zip(row, _fields(row, top, height, size.width), strict=True):
            fields.append(field)
            spots |= _placed(of, part, field, size)
        top += height + GAP
    return Picture(size, max(top - GAP, 0.0), fields, spots)


def _parts(of: Network, group_of: Mapping[UUID, int], size: Size) -> Iterator[_Part]:
    """The groups in their order, then those who met nobody."""
    numbers = sorted({group_of.get(each, 0) for each in of.people}, key=lambda n: (n == 0, n))
    for number in numbers:
        members = [each for each in of.people if group_of.get(each, 0) == number]
        side = math.sqrt(max(len(members), SMALLEST_FIELD)) * size.room
        yield _Part(number, members, side)


def _rows(parts: Iterator[_Part], width: float) -> Iterator[list[_Part]]:
    """Parts side by side while there is room; the largest may fill a row alone."""
    row: list[_Part] = []
    for part in parts:
        if row and sum(each.side for each in (*row, part)) > width:
            yield row
            row = []
        row.append(part)
    if row:
        yield row


def _height(row: Sequence[_Part], size: Size, *, first: bool) -> float:
    """Tall enough for each part in its share of the width."""
    sides = sum(part.side for part in row)
    tallest = max(part.side * sides / size.width for part in row)
    return max(tallest + LABEL, LEAST_HEIGHT if first else 0, 2 * size.radius + 2 * PAD + LABEL)


def _fields(row: Sequence[_Part], top: float, height: float, width: float) -> Iterator[Field]:
    gap = 100 * GAP / width
    free = 100 - gap * (len(row) - 1)
    sides, left = sum(part.side for part in row), 0.0
    for part in row:
        wide = free * part.side / sides
        yield Field(part.number, round(left, 2), round(wide, 2), round(top, 1), round(height, 1))
        left += wide + gap


def _placed(of: Network, part: _Part, field: Field, size: Size) -> dict[UUID, Spot]:
    """Each member of a group at its place in the field."""
    wide, margin = field.width * size.width / 100, size.radius + PAD
    low = np.array([margin, margin])
    high = np.maximum(low, [wide - margin, field.height - margin - LABEL])
    places = _apart(_stretched(_drawn(of, part), low, high), low, high, 2 * size.radius + PAD)
    return {
        person_id: Spot(
            round(field.left + 100 * float(x) / size.width, 2), round(field.top + float(y), 1)
        )
        for person_id, (x, y) in zip(part.members, places, strict=True)
    }


def _drawn(of: Network, part: _Part) -> Floats:
    """Where the links would have the members (members x 2), in no unit; on a grid without links."""
    if part.number == 0:
        across = math.ceil(math.sqrt(len(part.members)))
        numbers = np.arange(len(part.members), dtype=np.float64)
        return np.column_stack([numbers % across, numbers // across])
    graph = of.graph.induced_subgraph([of.place[each] for each in part.members])
    rounds = (50 if graph.vcount() <= SOME else 10) * graph.vcount()
    drawn = graph.layout_kamada_kawai(seed=graph.layout_circle(), maxiter=rounds)
    return np.array(drawn.coords, dtype=np.float64)


def _stretched(drawn: Floats, low: Floats, high: Floats) -> Floats:
    """The same over the whole field, its longer way along the field's longer side."""
    spread = np.ptp(drawn, axis=0)
    if (spread[0] < spread[1]) != (high[0] - low[0] < high[1] - low[1]):
        drawn, spread = drawn[:, ::-1], spread[::-1]
    known = np.where(spread > 1e-9, spread, 1)
    share = np.where(spread > 1e-9, (drawn - drawn.min(axis=0)) / known, 0.5)
    return np.asarray(low + share * (high - low))


def _apart(places: Floats, low: Floats, high: Floats, least: float) -> Floats:
    """Marks that are nearer than `least` pushed away from each other, inside the field."""
    places = places + np.arange(len(places))[:, np.newaxis] * [1e-6, -1e-6]
    for _ in range(ROUNDS if len(places) <= SOME else ROUNDS // 4):
        away = places[:, np.newaxis] - places
        distance = np.hypot(away[..., 0], away[..., 1])
        np.fill_diagonal(distance, np.inf)
        short = np.maximum(least - distance, 0)
        if not short.any():
            break
        push = (away / np.maximum(distance, 1e-9)[..., np.newaxis]) * short[..., np.newaxis] / 2
        places = np.clip(places + push.sum(axis=1), low, high)
    return np.asarray(places)
