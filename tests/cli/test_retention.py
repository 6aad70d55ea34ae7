"""`observe retention run`: a list first, then a certificate, and nothing the second time."""

from pathlib import Path

import pytest

from observe.storage.tables.trust import Retention
from tests.cli.running import observe
from tests.factories import School
from tests.planting import MARK, Planter, everything


@pytest.fixture
def installed(
    school: School, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> School:
    """An installation in which words are over that were written long ago."""
    monkeypatch.setenv("OBSERVE_DATA", str(tmp_path))
    monkeypatch.setenv("OBSERVE_DATABASE_URL", database_url)
    with school.database.write(school.network_id) as session:
        Planter(session, school["Catrin"].id, "Catrin Morley", own=True).plant()
        row = session.get_one(Retention, school.network_id)
        row.months = {"visits": 1}
    return school


def test_the_command_lists_what_is_over_and_then_erases_just_that(installed: School) -> None:
    name = ("--network", "Dales learning group")
    listed = observe("retention", "run", "--dry-run", *name)
    assert listed.status == 0, listed.err
    assert "sign-ins and links, the oldest of 2 October 2026" in listed.out
    with installed.database.read(installed.network_id) as session:
        assert f"{MARK}-visit-label" in everything(session)
    done = observe("retention", "run", *name)
    assert "erased, certificate" in done.out
    assert "2 sign-ins and links" in done.out
    with installed.database.read(installed.network_id) as session:
        assert f"{MARK}-visit-label" not in everything(session)
    assert "nothing is over" in observe("retention", "run", *name).out
