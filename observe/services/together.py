"""What two people rated together with one rubric version: of all their lessons, a term or a school."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from observe.core.lesson import Lesson
from observe.core.pairing import LeftOut
from observe.core.terms import Term, term_of, terms_of
from observe.storage import left_out, lessons
from observe.storage.database import NetworkSession
from observe.storage.left_out import LeftOutLesson
from observe.storage.paired_ratings import Between


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which lessons are asked for: those of a term (by its key), of a school, or all.

    `who` names as what two people observed: `head-adviser`, one's own capacity first.
    """

    term: str = ""
    school_id: UUID | None = None
    who: str = ""

    def holds(self, lesson: Lesson, day: date) -> bool:
        """Whether a lesson observed on that day is among them."""
        of_term = not self.term or term_of(day).key == self.term
        return of_term and self.school_id in (None, lesson.school_id)

    def known(self, terms: Iterable[Term], schools: Collection[UUID]) -> "Narrowed":
        """What there is of what is asked for, among these terms and schools."""
        term = self.term if self.term in {each.key for each in terms} else ""
        return Narrowed(term, self.school_id if self.school_id in schools else None)


EVERYTHING = Narrowed()


@dataclass(frozen=True, slots=True)
class Together:
    """The rows that count, the lessons that do not, and what is known of each lesson."""

    rows: Sequence[Between]
    left_out: Sequence[LeftOutLesson]
    lessons: Mapping[UUID, Lesson]
    who: Mapping[UUID, str]

    @property
    def whos(self) -> list[str]:
        """As what the two rated, most lessons first: `head-adviser`, one's own capacity first."""
        rated = {row.lesson_id for row in self.rows}
        return [who for who, _ in Counter(self.who[each] for each in sorted(rated)).most_common()]

    @property
    def terms(self) -> list[Term]:
        """The terms in which they rated, the latest first."""
        days = {row.observed_on for row in self.rows} | {each.observed_on for each in self.left_out}
        return terms_of(days)

    @property
    def schools(self) -> Mapping[UUID, str]:
        """The schools in which they rated, by name."""
        return schools_of(self.lessons.values())

    def known(self, asked: Narrowed) -> Narrowed:
        """What there is of what is asked for."""
        found = asked.known(self.terms, self.schools)
        return replace(found, who=asked.who if asked.who in self.whos else "")

    def within(self, asked: Narrowed) -> list[Between]:
        """The rows that count."""
        return [row for row in self.rows if self._holds(asked, row.lesson_id, row.observed_on)]

    def left_out_within(self, asked: Narrowed) -> Mapping[LeftOut, int]:
        """How many lessons do not count, by reason."""
        mine = {
            (each.lesson_id, each.reason)
            for each in self.left_out
            if self._holds(asked, each.lesson_id, each.observed_on)
        }
        return Counter(reason for _, reason in mine)

    def _holds(self, asked: Narrowed, lesson_id: UUID, day: date) -> bool:
        of_who = asked.who in ("", self.who[lesson_id])
        return of_who and asked.holds(self.lessons[lesson_id], day)


def schools_of(lessons: Iterable[Lesson]) -> Mapping[UUID, str]:
    """The schools of these lessons, by name."""
    found = {each.school_id: each.school for each in lessons}
    return dict(sorted(found.items(), key=lambda school: school[1].casefold()))


def of_two(
    session: NetworkSession, one: UUID, other: UUID, rows: Sequence[Between], *, rubric_digest: str
) -> Together:
    """What two people rated with one version; `rows` are theirs, of any version."""
    mine = [row for row in rows if row.rubric_digest == rubric_digest]
    left = left_out.of_two(session, one, other, rubric_digest=rubric_digest)
    ids = {row.lesson_id for row in mine} | {each.lesson_id for each in left}
    found = {each.id: each for each in lessons.by_ids(session, ids)}
    return Together(mine, left, found, {id: _who(each, one, other) for id, each in found.items()})


def _who(lesson: Lesson, one: UUID, other: UUID) -> str:
    """As what the two observed a lesson, by their places in it."""
    seats = (lesson.seat_of(one), lesson.seat_of(other))
    return "-".join(seat.capacity for seat in seats if seat)
