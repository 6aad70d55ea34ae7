"""How somebody who is asked answers: by a secret link, without a sign-in, until the round closes.

What they answer is kept under a key that only the link's own secret gives; it has no time, and no
history line is written.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from observe.core.errors import Invalid, Missing, TooLarge
from observe.core.exercises import Value
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
NOT_SEEN = "not_seen"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a rater is asked, and what they have answered so far."""

    round: Round
    group: RaterGroup
    rubric: Rubric
    answer: Answer

    @property
    def rows(self) -> list[tuple[Criterion, Value]]:
        """Each criterion with what was given."""
        values = self.answer.values
        return [(each, values.get(each.criterion)) for each in self.rubric.with_levels()]

    @property
    def answered(self) -> int:
        """To how many criteria something was given."""
        return sum(value is not None for _, value in self.rows)


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
    network_id, _fingerprint = tokens.read(token)
    if network_id is None:
        raise Missing(UNKNOWN)
    with database.read(network_id) as session:
        return _sheet(session, token, today=today)


def _sheet(session: NetworkSession, token: str, *, today: date) -> Sheet:
    _network, fingerprint = tokens.read(token)
    rater = leadership.rater_with(session, fingerprint)
    if rater is None:
        raise Missing(UNKNOWN)
    found = leadership.find(session, rater.round_id)
    if found.last_day < today:
        raise Missing(GONE)
    group, key = RaterGroup(rater.rater_group), tokens.key_beside(token)
    return Sheet(
        round=found,
        group=group,
        rubric=shelf.rubric(session, found.rubric_digest),
        answer=leadership.answer(session, found.id, key, group),
    )


def rate(database: Database, token: str, criterion: str, value: str, *, at: datetime) -> Sheet:
    """Give a criterion a level, or say that one cannot tell; empty takes it back."""
    network_id, _fingerprint = tokens.read(token)
    if network_id is None:
        raise Missing(UNKNOWN)
    with database.write(network_id) as session:
        sheet = _held(session, token, today=at.date())
        asked = next((each for each, _ in sheet.rows if each.criterion == criterion), None)
        if asked is None:
            raise Missing("This is not asked about.")
        values = {key: said for key, said in sheet.answer.values.items() if key != criterion}
        if value:
            values[criterion] = _value(asked, value)
        return _keep(session, token, sheet, replace(sheet.answer, values=values))


def _value(criterion: Criterion, value: str) -> int | str:
    if value == NOT_SEEN or (value == "not_applicable" and criterion.not_applicable):
        return value
    level = next((each for each in criterion.scale.levels if str(each.value) == value), None)
    if level is None:
        raise Invalid("Choose one of the levels.", field="value")
    return level.value


def write(database: Database, token: str, question: str, text: str, *, at: datetime) -> Sheet:
    """Answer one of the questions in words; empty takes them back."""
    network_id, _fingerprint = tokens.read(token)
    if network_id is None:
        raise Missing(UNKNOWN)
    if question not in tuple(Question):
        raise Missing("This is not asked about.")
    if len(text) > LONGEST:
        raise TooLarge("That is too long: 2,000 characters at most.")
    with database.write(network_id) as session:
        sheet = _held(session, token, today=at.date())
        words = {**sheet.answer.words, question: text.strip()}
        return _keep(session, token, sheet, replace(sheet.answer, words=words))


def _held(session: NetworkSession, token: str, *, today: date) -> Sheet:
    """The sheet of a link, of a round that nobody closes meanwhile."""
    sheet = _sheet(session, token, today=today)
    leadership.hold(session, sheet.round.id)
    return _sheet(session, token, today=today)


def _keep(session: NetworkSession, token: str, sheet: Sheet, answer: Answer) -> Sheet:
    leadership.keep(session, sheet.round.id, tokens.key_beside(token), answer)
    return replace(sheet, answer=answer)
