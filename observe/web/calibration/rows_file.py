"""The very rows from which figures are counted, line by line."""

from collections.abc import Hashable, Iterable, Sequence

from observe.core.rubric import Rubric
from observe.services.figures import PairFigures
from observe.services.group_figures import GroupFigures
from observe.services.rated import codes_of, numbered, rated_criteria
from observe.storage.group_ratings import RatedPair
from observe.web.spreadsheets import Line
from observe.web.spreadsheets import as_csv as answer

ANY_COUNT = range(2**53)

__all__ = ["Line", "answer", "levels_of", "of_group", "of_pair"]


def of_pair(found: PairFigures, *, me: str, criterion: str = "") -> Iterable[Line]:
    """A line for each two levels of two people, in order of time; of one criterion where one is named."""
    yield ("lesson", "observed_on", "teacher", "criterion", "occasion", "title", me, found.partner)
    levels, titles = levels_of(found.rubric), codes_of(found.rubric)
    place = {key: number for number, key in enumerate(levels)}
    asked = [
        row for row in found.rows if row.criterion in place and criterion in ("", row.criterion)
    ]
    for row in sorted(asked, key=lambda r: (r.observed_on, r.lesson_id, place[r.criterion])):
        lesson = found.lessons.get(row.lesson_id)
        yield (
            lesson.title if lesson else "",
            row.observed_on.isoformat(),
            lesson.teacher if lesson else "",
            row.criterion,
            row.occasion,
            titles.get(row.criterion, ""),
            levels[row.criterion][row.mine],
            levels[row.criterion][row.theirs],
        )


def of_group(
    found: GroupFigures, pairs: Sequence[RatedPair], *, criterion: str = ""
) -> Iterable[Line]:
    """A line for each two levels, lessons by number and nobody named."""
    yield (
        *("lesson", "criterion", "occasion", "capacity_first", "capacity_second"),
        *("level_first", "level_second", "weight"),
    )
    levels = levels_of(found.rubric)
    shown = levels.keys() - found.held_back
    for number, pair in zip(numbered(pair.lesson for pair in pairs), pairs, strict=True):
        cells = zip(*pair.rated, pair.first, pair.second, strict=True)
        for key, occasion, weight, first, second in cells:
            if key in shown and criterion in ("", key):
                yield (
                    *(number + 1, key, occasion, pair.capacity_a, pair.capacity_b),
                    *(levels[key][first], levels[key][second], weight),
                )


def levels_of(rubric: Rubric) -> dict[str, Sequence[Hashable]]:
    """The rubric's own levels of each criterion, for rows hold positions; a count is its own."""
    of_levels = {each.key: each.levels for each in rated_criteria(rubric, {}) if each.has_levels}
    every = (each.key for each in rated_criteria(rubric, {}))
    return {key: of_levels.get(key, ANY_COUNT) for key in every}
