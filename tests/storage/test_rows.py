"""Rows on their way into the database."""

import pytest

from observe.storage.rows import Rows


def test_rows_of_a_table_that_would_never_be_written_are_refused() -> None:
    with pytest.raises(KeyError):
        Rows().add("targets", id=1)
