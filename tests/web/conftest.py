"""A day of their own for tests of pages that name days or whose links run out."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from tests.factories import NOW


@pytest.fixture
def some_days_later() -> Iterator[None]:
    """It is five days after the factories' own day, and the clock goes on from there."""
    with time_machine.travel(NOW + timedelta(days=5), tick=True):
        yield
