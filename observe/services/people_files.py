"""Files of people from other systems: read, looked at, and carried out exactly as they were shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Any
from uuid import UUID

from observe.core import column_mapping
from observe.core.column_mapping import ColumnMapping
from observe.core.contact import name_of
from observe.core.errors import Conflict, Invalid, Stale
from observe.core.ids import new_id
from observe.core.oneroster_rows import read_sent
from observe.core.oneroster_zip import LARGEST_ZIP, is_zip, open_package
from observe.core.pasted_table import separator
from observe.core.permissions import Person, RoleKind
from observe.core.roster import (
    Choices,
    Kind,
    Sent,
    compressed,
    expanded,
    fingerprint,
    packed,
    unpacked,
)
from observe.core.roster_deeds import Difference, Effect
from observe.core.roster_difference import compare, is_many
from observe.core.table_file import Fault, Line, Table, read_table, text_of
from observe.services.people_files_writing import carry_out
from observe.storage import history
from observe.storage import people_files as kept
from observe.storage.database import NetworkSession
from observe.storage.tables.people_files import PeopleSource, PeopleUpload

WAITS = timedelta(days=1)
MOST_LINES = 100_000
ONEROSTER, TABLE = "oneroster", "table"
CHANGED = "Something here has changed since you looked. This is what the file would do now."
MANY = "Many people would leave. Tick that this is right, or look whether the file is whole."


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that was read: where it comes from, what is in it, or what stands against it."""

    file: str
    source: str
    kind: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    content: bytes = b""
    faults: tuple[Fault, ...] = ()


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


def read(
    session: NetworkSession, content: bytes, *, file: str, source: str, choices: Choices
) -> Brought:
    """A file as it was sent. `source` names the system that it comes from; empty for its own name."""
    if not content:
        raise Invalid("This file is empty. Choose another one.", field="file")
    if len(content) > LARGEST_ZIP:
        raise Invalid(f"This file is larger than {LARGEST_ZIP // 1024**2} MB.", field="file")
    name = PurePath(file.replace("\\", "/")).name[:120] or "file"
    if is_zip(content):
        return _read_oneroster(session, content, name, source, choices)
    return _read_table(session, content, name, source)


def _read_oneroster(
    session: NetworkSession, content: bytes, file: str, source: str, choices: Choices
) -> Brought:
    package = open_package(content, file=file)
    name = name_of(source or package.manifest.system or "OneRoster", of="the name of the system")
    known = kept.known(session, _source_id(session, name, ONEROSTER))
    sent, faults = read_sent(package, choices, known=known)
    settings = {"administrators": choices.administrators or "", "pupils": choices.pupils}
    return Brought(file, name, ONEROSTER, settings, b"" if faults else packed(sent), faults)


def _read_table(session: NetworkSession, content: bytes, file: str, source: str) -> Brought:
    name = name_of(source or "CSV files", of="the name of the system")
    before = _source(session, name, TABLE)
    between = separator(text_of(content[:10_000]))
    table = read_table(content, file=file, separator=between, most=MOST_LINES)
    if table.faults:
        return Brought(file, name, TABLE, faults=table.faults)
    chosen = column_mapping.from_json(before.settings if before else {})
    mapping = column_mapping.guessed(table.header, chosen)
    settings = column_mapping.as_json(mapping)
    return Brought(file, name, TABLE, settings, _packed_table(table))


def _packed_table(table: Table) -> bytes:
    lines = [[line.number, *line.cells] for line in table.lines]
    return compressed([table.header, lines])


def _unpacked_table(file: str, content: bytes) -> Table:
    header, lines = expanded(content)
    return Table(file, tuple(header), tuple(Line(number, tuple(cells)) for number, *cells in lines))


def _source(session: NetworkSession, name: str, kind: str) -> PeopleSource | None:
    """The source of that name; Conflict where its files are of another kind."""
    found = kept.source(session, name)
    if found is not None and found.kind != kind:
        raise Conflict(f"Files of “{name}” are of another kind. Give this one a name of its own.")
    return found


def _source_id(session: NetworkSession, name: str, kind: str) -> UUID | None:
    found = _source(session, name, kind)
    return found.id if found else None


# a file that waits


def wait(session: NetworkSession, brought: Brought, *, by: Person, at: datetime) -> UUID:
    """Keep a file for a day until it is applied; its id."""
    upload_id = new_id(at)
    session.add(
        PeopleUpload(
            id=upload_id,
            by=by.id,
            at=at,
            file=brought.file,
            source=brought.source,
            kind=brought.kind,
            settings=dict(brought.settings),
            content=brought.content,
        )
    )
    return upload_id


def waiting(session: NetworkSession, upload_id: UUID) -> Brought:
    """A file that waits; Missing where it does no more."""
    row = kept.upload(session, upload_id)
    return Brought(row.file, row.source, row.kind, row.settings, row.content)


def choose(session: NetworkSession, upload_id: UUID, mapping: ColumnMapping) -> None:
    """Keep what was chosen for the columns of a file that waits."""
    kept.upload(session, upload_id).settings = column_mapping.as_json(mapping)


def put_away(session: NetworkSession, upload_id: UUID) -> None:
    """Erase a file that waits; Missing where it does no more."""
    session.delete(kept.upload(session, upload_id))


def is_old(session: NetworkSession, *, at: datetime) -> bool:
    """Whether a file waits for longer than a day."""
    return kept.waits_since(session, at - WAITS)


def forget_old(session: NetworkSession, *, at: datetime) -> None:
    """Erase the files that wait for longer than a day."""
    kept.forget_uploads(session, before=at - WAITS)


# what it would do, and doing it


def look(session: NetworkSession, brought: Brought, *, by: Person | None) -> Look:
    """What a file would do now; nothing is changed."""
    if brought.kind == ONEROSTER:
        return _compared(session, brought, unpacked(brought.content), by)
    table = _unpacked_table(brought.file, brought.content)
    mapping = column_mapping.there(table, column_mapping.from_json(brought.settings))
    lacking = column_mapping.lacking(table, mapping)
    if lacking:
        return Look(brought, Difference(), Sent(), table, mapping, lacking)
    sent, faults = column_mapping.read_people(table, mapping)
    found = _compared(session, brought, sent, by)
    found.difference.faults[:0] = faults
    return replace(found, table=table, mapping=mapping)


def _compared(session: NetworkSession, brought: Brought, sent: Sent, by: Person | None) -> Look:
    here = kept.here(session, _source_id(session, brought.source, brought.kind))
    return Look(brought, compare(sent, here, oneself=by.id if by else None), sent)


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
    source = _source(session, brought.source, brought.kind)
    if source is None:
        source = PeopleSource(id=new_id(at), name=brought.source, kind=brought.kind)
        session.add(source)
    source.settings = dict(brought.settings)
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


def uploads(session: NetworkSession) -> Sequence[tuple[UUID, str, str, str, datetime]]:
    """(id, file, source, who brought it, when) of the files that wait, the latest first."""
    return kept.uploads(session)


def administrators_in(word: str) -> RoleKind | None:
    """What administrators of a school are here: head, or nobody."""
    return RoleKind.HEAD if word == RoleKind.HEAD else None
