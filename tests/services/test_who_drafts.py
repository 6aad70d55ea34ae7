"""Whoever left a lesson without sealing, or only arranged it, gets no draft with what others recorded."""

from uuid import UUID

import pytest

from observe.core.permissions import RoleKind
from observe.services import drafting, revealing
from observe.storage import summaries
from observe.storage.tables.lessons import Lesson, Observation
from tests.factories import NOW, School, a_person
from tests.talks import LATER, Noted, a_talk, begun, same, seal


def author_of(school: School, *, leaves: str) -> UUID:
    """Who drafts of Ruth's record, of a lesson that Siôn planned and then left."""
    notes = {"Ruth": [Noted("The class settles at once")]}
    lesson = a_talk(school, {"Sion": same(), "Ruth": same()}, notes=notes, sealed=False)
    with school.database.write(school.network_id) as session:
        key = (session.network_id, lesson.id)
        session.get_one(Lesson, key).planned_by = school["Sion"].id
        seal(session, lesson, "Ruth")
        if leaves == "withdrawn":
            begun(session, lesson.observations["Sion"], state="withdrawn")
        else:
            row = session.get_one(Observation, (session.network_id, lesson.observations["Sion"]))
            row.waived_at = NOW
        session.flush()
        revealing.reveal(session, lesson.id, at=LATER)
        found = summaries.of_lesson(session, lesson.id)
        assert found is not None
        return summaries.row(session, found).author_id


@pytest.mark.parametrize("leaves", ["withdrawn", "waived"])
def test_who_planned_a_lesson_and_left_it_does_not_draft_from_the_others_record(
    school: School, leaves: str
) -> None:
    assert author_of(school, leaves=leaves) == school["Ruth"].id


def test_a_facilitator_who_planned_a_lesson_does_not_read_its_records_as_the_author(
    school: School,
) -> None:
    a_person(school, "Ben Low", RoleKind.LEADER)
    lesson = a_talk(school, {"Ruth": same(), "Ben": same()})
    with school.database.write(school.network_id) as session:
        key = (session.network_id, lesson.id)
        session.get_one(Lesson, key).planned_by = school["Margaret"].id
        made = drafting.draft_for(session, lesson.id, at=LATER)
        assert made
        author = summaries.row(session, made).author_id
    assert author in {school["Ruth"].id, school["Ben"].id}


def test_a_leader_who_planned_a_lesson_of_the_team_writes_of_it_without_having_been_there(
    school: School,
) -> None:
    a_person(school, "Tom Ash", RoleKind.ADVISER)
    lesson = a_talk(school, {"Ruth": same(), "Tom": same()})
    with school.database.write(school.network_id) as session:
        key = (session.network_id, lesson.id)
        session.get_one(Lesson, key).planned_by = school["Helen"].id
        made = drafting.draft_for(session, lesson.id, at=LATER)
        assert made
        assert summaries.row(session, made).author_id == school["Helen"].id
