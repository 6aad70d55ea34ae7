"""Coaching partnerships on a real database: asking, sessions, logs and looking back."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from observe.core.coaching import Onward, Said
from observe.core.errors import Conflict, Invalid, Refused, Stale
from observe.core.permissions import RoleKind
from observe.services import coaching, coaching_feedback, coaching_log, coaching_sessions
from observe.services.coaching_sessions import Wish
from observe.services.own_calendar import make, opened
from observe.storage import coaching as kept
from observe.storage import coaching_words
from tests.coaching import AGENDA, LOGGED, a_session, asked, coached, going_on, logged
from tests.factories import NOW, School, a_person

HALF_A_YEAR = NOW + timedelta(days=190)
SAID = Said("Your questions", "Shorter sessions", Onward.TURN_ROUND)


def say(school: School, partnership_id: UUID, who: str, *, at: datetime = HALF_A_YEAR) -> bool:
    with school.database.write(school.network_id) as session:
        return coaching_feedback.say(session, partnership_id, 1, SAID, by=school[who], at=at)


def looks(school: School, partnership_id: UUID, who: str) -> list[coaching_feedback.LookBack]:
    with school.database.read(school.network_id) as session:
        return coaching_feedback.of(session, partnership_id, by=school[who], at=HALF_A_YEAR)


def test_it_begins_when_the_other_says_yes(school: School) -> None:
    partnership_id = asked(school)
    with school.database.write(school.network_id) as session:
        with pytest.raises(Refused):
            coaching.answer(session, partnership_id, yes=True, by=school["Sion"], at=NOW)
        with pytest.raises(Conflict):
            coaching.add_goal(session, partnership_id, "A goal", by=school["Sion"], at=NOW)
        coaching.answer(session, partnership_id, yes=True, by=school["Ruth"], at=NOW)
        coaching.add_goal(session, partnership_id, "A goal", by=school["Sion"], at=NOW)
        (found,) = coaching.of(session, school["Ruth"]).going_on
    assert found.coach_id == school["Ruth"].id


def test_what_was_asked_can_be_taken_back_until_it_is_answered(school: School) -> None:
    partnership_id = asked(school)
    with school.database.write(school.network_id) as session:
        coaching.take_back(session, partnership_id, by=school["Sion"], at=NOW)
        assert not coaching.of(session, school["Ruth"]).asked
    partnership_id = going_on(school)
    with school.database.write(school.network_id) as session, pytest.raises(Conflict):
        coaching.take_back(session, partnership_id, by=school["Sion"], at=NOW)


def test_two_who_work_together_are_not_offered_to_each_other_again(school: School) -> None:
    partnership_id = going_on(school)
    with school.database.write(school.network_id) as session:
        with pytest.raises(Invalid):
            coaching.ask(session, school["Sion"].id, "me", by=school["Ruth"], at=NOW)
        coaching.end(session, partnership_id, by=school["Ruth"], at=NOW)
        assert coaching.ask(session, school["Sion"].id, "me", by=school["Ruth"], at=NOW)


@pytest.mark.parametrize("who", ["Sion", "Catrin"])
def test_neither_oneself_nor_somebody_who_does_not_observe_can_be_asked(
    school: School, who: str
) -> None:
    with school.database.write(school.network_id) as session, pytest.raises(Invalid):
        coaching.ask(session, school[who].id, "other", by=school["Sion"], at=NOW)


def test_roles_turn_round_and_earlier_sessions_keep_their_coach(school: School) -> None:
    partnership_id, later = going_on(school), NOW + timedelta(days=3)
    with school.database.write(school.network_id) as session:
        for _ in range(2):
            coaching.turn(session, partnership_id, "me", by=school["Sion"], at=later)
        found = kept.find(session, partnership_id)
    assert [turn.coach_id for turn in found.turns] == [school["Ruth"].id, school["Sion"].id]
    assert found.coach_at(NOW + timedelta(days=2)) == school["Ruth"].id


def test_what_the_other_wrote_into_a_session_meanwhile_is_not_lost(school: School) -> None:
    partnership_id = going_on(school)
    session_id = a_session(school, partnership_id)
    wish = Wish(starts_at=NOW + timedelta(days=2), minutes=60, place="Room 4", agenda="Mine")
    with school.database.write(school.network_id) as session:
        about, change = (partnership_id, session_id), coaching_sessions.change
        change(session, *about, wish, revision=1, by=school["Ruth"], at=NOW)
        other = Wish(starts_at=wish.starts_at, minutes=60, agenda="Another")
        with pytest.raises(Stale):
            change(session, *about, other, revision=1, by=school["Sion"], at=NOW)
        change(session, *about, wish, revision=1, by=school["Sion"], at=NOW)


def test_a_session_stands_in_both_calendars_without_a_name_or_its_agenda(school: School) -> None:
    coached(school)
    for who, sessions in {"Sion": 1, "Ruth": 1, "Helen": 0}.items():
        with school.database.write(school.network_id) as session:
            token = make(session, by=school[who], at=NOW)
        found = opened(school.database, token, place="https://observe.example", at=NOW)
        assert found
        mine = [each for each in found.entries if each.title == coaching_sessions.TITLE]
        assert len(mine) == sessions
        assert not [each for each in mine if AGENDA in repr(each) or "Ruth" in repr(each)]


def test_a_log_is_its_authors_alone_and_two_tablets_do_not_lose_words(school: School) -> None:
    partnership_id = going_on(school)
    entry_id = logged(school, partnership_id)
    with school.database.write(school.network_id) as session:
        assert coaching_log.own(session, entry_id, by=school["Ruth"]) is None
        assert coaching_log.delete(session, entry_id, by=school["Ruth"], at=NOW) == ""
        thing = coaching_log.thing(session, partnership_id, entry_id, by=school["Ruth"])
        assert thing.author_id == school["Sion"].id
        write, mine = coaching_log.write, (partnership_id, entry_id)
        assert write(session, *mine, "More", revision=1, by=school["Sion"], at=NOW) == 2
        with pytest.raises(Stale):
            write(session, *mine, "Other words", revision=1, by=school["Sion"], at=NOW)
        assert write(session, *mine, "", revision=2, by=school["Sion"], at=NOW) == 0
        assert not coaching_words.log(session, partnership_id, school["Sion"].id)


def test_after_half_a_year_each_answers_and_reads_the_other_once_both_have(school: School) -> None:
    partnership_id = going_on(school)
    assert not say(school, partnership_id, "Sion")
    (mine,), (theirs,) = (
        looks(school, partnership_id, "Sion"),
        looks(school, partnership_id, "Ruth"),
    )
    assert mine.mine == SAID
    assert theirs.theirs is None
    assert say(school, partnership_id, "Ruth")
    (theirs,) = looks(school, partnership_id, "Ruth")
    assert theirs.theirs == SAID
    with pytest.raises(Conflict):
        say(school, partnership_id, "Ruth")


def test_before_half_a_year_nothing_is_asked(school: School) -> None:
    partnership_id = going_on(school)
    with pytest.raises(Conflict):
        say(school, partnership_id, "Sion", at=NOW + timedelta(days=100))


def test_today_tells_of_what_waits_and_of_nobody_elses(school: School) -> None:
    a_person(school, "Peter Head", RoleKind.HEAD)
    asked(school, by="Peter", of="Sion")
    partnership_id = going_on(school)
    with school.database.read(school.network_id) as session:
        soon = coaching_feedback.waiting(session, school["Sion"], at=NOW)
        late = coaching_feedback.waiting(session, school["Sion"], at=HALF_A_YEAR)
        assert not coaching_feedback.waiting(session, school["Helen"], at=HALF_A_YEAR).any
    assert [each.name_of(school["Peter"].id) for each in soon.to_answer] == ["Peter Head"]
    assert not soon.to_look_back
    assert [each.id for each in late.to_look_back] == [partnership_id]


def test_history_says_that_something_was_written_and_never_a_word(school: School) -> None:
    from sqlalchemy import select

    from observe.storage.tables.history import HistoryLine

    coached(school)
    with school.database.read(school.network_id) as session:
        lines = list(session.scalars(select(HistoryLine)))
    about = [line for line in lines if "coaching" in line.thing or "log" in line.thing]
    assert {"coaching asked for", "learning log written"} <= {line.did for line in about}
    assert not [line for line in about if line.details]
    assert LOGGED not in repr([vars(line) for line in about])
