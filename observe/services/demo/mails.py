"""Mails of the demonstration: as if they had been sent, with one that a mail server refused."""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta

from observe.core.ids import new_id
from observe.core.mail import Dropped, MailKind
from observe.services.demo.cast import Member
from observe.storage.rows import Rows

KINDS = (MailKind.PLANNED, MailKind.REVEALED, MailKind.DAY_BEFORE, MailKind.CHANGED)
REFUSED = "mail.example does not take mails for this address: 550 5.1.1 No such mailbox here."


def write(rows: Rows, observers: Iterable[Member], rng: random.Random, at: datetime) -> None:
    """One mail to each of these people, an hour apart; what they said is not kept."""
    for number, member in enumerate(observers):
        _write(rows, member, number, at - timedelta(hours=2 + number), new_id(at, rng.getrandbits))


def _write(rows: Rows, member: Member, number: int, made_at: datetime, mail_id: object) -> None:
    taken = number != 1
    noted = made_at + timedelta(seconds=20)
    rows.add(
        "outbox",
        id=mail_id,
        kind=KINDS[number % len(KINDS)],
        person_id=member.id,
        address=member.email,
        made_at=made_at,
        tries=1,
        last_error=None if taken else REFUSED,
        sent_at=noted if taken else None,
        dropped_at=None if taken else noted,
        dropped_because=None if taken else Dropped.REFUSED.value,
    )
