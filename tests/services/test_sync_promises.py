"""What holds whatever the network does: order, repetition, a backup put back, a killed server."""

import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, text

from observe.core.fold import fold
from observe.core.operations import read_operation
from observe.core.verdict import Status
from observe.services import capture, sending
from observe.services.capture import Answer, OtherEpoch
from observe.storage import operations
from observe.storage.operations import Entry
from observe.storage.tables.records import Operation
from tests.classroom import OTHER_RATING, RATING, Classroom, Sender, a_classroom
from tests.factories import NOW, School
from tests.tablet import Sent


@pytest.fixture
def room(school: School) -> Classroom:
    return a_classroom(school)


def test_an_id_that_another_tablet_sent_in_the_same_moment_is_refused_and_the_rest_stands(
    room: Classroom,
) -> None:
    sion, ruth = room.begun("Sion"), room.begun("Ruth")
    sent = [read_operation(sion.tablet.set(RATING, level)) for level in (1, 2, 3)]
    with room.school.database.write(room.school.network_id) as session:
        work = sending.begin(
            session, sent, person=room.school["Sion"], by=uuid4(), device_id=None, at=NOW
        )
        theirs = Entry(
            person_id=room.school["Ruth"].id,
            observation_id=ruth.tablet.observation_id,
            device_id=None,
            status=Status.ACCEPTED,
            counts=True,
            at=NOW,
        )
        row = operations.row(session.network_id, sent[1], theirs)
        session.connection().execute(insert(Operation), row)
        verdicts = capture.take(work, sent)
    assert [verdict.code for verdict in verdicts] == [None, "id_reuse", None]
    assert room.ratings("Sion") == {("questioning", "whole"): 3}
    assert room.row("Sion").revision == 3


def test_sequence_numbers_have_no_gap_that_a_cursor_could_miss(room: Classroom) -> None:
    first, second = room.begun("Sion"), room.sender("Sion")
    for level in (1, 2, 3, 4):
        sender = (first, second)[level % 2]
        sender.send(sender.tablet.set(RATING, level), sender.tablet.set(RATING, 9))
    with room.school.database.read(room.school.network_id) as session:
        found = operations.changes(session, room.school["Sion"].id, after=0, most=99)
    assert [change.sequence for change in found] == [1, 2, 3, 4, 5]


def a_days_work(room: Classroom) -> tuple[Sender, list[Sent]]:
    """A lesson with changes of mind, counted conflicts and a seal somewhere."""
    sion = room.sender("Sion")
    sent = [sion.open(room.lesson.id)]
    sent += [sion.tablet.set(RATING, level) for level in (1, 2, 3)]
    sent += sion.tablet.note("She waited.", at=10, criteria=["questioning"])
    sent += [sion.tablet.set(OTHER_RATING, 2), sion.tablet.set(RATING, 4, previous=None)]
    sent += [sion.tablet.seal()]
    sent += [sion.tablet.set(OTHER_RATING, 1), *sion.tablet.note("Later.")]
    return sion, sent


def everything(room: Classroom) -> tuple[set[UUID], Any]:
    """The ids in record and late list together, and the record that all of them would make."""
    observation_id = room.lesson.observations["Sion"]
    with room.school.database.read(room.school.network_id) as session:
        held = [
            *operations.counted(session, observation_id),
            *operations.late(session, observation_id),
        ]
    return {operation.op_id for operation in held}, fold(held).values()


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_order_and_repetition_gives_the_same_union_of_record_and_late_list(
    school: School, data: st.DataObject
) -> None:
    room = a_classroom(school)
    sion, sent = a_days_work(room)
    lost_answers = data.draw(st.lists(st.sampled_from(sent), max_size=6))
    coming = data.draw(st.permutations(sent + lost_answers))
    while coming:
        size = data.draw(st.integers(1, 5))
        sion.send(*coming[:size])
        coming = coming[size:]
    expected = {UUID(each["op_id"]) for each in sent}
    assert everything(room) == (expected, fold(map(read_operation, sent)).values())
    assert sion.acknowledged_through == len(sent)


@pytest.mark.usefixtures("waiting_for_the_disk")
def test_a_commit_is_on_the_disk_before_the_answer_goes_out(room: Classroom) -> None:
    room.school.database.engine.dispose()
    with room.school.database.write(room.school.network_id) as session:
        sqlite = session.connection().dialect.name == "sqlite"
        asked = "PRAGMA synchronous" if sqlite else "SHOW synchronous_commit"
        assert session.scalar(text(asked)) in (2, "on")


# a copy of yesterday's database


def copy_of(url: str, to: Path) -> None:
    with (
        closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as source,
        closing(sqlite3.connect(to)) as copy,
    ):
        source.backup(copy)


def put_back(room: Classroom, url: str, copy: Path) -> None:
    room.school.database.engine.dispose()
    path = Path(url.removeprefix("sqlite:///"))
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    shutil.copyfile(copy, path)


@pytest.fixture
def sqlite_url(database_url: str) -> str:
    if not database_url.startswith("sqlite"):
        pytest.skip("a file is copied and put back: this is about SQLite")
    return database_url


def test_yesterdays_file_put_back_without_a_word_brings_everything_back_from_the_tablets(
    room: Classroom, sqlite_url: str, tmp_path: Path
) -> None:
    sion, ruth = room.begun("Sion"), room.begun("Ruth")
    sion.send(sion.tablet.set(RATING, 1))
    copy_of(sqlite_url, tmp_path / "yesterday")
    for sender in (sion, ruth):
        sender.send(sender.tablet.set(RATING, 4), *sender.tablet.note("Today."))
    old_epoch = ruth.batch()["epoch"]
    put_back(room, sqlite_url, tmp_path / "yesterday")
    assert room.ratings("Sion") == {("questioning", "whole"): 1}
    for sender in (sion, ruth):
        told = sender.post(epoch=old_epoch)
        assert isinstance(told, OtherEpoch)
        unsent = [each for each in sender.tablet.made if each["device_seq"] > told.known_through]
        sender.acknowledged_through = told.known_through
        assert set(sender.status(*unsent)) == {"accepted"}
        assert sender.line.state_hash == sender.tablet.state_hash()


# a server that is killed

CHILD = """
import sys
from uuid import UUID
from observe.storage.database import Database
from tests.classroom import Classroom, RATING
from tests.factories import NOW, PlannedLesson, School
from observe.storage import people

url, network, person, lesson, observation = sys.argv[1:]
database = Database(url)
school = School(database, UUID(network), *[UUID(int=0)] * 3)
with database.read(school.network_id) as session:
    school.people["Sion"] = people.find(session, UUID(person))
school.rubrics["teaching-framework"] = sys.stdin.readline().strip()
room = Classroom(school, PlannedLesson(UUID(lesson), {"Sion": UUID(observation)}))
sion = room.sender("Sion")
sion.send(sion.open(room.lesson.id))
while True:
    sent = [sion.tablet.set(RATING, level) for level in (1, 2, 3, 4)]
    sion.send(*sent)
    print(" ".join(each["op_id"] for each in sent), flush=True)
"""


@pytest.mark.slow
def test_a_server_killed_under_load_has_lost_nothing_that_it_acknowledged(
    room: Classroom, database_url: str
) -> None:
    lesson, observation = room.lesson.id, room.lesson.observations["Sion"]
    told = [room.school.network_id, room.school["Sion"].id, lesson, observation]
    acknowledged: list[str] = []
    for life in range(3):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, database_url, *map(str, told)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        assert child.stdin
        assert child.stdout
        child.stdin.write(room.school.rubrics["teaching-framework"] + "\n")
        child.stdin.flush()
        for _ in range(10 + life):
            acknowledged += child.stdout.readline().split()
        child.send_signal(signal.SIGKILL)
        acknowledged += child.stdout.read().rpartition("\n")[0].split()
        child.wait()
        child.stdin.close(), child.stdout.close()
    assert len(acknowledged) >= 120
    with room.school.database.read(room.school.network_id) as session:
        kept = list(session.scalars(select(Operation.op_id)))
    assert {UUID(each) for each in acknowledged} <= set(kept)
    assert len(kept) == len(set(kept))


def test_a_tablet_months_behind_is_still_heard(room: Classroom) -> None:
    sion = room.begun("Sion")
    answer = sion.post(sion.tablet.set(RATING, 2), at=NOW + timedelta(days=200))
    assert isinstance(answer, Answer)
    assert answer.verdicts[0].status == "accepted"
