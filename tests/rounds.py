"""Rounds of leadership feedback for tests: who is asked, and what they answer by their own links."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from observe.core.leadership import Question, RaterGroup
from observe.core.permissions import Person, RoleKind
from observe.services import leadership, leadership_answering, leadership_mails
from observe.storage import leadership as kept
from observe.storage import shelf
from tests.factories import NOW, School, a_person

KEY = "a key for tests that is long enough"
LAST_DAY = (NOW + timedelta(days=14)).date()


def opened(
    school: School, *, of: str = "Sion", last_day: date = LAST_DAY, at: datetime = NOW
) -> UUID:
    """A round about somebody, run by the facilitator."""
    with school.database.write(school.network_id) as session:
        person_id, by = school[of].id, school["Margaret"]
        return leadership.begin(session, person_id, last_day, key=KEY, by=by, at=at)


def asked(
    school: School,
    round_id: UUID,
    group: RaterGroup,
    people: Iterable[Person],
    *,
    at: datetime = NOW,
) -> None:
    """These people are asked."""
    with school.database.write(school.network_id) as session:
        ids, by = [each.id for each in people], school["Margaret"]
        leadership.ask(session, round_id, ids, group, key=KEY, by=by, at=at)


def some(school: School, number: int, kind: RoleKind = RoleKind.TEACHER) -> list[Person]:
    """So many people more."""
    return [a_person(school, f"{kind.capitalize()}{each} Rees", kind) for each in range(number)]


def link(school: School, round_id: UUID, person: Person) -> str:
    """The token of somebody's link."""
    with school.database.read(school.network_id) as session:
        rater = kept.rater_of(session, round_id, person.id)
        assert rater
        path = leadership_mails.mailed_path(school.network_id, KEY, rater.id)
    return path.rpartition("/")[2]


def answered(
    school: School,
    round_id: UUID,
    person: Person,
    levels: Sequence[int | str] | int,
    words: str = "",
    *,
    at: datetime = NOW,
) -> None:
    """Somebody answers by their link: one level for all criteria, or one for each."""
    keys = criteria(school)
    given = [levels] * len(keys) if isinstance(levels, int) else levels
    chosen = {key: str(level) for key, level in zip(keys, given, strict=True)}
    written = {Question.KEEP.value: words} if words else {}
    token = link(school, round_id, person)
    leadership_answering.send(school.database, token, chosen, written, at=at)


def criteria(school: School) -> list[str]:
    """What is asked about."""
    with school.database.read(school.network_id) as session:
        rubric = shelf.rubric(session, school.rubrics["leading-well"])
    return [each.criterion for each in rubric.with_levels()]


def closed(school: School, round_id: UUID, *, at: datetime = NOW) -> None:
    """The facilitator closes the round."""
    with school.database.write(school.network_id) as session:
        leadership.close(session, round_id, by=school["Margaret"], at=at)


@dataclass(frozen=True)
class Leading:
    """A round about the head that is open, one that has closed, and the adviser's link to the open one."""

    under_way: UUID
    closed: UUID
    token: str


def leading(school: School) -> Leading:
    """Six people answered about the head last year; this year the adviser is asked."""
    then = NOW - timedelta(days=360)
    before = opened(school, last_day=(then + timedelta(days=14)).date(), at=then)
    team = some(school, 6)
    asked(school, before, RaterGroup.TEAM, team, at=then)
    for each, level in zip(team, (1, 2, 2, 3, 3, 4), strict=True):
        answered(school, before, each, level, at=then)
    closed(school, before, at=then)
    under_way = opened(school)
    asked(school, under_way, RaterGroup.PEERS, [school["Ruth"]])
    return Leading(under_way, before, link(school, under_way, school["Ruth"]))
