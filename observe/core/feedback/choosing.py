"""Which criteria a summary speaks of, and in what order: the rule of the school, stated once."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from observe.core.feedback.facts import Agreement, Evidence, Part
from observe.core.pairing import Outcome
from observe.core.rubric import Criterion, Rubric, Scale

Agreements = Mapping[str, Agreement]
CHOSEN = {Part.STRENGTH: 2, Part.NEXT_STEP: 1}
NOTHING_PICKED: Mapping[Part, str] = {}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A criterion on which something may be said, on which side, and every note it could rest on."""

    criterion: Criterion
    side: Part
    notes: tuple[Evidence, ...]
    levels: tuple[int, ...] = ()

    @property
    def observers(self) -> int:
        """How many observers noted it."""
        return len({note.observer for note in self.notes})


def candidates(
    rubric: Rubric,
    agreements: Agreements,
    evidence: Sequence[Evidence],
    *,
    target: str | None = None,
    picked: Mapping[Part, str] = NOTHING_PICKED,
) -> list[Candidate]:
    """Criteria with a side and a note, the most telling first.

    What all observers `picked`, then the open target's, then what both noted, then the most noted.
    """

    def order(one: Candidate) -> tuple[bool, bool, bool, int]:
        key = one.criterion.criterion
        return picked.get(one.side) != key, key != target, one.observers < 2, -len(one.notes)

    return sorted((one for one in sided(rubric, agreements, evidence) if one.notes), key=order)


def sided(
    rubric: Rubric, agreements: Agreements, evidence: Sequence[Evidence]
) -> Iterator[Candidate]:
    """Every criterion that is a strength or a next step, noted or not, in the rubric's order."""
    for criterion in rubric.criteria():
        notes = notes_on(criterion.criterion, evidence)
        agreement = agreements.get(criterion.criterion)
        side = side_of(criterion, agreement, notes, graded=rubric.graded)
        if side:
            yield Candidate(criterion, side, notes, _levels(agreement))


def notes_on(criterion: str, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The notes on a criterion that may leave their author."""
    return tuple(note for note in evidence if criterion in note.criteria and not note.withheld)


def side_of(
    criterion: Criterion, agreement: Agreement | None, notes: Sequence[Evidence], *, graded: bool
) -> Part | None:
    """Strength, next step or neither: by the levels if graded, by the notes' marks if not."""
    if graded and criterion.scale.has_levels:
        return side_by_levels(criterion.scale, agreement)
    side = side_by_marks(notes)
    if agreement and agreement.outcome == Outcome.DIFFER and criterion.scale.has_levels:
        return side if side == side_by_levels(criterion.scale, agreement) else None
    return side


def side_by_levels(scale: Scale, agreement: Agreement | None) -> Part | None:
    """The side of the agreed level; where observers differ, the side that all their levels share."""
    if agreement is None:
        return None
    differ = agreement.outcome == Outcome.DIFFER
    sides = {_side(scale, level) for level in (agreement.levels if differ else (agreement.level,))}
    return sides.pop() if len(sides) == 1 else None


def side_by_marks(notes: Sequence[Evidence]) -> Part | None:
    """A strength if more notes say that it helped than that it hindered, and the other way round."""
    marks = Counter(note.mark for note in notes)
    if marks["+"] == marks["-"]:
        return None
    return Part.STRENGTH if marks["+"] > marks["-"] else Part.NEXT_STEP


def _side(scale: Scale, level: int | None) -> Part | None:
    if scale.position(level) is None or level is None:
        return None
    if scale.strength_from is not None and level >= scale.strength_from:
        return Part.STRENGTH
    return (
        Part.NEXT_STEP if scale.next_step_to is not None and level <= scale.next_step_to else None
    )


def _levels(agreement: Agreement | None) -> tuple[int, ...]:
    if agreement is None:
        return ()
    told = agreement.levels if agreement.outcome == Outcome.DIFFER else (agreement.level,)
    return tuple(level for level in told if level is not None)
