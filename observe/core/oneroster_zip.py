"""A zip as it was sent → the CSV files inside, within limits, and what its manifest says of them."""

import io
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from zipfile import BadZipFile, ZipFile, ZipInfo

from observe.core.oneroster import MANIFEST, NOT_READ, SHAPES, VERSIONS
from observe.core.roster import Mode
from observe.core.table_file import Fault, Table, read_table

LARGEST_ZIP = 32 * 1024 * 1024
LARGEST_INSIDE = 64 * 1024 * 1024
MOST_FILES = 60
MOST_ROWS = 400_000
BEGINS = b"PK"
ROLES, USERS = "roles", "users"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a set of files is: its version, how each file is meant, and which system wrote it."""

    version: str = ""
    modes: Mapping[str, Mode] = field(default_factory=dict)
    system: str = ""

    def mode(self, name: str) -> Mode:
        """How a file is meant; absent where nothing is said."""
        return self.modes.get(name, Mode.ABSENT)


@dataclass(frozen=True, slots=True)
class Package:
    """The tables of a set that are read, by name without `.csv`, and everything wrong so far."""

    manifest: Manifest = Manifest()
    tables: Mapping[str, Table] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()


def is_zip(content: bytes) -> bool:
    """Whether bytes begin as a zip does."""
    return content.startswith(BEGINS)


def open_package(content: bytes, *, file: str, but: Collection[str] = ()) -> Package:
    """The tables in a zip but those named; with any fault in the zip itself, none."""
    if len(content) > LARGEST_ZIP:
        return _refused(file, f"It is larger than {LARGEST_ZIP // 1024**2} MB.")
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            return _read(packed, file, but)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        return _refused(
            file, "It cannot be opened: it is damaged, locked by a password, or no zip."
        )


def _refused(file: str, words: str, line: int = 0) -> Package:
    return Package(faults=(Fault(file, line, words),))


def _read(packed: ZipFile, file: str, but: Collection[str]) -> Package:
    inside, faults = _inside(packed, file)
    if faults:
        return Package(faults=tuple(faults))
    if MANIFEST not in inside:
        return _refused(file, f"There is no {MANIFEST} in it, which every set of OneRoster has.")
    room = _Room()
    table = _table(packed, inside[MANIFEST], room)
    manifest, faults = read_manifest(table) if table else (Manifest(), [])
    if faults or table is None:
        return Package(faults=tuple(faults) or (_too_much(file),))
    faults += _disagreeing(manifest, inside)
    tables: dict[str, Table] = {}
    for name in SHAPES[manifest.version]:
        if name in but or manifest.mode(name) is Mode.ABSENT or f"{name}.csv" not in inside:
            continue
        found = _table(packed, inside[f"{name}.csv"], room)
        if found is None:
            return Package(manifest, faults=(_too_much(file),))
        tables[name] = found
        faults += found.faults
    return Package(manifest, tables, tuple(faults), tuple(_notes(manifest, inside)))


@dataclass(slots=True)
class _Room:
    """How many bytes may still come out of the zip, whatever it says of itself."""

    left: int = LARGEST_INSIDE


def _table(packed: ZipFile, info: ZipInfo, room: _Room) -> Table | None:
    """One table; None where the zip holds more than may come out."""
    with packed.open(info) as opened:
        content = opened.read(room.left + 1)
    room.left -= len(content)
    if room.left < 0:
        return None
    return read_table(content, file=_base(info.filename), most=MOST_ROWS)


def _too_much(file: str) -> Fault:
    return Fault(file, 0, f"More than {LARGEST_INSIDE // 1024**2} MB come out of it.")


def _inside(packed: ZipFile, file: str) -> tuple[dict[str, ZipInfo], list[Fault]]:
    """The CSV files by name, whether they lie at the top or together in one folder."""
    entries = [each for each in packed.infolist() if not _is_aside(each)]
    if len(entries) > MOST_FILES:
        return {}, [Fault(file, 0, f"There are more than {MOST_FILES} files in it.")]
    found: dict[str, ZipInfo] = {}
    faults = []
    for entry in entries:
        name = _base(entry.filename)
        if name in found:
            faults.append(Fault(file, 0, f"{name} is in it twice."))
        found[name] = entry
    return found, faults


def _is_aside(entry: ZipInfo) -> bool:
    """Folders, and what a Mac puts beside the files."""
    name = entry.filename
    return entry.is_dir() or name.startswith("__MACOSX/") or not name.lower().endswith(".csv")


def _base(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]


def read_manifest(table: Table) -> tuple[Manifest, list[Fault]]:
    """What the manifest says, and what is wrong with it; `propertyName` and `value` in any order."""
    faults = [*table.faults]
    if set(table.header) != {"propertyName", "value"}:
        faults.append(Fault(MANIFEST, 1, "Its columns must be propertyName and value."))
        return Manifest(), faults
    name_at, value_at = table.header.index("propertyName"), table.header.index("value")
    told: dict[str, str] = {}
    modes: dict[str, Mode] = {}
    for line in table.lines:
        cells = (*line.cells, "", "")
        name, value = cells[name_at], cells[value_at]
        if name in told:
            faults.append(Fault(MANIFEST, line.number, f"{name} is said twice."))
        told[name] = value
        if name.startswith("file."):
            faults += _mode(modes, name.removeprefix("file."), value, line.number)
    version = told.get("oneroster.version", "")
    if version not in VERSIONS:
        faults.append(_version(version))
    elif version == "1.2" and modes.get(USERS) and ROLES not in modes:
        modes[ROLES] = Mode.ABSENT
    system = told.get("source.systemName") or told.get("source.systemCode") or ""
    return Manifest(version, modes, system), faults


def _version(version: str) -> Fault:
    if not version:
        return Fault(MANIFEST, 0, "It does not say oneroster.version.")
    return Fault(MANIFEST, 0, f"It is OneRoster {version}. Observe reads 1.1 and 1.2.")


def _mode(modes: dict[str, Mode], name: str, value: str, number: int) -> Iterator[Fault]:
    word = value.lower()
    if word in set(Mode):
        modes[name] = Mode(word)
    else:
        yield Fault(
            MANIFEST, number, f"file.{name} is “{value}”: it must be bulk, delta or absent."
        )


def _disagreeing(manifest: Manifest, inside: Collection[str]) -> Iterator[Fault]:
    """Files that the manifest promises and that are not there."""
    for name in SHAPES[manifest.version]:
        if manifest.mode(name) is not Mode.ABSENT and f"{name}.csv" not in inside:
            yield Fault(MANIFEST, 0, f"It says that {name}.csv is in the set, and it is not.")
    if all(manifest.mode(name) is Mode.ABSENT for name in ("orgs", USERS, "classes", ROLES)):
        yield Fault(MANIFEST, 0, "It has no schools, people or classes in it.")


def _notes(manifest: Manifest, inside: Collection[str]) -> Iterator[str]:
    """What is in the set and is not read."""
    names = [name.removesuffix(".csv") for name in sorted(inside) if name != MANIFEST]
    known = SHAPES[manifest.version]
    yield from dict.fromkeys(NOT_READ[name] for name in names if name in NOT_READ)
    for name in names:
        if name in known and manifest.mode(name) is Mode.ABSENT:
            yield f"{name}.csv is in the set, but the manifest says absent: it is not read."
        elif name not in known and name not in NOT_READ:
            yield f"{name}.csv is not read."
