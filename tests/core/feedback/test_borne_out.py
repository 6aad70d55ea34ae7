"""What a draft says is borne out by the note that it quotes."""

import pytest

from observe.core.feedback.bare import is_bare
from observe.core.feedback.choosing import Candidate
from observe.core.feedback.facts import Part
from observe.core.feedback.phrasing import phrase_for
from observe.core.feedback.pupil_names import without_names
from observe.core.feedback.quoting import clause, quotation, told_in
from observe.core.feedback.spoken import subject
from observe.core.feedback.topics import topic_told
from observe.core.feedback.untold import Discretion
from observe.core.rubric import Criterion
from observe.core.rubric_file import read_rubric
from observe.resources import folder

STRANGE = "zebras xylophone quartz"
KEEPS = Discretion(graded=True)


def shipped() -> list[Criterion]:
    read = (read_rubric(path.read_bytes(), path.name) for path in folder("rubrics").glob("*.yaml"))
    return [one for rubric in read for one in rubric.criteria() if one.strengths]


def chosen(criterion: Criterion, side: Part, text: str) -> str:
    told = quotation("1", text, at=None, speaker=None)
    assert told
    levels = (3,) if side is Part.STRENGTH else (2,)
    of = Candidate(criterion, side, (), levels)
    phrase = phrase_for(of, (told,), lesson_id="l", aim="", keeps=KEEPS)
    return phrase.text


@pytest.mark.parametrize("criterion", shipped(), ids=lambda one: one.criterion)
def test_a_note_of_which_no_phrase_speaks_gets_the_one_that_holds_for_any(
    criterion: Criterion,
) -> None:
    assert chosen(criterion, Part.STRENGTH, STRANGE) == criterion.strengths[0].text
    assert chosen(criterion, Part.NEXT_STEP, STRANGE) == criterion.next_steps[0].text


@pytest.mark.parametrize("note", ["Good", "great!!", "questioning weak", "v good start", "Pace not ok", "lovely lesson"])  # fmt: skip
def test_a_note_that_only_judges_bears_nothing_out(note: str) -> None:
    assert is_bare(note.removeprefix("v "))


@pytest.mark.parametrize("note", ["All 28 moving", "gluing", "pens down", "good, waits 3 secs", "9 in line"])  # fmt: skip
def test_a_note_that_tells_what_happened_bears_something_out(note: str) -> None:
    assert not is_bare(note)


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("P1: it floats. P2: no it sinks", "a pupil said, “It floats”, and another pupil said, “No it sinks”"),
        ("Will you tell us how?, asks T", "you asked, “Will you tell us how?”"),
        ("T asks: \"why's that?\"", "you asked, “Why’s that?”"),
        ("P says \"I dunno\" -> T: have a guess", "a pupil said, “I dunno”, and you said, “Have a guess”"),
        ("T: Whose turn? T: And why?", "you asked, “Whose turn? And why?”"),
        ("Pupil A: it's red. Pupil B: blue", "a pupil said, “It’s red”, and another pupil said, “Blue”"),
        ("T→P: why? P→T: dunno", "you asked, “Why?”, and a pupil said, “Dunno”"),
        ("w/b up, w/sheet out, RM: tidy", "we noted “w/b up, worksheet out, RM: tidy”"),
        ("1. shows 2. asks 3. waits", "we noted “Shows; asks; waits”"),
        ("chn wrk w/o help, bks out b4 bell", "we noted “Pupils work without help, books out before bell”"),
        ('reads: "at 10:12 you..."', "we noted “Reads: ‘at 10:12 you …’”"),
        ("only 2 asked & T said no", "we noted “Only 2 asked and teacher said no”"),
        ("no picture 4 6 mins", "we noted “No picture for 6 mins”"),
    ],
)  # fmt: skip
def test_what_was_typed_in_haste_is_told_whole(note: str, told: str) -> None:
    quoted = quotation("1", note, at=None, speaker=None)
    assert quoted
    assert clause([quoted]) == told


@pytest.mark.parametrize(
    ("topic", "told"),
    [
        ("Fractions on one number line", "fractions on one number line"),
        ("Ohm's law", "Ohm’s law"),
        ("Romans", "Romans"),
        ("Reading Macbeth", "reading Macbeth"),
        ("Great Fire of London", "Great Fire of London"),
        ("Who was 'Boudica'?", "the question “Who was ‘Boudica’?”"),
    ],
)
def test_a_topic_keeps_the_capital_of_a_name(topic: str, told: str) -> None:
    assert topic_told(topic) == told


def test_a_subject_keeps_the_letters_it_is_spelt_with() -> None:
    assert subject("A-level Biology") == "A-level biology"


def test_two_long_notes_have_a_sentence_each() -> None:
    words = "pupils came in and sat down while the register was read out by two of them"
    quoted = [quotation(key, f"{key} {words}", at=None, speaker=None) for key in ("x", "y")]
    told = told_in("This helped: {evidence}.", [one for one in quoted if one])
    assert len(told) == 2
    assert told[1].startswith("We also noted “")


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("Grace Owen had her hand up", "one pupil had her hand up"),
        ("grace had her hand up", "one pupil had her hand up"),
        ("Grace, Tom and Will sit", "three pupils sit"),
        ("Tom helps Grace, Tom writes", "one pupil helps another pupil, that pupil writes"),
        ("Grace: it floats. Tom: no", "P1: it floats. P2: no"),
        ("Will's answer ignored", "one pupil's answer ignored"),
        ("will you tell us?", "will you tell us?"),
    ],
)
def test_a_pupil_of_the_list_is_not_named(note: str, told: str) -> None:
    assert without_names(note, ("Grace Owen", "Tom Hill", "Will Roe")) == told


def test_without_a_list_a_note_stays_as_it_was() -> None:
    assert without_names("Grace Owen waits", ()) == "Grace Owen waits"
