"""Mails on the way of a summary, over a real mail server: that something waits and a link, and nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import pytest

from observe.core.mail import MailChoice
from observe.core.permissions import RoleKind
from observe.services import (
    chores,
    feedback_posting,
    own_mail,
    suggesting,
    summary_review,
    summary_writing,
)
from observe.storage import outbox, targets
from observe.storage.database import NetworkSession
from observe.storage.tables.feedback import Reply, Target
from tests.assessed import WISH, both_sealed, suggested
from tests.factories import School, a_person
from tests.letters import LATER, RUTH, a_draft, a_remark, released, submitted
from tests.mailbox import PLACE, Mailbox, a_mailbox, address_of, send, writes_mails

EVERYBODY = ("Sion", "Ruth", "Helen", "Catrin", "Dilys")
TOLD_OF_NOBODY = (
    "Catrin",
    "Morley",
    "Siôn",
    "Helen",
    "Maths",
    "Year 5",
    "Thornbeck",
    "Books are open",
)


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with a_mailbox() as found:
        yield found


@pytest.fixture
def mailing(school: School) -> School:
    """The same school, with a deputy, where everybody has signed in and mail is set up."""
    a_person(school, "Dilys Penry", RoleKind.DEPUTY)
    return writes_mails(school, *EVERYBODY)


def came(school: School, box: Mailbox, at: datetime = LATER) -> list[tuple[str, str, str]]:
    """Who got what since the last round, and where its link leads."""
    box.taken.clear()
    send(school.database, box, at)
    names = {address_of(school, name): name for name in EVERYBODY}
    return sorted(
        (names[str(mail["To"])], str(mail["Subject"]), link_in(box.text(place)))
        for place, mail in enumerate(box.taken)
    )


def link_in(text: str) -> str:
    (link,) = [row for row in text.splitlines() if row.startswith(PLACE) and "/me" not in row]
    return link.removeprefix(PLACE)


def test_each_step_tells_whom_it_concerns_and_nothing_of_what_is_in_it(
    mailing: School, box: Mailbox
) -> None:
    summary_id = submitted(mailing)
    at, place = LATER, f"/feedback/{summary_id}"
    assert came(mailing, box) == [("Helen", "A summary waits for you to read", f"{place}/review")]
    says_nothing(box)
    a_remark(mailing, summary_id)
    with mailing.database.write(mailing.network_id) as session:
        summary_review.send_back(session, summary_id, revision=2, by=mailing["Helen"], at=at)
    assert came(mailing, box) == [("Sion", "A summary came back to you", f"{place}/edit")]
    with mailing.database.write(mailing.network_id) as session:
        summary_writing.submit(session, summary_id, by=mailing["Sion"], at=at)
    came(mailing, box)
    with mailing.database.write(mailing.network_id) as session:
        summary_review.release(session, summary_id, by=mailing["Helen"], at=at)
    assert came(mailing, box) == [("Catrin", "A summary of a lesson is ready for you", place)]
    says_nothing(box)


def says_nothing(box: Mailbox) -> None:
    for mail in box.taken:
        whole = mail.as_string().replace(str(mail["To"]), "")
        assert not [each for each in TOLD_OF_NOBODY if each in whole]
    assert all("Which mails you get is up to you" in box.text(n) for n in range(len(box.taken)))


def test_a_reply_goes_to_who_answers_it_and_the_answer_to_the_teacher(
    mailing: School, box: Mailbox
) -> None:
    summary_id = released(mailing)
    came(mailing, box)
    with mailing.database.write(mailing.network_id) as session:
        a_reply(session, mailing, summary_id)
        feedback_posting.replied(session, summary_id, at=LATER)
        feedback_posting.answered(session, summary_id, at=LATER)
    place = f"/feedback/{summary_id}#replies"
    assert came(mailing, box) == [
        ("Catrin", "Your reply was answered", place),
        ("Ruth", "A reply waits for your answer", place),
    ]
    says_nothing(box)


def a_reply(session: NetworkSession, school: School, summary_id: UUID) -> None:
    from observe.core.ids import new_id

    session.add(
        Reply(
            id=new_id(LATER),
            summary_id=summary_id,
            by=school["Catrin"].id,
            at=LATER,
            differs=False,
            text="Thank you.",
            answerer_id=school["Ruth"].id,
        )
    )
    session.flush()


def test_what_goes_up_is_told_once_and_to_the_next_one_only(mailing: School, box: Mailbox) -> None:
    summary_id = submitted(mailing, notes={"Ruth": RUTH})
    came(mailing, box)
    told = "A summary has waited too long"
    for _ in range(2):
        place = mailing.network_id
        chores.in_one(mailing.database, place, at=LATER + timedelta(days=4))
    later = LATER + timedelta(days=4)
    assert came(mailing, box, later) == [("Sion", told, f"/feedback/{summary_id}/review")]
    says_nothing(box)
    assert came(mailing, box, later) == []


def test_a_mail_that_still_waits_is_forgotten_when_a_summary_has_moved_on(
    mailing: School, box: Mailbox
) -> None:
    summary_id = released(mailing)
    with mailing.database.write(mailing.network_id) as session:
        summary_review.recall(session, summary_id, by=mailing["Helen"], at=LATER)
    assert came(mailing, box) == []


def test_a_target_that_is_due_is_told_once_for_its_day(mailing: School, box: Mailbox) -> None:
    summary_id = released(mailing)
    came(mailing, box)
    with mailing.database.write(mailing.network_id) as session:
        target_id = targets.id_of_summary(session, summary_id)
        for _ in range(2):
            feedback_posting.target_due(session, target_id, at=LATER)
        row = session.get_one(Target, (mailing.network_id, target_id))
        row.due_on += timedelta(days=7)
        feedback_posting.target_due(session, target_id, at=LATER)
    told = ("Catrin", "A target of yours is due", f"/feedback/{summary_id}#target")
    assert came(mailing, box) == [told, told]
    says_nothing(box)


def test_somebody_who_does_without_mails_about_summaries_gets_none(
    mailing: School, box: Mailbox
) -> None:
    with mailing.database.write(mailing.network_id) as session:
        keep = [choice for choice in MailChoice if choice is not MailChoice.FEEDBACK]
        own_mail.choose(session, keep, by=mailing["Helen"], at=LATER)
    submitted(mailing)
    assert came(mailing, box) == []


def test_nothing_is_written_where_no_mail_is_set_up(school: School) -> None:
    released(school)
    with school.database.read(school.network_id) as session:
        assert not outbox.waiting(session, most=9)


def test_a_draft_alone_tells_nobody(mailing: School, box: Mailbox) -> None:
    a_draft(mailing)
    assert came(mailing, box) == []


def test_jobs_remind_of_a_target_on_the_day_before_once_and_not_of_one_that_ended(
    mailing: School, box: Mailbox
) -> None:
    summary_id = released(mailing)
    came(mailing, box)
    with mailing.database.read(mailing.network_id) as session:
        target = session.get_one(
            Target, (mailing.network_id, targets.id_of_summary(session, summary_id))
        )
        day = datetime.combine(target.due_on, time(9), UTC)
    told = ("Catrin", "A target of yours is due", f"/feedback/{summary_id}#target")
    days = [came(mailing, box, day - timedelta(days=ago)) for ago in (2, 1, 1, 0)]
    assert days == [[], [told], [], []]
    with mailing.database.write(mailing.network_id) as session:
        row = session.get_one(Target, (mailing.network_id, target.id))
        row.state, row.due_on = "met", row.due_on + timedelta(days=3)
    assert came(mailing, box, day + timedelta(days=3)) == []


def test_a_head_is_reminded_of_what_an_adviser_suggested_with_a_link_to_the_target(
    mailing: School, box: Mailbox
) -> None:
    wish = replace(WISH, due_on=(LATER + timedelta(days=1)).date())
    suggestion_id = suggested(mailing, both_sealed(mailing), wish=wish)
    with mailing.database.write(mailing.network_id) as session:
        target_id = suggesting.take(session, suggestion_id, wish, by=mailing["Sion"], at=LATER)
    reminded = ("Sion", "A target of yours is due", f"/targets/{target_id}")
    assert reminded in came(mailing, box)
    assert came(mailing, box) == []
    says_nothing(box)
