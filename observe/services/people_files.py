"""Files of people from other systems: looked at, and carried out exactly as they were shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from observe.core import column_mapping
from observe.core.column_mapping import ColumnMapping
from observe.core.errors import Conflict, Invalid, Stale
from observe.core.ids import new_id
from observe.core.permissions import Person
from observe.core.roster import Kind, Sent, fingerprint, unpacked
from observe.core.roster_deeds import Difference, Effect
from observe.core.roster_difference import compare, is_many
from observe.core.table_file import Table
from observe.services import erased_keys
from observe.services.in_bulk import in_bulk
from observe.services.people_files_reading import (
    AGAIN,
    ONEROSTER,
    Brought,
    source_id,
    source_named,
    table_of,
)
from observe.services.people_files_writing import carry_out
from observe.storage import history
from observe.storage import people_files as kept
from observe.storage.database import NetworkSession
from observe.storage.tables.people_files import PeopleSource

CHANGED = "Something here has changed since you looked. This is what the file would do now."
MANY = "Many people would leave. Tick that this is right, or look whether the file is whole."


@dataclass(frozen=True, slots=True)
class Look:
    """What a file would do; `lacking` is what must be chosen before that can be said."""

    brought: Brought
    difference: Difference
    sent: Sent
    table: Table | None = None
    mapping: ColumnMapping = field(default_factory=ColumnMapping)
    lacking: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """What differs wherever anything that would be done differs."""
        return fingerprint(self.difference.deeds)

    @property
    def many_leave(self) -> bool:
        """Whether so many would leave that the file may not be whole."""
        leaving = self.difference.count(Effect.LEAVING)
        return is_many(leaving, self.difference.known_people)


@in_bulk()
def look(session: NetworkSession, brought: Brought, *, by: Person | None, secret: str) -> Look:
    """What a file would do now; nothing is changed. The installation's `secret` tells who was erased."""
    if brought.kind == ONEROSTER:
        return _compared(session, brought, unpacked(brought.content), by, secret)
    table = table_of(brought)
    mapping = column_mapping.there(table, column_mapping.from_json(brought.settings))
    lacking = column_mapping.lacking(table, mapping)
    if lacking:
        return Look(brought, Difference(), Sent(), table, mapping, lacking)
    sent, faults = column_mapping.read_people(table, mapping)
    found = _compared(session, brought, sent, by, secret)
    found.difference.faults[:0] = faults
    return replace(found, table=table, mapping=mapping)


def _compared(
    session: NetworkSession, brought: Brought, sent: Sent, by: Person | None, secret: str
) -> Look:
    source = source_id(session, brought.source, brought.kind)
    erased = erased_keys.among(session, sent, source, secret=secret)
    here = replace(kept.here(session, source), erased=erased)
    oneself = by.id if by else None
    return Look(brought, compare(sent, here, oneself=oneself, again=brought.again), sent)


@in_bulk()
def apply(
    session: NetworkSession,
    found: Look,
    *,
    seen: str | None,
    sure: bool,
    by: Person | None,
    at: datetime,
) -> None:
    """Do what a file would do, as a look in this very transaction found; all of it or nothing.

    `seen` is the fingerprint of what was shown, None where nobody looked before. Raises Stale where it
    would do something else by now, Conflict where many leave and nobody is `sure`, Invalid with faults.
    """
    if found.lacking or found.difference.faults:
        raise Invalid("Mend the file first, then bring it again. Nothing was changed.")
    if seen is not None and seen != found.fingerprint:
        raise Stale(CHANGED)
    if found.many_leave and not sure:
        raise Conflict(MANY, field="sure")
    brought = found.brought
    source = _kept_source(session, brought, by=by, at=at)
    session.flush()
    carry_out(session, found.difference.deeds, source.id, by=by, at=at)
    told = {"file": brought.file, "source": brought.source} | counts(found.difference)
    doer = by.id if by else None
    history.wrote(
        session, "people from a file", "network", session.network_id, by=doer, at=at, **told
    )


def _kept_source(
    session: NetworkSession, brought: Brought, *, by: Person | None, at: datetime
) -> PeopleSource:
    """The source of a file, with what was chosen kept for the next one."""
    source = source_named(session, brought.source, brought.kind)
    if source is None:
        source = PeopleSource(id=new_id(at), name=brought.source, kind=brought.kind)
        session.add(source)
    source.settings = {name: said for name, said in brought.settings.items() if name != AGAIN}
    source.last_file, source.last_at = brought.file, at
    source.last_by = by.id if by else None
    return source


def counts(difference: Difference) -> dict[str, int]:
    """How many people are new, changed, leaving, back and the same, and how many places are new."""
    effects = (Effect.NEW, Effect.CHANGED, Effect.LEAVING, Effect.BACK)
    people = {str(effect): difference.count(effect, Kind.PERSON) for effect in effects}
    places = difference.count(Effect.NEW, Kind.SCHOOL, Kind.TEAM, Kind.CLASS)
    return people | {"same": difference.same[Kind.PERSON], "new places": places}


def sources(session: NetworkSession) -> Sequence[PeopleSource]:
    """Where files came from so far, the last used first."""
    return kept.sources(session)
