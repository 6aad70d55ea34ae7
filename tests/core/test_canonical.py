"""Canonical JSON is RFC 8785 after NFC, however it is written."""

from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from observe.core.canonical import canonical, normal
from observe.core.errors import Invalid
from tests.core.test_operations import JSON


def is_spelled_as_rfc_8785_spells_it(value: Any) -> None:
    try:
        expected = rfc8785.dumps(normal(value))
    except rfc8785.CanonicalizationError:
        with pytest.raises(Invalid):
            canonical(value)
    else:
        assert canonical(value) == expected


@given(value=JSON)
def test_every_value_has_the_one_spelling(value: Any) -> None:
    is_spelled_as_rfc_8785_spells_it(value)


@given(text=st.text(st.characters(exclude_categories=())))
def test_every_text_has_the_one_spelling(text: str) -> None:
    is_spelled_as_rfc_8785_spells_it([text, {text: 1, "b": 2, "a": 3}])


@pytest.mark.parametrize("value", [2**53, -(2**53), float("nan"), "\ud800", [{"a": ["\udfff"]}]])
def test_what_has_no_spelling_is_refused(value: Any) -> None:
    with pytest.raises(Invalid):
        canonical(value)


def test_numbers_have_one_spelling_each() -> None:
    assert canonical([1.0, 1e21, -0.0, 0.1, 2**53 - 1, True, None]) == (
        b"[1,1e+21,0,0.1,9007199254740991,true,null]"
    )
    assert canonical("e\u0301") == '"\u00e9"'.encode()
