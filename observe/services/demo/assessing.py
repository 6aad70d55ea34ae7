"""How the heads of the demonstration observe: baselines, some still under way, and one look in between."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from observe.core.assessing import Kind, Moment, Round, Wish
from observe.core.exercises import Given
from observe.core.permissions import Person
from observe.core.rubric import Criterion, Rubric
from observe.services import assessing as looks
from observe.services import suggesting
from observe.services.demo.assessing_words import SAID, SUGGESTED
from observe.services.demo.cast import JOINED_LAST, SCHOOLS, Cast, Member, SchoolCast
from observe.services.demo.programme import first_day
from observe.storage import assessing, assessors, shelf, suggestions
from observe.storage.database import NetworkSession

BASELINE, ASSESSED, BETWEEN = timedelta(days=10), timedelta(days=24), timedelta(days=95)
HEADS = SCHOOLS - JOINED_LAST
UNDER_WAY, LESSONS = 4, 3
AT_FIRST, SINCE, KINDER = (1, 2, 2, 2, 3), (0, 1, 1, 1, 2), (0, 0, 0, 1, 1, -1)


@dataclass(frozen=True, slots=True)
class _Heads:
    """What all of them share: the rubric, and the day on which their programme began."""

    session: NetworkSession
    rubric: Rubric
    digest: str
    began: datetime
    now: datetime

    def look(
        self, found: Round, kind: Kind, by: Member, said: Mapping[str, Given], at: datetime
    ) -> None:
        """One look on a school day; sealed unless something in it is missing."""
        at = _weekday(at)
        author = self.person(by)
        assessing.add_part(self.session, found.id, kind, author_id=by.id, at=at)
        looks.wrote(self.session, f"{kind} begun", found, by=author, at=at)
        part = assessing.find(self.session, found.id).parts[kind]
        for key, given in said.items():
            assessing.rate(self.session, part.id, key, given, at=at)
        if len(said) == len(self.rubric.with_levels()):
            assessing.hold(self.session, part.id).sealed_at = at
            looks.wrote(self.session, f"{kind} sealed", found, by=author, at=at)

    def rests(self, found: Round, head: Member, adviser: Member) -> None:
        """The assessment rests on lessons that both observed, if there are any."""
        part = assessing.find(self.session, found.id).parts[Kind.ASSESSMENT]
        together = assessors.paired_lessons(self.session, head.id, adviser.id)
        assessing.rest_on(self.session, part.id, together[-LESSONS:])

    def begins(self, head: Member, moment: Moment, at: datetime) -> Round:
        """A round about a head."""
        day = _weekday(at)
        return assessing.open_round(self.session, head.id, moment, self.digest, at=day)

    def person(self, member: Member) -> Person:
        """Somebody as services know them."""
        return Person(member.id, self.session.network_id, member.name)


def write(session: NetworkSession, cast: Cast, *, at: datetime) -> None:
    """Baselines of the heads in the programme; the first has looked once more since."""
    known = looks.offered(session)
    began = datetime.combine(first_day(at), at.timetz())
    digest = known[0].digest
    heads = _Heads(session, shelf.rubric(session, digest), digest, began, at)
    for number, school in enumerate(islice(cast.schools, HEADS)):
        _baseline(heads, school, number)
    _between(heads, cast.schools[0])


def _baseline(heads: _Heads, school: SchoolCast, number: int) -> None:
    """All but the last two are side by side; of these one waits for the adviser, one for both."""
    rng = random.Random(school.head.id.int)
    head, adviser = school.head, school.advisers[0]
    begun = heads.began + BASELINE + timedelta(days=rng.randint(0, 8))
    found = heads.begins(head, Moment.BASELINE, begun)
    levels = _at_first(heads.rubric, head)
    left = HEADS - number
    own = _said(heads.rubric, Kind.SELF, _as_seen(levels, rng), rng)
    heads.look(found, Kind.SELF, head, _part(own, left == 1), begun)
    if left > 1:
        assessed = _said(heads.rubric, Kind.ASSESSMENT, levels, rng)
        at = heads.began + ASSESSED + timedelta(days=rng.randint(0, 15))
        heads.look(found, Kind.ASSESSMENT, adviser, _part(assessed, left == 2), at)


def _part(said: dict[str, Given], under_way: bool) -> dict[str, Given]:
    return dict(islice(said.items(), UNDER_WAY)) if under_way else said


def _between(heads: _Heads, school: SchoolCast) -> None:
    """What changed in three months, and what the adviser suggests; one of it is a target by now."""
    rng = random.Random(school.id.int)
    begun = heads.began + BETWEEN
    found = heads.begins(school.head, Moment.BETWEEN, begun)
    before = _at_first(heads.rubric, school.head)
    levels = {key: min(4, level + rng.choice(SINCE)) for key, level in before.items()}
    own = _said(heads.rubric, Kind.SELF, _as_seen(levels, rng), rng)
    heads.look(found, Kind.SELF, school.head, own, begun)
    assessed = _said(heads.rubric, Kind.ASSESSMENT, levels, rng)
    adviser = school.advisers[0]
    heads.look(found, Kind.ASSESSMENT, adviser, assessed, begun + timedelta(days=4))
    heads.rests(found, school.head, adviser)
    _suggestions(heads, school, found.id, begun + timedelta(days=4))


def _suggestions(heads: _Heads, school: SchoolCast, round_id: UUID, at: datetime) -> None:
    by, wishes = heads.person(school.advisers[0]), []
    for criterion, text, when, see, days in SUGGESTED:
        wish = Wish(text, when, see, (heads.now + days).date(), criterion)
        wishes.append(suggesting.suggest(heads.session, round_id, wish, by=by, at=at))
    wish = replace(suggestions.find(heads.session, wishes[0]).wish, text="Follow two pupils")
    taken_at = at + timedelta(days=2)
    suggesting.take(heads.session, wishes[0], wish, by=heads.person(school.head), at=taken_at)


def _weekday(at: datetime) -> datetime:
    """The moment itself, or two days before where that is at a weekend."""
    return at - timedelta(days=2) if at.weekday() >= 5 else at


def _at_first(rubric: Rubric, head: Member) -> dict[str, int]:
    """How a head observes when the programme begins."""
    rng = random.Random(f"{head.id} at first")
    return {each.criterion: rng.choice(AT_FIRST) for each in rubric.with_levels()}


def _as_seen(levels: Mapping[str, int], rng: random.Random) -> dict[str, int]:
    """The same through the eyes of the head: kinder here and there."""
    return {key: min(4, max(1, level + rng.choice(KINDER))) for key, level in levels.items()}


def _said(
    rubric: Rubric, kind: Kind, levels: Mapping[str, int], rng: random.Random
) -> dict[str, Given]:
    """Each level with its sentence; now and then something that nobody has seen yet."""
    return {
        each.criterion: _one(each, kind, levels[each.criterion], rng)
        for each in rubric.with_levels()
    }


def _one(criterion: Criterion, kind: Kind, level: int, rng: random.Random) -> Given:
    if criterion.not_applicable and rng.random() < 0.06:
        return Given("not_applicable")
    low, high = SAID[kind][criterion.criterion]
    return Given(level, low if level <= 2 else high)
