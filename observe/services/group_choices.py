"""Which groups may be shown: five people or more, and none that differs from a wider one by fewer."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress, product, starmap
from typing import Any, NamedTuple
from uuid import UUID

from observe.core.counting import BY_ROLE, Capacities
from observe.core.differencing import safe_together
from observe.core.groups import People, may_be_shown, parts_shown, rest_is_safe
from observe.storage.group_ratings import Behind

NOBODY: People = frozenset()


class Group(NamedTuple):
    """A group by who stands beside whom, school and term; None is all of them."""

    capacities: Capacities | None = None
    school_id: UUID | None = None
    term: str | None = None


@dataclass(frozen=True)
class Places:
    """Where anybody rated: each a school, a term and two capacities, known by its number from 0."""

    every: Sequence[Group]

    @cached_property
    def inside(self) -> Mapping[Group, Sequence[int]]:
        """The places that lie in each group."""
        found: dict[Group, list[int]] = defaultdict(list)
        for number, place in enumerate(self.every):
            for wider in _wider(place):
                found[wider].append(number)
        return dict(found)

    @cached_property
    def by_filters(self) -> Mapping[int, Sequence[Group]]:
        """The groups that so many filters make."""
        found: dict[int, list[Group]] = defaultdict(list)
        for group in self.inside:
            found[len(_filters(group))].append(group)
        return dict(found)

    @cached_property
    def values(self) -> Mapping[str, Sequence[Any]]:
        """The schools, terms and capacities that there are."""
        return {
            name: list(dict.fromkeys(getattr(place, name) for place in self.every))
            for name in Group._fields
        }


@dataclass(frozen=True, slots=True)
class Choices:
    """Every group of a rubric version with the people behind it, and which of them may be shown.

    `observers` are the people behind each place. Heads beside advisers come first; a wider or a smaller
    group must differ from them by five people or by nobody. A part is shown only where what is left of
    the whole is five people or nobody too.
    """

    places: Places
    observers: Sequence[People]
    _behind: dict[Group, People] = field(default_factory=dict)
    _safe: dict[int, frozenset[Group]] = field(default_factory=dict)
    _known: dict[Group, bool] = field(default_factory=dict)
    _parts_known: dict[tuple[Group, str], frozenset[object]] = field(default_factory=dict)

    def without(self, some: Iterable[Behind]) -> "Choices":
        """The same places, each without some of its people."""
        left, number = list(self.observers), {place: n for n, place in enumerate(self.places.every)}
        for each in some:
            left[number[_place(each)]] -= each.people
        return Choices(self.places, left)

    @property
    def people(self) -> Mapping[Group, People]:
        """The people behind each group that has any."""
        return {group: who for group in self.places.inside if (who := self.behind(group))}

    def behind(self, group: Group) -> People:
        """The people behind a group."""
        if group not in self._behind:
            inside = self.places.inside.get(group, ())
            self._behind[group] = NOBODY.union(*(self.observers[number] for number in inside))
        return self._behind[group]

    def allows(self, group: Group) -> bool:
        """Whether this group may be shown."""
        filters = len(_filters(group))
        if filters not in self._safe:
            self._safe[filters] = frozenset(self._safe_together(filters))
        return group in self._safe[filters]

    def _safe_together(self, filters: int) -> Iterator[Group]:
        """The groups of at most so many filters that may stand beside one another; narrower give way."""
        groups = (group for n in range(filters + 1) for group in self.places.by_filters.get(n, ()))
        asked = sorted(filter(self._by_itself, groups), key=self._width)
        people = {number: who for number, who in enumerate(self.observers) if who}
        inside = [people.keys() & self.places.inside[group] for group in asked]
        return compress(asked, safe_together(inside, people))

    def _width(self, group: Group) -> tuple[Any, ...]:
        """What puts wider groups first, heads beside advisers before them."""
        others = group.capacities != BY_ROLE, group.capacities is not None
        name = str(group.school_id), group.capacities or (), group.term or ""
        return (len(_filters(group)), *others, -len(self.behind(group)), *name)

    def _by_itself(self, group: Group) -> bool:
        if group not in self._known:
            self._known[group] = self._may_be_shown(group)
        return self._known[group]

    def who(self, group: Group) -> list[Capacities | None]:
        """Who may be chosen in this school and term: heads beside advisers, all, then other two."""
        others = sorted({*self.places.values["capacities"]} - {BY_ROLE})
        every = (BY_ROLE, None, *others)
        return [pair for pair in every if self.allows(group._replace(capacities=pair))]

    def schools(self, group: Group) -> list[UUID]:
        """The schools that may be chosen in this term, of these capacities."""
        found = self._parts(group._replace(school_id=None), "school_id")
        return [each for each in found if self.allows(group._replace(school_id=each))]

    def terms(self, group: Group) -> list[str]:
        """The terms that may be chosen in this school, of these capacities."""
        found = self._parts(group._replace(term=None), "term")
        return [each for each in found if self.allows(group._replace(term=each))]

    def _may_be_shown(self, group: Group) -> bool:
        others = [self.behind(each) for each in self._beside(group)]
        if not may_be_shown(self.behind(group), others):
            return False
        if group.capacities is None and not self._others_are_safe(group):
            return False
        return all(self._is_part(group, name) for name in _filters(group))

    def _beside(self, group: Group) -> Iterator[Group]:
        """The shown groups of the same school and term that come before it."""
        if group.capacities == BY_ROLE:
            return
        for pair in (BY_ROLE, None) if group.capacities else (BY_ROLE,):
            other = group._replace(capacities=pair)
            if self._by_itself(other):
                yield other

    def _others_are_safe(self, group: Group) -> bool:
        """Whether who is neither head nor adviser can be told from all observers taken together."""
        return rest_is_safe(self._parts(group, "capacities").values())

    def _is_part(self, group: Group, name: str) -> bool:
        """Whether it may be shown as a part of the group without this filter."""
        whole = group._replace(**{name: None})
        return self._by_itself(whole) and getattr(group, name) in self._shown_parts(whole, name)

    def _shown_parts(self, whole: Group, name: str) -> frozenset[object]:
        if (whole, name) not in self._parts_known:
            shown = parts_shown(self._parts(whole, name), self.behind(whole))
            self._parts_known[whole, name] = frozenset(shown)
        return self._parts_known[whole, name]

    def _parts(self, whole: Group, name: str) -> Mapping[Any, People]:
        """The parts of a group by school, by term, or by capacities beside those always shown."""
        values = self.places.values[name]
        if name == "capacities" and self._by_itself(whole._replace(capacities=BY_ROLE)):
            values = [each for each in values if each != BY_ROLE]
        parts = {value: self.behind(whole._replace(**{name: value})) for value in values}
        return {value: who for value, who in parts.items() if who}


def choices_of(behind: Sequence[Behind]) -> Choices:
    """What may be chosen of the people behind a rubric version."""
    people: dict[Group, People] = defaultdict(frozenset)
    for each in behind:
        people[_place(each)] |= each.people
    return Choices(Places(list(people)), list(people.values()))


def _place(behind: Behind) -> Group:
    return Group(behind.capacities, behind.school_id, behind.term)


def _wider(place: Group) -> Iterator[Group]:
    """The groups that hold a place, itself among them."""
    return starmap(Group, product(*((name, None) for name in place)))


def _filters(group: Group) -> list[str]:
    """What narrows a group; heads beside advisers are never a part only."""
    narrow = group.capacities is not None and group.capacities != BY_ROLE
    asked = group.school_id is not None, group.term is not None, narrow
    return list(compress(("school_id", "term", "capacities"), asked))
