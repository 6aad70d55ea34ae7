"""What follows a released summary: the teacher's reply, who answers it by when, and what is added later."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from observe.core.feedback.summary import Reply
from observe.core.ids import new_id
from observe.core.permissions import RoleKind
from observe.services import replying
from observe.storage import replies
from observe.storage.tables.feedback import AddedEvidence
from observe.storage.tables.feedback import Reply as Kept
from observe.storage.tables.people import Holiday
from tests.browser import Browser
from tests.factories import NOW, School, a_person
from tests.letters import LATER, read


@pytest.fixture
def summary(school: School) -> UUID:
    """A summary that Catrin has read."""
    return read(school)


def said(school: School, summary_id: UUID) -> list[Reply]:
    with school.database.read(school.network_id) as session:
        return replies.of_summary(session, summary_id)


def reply(school: School, summary_id: UUID, *, differs: bool = False) -> Reply:
    with school.database.write(school.network_id) as session:
        by = school["Catrin"]
        replying.reply(session, summary_id, "I saw more.", differs=differs, by=by, at=LATER)
    return said(school, summary_id)[-1]


def test_the_author_answers_a_reply_within_five_working_days(school: School, summary: UUID) -> None:
    found = reply(school, summary)
    assert (found.answerer, str(found.answer_by)) == ("Siôn Prydderch", "2026-11-24")


def test_the_leader_answers_who_sees_it_differently(school: School, summary: UUID) -> None:
    assert reply(school, summary, differs=True).answerer == "Helen Marsh"


def test_holidays_are_no_days_for_an_answer(school: School, summary: UUID) -> None:
    begins = LATER.date() + timedelta(days=1)
    with school.database.write(school.network_id) as session:
        session.add(
            Holiday(
                id=new_id(NOW),
                name="Snow",
                first_day=begins,
                last_day=begins + timedelta(days=1),
            )
        )
    assert str(reply(school, summary).answer_by) == "2026-11-26"


def test_an_answer_closes_what_waits_and_the_teacher_reads_it(
    school: School, browser: Browser, summary: UUID
) -> None:
    reply(school, summary)
    sion, catrin = browser.sign_in(school["Sion"]), browser.sign_in(school["Catrin"])
    assert "Waiting for your answer" in sion.get("/feedback")
    page = catrin.get(f"/feedback/{summary}")
    assert "Siôn Prydderch answers by Tuesday 24 November" in page
    sion.post(f"/feedback/{summary}/answer", answer="Let us look at it together.")
    assert "Waiting for your answer" not in sion.get("/feedback")
    page = catrin.get(f"/feedback/{summary}")
    assert "Let us look at it together." in page
    assert "answers by" not in page


def test_what_is_seen_differently_waits_for_the_leader_whoever_else_answers(
    school: School, browser: Browser, summary: UUID
) -> None:
    reply(school, summary, differs=True)
    sion, helen = browser.sign_in(school["Sion"]), browser.sign_in(school["Helen"])
    sion.post(f"/feedback/{summary}/answer", answer="I understand.")
    assert "Waiting for your answer" in helen.get("/feedback")
    helen.post(f"/feedback/{summary}/answer", answer="Come and see me on Monday.")
    assert "Waiting for your answer" not in helen.get("/feedback")


def test_nobody_answers_for_another(school: School, browser: Browser, summary: UUID) -> None:
    a_person(school, "Gwen Pugh", RoleKind.TEACHER)
    for who in ("Catrin", "Ruth", "Aisha", "Gwen", "Margaret"):
        visitor = browser.sign_in(school[who])
        visitor.post(f"/feedback/{summary}/answer", status=403, answer="Mine.")


def test_what_is_sent_twice_is_said_once(school: School, browser: Browser, summary: UUID) -> None:
    catrin = browser.sign_in(school["Catrin"])
    for _ in range(2):
        catrin.post(f"/feedback/{summary}/reply", reply="Thank you.")
        catrin.post(f"/feedback/{summary}/evidence", evidence="It worked on Friday too.")
    with school.database.read(school.network_id) as session:
        counts = [
            session.scalar(select(func.count()).select_from(t)) for t in (Kept, AddedEvidence)
        ]
    assert counts == [1, 1]


def test_what_a_teacher_adds_is_read_by_those_who_read_the_summary(
    school: School, browser: Browser, summary: UUID
) -> None:
    catrin, ruth = browser.sign_in(school["Catrin"]), browser.sign_in(school["Ruth"])
    assert "What Catrin Morley added" not in ruth.get(f"/feedback/{summary}")
    page = catrin.post(f"/feedback/{summary}/evidence", status=400, evidence=" ")
    assert "Write what you want to add first." in page
    catrin.post(f"/feedback/{summary}/evidence", evidence="Nine pupils answered on Friday.")
    page = ruth.get(f"/feedback/{summary}")
    assert "What Catrin Morley added" in page
    assert "Nine pupils answered on Friday." in page
    ruth.post(f"/feedback/{summary}/evidence", status=403, evidence="Mine.")


def test_too_many_words_are_kept_on_the_page(
    school: School, browser: Browser, summary: UUID
) -> None:
    catrin = browser.sign_in(school["Catrin"])
    page = catrin.post(f"/feedback/{summary}/reply", status=400, reply="word " * 2_000)
    assert "8,000 characters" in page
    assert "word word" in page
