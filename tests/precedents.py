"""Rules from talks, for tests: agreed about a lesson some days ago."""

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from observe.core.ids import new_id
from observe.core.rubric_json import from_json, rubric_digest
from observe.services.rubrics import publish
from observe.storage import precedents, rubrics
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


def a_version(
    school: School, change: Callable[[dict[str, Any]], None], *, number: int = 3, **differs: Any
) -> str:
    """One more version of the teaching framework, with one change to its questioning; its address."""
    with school.database.write(school.network_id) as session:
        digest = school.rubrics["teaching-framework"]
        body = deepcopy(rubrics.row(session, digest).body) | {"version": number, **differs}
        for domain in body["domains"]:
            for criterion in domain["criteria"]:
                if criterion["criterion"] == "questioning":
                    change(criterion)
        publish(session, from_json(body), by=None, at=NOW)
        return rubric_digest(from_json(body))
