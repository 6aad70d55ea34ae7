"""Parts of a newsletter: moved, taken out, and kept as they were typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe.core.newsletter import Part, as_json, from_json, moved

PARTS = tuple(Part(name) for name in "abcd")


def order(place: int, way: str) -> str:
    return "".join(part.heading for part in moved(PARTS, place, way))


@pytest.mark.parametrize(
    ("place", "way", "told"),
    [
        (1, "up", "bacd"),
        (1, "down", "acbd"),
        (1, "remove", "acd"),
        (0, "up", "abcd"),
        (3, "down", "abcd"),
        (9, "remove", "abcd"),
    ],
)
def test_a_part_is_moved_by_one_or_taken_out(place: int, way: str, told: str) -> None:
    assert order(place, way) == told


@given(st.lists(st.builds(Part, st.text(), st.text(), st.booleans())))
def test_parts_are_kept_as_they_were_typed(parts: list[Part]) -> None:
    assert from_json(as_json(parts)) == tuple(parts)


def test_an_empty_line_begins_a_paragraph() -> None:
    assert Part("", "One.\nStill one.\n\n\n\nTwo.").paragraphs == ("One.\nStill one.", "Two.")
