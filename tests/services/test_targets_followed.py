"""A target lives on: the next observers of the teacher look for it."""

from uuid import UUID

from sqlalchemy import select

from observe.core.canonical import canonical
from observe.core.feedback.facts import Line, Part
from observe.core.ids import new_id
from observe.services import summary_writing
from observe.storage import summaries
from observe.storage.tables.feedback import Target
from observe.storage.tables.records import RecordField
from tests.factories import NOW, School, a_lesson
from tests.letters import released
from tests.talks import begun, seal


def the_target(school: School) -> Target:
    with school.database.read(school.network_id) as session:
        return session.scalars(select(Target)).one()


def a_lesson_that_looks_for(
    school: School,
    target: UUID,
    *,
    teacher: str,
    observers: tuple[str, ...] = ("Sion", "Ruth"),
    **told: str,
) -> UUID:
    """Observers seal a lesson; `told` is what each says of the target."""
    lesson = a_lesson(school, teacher=teacher, observers=observers)
    with school.database.write(school.network_id) as session:
        for who, answer in told.items():
            session.add(
                RecordField(
                    observation_id=lesson.observations[who],
                    field=f"target/{target}",
                    value=canonical(answer).decode(),
                    lamport=1,
                    op_id=new_id(NOW),
                )
            )
            begun(session, lesson.observations[who])
        for who in lesson.observations:
            seal(session, lesson, who)
    return lesson.id


def test_a_target_that_one_observer_saw_is_seen_again(school: School) -> None:
    released(school)
    target = the_target(school).id
    a_lesson_that_looks_for(school, target, teacher="Catrin", Sion="seen", Ruth="not_yet")
    assert the_target(school).state == "seen again"


def test_a_target_that_nobody_saw_is_not_yet(school: School) -> None:
    released(school)
    a_lesson_that_looks_for(school, the_target(school).id, teacher="Catrin", Ruth="not_yet")
    assert the_target(school).state == "not yet"


def test_a_lesson_of_another_teacher_moves_no_target_of_hers(school: School) -> None:
    released(school)
    before = the_target(school).state
    a_lesson_that_looks_for(school, the_target(school).id, teacher="Aisha", Sion="seen")
    assert the_target(school).state == before


def test_what_one_saw_who_observes_alone_is_told_only_once_nobody_can_join(school: School) -> None:
    released(school)
    target = the_target(school)
    lesson_id = a_lesson_that_looks_for(
        school, target.id, teacher="Catrin", observers=("Ruth",), Ruth="seen"
    )
    assert the_target(school).state == target.state
    with school.database.write(school.network_id) as session:
        found = summaries.of_lesson(session, lesson_id)
        assert found is not None
        line = Line(Part.STRENGTH, "Pupils began at once.")
        by = school["Ruth"]
        summary_writing.keep(session, found, (line,), revision=1, by=by, at=NOW)
        summary_writing.submit(session, found, by=by, at=NOW)
    assert the_target(school).state == "seen again"
