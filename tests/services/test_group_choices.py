"""Who may be shown, whatever filters are put on a group."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from numpy.linalg import matrix_rank

from observe.core.counting import BY_ROLE
from observe.services.group_choices import Choices, Group, choices_of
from observe.storage.group_ratings import Behind

HOME, AWAY = UUID(int=1), UUID(int=2)
LEADERS = ("head", "leader")
ROLES, EVERYBODY = Group(BY_ROLE), Group()


def people(*numbers: int) -> frozenset[UUID]:
    return frozenset(UUID(int=number) for number in numbers)


def choices(*rows: tuple[UUID, str, tuple[str, str], frozenset[UUID]]) -> Choices:
    return choices_of([Behind(*row) for row in rows])


def test_a_term_in_which_nearly_everybody_took_part_is_not_shown() -> None:
    found = choices(
        (HOME, "autumn-2026", BY_ROLE, people(*range(12))),
        (HOME, "spring-2026", BY_ROLE, people(*range(9))),
        (HOME, "summer-2026", BY_ROLE, people(*range(6))),
    )
    assert found.terms(ROLES) == ["autumn-2026", "summer-2026"]


def test_a_term_is_not_shown_where_the_rest_would_tell_of_three_people() -> None:
    found = choices(
        (HOME, "autumn-2026", BY_ROLE, people(*range(12))),
        (HOME, "spring-2026", BY_ROLE, people(0, 1, 2)),
    )
    assert found.terms(ROLES) == []


def test_a_term_of_a_school_is_not_shown_where_it_would_tell_of_two_people_of_another() -> None:
    """Away in spring is away, less what is left of autumn without home in autumn."""
    found = choices(
        (HOME, "autumn-2026", BY_ROLE, people(*range(6))),
        (HOME, "spring-2026", BY_ROLE, people(*range(6))),
        (AWAY, "autumn-2026", BY_ROLE, people(*range(6, 12))),
        (AWAY, "spring-2026", BY_ROLE, people(6, 7)),
    )
    assert found.schools(ROLES) == [HOME, AWAY]
    assert found.terms(ROLES) == ["autumn-2026"]
    assert not found.allows(Group(BY_ROLE, HOME, "autumn-2026"))
    assert not found.allows(Group(BY_ROLE, AWAY, "autumn-2026"))


def test_a_term_of_a_school_is_shown_where_five_people_stand_behind_each() -> None:
    found = choices(
        (HOME, "autumn-2026", BY_ROLE, people(*range(6))),
        (HOME, "spring-2026", BY_ROLE, people(*range(6))),
        (AWAY, "autumn-2026", BY_ROLE, people(*range(6, 12))),
        (AWAY, "spring-2026", BY_ROLE, people(*range(6, 12))),
    )
    assert found.terms(Group(BY_ROLE, AWAY)) == ["autumn-2026", "spring-2026"]


def test_a_term_that_holds_a_school_and_two_people_more_is_not_shown_beside_it() -> None:
    found = choices(
        (HOME, "autumn-2026", BY_ROLE, people(*range(10))),
        (AWAY, "autumn-2026", BY_ROLE, people(10, 11)),
        (AWAY, "spring-2026", BY_ROLE, people(*range(10, 20))),
    )
    assert not (
        found.allows(Group(BY_ROLE, HOME)) and found.allows(Group(BY_ROLE, None, "autumn-2026"))
    )


def test_two_other_capacities_are_a_part_of_all_observers() -> None:
    found = choices(
        (HOME, "autumn-2026", BY_ROLE, people(*range(10))),
        (HOME, "autumn-2026", LEADERS, people(*range(5), *range(20, 26))),
    )
    assert found.who(EVERYBODY) == [BY_ROLE, None, LEADERS]


def test_all_observers_are_not_shown_where_two_people_more_would_be_told_from_heads_and_advisers() -> (
    None
):
    found = choices(
        (HOME, "autumn-2026", BY_ROLE, people(*range(10))),
        (HOME, "autumn-2026", LEADERS, people(0, 1)),
    )
    assert found.who(EVERYBODY) == [BY_ROLE]


ROWS = st.lists(
    st.tuples(
        st.sampled_from([HOME, AWAY]),
        st.sampled_from(["autumn-2026", "spring-2026", "summer-2026"]),
        st.sampled_from([BY_ROLE, LEADERS, ("head", "other")]),
        st.frozensets(st.integers(0, 14).map(lambda n: UUID(int=n)), min_size=2, max_size=9),
    ),
    max_size=8,
)


@given(ROWS)
def test_no_two_groups_of_which_one_holds_the_other_differ_by_one_to_four_people(
    rows: list[tuple[UUID, str, tuple[str, str], frozenset[UUID]]],
) -> None:
    found = choices(*rows)
    shown = [group for group in found.people if found.allows(group)]
    for group in shown:
        assert len(found.behind(group)) >= 5
        for wider in shown:
            if holds(wider, group):
                assert not 0 < len(found.behind(wider) ^ found.behind(group)) < 5
                rest = frozenset[UUID]().union(
                    *(who for *place, who in rows if only_in(wider, group, place))
                )
                assert not 0 < len(rest) < 5


@given(ROWS)
def test_nothing_that_groups_add_up_to_tells_of_one_to_four_people(
    rows: list[tuple[UUID, str, tuple[str, str], frozenset[UUID]]],
) -> None:
    found = choices(*rows)
    places = [
        group
        for group in found.people
        if None not in (group.capacities, group.school_id, group.term)
    ]
    shown = [
        [float(place == group or holds(group, place)) for place in places]
        for group in found.people
        if found.allows(group)
    ]
    for place in places:
        if len(found.behind(place)) < 5:
            asked = [float(each == place) for each in places]
            assert not shown or matrix_rank([*shown, asked]) > matrix_rank(shown)


@given(ROWS)
def test_a_group_stands_whether_narrower_ones_were_looked_at_or_not(
    rows: list[tuple[UUID, str, tuple[str, str], frozenset[UUID]]],
) -> None:
    found = choices(*rows)
    beside_all = set(choices(*rows)._safe_together(filters=3))
    assert {group for group in found.people if found.allows(group)} == beside_all


@given(ROWS, ROWS)
def test_without_those_who_did_not_rate_a_criterion_the_people_behind_are_those_who_did(
    rows: list[tuple[UUID, str, tuple[str, str], frozenset[UUID]]],
    silent: list[tuple[UUID, str, tuple[str, str], frozenset[UUID]]],
) -> None:
    some = [Behind(*row) for row in silent if any(row[:3] == each[:3] for each in rows)]
    rest = [(s, t, both, who - gone(silent, (s, t, both))) for s, t, both, who in rows]
    assert choices(*rows).without(some).people == choices(*(row for row in rest if row[3])).people


@given(ROWS)
def test_what_is_shown_of_a_criterion_does_not_hang_on_the_order_in_which_it_was_read(
    rows: list[tuple[UUID, str, tuple[str, str], frozenset[UUID]]],
) -> None:
    """Two workers that held back different groups would tell together what neither tells alone."""
    behind = [Behind(*row) for row in rows]
    one, other = (choices(*rows).without(some) for some in (behind[::2], behind[::2][::-1]))
    assert [*filter(one.allows, one.people)] == [*filter(other.allows, other.people)]


def gone(
    silent: list[tuple[UUID, str, tuple[str, str], frozenset[UUID]]],
    place: tuple[UUID, str, tuple[str, str]],
) -> frozenset[UUID]:
    return people().union(*(who for *where, who in silent if tuple(where) == place))


def holds(wider: Group, group: Group) -> bool:
    both = (
        (wider.capacities, group.capacities),
        (wider.school_id, group.school_id),
        (wider.term, group.term),
    )
    return wider != group and all(one in (None, other) for one, other in both)


def only_in(wider: Group, group: Group, place: list[object]) -> bool:
    def lies_in(each: Group) -> bool:
        asked = (each.school_id, each.term, each.capacities)
        return all(one in (None, other) for one, other in zip(asked, place, strict=True))

    return lies_in(wider) and not lies_in(group)
