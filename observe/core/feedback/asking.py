"""The question at the end of a letter: a real one, about a moment that was seen."""

from observe.core.feedback.facts import LessonFacts, Part
from observe.core.feedback.phrasing import pick
from observe.core.feedback.untold import Discretion
from observe.core.rubric import LessonKind

QUESTIONS = {
    Part.NEXT_STEP: (
        "What did you notice yourself {moment}?",
        "How did you see it yourself {moment}?",
        "Looking back, what would you keep and what would you change?",
        "How did it look from where you stood {moment}?",
        "Is this the step that matters most to you now, or would you choose another?",
        "What would make this easy to try, and what could get in the way?",
    ),
    Part.STRENGTH: (
        "What had you done beforehand to make this possible {moment}?",
        "What made this possible {moment}, and where else could you use it?",
        "Which part of this would you most like others to see, and why?",
    ),
}
OF_PUPILS = {
    Part.NEXT_STEP: ("Which of your pupils would gain most from this, and how would you notice?",),
    Part.STRENGTH: ("Which of your pupils gained most from this, and how could you tell?",),
}
WITH_PUPILS = (LessonKind.LESSON, LessonKind.WORK_SAMPLE)
STANDING = "stood"
THEN = "{moment}"


def question(facts: LessonFacts, side: Part, moment: str, *, keeps: Discretion) -> str:
    """What the observers would like to know; `moment` is when they saw what it is about."""
    options = [text for text in QUESTIONS[side] if _fits(text, facts.kind, moment)]
    if facts.kind in WITH_PUPILS:
        options += OF_PUPILS[side]
    asked = pick(keeps.preferred(options), facts.lesson_id, "question")
    return asked.format(moment=moment).replace(" ?", "?").replace(" ,", ",")


def _fits(text: str, kind: LessonKind, moment: str) -> bool:
    """Whether there is a moment that a question may point at, and somebody who stood there."""
    return (bool(moment) or THEN not in text) and (
        STANDING not in text or kind is LessonKind.LESSON
    )
