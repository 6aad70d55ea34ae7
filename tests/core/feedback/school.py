"""A school for the composer: two rubrics in the manner of the shipped ones, lessons and notes."""

from collections.abc import Mapping
from datetime import date, time

from observe.core.feedback.facts import Agreement, Evidence, LessonFacts, OpenTarget
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

DUE = date(2026, 12, 11)
LABELS = ("Not yet", "Sometimes", "Mostly", "Throughout")
FOUR = Scale(
    key="four",
    type=ScaleType.ORDINAL,
    levels=tuple(Level(value, label) for value, label in enumerate(LABELS, 1)),
    strength_from=3,
    next_step_to=2,
)


def criterion(
    key: str, title: str, strengths: tuple[str, ...] = (), next_steps: tuple[Phrase, ...] = ()
) -> Criterion:
    told = tuple(Phrase(text, (3, 4)) for text in strengths)
    return Criterion(key, title, key, FOUR, strengths=told, next_steps=next_steps)


WAIT = criterion(
    "wait-time",
    "Time to think",
    (
        "You gave pupils time to think: {evidence}.",
        "Pupils had time before they spoke: {evidence}.",
    ),
    (
        Phrase(
            "Wait a little longer before you take an answer.",
            (1, 2),
            "Count three seconds, then choose who speaks",
            "In the first ten minutes of three lessons",
            "At least ten different pupils answer in each",
        ),
    ),
)
RESPONSE = criterion(
    "response",
    "What is done with an answer",
    ("You built on what a pupil said: {evidence}.",),
    (
        Phrase(
            "Let a second pupil add to the first answer. What led to this: {evidence}.",
            (1, 2),
            "Ask one more pupil before you say whether an answer is right",
            "The first time it happens in each lesson",
            "Answers grow beyond one sentence",
        ),
    ),
)
VOCABULARY = criterion("vocabulary", "Words of the subject")
TABLES = criterion("tables", "Work at tables", ("Pupils got on with each other: {evidence}.",))


def a_rubric(*, graded: bool) -> Rubric:
    domains = (
        Domain("talk", "Talk", (WAIT, RESPONSE)),
        Domain("work", "Work", (VOCABULARY, TABLES)),
    )
    occasions = Occasions()
    return Rubric("talk", 1, "en", "Talk", LessonKind.LESSON, graded, occasions, (FOUR,), domains)


GRADED, UNGRADED = a_rubric(graded=True), a_rubric(graded=False)


def a_lesson(lesson_id: str = "lesson-1", **changes: object) -> LessonFacts:
    facts: dict[str, object] = {
        "lesson_id": lesson_id,
        "teacher": "Catrin Morley",
        "first_name": "Catrin",
        "school_subject": "Maths",
        "class_name": "Year 5",
        "on": date(2026, 11, 17),
        "observers": ("Siôn Prydderch", "Ruth Adeyemi"),
    }
    return LessonFacts(**{**facts, **changes})  # type: ignore[arg-type]


def note(
    id: str,
    text: str,
    *criteria: str,
    at: str = "10:14",
    mark: str | None = None,
    by: str = "sion",
    speaker: str | None = None,
    withheld: bool = False,
) -> Evidence:
    return Evidence(id, by, text, criteria, time.fromisoformat(at), mark, speaker, withheld)


def agreed(**levels: int) -> list[Agreement]:
    return [
        Agreement(key.replace("_", "-"), level, levels=(level, level))
        for key, level in levels.items()
    ]


def differing(key: str, *levels: int) -> Agreement:
    return Agreement(key, None, Outcome.DIFFER, levels)


def a_target(criterion: str = "wait-time") -> OpenTarget:
    return OpenTarget("Wait, then choose who answers.", criterion)


NOTES: Mapping[str, Evidence] = {
    one.id: one
    for one in (
        note("w1", "four questions answered by the same three pupils.", "wait-time", mark="-"),
        note("w2", "hands up, same 3 again", "wait-time", at="10:13", mark="-", by="ruth"),
        note("r1", "Who can build on that?", "response", at="10:16", mark="+", speaker="T"),
        note("r2", "“It’s nearer because the gap is only an eighth.”", "response", at="10:17",
             mark="+", speaker="P", by="ruth"),
        note("v1", "“Denominator”: said, pointed to, used...", "vocabulary", at="10:22", mark="+"),
        note("t1", "- chn w/ partner\n- books open & quiet", "tables", at="10:24", mark="+",
             by="ruth"),
    )
}  # fmt: skip
EVIDENCE = tuple(NOTES.values())
