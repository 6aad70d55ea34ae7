"""Which windows of ten lessons may be shown of a group, beside all groups and windows that are shown."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from observe.core.agreement.drift import FEWEST_WINDOWS, WINDOW
from observe.core.agreement.pooled import why_not_pooled
from observe.core.agreement.ratings import RatedCriterion
from observe.core.counting import BY_ROLE, Capacities
from observe.core.differencing import safe_together
from observe.core.groups import People
from observe.core.rubric import Rubric
from observe.core.terms import term_of
from observe.services import rated
from observe.services.group_choices import Choices, Group
from observe.services.group_figures import GroupFigures
from observe.storage import group_lessons, group_ratings
from observe.storage.database import NetworkSession
from observe.storage.group_ratings import Selection

LOOKED_AT = 400


@dataclass(frozen=True, slots=True)
class Row:
    """Two observers of one lesson, its day, and the groups in which it lies."""

    lesson: str
    day: date
    people: People
    capacities: Capacities
    school_id: UUID
    term: str

    def lies_in(self, group: Group) -> bool:
        """Whether it is one of the rows of this group."""
        return (
            group.capacities in (None, self.capacities)
            and group.school_id in (None, self.school_id)
            and group.term in (None, self.term)
        )


Windows = Sequence[Set[int]]


def shown(session: NetworkSession, found: GroupFigures) -> frozenset[int]:
    """The windows, from 0, of a school and capacities over all terms that may be shown.

    A window is a group, too: nobody may work out anything behind which fewer than five people stand
    from the windows and the groups of other pages, nor from what is left of them after the last one.
    Wider groups come first. Of very many lessons only heads beside advisers have windows,
    and those are looked at beside the terms, not beside each school.
    """
    asked = Group(found.selection.capacities, found.selection.school_id)
    rows = rows_of(session, found)
    many = len({row.lesson for row in rows}) > LOOKED_AT
    if many and asked != Group(BY_ROLE):
        return frozenset()
    before = [] if many else [*_before(found.choices, asked)]
    allowed = [e for e in _allowed(found.choices) if not many or e._replace(term=None) == asked]
    groups: list[Set[int]] = [_inside(rows, group) for group in allowed]
    groups += [window for group in before for window in windows_of(rows, group)]
    mine = windows_of(rows, asked)
    flags = safe_together([*groups, *mine], {n: row.people for n, row in enumerate(rows)})
    return frozenset(n for n, is_safe in enumerate(flags[len(groups) :]) if is_safe)


def rows_of(session: NetworkSession, found: GroupFigures) -> list[Row]:
    """Every two observers who gave levels that windows count, of the whole rubric version."""
    digest = found.selection.rubric_digest
    places = group_lessons.places(session, digest)
    pooled = {each.key for each in windowed(found.rubric)} - found.held_back
    return [
        Row(pair.lesson, day, people, (pair.capacity_a, pair.capacity_b), school_id, term)
        for pair in group_ratings.rated_pairs(session, Selection(digest))
        if pooled & set(pair.rated.criteria)
        for school_id, day in [places[pair.lesson]]
        for people, term in [
            (frozenset({UUID(pair.observer_a), UUID(pair.observer_b)}), term_of(day).key)
        ]
    ]


def windowed(rubric: Rubric) -> list[RatedCriterion]:
    """The criteria that windows count: those that are pooled and whose levels have an order."""
    every = rated.rated_criteria(rubric)
    return [each for each in every if each.scale == "ordinal" and not why_not_pooled(each)]


def windows_of(rows: Sequence[Row], group: Group) -> Windows:
    """The rows of each ten lessons in a row, in the order in which they are drawn; none below thirty."""
    mine = _inside(rows, group)
    place = {lesson: n for n, lesson in enumerate(dict.fromkeys(row.lesson for row in rows))}
    days = {rows[n].lesson: rows[n].day for n in mine}
    lessons = sorted(days, key=lambda lesson: (days[lesson], place[lesson]))
    if len(lessons) < WINDOW * FEWEST_WINDOWS:
        return []
    window = {lesson: turn // WINDOW for turn, lesson in enumerate(lessons)}
    found: list[set[int]] = [set() for _ in range(len(lessons) // WINDOW)]
    for n in sorted(mine):
        if window[rows[n].lesson] < len(found):
            found[window[rows[n].lesson]].add(n)
    return found


def _inside(rows: Sequence[Row], group: Group) -> frozenset[int]:
    return frozenset(n for n, row in enumerate(rows) if row.lies_in(group))


def _allowed(choices: Choices) -> list[Group]:
    """The groups of other pages that may be shown, the wider first."""
    return sorted(filter(choices.allows, choices.people), key=_width)


def _before(choices: Choices, asked: Group) -> Iterator[Group]:
    """The groups whose windows were looked at before: those of all terms that are wider."""
    for group in _allowed(choices):
        if group.term is None and _width(group) < _width(asked):
            yield group


def _width(group: Group) -> tuple[int, bool, str]:
    """What puts wider groups first, heads beside advisers before others."""
    filters = (group.school_id, group.term)
    return sum(each is not None for each in filters), group.capacities != BY_ROLE, str(group)
