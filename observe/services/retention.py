"""What is kept for how long: choosing it, the list of what is over, and erasing that."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from observe.core.errors import Stale
from observe.core.permissions import Person
from observe.core.retention import SENSE, Kind, check
from observe.storage import ageing, erasing_records, erasures, history, retentions
from observe.storage.ageing import About, Heap, Over
from observe.storage.database import NetworkSession
from observe.storage.tables.trust import Retention

NOTICE = timedelta(days=28)
MOST_AT_ONCE = 500  # so that tablets never wait long to be saved
CHANGED = "Somebody changed this meanwhile. Look at what is chosen now, and choose again."


@dataclass(frozen=True, slots=True)
class Kept:
    """For how many months each kind is kept; `starts_on` is when Observe begins to erase by itself."""

    months: Mapping[Kind, int]
    starts_on: date | None
    revision: int


@dataclass(frozen=True, slots=True)
class Due:
    """What is over today: notes of lessons, summaries never sent and released, and other rows."""

    records: int
    lessons: Sequence[About]
    drafts: Sequence[About]
    summaries: Sequence[About]
    draft_count: int
    summary_count: int
    heaps: Sequence[Heap]

    @property
    def is_any(self) -> bool:
        """Whether there is anything to erase."""
        return bool(self.records or self.draft_count or self.summary_count or self.heaps)


def kept(session: NetworkSession) -> Kept:
    """What is kept for how long now."""
    row = retentions.row(session)
    starts_on, revision = (row.starts_on, row.revision) if row else (None, 0)
    return Kept(retentions.months(session), starts_on, revision)


def choose(
    session: NetworkSession,
    wanted: Mapping[Kind, int | None],
    *,
    revision: int,
    by: Person,
    at: datetime,
) -> None:
    """Keep each kind for so many months; Invalid outside what makes sense, Stale if it changed."""
    months = {kind: check(kind, wanted.get(kind)) for kind in SENSE}
    before = retentions.months(session)
    row = retentions.row(session) or _begun(session, by=by.id, at=at)
    if row.revision != revision:
        raise Stale(CHANGED)
    if months == before:
        return
    row.months = {kind.value: number for kind, number in months.items()}
    row.revision, row.by, row.at = row.revision + 1, by.id, at
    told = {kind.value: [before[kind], new] for kind, new in months.items() if before[kind] != new}
    here = session.network_id
    history.wrote(session, "retention chosen", "network", here, by=by.id, at=at, months=told)


def _begun(session: NetworkSession, *, by: UUID | None, at: datetime) -> Retention:
    return retentions.begin(session, starts_on=at.date() + NOTICE, by=by, at=at)


def due(session: NetworkSession, *, today: date) -> Due:
    """What is over today, and would be erased."""
    over = Over(today, retentions.months(session))
    return Due(
        len(ageing.records(session, over)),
        ageing.lessons(session, over),
        ageing.teachers(session, over, released=False),
        ageing.teachers(session, over, released=True),
        len(ageing.summaries(session, over, released=False)),
        len(ageing.summaries(session, over, released=True)),
        list(ageing.heaps(session, over)),
    )


def run(session: NetworkSession, *, by: UUID | None, at: datetime) -> UUID | None:
    """Erase what is over; the id of the certificate, None where nothing was.

    Where more than 500 records are over, the next run goes on with them.
    """
    today = at.date()
    row = retentions.row(session) or _begun(session, by=by, at=at)
    found = due(session, today=today)
    if found.records <= MOST_AT_ONCE:
        row.looked_on = today
    if not found.is_any:
        return None
    made = erasures.begin(session, erasures.RETENTION, person_id=None, by=by, at=at)
    counts = _erase(session, Over(today, retentions.months(session)), made, at=at)
    erasures.write(session, made, counts)
    history.wrote(session, "retention run", "erasure", made, by=by, at=at)
    return made


def _erase(session: NetworkSession, over: Over, made: UUID, *, at: datetime) -> Counter[str]:
    counts: Counter[str] = Counter()
    for record in ageing.records(session, over)[:MOST_AT_ONCE]:
        gone = erasing_records.empty(session, record)
        erasing_records.reseal(session, record.id, made, fields_gone=gone, at=at)
        counts["record_field"] += gone
        counts["record"] += 1
    erasing_records.empty_held(session, ageing.held(over))
    for released in (False, True):
        ids = ageing.summaries(session, over, released=released)
        counts += ageing.delete_summaries(session, ids)
    return counts + ageing.erase_heaps(session, over)


def waits(session: NetworkSession, at: datetime) -> bool:
    """Whether today's look has still to be made, or nobody was given notice yet."""
    row = retentions.row(session)
    return row is None or (row.starts_on <= at.date() and row.looked_on != at.date())


def once_a_day(session: NetworkSession, at: datetime) -> None:
    """Erase what is over, once a day; at first only give notice of it, four weeks ahead."""
    if retentions.row(session) is None:
        _begun(session, by=None, at=at)
    else:
        run(session, by=None, at=at)
