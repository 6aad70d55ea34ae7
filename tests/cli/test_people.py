"""`observe people import`: the same files, from the command line."""

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from observe.storage.database import Database
from observe.storage.tables.history import HistoryLine
from observe.storage.tables.people import Person
from tests.cli.running import Said, observe
from tests.factories import a_network
from tests.oneroster_files import a_set, written

STAFF = (
    ("Staff code", "Full name", "Work email", "Post"),
    ("A1", "Nia Bevan", "n.bevan@dales.example", "Head Teacher"),
    ("A2", "Emyr Tomos", "e.tomos@dales.example", "HLTA"),
)


@pytest.fixture
def network_id(database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch) -> UUID:
    monkeypatch.setenv("OBSERVE_DATABASE_URL", database_url)
    monkeypatch.setenv("OBSERVE_SECRET_KEY", "for tests only")
    return a_network(database, name="Dales learning group").network_id


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "set.zip"


def people(database: Database, network_id: UUID) -> int:
    with database.read(network_id) as session:
        return session.scalar(select(func.count()).select_from(Person)) or 0


def run(file: Path, content: bytes, *options: str) -> Said:
    file.write_bytes(content)
    return observe("people", "import", file, *options)


def test_a_dry_run_says_line_by_line_what_apply_then_does(
    database: Database, network_id: UUID, file: Path
) -> None:
    before = people(database, network_id)
    shown = run(file, a_set().zipped(), "--dry-run", "--administrators-are-heads")
    assert (
        "+ Nia Bevan: n.bevan@dales.example; head of Ysgol y Môr  [users.csv, line 2]" in shown.out
    )
    assert "+ school Ysgol y Môr  [orgs.csv, line 3]\n" in shown.out
    assert "new: 3, changed: 0, leaving: 0" in shown.out
    assert people(database, network_id) == before
    done = run(file, a_set().zipped(), "--apply", "--administrators-are-heads")
    assert (done.status, done.out) == (0, shown.out)
    assert people(database, network_id) == before + 3


def test_apply_can_be_held_to_what_was_seen(network_id: UUID, file: Path) -> None:
    shown = run(file, a_set().zipped(), "--dry-run")
    seen = shown.out.split("Fingerprint: ")[1].strip()
    other = run(file, a_set().with_rows("classes", c2=None).zipped(), "--apply", "--as-seen", seen)
    assert "Something here has changed" in other.faults[0]
    assert run(file, a_set().zipped(), "--apply", "--as-seen", seen).status == 0


def test_faults_are_lines_and_nothing_is_changed(
    database: Database, network_id: UUID, file: Path
) -> None:
    before = people(database, network_id)
    said = run(file, a_set().changing("users", "u1", role="wizard").zipped(), "--apply")
    assert said.faults[0].startswith("users.csv, line 2: role is “wizard”")
    assert said.faults[-1] == "Nothing was changed."
    assert people(database, network_id) == before


def test_a_table_says_what_it_needs_and_keeps_it(network_id: UUID, tmp_path: Path) -> None:
    file = tmp_path / "staff.csv"
    asked = run(file, written(STAFF), "--dry-run")
    assert asked.faults == [
        "Say which column has the role: --column role=HEADING, or --role for everybody.",
        "Say which column has the school: --column school=HEADING, or --school.",
    ]
    options = ("--column", "role=Post", "--school", "Thornbeck Primary")
    words = run(file, written(STAFF), "--dry-run", *options)
    assert words.faults == ["Say what these words for roles mean, as --means WORD=ROLE: HLTA."]
    assert run(file, written(STAFF), "--apply", *options, "--means", "HLTA=nobody").status == 0
    again = run(file, written(STAFF), "--dry-run")
    assert "new: 0, changed: 0, leaving: 0, back: 0, same: 1" in again.out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "Say either --dry-run or --apply."),
        (("--dry-run", "--apply"), "Say either --dry-run or --apply."),
        (("--dry-run", "--column", "Post"), "--column Post: write one of name"),
        (("--dry-run", "--means", "HLTA=wizard"), "--means HLTA=wizard: write the word"),
        (("--dry-run", "--role", "facilitator"), "--role must be one of head"),
    ],
)
def test_what_is_said_wrongly_is_refused(
    network_id: UUID, file: Path, options: tuple[str, ...], words: str
) -> None:
    assert run(file, written(STAFF), *options).faults[0].startswith(words)


def test_who_did_it_is_the_installation(database: Database, network_id: UUID, file: Path) -> None:
    run(file, a_set().zipped(), "--apply")
    with database.read(network_id) as session:
        line = session.scalars(
            select(HistoryLine).where(HistoryLine.did == "people from a file")
        ).one()
    assert (line.by, line.details["source"], line.details["new"]) == (None, "Dales records", 2)
