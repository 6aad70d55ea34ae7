"""Mails are handed to a real mail server: each is sent once or more, and none is lost."""

import subprocess
import threading
from pathlib import Path
from shutil import which

import pytest
from sqlalchemy import func, select

from observe.core.contact import email_of
from observe.core.errors import Invalid
from observe.core.mail import PAUSES, Dropped, Mail, MailKind
from observe.core.permissions import Person
from observe.services import outbox as office
from observe.services import people
from observe.storage import outbox
from observe.storage.database import Database
from observe.storage.tables import people as tables
from observe.storage.tables.mail import OutboxMail
from tests.factories import NOW, School, a_network
from tests.mailbox import Mailbox, a_mailbox, address_of, later, send, writes_mails


@pytest.fixture
def mailing(school: School) -> School:
    return writes_mails(school)


def a_mail(
    school: School, name: str = "Sion", *, subject: str = "A lesson", **more: object
) -> None:
    mail = Mail(
        kind=MailKind.PLANNED,
        person_id=school[name].id,
        address=address_of(school, name),
        subject=subject,
        body="You observe a lesson.\n",
        **more,  # type: ignore[arg-type]
    )
    with school.database.write(school.network_id) as session:
        office.post(session, [mail], at=NOW)


def rows(school: School) -> list[OutboxMail]:
    with school.database.read(school.network_id) as session:
        return list(session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def test_a_mail_is_sent_once_and_its_text_is_kept_nowhere(mailing: School, box: Mailbox) -> None:
    a_mail(mailing, calendar="BEGIN:VCALENDAR")
    assert send(mailing.database, box).sent == 1
    assert send(mailing.database, box, later(60)).sent == 0
    assert box.addresses == [address_of(mailing, "Sion")]
    (row,) = rows(mailing)
    assert row.sent_at == NOW
    assert (row.subject, row.body, row.calendar, row.not_before) == (None, None, None, None)


def test_where_no_mail_is_set_up_nothing_is_posted(mailing: School) -> None:
    mailing.database.links_lead_to = None
    a_mail(mailing)
    assert rows(mailing) == []


def test_a_server_that_says_later_is_asked_again_later(mailing: School, box: Mailbox) -> None:
    a_mail(mailing)
    box.to_recipients = ["451 greylisted, come back"]
    (why,) = send(mailing.database, box).faults
    assert "451 greylisted" in why
    assert send(mailing.database, box, later(4)).sent == 0
    assert send(mailing.database, box, later(5)).sent == 1
    assert rows(mailing)[0].last_error is None


def test_an_address_that_the_server_refuses_is_not_tried_again(
    mailing: School, box: Mailbox
) -> None:
    a_mail(mailing, "Sion")
    a_mail(mailing, "Ruth")
    box.to_recipients = ["550 no such mailbox"]
    assert send(mailing.database, box).sent == 1
    refused, taken = rows(mailing)
    assert (refused.dropped_because, refused.not_before) == (Dropped.REFUSED, None)
    assert "550 no such mailbox" in (refused.last_error or "")
    assert taken.sent_at == NOW


def test_an_address_that_no_mail_can_carry_keeps_no_other_mail_back(
    mailing: School, box: Mailbox
) -> None:
    key = (mailing.network_id, mailing["Sion"].id)
    with mailing.database.write(mailing.network_id) as session:
        session.get_one(tables.Person, key).email = "sion@[.example"
    a_mail(mailing, "Sion")
    a_mail(mailing, "Ruth")
    assert send(mailing.database, box).sent == 1
    refused, taken = sorted(rows(mailing), key=lambda row: row.person_id != mailing["Sion"].id)
    assert refused.dropped_because == Dropped.REFUSED
    assert "not an e-mail address" in (refused.last_error or "")
    assert taken.sent_at == NOW


@pytest.mark.parametrize("address", ["sion@[.example", "(@)./?!", "sion@(school).example"])
def test_an_address_that_no_mail_can_carry_is_refused_where_it_is_typed(address: str) -> None:
    with pytest.raises(Invalid, match="Enter an e-mail address"):
        email_of(address)


def test_a_text_that_the_server_refuses_is_not_tried_again(mailing: School, box: Mailbox) -> None:
    a_mail(mailing)
    box.to_texts = ["554 looks like spam"]
    send(mailing.database, box)
    assert rows(mailing)[0].dropped_because == Dropped.REFUSED


def test_a_server_that_hangs_up_in_the_middle_of_a_mail_gets_it_again(
    mailing: School, box: Mailbox
) -> None:
    a_mail(mailing)
    box.hang_up = 1
    (why,) = send(mailing.database, box).faults
    assert "ended the connection" in why
    assert send(mailing.database, box, later(5)).sent == 1
    assert len(box.taken) == 1


def test_a_server_that_is_away_is_not_asked_for_each_mail(mailing: School, box: Mailbox) -> None:
    a_mail(mailing, "Sion")
    a_mail(mailing, "Ruth")
    box.hang_up = 9
    send(mailing.database, box)
    assert [row.tries for row in rows(mailing)] == [1, 0]


def test_after_the_last_try_a_mail_is_given_up_with_its_reason(
    mailing: School, box: Mailbox
) -> None:
    a_mail(mailing)
    at, box.to_recipients = NOW, ["450 not now"] * 20
    for pause in (*PAUSES, PAUSES[-1]):
        send(mailing.database, box, at)
        at += pause
    (row,) = rows(mailing)
    assert (row.tries, row.dropped_because) == (len(PAUSES) + 1, Dropped.GAVE_UP)
    assert "450 not now" in (row.last_error or "")


def test_a_sender_that_dies_after_handing_over_leaves_a_double_with_the_same_name(
    mailing: School, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_mail(mailing)
    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(outbox, "sent", killed)
        send(mailing.database, box)
    assert send(mailing.database, box, later(14)).sent == 0
    assert send(mailing.database, box, later(15)).sent == 1
    first, second = box.taken
    assert first["Message-ID"] == second["Message-ID"]
    assert first.as_bytes() == second.as_bytes()


def killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_a_sender_that_was_thought_dead_does_not_undo_what_another_noted(mailing: School) -> None:
    a_mail(mailing)
    with mailing.database.write(mailing.network_id) as session:
        slow = outbox.claim(session, at=NOW)
    with mailing.database.write(mailing.network_id) as session:
        quick = outbox.claim(session, at=later(15))
    assert slow
    assert quick
    with mailing.database.write(mailing.network_id) as session:
        assert outbox.sent(session, quick, at=later(16))
        assert not outbox.failed(session, slow, "slow", again_at=later(17))
    assert rows(mailing)[0].sent_at == later(16)


def test_two_senders_at_once_send_each_mail_once(mailing: School, box: Mailbox) -> None:
    for number in range(12):
        a_mail(mailing, subject=f"Lesson {number}")
    other = Database(
        mailing.database.engine.url.render_as_string(hide_password=False),
        links_lead_to=mailing.database.links_lead_to,
    )
    senders = [
        threading.Thread(target=send, args=(database, box))
        for database in (mailing.database, other)
    ]
    for each in senders:
        each.start()
    for each in senders:
        each.join()
    other.engine.dispose()
    assert sorted(str(mail["Subject"]) for mail in box.taken) == sorted(
        f"Lesson {number}" for number in range(12)
    )


def test_networks_do_not_send_each_others_mails_twice(mailing: School, box: Mailbox) -> None:
    other = writes_mails(a_network(mailing.database, name="Coast partnership"))
    a_mail(mailing)
    a_mail(other)
    assert send(mailing.database, box).sent == 2
    assert box.addresses == sorted([address_of(mailing, "Sion"), address_of(other, "Sion")])


@pytest.mark.parametrize(
    ("typed", "arrives"),
    [
        ("Nôl i’r wers\r\nBcc: spy@evil.example", "Nôl i’r wers Bcc: spy@evil.example"),
        ("一课\u2028\x0bX-Evil: yes\x00", "一课 X-Evil: yes"),
        ("a" * 2_000_000, "a" * 149 + "…"),
    ],
)
def test_nothing_that_somebody_typed_begins_another_header(
    mailing: School, box: Mailbox, typed: str, arrives: str
) -> None:
    a_mail(mailing, subject=typed.replace("\x00", ""))
    assert send(mailing.database, box).sent == 1
    (mail,) = box.taken
    assert mail["Subject"] == arrives
    assert (mail["Bcc"], mail["X-Evil"]) == (None, None)


@pytest.mark.parametrize(
    "address", ["jörg@schule.example", "a(b)c@school.example", "x" * 200 + "@s.example"]
)
def test_an_odd_address_holds_nothing_up(mailing: School, box: Mailbox, address: str) -> None:
    with mailing.database.write(mailing.network_id) as session:
        people.change(session, mailing["Sion"].id, "Siôn", address, by=mailing["Margaret"], at=NOW)
    a_mail(mailing, "Sion")
    a_mail(mailing, "Ruth")
    send(mailing.database, box)
    odd, other = sorted(rows(mailing), key=lambda row: row.person_id != mailing["Sion"].id)
    assert other.sent_at
    assert odd.sent_at or odd.dropped_because or odd.last_error


def test_a_mail_to_somebody_who_left_is_not_sent(mailing: School, box: Mailbox) -> None:
    a_mail(mailing)
    with mailing.database.write(mailing.network_id) as session:
        people.leave(session, mailing["Sion"].id, by=mailing["Margaret"], at=NOW)
    assert send(mailing.database, box).sent == 0
    assert rows(mailing)[0].dropped_because == Dropped.LEFT


def test_a_mail_to_an_address_that_was_mended_is_not_sent_to_the_wrong_one(
    mailing: School, box: Mailbox
) -> None:
    a_mail(mailing)
    mend(mailing, mailing["Sion"], "sion@right.example")
    assert send(mailing.database, box).sent == 0
    assert rows(mailing)[0].dropped_because == Dropped.ADDRESS


def mend(school: School, person: Person, address: str) -> None:
    with school.database.write(school.network_id) as session:
        people.change(session, person.id, person.name, address, by=school["Margaret"], at=NOW)


def test_a_mail_that_nobody_needs_any_more_is_not_sent(mailing: School, box: Mailbox) -> None:
    a_mail(mailing, until=later(30))
    assert send(mailing.database, box, later(30)).sent == 0
    assert rows(mailing)[0].dropped_because == Dropped.TOO_LATE


def test_what_was_told_is_forgotten_after_thirteen_months(mailing: School, box: Mailbox) -> None:
    a_mail(mailing)
    box.to_recipients = ["550 no such mailbox"]
    send(mailing.database, box)
    send(mailing.database, box, later(60 * 24 * 15))
    assert [row.body for row in rows(mailing)] == [None]
    send(mailing.database, box, later(60 * 24 * 400))
    with mailing.database.read(mailing.network_id) as session:
        assert session.scalar(select(func.count()).select_from(OutboxMail)) == 0


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost that nobody vouches for, with its key beside it."""
    if not which("openssl"):
        pytest.skip("openssl makes the certificate, and is not here")
    folder = tmp_path_factory.mktemp("tls")
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    subprocess.run(
        [*command.split(), "-keyout", str(folder / "key"), "-out", str(folder / "certificate")],
        check=True,
        capture_output=True,
    )
    return folder / "certificate"


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_mail_goes_over_tls_to_a_server_that_is_trusted_and_to_no_other(
    mailing: School, certificate: Path, security: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import ssl

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, certificate.with_name("key"))
    with a_mailbox(tls=context, security=security) as box:
        a_mail(mailing)
        (why,) = send(mailing.database, box).faults
        assert "The certificate of localhost is not trusted" in why
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert send(mailing.database, box, later(5)).sent == 1
