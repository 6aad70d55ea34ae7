"""Summaries for tests: a lesson with evidence whose draft was made, brought as far as a test needs."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from observe.core.feedback.facts import Part
from observe.core.ids import new_id
from observe.services import drafting, phrase_bank, summary_reading, summary_review, summary_writing
from observe.storage import remarks, summaries
from observe.storage.database import NetworkSession
from observe.storage.tables.calibration import AgreedRating
from observe.storage.tables.lessons import Pair
from observe.storage.tables.people import Holiday
from tests.factories import NOW, PlannedLesson, School, a_lesson
from tests.talks import Noted, begun, recorded

LATER = NOW + timedelta(hours=3)
HELPED, HINDERED = "routines", "behaviour"


SION = (
    Noted("Books are open before the bell", 4, [HELPED], "+"),
    Noted("Talks over three pupils who are speaking", 9, [HINDERED], "-"),
    Noted("A private thought about the head of year", 12, [HINDERED], private=True),
)
RUTH = (
    Noted("Everybody at work within a minute", 5, [HELPED], "+"),
    Noted("Four reminders to listen in five minutes", 11, [HINDERED], "-"),
)
LEVELS = {HELPED: 4, HINDERED: 2}


def a_draft(
    school: School,
    *,
    rubric: str = "teaching-framework",
    teacher: str = "Catrin",
    notes: Mapping[str, Sequence[Noted]] | None = None,
    at: datetime = LATER,
    **lesson: Any,
) -> UUID:
    """The draft of a lesson that was observed, revealed and agreed; written by the head."""
    told = {"Sion": SION, "Ruth": RUTH} if notes is None else notes
    planned = a_lesson(school, teacher=teacher, observers=tuple(told), rubric=rubric, **lesson)
    with school.database.write(school.network_id) as session:
        for who, written in told.items():
            _record(session, planned.observations[who], written)
        _agree(session, planned, school)
        made = drafting.draft_for(session, planned.id, at=at)
    assert made
    return made


def submitted(school: School, **draft: Any) -> UUID:
    """A summary that lies before its reader."""
    summary_id = a_draft(school, **draft)
    with school.database.write(school.network_id) as session:
        author = summaries.row(session, summary_id).author_id
        by = next(person for person in school.people.values() if person.id == author)
        summary_writing.submit(session, summary_id, by=by, at=LATER)
    return summary_id


def a_remark(school: School, summary_id: UUID, *, by: str = "Helen", line: str = "2") -> UUID:
    """What somebody says about a line of a summary."""
    with school.database.write(school.network_id) as session:
        summary_review.comment(session, summary_id, line, "Say how many.", by=school[by], at=LATER)
        return remarks.of_summary(session, summary_id)[-1].id


def two_holidays(school: School) -> tuple[UUID, UUID]:
    """Days without school at this school, and at all schools; long past."""
    made = new_id(NOW), new_id(NOW)
    with school.database.write(school.network_id) as session:
        for holiday_id, school_id in zip(made, (school.school_id, None), strict=True):
            day = date(2020, 1, 1)
            days = {"name": "New Year", "first_day": day, "last_day": day}
            session.add(Holiday(id=holiday_id, school_id=school_id, **days))
    return made


def released(school: School, **draft: Any) -> UUID:
    """A summary that its teacher can read."""
    summary_id = submitted(school, **draft)
    with school.database.write(school.network_id) as session:
        summary_review.release(session, summary_id, by=school["Helen"], at=LATER)
    return summary_id


def read(school: School, **draft: Any) -> UUID:
    """A summary that its teacher has read."""
    summary_id = released(school, **draft)
    with school.database.write(school.network_id) as session:
        summary_reading.opened(session, summary_id, by=school["Catrin"], at=LATER)
    return summary_id


def a_phrase(school: School, text: str = "What did you notice?", *, by: str = "Sion") -> UUID:
    """Words that somebody keeps for the question at the end of a summary."""
    with school.database.write(school.network_id) as session:
        return phrase_bank.keep(session, Part.QUESTION, text, by=school[by], at=LATER)


def _record(session: NetworkSession, observation_id: UUID, notes: Sequence[Noted]) -> None:
    recorded(session, observation_id, LEVELS, notes)
    begun(session, observation_id, state="sealed").sealed_at = LATER


def _agree(session: NetworkSession, planned: PlannedLesson, school: School) -> None:
    for key, level in LEVELS.items():
        session.add(
            AgreedRating(
                lesson_id=planned.id,
                criterion=key,
                level=level,
                outcome="agreed",
                by=school["Sion"].id,
                at=LATER,
            )
        )
    pair = session.get(Pair, (session.network_id, planned.id))
    if pair:
        pair.state, pair.revealed_at, pair.closed_at = "closed", LATER, LATER
    session.flush()
