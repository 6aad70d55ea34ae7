"""What the server answers to each operation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

NEEDS_REPAIR = "needs_repair"
Deciding = Mapping[str, UUID | Sequence[UUID]]


class Status(StrEnum):
    """What became of an operation."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    LATE = "late"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of one operation; `sequence` is its place in its owner's changes.

    `same_as` names the record into which a second one was folded. `fields` says which operation
    decides each field, where a seal did not fit.
    """

    op_id: UUID
    status: Status
    sequence: int | None = None
    code: str | None = None
    detail: str | None = None
    conflicts_with: Sequence[UUID] = ()
    same_as: UUID | None = None
    fields: Deciding | None = None
