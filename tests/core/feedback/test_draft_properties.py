"""What holds for every draft, whatever the rubric and whatever was noted."""

import re
from collections.abc import Iterator
from datetime import date, time
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from observe.core.feedback import grade_words
from observe.core.feedback.compose import compose
from observe.core.feedback.facts import (
    AT_MOST,
    CLAIMS,
    Agreement,
    Draft,
    Evidence,
    LessonFacts,
    Line,
    OpenTarget,
    Part,
    Sentence,
)
from observe.core.pairing import Outcome
from observe.core.rubric import (
    Criterion,
    Domain,
    LessonKind,
    Level,
    Occasions,
    Phrase,
    Rubric,
    Scale,
    ScaleType,
)
from observe.core.rubric_file import read_rubric
from observe.resources import folder
from tests.core.feedback.school import DUE, a_lesson
from tests.core.feedback.sentences import faults_of

DRAFTS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def shipped() -> tuple[Rubric, ...]:
    paths = sorted(folder("rubrics").glob("*.yaml"))
    return tuple(read_rubric(path.read_bytes(), path.name) for path in paths)


LABELS = st.lists(
    st.sampled_from(
        ["Low", "Medium", "High", "Not yet", "Emerging", "Secure", "Good", "No", "Yes", "Strong",
         "Two", "One thing", "Worked", "Hardly at all", "4", "A"]
    ),
    min_size=2, max_size=5, unique=True,
)  # fmt: skip
SENTENCES = st.sampled_from(
    ["...", "Pupils had time to think", "you made {evidence} clear", "{evidence} showed care", "Wait longer. Then choose",
     "because of {evidence} pupils spoke", "Ask “why?” more often", "What led to this: {evidence}", "There is more to say"]
)  # fmt: skip
PARTS = st.sampled_from(
    ["", "...", "each time it happens", "Count to three.", "daily", "Monday’s lesson", "In three lessons", "the next lesson", "I can see it",
     "Twice a week", "Ask “who else?”", "Year 5 pupils speak"]
)  # fmt: skip
PHRASES = st.lists(
    st.builds(Phrase, SENTENCES, st.sampled_from([(), (1,), (1, 2), (2, 3)]), PARTS, PARTS, PARTS),
    max_size=3,
).map(tuple)
TITLES = st.sampled_from(
    ["Time to think", "Secure ground?", "words, {new} and old", "“Why”", "  spaced  title "]
)


@st.composite
def rubrics(draw: st.DrawFn) -> Rubric:
    labels = draw(LABELS)
    levels = tuple(Level(value, label) for value, label in enumerate(labels, 1))
    scale = Scale("s", ScaleType.ORDINAL, levels, strength_from=len(levels), next_step_to=1)
    criteria = tuple(
        Criterion(
            key, draw(TITLES), key[:2], scale, strengths=draw(PHRASES), next_steps=draw(PHRASES)
        )
        for key in ("one", "two", "three", "four")
    )
    return Rubric(
        *("made", 1, "en", "Made", draw(st.sampled_from(LessonKind)), draw(st.booleans())),
        *(Occasions(), (scale,), (Domain("d", "D", criteria),)),
    )


ANY_RUBRIC = st.one_of(st.sampled_from(shipped()), rubrics())
TYPED = st.one_of(
    st.sampled_from(
        ["pupils talk", 'T: "why?"', "T: why? P: because", "Level 3", "mostly secure here", "...",
         "a\n- b\n  c", "HANDS UP, SAME THREE", "what now", "{evidence}", "ends in a colon:", "!!", "👍",
         "“half a quotation", "a 4 out of 4", "Good", "quiet . then loud ,", "e.g. two", "x " * 900,
         "\u202eback to front\u202c", "Hardly at all", "L3", "“why?”", "'tis so'", "no hands up"]
    ),
    st.text(max_size=160),
)  # fmt: skip
NAMES = st.sampled_from(["Catrin Morley", "J. Osei", "Mrs. Bell", "Dr  Weston", "O’Neill", "Li"])


@st.composite
def lessons(draw: st.DrawFn, kind: LessonKind) -> LessonFacts:
    observers = draw(st.lists(NAMES, unique=True, max_size=3))
    return LessonFacts(
        lesson_id=draw(st.one_of(st.uuids().map(str), st.text(min_size=1, max_size=9))),
        teacher=draw(NAMES),
        first_name=draw(st.sampled_from(["", "Catrin", "J."])),
        school_subject=draw(st.sampled_from(["", "Maths", "English", "RE", "Art and Design"])),
        class_name=draw(st.sampled_from(["", "8", "Year 5", "11C", " 4B\n"])),
        on=draw(st.dates(date(2026, 1, 1), date(2027, 12, 31))),
        observers=tuple(observers),
        kind=kind,
        author=draw(st.sampled_from(["", *observers])),
        topic=draw(st.sampled_from(["", "Fractions.", "why plants  grow?"])),
    )


def notes(keys: list[str], lesson: str) -> st.SearchStrategy[list[Evidence]]:
    one = st.builds(
        Evidence,
        id=st.uuids().map(str),
        observer=st.sampled_from(["a", "b", "c"]),
        text=TYPED,
        criteria=st.lists(st.sampled_from([*keys, "gone"]), unique=True, max_size=4).map(tuple),
        at=st.one_of(st.none(), st.just(time(9, 5)), st.just(time(10, 14))),
        mark=st.sampled_from(["+", "-", None]),
        speaker=st.sampled_from(["T", "P", None]),
        withheld=st.booleans(),
        minute=st.one_of(st.none(), st.integers(0, 90)),
        lesson_id=st.sampled_from(["", lesson, "another lesson"]),
    )
    return st.lists(one, max_size=14, unique_by=lambda note: note.id)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Rubric, LessonFacts, list[Evidence], Draft]:
    rubric = draw(ANY_RUBRIC)
    facts = draw(lessons(rubric.kind))
    keys = draw(st.lists(st.sampled_from([one.criterion for one in rubric.criteria()]),
                         min_size=1, max_size=4, unique=True))  # fmt: skip
    noted = draw(notes(keys, facts.lesson_id))
    level = st.one_of(st.none(), st.integers(0, 5))
    agreed = [
        Agreement(key, draw(level), draw(st.sampled_from(Outcome)), (draw(level), draw(level)))
        for key in keys
    ]
    target = draw(
        st.one_of(st.none(), st.builds(OpenTarget, TYPED, st.sampled_from([None, *keys])))
    )
    drafted = compose(
        *(facts, rubric, agreed, noted),
        due=DUE,
        target=target,
        unlike=draw(st.sampled_from(["", "Thank you", "On Monday"])),
    )
    return rubric, facts, noted, drafted


@DRAFTS
@given(cases())
def test_every_claim_rests_on_notes_of_its_lesson_and_criterion_that_may_be_told(
    case: tuple[Rubric, LessonFacts, list[Evidence], Draft],
) -> None:
    _, facts, noted, drafted = case
    notes = {note.id: note for note in noted}
    claims: list[Line | Sentence] = [*drafted.lines[1:], *drafted.sentences]
    for told in (one for one in claims if one.criterion or one in drafted.lines):
        assert told.note_ids
        assert all(told.criterion in notes[id].criteria for id in told.note_ids)
    for told in [*drafted.lines[:1], *claims]:
        assert not any(notes[id].withheld for id in told.note_ids)
        assert all(notes[id].lesson_id in ("", facts.lesson_id) for id in told.note_ids)


@DRAFTS
@given(cases())
def test_there_is_never_more_of_a_part_than_the_rule_allows(
    case: tuple[Rubric, LessonFacts, list[Evidence], Draft],
) -> None:
    parts = [line.part for line in case[3].lines]
    assert all(parts.count(part) <= most for part, most in AT_MOST.items())
    assert parts.count(Part.OPENING) == 1
    assert (Part.QUESTION in parts) == any(part in CLAIMS for part in parts)
    assert (Part.TARGET in parts) == (Part.NEXT_STEP in parts)


@DRAFTS
@given(cases())
def test_every_sentence_is_whole_and_the_lines_are_made_of_them(
    case: tuple[Rubric, LessonFacts, list[Evidence], Draft],
) -> None:
    drafted = case[3]
    for told in drafted.sentences:
        assert not faults_of(told.text), told.text
    said = " ".join(told.text for told in drafted.sentences)
    assert said == " ".join(line.text for line in drafted.lines)


@DRAFTS
@given(cases())
def test_an_ungraded_draft_tells_no_level(
    case: tuple[Rubric, LessonFacts, list[Evidence], Draft],
) -> None:
    rubric, _, _, drafted = case
    labels = grade_words.labels(rubric)
    for text in [] if rubric.graded else [*texts(drafted), *drafted.missing]:
        assert not list(grade_words.told(text, labels)), text
        assert not [
            label
            for label in labels
            if len(label) > 3 and label not in COMMON and holds(text, label)
        ]


COMMON = ("Two", "One thing", "Worked")  # a draft cannot do without them


def texts(drafted: Draft) -> Iterator[str]:
    for line in drafted.lines:
        yield line.text
        if line.plan:
            yield from (line.plan.try_, line.plan.when, line.plan.see)


def holds(text: str, label: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(label)}(?!\w)", text, re.IGNORECASE))


@DRAFTS
@given(cases())
def test_a_lesson_always_gets_the_same_draft(
    case: tuple[Rubric, LessonFacts, list[Evidence], Draft],
) -> None:
    rubric, facts, noted, _ = case
    one, two = (compose(facts, rubric, (), noted, due=DUE) for _ in range(2))
    assert one == two


def test_a_note_of_another_lesson_is_never_quoted() -> None:
    rubric = shipped()[0]
    key = next(one.criterion for one in rubric.criteria() if one.strengths)
    note = Evidence("n", "a", "Pupils explain", (key,), time(10, 0), "+", lesson_id="other")
    assert len(compose(a_lesson(kind=rubric.kind), rubric, (), [note], due=DUE).lines) == 1
