"""Who has observed with whom: a graph of people and of the lessons that they rated together.

A link is two people with lessons together that count; a group is what links hold together. Between two
groups no figure compares people: nothing but lessons together tells how one sees beside another.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from igraph import Graph


@dataclass(frozen=True, slots=True)
class Met:
    """Two people with lessons together that count, and the first and the last day of these."""

    first: UUID
    second: UUID
    lessons: int
    first_day: date
    last_day: date

    @property
    def both(self) -> tuple[UUID, UUID]:
        """The two people."""
        return self.first, self.second

    def beside(self, person_id: UUID) -> UUID:
        """The other of the two."""
        return self.second if person_id == self.first else self.first


@dataclass(frozen=True)
class Network:
    """People in one order, and who of them met; nobody meets themselves, and two people meet once."""

    people: tuple[UUID, ...]
    met: tuple[Met, ...]

    @cached_property
    def place(self) -> Mapping[UUID, int]:
        """Where each person stands in the order."""
        return {person_id: number for number, person_id in enumerate(self.people)}

    @cached_property
    def graph(self) -> "Graph":
        """The same as a graph, people by their places and links in their order."""
        place = self.place
        links = [(place[each.first], place[each.second]) for each in self.met]
        return _graph(len(self.people), links)

    @cached_property
    def groups(self) -> Sequence[Sequence[UUID]]:
        """Those held together by links, two people or more: the largest group first, people in order."""
        found = [part for part in self.graph.connected_components() if len(part) > 1]
        ordered = sorted(found, key=lambda part: (-len(part), part[0]))
        return [[self.people[number] for number in part] for part in ordered]

    @cached_property
    def group_of(self) -> Mapping[UUID, int]:
        """The number of each person's group, from 1; whoever met nobody is not in it."""
        groups = enumerate(self.groups, start=1)
        return {person_id: number for number, group in groups for person_id in group}

    @property
    def alone(self) -> Sequence[UUID]:
        """Those who met nobody."""
        return [person_id for person_id in self.people if person_id not in self.group_of]

    @cached_property
    def of_person(self) -> Mapping[UUID, Sequence[Met]]:
        """Each person's links, those of most lessons first."""
        found: dict[UUID, list[Met]] = defaultdict(list)
        for each in sorted(self.met, key=lambda met: -met.lessons):
            for person_id in each.both:
                found[person_id].append(each)
        return found

    @property
    def with_one_partner(self) -> Sequence[UUID]:
        """Those whose lessons were all with the same person."""
        return [each for each in self.people if len(self.of_person.get(each, ())) == 1]


def _graph(nodes: int, links: Sequence[tuple[int, int]]) -> "Graph":
    """A graph of so many nodes; its library takes long to load, and few pages need it."""
    from igraph import Graph

    return Graph(n=nodes, edges=links)


def network(people: Iterable[UUID], met: Iterable[Met]) -> Network:
    """A network of these people and of whoever else met somebody, who come last, by id."""
    links = tuple(met)
    known = dict.fromkeys(people)
    others = {person_id for each in links for person_id in each.both} - known.keys()
    return Network((*known, *sorted(others)), links)


def together(links: Iterable[Met]) -> list[Met]:
    """Links of the same two people, whoever of them stood first, as one; in the order of first sight."""
    found: dict[frozenset[UUID], Met] = {}
    for each in links:
        before = found.get(frozenset(each.both))
        found[frozenset(each.both)] = _sum(before, each) if before else each
    return list(found.values())


def _sum(one: Met, other: Met) -> Met:
    first_day = min(one.first_day, other.first_day)
    last_day = max(one.last_day, other.last_day)
    return Met(one.first, one.second, one.lessons + other.lessons, first_day, last_day)


@dataclass(frozen=True, slots=True)
class Bridge:
    """A link without which a group falls apart, and those who would be cut off: the smaller part."""

    met: Met
    cut_off: Sequence[UUID]


def bridges(of: Network) -> list[Bridge]:
    """Links whose loss splits a group into parts of two people or more, the gravest first.

    Whoever has one partner hangs on one link too, but is alone without it: see `with_one_partner`.
    """
    found = [
        Bridge(of.met[link], [of.people[number] for number in sorted(part)])
        for link, part in _cut_off(of.graph).items()
        if len(part) > 1
    ]
    return sorted(found, key=lambda bridge: -len(bridge.cut_off))


def _cut_off(graph: "Graph") -> dict[int, list[int]]:
    """By bridge, the smaller of the two parts into which its loss splits its group."""
    cut = graph.bridges()
    whole = graph.copy()
    whole.delete_edges(cut)
    knots = whole.connected_components()
    ends = [tuple(knots.membership[end] for end in graph.es[link].tuple) for link in cut]
    tree = _graph(len(knots), ends)
    parts: dict[int, list[int]] = {}
    for around in tree.connected_components():
        parts |= _smaller_parts(tree, around[0], knots)
    return {link: parts[number] for number, link in enumerate(cut)}


def _smaller_parts(tree: "Graph", root: int, knots: Sequence[list[int]]) -> dict[int, list[int]]:
    """By edge of one tree of knots, who hangs on it; gathered from the leaves to the root."""
    order, _layers, parents = tree.bfs(root)
    held = {knot: list(knots[knot]) for knot in order}
    behind = {}
    for knot in reversed(order[1:]):
        held[parents[knot]] += held[knot]
        behind[tree.get_eid(knot, parents[knot])] = held[knot]
    every = held[root]
    return {edge: _smaller(part, every) for edge, part in behind.items()}


def _smaller(part: list[int], every: list[int]) -> list[int]:
    if 2 * len(part) < len(every):
        return part
    return min(part, sorted({*every} - {*part}), key=lambda side: (len(side), min(side)))


Homes = Mapping[UUID, frozenset[UUID]]


@dataclass(frozen=True, slots=True)
class SchoolLink:
    """A school that hangs on one visitor, or on nobody where `through` is None."""

    school_id: UUID
    through: UUID | None


def thin_schools(of: Network, homes: Homes) -> list[SchoolLink]:
    """Schools whose people met only one person who does not belong to that school alone, or none.

    `homes` are the schools of each person; an adviser of several belongs to none of them alone.
    Schools come in the order of their people.
    """
    inside = _inside(of.people, homes)
    outside: dict[UUID, set[UUID]] = {school_id: set() for school_id in inside.values()}
    for each in of.met:
        for person_id in each.both:
            school, other = inside.get(person_id), each.beside(person_id)
            if school and inside.get(other) != school:
                outside[school].add(other)
    return [
        SchoolLink(school_id, next(iter(others), None))
        for school_id, others in outside.items()
        if len(others) < 2
    ]


def by_school(of: Network, homes: Homes) -> Network:
    """The same with schools in the place of their people; who belongs to several stays a person."""
    inside = _inside(of.people, homes)
    places = dict.fromkeys(inside.get(each, each) for each in of.people)
    moved = (
        Met(inside.get(m.first, m.first), inside.get(m.second, m.second), *_rest(m)) for m in of.met
    )
    return Network(tuple(places), tuple(together(m for m in moved if m.first != m.second)))


def _rest(met: Met) -> tuple[int, date, date]:
    return met.lessons, met.first_day, met.last_day


def _inside(people: Collection[UUID], homes: Homes) -> dict[UUID, UUID]:
    """The school of everybody who has just one."""
    own = ((person_id, homes.get(person_id, frozenset())) for person_id in people)
    return {person_id: next(iter(schools)) for person_id, schools in own if len(schools) == 1}
