from datetime import date

import pytest

from observe.core.feedback.checks import CHECKS, Context, Finding, Kind, check, passed
from observe.core.feedback.facts import Line, Part, Plan
from tests.core.feedback.school import LABELS

CLASS = ("Maisie Jones", "Zoë Núñez", "Will Carter", "May Wu", "Łukasz Nowak", "Jo Park", "Grace Lee",
         "Brown, Tomos", "Florence Obi", "Siân-Elin Rees", "Summer Ali", "Bo Lindqvist")  # fmt: skip
CONTEXT = Context(
    graded=False, level_labels=LABELS, pupils=CLASS, staff=("Catrin Morley", "Siôn Prydderch")
)
GRADED = Context(graded=True, level_labels=LABELS)

PLANTED = [
    ("After the first question Maisie and two others gave four answers.", Kind.PUPIL_NAMED, "Maisie"),
    ("We read Maisie's sentence together at 10:12.", Kind.PUPIL_NAMED, "Maisie"),
    ("At 10:20 zoe explained her mistake.", Kind.PUPIL_NAMED, "zoe"),
    ("You asked Łukasz’s table to wait.", Kind.PUPIL_NAMED, "Łukasz"),
    ("You asked Lukasz to wait.", Kind.PUPIL_NAMED, "Lukasz"),
    ("At 10:20 you let Will answer twice.", Kind.PUPIL_NAMED, "Will"),
    ("Two pupils, Grace and another, had not begun.", Kind.PUPIL_NAMED, "Grace"),
    ("Tomos had his pen down from 10:05.", Kind.PUPIL_NAMED, "Tomos"),
    ("You gave Summer a second chance at 10:11.", Kind.PUPIL_NAMED, "Summer"),
    ("You asked Bo to begin.", Kind.PUPIL_NAMED, "Bo"),
    ("Pupils listened while Siân-Elin read.", Kind.PUPIL_NAMED, "Siân-Elin"),
    ("For questioning this was a level 3.", Kind.GRADE_WORD, "level 3"),
    ("The lesson was graded good at 10:40.", Kind.GRADE_WORD, "lesson was graded"),
    ("We agreed on “Mostly” for wait time.", Kind.GRADE_WORD, "“Mostly”"),
    ("Time to think was rated as Sometimes.", Kind.GRADE_WORD, "rated as Sometimes"),
    ("This was outstanding practice at 10:20.", Kind.GRADE_WORD, "outstanding"),
    ("You scored 3 for this at 10:20.", Kind.GRADE_WORD, "You scored"),
    ("Behaviour requires improvement.", Kind.GRADE_WORD, "requires improvement"),
    ("Your overall grade for talk is high.", Kind.GRADE_WORD, "Your overall grade"),
    ("You are lazy with your marking.", Kind.PERSON_LABEL, "You are lazy"),
    ("At 10:20 it showed that you are clearly passionate.", Kind.PERSON_LABEL, ""),
    ("You’re a natural, as at 10:12.", Kind.PERSON_LABEL, ""),
    ("You seem very nervous in front of the class.", Kind.PERSON_LABEL, ""),
    ("You lack confidence when pupils ask why.", Kind.PERSON_LABEL, ""),
    ("As a confident teacher you waited at 10:20.", Kind.PERSON_LABEL, ""),
    ("Your enthusiasm filled the room at 10:02.", Kind.PERSON_LABEL, ""),
    ("The lazy pupils at the back had not begun by 10:12.", Kind.PERSON_LABEL, ""),
    ("You came across as impatient at 10:31.", Kind.PERSON_LABEL, ""),
    ("You are an inspiring and dedicated teacher.", Kind.PERSON_LABEL, ""),
    ("It was a great lesson.", Kind.VAGUE_PRAISE, "great lesson"),
    ("Well done, keep it up!", Kind.VAGUE_PRAISE, "Well done"),
    ("The atmosphere was lovely.", Kind.VAGUE_PRAISE, ""),
    ("There was some really good practice.", Kind.VAGUE_PRAISE, "really good practice"),
    ("Everything went well.", Kind.VAGUE_PRAISE, "Everything went well"),
    ("Your questioning was excellent.", Kind.VAGUE_PRAISE, ""),
    ("Pupils really enjoyed the lesson.", Kind.VAGUE_PRAISE, ""),
    ("A fantastic start.", Kind.VAGUE_PRAISE, "fantastic start"),
    ("Amazing work from everybody.", Kind.VAGUE_PRAISE, "Amazing work"),
    ("When you begin the lesson it would be better if the pupils who come in first already had a task on "
     "their tables so that those who arrive later can see what to do and nobody has to wait for the whole "
     "class to be there.", Kind.HARD_TO_READ, ""),
    ("The utilisation of metacognitive differentiation strategies facilitated considerable "
     "operationalisation of individualised accessibility.", Kind.HARD_TO_READ, ""),
]  # fmt: skip
CLEAN = [
    "You counted in eighths along the line with the whole class and marked each step.",
    "By 10:18 about 20 of 27 whiteboards had five eighths in the right place.",
    "You put a wrong answer on the board and asked what it tells us.",
    "Pupils explained the mistake in their own words.",
    "Will pupils see why the gap gets smaller?",
    "At 10:14 you asked, “Will it float?” and waited.",
    "We look at it together on Friday 8 May.",
    "In May the class will come back to fractions.",
    "Grace under pressure was the title on the board.",
    "It may help to wait.",
    "Pupils read Miss Brown’s letter in pairs.",
    "In the summer term they had not yet met fractions.",
    "Pupils followed the painter from Florence to Paris on the map.",
    "Pupils mostly wrote in full sentences; sometimes they stopped to ask.",
    "You walked throughout the room and stopped at three tables.",
    "The water was below sea level in the picture.",
    "The score of the match was in the first problem, and pupils scored goals on paper.",
    "Pupils worked on grade boundaries between rocks and sand.",
    "You were clear about what to hand in.",
    "You are welcome to choose the lesson.",
    "You are close to the door when pupils come in, and you greet each by name.",
    "You were patient enough to wait seven seconds.",
    "You were kind in how you corrected the date.",
    "At 10:05, “You are brilliant” was what a pupil said to a partner.",
    "It was a great lesson for talk, because every pair spoke before anybody wrote.",
    "It was a great start: at 10:02 every pupil had a pen in hand.",
    "Well done for waiting. At 10:14 you counted to five before you took an answer.",
    "It was good of you to have us.",
    "It was good to see your lesson.",
    "Thank you for having us in your Year 5 maths lesson on Tuesday 17 November.",
    "Catrin, thank you for the welcome.",
    "A good deal of time went on handing out books.",
    "Pupils built a great tower of cubes.",
    "Pupils have enjoyed stories since September.",
    "Count three seconds, then choose who speaks, in the first ten minutes of three lessons.",
    "Pupils found the same answer by multiplication, by division and by counting on.",
    "Every group had time for discussion of the experiment before anybody wrote a prediction.",
    "The brown bear was at the end of the hall.",
    "Pupils in the front rows were at work two minutes after coming in.",
    "Mark the place where the lines meet, you said, and 24 pupils did.",
    "You gave each pair one minute and then asked those who had not spoken.",
]


def a_line(text: str, part: Part = Part.OPENING) -> Line:
    return Line(part, text, ("n1",))


def found(text: str, context: Context = CONTEXT) -> list[Finding]:
    lines = [a_line(text), a_line("Wait three seconds.", Part.NEXT_STEP)]
    return list(check(lines, context))


@pytest.mark.parametrize(("text", "kind", "quote"), PLANTED)
def test_a_planted_fault_is_found(text: str, kind: Kind, quote: str) -> None:
    faults = [finding for finding in found(text) if finding.kind is kind]
    assert faults
    assert not quote or faults[0].quote == quote
    assert all(fault.reason and fault.fix for fault in faults)


@pytest.mark.parametrize("text", CLEAN)
def test_a_clean_sentence_raises_no_alarm(text: str) -> None:
    assert [(one.kind, one.quote) for one in found(text)] == []


def test_a_name_is_replaced_by_one_pupil() -> None:
    fault = found("Maisie had begun.")[0]
    assert (fault.instead, fault.fix) == ("One pupil", "Write “One pupil”, or the initial “M.”")


def test_a_full_name_is_one_finding() -> None:
    assert [one.quote for one in found("You asked Maisie Jones to begin.")] == ["Maisie Jones"]


def test_whoever_is_staff_is_no_pupil() -> None:
    context = Context(graded=False, pupils=("Catrin Hughes",), staff=("Catrin Morley",))
    assert found("Thank you, Catrin.", context) == []


def test_a_level_may_be_told_where_the_rubric_is_graded() -> None:
    assert found("For talk this was a level 3.", GRADED) == []


def test_a_claim_without_a_note_is_found_and_an_opening_needs_none() -> None:
    lines = [Line(Part.OPENING, "Thank you."), Line(Part.STRENGTH, "You waited."),
             a_line("Wait longer.", Part.NEXT_STEP)]  # fmt: skip
    assert [(one.kind, one.line) for one in check(lines, GRADED)] == [(Kind.NO_EVIDENCE, 1)]


def test_a_summary_without_a_next_step_says_so_last() -> None:
    lines = [Line(Part.STRENGTH, "You waited.")]
    kinds = [finding.kind for finding in check(lines, GRADED)]
    assert kinds == [Kind.NO_EVIDENCE, Kind.NO_NEXT_STEP]


@pytest.mark.parametrize(
    ("line", "dated"),
    [
        (Line(Part.TARGET, "Wait.", plan=Plan("Wait", due=date(2026, 12, 11))), True),
        (Line(Part.TARGET, "Wait, by 11 December.", plan=Plan("Wait")), True),
        (Line(Part.TARGET, "Wait by next Friday."), True),
        (Line(Part.TARGET, "Wait three seconds."), False),
    ],
)
def test_a_target_needs_a_date(line: Line, dated: bool) -> None:
    kinds = {finding.kind for finding in check([line], GRADED)}
    assert (Kind.TARGET_NO_DATE not in kinds) == dated


def test_more_than_350_words_do_not_fit_one_page() -> None:
    sentence = "You gave pupils time to think. "
    kinds = {finding.kind for finding in found(sentence * 60)}
    assert Kind.TOO_LONG in kinds
    assert Kind.TOO_LONG not in {finding.kind for finding in found(sentence * 50)}


def test_what_passed_is_said_too() -> None:
    lines = [a_line("Wait three seconds.", Part.NEXT_STEP)]
    told = passed(lines, check(lines, CONTEXT), CONTEXT)
    assert told[0] == "No pupil is named"
    assert told[-1] == "3 words, fits one page"
    assert "No level or grade word" in told


def test_what_was_not_looked_at_is_not_said_to_have_passed() -> None:
    assert not {"No pupil is named", "No level or grade word"} & set(passed([], (), GRADED))


def test_every_kind_has_its_check() -> None:
    assert list(CHECKS) == list(Kind)


def test_an_empty_line_has_nothing_to_look_at_but_its_evidence() -> None:
    assert found("") == []
