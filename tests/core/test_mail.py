"""What goes into a header is one line, and a mail is tried again after longer and longer pauses."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe.core.mail import PAUSES, one_line, pause


@given(st.text(), st.integers(min_value=1, max_value=200))
def test_a_header_is_one_line_whatever_was_typed(text: str, most: int) -> None:
    line = one_line(text, most=most)
    assert len(line) <= most
    assert line.isprintable()
    assert len(line.splitlines()) <= 1


def test_each_pause_is_longer_than_the_one_before_and_there_is_a_last_try() -> None:
    pauses = [pause(tries) for tries in range(1, len(PAUSES) + 1)]
    assert pauses == sorted(PAUSES)
    assert pause(len(PAUSES) + 1) is None
    assert sum(PAUSES, timedelta()) > timedelta(days=2)


@pytest.mark.parametrize(("typed", "line"), [("a\r\nb", "a b"), ("  a\t b ", "a b"), ("", "")])
def test_what_breaks_a_line_becomes_a_space(typed: str, line: str) -> None:
    assert one_line(typed, most=50) == line
