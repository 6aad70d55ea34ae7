"""How somebody observes, looked at by themselves and by an assessor: who may, and where each look is."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from observe.core.assessing import Kind, Moment, Part, Round
from observe.core.errors import Conflict, Invalid, Missing
from observe.core.permissions import Person, RoleKind, Thing
from observe.core.rubric import LessonKind
from observe.storage import assessing, assessors, history, people, records, rubrics
from observe.storage.database import NetworkSession
from observe.storage.rubrics import Published

LOOKED_AT = (RoleKind.HEAD, RoleKind.LEADER)
NO_RUBRIC = "There is no rubric for observing yet. Ask your facilitator to add Observing well."
SHIPPED = "observing-well"
SEALED = "You have sealed this, so it stays as it is."


def thing(session: NetworkSession, round_id: UUID, **_more: object) -> Thing:
    """A round as permissions see it: of whom it is, and who assesses or may begin to."""
    found = assessing.find(session, round_id)
    return Thing(
        network_id=session.network_id,
        author_id=found.person_id,
        reader_ids=_assessors(session, found),
        revealed=found.revealed,
    )


def _assessors(session: NetworkSession, found: Round) -> frozenset[UUID]:
    """Whoever assesses; anybody who may, while nobody does or whoever began does so no more."""
    may = frozenset(each.id for each in assessors.of(session, found.person_id))
    part = found.parts.get(Kind.ASSESSMENT)
    if part is None or not (part.sealed_at or part.author_id in may):
        return may
    return frozenset({part.author_id})


def person_thing(session: NetworkSession, person_id: UUID) -> Thing:
    """The observing of a head or a team leader as permissions see it; Missing for a stranger."""
    found = people.find(session, person_id)
    if found is None:
        raise Missing("There is no such person in your schools.")
    return Thing(
        network_id=session.network_id,
        author_id=person_id if found.has(*LOOKED_AT) else None,
        reader_ids=frozenset(each.id for each in assessors.of(session, person_id)),
    )


def offered(session: NetworkSession) -> list[Published]:
    """The rubrics with which observing can be looked at, the shipped one first."""
    found = [each for each in rubrics.offered(session) if each.kind == LessonKind.OBSERVING]
    return sorted(found, key=lambda each: (each.rubric != SHIPPED, each.title))


def begin(
    session: NetworkSession,
    person_id: UUID,
    moment: Moment,
    *,
    digest: str,
    by: Person,
    at: datetime,
) -> UUID:
    """Begin one's own look at somebody's observing, or go on with it; the id of the round.

    Both looks of a moment are of one round, whoever of the two comes first. Without a `digest` the
    rubric is that of the last round, so that the two can be laid beside each other.
    """
    records.lock_person(session, person_id)
    rounds = assessing.of_people(session, [person_id])
    kind = Kind.SELF if by.id == person_id else Kind.ASSESSMENT
    found = next((each for each in rounds if each.moment is moment and not each.revealed), None)
    if found is None:
        wanted = _rubric_for(session, rounds, digest)
        found = assessing.open_round(session, person_id, moment, wanted, at=at)
    _take_up(session, found, kind, by=by, at=at)
    return found.id


def _rubric_for(session: NetworkSession, rounds: Sequence[Round], wanted: str) -> str:
    """The one that is wanted, else that of the last round, else the first that is offered."""
    known = [each.digest for each in offered(session)]
    if wanted and wanted not in known:
        raise Invalid("Choose a rubric for observing.", field="rubric")
    if not (known or rounds):
        raise Conflict(NO_RUBRIC)
    return wanted or (rounds[0].rubric_digest if rounds else known[0])


def _take_up(
    session: NetworkSession, found: Round, kind: Kind, *, by: Person, at: datetime
) -> None:
    """Begin a look that nobody has; what somebody left who assesses here no more gives way."""
    part = found.parts.get(kind)
    if part is not None and part.author_id == by.id:
        return
    if part is not None:
        if by.id not in _assessors(session, found):
            raise Conflict("Somebody else assesses this time.")
        assessing.remove_part(session, found.id, part)
    assessing.add_part(session, found.id, kind, author_id=by.id, at=at)
    wrote(session, f"{kind} begun", found, by=by, at=at)


def discard(session: NetworkSession, round_id: UUID, *, by: Person, at: datetime) -> None:
    """Throw one's own look away, as long as it is not sealed; somebody else may then assess."""
    found = assessing.find(session, round_id)
    records.lock_person(session, found.person_id)
    part = own_part(found, by)
    if assessing.hold(session, part.id).sealed_at is not None:
        raise Conflict(SEALED)
    assessing.remove_part(session, round_id, part)
    assessing.remove_if_empty(session, round_id)
    wrote(session, f"{part.kind} thrown away", found, by=by, at=at)


def own_part(found: Round, by: Person) -> Part:
    """One's own look of a round; Conflict where one has not begun."""
    part = found.part_of(by.id)
    if part is None:
        raise Conflict("You have not begun this yet.")
    return part


def wrote(session: NetworkSession, did: str, found: Round, *, by: Person, at: datetime) -> None:
    """History says what was done to a round, and never a word of what a look says."""
    told = {"person": str(found.person_id), "moment": found.moment}
    history.wrote(session, did, assessing.THING, found.id, by=by.id, at=at, **told)
