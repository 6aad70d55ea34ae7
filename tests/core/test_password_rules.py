"""What a new password must be."""

import pytest

from observe.core.password_rules import trouble

WHO = {"email": "catrin.morley@thornbeck.example", "name": "Catrin Morley"}


@pytest.mark.parametrize("password", ["plum boat lantern 7", "ŵy ieir ar y bwrdd", "x9!kQ2#mPz7$"])
def test_a_long_password_of_ones_own_is_taken(password: str) -> None:
    assert trouble(password, **WHO) is None


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("elevenchars", "at least 12"),
        ("x" * 201, "at most 200"),
        ("catrinmorley", "name"),
        ("Catrin.Morley@Thornbeck.example", "name"),
        ("Password1234", "guessed first"),
        ("pass-word-2026", "guessed first"),
        ("1234 5678 9012", "guessed first"),
        ("aaaaaaaaaaaab", "guessed first"),
    ],
)
def test_a_password_that_is_guessed_first_is_refused_with_the_reason(
    password: str, says: str
) -> None:
    assert says in (trouble(password, **WHO) or "")
