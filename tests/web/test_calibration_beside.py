"""Beside the records, in the talk: what came after sealing and what a second tablet wrote; private notes never."""

import re
from dataclasses import dataclass, field

import pytest
from flask import Flask

from observe.services import talking
from tests.browser import Browser
from tests.classroom import RATING
from tests.factories import PlannedLesson, School, a_lesson
from tests.tablet import Sent
from tests.wire import Wire, a_wire

HIDDEN = "NOT-FOR-ANYBODY"


@dataclass
class Pair:
    """Siôn and Ruth, each with a tablet, and with a second one that knows nothing of the first."""

    app: Flask
    school: School
    lesson: PlannedLesson
    rubric: str = "teaching-framework"
    seconds: dict[str, Wire] = field(default_factory=dict)
    firsts: dict[str, Wire] = field(default_factory=dict)

    def wire(self, name: str) -> Wire:
        rubric = self.school.rubrics[self.rubric]
        return a_wire(self.app, self.school[name], self.lesson.observations[name], rubric=rubric)

    def begin(self) -> None:
        for name in self.lesson.observations:
            self.firsts[name], self.seconds[name] = self.wire(name), self.wire(name)
            first = self.firsts[name]
            first.send(first.tablet.make("open", value={"lesson_id": str(self.lesson.id)}))

    def differ(self, name: str, *on_first: Sent, second: list[Sent]) -> None:
        """Both tablets of somebody send what they made apart; the second one's stands."""
        self.firsts[name].send(*on_first)
        self.seconds[name].send(*second)

    def seal(self, name: str) -> None:
        wire = self.firsts[name]
        (record,) = wire.send(wire.tablet.set("context/sealing", True))["records"]
        wire.send(wire.tablet.make("seal", value={"state_hash": record["state_hash"]}))

    def page(self, name: str, *, status: int = 200) -> str:
        browser = Browser(self.app).sign_in(self.school[name])
        return browser.get(f"/pairs/{self.lesson.id}", status=status)


@pytest.fixture
def pair(app: Flask, school: School) -> Pair:
    made = Pair(app, school, a_lesson(school))
    made.begin()
    return made


def test_late_notes_and_ratings_are_shown_to_both_once_both_have_sealed(pair: Pair) -> None:
    sion = pair.firsts["Sion"]
    sion.send(sion.tablet.set(RATING, 2))
    pair.seal("Sion")
    note = sion.tablet.note("One more thing.", at=60_000, speaker="T")
    results = sion.send(*note, sion.tablet.set(RATING, 4))["results"]
    assert {each["status"] for each in results} == {"late"}
    assert "One more thing." not in pair.page("Sion") + pair.page("Ruth")
    pair.seal("Ruth")
    for name in ("Sion", "Ruth"):
        page = pair.page(name)
        assert "One more thing." in page
        assert page.count("arrived after sealing") == 2  # among all lines, and beside the records
        assert "Rated after sealing, and never used:" in page
    with pair.school.database.read(pair.school.network_id) as session:
        found = talking.talk(session, pair.lesson.id)
    (asked,) = [c for c in found.compared if c.criterion.criterion == "questioning"]
    assert 4 not in asked.cells[0].values
    (beside,) = found.beside
    assert [(late.criterion.criterion, late.value) for late in beside.ratings] == [
        ("questioning", 4)
    ]
    assert len(beside) == 2


def test_the_other_text_and_the_other_level_of_two_tablets_stand_beside_what_counts(
    pair: Pair,
) -> None:
    first, second = (tablets["Ruth"].tablet for tablets in (pair.firsts, pair.seconds))
    here = [
        first.set("note/a/text", "She w"),
        first.set("note/a/text", "She waited."),
        first.set(RATING, 2),
    ]
    second.lamport = 9
    there = [second.set("note/a/text", "They asked."), second.set(RATING, 3)]
    pair.differ("Ruth", *here, second=there)
    for name in ("Sion", "Ruth"):
        pair.seal(name)
    for name in ("Sion", "Ruth"):
        page = pair.page(name)
        assert "What counts: “They asked.”" in page
        assert "The other: “She waited.”" in page
        assert "“She w”" not in page
        assert "3 lines" not in page
        assert "2 lines" in page


@pytest.mark.parametrize("part", ["private", "safeguarding"])
def test_private_notes_lie_beside_no_record(pair: Pair, part: str) -> None:
    first, second = (tablets["Sion"].tablet for tablets in (pair.firsts, pair.seconds))
    second.lamport = 20
    once = [first.set(f"note/a/{part}", True), first.set("note/a/text", HIDDEN)]
    now = [first.set(f"note/b/{part}", True), first.set("note/b/text", HIDDEN)]
    gone = [first.set("note/c/text", HIDDEN), first.set("note/c/deleted", True)]
    there = [
        second.set(f"note/a/{part}", False),
        *(second.set(f"note/{note}/text", "Said aloud.") for note in "abc"),
    ]
    pair.differ("Sion", *once, *now, *gone, second=there)
    pair.seal("Sion")
    late = pair.firsts["Sion"].tablet.note(HIDDEN, **{part: True})
    pair.firsts["Sion"].send(*late)
    pair.seal("Ruth")
    for name in ("Sion", "Ruth"):
        page = pair.page(name)
        assert HIDDEN not in page
        assert "Kept beside the records" not in page


def test_nobody_but_the_observers_sees_what_lies_beside(pair: Pair) -> None:
    for name in ("Sion", "Ruth"):
        pair.seal(name)
    sion = pair.firsts["Sion"]
    sion.send(*sion.tablet.note("One more thing."))
    assert "One more thing." in pair.page("Ruth")
    for name in ("Helen", "Margaret"):
        assert "One more thing." not in pair.page(name)


def test_of_a_talk_in_which_nothing_came_late_no_word_is_said_of_it(pair: Pair) -> None:
    for name in ("Sion", "Ruth"):
        pair.seal(name)
    assert "beside" not in pair.page("Sion")


def test_late_counts_are_listed_by_their_number(app: Flask, school: School) -> None:
    rubric = school.rubrics["minute-by-minute"]
    lesson = a_lesson(school, rubric="minute-by-minute")
    wires = {n: a_wire(app, school[n], i, rubric=rubric) for n, i in lesson.observations.items()}
    for wire in wires.values():
        wire.send(wire.tablet.make("open", value={"lesson_id": str(lesson.id)}), wire.tablet.seal())
    ruth = wires["Ruth"]
    ruth.send(*(ruth.tablet.make("tally", "rating/questions/interval-2") for _ in range(3)))
    page = ruth.browser.sign_in(school["Sion"]).get(f"/pairs/{lesson.id}")
    assert re.search(r"<li>\S+ Questions the teacher asks, interval 2: 3</li>", page)


def test_a_late_line_of_a_talk_names_the_leader_too(app: Flask, school: School) -> None:
    made = Pair(app, school, a_lesson(school, rubric="feedback-talk"), rubric="feedback-talk")
    made.begin()
    for name in ("Sion", "Ruth"):
        made.seal(name)
    sion = made.firsts["Sion"]
    sion.send(*sion.tablet.note("What did you see?", at=60_000, speaker="P"))
    assert '<span class="speaker">L</span>What did you see?' in made.page("Ruth")
