"""A self-evaluation and an assessment side by side, and beside the earlier ones: what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from observe.core.assessing import (
    Both,
    Kind,
    Round,
    Steps,
    Suggestion,
    earlier_of,
    moved,
    steps,
)
from observe.core.errors import Conflict
from observe.core.lesson import Lesson
from observe.core.rubric import Rubric
from observe.services.assessing_agreement import both
from observe.storage import assessing, lessons, people, shelf, suggestions
from observe.storage.database import NetworkSession


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion: both looks now, and both looks before where there is a round to lay it beside."""

    now: Both
    before: Both | None

    def moved(self, kind: Kind) -> int | None:
        """By how many levels a look went up; None where that cannot be said."""
        return moved(self.before, self.now, kind) if self.before else None


@dataclass(frozen=True, slots=True)
class Beside:
    """Both looks of a round, with the round before; `others` are rounds with another rubric version."""

    round: Round
    earlier: Round | None
    others: Sequence[Round]
    rubric: Rubric
    names: Mapping[UUID, str]
    lines: Sequence[Line]
    rests_on: Mapping[Kind, Sequence[Lesson]]
    suggestions: Sequence[Suggestion]

    @property
    def person(self) -> str:
        """Whose observing it is."""
        return self.names[self.round.person_id]

    @property
    def assessor(self) -> str:
        """Who assessed."""
        return self.names[self.round.parts[Kind.ASSESSMENT].author_id]

    @property
    def gaps(self) -> Steps:
        """On how many criteria both gave the same level, and who gave the higher one."""
        return steps(each.now.gap for each in self.lines)

    def change(self, kind: Kind) -> Steps:
        """On how many criteria a look went up or down since the earlier round."""
        return steps(each.moved(kind) for each in self.lines)


def beside(session: NetworkSession, round_id: UUID) -> Beside:
    """Both looks of a round; Conflict while one of them is open."""
    found = assessing.find(session, round_id)
    if not found.revealed:
        raise Conflict("Both have to seal first.")
    rounds = assessing.of_people(session, [found.person_id])
    earlier = earlier_of(rounds, found)
    rubric = shelf.rubric(session, found.rubric_digest)
    now = both(session, found, rubric)
    before = both(session, earlier, rubric) if earlier else [None] * len(now)
    shown = [each for one in (found, earlier) if one for each in one.parts.values()]
    return Beside(
        round=found,
        earlier=earlier,
        others=[each for each in rounds if _is_other(each, found)],
        rubric=rubric,
        names=people.names(session, {found.person_id, *(each.author_id for each in shown)}),
        lines=[Line(*each) for each in zip(now, before, strict=True)],
        rests_on={kind: _lessons(session, found, kind) for kind in Kind},
        suggestions=suggestions.of_round(session, round_id),
    )


def _is_other(each: Round, found: Round) -> bool:
    other = each.rubric_digest != found.rubric_digest
    return other and each.revealed and each.opened_at < found.opened_at


def _lessons(session: NetworkSession, found: Round, kind: Kind) -> list[Lesson]:
    return lessons.by_ids(session, assessing.lessons_of(session, found.parts[kind]))
