"""`observe figures check`: what is kept of the ratings, held against them from the command line."""

import re
from pathlib import Path

import pytest
from sqlalchemy import update

from observe.storage.database import Database
from observe.storage.tables.calibration import CellCount
from tests.cli.running import observe
from tests.factories import School, a_network
from tests.groups import a_crowd

NAME = "Dales learning group"


@pytest.fixture
def crowd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> School:
    """Two networks, one with ratings, in the installation of the environment."""
    monkeypatch.setenv("OBSERVE_DATA", str(tmp_path))
    monkeypatch.delenv("OBSERVE_DATABASE_URL", raising=False)
    observe("database", "upgrade")
    database = Database(f"sqlite:///{tmp_path / 'observe.sqlite3'}")
    a_network(database, name="Another network")
    return a_crowd(a_network(database, name=NAME), lessons=6)


def damaged(school: School) -> None:
    """All kept counts of one criterion say one too many."""
    with school.database.write(school.network_id) as session:
        one_more = update(CellCount).where(CellCount.criterion == "setting")
        session.execute(one_more.values(times=CellCount.times + 1))


def test_where_nothing_differs_each_network_is_said_to_be_fine(crowd: School) -> None:
    told = observe("figures", "check")
    assert told.status == 0
    assert sorted(told.out.splitlines()) == [
        "Another network: what is kept says what the ratings say.",
        f"{NAME}: what is kept says what the ratings say.",
    ]


def test_what_differs_is_named_and_the_command_fails(crowd: School) -> None:
    damaged(crowd)
    told = observe("figures", "check", "--network", NAME)
    assert told.status == 1
    (line,) = told.out.splitlines()
    assert line.startswith(f"{NAME}: ")
    assert re.search(r", version \d+, setting: not what the ratings say: ", line)
    assert "sums of pairs of levels" in line
    assert "--mend" in told.err
    assert observe("figures", "check").status == 1


def test_mending_makes_it_anew_and_says_so(crowd: School) -> None:
    damaged(crowd)
    told = observe("figures", "check", "--mend")
    assert told.status == 0
    assert told.out.splitlines()[-1] == f"{NAME}: what is kept now says what the ratings say."
    assert "setting" in told.out
    assert observe("figures", "check").status == 0


def test_a_network_that_is_not_there_is_refused(crowd: School) -> None:
    assert observe("figures", "check", "--network", "Moors").faults
