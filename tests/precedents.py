"""Rules from talks, for tests: agreed about a lesson some days ago."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from observe.core.ids import new_id
from observe.storage import precedents
from observe.storage.tables.calibration import Precedent
from observe.storage.tables.lessons import Lesson
from tests.factories import NOW, School


def a_rule(
    school: School,
    lesson_id: UUID,
    text: str,
    *,
    criterion: str = "questioning",
    days: int = 1,
    at: datetime = NOW,
) -> UUID:
    """A rule that holds for the words with which its lesson was observed."""
    agreed_at = at - timedelta(days=days)
    with school.database.write(school.network_id) as session:
        lesson = session.scalars(select(Lesson).where(Lesson.id == lesson_id)).one()
        rule = Precedent(
            id=new_id(agreed_at),
            rubric="teaching-framework",
            criterion=criterion,
            text=text,
            lesson_id=lesson_id,
            by=school["Sion"].id,
            at=agreed_at,
        )
        session.add(rule)
        session.flush()
        precedents.hold(session, rule.id, criterion, lesson.rubric_digest, at=agreed_at)
    return rule.id
