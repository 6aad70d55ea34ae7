"""Who has met whom: groups, links that hold them together, schools on one thread, and the picture."""

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from observe.core.network import Met, Network, bridges, by_school, network, thin_schools, together
from observe.core.network_picture import SIZES, picture

DAY, LATER = date(2026, 9, 7), date(2026, 11, 2)
Pairs = list[tuple[int, int]]


def person(number: int) -> UUID:
    return UUID(int=number)


def met(one: int, other: int, lessons: int = 1) -> Met:
    return Met(person(one), person(other), lessons, DAY, LATER)


def of(people: int, pairs: Pairs) -> Network:
    return network(map(person, range(people)), [met(*pair) for pair in pairs])


pairs_of_twelve = st.sets(
    st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] < pair[1])
).map(sorted)


def test_groups_are_those_held_together_by_lessons_the_largest_first() -> None:
    found = of(8, [(5, 6), (0, 2), (2, 4)])
    assert found.groups == [[person(0), person(2), person(4)], [person(5), person(6)]]
    assert found.group_of[person(6)] == 2
    assert found.alone == [person(1), person(3), person(7)]


def test_whoever_stood_first_two_people_are_one_link() -> None:
    (link,) = together([Met(person(1), person(2), 3, LATER, LATER), met(2, 1, 4)])
    assert (link.lessons, link.first_day, link.last_day) == (7, DAY, LATER)


def test_a_link_that_holds_a_group_together_is_named_with_those_cut_off() -> None:
    triangles = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (5, 6), (3, 6)]
    (bridge,) = bridges(of(7, [*triangles, (2, 3)]))
    assert bridge.met.both == (person(2), person(3))
    assert bridge.cut_off == [person(0), person(1), person(2)]


def test_the_middle_of_a_chain_is_the_gravest_link() -> None:
    cut = [len(bridge.cut_off) for bridge in bridges(of(7, [(n, n + 1) for n in range(6)]))]
    assert cut == [3, 3, 2, 2]


def test_a_star_has_no_bridge_but_everybody_at_its_edge() -> None:
    star = of(6, [(0, n) for n in range(1, 6)])
    assert bridges(star) == []
    assert star.with_one_partner == [person(n) for n in range(1, 6)]


@given(pairs_of_twelve)
def test_without_a_bridge_its_group_is_two(pairs: Pairs) -> None:
    found = of(12, pairs)
    for bridge in bridges(found):
        rest = network(found.people, [each for each in found.met if each != bridge.met])
        assert len(rest.groups) == len(found.groups) + 1
        assert sorted(bridge.cut_off) in [sorted(group) for group in rest.groups]


@given(pairs_of_twelve)
def test_everybody_is_in_one_group_or_alone(pairs: Pairs) -> None:
    found = of(12, pairs)
    everybody = [*(each for group in found.groups for each in group), *found.alone]
    assert sorted(everybody) == sorted(found.people)
    assert all(found.group_of[m.first] == found.group_of[m.second] for m in found.met)


NORTH, SOUTH, WEST = person(100), person(101), person(102)
HOMES = {
    person(0): frozenset([NORTH]),
    person(1): frozenset([NORTH]),
    person(2): frozenset([SOUTH]),
    person(3): frozenset([WEST]),
    person(4): frozenset([NORTH, SOUTH]),
}


def test_a_school_that_one_person_joins_to_the_others_is_named_with_them() -> None:
    found = thin_schools(of(5, [(0, 1), (0, 4), (1, 4), (2, 4), (2, 3)]), HOMES)
    through = {each.school_id: each.through for each in found}
    assert through == {NORTH: person(4), WEST: person(2)}


def test_a_school_that_met_no_other_hangs_on_nobody() -> None:
    found = thin_schools(of(4, [(0, 1)]), HOMES)
    assert {each.school_id: each.through for each in found} == {
        NORTH: None,
        SOUTH: None,
        WEST: None,
    }


def test_with_very_many_people_schools_stand_for_them_and_who_has_several_for_themselves() -> None:
    found = by_school(of(5, [(0, 1), (0, 4), (1, 4), (2, 4)]), HOMES)
    assert found.people == (NORTH, SOUTH, WEST, person(4))
    assert [(m.both, m.lessons) for m in found.met] == [
        ((NORTH, person(4)), 2),
        ((SOUTH, person(4)), 1),
    ]


@given(pairs_of_twelve, st.integers(12, 70))
def test_the_same_lessons_make_the_same_picture_and_no_mark_leaves_its_field(
    pairs: Pairs, people: int
) -> None:
    found = of(people, pairs)
    drawn = picture(found, found.group_of)
    assert drawn == picture(of(people, pairs), found.group_of)
    assert set(drawn.spots) == set(found.people)
    fields = {field.number: field for field in drawn.fields}
    for person_id, spot in drawn.spots.items():
        field = fields[found.group_of.get(person_id, 0)]
        assert field.left <= spot.x <= field.left + field.width + 0.01
        assert field.top <= spot.y <= field.top + field.height


def test_marks_of_a_small_network_do_not_touch_on_a_phone() -> None:
    two_groups = [(0, n) for n in range(1, 9)] + [(9, 10), (10, 11)]
    found = of(12, two_groups)
    drawn = picture(found, found.group_of)
    spots = [(spot.x * drawn.size.width / 100, spot.y) for spot in drawn.spots.values()]
    nearest = min(
        abs(complex(*one) - complex(*other)) for one in spots for other in spots if one != other
    )
    assert drawn.size is SIZES[0]
    assert nearest > 2 * drawn.size.radius
