"""A database of 1,000 observers and 50,000 pairs of two, and how fast their map and the planner answer."""

import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from flask import Flask
from sqlalchemy import insert

from observe.core.ids import new_id
from observe.core.permissions import Person, Role, RoleKind
from observe.core.rubric_json import rubric_digest
from observe.services import network_map, next_pairs, rubrics, visits
from observe.services.network_map import Asked
from observe.settings import Settings, sqlite_url
from observe.storage import paired_counts
from observe.storage.database import Database, NetworkSession
from observe.storage.schema import upgrade
from observe.storage.tables import Base
from observe.storage.tables.people import Network
from observe.web.app import create_app

SCHOOLS, LEADERS, ADVISERS, TEACHERS = 300, 2, 100, 8
PAIRS, CRITERIA, CAP, TURNS = 50_000, 8, 40, 9
NETWORK = UUID(int=1)
NOW = datetime(2026, 11, 17, 9, tzinfo=UTC)
LOST = 30  # schools whose observers never met those of others
Row = dict[str, Any]


class Taken(NamedTuple):
    """How long something took, in milliseconds."""

    processor: float
    clock: float


class Crowd:
    """The rows of a network, by table, all drawn from one seed."""

    def __init__(self, digest: str) -> None:
        self.rng = random.Random(7)
        self.digest = digest
        self.rows: dict[str, list[Row]] = {}
        self.facilitator = self.person("Margaret Obi", RoleKind.FACILITATOR)
        self.schools = [self.school(number) for number in range(SCHOOLS)]
        self.advisers = [self.person(f"Adviser {n}", RoleKind.ADVISER) for n in range(ADVISERS)]
        self.staff = [self.people_of(n, school) for n, school in enumerate(self.schools)]
        rated = [[f"c{n}" for n in range(CRITERIA)], ["whole"] * CRITERIA, [1.0] * CRITERIA]
        self.rated = json.loads(json.dumps(rated))

    def add(self, table: str, **values: Any) -> UUID:
        """One more row; its id."""
        row_id = UUID(int=self.rng.getrandbits(128))
        self.rows.setdefault(table, []).append({"network_id": NETWORK, "id": row_id, **values})
        return row_id

    def person(self, name: str, kind: RoleKind, school: UUID | None = None) -> UUID:
        person_id = self.add("person", name=f"{name} {self.rng.randrange(10**6)}", created_at=NOW)
        self.role(person_id, kind, school)
        return person_id

    def role(self, person_id: UUID, kind: RoleKind, school: UUID | None) -> None:
        self.add("role", person_id=person_id, kind=kind, school_id=school, team_id=None)

    def school(self, number: int) -> UUID:
        return self.add("school", name=f"School {number}", zone="Europe/London", visit_cap=CAP)

    def people_of(self, number: int, school: UUID) -> tuple[list[UUID], list[UUID], list[UUID]]:
        """Head and leaders, the two advisers, and the teachers of one school."""
        own = [self.person(f"Head {number}", RoleKind.HEAD, school)]
        own += [self.person(f"Leader {number}", RoleKind.LEADER, school) for _ in range(LEADERS)]
        two = [self.advisers[n % ADVISERS] for n in _advisers(number)]
        for adviser in two:
            self.role(adviser, RoleKind.ADVISER, school)
        taught = [self.person("Teacher", RoleKind.TEACHER, school) for _ in range(TEACHERS)]
        return own, two, taught

    def pair(self, number: int) -> None:
        """One revealed lesson of two observers."""
        place = number % SCHOOLS
        own, two, taught = self.staff[place]
        first = self.rng.choice(own)
        second = self.rng.choice([*two, *(each for each in own if each != first)])
        day = date(2025, 9, 8) + timedelta(days=self.rng.randrange(430))
        self.lesson(place, self.rng.choice(taught), day, (first, second))

    def lesson(self, place: int, teacher: UUID, day: date, both: tuple[UUID, UUID]) -> None:
        """The lesson, its two records, the pair and the row from which figures are counted."""
        at = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
        shared = {"school_id": self.schools[place], "rubric_digest": self.digest}
        lesson_id = self.add(
            "lesson", teacher_id=teacher, starts_at=at, planned_at=at, imported=False, **shared
        )
        seat = {"lesson_id": lesson_id, "state": "sealed", "observed_on": day}
        for observer, capacity in zip(both, ("head", "adviser"), strict=True):
            self.add("observation", observer_id=observer, capacity=capacity, **seat)
        self.rows.setdefault("pair", []).append(
            {"network_id": NETWORK, "lesson_id": lesson_id, "state": "closed", "revealed_at": at}
        )
        self.rows.setdefault("paired_lesson", []).append(
            {
                **{"network_id": NETWORK, "lesson_id": lesson_id, "observed_on": day, **shared},
                **{"observer_a": both[0], "observer_b": both[1], "left_out": None, "block": 0},
                **{"capacity_a": "head", "capacity_b": "adviser", "rated": self.rated},
                "levels": [self.rng.choices(range(4), k=CRITERIA) for _ in both],
            }
        )

    def write(self, session: NetworkSession) -> None:
        """Every row, parents first, and forget them."""
        order = ("school", "person", "role", "lesson", "observation", "pair", "paired_lesson")
        for name in order:
            if waiting := self.rows.pop(name, []):
                session.connection().execute(insert(Base.metadata.tables[name]), waiting)


def _advisers(number: int) -> tuple[int, int]:
    """Two for each school; those of the last schools know no others."""
    if number >= SCHOOLS - LOST:
        return ADVISERS - 1 - number % 5, ADVISERS - 1 - (number + 1) % 5
    return number % (ADVISERS - 5), (number * 7 + 1) % (ADVISERS - 5)


def measured() -> Iterator[str]:
    """A line for each measure: the first time after a change, and again."""
    with tempfile.TemporaryDirectory() as folder:
        url = sqlite_url(Path(folder))
        upgrade(url)
        app = create_app(Settings(database_url=url, secret_key="bench", https=False))
        database: Database = app.extensions["observe_database"]
        crowd = filled(database)
        by = Person(crowd.facilitator, NETWORK, "Margaret", (Role(RoleKind.FACILITATOR),))
        yield f"{SCHOOLS * 3 + ADVISERS:,} observers, {PAIRS:,} pairs, {SCHOOLS} schools"
        measures = {
            "the planner's proposals": lambda: proposals(database, by),
            "the map: its service and its picture": lambda: drawn(database, by),
            "the page with both, as sent": page(app, by),
        }
        for name, do in measures.items():
            cold, warm = times(database, crowd, do)
            yield f"{name:<40} cold {told(cold)}, again {told(warm)} (aim 300 ms each)"
        database.engine.dispose()


def filled(database: Database) -> Crowd:
    with database.outside(writes=True) as session:
        session.add(Network(id=NETWORK, name="Many", epoch=new_id(NOW), created_at=NOW))
    with database.write(NETWORK) as session:
        rubrics.publish_shipped(session, at=NOW)
        session.flush()
        crowd = Crowd(rubric_digest(next(rubrics.shipped())))
        for number in range(PAIRS):
            crowd.pair(number)
        crowd.write(session)
        paired_counts.count_anew(session)
    return crowd


def times(database: Database, crowd: Crowd, do: Callable[[], object]) -> tuple[Taken, Taken]:
    """The median right after one more lesson was revealed, and that when nothing changed."""
    cold: list[Taken] = []
    warm: list[Taken] = []
    for _ in range(TURNS):
        with database.write(NETWORK) as session:
            crowd.pair(crowd.rng.randrange(SCHOOLS))
            crowd.write(session)
        cold.append(taken(do))
        warm.append(taken(do))
    return middle(cold), middle(warm)


def middle(turns: Sequence[Taken]) -> Taken:
    """The medians of several turns, each by itself."""
    return Taken(*(statistics.median(each) for each in zip(*turns, strict=True)))


def taken(do: Callable[[], object]) -> Taken:
    begun, worked = time.perf_counter(), time.process_time()
    do()
    return Taken((time.process_time() - worked) * 1000, (time.perf_counter() - begun) * 1000)


def told(turn: Taken) -> str:
    """The time of the processor, which other work on the machine does not lengthen, and the clock."""
    return f"{turn.processor:4.0f} ms ({turn.clock:5.0f} by the clock)"


def proposals(database: Database, by: Person) -> object:
    with database.read(NETWORK) as session:
        return next_pairs.proposals(session, by=by, at=NOW)


def drawn(database: Database, by: Person) -> object:
    with database.read(NETWORK) as session:
        found = network_map.of_network(session, Asked(), by=by, at=NOW)
    assert found is not None
    return found.picture, found.bridges, found.thin_schools


def page(app: Flask, by: Person) -> Callable[[], object]:
    """The page as a facilitator gets it."""
    client = app.test_client()
    with app.extensions["observe_database"].write(NETWORK) as session:
        token = visits.begin(session, by.id, label="bench", at=datetime.now(UTC))
    with client.session_transaction() as cookie:
        cookie["visit"] = token

    def fetched() -> object:
        answer = client.get("/observers")
        assert answer.status_code == 200, answer.status
        return answer

    return fetched
