"""The phrase bank: words kept for later summaries, one's own and those that are shared in the network."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from observe.core.errors import Conflict, Invalid
from observe.core.feedback import names
from observe.core.feedback.facts import Part, Plan
from observe.core.permissions import Person, RoleKind
from observe.core.typed import line_in
from observe.storage import history, phrases, rubrics, shelf
from observe.storage.database import NetworkSession
from observe.storage.phrases import Phrase

LONGEST = 1_000
NO_WORDS = "Write the words that you want to keep."
TOO_LONG = "A phrase can have 1,000 characters at most. Keep what you would say again."
WARNED = "Look at this before others see it: "


@dataclass(frozen=True, slots=True)
class Bank:
    """What one person has to choose from."""

    own: tuple[Phrase, ...]
    of_others: tuple[Phrase, ...]


def bank(session: NetworkSession, *, by: Person) -> Bank:
    """The person's own phrases, and those of others that are shared; the most used first."""
    found = phrases.open_to(session, by.id)
    own = tuple(phrase for phrase in found if phrase.person_id == by.id)
    return Bank(own, tuple(phrase for phrase in found if phrase.person_id != by.id))


def keep(
    session: NetworkSession,
    part: Part,
    text: str,
    *,
    criterion: str | None = None,
    plan: Plan | None = None,
    by: Person,
    at: datetime,
) -> UUID:
    """Keep words for later summaries; Invalid without words or with too many."""
    told = _words(text)
    around = (criterion or "", *((plan.when, plan.see) if plan else ()))
    if sum(map(len, around)) > LONGEST:
        raise Invalid(TOO_LONG, field="text")
    made = phrases.keep(session, part, told, criterion=criterion, plan=plan, person_id=by.id, at=at)
    history.wrote(session, "phrase kept", "phrase", made, by=by.id, at=at)
    return made


def rewrite(
    session: NetworkSession, phrase_id: UUID, text: str, *, by: Person, at: datetime
) -> None:
    """Put a phrase otherwise; one that others see is shared anew after a look at it."""
    row = phrases.row(session, phrase_id)
    told = _words(text)
    if told == row.text:
        return
    row.text, row.shared = told, False
    if row.plan:
        row.plan = {**row.plan, "try": told}
    history.wrote(session, "phrase rewritten", "phrase", phrase_id, by=by.id, at=at)


def share(
    session: NetworkSession,
    phrase_id: UUID,
    *,
    all_the_same: bool = False,
    by: Person,
    at: datetime,
) -> None:
    """Let all of the network use it; Conflict, with why, if it may name a pupil or tell a level."""
    found = warnings(session, phrases.find(session, phrase_id), by=by)
    if found and not all_the_same:
        raise Conflict(WARNED + " ".join(found))
    _set_shared(session, phrase_id, shared=True, by=by, at=at)


def unshare(session: NetworkSession, phrase_id: UUID, *, by: Person, at: datetime) -> None:
    """Keep it to oneself again."""
    _set_shared(session, phrase_id, shared=False, by=by, at=at)


def delete(session: NetworkSession, phrase_id: UUID, *, by: Person, at: datetime) -> None:
    """Keep it no longer."""
    session.delete(phrases.row(session, phrase_id))
    history.wrote(session, "phrase deleted", "phrase", phrase_id, by=by.id, at=at)


def warnings(session: NetworkSession, phrase: Phrase, *, by: Person) -> tuple[str, ...]:
    """Why others should perhaps not read a phrase, in sentences; names are those of one's own schools."""
    from observe.core.feedback import grade_words  # with its many patterns only where it is asked

    text = words_of(phrase)
    pupils = {
        found.written for found in names.named(text, phrases.pupils(session, by.schools(*RoleKind)))
    }
    levels = set(grade_words.told(text, _labels(session)))
    told = [f"“{name}” is on a class list." for name in sorted(pupils)]
    return (*told, *(f"“{word}” tells a level." for word in sorted(levels)))


def words_of(phrase: Phrase) -> str:
    """All that a phrase says, a target's plan too."""
    plan = phrase.plan
    return " ".join((phrase.text, plan.when, plan.see)) if plan else phrase.text


def _words(text: str) -> str:
    told = line_in(text)
    if not told:
        raise Invalid(NO_WORDS, field="text")
    if len(told) > LONGEST:
        raise Invalid(TOO_LONG, field="text")
    return told


def _set_shared(
    session: NetworkSession, phrase_id: UUID, *, shared: bool, by: Person, at: datetime
) -> None:
    row = phrases.row(session, phrase_id)
    if row.shared != shared:
        row.shared = shared
        did = "phrase shared" if shared else "phrase kept to oneself"
        history.wrote(session, did, "phrase", phrase_id, by=by.id, at=at)


def _labels(session: NetworkSession) -> Iterable[str]:
    """The level words of the ungraded rubrics of the network."""
    from observe.core.feedback import grade_words

    known = (shelf.rubric(session, row.digest) for row in rubrics.offered(session))
    return {label for rubric in known if not rubric.graded for label in grade_words.labels(rubric)}
