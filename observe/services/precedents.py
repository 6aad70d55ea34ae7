"""Rules from talks: beside their criterion at the next lesson, looked after by the rubric's owner."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from observe.core.errors import Conflict, Invalid
from observe.core.feedback.names import named
from observe.core.permissions import Person, Thing
from observe.core.typed import line_in
from observe.storage import history, precedents, shelf, talk_sources
from observe.storage.database import NetworkSession
from observe.storage.precedents import REWORDED, THING, Rule
from observe.storage.tables.calibration import Precedent
from observe.storage.talk_sources import Source

EACH, LONGEST_RULE, LONGEST_REASON = 6, 300, 200
NOT_IN_USE = "This rule was retired meanwhile. Look at the page again."


@dataclass(frozen=True, slots=True)
class Beside:
    """A rule as it stands beside its criterion, with where it came from."""

    criterion: str
    text: str
    lesson_id: UUID
    source: Source


def in_use(session: NetworkSession, digest: str, *, each: int = EACH) -> list[Rule]:
    """The rules that hold for the words of this version, newest first, at most so many a criterion."""
    found: dict[str, int] = defaultdict(int)
    kept = []
    for rule in precedents.holding(session, digest):
        found[rule.criterion] += 1
        if found[rule.criterion] <= each:
            kept.append(rule)
    return kept


def beside(session: NetworkSession, digests: Collection[str]) -> dict[str, list[Beside]]:
    """By rubric version, the rules for its sheet, with where they came from."""
    rules = {digest: in_use(session, digest) for digest in digests}
    return _sourced(session, rules)


def _sourced(
    session: NetworkSession, rules: Mapping[str, Collection[Rule]]
) -> dict[str, list[Beside]]:
    told = talk_sources.sources(
        session, {rule.lesson_id for each in rules.values() for rule in each}
    )
    return {
        key: [_beside(rule, told[rule.lesson_id]) for rule in each] for key, each in rules.items()
    }


def _beside(rule: Rule, source: Source) -> Beside:
    return Beside(rule.criterion, rule.text, rule.lesson_id, source)


def earlier(
    session: NetworkSession, digest: str, lesson_id: UUID, *, each: int = 3
) -> Mapping[str, list[Beside]]:
    """By criterion, the newest rules of other talks, for the talk about this lesson."""
    others: dict[str, list[Rule]] = defaultdict(list)
    for rule in in_use(session, digest):
        if rule.lesson_id != lesson_id and len(others[rule.criterion]) < each:
            others[rule.criterion].append(rule)
    return _sourced(session, others)


def people_named(session: NetworkSession, text: str) -> tuple[str, ...]:
    """The words of a rule that may be names of people of this network, as they are written."""
    found = named(text, precedents.names(session))
    return tuple(dict.fromkeys(each.written for each in found))


def thing(session: NetworkSession, precedent_id: UUID) -> Thing:
    """A rule as permissions see it: everybody's in the network; Missing where there is none."""
    precedents.row(session, precedent_id)
    return Thing(network_id=session.network_id)


def reword(
    session: NetworkSession, precedent_id: UUID, text: str, was: str, *, by: Person, at: datetime
) -> bool:
    """Give a rule other words; those before stay readable. False where it no longer says `was`.

    Raises Invalid for no words or more than one line holds.
    """
    row = precedents.row(session, precedent_id)
    if not text or len(text) > LONGEST_RULE:
        raise Invalid(f"A rule is one line, at most {LONGEST_RULE} letters.")
    if text != row.text and row.text != was:
        return False
    if text != row.text:
        _wrote(session, REWORDED, row, by=by, at=at, before=row.text, after=text)
        row.text = text
        precedents.end_doubts(session, row.id)
    return True


def retire(
    session: NetworkSession, precedent_id: UUID, because: str, *, by: Person, at: datetime
) -> None:
    """Take a rule from the sheets, with a reason; it can be brought back."""
    reason = line_in(because)
    if not reason or len(reason) > LONGEST_REASON:
        raise Invalid(f"Say why in one line, at most {LONGEST_REASON} letters.")
    _retire(session, precedents.row(session, precedent_id), reason, by=by, at=at)


def _retire(
    session: NetworkSession, row: Precedent, because: str, *, by: Person, at: datetime
) -> None:
    if row.retired_at is None:
        row.retired_at, row.retired_because = at, because
        precedents.end_doubts(session, row.id)
        _wrote(session, "rule retired", row, by=by, at=at, because=because)


def merge(
    session: NetworkSession,
    precedent_id: UUID,
    other_id: UUID,
    *,
    by: Person,
    at: datetime,
    say: Callable[[str], str],
) -> None:
    """Retire a rule that says the same as another one of its criterion, which stays.

    `say` makes the reason of the other's words.
    """
    row, other = precedents.row(session, precedent_id), precedents.row(session, other_id)
    same = (row.rubric, row.criterion) == (other.rubric, other.criterion)
    if row.id == other.id or not same or other.retired_at is not None:
        raise Conflict(NOT_IN_USE)
    _retire(session, row, say(other.text), by=by, at=at)


def bring_back(session: NetworkSession, precedent_id: UUID, *, by: Person, at: datetime) -> None:
    """Put a retired rule in use again, for the words for which it was kept."""
    row = precedents.row(session, precedent_id)
    if row.retired_at is not None:
        row.retired_at = row.retired_because = None
        _wrote(session, "rule brought back", row, by=by, at=at)


def keep(
    session: NetworkSession, precedent_id: UUID, version: str, *, by: Person, at: datetime
) -> None:
    """Let a rule hold for the words of its criterion in another version of its rubric too."""
    row = precedents.row(session, precedent_id)
    same = shelf.rubric(session, version).rubric == row.rubric
    if not same or not precedents.hold(session, row.id, row.criterion, version, at=at):
        raise Conflict("The criterion of this rule is not in that version, so it cannot be kept.")
    precedents.end_doubts(session, row.id)
    _wrote(session, "rule kept for a version", row, by=by, at=at, version=version)


def stay(session: NetworkSession, precedent_id: UUID, *, by: Person, at: datetime) -> None:
    """Answer those who say that a rule no longer fits: it stays."""
    row = precedents.row(session, precedent_id)
    precedents.end_doubts(session, row.id)
    _wrote(session, "rule stays", row, by=by, at=at)


def doubt(session: NetworkSession, precedent_id: UUID, *, by: Person, at: datetime) -> None:
    """Say that a rule no longer fits; its owner decides."""
    row = precedents.row(session, precedent_id)
    if row.retired_at is not None:
        raise Conflict(NOT_IN_USE)
    precedents.doubt(session, row.id, by.id, at=at)
    _wrote(session, "rule doubted", row, by=by, at=at)


def no_doubt(session: NetworkSession, precedent_id: UUID, *, by: Person, at: datetime) -> None:
    """Take that back."""
    row = precedents.row(session, precedent_id)
    precedents.end_doubts(session, row.id, of=by.id)
    _wrote(session, "doubt of a rule taken back", row, by=by, at=at)


def _wrote(
    session: NetworkSession, did: str, row: Precedent, *, by: Person, at: datetime, **details: str
) -> None:
    history.wrote(session, did, THING, row.id, by=by.id, at=at, **details)
