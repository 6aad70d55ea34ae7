"""The very rows behind one's own figures: each of one's levels beside each partner's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from observe.core.agreement.ratings import RatedCriterion
from observe.core.lesson import Lesson
from observe.core.rubric import Rubric
from observe.core.terms import Term, terms_of
from observe.services import rated
from observe.services.leniency_figures import chosen_version
from observe.services.together import EVERYTHING, Narrowed, schools_of
from observe.storage import group_ratings, lessons, paired_ratings, people, shelf
from observe.storage.database import NetworkSession
from observe.storage.paired_ratings import Between


@dataclass(frozen=True, slots=True)
class OwnRows:
    """Somebody's rows of one rubric version, the earliest lesson first, with what they are of.

    `rows` are those of the term, school and criterion asked for, `every` all of the version.
    """

    rubric: Rubric
    digest: str
    rows: Sequence[Between]
    every: Sequence[Between]
    lessons: Mapping[UUID, Lesson]
    partners: Mapping[UUID, str]
    narrowed: Narrowed
    criterion: str

    @property
    def is_part(self) -> bool:
        """Whether a term, a school or a criterion was asked for."""
        return bool(self.narrowed != EVERYTHING or self.criterion)

    @property
    def terms(self) -> list[Term]:
        """The terms in which they rated, the latest first."""
        return terms_of(row.observed_on for row in self.every)

    @property
    def schools(self) -> Mapping[UUID, str]:
        """The schools in which they rated, by name."""
        return schools_of(self.lessons.values())

    @property
    def criteria(self) -> Sequence[RatedCriterion]:
        """The criteria of levels that they rated, in the rubric's order."""
        rated_by_them = {row.criterion for row in self.every}
        return [each for each in rated.rated_criteria(self.rubric) if each.key in rated_by_them]


def of(
    session: NetworkSession,
    person_id: UUID,
    *,
    digest: str = "",
    narrowed: Narrowed = EVERYTHING,
    criterion: str = "",
) -> OwnRows | None:
    """Of the version asked for, or of the one used most; None before any pair is counted.

    A term, school or criterion of which they have no rows is as if it were not asked for.
    """
    known = [each for each, _ in group_ratings.versions(session)]
    if not known:
        return None
    chosen = chosen_version(session, known, person_id, digest)
    every = of_version(session, person_id, chosen)
    found = {each.id: each for each in lessons.by_ids(session, {row.lesson_id for row in every})}
    terms = terms_of(row.observed_on for row in every)
    asked = narrowed.known(terms, {each.school_id for each in found.values()})
    key = criterion if criterion in {row.criterion for row in every} else ""
    return OwnRows(
        rubric=shelf.rubric(session, chosen),
        digest=chosen,
        rows=[row for row in every if _is_asked(row, asked, key, found)],
        every=every,
        lessons=found,
        partners=people.names(session, {row.partner_id for row in every}),
        narrowed=asked,
        criterion=key,
    )


def _is_asked(
    row: Between, narrowed: Narrowed, criterion: str, lessons: Mapping[UUID, Lesson]
) -> bool:
    of_criterion = criterion in ("", row.criterion)
    return of_criterion and narrowed.holds(lessons[row.lesson_id], row.observed_on)


def of_version(session: NetworkSession, person_id: UUID, digest: str) -> list[Between]:
    """Somebody's rows of one rubric version; found by the person, who has fewer than a version."""
    every = paired_ratings.of_person(session, person_id)
    return [row for row in every if row.rubric_digest == digest]
