"""Rules from talks: for which words of their criterion they hold, and what became of them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select

from observe.core.errors import Missing
from observe.core.ids import new_id
from observe.core.meaning import meaning
from observe.core.rubric import Rubric
from observe.storage import shelf
from observe.storage.database import NetworkSession
from observe.storage.tables.calibration import Precedent
from observe.storage.tables.history import HistoryLine
from observe.storage.tables.lessons import Lesson
from observe.storage.tables.people import Person
from observe.storage.tables.precedents import PrecedentDoubt, PrecedentMeaning
from observe.storage.tables.rubrics import RubricVersion

THING, REWORDED = "precedent", "rule reworded"
MOST = 400

_meanings: dict[str, Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Rule:
    """One line agreed for a criterion; `lesson_id` and `at` say of which talk, and are shown to nobody."""

    id: UUID
    rubric: str
    criterion: str
    text: str
    lesson_id: UUID
    at: datetime
    retired_at: datetime | None = None
    retired_because: str | None = None


def holding(session: NetworkSession, digest: str, *, most: int = MOST) -> list[Rule]:
    """The rules in use for the words of this rubric version, the newest first."""
    words = meanings(session, digest)
    told = PrecedentMeaning.meaning
    query = (
        select(Precedent, told)
        .join(PrecedentMeaning, PrecedentMeaning.precedent_id == Precedent.id)
        .where(
            Precedent.rubric == shelf.rubric(session, digest).rubric,
            Precedent.retired_at.is_(None),
            told.in_(set(words.values())),
        )
        .order_by(Precedent.at.desc(), Precedent.id.desc())
        .limit(most)
    )
    found = session.execute(query)
    return [_rule(row) for row, held in found if words.get(row.criterion) == held]


def meanings(session: NetworkSession, digest: str) -> Mapping[str, str]:
    """By criterion, the digest of its words in this version; a translation means what its original says."""
    original = _original(session, digest)
    if original not in _meanings:
        criteria = shelf.rubric(session, original).criteria()
        _meanings[original] = {each.criterion: meaning(each) for each in criteria}
    return _meanings[original]


def _original(session: NetworkSession, digest: str) -> str:
    """The version that this one translates, where it is published here; else itself."""
    of = shelf.rubric(session, digest).translation_of
    if of is None:
        return digest
    key, _, number = of.partition("@")
    query = select(RubricVersion.digest).where(
        RubricVersion.rubric == key, RubricVersion.version == int(number)
    )
    found = session.scalars(query)
    return next((d for d in found if shelf.rubric(session, d).translation_of is None), digest)


def newest(session: NetworkSession, rubric: Rubric) -> str:
    """The address of the newest version of a rubric in the same language."""
    query = (
        select(RubricVersion.digest)
        .where(RubricVersion.rubric == rubric.rubric, RubricVersion.language == rubric.language)
        .order_by(RubricVersion.version.desc())
        .limit(1)
    )
    return session.scalars(query).one()


def everything(session: NetworkSession) -> list[Rule]:
    """Every rule, retired ones too, the newest first."""
    query = select(Precedent).order_by(Precedent.at.desc(), Precedent.id.desc())
    return [_rule(row) for row in session.scalars(query)]


def _rule(row: Precedent) -> Rule:
    return Rule(
        row.id,
        row.rubric,
        row.criterion,
        row.text,
        row.lesson_id,
        row.at,
        row.retired_at,
        row.retired_because,
    )


def row(session: NetworkSession, precedent_id: UUID) -> Precedent:
    """The row of a rule, to be changed; Missing where there is none."""
    key = (session.network_id, precedent_id)
    found = session.get(Precedent, key, with_for_update=True, populate_existing=True)
    if found is None:
        raise Missing("There is no such rule. Whoever agreed it may have taken it back.")
    return found


def versions(session: NetworkSession) -> dict[UUID, list[str]]:
    """By rule, the rubric versions for whose words it holds, in the order in which it was kept for them."""
    query = select(PrecedentMeaning.precedent_id, PrecedentMeaning.version)
    found: dict[UUID, list[str]] = defaultdict(list)
    for precedent_id, version in session.execute(query.order_by(PrecedentMeaning.at)):
        found[precedent_id].append(version)
    return found


def hold(
    session: NetworkSession, precedent_id: UUID, criterion: str, version: str, *, at: datetime
) -> bool:
    """Keep that a rule holds for the words of this version too; False where it has no such criterion."""
    words = meanings(session, version).get(criterion)
    if words is None:
        return False
    kept = PrecedentMeaning(precedent_id=precedent_id, meaning=words, version=version, at=at)
    kept.network_id = session.network_id
    session.merge(kept)
    return True


def doubts(session: NetworkSession) -> dict[UUID, set[UUID]]:
    """By rule, who says that it no longer fits."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    query = select(PrecedentDoubt.precedent_id, PrecedentDoubt.person_id)
    for precedent_id, person_id in session.execute(query):
        found[precedent_id].add(person_id)
    return found


def doubt(session: NetworkSession, precedent_id: UUID, person_id: UUID, *, at: datetime) -> None:
    """Keep that somebody says so; once however often they do."""
    key = (session.network_id, precedent_id, person_id)
    if session.get(PrecedentDoubt, key) is None:
        session.add(PrecedentDoubt(precedent_id=precedent_id, person_id=person_id, at=at))
        session.flush()


def end_doubts(session: NetworkSession, precedent_id: UUID, *, of: UUID | None = None) -> None:
    """Take back what one person said of a rule, or all."""
    query = delete(PrecedentDoubt).where(
        PrecedentDoubt.network_id == session.network_id,
        PrecedentDoubt.precedent_id == precedent_id,
    )
    session.execute(query.where(PrecedentDoubt.person_id == of) if of else query)


def wordings(session: NetworkSession, ids: Collection[UUID]) -> dict[UUID, list[str]]:
    """By rule, what its owner changed, the latest first."""
    line = HistoryLine
    query = (
        select(line.thing_id, line.details)
        .where(line.thing == THING, line.did == REWORDED, line.thing_id.in_(map(str, ids)))
        .order_by(line.at.desc(), line.id.desc())
    )
    found: dict[UUID, list[str]] = defaultdict(list)
    for thing_id, details in session.execute(query):
        found[UUID(thing_id)].append(str(details["before"]))
    return found


def names(session: NetworkSession) -> list[str]:
    """The names of everybody in the network, leavers too: no rule should name them."""
    return list(session.scalars(select(Person.name)))


def of_lesson(session: NetworkSession, lesson_id: UUID) -> dict[str, str]:
    """The rules that came of one lesson, by criterion."""
    query = select(Precedent.criterion, Precedent.text).where(Precedent.lesson_id == lesson_id)
    return dict(session.execute(query).all())


def keep(
    session: NetworkSession,
    lesson_id: UUID,
    rubric: str,
    criterion: str,
    text: str,
    *,
    by: UUID,
    at: datetime,
) -> None:
    """Write, replace or (with no text) take back the rule of one lesson for a criterion.

    Other words make a new rule of it: it is in use, for the words with which the lesson was observed.
    """
    found = _came_of(session, lesson_id, criterion)
    if (found.text if found else "") == text:
        return
    if found is not None:
        _begin_anew(session, found)
    if not text:
        session.delete(found)
        return
    written = found or Precedent(
        id=new_id(at), rubric=rubric, criterion=criterion, lesson_id=lesson_id
    )
    written.text, written.by, written.at = text, by, at
    session.add(written)
    session.flush()
    observed = select(Lesson.rubric_digest).where(Lesson.id == lesson_id)
    hold(session, written.id, criterion, session.scalars(observed).one(), at=at)


def _came_of(session: NetworkSession, lesson_id: UUID, criterion: str) -> Precedent | None:
    """The rule that came of one lesson for a criterion."""
    query = select(Precedent).where(
        Precedent.lesson_id == lesson_id, Precedent.criterion == criterion
    )
    return session.scalar(query)


def _begin_anew(session: NetworkSession, found: Precedent) -> None:
    found.retired_at = found.retired_because = None
    end_doubts(session, found.id)
    query = delete(PrecedentMeaning).where(
        PrecedentMeaning.network_id == session.network_id,
        PrecedentMeaning.precedent_id == found.id,
    )
    session.execute(query)
