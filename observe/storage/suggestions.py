"""What assessors suggest to people for their observing, and the targets that come of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select

from observe.core.assessing import Answer, Suggestion, Wish
from observe.core.errors import Missing
from observe.core.ids import new_id
from observe.storage.database import NetworkSession
from observe.storage.tables import assessing as tables


def add(
    session: NetworkSession, round_id: UUID, wish: Wish, *, by: UUID, at: datetime
) -> tables.AssessingSuggestion:
    """Keep what is suggested; its row."""
    row = tables.AssessingSuggestion(
        id=new_id(at),
        round_id=round_id,
        by=by,
        made_at=at,
        criterion=wish.criterion,
        text=wish.text,
        when=wish.when,
        see=wish.see,
        due_on=wish.due_on,
        state=Answer.OPEN,
        reason="",
    )
    session.add(row)
    session.flush()
    return row


def row(session: NetworkSession, suggestion_id: UUID) -> tables.AssessingSuggestion:
    """The row of a suggestion, held until the end of the change; Missing where there is none."""
    table = tables.AssessingSuggestion
    query = select(table).where(table.id == suggestion_id).with_for_update()
    found = session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise Missing("There is no such suggestion.")
    return found


def find(session: NetworkSession, suggestion_id: UUID) -> Suggestion:
    """One suggestion; Missing where there is none."""
    found = _read(session, _all().where(tables.AssessingSuggestion.id == suggestion_id))
    if not found:
        raise Missing("There is no such suggestion.")
    return found[0]


def of_round(session: NetworkSession, round_id: UUID) -> list[Suggestion]:
    """What was suggested in one round, the first first."""
    return _read(session, _all().where(tables.AssessingSuggestion.round_id == round_id))


def of_target(session: NetworkSession, target_id: UUID) -> Suggestion:
    """The suggestion of which a target came; Missing where it came of none."""
    found = _read(session, _all().where(tables.AssessingSuggestion.target_id == target_id))
    if not found:
        raise Missing("There is no such target.")
    return found[0]


def _all() -> Select[tables.AssessingSuggestion, UUID]:
    suggestion, round_ = tables.AssessingSuggestion, tables.AssessingRound
    query = select(suggestion, round_.person_id).join(round_, round_.id == suggestion.round_id)
    return query.order_by(suggestion.made_at, suggestion.id)


def _read(
    session: NetworkSession, query: Select[tables.AssessingSuggestion, UUID]
) -> list[Suggestion]:
    return [
        Suggestion(
            id=found.id,
            round_id=found.round_id,
            person_id=person_id,
            by=found.by,
            made_at=found.made_at,
            wish=Wish(found.text, found.when, found.see, found.due_on, found.criterion),
            answer=Answer(found.state),
            reason=found.reason,
            answered_at=found.answered_at,
            target_id=found.target_id,
        )
        for found, person_id in session.execute(query)
    ]
