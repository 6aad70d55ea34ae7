from datetime import date
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observe.core.errors import Conflict
from observe.core.feedback.review import (
    MOVES,
    UNREVIEWED,
    Move,
    State,
    after,
    days_left,
    due_on,
    is_working_day,
    readers,
    target_due,
)

TUESDAY = date(2026, 11, 17)


@pytest.mark.parametrize(("state", "move"), list(product(State, Move)))
@pytest.mark.parametrize("needs_review", [True, False])
def test_a_summary_moves_only_as_the_table_says(
    state: State, move: Move, needs_review: bool
) -> None:
    moves = MOVES if needs_review else {**MOVES, **UNREVIEWED}
    if (state, move) in moves:
        assert after(state, move, needs_review=needs_review) == moves[state, move]
        return
    with pytest.raises(Conflict):
        after(state, move, needs_review=needs_review)


def test_a_draft_goes_to_the_teacher_unread_only_where_the_school_says_so() -> None:
    with pytest.raises(Conflict):
        after(State.DRAFT, Move.RELEASE)
    assert after(State.DRAFT, Move.RELEASE, needs_review=False) == State.RELEASED


def test_a_summary_that_was_read_cannot_be_recalled() -> None:
    with pytest.raises(Conflict, match="has read"):
        after(State.RELEASED, Move.RECALL, read=True)


def test_a_teacher_has_the_summary_five_working_days_after_the_lesson() -> None:
    assert due_on(TUESDAY) == date(2026, 11, 24)
    assert due_on(TUESDAY, {date(2026, 11, 19)}) == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("today", "left"),
    [((11, 17), 5), ((11, 20), 2), ((11, 22), 2), ((11, 24), 0), ((11, 25), -1), ((11, 28), -3)],
)
def test_weekends_do_not_count_as_days_left(today: tuple[int, int], left: int) -> None:
    assert days_left(date(2026, 11, 24), date(2026, *today)) == left


def test_a_target_ends_on_a_friday_of_term() -> None:
    assert target_due(TUESDAY) == date(2026, 12, 11)  # "Friday 11 December"
    assert target_due(TUESDAY, {date(2026, 12, 11)}) == date(2026, 12, 10)


@settings(deadline=None)
@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.sets(st.dates(date(2000, 1, 1), date(2100, 1, 1))),
)
def test_a_summary_is_due_on_a_working_day_with_five_left(
    lesson: date, holidays: set[date]
) -> None:
    due = due_on(lesson, holidays)
    assert is_working_day(due, holidays)
    assert days_left(due, lesson, holidays) == 5


LEADER, HEAD, DEPUTY, TEACHER, OTHER = (UUID(int=number) for number in range(5))


@pytest.mark.parametrize(
    ("teacher", "author", "reads"),
    [
        (TEACHER, HEAD, {LEADER}),
        (TEACHER, LEADER, {HEAD}),
        (LEADER, OTHER, {HEAD}),
        (LEADER, HEAD, {DEPUTY}),
        (HEAD, OTHER, {DEPUTY}),
    ],
)
def test_a_summary_is_read_by_somebody_above_whom_it_is_about(
    teacher: UUID, author: UUID, reads: set[UUID]
) -> None:
    assert readers({LEADER}, {HEAD}, {DEPUTY}, teacher=teacher, author=author) == reads


def test_an_author_reads_alone_only_where_there_is_nobody_else() -> None:
    assert readers((), {HEAD}, (), teacher=TEACHER, author=HEAD) == {HEAD}
    assert readers({LEADER}, {HEAD}, (), teacher=HEAD, author=LEADER) == frozenset()
