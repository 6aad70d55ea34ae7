"""The very rows behind one's own figures: each of one's levels beside each partner's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from observe.core.lesson import Lesson
from observe.core.rubric import Rubric
from observe.services.leniency_figures import chosen_version
from observe.storage import group_ratings, lessons, paired_ratings, people, shelf
from observe.storage.database import NetworkSession
from observe.storage.paired_ratings import Between


@dataclass(frozen=True, slots=True)
class OwnRows:
    """Somebody's rows of one rubric version, the earliest lesson first, with what they are of."""

    rubric: Rubric
    rows: Sequence[Between]
    lessons: Mapping[UUID, Lesson]
    partners: Mapping[UUID, str]


def of(session: NetworkSession, person_id: UUID, *, digest: str = "") -> OwnRows | None:
    """Of the version asked for, or of the one used most; None before any pair is counted."""
    known = [each for each, _ in group_ratings.versions(session)]
    if not known:
        return None
    chosen = chosen_version(session, known, person_id, digest)
    rows = of_version(session, person_id, chosen)
    found = lessons.by_ids(session, {row.lesson_id for row in rows})
    return OwnRows(
        rubric=shelf.rubric(session, chosen),
        rows=rows,
        lessons={each.id: each for each in found},
        partners=people.names(session, {row.partner_id for row in rows}),
    )


def of_version(session: NetworkSession, person_id: UUID, digest: str) -> list[Between]:
    """Somebody's rows of one rubric version; found by the person, who has fewer than a version."""
    every = paired_ratings.of_person(session, person_id)
    return [row for row in every if row.rubric_digest == digest]
