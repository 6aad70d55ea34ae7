from collections.abc import Sequence
from dataclasses import replace
from datetime import time as clock_time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observe.core.feedback.compose import compose
from observe.core.feedback.facts import Agreement, Draft, Evidence, Line, OpenTarget, Part, Plan
from observe.core.feedback.spoken import target_told
from observe.core.pairing import Outcome
from observe.core.rubric import Domain, LessonKind, Phrase, Rubric
from tests.core.feedback.school import (
    DUE,
    EVIDENCE,
    GRADED,
    LABELS,
    NOTES,
    UNGRADED,
    WAIT,
    a_lesson,
    a_target,
    agreed,
    differing,
    note,
)


def draft(
    rubric: Rubric = UNGRADED,
    agreements: Sequence[Agreement] = (),
    evidence: Sequence[Evidence] = EVIDENCE,
    *,
    target: OpenTarget | None = None,
    lesson: str = "lesson-1",
) -> Draft:
    return compose(a_lesson(lesson), rubric, agreements, evidence, due=DUE, target=target)


def criteria(drafted: Draft, part: Part) -> list[str | None]:
    return [line.criterion for line in drafted.lines if line.part is part]


def line(drafted: Draft, part: Part) -> Line:
    return next(line for line in drafted.lines if line.part is part)


def test_a_graded_strength_needs_the_level_that_the_scale_names() -> None:
    drafted = draft(GRADED, agreed(wait_time=2, response=3))
    assert criteria(drafted, Part.STRENGTH) == ["response"]
    assert criteria(drafted, Part.NEXT_STEP) == ["wait-time"]


def test_without_grades_the_marks_of_the_notes_decide() -> None:
    drafted = draft(UNGRADED, agreed(wait_time=4, response=1))
    assert criteria(drafted, Part.NEXT_STEP) == ["wait-time"]
    assert "response" in criteria(drafted, Part.STRENGTH)


def test_as_much_for_as_against_is_neither() -> None:
    even = [note("1", "One", "tables", mark="+"), note("2", "Two", "tables", mark="-")]
    assert [one.part for one in draft(UNGRADED, (), even).lines] == [Part.OPENING]


@pytest.mark.parametrize(
    ("levels", "said"), [((3, 4), ["response"]), ((2, 4), []), ((3, None), [])]
)
def test_observers_who_differ_are_quoted_only_from_one_side(
    levels: tuple[int, ...], said: list[str]
) -> None:
    assert criteria(draft(GRADED, [differing("response", *levels)]), Part.STRENGTH) == said


def test_a_criterion_without_a_note_is_named_as_missing() -> None:
    drafted = draft(GRADED, agreed(wait_time=4), [NOTES["r1"]])
    assert criteria(drafted, Part.STRENGTH) == []
    assert any("“Time to think”" in sentence for sentence in drafted.missing)


def test_a_criterion_without_an_agreed_level_is_named_as_missing_only_when_graded() -> None:
    levels = [*agreed(wait_time=2), differing("response", 2, 4)]
    assert draft(GRADED, levels).missing[-2:] == (
        "No level is agreed for “Words of the subject” and “Work at tables”, so the draft says "
        "nothing of them.",
        "The observers still differ on “What is done with an answer”, so the draft says nothing of it.",
    )
    assert "level" not in " ".join(draft(UNGRADED, levels).missing)


def test_the_open_target_comes_first_then_what_both_noted_then_what_was_noted_most() -> None:
    levels = agreed(wait_time=4, response=4, vocabulary=4)
    more = [*EVIDENCE, note("v2", "Said again", "vocabulary"), note("v3", "And again", "vocabulary"),
            note("w3", "Waits", "wait-time", mark="+")]  # fmt: skip
    assert criteria(draft(GRADED, levels, more), Part.STRENGTH) == ["wait-time", "response"]
    targeted = draft(GRADED, levels, more, target=a_target("vocabulary"))
    assert criteria(targeted, Part.STRENGTH) == ["vocabulary", "wait-time"]


def test_the_teachers_target_is_named_in_its_line() -> None:
    told = line(draft(target=a_target()), Part.NEXT_STEP).text
    assert told.startswith("Your target from last time, “Wait, then choose who answers”, is")


def test_a_note_that_says_the_opposite_is_not_quoted() -> None:
    drafted = draft(GRADED, agreed(wait_time=4), [NOTES["w1"]])
    assert criteria(drafted, Part.STRENGTH) == []
    assert any("cannot be quoted" in sentence for sentence in drafted.missing)


def test_a_phrase_without_a_place_for_evidence_gets_a_sentence_with_it() -> None:
    told = line(draft(), Part.NEXT_STEP).text
    assert "at 10:13 we noted “Hands up, same 3 again”" in told.lower().replace("hands", "Hands")
    assert "ait a little longer before you take an answer." in told


def test_one_observer_says_i() -> None:
    drafted = compose(a_lesson(observers=("Ruth Adeyemi",)), UNGRADED, (), EVIDENCE, due=DUE)
    told = " ".join(one.text.lower() for one in drafted.lines if one.part is not Part.TARGET)
    assert not {" we ", " us ", " our "} & {told[at : at + 4] for at in range(len(told))}
    assert " i noted " in told


@pytest.mark.parametrize("kind", LessonKind)
def test_every_kind_of_lesson_has_a_whole_opening(kind: LessonKind) -> None:
    facts = a_lesson(
        kind=kind, school_subject="", class_name="", first_name="", teacher="", observers=()
    )
    opening = compose(facts, UNGRADED, (), (), due=DUE).lines[0].text
    assert "  " not in opening
    assert " ," not in opening
    assert "{" not in opening


def test_a_work_sample_has_no_times() -> None:
    timeless = [note("1", "Four books marked", "tables", mark="+")]
    untimed = [
        Evidence(one.id, one.observer, one.text, one.criteria, None, "+") for one in timeless
    ]
    drafted = draft(UNGRADED, (), untimed)
    assert ": we noted “Four books marked”." in line(drafted, Part.STRENGTH).text


def test_the_target_says_what_when_by_which_day_and_how_we_know() -> None:
    told = line(draft(), Part.TARGET)
    assert told.text == (
        "In the first ten minutes of three lessons, count three seconds, then choose who speaks. "
        "We will know that it works if, by Friday 11 December, at least ten different pupils "
        "answer in each."
    )
    assert told.plan
    assert told.plan.due == DUE


@pytest.mark.parametrize(
    ("when", "begins"),
    [
        ("Each time it happens", "Each time it happens, wait."),
        ("In three lessons", "In three lessons, wait."),
        ("the next two lessons", "In the next two lessons, wait."),
        ("Twice a week", "Twice a week, wait."),
        ("Mondays and Tuesdays", "On Mondays and Tuesdays, wait."),
        ("Monday’s lesson", "In Monday’s lesson, wait."),
        ("", "Wait."),
    ],
)
def test_a_target_begins_with_when_it_is_tried(when: str, begins: str) -> None:
    assert target_told(Plan("Wait", when)) == begins


def test_a_target_that_ends_with_a_question_in_quotation_marks_ends_with_when() -> None:
    assert target_told(Plan("Ask “Why?”", "Once a week")) == "Ask “Why?” once a week."


def test_a_note_with_a_level_word_is_not_quoted_when_ungraded() -> None:
    telling = [note("1", "A clear 3 here, level 3", "tables", mark="+"),
               note("2", "Quiet throughout", "tables", mark="+")]  # fmt: skip
    drafted = draft(UNGRADED, (), telling)
    assert criteria(drafted, Part.STRENGTH) == []
    assert draft(GRADED, agreed(tables=3), telling[1:]).lines[1].note_ids == ("2",)


def test_the_same_lesson_always_gets_the_same_draft() -> None:
    assert draft() == draft()


def test_no_letter_begins_like_the_one_before_of_its_teacher_or_of_its_author() -> None:
    of_teacher: dict[int, str] = {}
    of_author: dict[int, str] = {}
    for number in range(120):
        teacher, author = number * 7 % 5, number * 11 % 3
        before = [of_teacher.get(teacher, ""), of_author.get(author, "")]
        facts = a_lesson(f"lesson-{number * number}", author="Siôn Prydderch")
        opening = compose(facts, UNGRADED, (), EVIDENCE, due=DUE, unlike=before).lines[0].text
        assert all(opening.split()[0] != other.split()[0] for other in before if other)
        of_teacher[teacher] = of_author[author] = opening


def test_lessons_whose_ids_are_counted_begin_in_turn() -> None:
    letters = [compose(a_lesson(f"l{n}"), UNGRADED, (), EVIDENCE, due=DUE) for n in range(10)]
    begun = [" ".join(letter.lines[0].text.split()[:3]) for letter in letters]
    assert len(set(begun)) == 10


def test_two_observers_are_named_and_the_author_says_i() -> None:
    facts = a_lesson("l1", author="Ruth Adeyemi")
    opening = compose(facts, UNGRADED, (), EVIDENCE, due=DUE).lines[0].text
    assert "Siôn Prydderch and " in opening
    assert "Ruth" not in opening


def test_a_strength_has_the_phrase_that_shares_words_with_its_note() -> None:
    phrases = (
        Phrase("Pupils listened: {evidence}."),
        Phrase("There was much writing: {evidence}."),
    )
    rubric = replace(UNGRADED, domains=(Domain("d", "D", (replace(WAIT, strengths=phrases),)),))
    for number in range(6):
        noted = [note("1", "the whole class is writing", "wait-time", mark="+")]
        told = line(draft(rubric, (), noted, lesson=f"l{number}"), Part.STRENGTH).text
        assert told.startswith("There was much writing: ")


def test_a_lesson_does_not_begin_like_the_one_before() -> None:
    openings = ["Thank you"]
    for number in range(40):
        facts = a_lesson(f"lesson-{number}")
        drafted = compose(facts, UNGRADED, (), EVIDENCE, due=DUE, unlike=openings[-1])
        openings.append(drafted.lines[0].text)
    assert all(one.split()[0] != two.split()[0] for one, two in pairwise(openings))
    assert len({opening.split()[0] for opening in openings}) > 3


TEXT = st.one_of(
    st.sampled_from(
        ["pupils talk", 'T: "why?"', "Level 3", "mostly quiet", "...", "a\nb", "Not yet"]
    ),
    st.text(max_size=120),
)
EVIDENCES = st.lists(
    st.builds(
        Evidence,
        id=st.uuids().map(str),
        observer=st.sampled_from(["a", "b"]),
        text=TEXT,
        criteria=st.lists(
            st.sampled_from(["wait-time", "response", "vocabulary", "tables", "gone"]), unique=True
        ).map(tuple),
        at=st.one_of(st.none(), st.times().map(lambda at: clock_time(at.hour, at.minute))),
        mark=st.sampled_from(["+", "-", None]),
        speaker=st.sampled_from(["T", "P", None]),
        withheld=st.booleans(),
    ),
    max_size=12,
    unique_by=lambda one: one.id,
)
LEVELS = st.one_of(st.none(), st.integers(1, 4))
AGREEMENTS = st.lists(
    st.builds(
        Agreement,
        criterion=st.sampled_from(["wait-time", "response", "vocabulary", "tables"]),
        level=LEVELS,
        outcome=st.sampled_from(Outcome),
        levels=st.lists(LEVELS, max_size=3).map(tuple),
    ),
    max_size=4,
    unique_by=lambda one: one.criterion,
)
TARGETS = st.one_of(
    st.none(), st.builds(OpenTarget, TEXT, st.sampled_from(["wait-time", "tables"]))
)


@settings(deadline=None)  # a busy machine is no fault of the draft
@given(EVIDENCES, AGREEMENTS, TARGETS, st.booleans(), st.uuids().map(str))
def test_every_claim_rests_on_a_note_of_its_criterion_that_may_be_told(
    evidence: list[Evidence],
    agreements: list[Agreement],
    target: OpenTarget | None,
    graded: bool,
    lesson: str,
) -> None:
    drafted = draft(
        GRADED if graded else UNGRADED, agreements, evidence, target=target, lesson=lesson
    )
    notes = {one.id: one for one in evidence}
    for told in drafted.lines[1:]:
        assert told.note_ids
        assert all(told.criterion in notes[id].criteria for id in told.note_ids)
        assert not any(notes[id].withheld for id in told.note_ids)
    assert len(criteria(drafted, Part.STRENGTH)) <= 2
    assert len(criteria(drafted, Part.NEXT_STEP)) <= 1


@settings(deadline=None)  # a busy machine is no fault of the draft
@given(EVIDENCES, AGREEMENTS, st.uuids().map(str))
def test_an_ungraded_draft_holds_no_level(
    evidence: list[Evidence], agreements: list[Agreement], lesson: str
) -> None:
    drafted = draft(UNGRADED, agreements, evidence, lesson=lesson)
    for told in drafted.lines:
        assert not [label for label in LABELS if label.casefold() in told.text.casefold().split()]
        assert "level" not in told.text.casefold()


@settings(deadline=None)  # a busy machine is no fault of the draft
@given(EVIDENCES, AGREEMENTS, TARGETS)
def test_whatever_was_noted_a_draft_is_whole_sentences(
    evidence: list[Evidence], agreements: list[Agreement], target: OpenTarget | None
) -> None:
    for told in draft(GRADED, agreements, evidence, target=target).lines:
        assert "  " not in told.text
        assert "\n" not in told.text
        assert told.text[0].isupper() or told.text[0] in "“"
        assert told.text[-1] in ".?!”"
        assert told.text.count("“") == told.text.count("”")
