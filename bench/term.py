"""How fast the planner answers among 1,000 observers and 50,000 pairs, on SQLite, through the app.

    python bench/term.py [--terms 9]

200 schools with a head, three leaders, an adviser and ten teachers each. The pairs lie in as many terms
as are asked for, the last of them this one: with 1 all of them do. Each page is asked for five times
after one that is not counted; printed are the median, the slowest, and how much of
the median was computing, which others on the machine do not slow down.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import select

from observe.core.ids import new_id
from observe.core.terms import Term, term_before, term_of
from observe.services import rubrics, visits
from observe.settings import Settings, sqlite_url
from observe.storage.database import Database, NetworkSession
from observe.storage.rows import Rows
from observe.storage.schema import upgrade
from observe.storage.tables.people import Network
from observe.storage.tables.rubrics import RubricVersion
from observe.web.app import create_app

SCHOOLS, TEACHERS, PAIRS, AT_ONCE = 200, 10, 50_000, 5_000
OBSERVE = ("head", "adviser", "leader", "leader", "leader")
NETWORK = UUID(int=1)
NOW = datetime.now(UTC)
ASKED = 5


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--terms", type=int, default=9)
    terms = parser.parse_args().terms
    with tempfile.TemporaryDirectory(prefix="observe-bench-") as folder:
        for line in measured(Path(folder), terms):
            print(line, flush=True)


def measured(folder: Path, terms: int) -> Iterator[str]:
    """A line for each page, after the database is filled."""
    url = sqlite_url(folder)
    upgrade(url)
    database = Database(url)
    people = fill(database, list(of_the_last(terms)))
    client = create_app(Settings(url, "for the benchmark only", https=False)).test_client()
    yield f"{PAIRS} pairs in {terms} terms, {SCHOOLS * len(OBSERVE)} observers, {SCHOOLS} schools"
    for words, who, address in pages(people):
        sign_in(client, database, who)
        yield f"{words:<44}{told(client, address)}"


def pages(people: dict[str, list[UUID]]) -> Iterator[tuple[str, UUID, str]]:
    school, facilitator = people["school"][0], people["facilitator"][0]
    yield "planner of a head", people["head"][0], "/planner"
    yield "planner of an adviser", people["adviser"][0], "/planner"
    yield "planner of a leader", people["leader"][0], "/planner"
    yield "planner of a facilitator, all schools", facilitator, "/planner"
    yield "planner of a facilitator, one school", facilitator, f"/planner?school={school}"
    person = people["head"][1]
    yield "planner of a facilitator, one person", facilitator, f"/planner?person={person}"
    yield "form of a lesson, a head", people["head"][0], "/lessons/new"
    yield "form of a lesson, a facilitator", facilitator, f"/lessons/new?school={school}"


def told(client: FlaskClient, address: str) -> str:
    asked = [answered(client, address) for _ in range(ASKED + 1)][1:]
    times, worked = zip(*asked, strict=True)
    median, work = statistics.median(times), statistics.median(worked)
    return f"median {median:5.0f} ms, slowest {max(times):5.0f} ms, computing {work:5.0f} ms"


def answered(client: FlaskClient, address: str) -> tuple[float, float]:
    """How long it took, and how much of that was computing."""
    began, computed = time.perf_counter(), time.process_time()
    answer = client.get(address)
    assert answer.status_code == 200, answer.status
    took, worked = time.perf_counter() - began, time.process_time() - computed
    return took * 1000, worked * 1000


def sign_in(client: FlaskClient, database: Database, person_id: UUID) -> None:
    with database.write(NETWORK) as session:
        token = visits.begin(session, person_id, label="bench", at=NOW)
    with client.session_transaction() as cookie:
        cookie["visit"] = token


def of_the_last(terms: int) -> Iterator[Term]:
    term = term_of(NOW.date())
    for _ in range(terms):
        yield term
        term = term_before(term)


def fill(database: Database, terms: list[Term]) -> dict[str, list[UUID]]:
    """Everything, and the ids of people by what they are."""
    with database.outside(writes=True) as session:
        session.add(Network(id=NETWORK, name="Very many", epoch=UUID(int=2), created_at=NOW))
    with database.write(NETWORK) as session:
        rubrics.publish_shipped(session, at=NOW)
        session.flush()
        lesson = RubricVersion.kind == "lesson"
        digest = session.scalars(select(RubricVersion.digest).where(lesson)).first() or ""
        rows = Rows()
        people = write_people(rows)
        rows.write(session)
        write_pairs(session, people, terms, digest)
    return people


def write_people(rows: Rows) -> dict[str, list[UUID]]:
    people: dict[str, list[UUID]] = {"school": [], "teacher": []}
    for number in range(SCHOOLS):
        school_id, team_id = new_id(NOW), new_id(NOW)
        rows.add(
            "school",
            id=school_id,
            name=f"School {number}",
            zone="Europe/London",
            review_needed=True,
            visit_cap=3,
        )
        rows.add("team", id=team_id, school_id=school_id, name="Team")
        people["school"].append(school_id)
        for kind in (*OBSERVE, *["teacher"] * TEACHERS):
            team = team_id if kind in ("leader", "teacher") else None
            person_id = a_person(rows, f"{kind.title()} {number}", kind, school_id, team)
            people.setdefault(kind, []).append(person_id)
    people["facilitator"] = [a_person(rows, "Facilitator", "facilitator", None, None)]
    return people


def a_person(
    rows: Rows, name: str, kind: str, school_id: UUID | None, team_id: UUID | None
) -> UUID:
    person_id = new_id(NOW)
    rows.add(
        "person", id=person_id, name=name, email=f"{person_id.hex}@bench.example", created_at=NOW
    )
    rows.add(
        "role", id=new_id(NOW), person_id=person_id, kind=kind, school_id=school_id, team_id=team_id
    )
    return person_id


def write_pairs(
    session: NetworkSession, people: dict[str, list[UUID]], terms: list[Term], digest: str
) -> None:
    """Each pair at a school in turn, most with its own head and adviser, some with a visitor."""
    rng = random.Random(1)
    for start in range(0, PAIRS, AT_ONCE):
        rows = Rows()
        for number in range(start, start + AT_ONCE):
            a_pair(rows, rng, people, number, terms[number % len(terms)], digest)
        rows.write(session)


def a_pair(
    rows: Rows,
    rng: random.Random,
    people: dict[str, list[UUID]],
    number: int,
    term: Term,
    digest: str,
) -> None:
    here, lesson_id = rng.randrange(SCHOOLS), new_id(NOW)
    starts_at = a_moment(rng, term)
    rows.add(
        "lesson",
        id=lesson_id, kind="lesson", school_id=people["school"][here],
        teacher_id=people["teacher"][here * TEACHERS + number % TEACHERS], school_subject="Maths", room="",
        starts_at=starts_at, minutes=60, rubric_digest=digest, planned_at=NOW, imported=False, revision=1,
    )  # fmt: skip
    sealed = starts_at < NOW
    first = people["head"][here]
    other = people["adviser"][here if number % 3 else rng.randrange(SCHOOLS)]
    for observer_id, capacity in ((first, "head"), (other, "adviser")):
        state = "sealed" if sealed else "planned"
        rows.add(
            "observation",
            id=new_id(NOW),
            lesson_id=lesson_id,
            observer_id=observer_id,
            capacity=capacity,
            state=state,
            revision=0,
        )
    rows.add(
        "pair",
        lesson_id=lesson_id,
        state="closed" if sealed else "planned",
        blind=True,
        closed_by_one=False,
    )


def a_moment(rng: random.Random, term: Term) -> datetime:
    days = (term.last_day - term.first_day).days
    day: date = term.first_day + timedelta(days=rng.randrange(days))
    return datetime(day.year, day.month, day.day, rng.randrange(9, 15), tzinfo=UTC)


if __name__ == "__main__":
    main()
