"""A file of people as it was sent → what is kept of it until it is applied."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any
from uuid import UUID

from observe.core import column_mapping
from observe.core.contact import name_of
from observe.core.errors import Conflict, Invalid
from observe.core.oneroster_rows import read_sent
from observe.core.oneroster_zip import LARGEST_ZIP, is_zip, open_package
from observe.core.pasted_table import separator
from observe.core.permissions import RoleKind
from observe.core.roster import Choices, compressed, expanded, packed
from observe.core.table_file import Fault, Line, Table, read_table, text_of
from observe.services.in_bulk import in_bulk
from observe.storage import people_files as kept
from observe.storage.database import NetworkSession
from observe.storage.tables.people_files import PeopleSource

MOST_LINES = 100_000
ONEROSTER, TABLE = "oneroster", "table"
AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that was read: where it comes from, what is in it, or what stands against it."""

    file: str
    source: str
    kind: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    content: bytes = b""
    faults: tuple[Fault, ...] = ()

    @property
    def again(self) -> bool:
        """Whether people who were erased come as somebody new; that is said of one file alone."""
        return bool(self.settings.get(AGAIN))


@in_bulk()
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
    known = kept.known(session, source_id(session, name, ONEROSTER))
    sent, faults = read_sent(package, choices, known=known)
    settings = {"administrators": choices.administrators or "", "pupils": choices.pupils}
    return Brought(file, name, ONEROSTER, settings, b"" if faults else packed(sent), faults)


def _read_table(session: NetworkSession, content: bytes, file: str, source: str) -> Brought:
    name = name_of(source or "CSV files", of="the name of the system")
    before = source_named(session, name, TABLE)
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


def table_of(brought: Brought) -> Table:
    """The rows of a file that was kept as it was read."""
    header, lines = expanded(brought.content)
    rows = tuple(Line(number, tuple(cells)) for number, *cells in lines)
    return Table(brought.file, tuple(header), rows)


def source_named(session: NetworkSession, name: str, kind: str) -> PeopleSource | None:
    """The source of that name; Conflict where its files are of another kind."""
    found = kept.source(session, name)
    if found is not None and found.kind != kind:
        raise Conflict(f"Files of “{name}” are of another kind. Give this one a name of its own.")
    return found


def source_id(session: NetworkSession, name: str, kind: str) -> UUID | None:
    """The id of the source of that name; None for a new one."""
    found = source_named(session, name, kind)
    return found.id if found else None


def administrators_in(word: str) -> RoleKind | None:
    """What administrators of a school are here: head, or nobody."""
    return RoleKind.HEAD if word == RoleKind.HEAD else None
