"""Rounds of leadership feedback: whom they ask, how long, and what is left of them at the end.

Whoever runs a round never sees an answer, nor whether there is one; the leader never names raters.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from observe.core import leadership as core
from observe.core.errors import Conflict, Invalid
from observe.core.ids import new_id
from observe.core.leadership import LONGEST_RUN, REST, SHORTEST_RUN, RaterGroup, Round
from observe.core.permissions import Person, RoleKind, Thing
from observe.core.rubric import LessonKind
from observe.services import leadership_mails, leadership_told, tokens
from observe.storage import history, leadership, outbox, people, records, rubrics, shelf
from observe.storage.database import NetworkSession
from observe.storage.rubrics import Published
from observe.storage.tables import leadership as tables

SHIPPED = "leading-well"
LEADS = (RoleKind.HEAD, RoleKind.LEADER)
NO_RUBRIC = "There is no rubric for leadership yet. Add Leading well on the page of rubrics."
CLOSED = "This round has closed, so nothing about it changes any more."


def thing(session: NetworkSession, round_id: UUID, **_of_rater: UUID) -> Thing:
    """A round as permissions see it: the leader is its author, and it is revealed once it has closed."""
    found = leadership.find(session, round_id)
    return Thing(
        network_id=session.network_id,
        author_id=found.person_id,
        revealed=not found.is_open,
    )


def offered(session: NetworkSession) -> list[Published]:
    """The rubrics with which leadership can be looked at, the shipped one first."""
    found = [each for each in rubrics.offered(session) if each.kind == LessonKind.LEADERSHIP]
    return sorted(found, key=lambda each: (each.rubric != SHIPPED, each.title))


def begin(
    session: NetworkSession,
    person_id: UUID,
    last_day: date,
    *,
    digest: str = "",
    key: str,
    by: Person,
    at: datetime,
) -> UUID:
    """Open a round about a head or a team leader, who is the first to be asked; its id.

    Without a `digest` the first rubric that is offered is used.
    """
    _refuse(session, person_id, by=by, at=at)
    row = tables.LeadershipRound(
        id=new_id(at),
        person_id=person_id,
        asked_by=by.id,
        rubric_digest=_rubric_for(session, digest),
        opened_at=at,
        last_day=_day(last_day, at=at),
    )
    session.add(row)
    session.flush()
    _wrote(session, "leadership round opened", row.id, by=by.id, at=at)
    ask(session, row.id, [person_id], RaterGroup.SELF, key=key, by=by, at=at)
    return row.id


def _refuse(session: NetworkSession, person_id: UUID, *, by: Person, at: datetime) -> None:
    """Rounds about somebody who leads nobody, about oneself, or while another is open or still near."""
    leader = people.find(session, person_id)
    if leader is None or not leader.has(*LEADS):
        raise Invalid("Choose a head or a team leader.", field="person")
    if person_id == by.id:
        raise Invalid("Somebody else must run a round about you.", field="person")
    records.lock_person(session, person_id)  # two facilitators may begin at the same moment
    _refuse_soon(leadership.of_person(session, person_id), at=at)


def _refuse_soon(earlier: Sequence[Round], *, at: datetime) -> None:
    """Two rounds that almost the same people answer would tell by their difference what one answered.

    It is the same whether the earlier one told of anybody, so that this says nothing of it either.
    """
    if any(each.is_open for each in earlier):
        raise Conflict(f"A round about {earlier[0].person} is open already.")
    free = max((each.closed_at + REST for each in earlier if each.closed_at), default=at)
    if at < free:
        raise Conflict(
            f"The last round about {earlier[0].person} has closed only lately. So that nobody's answer "
            f"can be worked out from two rounds, the next can open from {free.day} {free:%B %Y}."
        )


def _rubric_for(session: NetworkSession, wanted: str) -> str:
    known = [each.digest for each in offered(session)]
    if not known:
        raise Conflict(NO_RUBRIC)
    if wanted and wanted not in known:
        raise Invalid("Choose a rubric for leadership.", field="rubric")
    return wanted or known[0]


def _day(last_day: date, *, at: datetime) -> date:
    first, latest = (at + SHORTEST_RUN).date(), (at + LONGEST_RUN).date()
    if not first <= last_day <= latest:
        raise Invalid(
            f"Choose a last day from {first.day} {first:%B} to {latest.day} {latest:%B %Y}.",
            field="last_day",
        )
    return last_day


def change_day(
    session: NetworkSession, round_id: UUID, last_day: date, *, by: Person, at: datetime
) -> None:
    """Let a round end on another day."""
    row = _opened(session, round_id)
    row.last_day = _day(last_day, at=at)
    day = last_day.isoformat()
    _wrote(session, "leadership round moved", round_id, by=by.id, at=at, last_day=day)


def ask(
    session: NetworkSession,
    round_id: UUID,
    person_ids: Iterable[UUID],
    group: RaterGroup,
    *,
    key: str,
    by: Person,
    at: datetime,
) -> int:
    """Ask these people as one group, by mail where that is set up; how many were not asked before."""
    row = _opened(session, round_id)
    known = leadership.raters(session, round_id)
    fresh = [each for each in dict.fromkeys(person_ids) if each not in known]
    for person_id in fresh:
        if (group is RaterGroup.SELF) is not (person_id == row.person_id):
            raise Invalid("The leader answers for themselves only.", field="people")
        _ask_one(session, row, person_id, group, key=key, at=at)
    if fresh and group is not RaterGroup.SELF:
        told = {"group": group.value, "people": len(fresh)}
        _wrote(session, "leadership raters asked", round_id, by=by.id, at=at, **told)
    return len(fresh)


def _ask_one(
    session: NetworkSession,
    row: tables.LeadershipRound,
    person_id: UUID,
    group: RaterGroup,
    *,
    key: str,
    at: datetime,
) -> None:
    asked = people.row_of(session, person_id)
    if asked.left_at is not None:
        raise Conflict(f"{asked.name} has left.")
    rater_id = new_id(at)
    _token, fingerprint = tokens.worked_out(session.network_id, key, rater_id)
    session.add(
        tables.LeadershipRater(
            id=rater_id,
            round_id=row.id,
            person_id=person_id,
            rater_group=group,
            token_hash=fingerprint,
        )
    )
    session.flush()
    leadership_mails.ask(session, rater_id, asked, last_day=row.last_day, at=at)


def take_back(
    session: NetworkSession, round_id: UUID, person_id: UUID, *, key: str, by: Person, at: datetime
) -> None:
    """Ask somebody no more; what they may have answered goes with their link."""
    _opened(session, round_id)
    rater = leadership.rater_of(session, round_id, person_id)
    if rater is None:
        return
    if rater.rater_group == RaterGroup.SELF:
        raise Conflict("The leader is always asked.")
    token, _fingerprint = tokens.worked_out(session.network_id, key, rater.id)
    leadership.forget(session, round_id, tokens.key_beside(token))
    outbox.take_back_all(session, leadership_mails.KINDS, about_id=rater.id)
    session.delete(rater)
    _wrote(session, "leadership rater no longer asked", round_id, by=by.id, at=at)


def close(session: NetworkSession, round_id: UUID, *, by: Person | None, at: datetime) -> None:
    """Keep what may be told of the answers, and delete them with the names of who was asked."""
    row = _opened(session, round_id)
    rubric = shelf.rubric(session, row.rubric_digest)
    raters = leadership.raters(session, round_id)
    told = core.told(rubric, leadership.answers(session, round_id), set(raters.values()))
    row.told, row.closed_at = leadership_told.as_json(told), at
    _forget(session, round_id)
    _wrote(session, "leadership round closed", round_id, by=by.id if by else None, at=at)


def cancel(session: NetworkSession, round_id: UUID, *, by: Person, at: datetime) -> None:
    """Delete a round that is open, with all that was answered."""
    row = _opened(session, round_id)
    _forget(session, round_id)
    session.delete(row)
    _wrote(session, "leadership round cancelled", round_id, by=by.id, at=at)


def _forget(session: NetworkSession, round_id: UUID) -> None:
    for rater_id in leadership.rater_ids(session, round_id):
        outbox.take_back_all(session, leadership_mails.KINDS, about_id=rater_id)
    leadership.forget_all(session, round_id)
    session.flush()


def over(session: NetworkSession, *, at: datetime) -> Sequence[Round]:
    """The open rounds whose last day is over."""
    return leadership.open_over(session, at.date())


def close_over(session: NetworkSession, *, at: datetime) -> None:
    """Close what is over; doing it twice does no harm."""
    for each in over(session, at=at):
        close(session, each.id, by=None, at=at)


def _opened(session: NetworkSession, round_id: UUID) -> tables.LeadershipRound:
    row = leadership.hold(session, round_id)
    if row.closed_at is not None:
        raise Conflict(CLOSED)
    return row


def _wrote(
    session: NetworkSession,
    did: str,
    round_id: UUID,
    *,
    by: UUID | None,
    at: datetime,
    **told: object,
) -> None:
    """History says what was done to a round, and never a word of who answered what."""
    history.wrote(session, did, leadership.THING, round_id, by=by, at=at, **told)
