from uuid import UUID

from observe.core.groups import may_be_shown, parts_shown


def people(*numbers: int) -> frozenset[UUID]:
    return frozenset(UUID(int=number) for number in numbers)


def test_a_group_of_four_is_not_shown() -> None:
    assert not may_be_shown(people(*range(4)), [])
    assert may_be_shown(people(*range(5)), [])


def test_a_group_that_differs_from_another_by_three_is_not_shown() -> None:
    whole = people(*range(12))
    assert not may_be_shown(people(*range(9)), [whole])
    assert may_be_shown(people(*range(7)), [whole])
    assert may_be_shown(whole, [whole])


def test_the_schools_that_are_left_over_hold_five_people_or_nobody() -> None:
    parts = {"a": people(*range(7)), "b": people(*range(7, 13)), "c": people(13, 14)}
    whole = people(*range(15))
    assert parts_shown(parts, whole) == ["a"]
