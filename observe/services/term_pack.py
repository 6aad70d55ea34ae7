"""All that a teacher was told in a term, with what became of it: for a folder, on paper."""

from dataclasses import dataclass
from uuid import UUID

from observe.core.errors import Missing
from observe.core.feedback.summary import Addition, Reply, Summary, Version
from observe.core.permissions import Person
from observe.core.terms import Term, term_of
from observe.storage import replies, summaries, targets
from observe.storage.database import NetworkSession
from observe.storage.targets import Event


@dataclass(frozen=True, slots=True)
class Told:
    """One released summary, what was said, added and became of its target, the earliest first."""

    summary_id: UUID
    version: Version
    replies: tuple[Reply, ...]
    became: tuple[Event, ...]
    added: tuple[Addition, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """The summaries of one teacher and term, in the order of their lessons; one at least."""

    teacher: str
    term: Term
    told: tuple[Told, ...]


def terms(session: NetworkSession, person: Person) -> list[Term]:
    """The terms of lessons of which somebody has a released summary, the latest first."""
    days = {summary.on for summary in summaries.released_to(session, person.id)}
    return sorted({term_of(day) for day in days}, reverse=True)


def of_term(session: NetworkSession, person: Person, term: Term) -> Pack:
    """Somebody's own summaries of a term; Missing where there is none."""
    released = summaries.released_to(session, person.id)
    found = sorted((each for each in released if term_of(each.on) == term), key=lambda it: it.on)
    if not found:
        raise Missing("No summary was released to you for a lesson of this term.")
    return Pack(found[0].teacher, term, tuple(_told(session, each) for each in found))


def _told(session: NetworkSession, summary: Summary) -> Told:
    has_target = targets.of_summary(session, summary.id) is not None
    became = (
        targets.events(session, targets.id_of_summary(session, summary.id)) if has_target else []
    )
    return Told(
        summary_id=summary.id,
        version=summaries.version(session, summary.id),
        replies=tuple(replies.of_summary(session, summary.id)),
        added=tuple(replies.added(session, summary.id)),
        became=tuple(reversed(became)),
    )
