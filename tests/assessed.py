"""Looks at how the head of a school observes, for tests: their own, and the adviser's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from observe.core.assessing import Moment, Wish
from observe.core.exercises import Given
from observe.services import assessing, assessing_form, suggesting
from observe.storage import assessing as kept
from observe.storage import shelf
from tests.factories import NOW, School

NEXT_YEAR = date(2027, 7, 1)
WISH = Wish("Follow three pupils.", "In three lessons", "You can say what each learned.", NEXT_YEAR)
Levels = int | Mapping[str, int | str]


@dataclass(frozen=True)
class Looked:
    """A round in which both have begun, one whose two looks are sealed, and a suggestion in each."""

    under_way: UUID
    sealed: UUID
    suggested: UUID
    to_come: UUID


def begun(
    school: School,
    who: str,
    *,
    of: str = "Sion",
    moment: Moment = Moment.BASELINE,
    at: datetime = NOW,
) -> UUID:
    """Somebody begins their look at how somebody observes; the round."""
    with school.database.write(school.network_id) as session:
        person_id, by = school[of].id, school[who]
        return assessing.begin(session, person_id, moment, digest="", by=by, at=at)


def criteria(school: School) -> list[str]:
    """The criteria of the rubric for observing, in its order."""
    with school.database.read(school.network_id) as session:
        rubric = shelf.rubric(session, school.rubrics["observing-well"])
    return [each.criterion for each in rubric.with_levels()]


def written(
    school: School,
    round_id: UUID,
    who: str,
    levels: Levels,
    *,
    evidence: str = "",
    at: datetime = NOW,
) -> None:
    """Every criterion gets its level and a sentence; 3 where none is named."""
    given = levels if isinstance(levels, Mapping) else {}
    usual = levels if isinstance(levels, int) else 3
    said = evidence or f"{who} thought of the lesson on Tuesday."
    every = criteria(school)
    with school.database.write(school.network_id) as session:
        for key in every:
            gave = Given(given.get(key, usual), said)
            assessing_form.rate(session, round_id, key, gave, by=school[who], at=at)


def sealed(
    school: School,
    round_id: UUID,
    who: str,
    levels: Levels,
    *,
    evidence: str = "",
    at: datetime = NOW,
) -> None:
    """Written and sealed."""
    written(school, round_id, who, levels, evidence=evidence, at=at)
    with school.database.write(school.network_id) as session:
        assessing_form.seal(session, round_id, by=school[who], at=at)


def both_sealed(
    school: School,
    own: Levels = 3,
    assessed: Levels = 2,
    *,
    moment: Moment = Moment.BASELINE,
    at: datetime = NOW,
    of: str = "Sion",
    by: str = "Ruth",
) -> UUID:
    """A round whose two looks are sealed."""
    round_id = begun(school, of, of=of, moment=moment, at=at)
    begun(school, by, of=of, moment=moment, at=at)
    sealed(school, round_id, of, own, at=at)
    if moment is Moment.FINAL:
        suggested(school, round_id, by=by, at=at)
    sealed(school, round_id, by, assessed, at=at)
    return round_id


def suggested(
    school: School, round_id: UUID, *, wish: Wish = WISH, by: str = "Ruth", at: datetime = NOW
) -> UUID:
    """What the assessor suggests."""
    with school.database.write(school.network_id) as session:
        return suggesting.suggest(session, round_id, wish, by=school[by], at=at)


def looked(school: School) -> Looked:
    """A baseline that stands side by side, and a look at the end that both have begun."""
    baseline = both_sealed(school, at=NOW - timedelta(days=200))
    final = begun(school, "Sion", moment=Moment.FINAL)
    begun(school, "Ruth", moment=Moment.FINAL)
    return Looked(final, baseline, suggested(school, baseline), suggested(school, final))


def parts_of(school: School, round_id: UUID) -> dict[str, bool]:
    """Which looks a round has, and whether each is sealed."""
    with school.database.read(school.network_id) as session:
        found = kept.find(session, round_id)
    return {kind.value: part.sealed_at is not None for kind, part in found.parts.items()}
