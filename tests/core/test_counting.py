"""What a lesson adds to the kept counts."""

from datetime import date
from uuid import UUID

from observe.core.counting import (
    BY_ROLE,
    Counts,
    Kind,
    LessonKind,
    Part,
    RatedTogether,
    counts_of,
)

DAY = date(2026, 11, 17)
HEAD, LEADER, ADVISER = (UUID(int=n) for n in range(3))


def two(
    *cells: tuple[str, int, int],
    capacities: tuple[str, str] = BY_ROLE,
    observers: tuple[UUID, UUID] = (HEAD, ADVISER),
    weight: float = 1.0,
    left_out: str | None = None,
) -> RatedTogether:
    criteria, first, second = zip(*cells, strict=True)
    weights = [weight] * len(cells)
    return RatedTogether(
        observers, capacities, UUID(int=9), 7, DAY, left_out, criteria, weights, first, second
    )


def gap(counts: Counts, kind: Kind, of: str = "") -> tuple[int, int]:
    (found,) = [
        (each.gap_sum, each.gap_cells)
        for each in counts.lessons
        if (each.term, each.capacities, each.kind, each.of) == ("", "head-adviser", kind, of)
    ]
    return found


def test_segments_of_a_lesson_stand_apart_and_made_one_rounded_half_up() -> None:
    counts = counts_of([two(("tone", 1, 3), ("tone", 2, 3))], {"tone"}, imported=False)
    parts = {(k.part, k.level_a, k.level_b): n for k, n in counts.cells.items() if not k.term}
    assert parts == {
        (Part.ONE_OF_SEVERAL, 1, 3): 1,
        (Part.ONE_OF_SEVERAL, 2, 3): 1,
        (Part.SEVERAL_IN_ONE, 2, 3): 1,
    }
    assert gap(counts, Kind.CRITERION, "tone") == (-3, 2)
    assert gap(counts, Kind.POOLED) == (-1, 1)


def test_a_lesson_of_three_observers_is_one_lesson_and_only_head_and_adviser_have_a_sign() -> None:
    lesson = [
        two(("tone", 2, 0), weight=0.5),
        two(("tone", 2, 1), weight=0.5, capacities=("head", "leader"), observers=(HEAD, LEADER)),
        two(
            ("tone", 1, 0),
            weight=0.5,
            capacities=("leader", "adviser"),
            observers=(LEADER, ADVISER),
        ),
    ]
    counts = counts_of(lesson, {"tone"}, imported=False)
    assert counts.lessons[LessonKind("", "", Kind.RATED)] == 1
    assert counts.lessons[LessonKind("", "", Kind.CRITERION, "tone")] == 1
    assert gap(counts, Kind.CRITERION, "tone") == (2, 1)
    assert len(counts.observers) == 6


def test_cells_of_two_and_of_three_observers_weigh_as_cells_in_the_lessons_mean() -> None:
    """Weights 1 and 1/3: (1 * 3 + 1/3 * 0) / (4/3) = 9/4."""
    lesson = [two(("tone", 3, 0)), two(("tone", 1, 1), weight=0.5)]
    assert gap(counts_of(lesson, set(), imported=False), Kind.CRITERION, "tone") == (9, 4)


def test_what_is_left_out_is_counted_as_such_and_as_nothing_else() -> None:
    counts = counts_of([two(("tone", 1, 1), left_out="not_blind")], {"tone"}, imported=True)
    assert not counts.cells
    assert not counts.observers
    assert {(each.kind, each.of) for each in counts.lessons} == {
        (Kind.LEFT_OUT, "not_blind"),
        (Kind.IMPORTED, ""),
    }
