"""Certificates set by hand, and re-checks: what was agreed on them and which lessons are to be one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import exists, func, select

from observe.core.certificates import ByHand, Hand
from observe.core.rechecks import Limits
from observe.storage.database import NetworkSession
from observe.storage.tables.certification import (
    CertificateByHand,
    CertificationResult,
    CertificationRule,
    PlannedRecheck,
    RecheckLimit,
)


class Planned(NamedTuple):
    """A lesson that is to be somebody's re-check, on the day for which it was planned so."""

    lesson_id: UUID
    person_id: UUID
    day: date
    by: UUID


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed on re-checks, by whom and when; version 0 where nothing was."""

    version: int
    limits: Limits
    by: UUID | None = None
    at: datetime | None = None


def keep_by_hand(session: NetworkSession, said: ByHand) -> None:
    """Keep what was set by hand, for good."""
    names = ("id", "person_id", "hand", "until", "reason", "by", "at")
    session.add(CertificateByHand(**{name: getattr(said, name) for name in names}))
    session.flush()


def by_hand_of(session: NetworkSession, person_id: UUID) -> Sequence[ByHand]:
    """All that was set by hand about somebody, the latest first."""
    return _by_hand(session, [person_id])[::-1]


def latest_by_hand(session: NetworkSession, person_ids: Collection[UUID]) -> Mapping[UUID, ByHand]:
    """The latest that was set by hand about each of these people."""
    return {said.person_id: said for said in _by_hand(session, person_ids)}


def _by_hand(session: NetworkSession, person_ids: Collection[UUID]) -> list[ByHand]:
    table = CertificateByHand
    query = select(table).where(table.person_id.in_(person_ids)).order_by(table.at, table.id)
    return [
        ByHand(
            id=row.id,
            person_id=row.person_id,
            hand=Hand(row.hand),
            until=row.until,
            reason=row.reason,
            by=row.by,
            at=row.at,
        )
        for row in session.scalars(query)
    ]


def ending(session: NetworkSession, first: date, last: date) -> set[UUID]:
    """Who was given a certificate, by a decision or by hand, whose last day is one of these."""
    judged, by_hand = CertificationResult, CertificateByHand
    queries = (
        select(judged.person_id).where(judged.expires_on.between(first, last)),
        select(by_hand.person_id).where(by_hand.until.between(first, last)),
    )
    return {who for query in queries for who in session.scalars(query)}


def any_kept(session: NetworkSession) -> bool:
    """Whether this network certifies at all: a rule, a result, or a certificate set by hand."""
    tables = (CertificationRule, CertificationResult, CertificateByHand)
    return any(session.scalar(select(exists(select(table.network_id)))) for table in tables)


def agreed(session: NetworkSession) -> Agreed:
    """What holds now for re-checks; they are announced where nothing was agreed."""
    query = select(RecheckLimit).order_by(RecheckLimit.version.desc()).limit(1)
    row = session.scalars(query).first()
    if row is None:
        return Agreed(0, Limits())
    limits = Limits(
        unannounced=row.unannounced,
        most=row.most,
        first_weeks=row.first_weeks,
        only_free=row.only_free,
    )
    return Agreed(row.version, limits, row.by, row.at)


def agree(session: NetworkSession, limits: Limits, *, by: UUID, at: datetime) -> int:
    """Keep what was agreed as a new version; its number."""
    newest = session.scalar(select(func.max(RecheckLimit.version))) or 0
    row = RecheckLimit(
        version=newest + 1,
        unannounced=limits.unannounced,
        most=limits.most,
        first_weeks=limits.first_weeks,
        only_free=limits.only_free,
        by=by,
        at=at,
    )
    session.add(row)
    session.flush()
    return row.version


def planned(session: NetworkSession, person_ids: Collection[UUID]) -> list[Planned]:
    """The lessons that are to be re-checks of these people, the earliest day first."""
    table = PlannedRecheck
    query = select(table).where(table.person_id.in_(person_ids)).order_by(table.day)
    return [
        Planned(row.lesson_id, row.person_id, row.day, row.by) for row in session.scalars(query)
    ]


def plan(session: NetworkSession, said: Planned, *, at: datetime) -> None:
    """Keep that a lesson is to be somebody's re-check."""
    session.merge(PlannedRecheck(network_id=session.network_id, **said._asdict(), at=at))
    session.flush()


def take_back(session: NetworkSession, lesson_id: UUID, person_id: UUID) -> bool:
    """Let go of it; whether there was any."""
    row = session.get(PlannedRecheck, (session.network_id, lesson_id, person_id))
    if row is None:
        return False
    session.delete(row)
    session.flush()
    return True
