"""A CSV file of people in anybody's columns: which column is what, which word is which role."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from observe.core.contact import email_fault, name_fault, sort_key
from observe.core.oneroster import LONGEST_KEY
from observe.core.pasted_table import ROLES, column_named, role_named
from observe.core.permissions import RoleKind
from observe.core.roster import IN_A_SCHOOL, Kind, Mode, Row, Sent
from observe.core.table_file import Fault, Line, Table

FIELDS = ("name", "first", "last", "email", "number", "role", "school", "team", "class")
NUMBERS = (
    "id",
    "number",
    "staff code",
    "staff id",
    "person id",
    "sourcedid",
    "mis id",
    "employee id",
)
NOBODY = "nobody"
MOST_WORDS = 60


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What was chosen for the files of a source, and is kept for the next one.

    `columns` leads from what Observe needs to a heading, `roles` from a word of the file to a role or to
    `nobody`. `role` and `school` hold for every line where no column says one. `whole` says that whoever
    is not in the file any more has left, and a role that it does not say any more is taken away.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    role: str = ""
    school: str = ""
    whole: bool = False


def as_json(mapping: ColumnMapping) -> dict[str, Any]:
    """The mapping as it is kept."""
    return {
        "columns": dict(mapping.columns),
        "roles": dict(mapping.roles),
        "role": mapping.role,
        "school": mapping.school,
        "whole": mapping.whole,
    }


def from_json(kept: Mapping[str, Any]) -> ColumnMapping:
    """The mapping that was kept; an empty one where nothing was."""
    return ColumnMapping(
        columns=kept.get("columns", {}),
        roles=kept.get("roles", {}),
        role=kept.get("role", ""),
        school=kept.get("school", ""),
        whole=kept.get("whole", False),
    )


def guessed(header: Sequence[str], kept: ColumnMapping) -> ColumnMapping:
    """What was chosen last time, as far as the file still has it; the rest from its headings."""
    columns = {name: column for name, column in kept.columns.items() if column in header}
    for heading in header:
        name = _meant(heading)
        if name and name not in columns and heading not in columns.values():
            columns[name] = heading
    if "first" in columns and "last" in columns and "name" not in kept.columns:
        columns.pop("name", None)
    return replace(kept, columns=columns)


def _meant(heading: str) -> str:
    word = sort_key(heading).replace("_", " ").strip()
    return "number" if word in NUMBERS else column_named(heading)


def there(table: Table, mapping: ColumnMapping) -> ColumnMapping:
    """The mapping without columns that the file does not have."""
    columns = {
        name: heading for name, heading in mapping.columns.items() if heading in table.header
    }
    return replace(mapping, columns=columns)


def lacking(table: Table, mapping: ColumnMapping) -> tuple[str, ...]:
    """What must be chosen before the file can be read, each as the field to choose it in."""
    found: list[str] = []
    columns = mapping.columns
    if not ({"name"} <= columns.keys() or {"first", "last"} <= columns.keys()):
        found.append("name")
    if not {"email", "number"} & columns.keys():
        found.append("email")
    if "role" not in columns and mapping.role not in IN_A_SCHOOL:
        found.append("role")
    if "school" not in columns and not mapping.school:
        found.append("school")
    if any(word not in mapping.roles for word in strange_roles(table, mapping)):
        found.append("roles")
    return tuple(found)


def strange_roles(table: Table, mapping: ColumnMapping) -> dict[str, int]:
    """Words in the column of roles that Observe does not know, and on how many lines each stands."""
    if "role" not in mapping.columns:
        return {}
    place = table.header.index(mapping.columns["role"])
    words = Counter(_cell(line, place) for line in table.lines)
    found = {word: count for word, count in words.items() if word and role_named(word) is None}
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0]))[:MOST_WORDS])


def _cell(line: Line, place: int) -> str:
    return line.cells[place] if place < len(line.cells) else ""


def read_people(table: Table, mapping: ColumnMapping) -> tuple[Sent, tuple[Fault, ...]]:
    """What the file says in these columns, and every fault in it."""
    reading = _Reading(table, mapping)
    places = {name: table.header.index(column) for name, column in mapping.columns.items()}
    for line in table.lines:
        cells = {name: _cell(line, place) for name, place in places.items()}
        _read(reading, cells, line.number)
    people = Mode.BULK if mapping.whole else Mode.DELTA
    modes = dict.fromkeys(Kind, Mode.DELTA) | {Kind.PERSON: people, Kind.POST: people}
    used = set(mapping.columns.values())
    unused = [name for name in table.header if name and name not in used]
    notes = (f"Columns that are not used: {', '.join(unused)}.",) if unused else ()
    sent = Sent(
        tuple(reading.rows.values()),
        modes,
        posts_with_people=mapping.whole,
        by_name=True,
        left_out=dict(reading.left_out),
        notes=notes,
    )
    return sent, (*table.faults, *reading.faults)


@dataclass(slots=True)
class _Reading:
    """A file while it is read: each thing once, however many lines name it."""

    table: Table
    mapping: ColumnMapping
    rows: dict[tuple[Kind, str], Row] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    places: dict[tuple[Kind, str, str], str] = field(default_factory=dict)

    def blame(self, line: int, words: str) -> None:
        """Keep a fault of a line, unless it is empty."""
        self.faults += [Fault(self.table.file, line, words)] if words else []

    def keep(self, row: Row) -> Row:
        """This row, or the one that said the same thing first."""
        return self.rows.setdefault((row.kind, row.key), row)


def _read(reading: _Reading, cells: Mapping[str, str], line: int) -> None:
    name = cells.get("school") or reading.mapping.school
    school = _place(reading, Kind.SCHOOL, name, line)
    team = _place(reading, Kind.TEAM, cells.get("team", ""), line, school)
    _place(reading, Kind.CLASS, cells.get("class", ""), line, school)
    name = cells.get("name") or f"{cells.get('first', '')} {cells.get('last', '')}".strip()
    if name or cells.get("email") or cells.get("number"):
        _person(reading, cells, name, school, team, line)


def _place(reading: _Reading, kind: Kind, name: str, line: int, school: str = "") -> str:
    """The key of a place; empty where the line names none."""
    known = reading.places.get((kind, school, name))
    if known is not None or not name:
        return known or ""
    if kind is not Kind.SCHOOL and not school:
        reading.blame(line, f"Add the school that “{name}” belongs to.")
        return ""
    reading.blame(line, name_fault(name, of=f"the name of the {kind}"))
    key = f"{school}/{sort_key(name)}" if school else sort_key(name)
    reading.keep(Row(kind, key, name, school=school, file=reading.table.file, line=line))
    reading.places[kind, school, name] = key
    return key


def _person(
    reading: _Reading, cells: Mapping[str, str], name: str, school: str, team: str, line: int
) -> None:
    word = cells.get("role", "")
    role = _role(reading, word, line)
    if role is None:
        reading.left_out[word or "no role"] += 1
        return
    email, number = cells.get("email", "").lower(), cells.get("number", "")
    _check_person(reading, name, email, number, line)
    _check_post(reading, role, school, team, line)
    key, file = number or email, reading.table.file
    row = Row(Kind.PERSON, key, name, email, file=file, line=line)
    first = reading.keep(row)
    if key and (first.name, first.email) != (name, email):
        words = f"Line {first.line} has another name or address for {key}: {first.name}."
        reading.blame(line, words)
    post = f"{key}|{role}|{team if role is RoleKind.LEADER else school}"
    in_team = team if role in (RoleKind.LEADER, RoleKind.TEACHER) else ""
    _keep_post(reading, Row(Kind.POST, post, "", "", school, in_team, key, role, False, file, line))


def _keep_post(reading: _Reading, row: Row) -> None:
    """A role once; a teacher of a school in two teams is a fault."""
    first = reading.keep(row)
    if first.team and row.team and first.team != row.team:
        words = f"Line {first.line} has them in another team. A teacher is in one team of a school."
        reading.blame(row.line, words)
    elif row.team and not first.team:
        reading.rows[row.kind, row.key] = row


def _role(reading: _Reading, word: str, line: int) -> RoleKind | None:
    """The role of a line; None for a word that was chosen to mean nobody here."""
    chosen = reading.mapping.roles.get(word, "") if word else reading.mapping.role
    kind = role_named(word) if word else None
    if kind is not None and kind not in IN_A_SCHOOL:
        reading.blame(line, f"A file gives nobody the role of {kind}. Give it on their own page.")
    if kind is None and chosen in set(IN_A_SCHOOL):
        kind = RoleKind(chosen)
    if kind is None and chosen != NOBODY:
        known = ", ".join(ROLES[each][0] for each in IN_A_SCHOOL)
        words = f"“{word}” is no role here" if word else "No role is said"
        reading.blame(line, f"{words}. Use one of: {known}.")
    return kind


def _check_person(reading: _Reading, name: str, email: str, number: str, line: int) -> None:
    reading.blame(line, name_fault(name, of="the name of this person"))
    reading.blame(line, email and email_fault(email) and f"“{email}” is not an e-mail address.")
    if len(number) > LONGEST_KEY:
        reading.blame(line, f"The number has more than {LONGEST_KEY} characters.")
    if not (email or number):
        reading.blame(
            line, f"Add an e-mail address or a number for {name}: it tells namesakes apart."
        )


def _check_post(reading: _Reading, role: RoleKind, school: str, team: str, line: int) -> None:
    if not school:
        reading.blame(line, "Add the school: this role belongs to one.")
    if role is RoleKind.LEADER and school and not team:
        reading.blame(line, "Add the team that this person leads.")
