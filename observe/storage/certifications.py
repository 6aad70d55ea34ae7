"""Rules of certification and results under them, as they are kept."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, or_, select

from observe.core.certification_rule import Rule, Source, from_json
from observe.core.certification_standing import Kind, Result
from observe.core.certifying import Clause, Decision
from observe.storage.database import NetworkSession
from observe.storage.tables.calibration import PairedLesson
from observe.storage.tables.certification import CertificationResult, CertificationRule
from observe.storage.tables.lessons import Pair

IN_TIME = (CertificationResult.at, CertificationResult.attempt, CertificationResult.look)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the network's rule, who put it in force, and who ended it."""

    number: int
    rule: Rule
    by: UUID
    at: datetime
    ended_by: UUID | None
    ended_at: datetime | None


def versions(session: NetworkSession) -> list[Version]:
    """Every version, the newest first."""
    query = select(CertificationRule).order_by(CertificationRule.version.desc())
    return [_version(row) for row in session.scalars(query)]


def newest(session: NetworkSession) -> CertificationRule | None:
    """The row of the newest version, in force or ended."""
    query = select(CertificationRule).order_by(CertificationRule.version.desc()).limit(1)
    return session.scalars(query).first()


def in_force(session: NetworkSession) -> Version | None:
    """The version by which is judged now."""
    row = newest(session)
    return _version(row) if row is not None and row.ended_at is None else None


def _version(row: CertificationRule) -> Version:
    return Version(row.version, from_json(row.body), row.by, row.at, row.ended_by, row.ended_at)


def keep(session: NetworkSession, result: Result) -> None:
    """Keep one result for good."""
    values = {each.name: getattr(result, each.name) for each in fields(result)}
    values["lessons"] = [str(lesson) for lesson in result.lessons]
    session.add(CertificationResult(**values))
    session.flush()


def results_of(session: NetworkSession, person_id: UUID) -> list[Result]:
    """Somebody's results, the earliest first."""
    table = CertificationResult
    query = select(table).where(table.person_id == person_id).order_by(*IN_TIME)
    return [_result(row) for row in session.scalars(query)]


def results_by_person(
    session: NetworkSession, person_ids: Collection[UUID]
) -> Mapping[UUID, Sequence[Result]]:
    """The results of several people, the earliest first."""
    table, found = CertificationResult, defaultdict[UUID, list[Result]](list)
    query = select(table).where(table.person_id.in_(person_ids)).order_by(*IN_TIME)
    for row in session.scalars(query):
        found[row.person_id].append(_result(row))
    return found


def digests(session: NetworkSession) -> list[str]:
    """The rubric versions with which anybody was judged, the one judged last first."""
    table = CertificationResult
    query = select(table.rubric_digest).group_by(table.rubric_digest)
    return list(session.scalars(query.order_by(func.max(table.at).desc(), table.rubric_digest)))


def latest(session: NetworkSession) -> Mapping[UUID, Result]:
    """The latest result of everybody who has one."""
    table = CertificationResult
    query = select(table).order_by(*IN_TIME)
    return {row.person_id: _result(row) for row in session.scalars(query)}


def _result(row: CertificationResult) -> Result:
    values = {each.name: getattr(row, each.name) for each in fields(Result)}
    values |= {
        "decision": Decision(row.decision),
        "clause": Clause(row.clause),
        "lessons": tuple(UUID(lesson) for lesson in row.lessons),
        "source": Source(row.source),
        "kind": Kind(row.kind),
    }
    return Result(**values)


@dataclass(slots=True)
class Behind:
    """On what somebody's figures rest: lessons with the moment of their reveal, and partners."""

    reveals: dict[UUID, datetime | None] = field(default_factory=dict)
    partners: set[UUID] = field(default_factory=set)

    @property
    def moments(self) -> Sequence[datetime]:
        """When its lessons were revealed, where that is known."""
        return [at for at in self.reveals.values() if at]


def behind(session: NetworkSession, person_id: UUID | None = None) -> Mapping[UUID, Behind]:
    """What stands behind the figures of everybody, or of one person; of all rubric versions."""
    found: dict[UUID, Behind] = defaultdict(Behind)
    for lesson_id, first, second, at in session.execute(_met(person_id)):
        for mine, theirs in ((first, second), (second, first)):
            found[mine].reveals[lesson_id] = at
            found[mine].partners.add(theirs)
    return found


def _met(person_id: UUID | None) -> Select[UUID, UUID, UUID, datetime | None]:
    table = PairedLesson
    query = (
        select(table.lesson_id, table.observer_a, table.observer_b, Pair.revealed_at)
        .outerjoin(Pair, Pair.lesson_id == table.lesson_id)
        .where(table.left_out.is_(None))
    )
    if person_id is None:
        return query
    return query.where(or_(table.observer_a == person_id, table.observer_b == person_id))


def counts_of_results(session: NetworkSession) -> Mapping[int, int]:
    """How many results rest on each version of the rule that has any."""
    table = CertificationResult
    query = select(table.version, func.count()).group_by(table.version)
    return dict(session.execute(query).all())
