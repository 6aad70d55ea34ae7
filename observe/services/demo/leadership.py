"""Leadership feedback in the demonstration: a round about the first head that closed some weeks ago."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from observe.core.ids import new_id
from observe.core.leadership import Answer, Question, RaterGroup, told
from observe.core.rubric import Rubric
from observe.core.rubric_json import rubric_digest
from observe.services import leadership_told, rubrics
from observe.services.demo.cast import Cast
from observe.services.leadership import SHIPPED
from observe.storage.rows import Rows

CLOSED, LASTED = timedelta(days=40), timedelta(days=14)
ASKED = {RaterGroup.SELF: 1, RaterGroup.TEAM: 9, RaterGroup.PEERS: 4, RaterGroup.GOVERNORS: 3}
USUAL = {
    RaterGroup.SELF: 3.3,
    RaterGroup.TEAM: 2.7,
    RaterGroup.PEERS: 3.1,
    RaterGroup.GOVERNORS: 3.4,
}
CANNOT_SAY, WRITE = 0.12, 0.6
WORDS = {
    Question.KEEP: (
        "Comes into lessons, and one is glad of it.",
        "Says early what a term will bring.",
        "Remembers what each of us is working on.",
        "Thanks people in front of others and says what is hard in private.",
    ),
    Question.CHANGE: (
        "Fewer things at once. Name one that we may leave.",
        "Ask before it is decided, not after.",
        "Say what came of what we said in the staff meeting.",
    ),
}


def write(rows: Rows, cast: Cast, *, at: datetime) -> None:
    """Only what may be told is kept, as after any round; chance of its own."""
    head = cast.schools[0].head
    drawn = random.Random(head.id.int ^ 360)
    rubric = next(each for each in rubrics.shipped() if each.rubric == SHIPPED)
    opened_at, closed_at = at - CLOSED - LASTED, at - CLOSED
    rows.add(
        "leadership_round",
        id=new_id(opened_at, drawn.getrandbits),
        person_id=head.id,
        asked_by=cast.facilitators[0].id,
        rubric_digest=rubric_digest(rubric),
        opened_at=opened_at,
        last_day=closed_at.date(),
        closed_at=closed_at,
        told=leadership_told.as_json(told(rubric, list(_answers(rubric, drawn)), set(ASKED))),
    )


def _answers(rubric: Rubric, drawn: random.Random) -> Iterator[Answer]:
    said = {question: list(words) for question, words in WORDS.items()}
    for group, number in ASKED.items():
        for _ in range(number):
            spoken = [each for each in said if said[each] and drawn.random() < WRITE]
            words = {each.value: said[each].pop() for each in spoken}
            yield Answer(group, dict(_levels(rubric, group, drawn)), words)


def _levels(
    rubric: Rubric, group: RaterGroup, drawn: random.Random
) -> Iterator[tuple[str, int | str]]:
    """The same strengths for all of a group, each rater a little kinder or stricter."""
    kind = drawn.gauss(0, 0.4)
    for number, criterion in enumerate(rubric.with_levels()):
        usual = USUAL[group] + 0.6 * ((number * 5) % 3 - 1)
        level = min(4, max(1, round(usual + kind + drawn.gauss(0, 0.5))))
        unsure = group is not RaterGroup.SELF and drawn.random() < CANNOT_SAY
        yield criterion.criterion, "not_seen" if unsure else level
