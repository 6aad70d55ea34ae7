from datetime import date
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observe.core.errors import Conflict
from observe.core.feedback.clock import Step, clock
from observe.core.feedback.review import (
    MOVES,
    UNREVIEWED,
    Move,
    State,
    after,
    days_left,
    due_on,
    is_working_day,
    ladder,
    readers,
    release_day,
    target_due,
)
from observe.core.feedback.waiting import is_too_long

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
    rungs = ladder({LEADER}, {HEAD}, {DEPUTY}, teacher=teacher, author=author)
    assert readers(rungs) == reads


def test_nobody_reads_their_own_even_where_there_is_nobody_else() -> None:
    assert ladder((), {HEAD}, (), teacher=TEACHER, author=HEAD) == ()
    assert readers(ladder({LEADER}, {HEAD}, (), teacher=HEAD, author=LEADER)) == frozenset()


def test_what_waits_too_long_goes_to_the_head_and_then_to_the_deputy() -> None:
    rungs = ladder({LEADER}, {HEAD}, {DEPUTY}, teacher=TEACHER, author=OTHER)
    asked = [readers(rungs, steps) for steps in range(4)]
    assert asked == [{LEADER}, {LEADER, HEAD}, {LEADER, HEAD, DEPUTY}, {LEADER, HEAD, DEPUTY}]


people_ = st.frozensets(st.sampled_from([LEADER, HEAD, DEPUTY, TEACHER, OTHER]), max_size=4)


@given(people_, people_, people_, st.sampled_from([LEADER, HEAD, TEACHER]), st.integers(0, 3))
def test_whoever_leads_whom_neither_teacher_nor_author_is_ever_asked(
    leaders: frozenset[UUID],
    heads: frozenset[UUID],
    deputies: frozenset[UUID],
    teacher: UUID,
    steps: int,
) -> None:
    rungs = ladder(leaders, heads, deputies, teacher=teacher, author=OTHER)
    assert not readers(rungs, steps) & {teacher, OTHER}
    assert all(rungs)
    assert sum(map(len, rungs)) == len(frozenset[UUID]().union(*rungs))


def test_a_school_that_releases_on_fridays_does_so_after_a_holiday() -> None:
    friday = date(2026, 11, 20)
    assert release_day(TUESDAY, 4) == release_day(friday, 4) == friday
    assert release_day(TUESDAY, 4, {friday}) == date(2026, 11, 23)
    assert release_day(date(2026, 11, 21), 4) == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("since", "today", "long"),
    [((11, 17), (11, 19), False), ((11, 17), (11, 20), True), ((11, 24), (11, 24), False)],
)
def test_three_school_days_with_a_reader_are_too_long(
    since: tuple[int, int], today: tuple[int, int], long: bool
) -> None:
    due = date(2026, 11, 24)
    assert is_too_long(date(2026, *since), date(2026, *today), due=due) == long


def test_one_school_day_is_too_long_for_what_is_late_already() -> None:
    late, friday = date(2026, 11, 24), date(2026, 11, 27)
    assert not is_too_long(friday, friday, due=late)
    assert not is_too_long(friday, date(2026, 11, 29), due=late)
    assert is_too_long(friday, date(2026, 11, 30), due=late)
    assert not is_too_long(friday, date(2026, 11, 30), due=late, holidays={date(2026, 11, 30)})


def test_the_clock_counts_school_days_from_the_lesson_and_says_what_is_late() -> None:
    done = {
        Step.OBSERVED: TUESDAY,
        Step.TALKED: date(2026, 11, 18),
        Step.WRITTEN: date(2026, 11, 23),
        Step.RELEASED: date(2026, 11, 26),
        Step.READ: None,
    }
    ticks = clock(
        done, due=date(2026, 11, 24), today=date(2026, 11, 27), holidays={date(2026, 11, 19)}
    )
    assert [(tick.days, tick.late) for tick in ticks] == [
        (0, False),
        (1, False),
        (3, False),
        (6, True),
        (None, False),
    ]


def test_a_step_that_is_still_to_come_is_late_once_its_day_is_past() -> None:
    done = {Step.OBSERVED: TUESDAY, Step.RELEASED: None}
    due = date(2026, 11, 24)
    for today, late in ((due, False), (date(2026, 11, 25), True)):
        assert [tick.late for tick in clock(done, due=due, today=today)] == [False, late]
