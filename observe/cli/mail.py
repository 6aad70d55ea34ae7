"""`observe mail`: whether the mail server that the settings name takes a mail."""

from datetime import UTC, datetime

import click

from observe.core.contact import email_of
from observe.core.errors import Conflict, Invalid
from observe.services import mailing
from observe.services.post_office import NotHandedOver, PostOffice
from observe.settings import from_environment


@click.group()
def command() -> None:
    """Try the mail server."""


@command.command(short_help="Send a mail to ADDRESS, or say what is wrong.")
@click.argument("address")
def test(address: str) -> None:
    """Send one mail to ADDRESS with the settings of the environment, or say what is wrong."""
    settings = from_environment()
    if settings.mail is None:
        raise Invalid("Mail is not set up. Name the mail server in OBSERVE_MAIL_HOST; see README.")
    to, at = email_of(address), datetime.now(UTC)
    words = f"This mail was sent to try the mail server. Observe is at {settings.address}\n"
    mail = mailing.message(settings.mail, to, "A mail from Observe, to try it", words, made_at=at)
    try:
        with PostOffice(settings.mail) as office:
            office.hand_over(mail, to)
    except NotHandedOver as fault:
        raise Conflict(fault.sentence) from fault
    click.echo(f"{settings.mail.host} took a mail for {to}. Look whether it arrives.")
