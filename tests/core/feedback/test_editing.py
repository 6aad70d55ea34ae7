import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observe.core.errors import Invalid
from observe.core.feedback import editing, lines
from observe.core.feedback.changes import How, changes
from observe.core.feedback.facts import Line, Part, Plan
from tests.core.feedback.school import DUE

LINES = lines.keyed(
    [
        Line(Part.OPENING, "Thank you."),
        Line(Part.STRENGTH, "You waited.", ("n1",)),
        Line(Part.STRENGTH, "You asked why.", ("n2",)),
        Line(Part.NEXT_STEP, "Wait longer.", ("n3",)),
        Line(
            Part.TARGET, "Wait.", ("n3",), plan=Plan("Wait", "in three lessons", "ten answer", DUE)
        ),
    ]
)


def keys(told: tuple[Line, ...]) -> str:
    return "".join(line.key for line in told)


def test_a_line_moves_among_those_of_its_part_only() -> None:
    assert keys(editing.moved(LINES, "3", -1)) == "13245"
    assert editing.moved(LINES, "2", -1) == LINES
    assert editing.moved(LINES, "4", 1) == LINES


def test_a_line_is_added_at_the_end_of_its_part() -> None:
    assert keys(editing.added(LINES, Part.STRENGTH)) == "123645"


def test_evidence_is_added_once_and_taken_away() -> None:
    more = editing.rested(editing.rested(LINES, "2", "n9"), "2", "n9")
    assert more[1].note_ids == ("n1", "n9")
    assert editing.unrested(more, "2", "n1")[1].note_ids == ("n9",)


def test_a_rewritten_line_keeps_its_evidence() -> None:
    told = editing.rewritten(LINES[1], "  You  waited\r\n\r\nlong. ")
    assert (told.text, told.note_ids) == ("You waited\n\nlong.", ("n1",))


def test_a_line_that_is_gone_is_said_to_be() -> None:
    with pytest.raises(Invalid):
        editing.rested(LINES, "99", "n1")


def test_a_readers_words_stand_beside_the_authors() -> None:
    once = editing.corrected(LINES, "2", "You waited seven seconds.")
    assert (once[1].text, once[1].was) == ("You waited seven seconds.", "You waited.")
    twice = editing.corrected(once, "2", "You waited long.")
    assert twice[1].was == "You waited."
    assert editing.corrected(twice, "2", "You waited.") == LINES


def test_a_reader_puts_a_target_otherwise_and_leaves_its_day() -> None:
    target = editing.corrected(LINES, "5", "Count to three")[4]
    assert target.text.startswith("In three lessons, count to three. We will know")
    assert target.plan == Plan("Count to three", "in three lessons", "ten answer", DUE)


def test_an_empty_correction_is_refused() -> None:
    with pytest.raises(Invalid):
        editing.corrected(LINES, "2", " ")


def test_lines_are_kept_as_they_were() -> None:
    assert lines.from_json(lines.as_json(LINES)) == LINES


def test_a_change_is_told_word_by_word() -> None:
    told = [
        (one.how, one.words) for one in changes("You waited long.", "You waited seven seconds.")
    ]
    assert told == [(How.KEPT, "You waited"), (How.GONE, " long."), (How.NEW, " seven seconds.")]


@settings(deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_changes_lead_from_the_one_text_to_the_other(before: str, now: str) -> None:
    told = list(changes(before, now))
    assert "".join(one.words for one in told if one.how != How.NEW) == before
    assert "".join(one.words for one in told if one.how != How.GONE) == now
