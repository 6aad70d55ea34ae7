from observe.core.feedback.compose import compose
from observe.core.feedback.facts import Part
from tests.core.feedback.school import DUE, EVIDENCE, GRADED, a_lesson, agreed

LEVELS = {"wait_time": 2, "response": 3, "vocabulary": 4, "tables": 3}


def strengths(picked: dict[Part, str]) -> list[str | None]:
    draft = compose(a_lesson(), GRADED, agreed(**LEVELS), EVIDENCE, due=DUE, picked=picked)
    return [line.criterion for line in draft.lines if line.part is Part.STRENGTH]


def test_what_both_observers_picked_comes_first_in_a_draft() -> None:
    assert strengths({})[0] == "response"
    assert strengths({Part.STRENGTH: "tables"})[0] == "tables"


def test_what_was_picked_is_said_only_where_the_rule_allows_it() -> None:
    assert strengths({Part.STRENGTH: "wait-time"}) == strengths({})
    assert strengths({Part.NEXT_STEP: "tables"}) == strengths({})
