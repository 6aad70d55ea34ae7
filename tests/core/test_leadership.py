"""What may be told of answers about a leader, so that none is anybody's."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from observe.core.exercises import Value
from observe.core.groups import FEWEST_PEOPLE
from observe.core.leadership import (
    OTHERS,
    Answer,
    Question,
    RaterGroup,
    Told,
    beside,
    told,
)
from observe.core.rubric_file import read_rubric
from observe.resources import folder

FILE = folder("rubrics") / "leading-well.yaml"
RUBRIC = read_rubric(FILE.read_bytes(), FILE.name)
KEYS = [each.criterion for each in RUBRIC.with_levels()]
VALUES = st.sampled_from(list[Value]([1, 2, 3, 4, "not_seen", "not_applicable"]))
WORDS = st.sampled_from(["", "Keep asking", "be in lessons", "Fewer mails", "Thank you"])


@st.composite
def an_answer(draw: st.DrawFn) -> Answer:
    return Answer(
        draw(st.sampled_from(OTHERS)),
        {key: draw(VALUES) for key in KEYS},
        {question: draw(WORDS) for question in Question},
    )


ANSWERS = st.lists(an_answer(), max_size=24)


def of(answers: Sequence[Answer]) -> Told:
    return told(RUBRIC, answers, tuple(RaterGroup))


def all_alike(group: RaterGroup, level: int, times: int) -> list[Answer]:
    return [Answer(group, dict.fromkeys(KEYS, level)) for _ in range(times)]


@given(ANSWERS)
def test_no_group_is_smaller_than_five_and_no_group_stands_in_two(answers: list[Answer]) -> None:
    shown = of(answers).groups
    named = Counter(group for each in shown for group in each.groups)
    assert all(each.size >= FEWEST_PEOPLE for each in shown)
    assert all(times == 1 for times in named.values())
    assert all(cell.n is None or cell.n >= FEWEST_PEOPLE for each in shown for cell in each.cells)


@given(ANSWERS, st.data())
def test_what_a_group_of_fewer_than_five_gave_changes_nothing_that_is_told(
    answers: list[Answer], data: st.DataObject
) -> None:
    shown = {group for each in of(answers).groups for group in each.groups}
    other = [
        each if each.group in shown else replace(data.draw(an_answer()), group=each.group)
        for each in answers
    ]
    assert of(other) == of(answers)


@given(ANSWERS, st.randoms(use_true_random=False))
def test_whoever_gave_what_within_a_group_changes_nothing_that_is_told(
    answers: list[Answer], random: Random
) -> None:
    """Neither the order of the answers nor which levels and words came from one hand."""
    columns: dict[tuple[RaterGroup, str], list[Value]] = {}
    for each in answers:
        for key, value in (*each.values.items(), *each.words.items()):
            columns.setdefault((each.group, key), []).append(value)
    for column in columns.values():
        random.shuffle(column)
    dealt = [
        Answer(
            each.group,
            {key: columns[each.group, key].pop() for key in each.values},
            {key: str(columns[each.group, key].pop()) for key in each.words},
        )
        for each in answers
    ]
    random.shuffle(dealt)
    assert of(dealt) == of(answers)


@given(ANSWERS)
def test_no_criterion_tells_that_all_gave_one_and_the_same_level(answers: list[Answer]) -> None:
    for group in of(answers).groups:
        for cell in group.cells:
            assert len(cell.counts) != 1
            assert cell.between is None or cell.between[0] < cell.between[1]


@given(st.sampled_from([1, 2, 3, 4]), st.sampled_from([1, 2, 3, 4]))
def test_of_one_mind_at_neighbouring_levels_looks_the_same(first: int, second: int) -> None:
    same_part = (first - 1) // 2 == (second - 1) // 2
    one, other = (of(all_alike(RaterGroup.TEAM, level, 6)) for level in (first, second))
    assert (one == other) is same_part


def test_small_groups_are_put_together_and_say_so() -> None:
    mixed = [*all_alike(RaterGroup.PEERS, 2, 3), *all_alike(RaterGroup.GOVERNORS, 3, 2)]
    (shown,) = of([*all_alike(RaterGroup.TEAM, 4, 4), *mixed]).groups
    assert (shown.groups, shown.size) == (OTHERS, 9)
    assert shown.cells[0].counts == ((2, 3), (3, 2), (4, 4))


def test_too_few_in_all_are_left_out_whether_they_answered_or_not() -> None:
    large = all_alike(RaterGroup.TEAM, 4, 5)
    alone, silent = of([*large, *all_alike(RaterGroup.PEERS, 1, 1)]), of(large)
    assert alone == silent
    assert alone.too_few == (RaterGroup.PEERS, RaterGroup.GOVERNORS)


def test_the_own_look_stands_beside_the_middle_of_a_group() -> None:
    levels = [1, 2, 2, 3, 4]
    team = [Answer(RaterGroup.TEAM, dict.fromkeys(KEYS, level)) for level in levels]
    own = Answer(RaterGroup.SELF, {KEYS[0]: 4, KEYS[1]: "not_seen"})
    found = of([own, *team])
    assert found.own == {KEYS[0]: 4}
    assert beside(RUBRIC, found.own, found.groups[0]) == [(3, 1)]
