"""Files for spreadsheets: no text in them becomes a formula."""

import pytest

from observe.web.spreadsheets import as_csv


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("Fractions;=1+1", "Fractions;'=1+1"),
        ("Fractions; @SUM(A1)", "Fractions;' @SUM(A1)"),
        ("Fractions; halves - and quarters", "Fractions; halves - and quarters"),
    ],
)
def test_no_text_begins_a_formula_nor_does_what_follows_a_semicolon(typed: str, kept: str) -> None:
    assert as_csv([(typed,)], name="lessons").get_data(as_text=True).splitlines() == [
        f"\ufeff{kept}"
    ]
