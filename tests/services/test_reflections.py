"""A reflection on one's own observing is its author's alone, and what to try next time is carried on."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from observe.core.errors import Conflict, Invalid, Stale
from observe.core.permissions import may
from observe.core.reflections import LONGEST, Answers
from observe.services import reflecting, revealing
from observe.storage.tables.history import HistoryLine
from tests.factories import School
from tests.talks import LATER, a_talk, begun, same, seal

WORDS = Answers("The front row.", "The pair by the window.", "Sit where I see faces.")


@pytest.fixture
def lesson_id(school: School) -> UUID:
    return a_talk(school, {"Sion": same(), "Ruth": same()}).id


def write(
    school: School, lesson_id: UUID, answers: Answers, revision: int = 0, who: str = "Sion"
) -> int:
    with school.database.write(school.network_id) as session:
        return reflecting.write(
            session, lesson_id, answers, revision=revision, by=school[who], at=LATER
        )


def tick(school: School, lesson_id: UUID, *, done: bool) -> None:
    with school.database.write(school.network_id) as session:
        reflecting.tick(session, lesson_id, done=done, by=school["Sion"], at=LATER)


def to_try(school: School, who: str = "Sion") -> list[str]:
    with school.database.read(school.network_id) as session:
        return [each.answers.next_time for each in reflecting.to_try(session, school[who].id)]


def kept(school: School, lesson_id: UUID, who: str = "Sion") -> Answers | None:
    with school.database.read(school.network_id) as session:
        found = reflecting.own(session, lesson_id, by=school[who])
    return found.answers if found else None


def test_each_observer_writes_and_reads_their_own(school: School, lesson_id: UUID) -> None:
    assert write(school, lesson_id, WORDS) == 1
    assert write(school, lesson_id, replace(WORDS, missed="Nothing."), who="Ruth") == 1
    assert kept(school, lesson_id) == WORDS
    assert kept(school, lesson_id, "Ruth") != WORDS
    assert kept(school, lesson_id, "Helen") is None


def test_history_says_that_something_was_written_and_never_what(
    school: School, lesson_id: UUID
) -> None:
    write(school, lesson_id, WORDS)
    write(school, lesson_id, WORDS, 1)
    with school.database.read(school.network_id) as session:
        query = select(HistoryLine).where(HistoryLine.thing == "reflection")
        lines = list(session.scalars(query))
    assert [(line.did, line.details) for line in lines] == [("reflection written", {})]


def test_words_from_another_tablet_are_never_overwritten_unseen(
    school: School, lesson_id: UUID
) -> None:
    write(school, lesson_id, WORDS)
    with pytest.raises(Stale):
        write(school, lesson_id, replace(WORDS, missed="The books."))
    assert write(school, lesson_id, WORDS) == 1
    assert write(school, lesson_id, replace(WORDS, missed="The books."), 1) == 2


def test_an_answer_has_a_length(school: School, lesson_id: UUID) -> None:
    with pytest.raises(Invalid) as refusal:
        write(school, lesson_id, Answers(missed="x" * (LONGEST + 1)))
    assert refusal.value.field == "missed"


def test_an_empty_reflection_is_none(school: School, lesson_id: UUID) -> None:
    assert write(school, lesson_id, Answers()) == 0
    write(school, lesson_id, WORDS)
    assert write(school, lesson_id, Answers(), 1) == 0
    assert kept(school, lesson_id) is None


def test_what_is_deleted_can_be_written_again_at_once(school: School, lesson_id: UUID) -> None:
    write(school, lesson_id, WORDS)
    with school.database.write(school.network_id) as session:
        assert reflecting.delete(session, lesson_id, by=school["Sion"], at=LATER) == WORDS
        assert reflecting.delete(session, lesson_id, by=school["Sion"], at=LATER) is None
    assert kept(school, lesson_id) is None
    assert write(school, lesson_id, WORDS) == 1


def test_what_to_try_is_carried_on_until_it_is_ticked_off(school: School, lesson_id: UUID) -> None:
    write(school, lesson_id, WORDS)
    assert to_try(school) == [WORDS.next_time]
    assert to_try(school, "Ruth") == []
    tick(school, lesson_id, done=True)
    tick(school, lesson_id, done=True)
    assert to_try(school) == []
    tick(school, lesson_id, done=False)
    assert to_try(school) == [WORDS.next_time]


def test_other_words_are_to_be_tried_anew_and_the_same_ones_are_not(
    school: School, lesson_id: UUID
) -> None:
    write(school, lesson_id, WORDS)
    tick(school, lesson_id, done=True)
    write(school, lesson_id, replace(WORDS, missed="The books."), 1)
    assert to_try(school) == []
    write(school, lesson_id, replace(WORDS, next_time="Count turns."), 2)
    assert to_try(school) == ["Count turns."]


def test_nothing_can_be_ticked_off_that_was_not_written(school: School, lesson_id: UUID) -> None:
    write(school, lesson_id, replace(WORDS, next_time=""))
    with pytest.raises(Conflict):
        tick(school, lesson_id, done=True)


def test_the_latest_three_are_carried_on(school: School) -> None:
    for day in range(5):
        at = LATER + timedelta(days=day)
        lesson = a_talk(school, {"Sion": same(), "Ruth": same()}, at=at)
        with school.database.write(school.network_id) as session:
            answers = Answers(next_time=f"Number {day}")
            reflecting.write(session, lesson.id, answers, revision=0, by=school["Sion"], at=at)
    assert to_try(school) == ["Number 4", "Number 3", "Number 2"]


def test_before_the_reveal_nobody_may_write_one(school: School) -> None:
    lesson = a_talk(school, {"Sion": same(), "Ruth": same()}, sealed=False)
    with school.database.write(school.network_id) as session:
        seal(session, lesson, "Sion")
        thing = reflecting.thing(session, lesson.id, by=school["Sion"])
    assert not may(school["Sion"], "keep reflection", thing)


def test_whoever_wrote_one_keeps_it_whatever_becomes_of_the_pair(
    school: School,
) -> None:
    lesson = a_talk(school, {"Sion": same(), "Ruth": same()})
    write(school, lesson.id, WORDS)
    with school.database.write(school.network_id) as session:
        begun(session, lesson.observations["Ruth"], state="withdrawn")
        revealing.reveal(session, lesson.id, at=LATER)
        thing = reflecting.thing(session, lesson.id, by=school["Sion"])
    assert may(school["Sion"], "keep reflection", thing)
    assert not any(may(school[who], "keep reflection", thing) for who in ("Ruth", "Helen"))
