"""The database from the command line: made, copied, put back."""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import column, select, table, update

from observe.cli.main import observe
from observe.core.errors import Conflict, Invalid
from observe.services import certificates_of_erasure, erasing, network_deletion, people
from observe.storage.database import Database
from observe.storage.tables.people import Network, School
from tests.erasures import SECRET
from tests.factories import NOW, a_network
from tests.journeys.servers import a_server, answers, wait_for

VERSION = table("alembic_version", column("version_num"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OBSERVE_DATA", str(tmp_path))
    monkeypatch.delenv("OBSERVE_DATABASE_URL", raising=False)
    observe_command("database", "upgrade")
    return tmp_path


def observe_command(*words: str) -> Result:
    return CliRunner().invoke(observe, words, catch_exceptions=False)


def test_a_backup_put_back_brings_the_rows_and_a_new_epoch(folder: Path) -> None:
    database = Database(f"sqlite:///{folder / 'observe.sqlite3'}")
    network = a_network(database, name="Dales")
    observe_command("database", "backup", str(folder / "copy"))
    with database.write(network.network_id) as session:
        session.get_one(School, (network.network_id, network.school_id)).name = "Renamed since"
    with database.outside() as session:
        epoch = session.scalars(select(Network.epoch)).one()
    database.engine.dispose()
    answer = observe_command("database", "restore", str(folder / "copy"))
    assert "is now the database" in answer.output
    with database.outside() as session:
        assert session.scalars(select(Network.epoch)).one() != epoch
    with database.read(network.network_id) as session:
        assert session.scalars(select(School.name)).all() == ["Thornbeck Primary"]
    assert list(folder.glob("observe.sqlite3.before-*"))
    database.engine.dispose()


def test_a_copy_is_put_back_only_once_observe_is_stopped(folder: Path) -> None:
    observe_command("database", "backup", str(folder / "copy"))
    server = a_server(f"sqlite:///{folder / 'observe.sqlite3'}")
    server.start()
    try:
        with pytest.raises(Conflict, match="Observe is running"):
            observe_command("database", "restore", str(folder / "copy"))
        assert not list(folder.glob("observe.sqlite3.before-*"))
        assert answers(f"{server.url}/sign-in")
    finally:
        server.kill()
    wait_for(lambda: is_put_back(folder / "copy"))


def is_put_back(copy: Path) -> bool:
    """Whether the last process of a server that was killed has gone, and the copy is in its place."""
    with suppress(Conflict):
        return "is now the database" in observe_command("database", "restore", str(copy)).output
    return False


def test_a_backup_never_writes_over_a_file(folder: Path) -> None:
    (folder / "copy").write_text("something dear")
    with pytest.raises(Conflict):
        observe_command("database", "backup", str(folder / "copy"))
    assert (folder / "copy").read_text() == "something dear"


def test_a_file_that_is_no_database_is_refused_and_nothing_changes(folder: Path) -> None:
    (folder / "letter").write_text("Dear colleagues, " * 100)
    before = (folder / "observe.sqlite3").read_bytes()
    with pytest.raises(Invalid, match="not a copy of an Observe database"):
        observe_command("database", "restore", str(folder / "letter"))
    assert (folder / "observe.sqlite3").read_bytes() == before


def test_an_empty_file_never_takes_the_place_of_a_database(folder: Path) -> None:
    (folder / "empty").touch()
    with pytest.raises(Invalid, match="not a copy of an Observe database"):
        observe_command("database", "restore", str(folder / "empty"))


def test_a_database_is_readable_by_nobody_else_on_the_machine(folder: Path) -> None:
    assert (folder / "observe.sqlite3").stat().st_mode & 0o077 == 0


def test_a_copy_put_where_nothing_was_names_no_file_of_before(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    observe_command("database", "backup", str(folder / "copy"))
    trial = tmp_path / "trial"
    trial.mkdir()
    monkeypatch.setenv("OBSERVE_DATA", str(trial))
    answer = observe_command("database", "restore", str(folder / "copy"))
    assert "is now the database." in answer.output
    assert "before" not in answer.output


@pytest.mark.parametrize("command", [("figures", "check"), ("serve",), ("jobs", "run")])
def test_what_only_looks_or_serves_changes_no_database_of_another_version(
    folder: Path, command: tuple[str, ...]
) -> None:
    database = Database(f"sqlite:///{folder / 'observe.sqlite3'}")
    for revision, words in (("0006", "observe database upgrade"), ("9999", "newer version")):
        with database.outside(writes=True) as session:
            session.execute(update(VERSION).values(version_num=revision))
        with pytest.raises(Conflict, match=words):
            observe_command(*command)
        with database.outside() as session:
            assert session.scalars(select(VERSION.c.version_num)).one() == revision
    database.engine.dispose()


def test_who_was_erased_since_an_older_copy_is_listed_to_be_erased_once_more(folder: Path) -> None:
    database = Database(f"sqlite:///{folder / 'observe.sqlite3'}")
    school = a_network(database, name="Dales")
    gone = a_network(database, name="Moors")
    observe_command("database", "backup", str(folder / "copy"))
    with database.write(school.network_id) as session:
        people.leave(session, school["Catrin"].id, by=school["Margaret"], at=NOW)
        session.flush()
        catrin, by = school["Catrin"], school["Margaret"]
        erasing.erase(session, catrin.id, typed=catrin.name, secret=SECRET, by=by, at=NOW)
    with database.write(gone.network_id) as session:
        network_deletion.ask(session, typed="Moors", by=None, at=NOW, waits=timedelta())
    assert network_deletion.carry_out(database, gone.network_id, at=NOW)
    database.engine.dispose()
    answer = observe_command("database", "restore", str(folder / "copy")).output
    assert "1 person is in it again who had been erased since." in answer
    assert 'observe network delete "Moors" --typed "Moors" --at-once' in answer
    with database.read(school.network_id) as session:
        (back,) = certificates_of_erasure.to_erase_again(session)
        assert back.name == catrin.name
    with database.write(school.network_id) as session:
        erasing.erase(session, catrin.id, typed=catrin.name, secret=SECRET, by=by, at=NOW)
        assert not certificates_of_erasure.to_erase_again(session)
    database.engine.dispose()
