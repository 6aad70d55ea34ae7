"""Mails on their way: written, claimed by one sender at a time, sent or dropped, and forgotten."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Select,
    SQLColumnExpression,
    delete,
    or_,
    select,
    update,
)

from observe.core.ids import new_id
from observe.core.mail import KEPT, TEXT_KEPT, Dropped, Mail, MailKind
from observe.storage.database import NetworkSession
from observe.storage.tables.mail import OutboxMail
from observe.storage.tables.people import Person

LEASE = timedelta(minutes=15)
NO_TEXT: Mapping[str, None] = {"subject": None, "body": None, "calendar": None}
DONE: Mapping[str, None] = {"not_before": None, "lease_until": None}


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mail that one sender holds for a while; `tries` counts this one."""

    id: UUID
    kind: MailKind
    about_id: UUID | None
    address: str
    subject: str
    body: str
    calendar: str | None
    made_at: datetime
    tries: int


@dataclass(frozen=True, slots=True)
class Line:
    """A mail as the facilitator sees it: what kind, to whom and when, and nothing it says."""

    id: UUID
    kind: MailKind
    person_id: UUID
    name: str
    address: str
    made_at: datetime
    not_before: datetime | None
    tries: int
    last_error: str | None
    sent_at: datetime | None
    dropped_at: datetime | None
    dropped_because: Dropped | None
    has_text: bool


def add(session: NetworkSession, mails: Iterable[Mail], *, at: datetime) -> None:
    """Put mails into the outbox, save what is told once and was told."""
    wanted = list(mails)
    have = told(session, [mail.once for mail in wanted if mail.once])
    for mail in wanted:
        if mail.once not in have:
            put(session, new_id(at), mail, at=at)


def put(session: NetworkSession, mail_id: UUID, mail: Mail, *, at: datetime) -> None:
    """Put one mail of a known id into the outbox."""
    row = OutboxMail(
        id=mail_id,
        kind=mail.kind,
        person_id=mail.person_id,
        about_id=mail.about_id,
        address=mail.address,
        subject=mail.subject,
        body=mail.body,
        calendar=mail.calendar,
        once=mail.once,
        made_at=at,
        until=mail.until,
        not_before=at,
    )
    session.add(row)


def told(session: NetworkSession, onces: Collection[str]) -> set[str | None]:
    """Which of what is told one time only was told."""
    query = select(OutboxMail.once).where(OutboxMail.once.in_(onces))
    return set(session.scalars(query)) if onces else set()


def addresses(
    session: NetworkSession, about_ids: Collection[UUID], kind: MailKind
) -> Mapping[UUID, str]:
    """To which address the first mail of a kind about each of these things was written."""
    row = OutboxMail
    query = select(row.about_id, row.address).where(row.kind == kind, row.about_id.in_(about_ids))
    found = session.execute(query.order_by(row.made_at.desc(), row.id.desc()))
    return {about_id: address for about_id, address in found if about_id}


def told_since(
    session: NetworkSession, about_ids: Collection[UUID], since: datetime
) -> set[tuple[UUID, UUID]]:
    """Who was written to about which of these things since a moment: (person, thing)."""
    row = OutboxMail
    query = select(row.person_id, row.about_id).where(
        row.about_id.in_(about_ids), row.made_at >= since
    )
    return {(person, thing) for person, thing in session.execute(query) if thing}


def take_back(
    session: NetworkSession,
    person_ids: Collection[UUID],
    kinds: Collection[MailKind],
    *,
    about_id: UUID | None = None,
) -> None:
    """Forget mails that still wait and would say what holds no longer."""
    row = OutboxMail
    session.execute(
        delete(row).where(
            row.person_id.in_(person_ids),
            row.kind.in_(kinds),
            row.not_before.is_not(None),
            row.about_id == about_id if about_id else row.about_id.is_(None),
        )
    )


def take_back_all(session: NetworkSession, kinds: Collection[MailKind], *, about_id: UUID) -> None:
    """Forget every mail about a thing that still waits and would say what holds no longer."""
    row = OutboxMail
    waits = row.not_before.is_not(None)
    session.execute(delete(row).where(row.kind.in_(kinds), waits, row.about_id == about_id))


def is_due(session: NetworkSession, *, at: datetime) -> bool:
    """Whether a mail waits to be sent now."""
    return session.scalar(select(OutboxMail.id).where(*_due(at)).limit(1)) is not None


def claim(session: NetworkSession, *, at: datetime) -> Claimed | None:
    """Hold the mail that waits longest, for fifteen minutes; drops those that nobody needs any more."""
    while row := session.scalar(_next(at)):
        if because := _not_needed(session, row, at):
            _end(row, at=at, because=because)
            session.flush()
        else:
            row.tries, row.lease_until = row.tries + 1, at + LEASE
            session.flush()
            return _claimed(row)
    return None


def _next(at: datetime) -> Select[OutboxMail]:
    """The next mail that no other sender holds or is about to hold."""
    first = (OutboxMail.not_before, OutboxMail.made_at, OutboxMail.id)
    query = select(OutboxMail).where(*_due(at)).order_by(*first).limit(1)
    return query.with_for_update(skip_locked=True)


def _due(at: datetime) -> tuple[ColumnElement[bool], ...]:
    free = or_(OutboxMail.lease_until.is_(None), OutboxMail.lease_until <= at)
    return OutboxMail.not_before <= at, free


def _not_needed(session: NetworkSession, row: OutboxMail, at: datetime) -> Dropped | None:
    person = session.get_one(Person, (session.network_id, row.person_id))
    if person.left_at is not None:
        return Dropped.LEFT
    if person.email != row.address:
        return Dropped.ADDRESS
    return Dropped.TOO_LATE if row.until and row.until <= at else None


def _claimed(row: OutboxMail) -> Claimed:
    return Claimed(
        row.id,
        MailKind(row.kind),
        row.about_id,
        row.address,
        row.subject or "",
        row.body or "",
        row.calendar,
        row.made_at,
        row.tries,
    )


def sent(session: NetworkSession, mail: Claimed, *, at: datetime) -> bool:
    """Note that a mail was handed over, and keep nothing of what it said; False if it is not ours."""
    return _noted(session, mail, sent_at=at, last_error=None, **DONE, **NO_TEXT)


def failed(session: NetworkSession, mail: Claimed, why: str, *, again_at: datetime) -> bool:
    """Note why a mail was not handed over, and when it is tried again."""
    return _noted(session, mail, last_error=why, not_before=again_at, lease_until=None)


def dropped(
    session: NetworkSession, mail: Claimed, why: str, because: Dropped, *, at: datetime
) -> bool:
    """Note why a mail is not tried any more."""
    ends = {"dropped_at": at, "dropped_because": because.value}
    text = NO_TEXT if mail.kind is MailKind.LINK else {}
    return _noted(session, mail, last_error=why, **ends, **DONE, **text)


def _noted(session: NetworkSession, mail: Claimed, **values: Any) -> bool:
    """Write it down unless another sender took the mail up meanwhile."""
    mine = (OutboxMail.id == mail.id, OutboxMail.tries == mail.tries, OutboxMail.sent_at.is_(None))
    done = session.execute(update(OutboxMail).where(*mine).values(**values))
    return cast(CursorResult[Any], done).rowcount == 1


def _end(row: OutboxMail, *, at: datetime, because: Dropped) -> None:
    row.dropped_at, row.dropped_because = at, because.value
    row.not_before = row.lease_until = None
    row.subject = row.body = row.calendar = None


def find(session: NetworkSession, mail_id: UUID) -> OutboxMail | None:
    """One mail of this network."""
    return session.get(OutboxMail, (session.network_id, mail_id))


def waiting(session: NetworkSession, *, most: int) -> Sequence[Line]:
    """Mails that are not sent yet, the next one first."""
    return _lines(
        session, _named().where(OutboxMail.not_before.is_not(None)), OutboxMail.not_before, most
    )


def sent_since(session: NetworkSession, since: datetime, *, most: int) -> Sequence[Line]:
    """Mails that were handed over since a moment, the last one first."""
    return _lines(
        session, _named().where(OutboxMail.sent_at >= since), OutboxMail.sent_at.desc(), most
    )


def dropped_since(session: NetworkSession, since: datetime, *, most: int) -> Sequence[Line]:
    """Mails that are not tried any more, since a moment, the last one first."""
    query = _named().where(OutboxMail.dropped_at >= since)
    return _lines(session, query, OutboxMail.dropped_at.desc(), most)


def _named() -> Select[OutboxMail, str]:
    return select(OutboxMail, Person.name).join(Person, Person.id == OutboxMail.person_id)


def _lines(
    session: NetworkSession,
    query: Select[OutboxMail, str],
    first: SQLColumnExpression[Any],
    most: int,
) -> Sequence[Line]:
    found = session.execute(query.order_by(first, OutboxMail.id).limit(most))
    return [_line(row, name) for row, name in found]


def _line(row: OutboxMail, name: str) -> Line:
    return Line(
        id=row.id,
        kind=MailKind(row.kind),
        person_id=row.person_id,
        name=name,
        address=row.address,
        made_at=row.made_at,
        not_before=row.not_before,
        tries=row.tries,
        last_error=row.last_error,
        sent_at=row.sent_at,
        dropped_at=row.dropped_at,
        dropped_because=Dropped(row.dropped_because) if row.dropped_because else None,
        has_text=row.body is not None,
    )


def is_old(session: NetworkSession, *, at: datetime) -> bool:
    """Whether there is anything to forget."""
    row = OutboxMail
    query = select(row.id).where(or_(_past(at), _text_past(at))).limit(1)
    return session.scalar(query) is not None


def forget(session: NetworkSession, *, at: datetime) -> None:
    """Forget mails of more than thirteen months, and after two weeks what the dropped ones said."""
    session.execute(delete(OutboxMail).where(_past(at)))
    session.execute(update(OutboxMail).where(_text_past(at)).values(**NO_TEXT))


def _past(at: datetime) -> ColumnElement[bool]:
    return OutboxMail.made_at < at - KEPT


def _text_past(at: datetime) -> ColumnElement[bool]:
    return (OutboxMail.dropped_at < at - TEXT_KEPT) & OutboxMail.body.is_not(None)
