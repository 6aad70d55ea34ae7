"""The people of the demonstration: schools, teams, classes, roles and their sign-ins."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from uuid import UUID

from observe.core.ids import new_id
from observe.core.observation import Capacity
from observe.core.permissions import RoleKind
from observe.services.class_lists import last_day
from observe.services.demo.people import names, pupils, school_names, slug
from observe.storage.rows import Rows

SCHOOLS, ADVISERS, TEACHERS = 15, 4, 8
JOINED_LAST = 3
VISITS = 3
ZONE = "Europe/London"
PRIMARY = ("Reception", "Year 1", "Year 2", "Year 3", "Year 4", "Year 5", "Year 6", "Year 5/6")
SECONDARY = ("7A", "8 Green", "8 set 3", "9C", "10 set 1", "10 set 2", "11B", "12 option D")
TEAMS = {False: ("Early years and infants", "Juniors"), True: ("Sciences", "Humanities")}
INFANTS = ("maths", "phonics", "reading", "English", "science", "music")
JUNIORS = ("maths", "English", "reading", "science", "history", "geography", "art", "computing")
HIGH = ("maths", "science", "computing", "maths", "English", "history", "French", "geography")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the demonstration, as they appear in the list of accounts."""

    id: UUID
    name: str
    email: str
    kind: RoleKind


@dataclass(frozen=True, slots=True)
class Taught:
    """A teacher with a class, a team and what they are seen teaching."""

    person: Member
    team_id: UUID
    leader_id: UUID
    class_id: UUID
    class_name: str
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SchoolCast:
    """One school with its people; the first adviser comes most often."""

    id: UUID
    name: str
    head: Member
    leaders: tuple[Member, ...]
    advisers: tuple[Member, ...]
    teachers: tuple[Taught, ...]


@dataclass(slots=True)
class Cast:
    """A network's schools and people, and their rows by table, ready to be written."""

    schools: list[SchoolCast] = field(default_factory=list)
    facilitators: list[Member] = field(default_factory=list)
    rows: Rows = field(default_factory=Rows)

    def observers(self) -> Iterator[tuple[UUID, Capacity]]:
        """Everybody who observes, with the capacity that their eye is drawn for."""
        seen: dict[UUID, Capacity] = {}
        for school in self.schools:
            seen[school.head.id] = Capacity.HEAD
            seen |= {adviser.id: Capacity.ADVISER for adviser in school.advisers}
            seen |= {leader.id: Capacity.LEADER for leader in school.leaders}
        return iter(seen.items())

    def accounts(self) -> list[Member]:
        """Everybody with a sign-in: one of each sort first, so that one can look round at once."""
        first = self.schools[0]
        taught = [teacher.person for teacher in first.teachers]
        second = self.schools[1]
        shown = [
            *self.facilitators[:1],
            first.head,
            first.advisers[0],
            first.leaders[0],
            taught[0],
            second.head,
            first.advisers[1],
            second.leaders[0],
            second.teachers[0].person,
            *self.facilitators[1:],
        ]
        return list({member.id: member for member in [*shown, *self._everybody()]}.values())

    def _everybody(self) -> Iterator[Member]:
        for school in self.schools:
            yield from (school.head, *school.advisers, *school.leaders)
            yield from (teacher.person for teacher in school.teachers)


class Casting:
    """Chooses names, addresses and ids, and keeps every row that they come to."""

    def __init__(self, rng: random.Random, at: datetime) -> None:
        self.rng, self.at = rng, at
        self.cast = Cast()
        self.names = names(rng)
        self.taken: set[str] = set()

    def id(self) -> UUID:
        """A new id, the same for the same seed."""
        return new_id(self.at, self.rng.getrandbits)

    def class_list(self, class_id: UUID, names: Iterable[str]) -> None:
        """The pupils of a class; their ids take nothing from the chance that all others share."""
        ids = random.Random(class_id.int)
        for name in names:
            self.cast.rows.add(
                "pupil",
                id=new_id(self.at, ids.getrandbits),
                class_id=class_id,
                name=name,
                erased_after=last_day(self.at.date()),
            )

    def member(self, kind: RoleKind, place: str, *roles: dict[str, UUID]) -> Member:
        """Somebody at an address of that place, with a role in each of these schools or teams."""
        name = next(self.names)
        found = Member(self.id(), name, self._address(name, place), kind)
        self.cast.rows.add(
            "person", id=found.id, name=name, email=found.email, created_at=self.at, sequence=0
        )
        for role in roles:
            self.role(found, kind, **role)
        return found

    def role(self, member: Member, kind: RoleKind, **where: UUID) -> None:
        """One more role of somebody."""
        places = {"school_id": None, "team_id": None} | where
        self.cast.rows.add("role", id=self.id(), person_id=member.id, kind=kind, **places)

    def _address(self, name: str, place: str) -> str:
        address, number = f"{slug(name)}@{place}.example", 2
        while address in self.taken:
            address, number = f"{slug(name)}{number}@{place}.example", number + 1
        self.taken.add(address)
        return address


def cast(rng: random.Random, at: datetime, *, scale: int = 1) -> Cast:
    """So many times fifteen schools with everybody in them; the same for the same `rng`."""
    casting = Casting(rng, at)
    casting.cast.facilitators += [
        casting.member(RoleKind.FACILITATOR, "group", {}),
        casting.member(RoleKind.DEPUTY, "group", {}),
    ]
    named = islice(school_names(), SCHOOLS * scale)
    for _block in range(scale):
        advisers = [casting.member(RoleKind.ADVISER, "advice") for _ in range(ADVISERS)]
        for number in range(SCHOOLS):
            name, secondary = next(named)
            both = _advisers_of(number, advisers)
            casting.cast.schools.append(_school(casting, name, both, secondary=secondary))
    _facilitator, deputy = casting.cast.facilitators
    _protects(casting, deputy)
    return casting.cast


def _protects(casting: Casting, member: Member) -> None:
    """Somebody holds data protection; the id takes nothing from the chance that all others share."""
    role_id = new_id(casting.at, random.Random(member.id.int).getrandbits)
    casting.cast.rows.add(
        "role",
        id=role_id,
        person_id=member.id,
        kind=RoleKind.DATA_PROTECTION,
        school_id=None,
        team_id=None,
    )


def _advisers_of(number: int, advisers: Sequence[Member]) -> tuple[Member, ...]:
    """Two of those who know each other's schools; the last schools have one who knows theirs only."""
    *known, newest = advisers
    if number >= SCHOOLS - JOINED_LAST:
        return (newest,)
    return known[number % len(known)], known[(number + 1) % len(known)]


def _school(
    casting: Casting, name: str, advisers: tuple[Member, ...], *, secondary: bool
) -> SchoolCast:
    school_id, place = casting.id(), slug(name).replace(".", "-")
    cap = None if secondary else VISITS
    casting.cast.rows.add(
        "school", id=school_id, name=name, zone=ZONE, review_needed=True, visit_cap=cap
    )
    for adviser in advisers:
        casting.role(adviser, RoleKind.ADVISER, school_id=school_id)
    teams = [_team(casting, school_id, team) for team in TEAMS[secondary]]
    leaders = {
        team: casting.member(RoleKind.LEADER, place, {"school_id": school_id, "team_id": team})
        for team in teams
    }
    return SchoolCast(
        id=school_id,
        name=name,
        head=casting.member(RoleKind.HEAD, place, {"school_id": school_id}),
        leaders=tuple(leaders.values()),
        advisers=advisers,
        teachers=tuple(_teachers(casting, school_id, place, leaders, secondary=secondary)),
    )


def _team(casting: Casting, school_id: UUID, name: str) -> UUID:
    team_id = casting.id()
    casting.cast.rows.add("team", id=team_id, school_id=school_id, name=name)
    return team_id


def _teachers(
    casting: Casting, school_id: UUID, place: str, leaders: dict[UUID, Member], *, secondary: bool
) -> Iterator[Taught]:
    teams = list(leaders)
    for number, class_name in enumerate(SECONDARY if secondary else PRIMARY):
        team_id, class_id = teams[number * len(teams) // TEACHERS], casting.id()
        casting.cast.rows.add("class", id=class_id, school_id=school_id, name=class_name)
        casting.class_list(class_id, pupils(number))
        person = casting.member(
            RoleKind.TEACHER, place, {"school_id": school_id, "team_id": team_id}
        )
        infants = number < len(PRIMARY) // 2
        own = HIGH[number : number + 1] if secondary else INFANTS if infants else JUNIORS
        yield Taught(person, team_id, leaders[team_id].id, class_id, class_name, own)
