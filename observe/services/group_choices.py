"""Which groups may be shown: five people or more, and none that differs from a wider one by fewer."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any
from uuid import UUID

from observe.core.counting import BY_ROLE, Capacities
from observe.core.differencing import safe_together
from observe.core.groups import People, may_be_shown, parts_shown, rest_is_safe
from observe.storage.group_ratings import Behind

NOBODY: People = frozenset()


@dataclass(frozen=True, slots=True)
class Group:
    """A group by who stands beside whom, school and term; None is all of them."""

    capacities: Capacities | None = None
    school_id: UUID | None = None
    term: str | None = None


@dataclass(slots=True)
class Choices:
    """Every group of a rubric version with the people behind it, and which of them may be shown.

    Heads beside advisers come first; a wider or a smaller group must differ from them by five people
    or by nobody. A part is shown only where what is left of the whole is five people or nobody too.
    """

    people: Mapping[Group, People]
    _safe: frozenset[Group] | None = None
    _known: dict[Group, bool] = field(default_factory=dict)
    _values_known: dict[str, Sequence[Any]] = field(default_factory=dict)
    _parts_known: dict[tuple[Group, str], frozenset[object]] = field(default_factory=dict)

    @property
    def most(self) -> int:
        """How many people there are, each once in every place where they observed."""
        return sum(len(who) for group, who in self.people.items() if _is_place(group))

    def allows(self, group: Group) -> bool:
        """Whether this group may be shown."""
        if self._safe is None:
            self._safe = frozenset(self._safe_together(self.people))
        return group in self._safe

    def stands(self, group: Group) -> bool:
        """The same of one group alone, without a look at those that would give way to it."""
        if self._safe is not None:
            return group in self._safe
        if group not in self.people or not self._by_itself(group):
            return False
        last = self._width(group)
        before = [each for each in self.people if self._width(each) <= last]
        return group in self._safe_together(before)

    def _safe_together(self, groups: Iterable[Group]) -> Sequence[Group]:
        """Those of these groups that may be shown beside one another; the narrower ones give way."""
        asked = sorted(filter(self._by_itself, groups), key=self._width)
        places = {group: who for group, who in self.people.items() if _is_place(group)}
        inside = _inside(places)
        safe = safe_together([inside[group] for group in asked], places)
        return [group for group, stands in zip(asked, safe, strict=True) if stands]

    def _width(self, group: Group) -> tuple[Any, ...]:
        """What puts wider groups first, heads beside advisers before them."""
        others = group.capacities != BY_ROLE, group.capacities is not None
        who = len(self.people[group])
        return (len(list(_filters(group))), *others, -who, str(group.school_id), str(group))

    def _by_itself(self, group: Group) -> bool:
        if group not in self._known:
            self._known[group] = self._may_be_shown(group)
        return self._known[group]

    def who(self, group: Group) -> list[Capacities | None]:
        """Who may be chosen in this school and term: heads beside advisers, all, then other two."""
        others = sorted({each.capacities for each in self.people if each.capacities} - {BY_ROLE})
        every = (BY_ROLE, None, *others)
        return [pair for pair in every if self.allows(replace(group, capacities=pair))]

    def schools(self, group: Group) -> list[UUID]:
        """The schools that may be chosen in this term, of these capacities."""
        found = self._parts(replace(group, school_id=None), "school_id")
        return [each for each in found if self.allows(replace(group, school_id=each))]

    def terms(self, group: Group) -> list[str]:
        """The terms that may be chosen in this school, of these capacities."""
        found = self._parts(replace(group, term=None), "term")
        return [each for each in found if self.allows(replace(group, term=each))]

    def behind(self, group: Group) -> People:
        """The people behind a group."""
        return self.people.get(group, NOBODY)

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
            other = replace(group, capacities=pair)
            if self._by_itself(other):
                yield other

    def _others_are_safe(self, group: Group) -> bool:
        """Whether who is neither head nor adviser can be told from all observers taken together."""
        return rest_is_safe(self._parts(group, "capacities").values())

    def _is_part(self, group: Group, name: str) -> bool:
        """Whether it may be shown as a part of the group without this filter."""
        whole = replace(group, **{name: None})
        return self._by_itself(whole) and getattr(group, name) in self._shown_parts(whole, name)

    def _shown_parts(self, whole: Group, name: str) -> frozenset[object]:
        if (whole, name) not in self._parts_known:
            shown = parts_shown(self._parts(whole, name), self.behind(whole))
            self._parts_known[whole, name] = frozenset(shown)
        return self._parts_known[whole, name]

    def _parts(self, whole: Group, name: str) -> Mapping[Any, People]:
        """The parts of a group by school, by term, or by capacities beside those always shown."""
        values = self._values(name)
        if name == "capacities" and self._by_itself(replace(whole, capacities=BY_ROLE)):
            values = [each for each in values if each != BY_ROLE]
        groups = {value: replace(whole, **{name: value}) for value in values}
        return {value: self.people[part] for value, part in groups.items() if part in self.people}

    def _values(self, name: str) -> Sequence[Any]:
        """The schools, terms or capacities that there are."""
        if name not in self._values_known:
            values = dict.fromkeys(getattr(each, name) for each in self.people)
            self._values_known[name] = [each for each in values if each is not None]
        return self._values_known[name]


def choices_of(behind: Sequence[Behind]) -> Choices:
    """What may be chosen of the people behind a rubric version."""
    people: dict[Group, set[UUID]] = defaultdict(set)
    for each in behind:
        for wider in _wider(each.capacities, each.school_id, each.term):
            people[wider] |= each.people
    return Choices({group: frozenset(found) for group, found in people.items()})


def _inside(places: Iterable[Group]) -> Mapping[Group, set[Group]]:
    """The places that lie in each group."""
    found: dict[Group, set[Group]] = defaultdict(set)
    for place in places:
        for wider in _wider(place.capacities, place.school_id, place.term):
            found[wider].add(place)
    return found


def _wider(*place: Any) -> Iterator[Group]:
    """The groups that hold a place, itself among them."""
    return (Group(*names) for names in product(*((name, None) for name in place)))


def _is_place(group: Group) -> bool:
    return None not in (group.capacities, group.school_id, group.term)


def _filters(group: Group) -> Iterator[str]:
    """What narrows a group; heads beside advisers are never a part only."""
    if group.school_id is not None:
        yield "school_id"
    if group.term is not None:
        yield "term"
    if group.capacities not in (None, BY_ROLE):
        yield "capacities"
