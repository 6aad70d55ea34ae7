"""A certificate that ends soon is told once to its holder, over a real mail server."""

from datetime import date, datetime, timedelta

import pytest

from observe.core.certificates import Hand
from observe.core.mail import MailChoice
from observe.services import certificate_mails, certificates
from observe.storage import mail_readers
from tests.factories import NOW, School
from tests.mailbox import PLACE, Mailbox, address_of, send, writes_mails

LAST_DAY = date(2027, 1, 15)


@pytest.fixture
def mailing(school: School) -> School:
    return writes_mails(school, "Sion", "Ruth")


def certified(
    school: School,
    until: date | None = LAST_DAY,
    hand: Hand = Hand.CERTIFIED,
    *,
    at: datetime = NOW,
) -> None:
    with school.database.write(school.network_id) as session:
        who, by = school["Sion"].id, school["Margaret"]
        certificates.set_by_hand(session, who, hand, until, "The course", by=by, at=at)


def days_before(days: int, until: date = LAST_DAY) -> datetime:
    return NOW.replace(year=until.year, month=until.month, day=until.day) - timedelta(days=days)


def test_four_weeks_before_it_ends_its_holder_is_written_to_once(
    mailing: School, box: Mailbox
) -> None:
    certified(mailing)
    assert send(mailing.database, box, days_before(29)).sent == 0
    assert send(mailing.database, box, days_before(28)).sent == 1
    assert send(mailing.database, box, days_before(27)).sent == 0
    assert box.addresses == [address_of(mailing, "Sion")]
    assert "lasts until Friday 15 January 2027" in box.text()
    assert f"{PLACE}/certification" in box.text()
    assert "course" not in box.text()


def test_a_certificate_that_lasts_longer_by_now_is_told_of_by_its_new_day(
    mailing: School, box: Mailbox
) -> None:
    certified(mailing)
    assert send(mailing.database, box, days_before(20)).sent == 1
    longer = LAST_DAY + timedelta(days=365)
    certified(mailing, longer, at=NOW + timedelta(days=50))
    assert send(mailing.database, box, days_before(5)).sent == 0
    assert send(mailing.database, box, days_before(5, longer)).sent == 1


def test_who_holds_none_any_more_or_does_without_such_mails_is_not_written_to(
    mailing: School, box: Mailbox
) -> None:
    certified(mailing)
    certified(mailing, None, Hand.NOT_CERTIFIED, at=NOW + timedelta(days=1))
    assert send(mailing.database, box, days_before(10)).sent == 0
    certified(mailing, at=NOW + timedelta(days=2))
    with mailing.database.write(mailing.network_id) as session:
        mail_readers.choose(session, mailing["Sion"].id, {MailChoice.CERTIFICATE}, at=NOW)
    assert send(mailing.database, box, days_before(10)).sent == 0


def test_a_mail_that_could_not_be_sent_before_the_end_is_not_sent_after_it(
    mailing: School, box: Mailbox
) -> None:
    certified(mailing)
    with mailing.database.write(mailing.network_id) as session:
        certificate_mails.remind(session, at=days_before(3))
    assert send(mailing.database, box, days_before(-1)).sent == 0
    assert box.addresses == []


def test_where_no_mail_is_set_up_nothing_is_due(mailing: School) -> None:
    certified(mailing)
    mailing.database.links_lead_to = None
    with mailing.database.read(mailing.network_id) as session:
        assert not certificate_mails.due(session, at=days_before(3))
