"""Schools, teams, classes and people as a file of another system says them, whatever its format."""

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any

from observe.core.permissions import RoleKind


class Kind(StrEnum):
    """What a row is about; a post is one role of one person."""

    SCHOOL = "school"
    TEAM = "team"
    CLASS = "class"
    PERSON = "person"
    POST = "post"


class Mode(StrEnum):
    """Whether a file holds everything of its kind, only what changed, or is not there."""

    BULK = "bulk"
    DELTA = "delta"
    ABSENT = "absent"


PLACES = (Kind.SCHOOL, Kind.TEAM, Kind.CLASS)
IN_A_SCHOOL = (RoleKind.HEAD, RoleKind.ADVISER, RoleKind.LEADER, RoleKind.TEACHER)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing as the file says it; `key` is its number there, and what its kind has not is empty.

    `school`, `team` and `person` are keys too; `role` is that of a post, `gone` says that it left.
    """

    kind: Kind
    key: str
    name: str = ""
    email: str = ""
    school: str = ""
    team: str = ""
    person: str = ""
    role: str = ""
    gone: bool = False
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Sent:
    """All that a file says and Observe takes in.

    `posts_with_people` is whether a person's row says all of their posts; `by_name` whether places have
    no number but their name, so that one renamed here stays as it is. `lists` are names of pupils by
    class, where they were asked for. `left_out` counts what is not taken in, by its word.
    """

    rows: tuple[Row, ...] = ()
    modes: Mapping[Kind, Mode] = field(default_factory=dict)
    posts_with_people: bool = True
    by_name: bool = False
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def of(self, kind: Kind) -> list[Row]:
        """The rows of a kind, in the order of the file."""
        return [row for row in self.rows if row.kind is kind]

    def mode(self, kind: Kind) -> Mode:
        """How the file means its rows of a kind."""
        return self.modes.get(kind, Mode.ABSENT)


@dataclass(frozen=True, slots=True)
class Choices:
    """What whoever brings a file decides: what administrators are, whether names of pupils are kept.

    `today` is the day it is brought: a role that has ended by then, or begins later, is none. Without it
    every role in the file counts.
    """

    administrators: RoleKind | None = None
    pupils: bool = False
    today: date | None = None


NAMES = tuple(each.name for each in fields(Row))


def packed(sent: Sent) -> bytes:
    """What was sent as compressed JSON, to be kept until it is applied."""
    told = {
        "rows": [[getattr(row, name) for name in NAMES] for row in sent.rows],
        "modes": dict(sent.modes),
        "posts_with_people": sent.posts_with_people,
        "by_name": sent.by_name,
        "lists": dict(sent.lists),
        "left_out": dict(sent.left_out),
        "notes": sent.notes,
    }
    return compressed(told)


def unpacked(content: bytes) -> Sent:
    """What `packed` made of it."""
    told = expanded(content)
    return Sent(
        rows=tuple(_row(cells) for cells in told["rows"]),
        modes={Kind(kind): Mode(mode) for kind, mode in told["modes"].items()},
        posts_with_people=told["posts_with_people"],
        by_name=told["by_name"],
        lists={key: tuple(names) for key, names in told["lists"].items()},
        left_out=told["left_out"],
        notes=tuple(told["notes"]),
    )


def _row(cells: Iterable[Any]) -> Row:
    kind, *others = cells
    return Row(Kind(kind), *others)


def compressed(told: object) -> bytes:
    """JSON, compressed."""
    return zlib.compress(json.dumps(told, ensure_ascii=False).encode(), 1)


def expanded(content: bytes) -> Any:
    """The JSON that was compressed."""
    return json.loads(zlib.decompress(content))


def fingerprint(deeds: Iterable[object]) -> str:
    """Sixteen hexadecimal digits that differ wherever two lists of deeds differ."""
    found = hashlib.sha256()
    for deed in deeds:
        found.update(repr(deed).encode())
    return found.hexdigest()[:16]
