"""Mails about coaching and looks at observing: whose turn it is, where, and nothing of what is in them."""

from uuid import UUID

import pytest
from sqlalchemy import select

from observe.core.assessing import Moment
from observe.core.mail import MailChoice
from observe.storage import mail_readers
from observe.storage.tables.mail import OutboxMail
from tests import coaching
from tests.assessed import begun, sealed, suggested
from tests.factories import NOW, School
from tests.mailbox import PLACE, writes_mails
from tests.observing import a_head_elsewhere

SECRET = "Sion saw it on Tuesday"


@pytest.fixture
def mailing(school: School) -> School:
    return writes_mails(school, "Sion", "Ruth")


def told(school: School) -> list[tuple[UUID, str]]:
    """Who was written to, and the address of the page where they act."""
    with school.database.read(school.network_id) as session:
        rows = session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()
        assert all(row.subject == "Something in your programme waits for you" for row in rows)
        assert not any(SECRET in (row.body or "") or "Siôn" in (row.body or "") for row in rows)
        return [(row.person_id, (row.body or "").split(PLACE)[1].split()[0]) for row in rows]


def test_who_is_asked_for_coaching_is_written_to_without_a_name(mailing: School) -> None:
    coaching.asked(mailing)
    assert told(mailing) == [(mailing["Ruth"].id, "/coaching")]


def test_whoever_has_not_looked_yet_is_told_and_then_that_both_can_be_read(mailing: School) -> None:
    a_head_elsewhere(mailing)
    found = begun(mailing, "Sion")
    sealed(mailing, found, "Sion", 3, evidence=SECRET)
    first = (mailing["Ruth"].id, "/programme/observing")
    assert told(mailing) == [first]
    begun(mailing, "Ruth")
    sealed(mailing, found, "Ruth", 2, evidence=SECRET)
    both = (mailing["Sion"].id, f"/programme/observing/rounds/{found}/beside")
    assert sorted(told(mailing), key=str) == sorted([first, both], key=str)


def test_an_assessment_that_is_sealed_first_is_told_to_who_is_looked_at(mailing: School) -> None:
    found = begun(mailing, "Ruth", moment=Moment.FINAL)
    suggested(mailing, found)
    sealed(mailing, found, "Ruth", 2)
    assert told(mailing) == [(mailing["Sion"].id, "/programme/observing")]


def test_who_does_without_such_mails_is_not_written_to(mailing: School) -> None:
    with mailing.database.write(mailing.network_id) as session:
        mail_readers.choose(session, mailing["Ruth"].id, {MailChoice.PROGRAMME}, at=NOW)
    coaching.asked(mailing)
    assert told(mailing) == []
