"""What a file would do here, deed by deed, and how each is told; what there is before."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from observe.core.permissions import Role, RoleKind
from observe.core.roster import Kind
from observe.core.table_file import Fault

Ref = UUID | str
"""Somebody or something that is here, or the number in the file of what will be."""


class Effect(StrEnum):
    """What a file would do with a thing."""

    NEW = "new"
    CHANGED = "changed"
    LEAVING = "leaving"
    BACK = "back"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class AddPlace:
    """A school, team or class that is new."""

    kind: Kind
    key: str
    name: str
    school: Ref | None


@dataclass(frozen=True, slots=True)
class RenamePlace:
    """Another name for a school, team or class."""

    kind: Kind
    id: UUID
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Know:
    """From now on this number of the file means this school, team, class or person."""

    kind: Kind
    key: str
    id: UUID


@dataclass(frozen=True, slots=True)
class Forget:
    """This number of the file means nothing any more."""

    kind: Kind
    key: str


@dataclass(frozen=True, slots=True)
class AddPerson:
    """Somebody new."""

    key: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class ChangePerson:
    """Another name or e-mail address."""

    id: UUID
    before: tuple[str, str]
    after: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Give:
    """A role that somebody has from now on."""

    person: Ref
    role: RoleKind
    school: Ref
    team: Ref | None


@dataclass(frozen=True, slots=True)
class Move:
    """A teacher of a school goes into another team of it, or into none."""

    person: UUID
    school: UUID
    before: UUID | None
    team: Ref | None


@dataclass(frozen=True, slots=True)
class Take:
    """A role that somebody has no more."""

    person: UUID
    role: Role


@dataclass(frozen=True, slots=True)
class KeepPost:
    """A row of the file that says a role of somebody."""

    key: str
    person: Ref
    role: RoleKind
    school: Ref
    team: Ref | None


@dataclass(frozen=True, slots=True)
class Leave:
    """Somebody left, as the file says."""

    id: UUID
    key: str


@dataclass(frozen=True, slots=True)
class Return:
    """Somebody who left by a file is here again."""

    id: UUID
    key: str


@dataclass(frozen=True, slots=True)
class ListPupils:
    """The names on the list of a class."""

    school_class: Ref
    names: tuple[str, ...]


Deed = (
    AddPlace
    | RenamePlace
    | Know
    | Forget
    | AddPerson
    | ChangePerson
    | Give
    | Move
    | Take
    | KeepPost
    | Leave
    | Return
    | ListPupils
)


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one thing, in words, with the line of the file that says so."""

    effect: Effect
    kind: Kind
    who: str
    words: tuple[str, ...] = ()
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person of the network before the file comes."""

    id: UUID
    name: str
    email: str
    left: bool
    roles: frozenset[Role] = frozenset()
    open_targets: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A school, team or class before the file comes."""

    id: UUID
    name: str
    school_id: UUID | None = None
    pupils: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Here:
    """All that there is in the network, and what the numbers of this source mean so far.

    `posts` are the roles that its rows say, by person and number; `away` the numbers of people who left
    by a file; `others` the roles that other sources say of a person; `erased` the days on which people
    were erased whom the file names, by their number in it.
    """

    places: Mapping[Kind, Mapping[UUID, Place]] = field(default_factory=dict)
    people: Mapping[UUID, Somebody] = field(default_factory=dict)
    keys: Mapping[tuple[Kind, str], UUID] = field(default_factory=dict)
    posts: Mapping[UUID, Mapping[str, Role]] = field(default_factory=dict)
    away: frozenset[str] = frozenset()
    others: Mapping[UUID, frozenset[Role]] = field(default_factory=dict)
    erased: Mapping[str, date] = field(default_factory=dict)


@dataclass(slots=True)
class Difference:
    """What a file would change, while it is put together; with a fault in it nothing may be done.

    `erased` counts the people in the file who were erased here.
    """

    deeds: list[Deed] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    same: Counter[Kind] = field(default_factory=Counter)
    known_people: int = 0
    erased: int = 0

    def count(self, effect: Effect, *kinds: Kind) -> int:
        """How many things of these kinds have this effect."""
        return sum(c.effect is effect and (not kinds or c.kind in kinds) for c in self.changes)

    def of(self, effect: Effect) -> list[Change]:
        """What has this effect, in the order of the file."""
        return [change for change in self.changes if change.effect is effect]

    @property
    def may_apply(self) -> bool:
        """Whether there is something to do and nothing to mend."""
        return bool(self.deeds) and not self.faults
