"""`observe jobs`: what is done without anybody asking for it: mails, and reminders of lessons."""

import signal
import threading
from datetime import UTC, datetime

import click

from observe.cli.installation import in_words, must_be_current
from observe.core.mail import MailServer
from observe.services import mailing
from observe.services.mailing import Round
from observe.settings import Settings, from_environment
from observe.storage.database import Database, opened

NO_MAIL = "Mail is not set up (OBSERVE_MAIL_HOST), so there is nothing to do."


@click.group("jobs")
def command() -> None:
    """Do what waits: send mails and write reminders."""


@command.command(short_help="Send what waits; --loop goes on for ever.")
@click.option(
    "--loop", "pause", type=click.IntRange(min=1), metavar="SECONDS", help="Again after a pause."
)
def run(pause: int | None) -> None:
    """Write the reminders that are due and send the mails that wait, once or again and again.

    Several may run at the same time: each mail is sent by one of them. Whoever stops this lets it
    finish the mail that it is at.
    """
    settings = from_environment()
    must_be_current(settings.database_url)
    if settings.mail is None:
        click.echo(NO_MAIL)
        return
    stop = _stopped_by_a_signal()
    with opened(settings.database_url, links_lead_to=settings.address) as database:
        _rounds(_round(database, settings, settings.mail, stop), stop, pause)


def _rounds(this: Round, stop: threading.Event, pause: int | None) -> None:
    while True:
        with in_words():
            outcome = mailing.send_all(this)
        for fault in outcome.faults:
            click.echo(fault, err=True)
        if outcome.sent:
            click.echo(f"{outcome.sent} mail{'s' if outcome.sent != 1 else ''} sent.")
        if pause is None or stop.wait(pause):
            return


def _round(
    database: Database, settings: Settings, server: MailServer, stop: threading.Event
) -> Round:
    return Round(database, server, settings.secret_key, lambda: datetime.now(UTC), stop.is_set)


def _stopped_by_a_signal() -> threading.Event:
    """Set when the machine or a person asks the process to end."""
    stop = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    return stop
