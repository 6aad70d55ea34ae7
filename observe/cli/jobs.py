"""`observe jobs`: what is done without anybody asking: mails, reminders, what goes out or up on its day."""

import signal
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import click

from observe.cli.installation import in_words, must_be_current
from observe.core.mail import MailServer
from observe.services import chores, mailing
from observe.services.mailing import Round
from observe.settings import Settings, from_environment
from observe.storage.database import Database, opened

NO_MAIL = "Mail is not set up (OBSERVE_MAIL_HOST), so no mails are sent."


@click.group("jobs")
def command() -> None:
    """Do what waits: send mails, write reminders, release what was approved for today."""


@command.command(short_help="Do and send what waits; --loop goes on for ever.")
@click.option(
    "--loop", "pause", type=click.IntRange(min=1), metavar="SECONDS", help="Again after a pause."
)
def run(pause: int | None) -> None:
    """Release what was approved for today, hand on summaries that waited too long, erase class lists
    of a school year that is over, write reminders, and send the mails that wait; once or again and
    again.

    Several may run at the same time: each mail is sent by one of them. Whoever stops this lets it
    finish the mail that it is at. Without a mail server all else is done.
    """
    settings = from_environment()
    must_be_current(settings.database_url)
    stop = _stopped_by_a_signal()
    if settings.mail is None:
        click.echo(NO_MAIL)
    with opened(settings.database_url, links_lead_to=settings.links_lead_to) as database:
        _again_and_again(_one_round(database, settings, stop), stop, pause)


def _again_and_again(
    one_round: Callable[[], None], stop: threading.Event, pause: int | None
) -> None:
    while True:
        with in_words():
            one_round()
        if pause is None or stop.wait(pause):
            return


def _one_round(database: Database, settings: Settings, stop: threading.Event) -> Callable[[], None]:
    """What a round does: chores alone, or chores and mails."""
    server = settings.mail
    if server is None:
        return partial(_do_chores, database)
    return partial(_send, _round(database, settings, server, stop))


def _do_chores(database: Database) -> None:
    chores.everywhere(database, clock=_now)


def _now() -> datetime:
    return datetime.now(UTC)


def _send(this: Round) -> None:
    outcome = mailing.send_all(this)
    for fault in outcome.faults:
        click.echo(fault, err=True)
    if outcome.sent:
        click.echo(f"{outcome.sent} mail{'s' if outcome.sent != 1 else ''} sent.")


def _round(
    database: Database, settings: Settings, server: MailServer, stop: threading.Event
) -> Round:
    return Round(database, server, settings.secret_key, _now, stop.is_set)


def _stopped_by_a_signal() -> threading.Event:
    """Set when the machine or a person asks the process to end."""
    stop = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    return stop
