"""Signing stages off: somebody's word that what was counted was also done well."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from observe.core.errors import Conflict, Refused
from observe.core.permissions import Person, RoleKind, Thing, check
from observe.core.programme import Signer
from observe.core.programme_group import Member, UnderWay, may_sign
from observe.core.programme_standing import Standing
from observe.services import programme_members, programme_progress
from observe.services.programme_progress import GroupProgress
from observe.storage import history, programmes
from observe.storage.database import NetworkSession
from observe.storage.tables.programme import StageSignOff


@dataclass(frozen=True, slots=True)
class ToSign:
    """A stage of a member that waits for somebody's sign-off."""

    under_way: UnderWay
    member: Member
    standing: Standing


def thing(
    session: NetworkSession, programme_id: UUID, person_id: UUID, stage: str, *, by: Person
) -> Thing:
    """A stage of a member as permissions see it: its reader is who may sign; Missing for a stranger."""
    under_way = programmes.find(session, programme_id)
    member = programme_members.member(session, programme_id, person_id)
    found = under_way.programme.stage(stage)
    signs = found is not None and may_sign(by, under_way, member, found)
    return Thing(
        network_id=session.network_id,
        teacher_id=person_id,
        reader_ids=frozenset({by.id} if signs else ()),
    )


def sign_off(
    session: NetworkSession,
    programme_id: UUID,
    person_id: UUID,
    stage: str,
    *,
    by: Person,
    at: datetime,
) -> None:
    """Say that a stage is done well; Conflict while its evidence lacks, and twice does no harm."""
    _check(session, programme_id, person_id, stage, by=by)
    if programmes.sign_off_row(session, programme_id, stage, person_id):
        return
    if not _complete(session, programme_id, person_id, stage, at=at):
        raise Conflict("What this stage asks for is not all there yet. Sign it off when it is.")
    row = StageSignOff(programme_id=programme_id, stage=stage, person_id=person_id, by=by.id, at=at)
    session.add(row)
    session.flush()
    _wrote(session, "stage signed off", programme_id, person_id, stage, by=by, at=at)


def undo(
    session: NetworkSession,
    programme_id: UUID,
    person_id: UUID,
    stage: str,
    *,
    by: Person,
    at: datetime,
) -> None:
    """Take back one's own sign-off; Refused for somebody else's."""
    row = programmes.sign_off_row(session, programme_id, stage, person_id)
    if row is None:
        return
    if row.by != by.id:
        raise Refused("Only who signed this off can take it back.")
    session.delete(row)
    session.flush()
    _wrote(session, "sign-off taken back", programme_id, person_id, stage, by=by, at=at)


def waiting(session: NetworkSession, *, by: Person, at: datetime) -> Sequence[ToSign]:
    """The stages that somebody may sign off now, programme by programme, by name."""
    today = at.astimezone(programmes.zone(session)).date()
    return [
        ToSign(group.under_way, each.member, standing)
        for group in _groups(session, by, today)
        for each in sorted(group.people, key=lambda each: each.member.name)
        for standing in each.to_sign
        if may_sign(by, group.under_way, each.member, standing.stage)
    ]


def _groups(session: NetworkSession, by: Person, today: date) -> Iterator[GroupProgress]:
    """The groups that go on and have a stage that somebody like this may sign."""
    for each in programmes.every(session):
        if not each.ended and _concerns(each, by):
            yield programme_progress.of_group(session, each.id, today)


def _concerns(under_way: UnderWay, by: Person) -> bool:
    signers = {stage.signed_off_by for stage in under_way.programme.stages}
    return (
        (Signer.ADVISER in signers and by.has(RoleKind.ADVISER))
        or (Signer.FACILITATOR in signers and by.has(RoleKind.FACILITATOR))
        or (Signer.LEAD in signers and by.id == under_way.led_by)
    )


def _check(
    session: NetworkSession, programme_id: UUID, person_id: UUID, stage: str, *, by: Person
) -> None:
    check(by, "sign off stage", thing(session, programme_id, person_id, stage, by=by))


def _complete(
    session: NetworkSession, programme_id: UUID, person_id: UUID, stage: str, *, at: datetime
) -> bool:
    today = at.astimezone(programmes.zone(session)).date()
    mine = programme_progress.of_person(session, person_id, today).programmes
    found = [each.standing(stage) for each in mine if each.under_way.id == programme_id]
    return any(each is not None and each.complete for each in found)


def _wrote(
    session: NetworkSession,
    did: str,
    programme_id: UUID,
    person_id: UUID,
    stage: str,
    *,
    by: Person,
    at: datetime,
) -> None:
    told = {"person": str(person_id), "stage": stage}
    history.wrote(session, did, "programme", programme_id, by=by.id, at=at, **told)
