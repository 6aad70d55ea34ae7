"""What a criterion says is told from where it stands and how it is set."""

from dataclasses import replace

import pytest

from observe.core.meaning import Difference, Part, differences, meaning
from observe.core.rubric import Criterion, Level, LookFor, OccasionKind, Phrase, Scale, ScaleType

SCALE = Scale("four", ScaleType.ORDINAL, (Level(1, "Emerging"), Level(2, "Secure")))
ASKS = Criterion(
    criterion="questioning",
    title="Questioning",
    code="3a",
    scale=SCALE,
    descriptors={1: "Few questions", 2: "Questions to all"},
    look_fors=(LookFor("waits", "Waits"), LookFor("names", "Asks, then names")),
)


@pytest.mark.parametrize(
    "other",
    [
        replace(ASKS, code="5c"),
        replace(ASKS, part_of="talk"),
        replace(ASKS, occasion=OccasionKind.SEGMENT),
        replace(ASKS, not_applicable=True),
        replace(ASKS, strengths=(Phrase("Good: {evidence}"),)),
        replace(ASKS, title=" Questioning\n"),
        replace(ASKS, look_fors=ASKS.look_fors[::-1]),
        replace(ASKS, scale=replace(SCALE, key="levels", strength_from=2)),
    ],
)
def test_a_criterion_that_moved_or_was_published_again_says_the_same(other: Criterion) -> None:
    assert meaning(other) == meaning(ASKS)


@pytest.mark.parametrize(
    "other",
    [
        replace(ASKS, title="Questions"),
        replace(ASKS, descriptors={1: "Few questions", 2: "Questions to most"}),
        replace(ASKS, look_fors=ASKS.look_fors[:1]),
        replace(ASKS, scale=replace(SCALE, levels=(*SCALE.levels, Level(3, "Strong")))),
        replace(ASKS, scale=replace(SCALE, levels=(Level(1, "Begun"), SCALE.levels[1]))),
        replace(ASKS, scale=replace(SCALE, type=ScaleType.BINARY)),
    ],
)
def test_other_words_or_levels_mean_something_else(other: Criterion) -> None:
    assert meaning(other) != meaning(ASKS)


def test_what_changed_is_told_part_by_part() -> None:
    now = replace(
        ASKS,
        title="Questions",
        descriptors={1: "Few questions", 2: "Questions to most"},
        look_fors=ASKS.look_fors[:1],
    )
    assert differences(ASKS, now) == (
        Difference(Part.TITLE, "", "Questioning", "Questions"),
        Difference(Part.LEVEL, "2", "Secure: Questions to all", "Secure: Questions to most"),
        Difference(Part.LOOK_FOR, "names", "Asks, then names", ""),
    )
    assert differences(ASKS, ASKS) == ()
