"""Records that come whole."""

from uuid import uuid4

from observe.core.observation import Note, Record
from observe.storage import operations, records
from observe.storage.records import WholeRecord
from tests import tablet
from tests.classroom import RATING, Classroom, a_classroom
from tests.factories import NOW, School
from tests.tablet import Tablet

NOTE = uuid4()
RECORD = Record({("questioning", "whole"): 3}, (Note(str(NOTE), "She waited.", 10),))


def whole(room: Classroom, name: str, *, sealed: bool = True) -> WholeRecord:
    made = Tablet(room.lesson.observations[name], rubric=room.school.rubrics["teaching-framework"])
    made.make("open", value={"lesson_id": str(room.lesson.id)})
    made.set(RATING, 3)
    made.set(f"note/{NOTE}/text", "She waited.")
    made.set(f"note/{NOTE}/elapsed_ms", 10)
    if sealed:
        made.seal()
    return WholeRecord(
        observation_id=made.observation_id,
        observer_id=room.school[name].id,
        operations=tablet.operations(made),
        begun_at=NOW,
        sealed_at=NOW if sealed else None,
    )


def test_a_whole_record_is_kept_sealed_as_if_a_tablet_had_sent_it(school: School) -> None:
    room = a_classroom(school)
    with school.database.write(school.network_id) as session:
        assert records.keep_whole(session, [whole(room, "Sion"), whole(room, "Ruth")]) == 10
    assert room.record("Sion") == RECORD
    row = room.row("Sion")
    assert (row.state, row.sealed_at, row.revision) == ("sealed", NOW, 5)


def test_a_tablet_goes_on_with_a_draft_that_was_kept_whole(school: School) -> None:
    room = a_classroom(school)
    with school.database.write(school.network_id) as session:
        records.keep_whole(session, [whole(room, "Sion", sealed=False)])
    sion = room.sender("Sion")
    (verdict,) = sion.send(sion.tablet.set("rating/checking/whole", 2, lamport=99))
    assert (verdict.sequence, sion.line.state, sion.line.ratings) == (5, "draft", 2)


def test_changes_bring_what_was_kept_whole(school: School) -> None:
    room = a_classroom(school)
    with school.database.write(school.network_id) as session:
        records.keep_whole(session, [whole(room, "Sion")])
        changes = operations.changes(session, school["Sion"].id, after=0, most=100)
    assert [change.sequence for change in changes] == [1, 2, 3, 4, 5]
