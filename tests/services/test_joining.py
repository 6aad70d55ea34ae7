"""Two lessons that were one are joined by whoever has something to give, never by a stranger."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine

from observe.core.errors import Conflict, Refused
from observe.services import joining, parting, revealing
from observe.storage import joined, lessons, summaries
from observe.storage.database import NetworkSession
from tests.browser import Browser
from tests.factories import PlannedLesson, School, a_lesson
from tests.talks import LATER, Noted, begun, recorded, seal

SOON = LATER + timedelta(minutes=1)


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


def joined_by_ruth(
    session: NetworkSession, school: School, alone: dict[str, PlannedLesson]
) -> UUID:
    return joining.join(session, alone["Ruth"].id, alone["Sion"].id, by=school["Ruth"], at=LATER)


@pytest.mark.parametrize("who", ["Ruth", "Sion"])
def test_a_wrong_join_is_taken_back_by_either_and_nothing_is_opened(
    school: School, alone: dict[str, PlannedLesson], who: str
) -> None:
    with school.database.write(school.network_id) as session:
        assert summaries.of_lesson(session, alone["Ruth"].id) is not None
        stays = joined_by_ruth(session, school, alone)
        assert summaries.of_lesson(session, alone["Ruth"].id) is None
        for _twice in range(2):
            own = parting.separate(session, alone[who].id, by=school[who], at=SOON)
            assert own == alone[who].id
        for name, lesson in alone.items():
            found = lessons.find(session, lesson.id)
            assert [seat.person_id for seat in found.seats] == [school[name].id]
            assert found.alias_of is None
            assert not lessons.thing(session, lesson.id).revealed
        assert joined.was_separated(session, stays)
        assert summaries.of_lesson(session, alone["Ruth"].id) is not None
        assert summaries.of_lesson(session, alone["Sion"].id) is None


def test_made_two_again_a_sealed_record_is_no_more_open_to_a_join_than_before(
    school: School, alone: dict[str, PlannedLesson]
) -> None:
    with school.database.write(school.network_id) as session:
        joined_by_ruth(session, school, alone)
        parting.separate(session, alone["Sion"].id, by=school["Sion"], at=SOON)
        his = lessons.find(session, alone["Sion"].id)
        assert joining.candidates(session, his, by=school["Sion"]) == []
        stays = joined_by_ruth(session, school, alone)
        assert len(lessons.find(session, stays).observers) == 2


def test_a_join_stays_once_the_records_lie_open_or_for_whoever_does_not_observe(
    school: School, alone: dict[str, PlannedLesson]
) -> None:
    with school.database.write(school.network_id) as session:
        stays = joined_by_ruth(session, school, alone)
        with pytest.raises(Refused, match="Only an observer"):
            parting.separate(session, stays, by=school["Helen"], at=LATER)
        row = begun(session, alone["Sion"].observations["Sion"], state="sealed")
        row.sealed_at = LATER
        revealing.reveal(session, stays, at=LATER)
        assert lessons.thing(session, stays).revealed
        with pytest.raises(Conflict, match="cannot be taken back"):
            parting.separate(session, stays, by=school["Ruth"], at=LATER)


def test_lessons_that_letters_joined_are_not_made_two_for_they_would_join_again(
    school: School, alone: dict[str, PlannedLesson]
) -> None:
    with school.database.write(school.network_id) as session:
        for lesson in alone.values():
            lessons.row(session, lesson.id).pair_code = "BCDFGH"
        stays = joined_by_ruth(session, school, alone)
        assert parting.wrong_join(session, lessons.find(session, stays)) is None


def test_both_find_how_to_take_a_join_back_beside_the_lesson(
    browser: Browser, school: School, alone: dict[str, PlannedLesson]
) -> None:
    with school.database.write(school.network_id) as session:
        stays = joined_by_ruth(session, school, alone)
    for who in ("Ruth", "Sion"):
        page = browser.sign_in(school[who]).get(f"/lessons/{stays}")
        assert f'action="/lessons/{alone[who].id}/separate"' in page
    assert "/separate" not in browser.sign_in(school["Helen"]).get(f"/lessons/{stays}")
    address = f"/lessons/{alone['Sion'].id}/separate"
    page = browser.sign_in(school["Sion"]).post(address, follow=True, status=200)
    assert "They are two lessons again" in page
    assert "made two lessons of this one again" in page
    assert "/separate" not in page
    browser.sign_in(school["Sion"]).post(address)
