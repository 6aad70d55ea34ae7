"""A programme that a group goes through: its dates, who leads it and who is in it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from observe.core.permissions import Person, RoleKind
from observe.core.programme import Programme, Signer, Stage
from observe.core.programme_standing import Dated


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """A programme under way; `school` is where a head leads it, empty for one of the whole network."""

    id: UUID
    name: str
    digest: str
    programme: Programme
    starts_on: date
    led_by: UUID
    leader: str
    school_id: UUID | None
    school: str
    dates: tuple[Dated, ...]
    ended: bool = False

    @property
    def ends_on(self) -> date:
        """The day by which the last stage is due."""
        return max(each.due_on for each in self.dates)

    def dated(self, stage: str) -> Dated | None:
        """A stage with its days; None where it has no such stage."""
        return next((each for each in self.dates if each.stage.stage == stage), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody in a programme; `stages` are those that they join, None for all.

    `schools` are those at which they work or worked when they joined.
    """

    programme_id: UUID
    person_id: UUID
    name: str
    stages: frozenset[str] | None
    schools: frozenset[UUID]

    def joins(self, stage: str) -> bool:
        """Whether they join a stage."""
        return self.stages is None or stage in self.stages

    @property
    def whole(self) -> bool:
        """Whether they join all of it."""
        return self.stages is None


def may_sign(person: Person, under_way: UnderWay, member: Member, stage: Stage) -> bool:
    """Whether somebody signs this stage of a member off; nobody does for themselves."""
    if person.id == member.person_id or not member.joins(stage.stage):
        return False
    if stage.signed_off_by is Signer.ADVISER:
        return bool(person.schools(RoleKind.ADVISER) & member.schools)
    if stage.signed_off_by is Signer.FACILITATOR:
        return person.has(RoleKind.FACILITATOR)
    return stage.signed_off_by is Signer.LEAD and person.id == under_way.led_by
