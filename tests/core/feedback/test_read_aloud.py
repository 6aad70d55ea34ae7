"""What was heard when drafts were read aloud, as the teacher would and as a teacher of English."""

from dataclasses import replace
from datetime import time

import pytest

from observe.core.feedback.choosing import Candidate
from observe.core.feedback.compose import compose
from observe.core.feedback.facts import Agreement, Evidence, LessonFacts, Part
from observe.core.feedback.phrasing import phrase_for
from observe.core.feedback.pupil_names import without_names
from observe.core.feedback.quoting import clause, quotation
from observe.core.feedback.spoken import class_called, subject, what_was_seen
from observe.core.feedback.summary import first_name
from observe.core.feedback.topics import topic_told
from observe.core.feedback.untold import Discretion
from observe.core.rubric import LessonKind, Rubric
from observe.core.rubric_file import read_rubric
from observe.resources import folder
from tests.core.feedback.school import DUE, a_lesson

KEEPS = Discretion(graded=True)
FRAMEWORK = "teaching-framework"


def shipped(name: str) -> Rubric:
    return read_rubric((folder("rubrics") / f"{name}.yaml").read_bytes(), name)


def told(text: str, kind: LessonKind = LessonKind.LESSON) -> str:
    quoted = quotation("n", text, at=None, speaker=None, kind=kind)
    assert quoted
    return clause([quoted])


def request(criterion: str, text: str) -> str:
    one = next(each for each in shipped(FRAMEWORK).criteria() if each.criterion == criterion)
    quoted = quotation("n", text, at=None, speaker=None)
    assert quoted
    of = Candidate(one, Part.NEXT_STEP, (), (2,))
    return phrase_for(of, (quoted,), lesson_id="l", aim="", keeps=KEEPS).text


def letter(*noted: Evidence, **levels: int) -> str:
    agreed = [Agreement(key.replace("_", "-"), level) for key, level in levels.items()]
    drafted = compose(a_lesson("read-aloud"), shipped(FRAMEWORK), agreed, noted, due=DUE)
    return "\n".join(line.text for line in drafted.lines)


def a_note(id: str, text: str, *criteria: str, minute: int = 4, by: str = "a") -> Evidence:
    return Evidence(id, by, text, criteria, time(9, minute))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\"On what basis?\"", "we heard “On what basis?”"),
        ("K. signs ‘more’, TA models", "we noted “K. signs ‘more’, TA models”"),
        ("Still T. explains", "we noted “Still teacher explains”"),
        ("2nd eg, v clear, all on bd", "we noted “2nd example, very clear, all on board”"),
        ("Bach v Handel", "we noted “Bach v Handel”"),
        ("ipads. login", "we noted “iPads. Login”"),
        ("✓ ✓ & ‘well done’ on p. 14, half the hr", "we noted “‘Well done’ on p. 14, half the hour”"),
        ("writes T + pupil words", "we noted “Writes teacher and pupil words”"),
        ("Ext. task lies ready", "we noted “Ext. task lies ready”"),
        ("\"Sorry, 'stuff' is no word\" (smile)", "we noted “‘Sorry, stuff is no word’ (smile)”"),
        ("at computer. pupils q up", "we noted “At computer. Pupils queue up”"),
        ("P: 'it sticks' T: 'all metal?' hands her a 10p", "a pupil said, “It sticks”, and you asked, “All metal?”"),
        ("for a 4 yr old w/out a plan", "we noted “For a 4 year old without a plan”"),
        ("told T 6 things", "we noted “Told teacher 6 things”"),
        ("P: 'they could've said no' - class gasp. T: 'let's test that', to source B", "a pupil said, “They could’ve said no”, and you said, “Let’s test that”"),
        ("lies down. T lies down too", "we noted “Lies down. Teacher lies down too”"),
        ("‘stumble’,‘stroll’ w/ 5 per gp", "we noted “‘Stumble’, ‘stroll’ with 5 per group”"),
        ("rules up: “we don’t laugh.”", "we noted “Rules up: ‘we don’t laugh’”"),
        ("P: why? T: (waits 5s) P: because it’s odd", "a pupil asked, “Why?”, and a pupil said, “Because it’s odd”"),
        ("P1: it sinks T: say more P1: it’s heavy", "a pupil said, “It sinks”, you said, “Say more”, and the same pupil said, “It’s heavy”"),
    ],
)  # fmt: skip
def test_a_note_is_told_as_somebody_would_say_it(text: str, said: str) -> None:
    assert told(text) == said


def test_words_in_a_book_are_read_and_the_leader_of_a_talk_is_addressed() -> None:
    assert told("“I think he lied”", LessonKind.WORK_SAMPLE) == "we read “I think he lied”"
    assert told("L: what next?", LessonKind.FEEDBACK_TALK) == "you asked, “What next?”"


@pytest.mark.parametrize(
    ("criterion", "text", "asked"),
    [
        ("routines", "queue for goggles 6 mins", "Have what pupils need ready before they need it."),
        ("routines", "chairs put down", "Win back time at the point of the lesson where most of it goes."),
        ("questioning", "same 4 hands up all lesson", "Choose who answers, so that more pupils have to think."),
        ("thinking-time", "T answers own questions", "Before you take an answer, wait three seconds."),
        ("checking", "“all ok?” and on", "Ask pupils to show what they have understood, in place of asking whether they have."),
        ("feedback", "comments unanswered", "Give the class time to act on feedback."),
        ("responding", "“No. Anyone else?” x3", "Ask how a pupil got to a wrong answer."),
        ("behaviour", "talks over chatter", "Wait for silence before you speak to the class."),
    ],
)  # fmt: skip
def test_the_request_answers_what_was_noted(criterion: str, text: str, asked: str) -> None:
    assert request(criterion, text) == asked


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Mr Daniel Achebe", "Mr Achebe"),
        ("Rev. Peter Lloyd-Hughes", "Rev Lloyd-Hughes"),
        ("Mrs Ann van der Berg", "Mrs van der Berg"),
        ("Head Teacher Anwen Pugh", "Anwen"),
        ("Brother Anselm", "Brother Anselm"),
        ("Lt Col (ret'd) Giles Pym", "Lt Col Pym"),
        ("Morley, Catrin", "Catrin"),
        ("Mrs Bell", "Mrs Bell"),
    ],
)
def test_a_teacher_is_called_as_a_colleague_would(name: str, called: str) -> None:
    assert first_name(name) == called


def seen(**facts: str) -> str:
    return what_was_seen(
        replace(a_lesson(), **{"class_name": "", "school_subject": "", **facts})  # type: ignore[arg-type]
    )


def test_what_nobody_knows_yet_is_left_out_and_odd_classes_stand_behind() -> None:
    assert seen(class_name="10X2/Ma1", school_subject="Maths") == "your maths lesson with 10X2/Ma1"
    assert seen(class_name="Year 5", school_subject="t.b.c.") == "your Year 5 lesson"
    assert seen(class_name="n/a", topic="TBA") == "your lesson"
    assert seen(class_name="S2 English", school_subject="English") == "your S2 English lesson"
    assert (class_called("Y5 & 6"), class_called("3/4")) == ("Years 5 and 6", "class 3/4")
    assert (class_called("EAL group"), class_called("Yr R")) == ("the EAL group", "Reception")
    assert (class_called("Bluebell Class"), class_called("11 Constr.")) == (
        "Bluebell Class",
        "11 Constr",
    )
    assert (subject("English Lit."), subject("D.T.")) == ("English literature", "DT")
    assert subject("Geog") == "geography"


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        ("Simultaneous equations", "simultaneous equations"),
        ("Consent", "“Consent”"),
        ("An Inspector Calls", "“An Inspector Calls”"),
        ("Christianity", "Christianity"),
        ('"Private Peaceful"', "“Private Peaceful”"),
        ("de Moivre’s theorem", "de Moivre’s theorem"),
        ("which materials float?", "the question “Which materials float?”"),
    ],
)
def test_a_topic_that_may_be_a_title_stands_in_marks(topic: str, said: str) -> None:
    assert topic_told(topic) == said


def test_who_is_spoken_to_by_name_is_not_named() -> None:
    assert without_names("“Oh, do sit down, Ryan”", ("Ryan Cole",)) == "“Oh, do sit down, …”"


def test_notes_without_a_mark_are_told_where_marks_decide() -> None:
    noted = [Evidence("1", "a", "pairs talk about the map", ("talk",))]
    missing = compose(a_lesson(), shipped("ways-of-looking"), (), noted, due=DUE).missing
    assert missing[-1].startswith("The notes on “Pupils talking to learn” do not say whether it")


def test_two_strengths_do_not_begin_alike() -> None:
    said = letter(
        a_note("1", "books out before the bell", "routines"),
        a_note("2", "asks for the exact word twice", "vocabulary"),
        routines=3, vocabulary=3,
    )  # fmt: skip
    assert "\nYou made the minutes count: at 9:04" in said
    assert "\nYou also took care over the words of the subject: at 9:04" in said


def test_what_one_strength_has_quoted_is_no_second_one() -> None:
    shared = a_note("1", "T: on what basis? P: a duty of care", "questioning", "responding")
    again = a_note("2", "“on what basis?”", "responding", by="b")
    assert letter(shared, again, questioning=4, responding=4).count("On what basis?") == 1


def test_of_two_notes_the_one_that_tells_more_is_quoted() -> None:
    brief, full = a_note("1", "goes slow", "modelling"), a_note("2", "counters first, then a drawing", "modelling")  # fmt: skip
    assert "“Counters first, then a drawing”" in letter(brief, full, modelling=3)


def test_one_word_that_names_a_thing_bears_nothing_out() -> None:
    assert "Board" not in letter(a_note("1", "Board", "modelling"), modelling=2)


@pytest.mark.parametrize("said", ["seizure last week, don't share", "SAFEGUARDING: bruise", "confidential – new at home"])  # fmt: skip
def test_a_note_that_says_itself_that_it_is_to_be_kept_is_not_quoted(said: str) -> None:
    noted = a_note("1", said, "relationships")
    levels = [Agreement("relationships", 3)]
    drafted = compose(a_lesson(), shipped(FRAMEWORK), levels, [noted], due=DUE)
    assert len(drafted.lines) == 1
    assert any("not to be passed on" in each for each in drafted.missing)


def test_a_question_points_at_no_moment_where_none_is_known() -> None:
    for number in range(40):
        facts = LessonFacts(f"l{number}", "Ann Lee", "Ann", "", "", a_lesson().on, ("Bo",))
        noted = [Evidence("1", "Bo", "asks and answers himself", ("thinking-time",))]
        levels = [Agreement("thinking-time", 1)]
        asked = compose(facts, shipped(FRAMEWORK), levels, noted, due=DUE).lines[-1].text
        assert not asked.startswith(("What did you notice yourself", "How did you see it"))
