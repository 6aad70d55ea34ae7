"""`observe jobs run` and `observe mail test`, with a mail server that listens."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from observe.core.mail import Mail, MailKind
from observe.services import mailing, outbox
from observe.services.mailing import Round
from observe.storage import summaries
from tests.cli.running import observe
from tests.factories import School
from tests.letters import submitted
from tests.mailbox import KEY, PLACE, Mailbox, a_mailbox, address_of, writes_mails


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with a_mailbox(asks_who=True) as found:
        yield found


@pytest.fixture
def settings(
    box: Mailbox, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Mapping[str, str]:
    """The environment of an installation that hands its mails to this server."""
    found = {
        "OBSERVE_DATA": str(tmp_path),
        "OBSERVE_DATABASE_URL": database_url,
        "OBSERVE_SECRET_KEY": KEY,
        "OBSERVE_URL": PLACE,
        "OBSERVE_MAIL_HOST": box.server.host,
        "OBSERVE_MAIL_PORT": str(box.server.port),
        "OBSERVE_MAIL_SECURITY": "none",
        "OBSERVE_MAIL_USER": "observe",
        "OBSERVE_MAIL_PASSWORD": "right",
        "OBSERVE_MAIL_FROM": "Observe <observe@school.example>",
    }
    for name, value in found.items():
        monkeypatch.setenv(name, value)
    return found


def write(school: School, *, at: datetime, times: int = 1) -> None:
    mails = [
        Mail(
            kind=MailKind.PLANNED,
            person_id=school["Sion"].id,
            address=address_of(school, "Sion"),
            subject=f"Lesson {number}",
            body="You observe a lesson.\n",
        )
        for number in range(times)
    ]
    with school.database.write(school.network_id) as session:
        outbox.post(session, mails, at=at)


def jobs(*options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "observe", "jobs", "run", *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.usefixtures("settings")
def test_a_process_that_is_killed_before_it_notes_a_mail_loses_none(
    school: School, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    write(writes_mails(school, "Sion"), at=now, times=2)
    running = killed_after_the_first(box, monkeypatch)
    assert running.returncode == -signal.SIGKILL
    soon, later = (now + timedelta(minutes=each) for each in (5, 20))
    assert sent(school, box, soon) == 1
    assert sent(school, box, later) == 1
    named = [mail["Message-ID"] for mail in box.taken]
    assert len(named) == 3
    assert len(set(named)) == 2
    assert {str(mail["Subject"]) for mail in box.taken} == {"Lesson 0", "Lesson 1"}


def killed_after_the_first(box: Mailbox, monkeypatch: pytest.MonkeyPatch) -> subprocess.Popen[str]:
    """The server has the mail, and the sender dies before it hears so."""
    taken = box.handle_DATA

    async def take_and_kill(server: SMTP, session: Session, envelope: Envelope) -> str:
        said = await taken(server, session, envelope)
        os.kill(running.pid, signal.SIGKILL)
        return said

    with monkeypatch.context() as deadly:
        deadly.setattr(box, "handle_DATA", take_and_kill)
        running = jobs("--loop", "1")
        running.communicate(timeout=120)
    return running


def sent(school: School, box: Mailbox, at: datetime) -> int:
    from dataclasses import replace

    server = replace(box.server, user="observe", password="right")
    return mailing.send_all(Round(school.database, server, KEY, lambda: at)).sent


@pytest.mark.usefixtures("settings")
def test_a_loop_ends_in_good_order_when_it_is_asked_to(school: School, box: Mailbox) -> None:
    write(writes_mails(school, "Sion"), at=datetime.now(UTC))
    running = jobs("--loop", "1")
    assert running.stdout
    assert running.stdout.readline() == "1 mail sent.\n"
    running.terminate()
    out, err = running.communicate(timeout=60)
    assert (running.returncode, out, err) == (0, "", "")


@pytest.mark.usefixtures("settings")
def test_a_mail_server_is_tried_with_one_mail(box: Mailbox) -> None:
    said = observe("mail", "test", "Technician@School.example")
    assert (
        said.out
        == "localhost took a mail for technician@school.example. Look whether it arrives.\n"
    )
    assert PLACE in box.text()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("OBSERVE_MAIL_PASSWORD", "wrong", "does not let in OBSERVE_MAIL_USER with this password"),
        ("OBSERVE_MAIL_PORT", "1", "Nothing listens at localhost, port 1."),
        ("OBSERVE_MAIL_SECURITY", "starttls", "STARTTLS"),
        ("OBSERVE_MAIL_SECURITY", "tls", "does not speak TLS"),
        ("OBSERVE_MAIL_SECURITY", "yes", "Give starttls, tls or none."),
        ("OBSERVE_MAIL_FROM", "Observe", "Give an address like observe@school.example."),
        ("OBSERVE_MAIL_FROM", "a@b.example\nBcc: c@d.example", "Give an address like"),
        ("OBSERVE_URL", "", "OBSERVE_URL is missing."),
        ("OBSERVE_URL", "observe.example", "Give an address like https://observe.example.org."),
        ("OBSERVE_MAIL_HOST", "", "Mail is not set up."),
        ("OBSERVE_MAIL_PORT", "smtp", "Give a whole number"),
    ],
)
@pytest.mark.usefixtures("settings")
def test_what_is_wrong_with_mail_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(name, value)
    (fault,) = observe("mail", "test", "technician@school.example").faults
    assert sentence in fault


@pytest.mark.usefixtures("settings")
def test_a_server_that_takes_no_mail_for_an_address_says_why(box: Mailbox) -> None:
    box.to_recipients = ["550 no such mailbox"]
    (fault,) = observe("mail", "test", "nobody@school.example").faults
    assert fault == "localhost does not take mails for this address: 550 no such mailbox"


@pytest.mark.usefixtures("settings")
def test_without_mail_there_is_nothing_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OBSERVE_MAIL_HOST")
    assert "Mail is not set up" in observe("jobs", "run").out


def test_what_was_approved_goes_out_though_no_mail_is_set_up(
    school: School, settings: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settings
    monkeypatch.setenv("OBSERVE_MAIL_HOST", "")
    summary_id = submitted(school)
    with school.database.write(school.network_id) as session:
        row = summaries.row(session, summary_id)
        row.state, row.approved_by = "approved", school["Helen"].id
        row.release_on = datetime.now(UTC).date() - timedelta(days=1)
    assert "no mails are sent" in observe("jobs", "run").out
    with school.database.read(school.network_id) as session:
        assert summaries.version(session, summary_id).released_by == "Helen Marsh"
