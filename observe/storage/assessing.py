"""Looks at how somebody observes: rounds, their two parts, and what each says."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select

from observe.core.assessing import Finished, Kind, Moment, Part, Round
from observe.core.errors import Missing
from observe.core.exercises import Given, read_value, spelled
from observe.core.ids import new_id
from observe.storage.database import NetworkSession
from observe.storage.tables import assessing as tables

NO_ROUND = "There is no such look at anybody's observing."
THING = tables.AssessingRound.__tablename__


def finished(session: NetworkSession, person_ids: Collection[UUID]) -> list[Finished]:
    """Every sealed look at these people's observing, the earliest first; nothing of what it says."""
    part, round_ = tables.AssessingPart, tables.AssessingRound
    query = (
        select(round_.person_id, part.kind, round_.moment, part.sealed_at, part.author_id)
        .join(round_, round_.id == part.round_id)
        .where(round_.person_id.in_(person_ids), part.sealed_at.is_not(None))
        .order_by(part.sealed_at, part.id)
    )
    return [
        Finished(person_id, Kind(kind), Moment(moment), at, by)
        for person_id, kind, moment, at, by in session.execute(query)
        if at is not None
    ]


def find(session: NetworkSession, round_id: UUID) -> Round:
    """One round; Missing where there is none."""
    found = _read(session, tables.AssessingRound.id == round_id)
    if not found:
        raise Missing(NO_ROUND)
    return found[0]


def of_people(session: NetworkSession, person_ids: Collection[UUID]) -> list[Round]:
    """Every round about these people, the latest first."""
    return _read(session, tables.AssessingRound.person_id.in_(person_ids))


def assessed_by(session: NetworkSession, person_id: UUID) -> list[Round]:
    """Every round in which this person assesses, the latest first."""
    part = tables.AssessingPart
    mine = select(part.round_id).where(part.author_id == person_id, part.kind == Kind.ASSESSMENT)
    return _read(session, tables.AssessingRound.id.in_(mine))


def everybody(session: NetworkSession) -> list[Round]:
    """Every round of the network, the latest first."""
    return _read(session, tables.AssessingRound.network_id == session.network_id)


def _read(session: NetworkSession, those: ColumnElement[bool]) -> list[Round]:
    table = tables.AssessingRound
    query = select(table).where(those).order_by(table.opened_at.desc(), table.id.desc())
    rows = session.scalars(query).all()
    parts = _parts(session, [row.id for row in rows])
    return [
        Round(
            id=row.id,
            person_id=row.person_id,
            moment=Moment(row.moment),
            rubric_digest=row.rubric_digest,
            opened_at=row.opened_at,
            parts=parts[row.id],
        )
        for row in rows
    ]


def _parts(session: NetworkSession, round_ids: Sequence[UUID]) -> Mapping[UUID, dict[Kind, Part]]:
    table, found = tables.AssessingPart, defaultdict[UUID, dict[Kind, Part]](dict)
    for row in session.scalars(select(table).where(table.round_id.in_(round_ids))):
        kind = Kind(row.kind)
        found[row.round_id][kind] = Part(row.id, kind, row.author_id, row.begun_at, row.sealed_at)
    return found


def open_round(
    session: NetworkSession, person_id: UUID, moment: Moment, digest: str, *, at: datetime
) -> Round:
    """A new round about somebody."""
    row = tables.AssessingRound(
        id=new_id(at), person_id=person_id, moment=moment, rubric_digest=digest, opened_at=at
    )
    session.add(row)
    session.flush()
    return Round(id=row.id, person_id=person_id, moment=moment, rubric_digest=digest, opened_at=at)


def add_part(
    session: NetworkSession, round_id: UUID, kind: Kind, *, author_id: UUID, at: datetime
) -> None:
    """Somebody begins one of its looks."""
    session.add(
        tables.AssessingPart(
            id=new_id(at), round_id=round_id, kind=kind, author_id=author_id, begun_at=at
        )
    )
    session.flush()


def hold(session: NetworkSession, part_id: UUID) -> tables.AssessingPart:
    """The row of a look, which nobody else changes until this transaction ends."""
    key = (session.network_id, part_id)
    found = session.get(tables.AssessingPart, key, with_for_update=True, populate_existing=True)
    if found is None:
        raise Missing(NO_ROUND)
    return found


def remove_part(session: NetworkSession, round_id: UUID, part: Part) -> None:
    """Forget a look with all that it says and suggests, and its round where nothing is left of it."""
    for table in (tables.AssessingRating, tables.AssessingLesson):
        session.execute(delete(table).where(table.part_id == part.id))
    session.execute(delete(tables.AssessingPart).where(tables.AssessingPart.id == part.id))
    if part.kind is Kind.ASSESSMENT:
        suggestion = tables.AssessingSuggestion
        session.execute(delete(suggestion).where(suggestion.round_id == round_id))


def remove_if_empty(session: NetworkSession, round_id: UUID) -> None:
    """Forget a round of which no look is left."""
    if not _parts(session, [round_id])[round_id]:
        session.execute(delete(tables.AssessingRound).where(tables.AssessingRound.id == round_id))


def given(session: NetworkSession, parts: Iterable[Part]) -> Mapping[UUID, Mapping[str, Given]]:
    """What these looks say, by look and criterion."""
    table, found = tables.AssessingRating, defaultdict[UUID, dict[str, Given]](dict)
    wanted = [part.id for part in parts]
    for row in session.scalars(select(table).where(table.part_id.in_(wanted))):
        found[row.part_id][row.criterion] = Given(read_value(row.value), row.evidence)
    return found


def rate(
    session: NetworkSession, part_id: UUID, criterion: str, gave: Given, *, at: datetime
) -> None:
    """Write what a look gives a criterion."""
    session.merge(
        tables.AssessingRating(
            network_id=session.network_id,
            part_id=part_id,
            criterion=criterion,
            value=spelled(gave.value),
            evidence=gave.note,
            at=at,
        )
    )
    session.flush()


def lessons_of(session: NetworkSession, part: Part) -> list[UUID]:
    """The paired lessons on which a look rests."""
    table = tables.AssessingLesson
    return list(session.scalars(select(table.lesson_id).where(table.part_id == part.id)))


def rest_on(session: NetworkSession, part_id: UUID, lesson_ids: Collection[UUID]) -> None:
    """From now on a look rests on these lessons and no others."""
    table = tables.AssessingLesson
    session.execute(delete(table).where(table.part_id == part_id))
    session.add_all(table(part_id=part_id, lesson_id=lesson_id) for lesson_id in lesson_ids)
    session.flush()
