"""The map of observers: who has observed with whom, in which groups, and where these hang on one link.

How many observers there are, and in how many groups, is told to everybody who observes. A facilitator sees
every name and link. Others see the links of lessons that they may see (`core.permissions`, "see lesson"):
their own, those at schools that they head or coach, and those of the teams that they lead. So an adviser
sees the schools they are assigned to, and nobody else sees a neighbourhood but their own. Bridges, schools
on one thread and those who met nobody are the facilitator's to plan with.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from uuid import UUID

from observe.core import network as graph
from observe.core.network import Bridge, Met, Network, SchoolLink
from observe.core.network_picture import Picture, picture
from observe.core.pairing import LeftOut
from observe.core.permissions import OBSERVERS, WHOLE_SCHOOL, Person, RoleKind
from observe.core.terms import Term, term_of
from observe.services import observing_circle
from observe.services.observing_circle import Known
from observe.storage import group_ratings, pair_graph, staff
from observe.storage.database import NetworkSession
from observe.storage.pair_graph import Observer, Reach, Window
from observe.storage.staff import Place

ALL_TIME = "all"
MOST_DRAWN = 60
REMEMBERED = 32


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader narrows the map to: a rubric version, a first term or `all`, a school; or nothing."""

    rubric_digest: str = ""
    since: str = ""
    school_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What the map can be narrowed to, and what it is narrowed to now."""

    versions: Sequence[tuple[str, str]]
    terms: Sequence[Term]
    schools: Sequence[Place]
    window: Window
    since: Term | None

    @property
    def is_narrowed(self) -> bool:
        """Whether a rubric version or a school was chosen."""
        return bool(self.window.rubric_digest) or self.window.school_id is not None


@dataclass(frozen=True)
class NetworkMap:
    """What one reader sees: `whole` numbers of the network, and `seen`, the part with names.

    `groups` are the sizes of the groups of the whole network, `group_of` the number of each one's group.
    `known` is what was read of all lessons since the usual day, for proposals; None where fewer were read.
    """

    choices: Choices
    groups: Sequence[int]
    group_of: Mapping[UUID, int]
    alone: int
    seen: Network
    observers: Mapping[UUID, Observer]
    schools: Mapping[UUID, str]
    apart: Mapping[LeftOut, int]
    versions_used: int
    sees_all: bool
    known: Known | None

    @property
    def linked(self) -> int:
        """How many observers met somebody."""
        return sum(self.groups)

    @property
    def by_school(self) -> bool:
        """Whether there are too many people for a picture of people."""
        return len(self.seen.people) > MOST_DRAWN

    @cached_property
    def drawn(self) -> Network:
        """What the picture shows: people, or schools in their place."""
        return graph.by_school(self.seen, self.homes) if self.by_school else self.seen

    @cached_property
    def drawn_groups(self) -> Mapping[UUID, int]:
        """The group of each mark in the picture."""
        return self.drawn.group_of if self.by_school else self.group_of

    @cached_property
    def picture(self) -> Picture:
        """Where each mark of the picture stands."""
        return _picture(self.drawn.people, self.drawn.met, tuple(sorted(self.drawn_groups.items())))

    @cached_property
    def homes(self) -> Mapping[UUID, frozenset[UUID]]:
        """The schools of each observer."""
        return {person_id: each.schools for person_id, each in self.observers.items()}

    @cached_property
    def bridges(self) -> Sequence[Bridge]:
        """Links whose loss splits a group; only for whoever sees all."""
        return graph.bridges(self.seen) if self.sees_all else ()

    @cached_property
    def thin_schools(self) -> Sequence[SchoolLink]:
        """Schools that hang on one person or on nobody; only for whoever sees all of every school."""
        if not self.sees_all or self.choices.window.school_id:
            return ()
        return graph.thin_schools(self.seen, self.homes)


@lru_cache(maxsize=REMEMBERED)
def _picture(
    people: tuple[UUID, ...], met: tuple[Met, ...], groups: tuple[tuple[UUID, int], ...]
) -> Picture:
    """The same people and links make the same picture, so it is drawn once."""
    return picture(Network(people, met), dict(groups))


def of_network(
    session: NetworkSession, asked: Asked, *, by: Person, at: datetime
) -> NetworkMap | None:
    """What this reader sees of the map; None before any two have rated a lesson together."""
    first_day = pair_graph.first_day(session)
    if first_day is None:
        return None
    choices = _choices(session, asked, first_day, by=by, today=at.date())
    whole = pair_graph.lessons(session, choices.window)
    reach = reach_of(by)
    known = whole if reach.everywhere else pair_graph.lessons(session, choices.window, reach)
    ids = {person_id for each in whole.met for person_id in each.both}
    observers = {each.id: each for each in pair_graph.observers(session, ids | {by.id})}
    everybody = graph.network(
        _expected(observers.values(), ids, choices.window.school_id), whole.met
    )
    return NetworkMap(
        choices=choices,
        groups=[len(group) for group in everybody.groups],
        group_of=everybody.group_of,
        alone=len(everybody.alone),
        seen=everybody if reach.everywhere else _own_part(everybody, known.met, by),
        observers=observers,
        schools=group_ratings.school_names(session),
        apart=known.apart,
        versions_used=len(pair_graph.versions(session, choices.window)),
        sees_all=reach.everywhere,
        known=_known(choices.window, whole.met, observers, today=at.date()),
    )


def _known(
    window: Window, met: Sequence[Met], observers: Mapping[UUID, Observer], *, today: date
) -> Known | None:
    """What proposals rest on, if these are the lessons that they look at."""
    usual = window == Window(observing_circle.since(today))
    return Known(met, list(observers.values())) if usual else None


def reach_of(by: Person) -> Reach:
    """Whose lessons this reader may know of, as in "see lesson"."""
    return Reach(
        person_id=by.id,
        schools=by.schools(*WHOLE_SCHOOL),
        teams=by.teams(RoleKind.LEADER),
        everywhere=by.has(RoleKind.FACILITATOR),
    )


def _expected(
    observers: Iterable[Observer], met: Collection[UUID], school_id: UUID | None
) -> list[UUID]:
    """Who belongs in the picture, by name: who met somebody, and who is to observe there."""
    return [
        each.id
        for each in observers
        if each.id in met
        or (observing_circle.is_expected(each, met) and school_id in (None, *each.schools))
    ]


def _own_part(everybody: Network, met: Sequence[Met], by: Person) -> Network:
    """The reader and those of whose lessons they may know, in the order of all."""
    known = {person_id for each in met for person_id in each.both} | {by.id}
    return graph.network([each for each in everybody.people if each in known] or [by.id], met)


def _choices(
    session: NetworkSession, asked: Asked, first_day: date, *, by: Person, today: date
) -> Choices:
    versions = group_ratings.versions(session)
    schools = _schools(session, by)
    known = _terms(first_day, today)
    since = _since(asked.since, known, today)
    terms = sorted({*known, *([since] if since else [])}, reverse=True)
    digest = asked.rubric_digest if asked.rubric_digest in dict(versions) else ""
    school_id = asked.school_id if asked.school_id in {each.id for each in schools} else None
    window = Window(since.first_day if since else None, digest, school_id)
    return Choices(versions, terms, schools, window, since)


def _schools(session: NetworkSession, by: Person) -> list[Place]:
    """The schools to whose lessons the map can be narrowed: all for a facilitator, else one's own."""
    if by.has(RoleKind.FACILITATOR):
        return staff.schools(session)
    return staff.schools(session, by.schools(*OBSERVERS))


def _terms(first_day: date, today: date) -> list[Term]:
    """Every term from the first lesson together to today, the latest first."""
    found = [term_of(today)]
    while found[-1].first_day > first_day:
        found.append(term_of(found[-1].first_day - timedelta(days=1)))
    return found


def _since(named: str, terms: Sequence[Term], today: date) -> Term | None:
    """The term that was named, else the first of the last school year; None for all time."""
    if named == ALL_TIME:
        return None
    chosen = next((term for term in terms if term.key == named), None)
    return chosen or term_of(observing_circle.since(today))
