"""What was kept long enough goes, with a list before and a certificate after; figures stay."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from observe.core.errors import Invalid, Stale
from observe.core.fold import state_hash
from observe.core.retention import SENSE, Kind
from observe.services import chores, retention, washing
from observe.storage import erasures, fields
from observe.storage.tables import Base
from observe.storage.tables.lessons import Observation
from observe.storage.tables.trust import Retention
from observe.storage.words_of_people import WORDS
from tests.factories import NOW, School
from tests.planting import MARK, Planter, everything

NEXT_WINTER = datetime(2027, 12, 1, 4, tzinfo=UTC)
FOURTH_YEAR = datetime(2029, 9, 1, 4, tzinfo=UTC)
MUCH_LATER = datetime(2034, 1, 1, 4, tzinfo=UTC)
PROPOSED: Mapping[Kind, int | None] = {kind: sense.proposed for kind, sense in SENSE.items()}


@pytest.fixture
def planted(school: School) -> School:
    """Every table holds rows of Catrin's, written in October 2026."""
    with school.database.write(school.network_id) as session:
        Planter(session, school["Catrin"].id, "Catrin Morley", own=True).plant()
        session.delete(session.get_one(Retention, school.network_id))
    return school


def run(school: School, at: datetime) -> bool:
    """Whether anything was erased at a moment."""
    with school.database.write(school.network_id) as session:
        made = retention.run(session, by=school["Margaret"].id, at=at)
    assert washing.wash(school.database, school.network_id, at=at)
    return made is not None


def marks(school: School) -> set[str]:
    """The columns in which a mark stands."""
    with school.database.read(school.network_id) as session:
        lines = [line for line in everything(session).splitlines() if MARK in line]
    return {line.partition(":")[0] for line in lines}


def of(*kinds: Kind) -> set[str]:
    """The columns of words that go with these kinds."""
    told = {"record_field.value", "operation.body"} if Kind.NOTES in kinds else set()
    aged = ((name, words) for name, words in WORDS.items() if words.aged)
    return told | {
        f"{name}.{column}"
        for name, words in aged
        if words.aged and words.aged.kind in kinds
        for column in words.gone
    }


SUMMARY = {f"{name}.{column}" for name in ("summary", "target") for column in WORDS[name].gone}


def test_notes_go_after_thirteen_months_and_released_summaries_stay(planted: School) -> None:
    assert marks(planted) > of(Kind.NOTES) | SUMMARY
    assert not run(planted, datetime(2027, 11, 1, 4, tzinfo=UTC))
    assert run(planted, NEXT_WINTER)
    left = marks(planted)
    assert left & of(Kind.NOTES, Kind.MAILS, Kind.VISITS) == set()
    assert left >= SUMMARY
    assert not run(planted, NEXT_WINTER), "a second run finds nothing"


def test_summaries_go_with_all_that_was_said_on_them_after_three_school_years(
    planted: School,
) -> None:
    run(planted, datetime(2029, 8, 31, 4, tzinfo=UTC))
    assert marks(planted) >= SUMMARY
    run(planted, FOURTH_YEAR)
    said = {
        f"{name}.{each}" for name in WORDS if _under("summary", name) for each in WORDS[name].gone
    }
    assert len(said) > 6
    assert marks(planted) & (SUMMARY | said) == set()


def _under(parent: str, name: str) -> bool:
    above = WORDS[name].part_of
    return name == parent or (bool(above) and _under(parent, above))


def test_figures_stay_whatever_else_goes(planted: School) -> None:
    tables = [
        Base.metadata.tables[name] for name in ("paired_rating", "paired_lesson", "agreed_rating")
    ]
    before = _counts(planted, tables)
    run(planted, MUCH_LATER)
    assert _counts(planted, tables) == before
    assert min(before) > 0


def _counts(school: School, tables: list) -> list[int]:  # type: ignore[type-arg]
    with school.database.read(school.network_id) as session:
        counts = [
            select(func.count()).select_from(t).where(t.c.network_id == school.network_id)
            for t in tables
        ]
        return [session.scalars(query).one() for query in counts]


def test_no_byte_of_what_was_over_is_left_in_the_file(planted: School) -> None:
    if planted.database.engine.dialect.name != "sqlite":
        pytest.skip("the bytes of PostgreSQL are its server's")
    file = Path(planted.database.engine.url.database or "")
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    mark = f"{MARK}-reflection-missed".encode()
    assert mark in file.read_bytes()
    run(planted, NEXT_WINTER)
    assert mark not in file.read_bytes() + file.with_name(f"{file.name}-wal").read_bytes()


def test_a_record_without_its_notes_has_the_hash_of_what_is_left(planted: School) -> None:
    run(planted, NEXT_WINTER)
    with planted.database.read(planted.network_id) as session:
        rows = session.scalars(select(Observation).where(Observation.sealed_at.is_not(None))).all()
        assert rows
        for row in rows:
            assert row.state_hash == state_hash(fields.values(session, row.id))
        assert erasures.listed(session, most=9)[0].counts["record"] == len(rows)


def test_the_list_says_first_what_the_run_then_erases(planted: School) -> None:
    with planted.database.read(planted.network_id) as session:
        due = retention.due(session, today=NEXT_WINTER.date())
    assert due.is_any
    assert [each.name for each in due.lessons] == ["Catrin Morley"]
    run(planted, NEXT_WINTER)
    with planted.database.read(planted.network_id) as session:
        row = erasures.listed(session, most=9)[0]
        assert not retention.due(session, today=NEXT_WINTER.date()).is_any
    assert {heap.table: heap.number for heap in due.heaps}.items() <= row.counts.items()
    assert row.counts["record"] == due.records


def test_tablets_never_wait_for_very_many_records(
    planted: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "MOST_AT_ONCE", 0)
    with planted.database.write(planted.network_id) as session:
        retention.run(session, by=None, at=NEXT_WINTER)
        session.get_one(Retention, planted.network_id).starts_on = NEXT_WINTER.date()
        assert retention.waits(session, NEXT_WINTER), "the next round goes on"
        assert retention.due(session, today=NEXT_WINTER.date()).records > 0
    monkeypatch.undo()
    run(planted, NEXT_WINTER)
    with planted.database.read(planted.network_id) as session:
        assert not retention.waits(session, NEXT_WINTER)


def test_a_network_keeps_things_longer_or_shorter_within_sense(planted: School) -> None:
    who = planted["Margaret"]
    with planted.database.write(planted.network_id) as session:
        wanted = {**PROPOSED, Kind.NOTES: 24}
        retention.choose(session, wanted, revision=0, by=who, at=NOW)
        with pytest.raises(Stale):
            retention.choose(session, PROPOSED, revision=0, by=who, at=NOW)
        with pytest.raises(Invalid, match="between 6 months"):
            retention.choose(session, {**PROPOSED, Kind.NOTES: 99}, revision=1, by=who, at=NOW)
    run(planted, NEXT_WINTER)
    assert marks(planted) >= of(Kind.NOTES)


def test_nothing_goes_by_itself_before_four_weeks_notice(planted: School) -> None:
    for at in (MUCH_LATER, MUCH_LATER.replace(day=28)):
        chores.in_one(planted.database, planted.network_id, at=at)
        assert "reflection.missed" in marks(planted)
    chores.in_one(planted.database, planted.network_id, at=MUCH_LATER.replace(day=29))
    assert "reflection.missed" not in marks(planted)
