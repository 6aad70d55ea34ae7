"""How far self-evaluations and assessments agree: by the engine where there are enough, else counted."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from observe.core.agreement.figures import FEWEST_LESSONS
from observe.core.agreement.ratings import PairedRatings
from observe.core.assessing import Both, Kind, Round, Steps, place_of, steps
from observe.core.exercises import Given
from observe.core.rubric import Rubric
from observe.services import rated
from observe.services.rated import SameLevel
from observe.storage import assessing, shelf
from observe.storage.database import NetworkSession


@dataclass(frozen=True, slots=True)
class Agreement:
    """Over so many rounds of one rubric version; `same` is None below five of them."""

    rounds: int
    steps: Steps
    same: SameLevel | None


def agreement(session: NetworkSession, rounds: Sequence[Round]) -> Agreement | None:
    """Of the rounds whose two looks are sealed, with the rubric version of most; None where none is."""
    open_ = [each for each in rounds if each.revealed]
    if not open_:
        return None
    ((digest, _),) = Counter(each.rubric_digest for each in open_).most_common(1)
    mine = [each for each in open_ if each.rubric_digest == digest]
    rubric = shelf.rubric(session, digest)
    found = [both(session, each, rubric) for each in mine]
    enough = len(mine) >= FEWEST_LESSONS
    return Agreement(
        rounds=len(mine),
        steps=steps(each.gap for rows in found for each in rows),
        same=rated.same_level(_paired(rubric, found)) if enough else None,
    )


def both(session: NetworkSession, found: Round, rubric: Rubric) -> list[Both]:
    """Both looks of a round whose two looks are sealed, criterion by criterion."""
    said = assessing.given(session, found.parts.values())
    own, assessed = (said.get(_part_id(found, kind), {}) for kind in Kind)
    nothing = Given()
    return [
        Both(each, own.get(each.criterion, nothing), assessed.get(each.criterion, nothing))
        for each in rubric.with_levels()
    ]


def _part_id(found: Round, kind: Kind) -> UUID:
    if not found.revealed:
        raise ValueError("a round is laid side by side only once both looks are sealed")
    return found.parts[kind].id


def _paired(rubric: Rubric, found: Sequence[Sequence[Both]]) -> PairedRatings:
    """Each round as a lesson, the self-evaluation first."""
    criteria = rated.rated_criteria(rubric)
    place = {criterion.key: number for number, criterion in enumerate(criteria)}
    cells = [(number, each) for number, rows in enumerate(found) for each in _told(rows)]
    return PairedRatings(
        criteria=criteria,
        criterion=rated.integers(place[each.criterion.criterion] for _, each in cells),
        lesson=rated.integers(number for number, _ in cells),
        first=rated.integers(place_of(each.criterion, each.own) or 0 for _, each in cells),
        second=rated.integers(place_of(each.criterion, each.assessed) or 0 for _, each in cells),
    )


def _told(rows: Sequence[Both]) -> Iterator[Both]:
    return (each for each in rows if each.gap is not None)
