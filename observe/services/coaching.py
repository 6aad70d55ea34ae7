"""Coaching partnerships: asking, taking up, turning the roles round, ending; what they are about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from observe.core.coaching import LONGEST_GOAL, GoalState, Partnership, Standing
from observe.core.errors import Conflict, Invalid, Refused, Stale
from observe.core.ids import new_id
from observe.core.permissions import Person
from observe.core.typed import line_in
from observe.services import programme_mails
from observe.storage import coaching, history, records, staff
from observe.storage.database import NetworkSession
from observe.storage.staff import Named
from observe.storage.tables.coaching import CoachingGoal, CoachingPartnership

NOT_NOW = "This partnership does not go on, so nothing can be added to it."
OTHER_WORDS = (
    "The other of you changed the words of this goal meanwhile. Look at it, then change it."
)
MOST_GOALS = 12


class Coach(StrEnum):
    """Who coaches whom, as whoever asks says it."""

    OTHER = "other"
    ME = "me"
    EACH = "each"


@dataclass(frozen=True, slots=True)
class Own:
    """Somebody's partnerships: asked of them, asked by them, going on, and over."""

    asked: Sequence[Partnership]
    waiting: Sequence[Partnership]
    going_on: Sequence[Partnership]
    over: Sequence[Partnership]


def of(session: NetworkSession, person: Person) -> Own:
    """Everything that somebody asked or was asked."""
    found = coaching.of_person(session, person.id)
    open_ = [each for each in found if each.standing is Standing.ASKED]
    return Own(
        asked=[each for each in open_ if each.partner_id == person.id],
        waiting=[each for each in open_ if each.asker_id == person.id],
        going_on=[each for each in found if each.goes_on],
        over=[each for each in found if each.ended_at],
    )


def can_be_asked(session: NetworkSession, person: Person) -> list[Named]:
    """Those who observe in the network, by name, without oneself and those one works with already."""
    taken = {person.id} | {
        each.other_of(person.id)
        for each in coaching.of_person(session, person.id)
        if each.ended_at is None
    }
    return [each for each in staff.observers(session) if each.id not in taken]


def ask(
    session: NetworkSession, partner_id: UUID | None, coach: str, *, by: Person, at: datetime
) -> UUID:
    """Ask somebody for a partnership; Invalid for somebody who cannot be asked."""
    for each in sorted(filter(None, (by.id, partner_id))):
        records.lock_person(session, each)  # the two may ask each other at the same moment
    if partner_id is None or partner_id not in {n.id for n in can_be_asked(session, by)}:
        raise Invalid("Choose somebody from the list.", field="partner")
    if coach not in [each.value for each in Coach]:
        raise Invalid("Say who coaches whom.", field="coach")
    partnership_id = new_id(at)
    told = {"asker_id": by.id, "partner_id": partner_id, "asked_at": at}
    session.add(CoachingPartnership(id=partnership_id, **told))
    session.flush()
    coach_id = _coach(Coach(coach), by.id, partner_id)
    coaching.add_turn(session, partnership_id, coach_id, by=by.id, at=at)
    _wrote(session, "coaching asked for", partnership_id, by=by, at=at)
    programme_mails.coaching_asked(session, partner_id, at=at)
    return partnership_id


def _coach(coach: Coach, me: UUID, other: UUID) -> UUID | None:
    return {Coach.ME: me, Coach.OTHER: other, Coach.EACH: None}[coach]


def answer(
    session: NetworkSession, partnership_id: UUID, *, yes: bool, by: Person, at: datetime
) -> None:
    """Say yes or no to who asked; Conflict where there is nothing to answer any more."""
    kept = coaching.locked(session, partnership_id)
    if kept.partner_id != by.id:
        raise Refused("Only whoever was asked can answer.")
    _must_be(session, partnership_id, Standing.ASKED, "This was answered or taken back meanwhile.")
    if yes:
        kept.accepted_at = at
    else:
        kept.ended_at, kept.ended_by = at, by.id
    did = "coaching taken up" if yes else "coaching not taken up"
    _wrote(session, did, partnership_id, by=by, at=at)


def take_back(session: NetworkSession, partnership_id: UUID, *, by: Person, at: datetime) -> None:
    """Ask no more, as if one never had; Conflict once it was answered."""
    kept = coaching.locked(session, partnership_id)
    if kept.asker_id != by.id:
        raise Refused("Only whoever asked can take it back.")
    _must_be(session, partnership_id, Standing.ASKED, "This was answered meanwhile.")
    coaching.drop(session, partnership_id)
    _wrote(session, "coaching asked for no more", partnership_id, by=by, at=at)


def end(session: NetworkSession, partnership_id: UUID, *, by: Person, at: datetime) -> None:
    """Bring a partnership to an end; both can still read what they wrote together."""
    kept = coaching.locked(session, partnership_id)
    must_go_on(session, partnership_id)
    kept.ended_at, kept.ended_by = at, by.id
    _wrote(session, "coaching ended", partnership_id, by=by, at=at)


def turn(
    session: NetworkSession, partnership_id: UUID, coach: str, *, by: Person, at: datetime
) -> None:
    """From now on somebody else of the two coaches, or each the other; twice does no harm."""
    coaching.locked(session, partnership_id)
    found = must_go_on(session, partnership_id)
    if coach not in [each.value for each in Coach]:
        raise Invalid("Say who coaches whom.", field="coach")
    coach_id = _coach(Coach(coach), by.id, found.other_of(by.id))
    if coach_id != found.coach_id:
        coaching.add_turn(session, partnership_id, coach_id, by=by.id, at=at)
        _wrote(session, "coaching turned round", partnership_id, by=by, at=at)


def add_goal(
    session: NetworkSession, partnership_id: UUID, text: str, *, by: Person, at: datetime
) -> None:
    """One more goal of both."""
    coaching.locked(session, partnership_id)
    must_go_on(session, partnership_id)
    words = _goal(text)
    if len(coaching.goals(session, partnership_id)) >= MOST_GOALS:
        raise Conflict(
            "There are many goals already. Set one aside in its place: change its words."
        )
    told = {"partnership_id": partnership_id, "text": words, "by": by.id, "at": at}
    session.add(CoachingGoal(id=new_id(at), **told, state=GoalState.OPEN, changed_at=at))
    _wrote(session, "coaching goal added", partnership_id, by=by, at=at)


def change_goal(
    session: NetworkSession,
    partnership_id: UUID,
    goal_id: UUID,
    text: str,
    state: str,
    *,
    was: str,
    by: Person,
    at: datetime,
) -> None:
    """Other words for a goal, and what became of it; Stale where it says no longer what it `was`."""
    coaching.locked(session, partnership_id)
    must_go_on(session, partnership_id)
    kept = coaching.goal_row(session, partnership_id, goal_id)
    if state not in [each.value for each in GoalState]:
        raise Invalid("Say what became of this goal.", field="state")
    words = _goal(text)
    if kept.text not in (was, words):
        raise Stale(OTHER_WORDS, field="text")
    if (kept.text, kept.state) != (words, state):
        kept.text, kept.state, kept.changed_at = words, state, at
        _wrote(session, "coaching goal changed", partnership_id, by=by, at=at)


def _goal(text: str) -> str:
    words = line_in(text)
    if not words:
        raise Invalid("Say in a sentence what you want to reach.", field="text")
    if len(words) > LONGEST_GOAL:
        raise Invalid(f"This is longer than {LONGEST_GOAL} letters. Make it shorter.", field="text")
    return words


def must_go_on(session: NetworkSession, partnership_id: UUID) -> Partnership:
    """The partnership; Conflict unless it goes on."""
    return _must_be(session, partnership_id, Standing.GOING_ON, NOT_NOW)


def _must_be(
    session: NetworkSession, partnership_id: UUID, standing: Standing, sentence: str
) -> Partnership:
    session.flush()
    found = coaching.find(session, partnership_id)
    if found.standing is not standing:
        raise Conflict(sentence)
    return found


def _wrote(
    session: NetworkSession, did: str, partnership_id: UUID, *, by: Person, at: datetime
) -> None:
    """History says that something was done, and never a word of it."""
    history.wrote(session, did, "coaching", partnership_id, by=by.id, at=at)
