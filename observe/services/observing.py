"""A person's own page of observing: what stands elsewhere about them, brought together for them alone."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from observe.core.agreement.figures import FEWEST_LESSONS, Leniency
from observe.core.lesson import Lesson
from observe.core.permissions import Person
from observe.core.reflections import Reflection
from observe.services import certifying, leniency_figures, over_time_figures, rated, reflecting
from observe.services.certifying import Place
from observe.services.over_time_figures import OverTime
from observe.services.own_rows import OwnRows
from observe.services.rated import Remembered, SameLevel
from observe.storage import lessons, paired_ratings, people
from observe.storage.database import NetworkSession

_same: Remembered[SameLevel] = Remembered(256)


@dataclass(frozen=True, slots=True)
class Met:
    """A partner, and on how many lessons that count."""

    id: UUID
    name: str
    lessons: int


@dataclass(frozen=True, slots=True)
class Told:
    """One's figures with the rubric version used most: each as its own page has it.

    `equal` of `cells` times two levels of one's own and of a partner were the same.
    """

    over_time: OverTime
    lessons: int
    equal: int
    cells: int
    same: SameLevel | None
    leniency: Leniency | None

    @property
    def few(self) -> bool:
        """Whether there are too few lessons for any figure."""
        return self.lessons < FEWEST_LESSONS


@dataclass(frozen=True, slots=True)
class Observing:
    """All that the page shows to whoever it is about; `told` is None before any pair counts."""

    lessons: int
    met: Sequence[Met]
    told: Told | None
    place: Place
    to_try: Sequence[Reflection]
    written: Sequence[Reflection]
    of: Mapping[UUID, Lesson]

    @property
    def has_figures(self) -> bool:
        """Whether there is a figure that counts as opened once it is shown."""
        return self.told is not None and not self.told.few


def of(session: NetworkSession, *, by: Person, at: datetime) -> Observing:
    """What whoever asks may know of their own observing; there is no way to ask for somebody else's."""
    rows = paired_ratings.of_person(session, by.id)
    together = Counter(partner for partner, _ in {(r.partner_id, r.lesson_id) for r in rows})
    names = people.names(session, together)
    met = [Met(who, names[who], number) for who, number in together.items()]
    written = reflecting.latest(session, by.id)
    return Observing(
        lessons=len({row.lesson_id for row in rows}),
        met=sorted(met, key=lambda partner: partner.name.casefold()),
        told=_told(session, by.id) if rows else None,
        place=certifying.place_of(session, by.id, at=at),
        to_try=reflecting.to_try(session, by.id),
        written=written,
        of=_lessons(session, written),
    )


def _lessons(session: NetworkSession, written: Sequence[Reflection]) -> Mapping[UUID, Lesson]:
    found = lessons.by_ids(session, [each.lesson_id for each in written])
    return {each.id: each for each in found}


def _told(session: NetworkSession, person_id: UUID) -> Told | None:
    found = over_time_figures.of_person(session, person_id)
    own = found.own if found else None
    if found is None or own is None or not own.rows:
        return None
    number = len({row.lesson_id for row in own.rows})
    enough = number >= FEWEST_LESSONS
    pooled = {each.key for each in own.criteria if each.pooled}
    levels = [(row.mine, row.theirs) for row in own.rows if row.criterion in pooled]
    return Told(
        over_time=found,
        lessons=number,
        equal=sum(mine == theirs for mine, theirs in levels),
        cells=len(levels),
        same=_same_level(own) if enough else None,
        leniency=_leniency(session, person_id, found.digest) if enough else None,
    )


def _leniency(session: NetworkSession, person_id: UUID, digest: str) -> Leniency | None:
    return leniency_figures.fit_of(session, digest).observers.get(person_id)


def _same_level(own: OwnRows) -> SameLevel:
    """Over all criteria that can be pooled and beside all partners."""
    known = {each.key for each in own.criteria}
    rows = [row for row in own.rows if row.criterion in known]
    ratings = over_time_figures.beside_partners(own.rubric, rows)
    stamp = rated.fingerprint(own.digest, ratings)
    return _same.get(stamp, lambda: rated.same_level(ratings))
