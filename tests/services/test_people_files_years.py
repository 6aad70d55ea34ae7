"""Years of sets, drawn by lot: what is shown is what is done, and what is done is what the set says."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pytest

from observe.core.permissions import RoleKind
from observe.core.roster import Choices, Kind
from observe.core.roster_deeds import Effect
from observe.services import people_files, people_files_reading
from observe.services.people_files import Look
from observe.storage import people_files as kept
from tests.erasures import SECRET
from tests.factories import NOW
from tests.factories import School as Network
from tests.oneroster_files import Cells, Set, a_department, a_school, a_set, a_user, in_1_2

HEADS = Choices(administrators=RoleKind.HEAD)
ORGS = ("s1", "s2", "d1", "d2", "s1,s2", "s1,d1", "d1,s2", "d2,s2", "trust")
State = Mapping[str, tuple[str, str, frozenset[tuple[str, str, bool]]]]


@dataclass
class Records:
    """The records of a school from which sets are drawn."""

    lot: random.Random
    version: str
    users: dict[str, Cells] = field(default_factory=dict)
    number: int = 0

    def a_year_on(self) -> Set:
        """Somebody comes, goes, moves or has another name; the whole set as it is then."""
        acts = (self._comes, self._comes, self._goes, self._moves, self._moves, self._marries)
        for _ in range(self.lot.randint(2, 9)):
            self.lot.choice(acts)()
        bare = replace(a_set(), rows={**a_set().rows, "users": self.users, "enrollments": {}})
        named = bare.with_rows("orgs", s1=a_school(self.lot.choice(("Ysgol y Môr", "Ysgol y Bae"))))
        named = named.with_rows("orgs", d2=a_department("Upper school", "s1"))
        return named if self.version == "1.1" else in_1_2(named)

    def _comes(self) -> None:
        self.number += 1
        role = self.lot.choice(("teacher", "teacher", "administrator", "aide", "student"))
        user = a_user(f"Given{self.number}", f"F{self.number}", role, self.lot.choice(ORGS))
        self.users[f"u{self.number}"] = {**user, "email": f"e{self.number}@dales.example"}

    def _goes(self) -> None:
        if self.users:
            del self.users[self.lot.choice(sorted(self.users))]

    def _moves(self) -> None:
        self._changes(orgSourcedIds=self.lot.choice(ORGS))

    def _marries(self) -> None:
        number = self.lot.randint(1, 99)
        self._changes(familyName=f"Wed{number}", email=f"w{self.lot.random()}@dales.example")

    def _changes(self, **cells: str) -> None:
        if self.users:
            key = self.lot.choice(sorted(self.users))
            self.users[key] = {**self.users[key], **cells}


def expected(users: Mapping[str, Cells]) -> State:
    """Who is here after a set, by name: address and roles as (kind, school, whether in a team)."""
    found = {}
    for user in users.values():
        orgs = user["orgSourcedIds"].split(",")
        schools = {org if org.startswith("s") else "s1" for org in orgs if org != "trust"}
        kind = {"teacher": "teacher", "administrator": "head"}.get(user["role"])
        if kind and schools:
            team = {"s1"} if kind == "teacher" and {"d1", "d2"} & set(orgs) else set()
            roles = frozenset((kind, school, school in team) for school in schools)
            name = f"{user['givenName']} {user['familyName']}"
            found[name] = (user["email"], "here", roles)
    return found


def stands(network: Network) -> State:
    """Who is here and who left, of those whom files brought."""
    with network.database.read(network.network_id) as session:
        source = kept.source(session, "Dales records")
        here = kept.here(session, source.id if source else None)
    schools = {id: key for (kind, key), id in here.keys.items() if kind is Kind.SCHOOL}
    found = {}
    for (kind, _), id in here.keys.items():
        if kind is Kind.PERSON:
            person = here.people[id]
            roles = {
                (str(r.kind), schools[r.school_id], bool(r.team_id))
                for r in person.roles
                if r.school_id
            }
            state = "left" if person.left else "here"
            found[person.name] = (person.email, state, frozenset(roles))
    return found


def take_in(network: Network, sent: Set) -> Look:
    """Look, then apply what was shown."""
    margaret = network["Margaret"]
    with network.database.read(network.network_id) as session:
        brought = people_files_reading.read(
            session, sent.zipped(), file="set.zip", source="", choices=HEADS
        )
        assert not brought.faults, brought.faults
        shown = people_files.look(session, brought, by=margaret, secret=SECRET)
        assert not shown.difference.faults, shown.difference.faults
    with network.database.write(network.network_id) as session:
        look = people_files.look(session, brought, by=margaret, secret=SECRET)
        seen = shown.fingerprint
        people_files.apply(session, look, seen=seen, sure=True, by=margaret, at=NOW)
    with network.database.read(network.network_id) as session:
        assert not people_files.look(session, brought, by=margaret, secret=SECRET).difference.deeds
    return shown


@pytest.mark.parametrize("version", ["1.1", "1.2"])
@pytest.mark.parametrize("seed", range(4))
def test_ten_years_of_sets(school: Network, version: str, seed: int) -> None:
    records = Records(random.Random(seed), version)
    for _ in range(10):
        before = stands(school)
        look = take_in(school, records.a_year_on())
        now = stands(school)
        staff = expected(records.users)
        assert {name: told for name, told in now.items() if told[1] == "here"} == staff
        is_told(look, before, now)


def is_told(look: Look, before: State, now: State) -> None:
    """What was shown is what differs."""
    of_people = {
        effect: {each.who for each in look.difference.of(effect) if each.kind is Kind.PERSON}
        for effect in Effect
    }
    left = {name for name, told in now.items() if told[1] == "left"}
    assert of_people[Effect.LEAVING] == {name for name in left if before[name][1] == "here"}
    came = {name for name in now if name in before and before[name][1] == "left"} - left
    assert of_people[Effect.BACK] >= came
    same = {name for name in before if now.get(name) == before[name]}
    assert not same & (of_people[Effect.CHANGED] | of_people[Effect.NEW])
