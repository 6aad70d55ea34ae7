"""A pasted table of people: what it would change, line by line, and then the change itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from observe.core.errors import Invalid
from observe.core.pasted_table import PastedLine, PastedTable, read_table
from observe.core.permissions import Person, RoleKind
from observe.services.people_roll import Roll
from observe.storage.database import NetworkSession


class Effect(StrEnum):
    """What a line would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """What one line would do, in words; or what to mend in it."""

    number: int
    who: str
    effect: Effect
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a table would change; `fault` is about the table as a whole."""

    lines: tuple[PlannedLine, ...] = ()
    fault: str = ""
    unused: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    def count(self, effect: Effect) -> int:
        """How many lines have this effect."""
        return sum(line.effect == effect for line in self.lines)

    @property
    def may_apply(self) -> bool:
        """Whether there is something to change and nothing to mend."""
        changes = self.count(Effect.NEW) + self.count(Effect.CHANGED)
        return not self.fault and not self.count(Effect.FAULT) and changes > 0


def check(session: NetworkSession, text: str, *, by: Person, at: datetime) -> Plan:
    """What this table would change; nothing is changed."""
    return _plan(Roll(session, by=by, at=at), read_table(text))


def apply(session: NetworkSession, text: str, *, by: Person, at: datetime) -> Plan:
    """Change what the table says, all of it or, with a fault in it, nothing."""
    roll = Roll(session, by=by, at=at)
    plan = _plan(roll, read_table(text))
    if plan.fault or plan.count(Effect.FAULT):
        raise Invalid("Mend the lines below, then check the table again. Nothing was changed.")
    roll.write()
    return plan


def _plan(roll: Roll, table: PastedTable) -> Plan:
    lines = tuple(_planned(roll, line) for line in table.lines)
    return Plan(lines, table.fault, table.unused, tuple(roll.new_places))


def _planned(roll: Roll, line: PastedLine) -> PlannedLine:
    who = line.name or line.email or ", ".join(filter(None, (line.school, line.school_class)))
    faults = line.faults or tuple(_faults(roll, line))
    if faults:
        return PlannedLine(line.number, who, Effect.FAULT, faults)
    is_new = bool(line.email) and line.email not in roll.people
    words = tuple(_changes(roll, line))
    effect = Effect.NEW if is_new else Effect.CHANGED if words else Effect.SAME
    return PlannedLine(line.number, who, effect, words)


def _faults(roll: Roll, line: PastedLine) -> Iterator[str]:
    """What is wrong with a line because of who is there already, or of an earlier line."""
    known = roll.people.get(line.email)
    if line.email and known is None and line.role is None:
        yield f"Add a role for {line.name}, such as teacher."
    if known is None:
        return
    if known.left:
        yield f"{known.name} has left. Bring them back on their own page first, or take this line out."
    earlier = roll.named_on.get(line.email)
    if earlier and known.name != line.name:
        yield (
            f"Line {earlier} gives this address to {known.name}. Two people cannot share an address."
        )
    if line.role and roll.is_oneself(known) and not roll.holds(known, line):
        yield "These are your own roles. Another facilitator has to change them."


def _changes(roll: Roll, line: PastedLine) -> Iterator[str]:
    """Make the line's changes on the roll; what they are, in words."""
    school_id = roll.school(line.school) if line.school else None
    team_id = roll.team(school_id, line.team) if school_id and line.team else None
    if school_id and line.school_class and roll.add_class(school_id, line.school_class):
        yield f"class {line.school_class} in {line.school}"
    if not line.email:
        return
    person, renamed_from = roll.person(line.email, line.name, line=line.number)
    if renamed_from:
        yield f"name: {line.name} instead of {renamed_from}"
    if line.role and roll.add_role(person, line.role, school_id, team_id):
        yield in_words(line.role, line.school, line.team)


def in_words(kind: RoleKind, school: str, team: str) -> str:
    """Such as `leader of Upper school, Thornbeck Primary`."""
    return {
        RoleKind.HEAD: f"head of {school}",
        RoleKind.ADVISER: f"adviser of {school}",
        RoleKind.LEADER: f"leader of {team}, {school}",
        RoleKind.TEACHER: f"teacher in {', '.join(filter(None, (team, school)))}",
    }.get(kind, str(kind))
