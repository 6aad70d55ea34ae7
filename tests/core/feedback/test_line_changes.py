from dataclasses import replace

from observe.core.feedback.changes import How, line_changes
from observe.core.feedback.facts import Line, Part

LINES = (
    Line(Part.OPENING, "Thank you.", key="1"),
    Line(Part.STRENGTH, "Books were open before the bell.", ("a",), key="2"),
    Line(Part.STRENGTH, "Everybody began within a minute.", ("b",), key="3"),
)


def test_two_versions_that_say_the_same_have_no_change() -> None:
    assert not any(change.is_change for change in line_changes(LINES, LINES))


def test_a_rewritten_line_shows_the_words_that_changed() -> None:
    now = (*LINES[:2], replace(LINES[2], text="Everybody began within half a minute."))
    (changed,) = [change for change in line_changes(LINES, now) if change.is_change]
    gone = "".join(each.words for each in changed.stretches if each.how is not How.NEW)
    new = "".join(each.words for each in changed.stretches if each.how is not How.GONE)
    assert (gone, new) == (LINES[2].text, now[2].text)
    assert [each.words for each in changed.stretches if each.how is How.NEW] == [" half"]


def test_a_line_that_was_moved_is_said_to_be_moved_and_the_others_not() -> None:
    changes = line_changes(LINES, (LINES[0], LINES[2], LINES[1]))
    assert sum(change.moved for change in changes) == 1


def test_lines_that_came_and_went_are_told_apart() -> None:
    now = (*LINES[:2], Line(Part.NEXT_STEP, "Wait three seconds.", key="4"))
    told = {change.how: change.stretches[0].words for change in line_changes(LINES, now)}
    assert told[How.GONE] == "Everybody began within a minute."
    assert told[How.NEW] == "Wait three seconds."


def test_evidence_that_was_changed_is_counted() -> None:
    now = (*LINES[:2], replace(LINES[2], note_ids=("c", "d")))
    (changed,) = [change for change in line_changes(LINES, now) if change.is_change]
    assert (changed.notes_new, changed.notes_gone) == (2, 1)
