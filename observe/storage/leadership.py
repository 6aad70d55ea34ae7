"""Rounds of leadership feedback, whom they ask, and answers that only a rater's own link finds."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select

from observe.core.errors import Missing
from observe.core.leadership import Answer, RaterGroup, Round
from observe.storage.database import NetworkSession
from observe.storage.tables import leadership as tables
from observe.storage.tables.people import Person

NO_ROUND = "There is no such round of leadership feedback."
THING = tables.LeadershipRound.__tablename__


def find(session: NetworkSession, round_id: UUID) -> Round:
    """One round; Missing where there is none."""
    found = _read(session, tables.LeadershipRound.id == round_id)
    if not found:
        raise Missing(NO_ROUND)
    return found[0]


def everybody(session: NetworkSession) -> list[Round]:
    """Every round of the network, the latest first."""
    return _read(session, tables.LeadershipRound.network_id == session.network_id)


def of_person(session: NetworkSession, person_id: UUID) -> list[Round]:
    """The rounds about somebody, the latest first."""
    return _read(session, tables.LeadershipRound.person_id == person_id)


def open_over(session: NetworkSession, today: date) -> list[Round]:
    """The open rounds whose last day is over."""
    table = tables.LeadershipRound
    return _read(session, table.closed_at.is_(None) & (table.last_day < today))


def asking(session: NetworkSession, person_id: UUID) -> list[tuple[Round, UUID]]:
    """The open rounds that ask somebody, the first to end first, each with the id of the rater."""
    query = select(tables.LeadershipRater.round_id, tables.LeadershipRater.id).where(
        tables.LeadershipRater.person_id == person_id
    )
    rater_of = {row.round_id: row.id for row in session.execute(query)}
    found = _read(session, tables.LeadershipRound.id.in_(rater_of)) if rater_of else []
    return [(each, rater_of[each.id]) for each in sorted(found, key=lambda each: each.last_day)]


def _read(session: NetworkSession, those: ColumnElement[bool]) -> list[Round]:
    table = tables.LeadershipRound
    query = (
        select(table, Person.name)
        .join(Person, Person.id == table.person_id)
        .where(those)
        .order_by(table.opened_at.desc(), table.id.desc())
    )
    return [_round(row, name) for row, name in session.execute(query)]


def _round(row: tables.LeadershipRound, name: str) -> Round:
    return Round(
        id=row.id,
        person_id=row.person_id,
        person=name,
        rubric_digest=row.rubric_digest,
        asked_by=row.asked_by,
        opened_at=row.opened_at,
        last_day=row.last_day,
        closed_at=row.closed_at,
    )


def hold(session: NetworkSession, round_id: UUID) -> tables.LeadershipRound:
    """The row of a round, which nobody else changes meanwhile; Missing where there is none."""
    key = (session.network_id, round_id)
    row = session.get(tables.LeadershipRound, key, with_for_update=True, populate_existing=True)
    if row is None:
        raise Missing(NO_ROUND)
    return row


def told(session: NetworkSession, round_id: UUID) -> Mapping[str, Any] | None:
    """What may be told of a round, as it was kept; None while it is open."""
    table = tables.LeadershipRound
    return session.scalar(select(table.told).where(table.id == round_id))


def raters(session: NetworkSession, round_id: UUID) -> dict[UUID, RaterGroup]:
    """Whom a round asks, and as what."""
    table = tables.LeadershipRater
    query = select(table.person_id, table.rater_group).where(table.round_id == round_id)
    return {person_id: RaterGroup(group) for person_id, group in session.execute(query)}


def asked(session: NetworkSession, round_ids: Collection[UUID]) -> Mapping[UUID, int]:
    """How many people besides the leader each of these rounds asks; none for one that asks nobody."""
    table = tables.LeadershipRater
    query = (
        select(table.round_id, func.count().label("people"))
        .where(table.round_id.in_(round_ids), table.rater_group != RaterGroup.SELF)
        .group_by(table.round_id)
    )
    return {row.round_id: row.people for row in session.execute(query)}


def rater_ids(session: NetworkSession, round_id: UUID) -> list[UUID]:
    """The ids of everybody whom a round asks."""
    table = tables.LeadershipRater
    return list(session.scalars(select(table.id).where(table.round_id == round_id)))


def asked_until(
    session: NetworkSession, first: date, last: date, *, opened_before: datetime
) -> list[UUID]:
    """The ids of everybody asked by open rounds that end within these days and have lasted a while."""
    round_, rater = tables.LeadershipRound, tables.LeadershipRater
    query = (
        select(rater.id)
        .join(round_, round_.id == rater.round_id)
        .where(
            round_.closed_at.is_(None),
            round_.last_day.between(first, last),
            round_.opened_at < opened_before,
        )
    )
    return list(session.scalars(query))


def asked_as(session: NetworkSession, rater_id: UUID) -> tuple[UUID, date]:
    """Who a rater is, and the last day of the round."""
    rater = session.get_one(tables.LeadershipRater, (session.network_id, rater_id))
    round_ = session.get_one(tables.LeadershipRound, (session.network_id, rater.round_id))
    return rater.person_id, round_.last_day


def rater_of(
    session: NetworkSession, round_id: UUID, person_id: UUID
) -> tables.LeadershipRater | None:
    """Somebody as one whom a round asks."""
    table = tables.LeadershipRater
    query = select(table).where(table.round_id == round_id, table.person_id == person_id)
    return session.scalar(query)


def rater_with(session: NetworkSession, fingerprint: str) -> tables.LeadershipRater | None:
    """The rater whose link has this fingerprint."""
    table = tables.LeadershipRater
    return session.scalar(select(table).where(table.token_hash == fingerprint))


def answers(session: NetworkSession, round_id: UUID) -> list[Answer]:
    """All answers of a round, in an order that tells nothing."""
    table = tables.LeadershipAnswer
    query = select(table).where(table.round_id == round_id).order_by(table.key)
    return [_answer(row) for row in session.scalars(query)]


def _answer(row: tables.LeadershipAnswer) -> Answer:
    return Answer(RaterGroup(row.rater_group), row.given, row.words)


def keep(session: NetworkSession, round_id: UUID, key: str, kept: Answer) -> None:
    """Keep an answer under its key, in place of what stood there."""
    session.merge(
        tables.LeadershipAnswer(
            network_id=session.network_id,
            round_id=round_id,
            key=key,
            rater_group=kept.group,
            given=dict(kept.values),
            words=dict(kept.words),
        )
    )


def forget(session: NetworkSession, round_id: UUID, key: str) -> None:
    """Delete an answer."""
    table = tables.LeadershipAnswer
    session.execute(delete(table).where(table.round_id == round_id, table.key == key))


def forget_all(session: NetworkSession, round_id: UUID) -> None:
    """Delete raters and answers of a round."""
    for table in (tables.LeadershipAnswer, tables.LeadershipRater):
        session.execute(delete(table).where(table.round_id == round_id))
