"""Two lessons that were one are joined by whoever has something to give, never by a stranger."""

import pytest
import time_machine

from observe.core.errors import Conflict
from observe.services import joining
from observe.storage import lessons
from tests.factories import PlannedLesson, School, a_lesson
from tests.talks import LATER, Noted, begun, recorded, seal


@pytest.fixture
def alone(school: School) -> dict[str, PlannedLesson]:
    """Two lessons of one teacher and day, each with one observer; Ruth has sealed hers."""
    with time_machine.travel(LATER, tick=True):
        found = {name: a_lesson(school, observers=(name,)) for name in ("Ruth", "Sion")}
    with school.database.write(school.network_id) as session:
        recorded(session, found["Ruth"].observations["Ruth"], {"routines": 1}, [Noted("Hers")])
        seal(session, found["Ruth"], "Ruth")
        begun(session, found["Sion"].observations["Sion"])
    return found


def test_a_sealed_record_is_not_joined_by_somebody_who_comes_afterwards(
    school: School, alone: dict[str, PlannedLesson]
) -> None:
    with school.database.write(school.network_id) as session:
        mine = lessons.find(session, alone["Sion"].id)
        assert joining.candidates(session, mine, by=school["Sion"]) == []
        with pytest.raises(Conflict, match="no longer free"):
            joining.join(session, mine.id, alone["Ruth"].id, by=school["Sion"], at=LATER)


def test_whoever_has_sealed_joins_the_lesson_of_a_partner_who_has_not(
    school: School, alone: dict[str, PlannedLesson]
) -> None:
    with school.database.write(school.network_id) as session:
        hers = lessons.find(session, alone["Ruth"].id)
        (his,) = joining.candidates(session, hers, by=school["Ruth"])
        stays = joining.join(session, hers.id, his.id, by=school["Ruth"], at=LATER)
        names = {seat.name for seat in lessons.find(session, stays).observers}
    assert names == {school["Sion"].name, school["Ruth"].name}
