"""How somebody who is asked answers: by a secret link, without a sign-in, until the round closes.

An answer is sent whole, and shown to nobody ever after, not even to whoever gave it: a link that somebody
else has come by says what is asked, and not what was answered, nor whether. It is kept under a key that
only the link's own secret gives; it has no time, and no history line is written.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from observe.core.errors import Invalid, Missing, TooLarge
from observe.core.leadership import (
    LONGEST,
    Answer,
    Question,
    RaterGroup,
    Round,
)
from observe.core.rubric import Criterion, Rubric
from observe.services import leadership_mails, tokens
from observe.storage import leadership, shelf
from observe.storage.database import Database, NetworkSession

GONE = "This link cannot be used any more: the answers were taken until the round closed."
UNKNOWN = "This link is not complete, or not asked for any more. Copy all of it."
NOTHING = "There is nothing to send yet: choose a level, or write something."
NOT_SEEN = "not_seen"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a rater is asked."""

    round: Round
    group: RaterGroup
    rubric: Rubric

    @property
    def asked(self) -> tuple[Criterion, ...]:
        """The criteria that have levels, in the rubric's order."""
        return self.rubric.with_levels()


@dataclass(frozen=True, slots=True)
class Asked:
    """A round that asks somebody who is signed in, and where they answer."""

    round: Round
    path: str


def asked_of(session: NetworkSession, person_id: UUID, *, key: str) -> list[Asked]:
    """The open rounds that ask somebody, the first to end first."""
    return [
        Asked(found, leadership_mails.mailed_path(session.network_id, key, rater_id))
        for found, rater_id in leadership.asking(session, person_id)
    ]


def look(database: Database, token: str, *, today: date) -> Sheet:
    """What a link asks; Missing for one that is unknown, or whose round is over."""
    with database.read(_network_of(token)) as session:
        return _sheet(session, token, today=today)


def _network_of(token: str) -> UUID:
    network_id, _fingerprint = tokens.read(token)
    if network_id is None:
        raise Missing(UNKNOWN)
    return network_id


def _sheet(session: NetworkSession, token: str, *, today: date) -> Sheet:
    _network, fingerprint = tokens.read(token)
    rater = leadership.rater_with(session, fingerprint)
    if rater is None:
        raise Missing(UNKNOWN)
    found = leadership.find(session, rater.round_id)
    if found.last_day < today:
        raise Missing(GONE)
    rubric = shelf.rubric(session, found.rubric_digest)
    return Sheet(found, RaterGroup(rater.rater_group), rubric)


def send(
    database: Database,
    token: str,
    levels: Mapping[str, str],
    words: Mapping[str, str],
    *,
    at: datetime,
) -> Sheet:
    """Give an answer, in place of an earlier one: what was chosen by criterion, and written by question."""
    with database.write(_network_of(token)) as session:
        sheet = _held(session, token, today=at.date())
        answer = Answer(sheet.group, dict(_levels(sheet, levels)), dict(_words(words)))
        if not (answer.values or answer.words):
            raise Invalid(NOTHING, field="answer")
        leadership.keep(session, sheet.round.id, tokens.key_beside(token), answer)
        return sheet


def take_back(database: Database, token: str, *, at: datetime) -> Sheet:
    """Have answered nothing, whether there was an answer or not."""
    with database.write(_network_of(token)) as session:
        sheet = _held(session, token, today=at.date())
        leadership.forget(session, sheet.round.id, tokens.key_beside(token))
        return sheet


def _held(session: NetworkSession, token: str, *, today: date) -> Sheet:
    """The sheet of a link, of a round that nobody closes meanwhile."""
    sheet = _sheet(session, token, today=today)
    leadership.hold(session, sheet.round.id)
    return _sheet(session, token, today=today)


def _levels(sheet: Sheet, levels: Mapping[str, str]) -> Iterator[tuple[str, int | str]]:
    known = {each.criterion: each for each in sheet.asked}
    for key, value in levels.items():
        if key not in known:
            raise Missing("This is not asked about.")
        if value:
            yield key, _value(known[key], value)


def _value(criterion: Criterion, value: str) -> int | str:
    if value == NOT_SEEN or (value == "not_applicable" and criterion.not_applicable):
        return value
    level = next((each for each in criterion.scale.levels if str(each.value) == value), None)
    if level is None:
        raise Invalid("Choose one of the levels.", field=f"c-{criterion.criterion}")
    return level.value


def _words(words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for question, text in words.items():
        if question not in tuple(Question):
            raise Missing("This is not asked about.")
        if len(text) > LONGEST:
            raise TooLarge("That is too long: 2,000 characters at most.")
        if text.strip():
            yield question, text.strip()
