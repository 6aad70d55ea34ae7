"""Rows about one person, as `subject_sources` says, and records of their lessons that hide no more."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select

from observe.core.mail import MailKind
from observe.core.observation import RecordState
from observe.core.pairing import PairState
from observe.storage import erasing
from observe.storage.database import NetworkSession
from observe.storage.subject_sources import RIGHTS, SHUT, Source
from observe.storage.tables import Base
from observe.storage.tables.lessons import Lesson, Observation, Pair

AT_ONCE = 500
TABLES = Base.metadata.tables


def rows(
    session: NetworkSession, source: Source, person_id: UUID, *, at: datetime
) -> Iterator[Mapping[str, Any]]:
    """What is told of each row, the earliest first; read a few at a time."""
    table = TABLES[source.table]
    query: Select[*tuple[Any, ...]] = select(*(table.c[name] for name in source.asked))
    here = table.c.network_id == session.network_id
    ways = [erasing.way(session, source.table, path, [person_id]) for path in source.ways]
    conditions = [here, *([or_(*ways)] if ways else []), *_rule(session, source, person_id, at)]
    ordered = query.where(*conditions).order_by(table.c[source.order], *table.primary_key)
    for row in session.execute(ordered, execution_options={"yield_per": AT_ONCE}):
        yield dict(row._mapping)


def _rule(
    session: NetworkSession, source: Source, person_id: UUID, at: datetime
) -> list[ColumnElement[bool]]:
    c, here = TABLES[source.table].c, session.network_id
    target = TABLES["target"].c
    of_summary = select(target.id).where(target.network_id == here, target.summary_id.is_not(None))
    match source.rule:
        case "rights":
            return [c.thing == "person", c.thing_id == str(person_id), c.did.in_(RIGHTS)]
        case "begun":
            return [c.starts_at <= at, c.alias_of.is_(None)]
        case "mails":
            return [c.kind != MailKind.LEADERSHIP]
        case "told":
            return [c.answered_at.is_not(None), c.lesson_id.in_(open_lessons(session))]
        case "graded":
            return [c.lesson_id.in_(open_lessons(session)), c.lesson_id.in_(_graded(session))]
        case "released":
            return [c.recalled_at.is_(None)]
        case "of a summary":
            return [c.summary_id.is_not(None)]
        case "event of a summary":
            return [c.target_id.in_(of_summary)]
        case "open to others":
            return [open_to_others(c.thing)]
        case "on oneself":
            return [c.part_id.in_(_own_parts(session, person_id))]
    return []


def open_to_others(thing: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a line of history is about something that is not private to one or two."""
    return and_(*(thing.not_like(f"{each}%") for each in SHUT))


def open_lessons(session: NetworkSession) -> Select[UUID]:
    """Lessons whose records no longer hide from anybody: revealed, or sealed by the only observer."""
    shown = (PairState.REVEALED, PairState.CLOSED)
    pairs = select(Pair.lesson_id).where(Pair.network_id == session.network_id)
    unsealed = select(Observation.lesson_id).where(
        Observation.network_id == session.network_id,
        Observation.state.not_in((RecordState.SEALED, RecordState.WITHDRAWN)),
    )
    alone = Lesson.id.not_in(pairs) & Lesson.id.not_in(unsealed)
    revealed = Lesson.id.in_(pairs.where(Pair.state.in_(shown)))
    return select(Lesson.id).where(Lesson.network_id == session.network_id, revealed | alone)


def _graded(session: NetworkSession) -> Select[UUID]:
    """Lessons observed by a rubric whose levels may leave the observers."""
    rubric = TABLES["rubric_version"].c
    graded = select(rubric.digest).where(
        rubric.network_id == session.network_id, rubric.graded.is_(True)
    )
    return select(Lesson.id).where(
        Lesson.network_id == session.network_id, Lesson.rubric_digest.in_(graded)
    )


def _own_parts(session: NetworkSession, person_id: UUID) -> Select[UUID]:
    part, round_ = TABLES["assessing_part"].c, TABLES["assessing_round"].c
    about = select(round_.id).where(
        round_.network_id == session.network_id, round_.person_id == person_id
    )
    return select(part.id).where(part.network_id == session.network_id, part.round_id.in_(about))


def records(session: NetworkSession, person_id: UUID) -> Iterator[tuple[Observation, datetime]]:
    """(record, start of the lesson) of each sealed and open record of lessons that somebody taught."""
    query = (
        select(Observation, Lesson.starts_at)
        .join(Lesson, Lesson.id == Observation.lesson_id)
        .where(
            Lesson.teacher_id == person_id,
            Observation.state == RecordState.SEALED,
            Lesson.id.in_(open_lessons(session)),
        )
        .order_by(Lesson.starts_at, Observation.id)
    )
    yield from session.execute(query).all()


def words_for(
    session: NetworkSession, table: str, column: str, wanted: set[UUID]
) -> dict[UUID, Any]:
    """What rows of another table are called, by id."""
    known = TABLES[table].c
    query = select(known.id, known[column]).where(
        known.network_id == session.network_id, known.id.in_(wanted)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def pupils(session: NetworkSession) -> list[str]:
    """Every name on a class list of the network."""
    known = TABLES["pupil"].c
    here = known.network_id == session.network_id
    return list(session.scalars(select(known.name).where(here).distinct()))


def rubrics(session: NetworkSession) -> list[str]:
    """The digest of each rubric of the network, the oldest first."""
    known = TABLES["rubric_version"].c
    query = select(known.digest).where(known.network_id == session.network_id)
    return list(session.scalars(query.order_by(known.published_at, known.digest)))
