"""What the fields of a record hold, decided by the database as `core.fold` decides it."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from observe.core.fold import Fields, fold
from observe.core.operations import Operation
from observe.core.sheet import sheet_of
from observe.core.verdict import Status
from observe.storage import fields, operations
from observe.storage.database import NetworkSession
from observe.storage.operations import Entry
from tests import tablet
from tests.classroom import RATING, Classroom, a_classroom
from tests.factories import NOW, School
from tests.tablet import Tablet

COUNTED = "rating/asks/interval-1"
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["set", "set", "tally", "untally"]),
        st.sampled_from([RATING, COUNTED, "note/a/text"]),
        st.integers(0, 3),
    ),
    max_size=25,
)


@pytest.fixture
def room(school: School) -> Classroom:
    return a_classroom(school)


def a_days_work(steps: list[tuple[str, str, int]], observation_id: UUID) -> list[Operation]:
    """Values and counts on the same fields, as no single version of a rubric has them."""
    one, other = Tablet(observation_id), Tablet(observation_id)
    for kind, field, number in steps:
        hand = (one, other)[number % 2]
        tallies = [each["op_id"] for each in one.made + other.made if each["kind"] == "tally"]
        if kind == "set":
            hand.set(field, number)
        elif kind == "tally":
            hand.make("tally", COUNTED)
        else:
            named = tallies[number % len(tallies)] if tallies else str(uuid4())
            hand.make("untally", COUNTED, named)
    return tablet.operations(one) + tablet.operations(other)


def keep(session: NetworkSession, room: Classroom, came: list[Operation]) -> None:
    """The log has an operation before it has its effect."""
    entry: dict[str, Any] = {
        "person_id": room.school["Sion"].id,
        "observation_id": room.lesson.observations["Sion"],
        "device_id": None,
        "status": Status.ACCEPTED,
        "counts": True,
        "at": NOW,
    }
    rows = [operations.row(session.network_id, each, Entry(**entry)) for each in came]
    operations.keep(session, rows)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS, sizes=st.lists(st.integers(1, 6), min_size=25, max_size=25))
def test_operations_that_come_in_parts_leave_what_all_of_them_fold_into(
    school: School, steps: list[tuple[str, str, int]], sizes: list[int]
) -> None:
    room = a_classroom(school)
    record = room.lesson.observations["Sion"]
    made = a_days_work(steps, record)
    sheet, coming = sheet_of({}), list(made)
    with school.database.write(school.network_id) as session:
        for size in sizes:
            part, coming = coming[:size], coming[size:]
            keep(session, room, part)
            sheet.put(fields.save(session, record, fold(part)))
        keep(session, room, coming)
        sheet.put(fields.save(session, record, fold(coming)))
        held, whole = fields.of_record(session, record), fold(made)
        assert fields.values(session, record) == sheet.values == whole.values()
        assert held.deciding() == whole.deciding()


def test_nothing_new_changes_nothing(room: Classroom) -> None:
    with room.school.database.write(room.school.network_id) as session:
        assert fields.save(session, room.lesson.observations["Sion"], Fields()) == {}


def test_what_is_remembered_under_a_hash_is_given_to_one_writer_and_few_are_kept(
    room: Classroom,
) -> None:
    sheets = [sheet_of({"context/a": str(number)}) for number in range(99)]
    for sheet in sheets:
        fields.remember(sheet, sheet.standing().state_hash)
    record = room.lesson.observations["Sion"]
    newest = sheets[-1].standing().state_hash
    with room.school.database.read(room.school.network_id) as session:
        assert fields.sheet(session, record, newest) is sheets[-1]
        assert fields.sheet(session, record, newest).values == {}
        assert fields.sheet(session, record, sheets[0].standing().state_hash).values == {}
