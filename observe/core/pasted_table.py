"""A table pasted from a spreadsheet → one line for each person and role, and the faults of each line."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from observe.core.contact import email_fault, name_fault, plain, sort_key
from observe.core.permissions import RoleKind

MOST_LINES = 2000
LONGEST_TEXT = 450_000
csv.field_size_limit(2 * LONGEST_TEXT)
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "full name", "person", "teacher", "staff", "staff name", "who"),
    "first": ("first name", "forename", "given name", "firstname"),
    "last": ("last name", "surname", "family name", "lastname"),
    "email": ("email", "e-mail", "mail", "email address", "e-mail address", "work email"),
    "role": ("role", "roles", "job", "job title", "position"),
    "school": ("school", "school name", "academy", "site"),
    "team": ("team", "department", "phase", "key stage", "faculty"),
    "class": ("class", "classes", "form", "set", "class name", "tutor group", "year group"),
}
ROLES: Mapping[RoleKind, tuple[str, ...]] = {
    RoleKind.HEAD: ("head", "headteacher", "head teacher", "principal", "executive head"),
    RoleKind.ADVISER: ("adviser", "advisor", "coach"),
    RoleKind.LEADER: (
        "leader",
        "team leader",
        "phase leader",
        "head of department",
        "middle leader",
    ),
    RoleKind.TEACHER: ("teacher", "class teacher", "tutor"),
    RoleKind.FACILITATOR: ("facilitator",),
    RoleKind.DEPUTY: ("deputy", "facilitator's deputy", "deputy facilitator"),
}
_COLUMN = {word: column for column, words in COLUMNS.items() for word in words}
_ROLE = {word: kind for kind, words in ROLES.items() for word in words}
IN_A_SCHOOL = (RoleKind.HEAD, RoleKind.ADVISER, RoleKind.LEADER, RoleKind.TEACHER)


@dataclass(frozen=True, slots=True)
class PastedLine:
    """One line of the table, counted from 1 with the header; `faults` say what to do about it."""

    number: int
    name: str = ""
    email: str = ""
    role: RoleKind | None = None
    school: str = ""
    team: str = ""
    school_class: str = ""
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PastedTable:
    """Every line that holds something, what is wrong with the whole, and columns that are not used."""

    lines: tuple[PastedLine, ...] = ()
    fault: str = ""
    unused: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reading:
    """One line while it is read."""

    cells: Mapping[str, str]
    faults: list[str] = field(default_factory=list)

    def blame(self, fault: str) -> None:
        """Keep a fault, unless it is empty."""
        self.faults += [fault] if fault else []


def read_table(text: str) -> PastedTable:
    """The lines of a pasted table; its first row names the columns, in any order."""
    if len(text) > LONGEST_TEXT:
        return PastedTable(fault=f"Paste at most {MOST_LINES} lines at a time.")
    rows = list(_rows(text))
    if not rows:
        return PastedTable(fault="Paste a table with a first row that names the columns.")
    (_, header), *others = rows
    columns = [_COLUMN.get(_word(cell), "") for cell in header]
    fault = _fault_of_header(columns) or _fault_of_length(others)
    unused = tuple(plain(cell) for cell in header if cell.strip() and _word(cell) not in _COLUMN)
    if fault:
        return PastedTable(fault=fault, unused=unused)
    return PastedTable(tuple(_line(number, cells, columns) for number, cells in others), "", unused)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold something, with the number of their first line in the paste."""
    reader = csv.reader(text.splitlines(keepends=True), delimiter=separator(text))
    began = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield began, cells
        began = reader.line_num + 1


def column_named(word: str) -> str:
    """Which column a heading means; empty for one that is not known."""
    return _COLUMN.get(_word(word), "")


def role_named(word: str) -> RoleKind | None:
    """The role that a word means; None for one that is not known."""
    return _ROLE.get(_word(word))


def separator(text: str) -> str:
    """What stands between cells: a tab, as a spreadsheet copies it, else a semicolon or a comma."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max("\t;,", key=header.count)


def _word(cell: str) -> str:
    return sort_key(plain(cell)).replace("_", " ").replace("’", "'").strip("\ufeff *:")


def _fault_of_header(columns: Sequence[str]) -> str:
    known = [column for column in columns if column]
    doubled = next((column for column in known if known.count(column) > 1), None)
    if doubled:
        return f"Two columns look like “{doubled}”. Leave one of them out."
    if "school" in known or {"name", "email"} <= {*known} or {"first", "email"} <= {*known}:
        return ""
    return "The first row must name the columns, such as: name, e-mail, role, school, team, class."


def _fault_of_length(rows: Sequence[object]) -> str:
    if not rows:
        return "There is nothing under the first row. Paste the lines as well."
    return f"Paste at most {MOST_LINES} lines at a time." if len(rows) > MOST_LINES else ""


def _line(number: int, cells: Sequence[str], columns: Sequence[str]) -> PastedLine:
    named = {column: plain(cell) for column, cell in zip(columns, cells, strict=False) if column}
    reading = _Reading(named)
    reading.blame(_fault_of_shape(cells, len(columns)))
    who = _who(reading)
    return PastedLine(
        number=number,
        name=who[0],
        email=who[1],
        role=_role(reading, somebody=any(who)),
        school=_place(reading, "school"),
        team=_place(reading, "team"),
        school_class=_place(reading, "class"),
        faults=tuple(reading.faults),
    )


def _fault_of_shape(cells: Sequence[str], expected: int) -> str:
    if any("\n" in cell.strip() or "\r" in cell.strip() for cell in cells):
        return "A quotation mark is opened on this line and not closed. Take it out."
    if any(cell.strip() for cell in cells[expected:]):
        return (
            f"This line has {len(cells)} cells and the first row {expected}. "
            "Put a text that holds the separator in quotation marks."
        )
    return ""


def _who(reading: _Reading) -> tuple[str, str]:
    """Name and e-mail address; both empty on a line that only names places."""
    cells = reading.cells
    name = cells.get("name") or plain(f"{cells.get('first', '')} {cells.get('last', '')}")
    email = cells.get("email", "").lower()
    if name and not email:
        reading.blame(f"Add the e-mail address of {name}: it tells namesakes apart.")
    elif email:
        reading.blame(name_fault(name, of="the name of this person"))
        reading.blame(email_fault(email) and f"“{email}” is not an e-mail address.")
    return name, email


def _role(reading: _Reading, *, somebody: bool) -> RoleKind | None:
    word = reading.cells.get("role", "")
    kind = _ROLE.get(_word(word))
    if word and kind is None:
        known = ", ".join(words[0] for words in ROLES.values())
        reading.blame(f"“{word}” is not a role here. Use one of: {known}.")
    if kind and not somebody:
        reading.blame("Say who has this role: add a name and an e-mail address.")
    if kind in IN_A_SCHOOL and not reading.cells.get("school"):
        reading.blame("Add the school: this role belongs to one.")
    if kind is RoleKind.LEADER and not reading.cells.get("team"):
        reading.blame("Add the team that this person leads.")
    return kind


def _place(reading: _Reading, column: str) -> str:
    name = reading.cells.get(column, "")
    if name and column != "school" and not reading.cells.get("school"):
        reading.blame(f"Add the school that “{name}” belongs to.")
    reading.blame(name and name_fault(name, of=f"the name of the {column}"))
    return name
