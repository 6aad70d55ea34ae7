"""A database with millions of ratings, written by SQLite itself, and the figures of its group.

python bench/stored.py FOLDER RATINGS    fill a new database there
python bench/stored.py FOLDER            say how long the group's figures take, and the memory
"""

import json
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, select, text

from observe.core.ids import new_id
from observe.core.rubric_file import read_rubric
from observe.core.rubric_json import rubric_digest
from observe.services import group_figures, rubrics
from observe.settings import sqlite_url
from observe.storage import paired_counts, paired_ratings
from observe.storage.database import Database, NetworkSession
from observe.storage.schema import upgrade
from observe.storage.tables.calibration import PairedLesson
from observe.storage.tables.people import Network, Person, School

CRITERIA, SCHOOLS, HEADS, ADVISERS = 20, 40, 150, 50
NETWORK = UUID(int=1)
NOW = datetime(2026, 11, 17, 9, tzinfo=UTC)
LEVELS = ", ".join(f"{{value: {n}, label: Level {n}}}" for n in range(1, 5))
RUBRIC = f"""
rubric: twenty
version: 1
language: en
title: Twenty criteria
kind: lesson
graded: true
occasions: {{whole: true}}
scales:
  four:
    type: ordinal
    levels: [{LEVELS}]
domains:
  - domain: all
    title: All
    criteria:
""" + "\n".join(
    f"      - {{criterion: c-{n:02}, title: Criterion {n}, scale: four, occasion: whole}}"
    for n in range(CRITERIA)
)

# Each number is drawn anew in each row: an id from its number, and a level near the lesson's own.
LESSONS = """
INSERT INTO lesson (network_id, id, kind, school_id, teacher_id, school_subject, starts_at, minutes,
  rubric_digest, planned_at, imported, revision, room)
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :lessons)
SELECT :network, printf('%032x', 1000000 + n), 'lesson', printf('%032x', 100 + n % :schools),
  printf('%032x', 1000), 'Maths', '2026-09-01 09:00:00', 60, :digest, '2026-09-01 09:00:00', 0, 1, ''
FROM numbers
"""
RATINGS = """
INSERT INTO paired_rating (network_id, lesson_id, criterion, occasion, observer_a, observer_b,
  level_a, level_b, capacity_a, capacity_b, school_id, rubric_digest, observed_on, weight, block)
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :lessons),
  criteria(c) AS (SELECT 0 UNION ALL SELECT c + 1 FROM criteria WHERE c < :criteria - 1)
SELECT :network, printf('%032x', 1000000 + n), printf('c-%02d', c), 'whole',
  printf('%032x', 1000 + n % :heads), printf('%032x', 1000 + :heads + (n / 7) % :advisers),
  max(0, min(3, (n / 3) % 4 + abs(random()) % 3 - 1)), max(0, min(3, (n / 3) % 4 + abs(random()) % 3 - 1)),
  'head', 'adviser', printf('%032x', 100 + n % :schools), :digest,
  date('2025-09-01', (n % 420) || ' days'), 1.0, (n * 7919) % 256 % 200
FROM numbers CROSS JOIN criteria
"""
SUMMARIES = """
INSERT INTO paired_lesson (network_id, lesson_id, observer_a, observer_b, capacity_a, capacity_b,
  school_id, rubric_digest, observed_on, block, rated, levels)
SELECT network_id, lesson_id, observer_a, observer_b, capacity_a, capacity_b, school_id,
  rubric_digest, observed_on, block, :rated,
  '[[' || group_concat(level_a) || '], [' || group_concat(level_b) || ']]'
FROM paired_rating WHERE network_id = :network GROUP BY lesson_id
"""
INDEX = "SELECT name, sql FROM sqlite_schema WHERE tbl_name = 'paired_rating' AND sql LIKE 'CREATE INDEX%'"


def fill(folder: Path, ratings: int) -> None:
    """Make a network of so many ratings, two observers a lesson and twenty criteria each."""
    upgrade(sqlite_url(folder))
    database = Database(sqlite_url(folder))
    rubric = read_rubric(RUBRIC, "twenty.yaml")
    with database.outside(writes=True) as session:
        session.add(Network(id=NETWORK, name="Many", epoch=new_id(NOW), created_at=NOW))
    with database.write(NETWORK) as session:
        rubrics.publish(session, rubric, by=None, at=NOW)
        session.add_all(School(id=UUID(int=100 + n), name=f"School {n}") for n in range(SCHOOLS))
        people = range(HEADS + ADVISERS)
        session.add_all(
            Person(id=UUID(int=1000 + n), name=f"P {n}", created_at=NOW) for n in people
        )
    database.engine.dispose()
    with database.engine.connect() as connection:
        _fill(connection, rubric_digest(rubric), lessons=ratings // 2 // CRITERIA)
    with database.write(NETWORK) as session:
        paired_counts.count_anew(session)
    database.engine.dispose()


def _fill(connection: Connection, digest: str, *, lessons: int) -> None:
    """Without checks, without a journal and without indexes, which are made in the end."""
    cursor = connection.connection.cursor()
    for pragma in ("foreign_keys=OFF", "synchronous=OFF", "journal_mode=OFF"):
        cursor.execute(f"PRAGMA {pragma}").fetchall()
    with connection.begin():
        indexes = connection.execute(text(INDEX)).all()
        for name, _ in indexes:
            connection.execute(text(f"DROP INDEX {name}"))
        names = [f"c-{n:02}" for n in range(CRITERIA)]
        told = json.dumps([names, ["whole"] * CRITERIA, [1.0] * CRITERIA])
        values = {"lessons": lessons, "digest": digest, "network": NETWORK.hex, "rated": told}
        values |= {"heads": HEADS, "advisers": ADVISERS, "schools": SCHOOLS, "criteria": CRITERIA}
        for statement in (LESSONS, RATINGS, SUMMARIES):
            connection.execute(text(statement), values)
        for _, sql in indexes:
            connection.execute(text(sql))
    cursor.execute("PRAGMA journal_mode=WAL").fetchall()


def measure(folder: Path) -> dict[str, object]:
    """Seconds (clock, processor) of the group's figures, at first and after a withdrawal; MB."""
    database = Database(sqlite_url(folder))
    first = timed(database)
    with database.write(NETWORK) as session:
        withdraw_one(session)
    again = timed(database)
    database.engine.dispose()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"first": first, "again": again, "memory": memory}


def withdraw_one(session: NetworkSession) -> None:
    """One more lesson that does not count, as when its observer withdraws."""
    counts = PairedLesson.left_out.is_(None)
    row = session.scalars(select(PairedLesson).where(counts).limit(1)).one()
    paired_ratings.leave_out(session, row.lesson_id, [row.observer_a])


def timed(database: Database) -> tuple[float, float]:
    """Seconds of all figures of the group, by the clock and of the processor."""
    begun, used = time.perf_counter(), time.process_time()
    with database.read(NETWORK) as session:
        found = group_figures.of_group(session)
    assert found is not None
    assert found.report is not None
    return time.perf_counter() - begun, time.process_time() - used


if __name__ == "__main__":
    if len(sys.argv) > 2:
        fill(Path(sys.argv[1]), int(sys.argv[2]))
    else:
        print(json.dumps(measure(Path(sys.argv[1]))))
