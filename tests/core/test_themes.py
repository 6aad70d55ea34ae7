"""Themes of many summaries: what is counted, and which teams may stand by themselves."""

from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from observe.core.feedback.facts import Line, Part
from observe.core.feedback.themes import ALL, OTHERS, Told, claims_of, themes_of

STRENGTH, NEXT = (Part.STRENGTH, "routines"), (Part.NEXT_STEP, "questioning")
CRITERIA = ("routines", "questioning")
TEAMS = tuple(UUID(int=n) for n in range(1, 5))


def told(
    team: UUID | None, *, teachers: int, claims: tuple[tuple[Part, str], ...] = ()
) -> list[Told]:
    return [Told(uuid4(), team, frozenset(claims)) for _ in range(teachers)]


def test_a_letter_names_a_criterion_once_however_many_lines_it_has() -> None:
    lines = [
        Line(Part.OPENING, "Thank you."),
        Line(Part.STRENGTH, "One.", criterion="routines"),
        Line(Part.STRENGTH, "Two.", criterion="routines"),
        Line(Part.NEXT_STEP, "Own words."),
        Line(Part.TARGET, "Try it.", criterion="questioning"),
    ]
    assert claims_of(lines) == {STRENGTH}


def test_fewer_than_five_teachers_are_not_shown() -> None:
    found = themes_of(told(TEAMS[0], teachers=4, claims=(STRENGTH,)) * 3, CRITERIA, TEAMS)
    assert found.too_few
    assert not found.themes
    assert not found.groups


def test_nothing_told_is_not_too_few() -> None:
    assert not themes_of([], CRITERIA, TEAMS).too_few


def test_each_criterion_is_counted_in_the_order_of_the_rubric() -> None:
    found = themes_of(
        told(None, teachers=4, claims=(STRENGTH,))
        + told(None, teachers=3, claims=(STRENGTH, NEXT)),
        CRITERIA,
        TEAMS,
    )
    counted = [(t.criterion, t.strengths[ALL], t.next_steps[ALL]) for t in found.themes]
    assert counted == [("routines", 7, 0), ("questioning", 0, 3)]
    assert found.most == 7


def test_small_teams_stand_together() -> None:
    small = told(TEAMS[1], teachers=3) + told(TEAMS[2], teachers=2)
    found = themes_of(told(TEAMS[0], teachers=6) + small, CRITERIA, TEAMS)
    assert found.groups == (ALL, TEAMS[0], OTHERS)
    assert found.teachers[OTHERS] == 5


def test_a_team_is_held_back_where_the_rest_would_be_too_few() -> None:
    found = themes_of(told(TEAMS[0], teachers=6) + told(TEAMS[1], teachers=2), CRITERIA, TEAMS)
    assert found.groups == (ALL,)


A_SCHOOL = st.lists(
    st.tuples(st.sampled_from([*TEAMS, None]), st.integers(0, 12)), min_size=0, max_size=40
)


@given(A_SCHOOL)
def test_no_group_nor_what_is_left_of_the_whole_is_under_five(
    school: list[tuple[UUID | None, int]],
) -> None:
    every = [Told(UUID(int=100 + teacher), team, frozenset()) for team, teacher in school]
    found = themes_of(every, CRITERIA, TEAMS)
    shown = [group for group in found.groups if isinstance(group, UUID)]
    left = {each.teacher_id for each in every if each.team_id not in shown}
    assert all(teachers >= 5 for teachers in found.teachers.values())
    assert not shown or len(left) == 0 or len(left) >= 5
