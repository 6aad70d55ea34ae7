"""What an assessor suggests for the next year, and what becomes of it: a target, or not now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from observe.core.assessing import Answer, Kind, Suggestion, Wish, place_of
from observe.core.errors import Conflict, Invalid
from observe.core.feedback.targets import LONGEST, Target, TargetState
from observe.core.permissions import Person, Thing
from observe.core.rubric import Criterion, Phrase
from observe.services import assessing as looks
from observe.services import target_life
from observe.services.assessing_form import Form, Row
from observe.storage import assessing, history, records, suggestions
from observe.storage.database import NetworkSession
from observe.storage.tables.assessing import AssessingSuggestion

MOST = 5
THING = AssessingSuggestion.__tablename__
ANSWERED = "This was answered, so it stays as it is."


def thing(session: NetworkSession, suggestion_id: UUID) -> Thing:
    """A suggestion as permissions see it: as the round that it came of."""
    return looks.thing(session, suggestions.find(session, suggestion_id).round_id)


def in_form(session: NetworkSession, form: Form) -> Sequence[Suggestion]:
    """What whoever assesses has suggested so far; nobody else is told before the reveal."""
    assesses = form.kind is Kind.ASSESSMENT and form.part is not None
    return suggestions.of_round(session, form.round.id) if assesses else ()


@dataclass(frozen=True, slots=True)
class Idea:
    """A next step that the rubric knows for a criterion."""

    criterion: Criterion
    number: int
    phrase: Phrase


def ideas(rows: Sequence[Row]) -> list[Idea]:
    """The rubric's next steps for the criteria that were given a low level."""
    return [idea for row in rows if _is_low(row) for idea in _ideas(row.criterion)]


def _ideas(criterion: Criterion) -> Iterator[Idea]:
    return (Idea(criterion, n, phrase) for n, phrase in enumerate(criterion.next_steps))


def _is_low(row: Row) -> bool:
    """At most the level up to which the rubric sees a next step, or half of the levels."""
    scale, place = row.criterion.scale, place_of(row.criterion, row.given)
    upto = scale.position(scale.next_step_to)
    return place is not None and place <= (len(scale.levels) // 2 - 1 if upto is None else upto)


def suggest(
    session: NetworkSession, round_id: UUID, wish: Wish, *, by: Person, at: datetime
) -> UUID:
    """Suggest something for the next year; its id. Whoever it is for reads it once both are sealed."""
    found = assessing.find(session, round_id)
    records.lock_person(session, found.person_id)
    if looks.own_part(found, by).kind is not Kind.ASSESSMENT:
        raise Conflict("Whoever assesses suggests.")
    if len(suggestions.of_round(session, round_id)) >= MOST:
        raise Conflict(f"{MOST} suggestions are enough for one year. Delete one first.")
    _check(wish, today=at.date())
    row = suggestions.add(session, round_id, wish, by=by.id, at=at)
    _wrote(session, "suggested", row.id, by=by, at=at)
    return row.id


def remove(session: NetworkSession, suggestion_id: UUID, *, by: Person, at: datetime) -> Wish:
    """Take a suggestion back that nobody answered; what it said, so that the page can give it back."""
    row = suggestions.row(session, suggestion_id)
    if row.by != by.id or row.state != Answer.OPEN:
        raise Conflict(ANSWERED)
    said = suggestions.find(session, suggestion_id).wish
    session.delete(row)
    session.flush()
    _wrote(session, "suggestion taken back", suggestion_id, by=by, at=at)
    return said


def take(
    session: NetworkSession, suggestion_id: UUID, wish: Wish, *, by: Person, at: datetime
) -> UUID:
    """Take a suggestion, as it stands or in one's own words: it becomes a target; the target's id."""
    row = suggestions.row(session, suggestion_id)
    if row.target_id is not None:
        return row.target_id
    _check(wish, today=at.date())
    row.target_id = target_life.take_suggested(session, _target(wish), teacher_id=by.id, at=at)
    row.state, row.reason, row.answered_at = Answer.TAKEN, "", at
    session.flush()
    _wrote(session, "suggestion taken", suggestion_id, by=by, at=at)
    return row.target_id


def _target(wish: Wish) -> Target:
    return Target(
        summary_id=None,
        text=wish.text,
        when=wish.when,
        see=wish.see,
        due_on=wish.due_on,
        criterion=wish.criterion,
        state=TargetState.TAKEN,
    )


def decline(
    session: NetworkSession, suggestion_id: UUID, reason: str, *, by: Person, at: datetime
) -> None:
    """Say "not now", and why; it can still be taken later."""
    row = suggestions.row(session, suggestion_id)
    if row.target_id is not None:
        raise Conflict("You took this already. Its target can be dropped.")
    if not 0 < len(reason) <= LONGEST:
        raise Invalid("Say why not now, in a few words.", field=f"reason-{suggestion_id}")
    row.state, row.reason, row.answered_at = Answer.DECLINED, reason, at
    session.flush()
    _wrote(session, "suggestion declined", suggestion_id, by=by, at=at)


def _check(wish: Wish, *, today: date) -> None:
    if not wish.text:
        raise Invalid("Say what to try.", field="text")
    if max(map(len, (wish.text, wish.when, wish.see))) > LONGEST:
        raise Invalid(f"Keep each part under {LONGEST} letters.", field="text")
    if wish.due_on <= today:
        raise Invalid("Give a day to come, for example the end of next term.", field="due")


def _wrote(
    session: NetworkSession, did: str, suggestion_id: UUID, *, by: Person, at: datetime
) -> None:
    """History says that it was done, and never a word of it."""
    history.wrote(session, did, THING, suggestion_id, by=by.id, at=at)
