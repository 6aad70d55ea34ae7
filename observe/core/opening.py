"""What an `open` says: which lesson a record is of, planned or made in the classroom."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from observe.core.operations import uuid_in, whole
from observe.core.rubric import LessonKind

PAIR_CODE = re.compile(r"[BCDFGHJKLMNPQRSTVWXYZ]{6}")

# A tablet's clock may be wrong by years; around a lesson there must still be days before and after it.
YEARS = range(1900, 9000)


@dataclass(frozen=True, slots=True)
class Unplanned:
    """A lesson that a tablet made, as it names it."""

    kind: LessonKind
    school_id: UUID
    teacher_id: UUID
    class_id: UUID | None
    starts_at: datetime
    rubric: str


@dataclass(frozen=True, slots=True)
class Opening:
    """The lesson that a record is of; `unplanned` describes one that the server may not know."""

    lesson_id: UUID
    unplanned: Unplanned | None = None
    pair_code: str | None = None


def read_opening(value: Any) -> Opening | None:
    """What the value of an `open` says, or None if it is not complete."""
    if not isinstance(value, dict):
        return None
    if value.get("lesson") is None:
        lesson_id = uuid_in(value.get("lesson_id"))
        return Opening(lesson_id) if lesson_id else None
    lesson_id, unplanned = _lesson(value["lesson"])
    if lesson_id is None or unplanned is None:
        return None
    return Opening(lesson_id, unplanned, value.get("pair_code"))


def wrong_code(value: Any) -> bool:
    """Whether a pair code was given that is not six capital consonants."""
    code = value.get("pair_code") if isinstance(value, dict) else None
    return code is not None and not (isinstance(code, str) and PAIR_CODE.fullmatch(code))


def moment(value: object) -> datetime | None:
    """The moment of a text with a zone, or of milliseconds since 1970; UTC, None for anything else."""
    try:
        if (milliseconds := whole(value)) is not None:
            return datetime.fromtimestamp(milliseconds / 1000, UTC)
        told = datetime.fromisoformat(value) if isinstance(value, str) else None
        return told.astimezone(UTC) if told and told.tzinfo else None
    except (ValueError, OverflowError, OSError):
        return None


def _lesson(value: Any) -> tuple[UUID | None, Unplanned | None]:
    """The id and the description of a lesson with the keys of bootstrap."""
    if not isinstance(value, dict):
        return None, None
    kinds = {kind.value: kind for kind in LessonKind}
    kind = kinds.get(value["kind"]) if isinstance(value.get("kind"), str) else None
    school, teacher, taught = (_id(value.get(key)) for key in ("school", "teacher", "class"))
    starts_at, rubric = _start(value.get("starts_at")), value.get("rubric")
    if not (kind and school and teacher and starts_at and isinstance(rubric, str)):
        return None, None
    if value.get("class") is not None and taught is None:
        return None, None
    unplanned = Unplanned(kind, school, teacher, taught, starts_at, rubric)
    return uuid_in(value.get("lesson_id")), unplanned


def _start(value: object) -> datetime | None:
    """When a lesson starts; None where no calendar of a school has room for it."""
    told = moment(value)
    return told if told and told.year in YEARS else None


def _id(named: Any) -> UUID | None:
    """The id of a person or place, given alone or, as in bootstrap, beside its name."""
    return uuid_in(named.get("id") if isinstance(named, dict) else named)
