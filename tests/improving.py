"""Improvement cycles and newsletters for tests."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from observe.core.improving import Aim, Better, Words
from observe.services import improving, improving_steps, newsletters
from tests.factories import NOW, School

AIM = "Pupils think for three seconds by July"
TRIED = "Count to three on your fingers"
OWN: dict[str, Any] = {"aim": AIM, "measure": "Seconds of silence", "unit": "seconds"}
BETTER = (1, 1.2, 0.9, 1.1, 1, 1.3, 0.8, 1.2, 1, 1.1, 2, 2.1, 1.9, 2.2, 2.4, 2.3)


def a_cycle(school: School, *, by: str = "Sion", **differs: Any) -> UUID:
    """One head's, or a group's."""
    aim = Aim(**{**OWN, "better": Better.UP, **differs})
    with school.database.write(school.network_id) as session:
        return improving.begin(session, aim, by=school[by], at=NOW)


def measured(school: School, cycle_id: UUID, values: Sequence[float], *, by: str = "Sion") -> None:
    """A value a week, the last of them today."""
    with school.database.write(school.network_id) as session:
        for back, value in enumerate(reversed(values)):
            day = (NOW - timedelta(weeks=back)).date()
            improving.measure(session, cycle_id, day, value, by=school[by], at=NOW)


def a_step(school: School, cycle_id: UUID, *, by: str = "Sion") -> UUID:
    """A trial that began five weeks ago."""
    day = (NOW - timedelta(weeks=5)).date()
    with school.database.write(school.network_id) as session:
        words = Words(change=TRIED)
        return improving_steps.add(session, cycle_id, words, day, by=school[by], at=NOW)


def a_newsletter(school: School) -> UUID:
    """A draft of the facilitator's."""
    with school.database.write(school.network_id) as session:
        return newsletters.begin(session, "What we found", by=school["Margaret"], at=NOW)
