"""How long a file of people takes, on SQLite: reading it, saying what would change, and changing it.

    python bench/people.py [--rows 50000]

Two files of so many rows: a OneRoster 1.1 set of a trust (1 in 25 rows is staff, the rest are classes,
pupils and their enrolments), and a CSV file in which every row is somebody of the staff. Each is taken in
when nobody is here, then brought again unchanged, then with one person in fifty changed or gone.
Computing is what other work on the machine does not slow down.
"""

import argparse
import csv
import io
import tempfile
import time
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from uuid import UUID

from observe.core.column_mapping import as_json, from_json
from observe.core.oneroster import SHAPES
from observe.core.permissions import RoleKind
from observe.core.roster import Choices
from observe.services import people_files, people_files_reading
from observe.services.people_files_reading import TABLE, Brought
from observe.settings import sqlite_url
from observe.storage.database import Database
from observe.storage.schema import upgrade
from observe.storage.tables.people import Network

NETWORK = UUID(int=1)
NOW = datetime.now(UTC)
SECRET = "for a bench only"
CHOICES = Choices(RoleKind.HEAD, pupils=True)
A_SCHOOL, A_CLASS = 100, 25
Rows = dict[str, list[dict[str, str]]]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=50_000)
    rows = parser.parse_args().rows
    for words, first, later in (
        ("OneRoster set", of_a_trust(rows), of_a_trust(rows, changed=50)),
        ("CSV file", of_staff(rows), of_staff(rows, changed=50)),
    ):
        with tempfile.TemporaryDirectory(prefix="observe-bench-") as folder:
            print(f"{words} of {rows} rows, {len(first) / 1024**2:.1f} MB", flush=True)
            for line in measured(Path(folder), first, later):
                print(f"  {line}", flush=True)


def measured(folder: Path, first: bytes, later: bytes) -> Iterator[str]:
    url = sqlite_url(folder)
    upgrade(url)
    database = Database(url)
    with database.outside(writes=True) as session:
        session.add(Network(id=NETWORK, name="Trust", epoch=UUID(int=2), created_at=NOW))
    for words, content in (("new", first), ("again", first), ("changed", later)):
        yield f"{words:<10}{told(database, content)}"


def told(database: Database, content: bytes) -> str:
    """How long each step took, in seconds."""
    times, began = [time.perf_counter()], time.process_time()
    with database.read(NETWORK) as session:
        brought = as_whole(
            people_files_reading.read(
                session, content, file="file", source="Bench", choices=CHOICES
            )
        )
    times.append(time.perf_counter())
    with database.read(NETWORK) as session:
        look = people_files.look(session, brought, by=None, secret=SECRET)
        seen = look.fingerprint
    times.append(time.perf_counter())
    with database.write(NETWORK) as session:
        look = people_files.look(session, brought, by=None, secret=SECRET)
        people_files.apply(session, look, seen=seen, sure=True, by=None, at=NOW)
    times.append(time.perf_counter())
    read, said, done = (later - sooner for sooner, later in pairwise(times))
    counts = ", ".join(
        f"{word} {count}" for word, count in people_files.counts(look.difference).items()
    )
    worked = time.process_time() - began
    steps = f"read {read:4.1f} s, dry run {said:4.1f} s, apply {done:4.1f} s"
    return f"{steps}, computing {worked:4.1f} s in all   ({counts})"


def as_whole(brought: Brought) -> Brought:
    """A CSV file that lists everybody."""
    assert not brought.faults, brought.faults[:5]
    if brought.kind != TABLE:
        return brought
    return replace(brought, settings=as_json(replace(from_json(brought.settings), whole=True)))


def of_a_trust(rows: int, *, changed: int = 0) -> bytes:
    """A set whose files have so many rows together."""
    staff, pupils = rows // 25, rows * 10 // 25
    classes = pupils // A_CLASS
    schools = max(1, staff // A_SCHOOL)
    found: Rows = {
        "academicSessions": [{"sourcedId": "t", "title": "Autumn", "type": "term"}],
        "orgs": [
            {"sourcedId": f"s{n}", "name": f"School {n}", "type": "school"} for n in range(schools)
        ],
        "courses": [{"sourcedId": "c", "title": "Maths", "orgSourcedId": "s0"}],
        "classes": [a_class(n, schools) for n in range(classes)],
        "users": [*(a_teacher(n, schools, changed) for n in range(staff))],
        "enrollments": [],
    }
    found["academicSessions"][0] |= {"startDate": "2026-09-01", "endDate": "2026-12-18"}
    found["users"] = [each for each in found["users"] if each]
    found["users"] += [a_pupil(n, schools) for n in range(pupils)]
    left = rows - sum(map(len, found.values()))
    found["enrollments"] = [enrolled(n, pupils, classes, schools) for n in range(left)]
    return zipped(found)


def a_class(n: int, schools: int) -> dict[str, str]:
    return {
        "sourcedId": f"k{n}",
        "title": f"Class {n}",
        "courseSourcedId": "c",
        "classType": "scheduled",
        "schoolSourcedId": f"s{n % schools}",
        "termSourcedIds": "t",
    }


def a_user(key: str, given: str, role: str, school: int) -> dict[str, str]:
    return {
        "sourcedId": key,
        "enabledUser": "true",
        "orgSourcedIds": f"s{school}",
        "role": role,
        "username": key,
        "givenName": given,
        "familyName": f"Family {key}",
    }


def a_teacher(n: int, schools: int, changed: int) -> dict[str, str]:
    """Somebody of the staff; of every fifty one has another name, moves or has left."""
    turn = n // changed % 3 if changed and n % changed == 0 else None
    if turn == 0:
        return {}
    school = (n + (turn == 1)) % schools
    made = a_user(f"u{n}", "Other" if turn == 2 else "Given", "teacher", school)
    return made | {"email": f"u{n}@trust.example"}


def a_pupil(n: int, schools: int) -> dict[str, str]:
    return a_user(f"p{n}", "Pupil", "student", n % schools)


def enrolled(n: int, pupils: int, classes: int, schools: int) -> dict[str, str]:
    number = n % classes
    return {
        "sourcedId": f"e{n}",
        "classSourcedId": f"k{number}",
        "schoolSourcedId": f"s{number % schools}",
        "userSourcedId": f"p{n % pupils}",
        "role": "student",
    }


def zipped(found: Rows) -> bytes:
    packed = io.BytesIO()
    told = [("manifest.version", "1.0"), ("oneroster.version", "1.1")]
    told += [(f"file.{name}", "bulk") for name in found]
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("manifest.csv", text([("propertyName", "value"), *told]))
        for name, rows in found.items():
            columns = SHAPES["1.1"][name].columns
            lines = ([row.get(column, "") for column in columns] for row in rows)
            opened.writestr(f"{name}.csv", text([columns, *lines]))
    return packed.getvalue()


def of_staff(rows: int, *, changed: int = 0) -> bytes:
    """A table in which each row is somebody of the staff."""
    lines = (a_line(n, changed) for n in range(rows))
    head = ("number", "name", "e-mail", "role", "school", "team")
    return text([head, *filter(None, lines)]).encode()


def a_line(n: int, changed: int) -> Sequence[str] | None:
    turn = n // changed % 3 if changed and n % changed == 0 else None
    if turn == 0:
        return None
    school = n // A_SCHOOL + (turn == 1)
    name = f"{'Other' if turn == 2 else 'Given'} Family {n}"
    return (f"u{n}", name, f"u{n}@trust.example", "teacher", f"School {school}", f"Team {n % 5}")


def text(rows: Iterable[Sequence[str]]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue()


if __name__ == "__main__":
    main()
