"""Whole drafts as a teacher would read them; `python -m tests.core.feedback.test_golden_drafts` writes them."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from observe.core.feedback.checks import Context, check
from observe.core.feedback.compose import compose
from observe.core.feedback.facts import Draft
from observe.core.feedback.grade_words import labels
from tests.core.feedback.school import (
    DUE,
    EVIDENCE,
    GRADED,
    NOTES,
    UNGRADED,
    a_lesson,
    a_target,
    agreed,
    differing,
    note,
)

GOLDEN = Path(__file__).parent / "golden"
ODD = (
    note("o1", "T: right pens down everyone...  eyes on me", "wait-time", at="09:02", mark="-"),
    note("o2", 'says "good girl" x3\nno reason given', "response", at="09:11", mark="-", by="ruth"),
    note("o3", "ALL whiteboards up within 5 secs!", "tables", at="09:20", mark="+"),
    note("o4", "'is it because the bottom number is bigger?'", "vocabulary", at="09:31", mark="+",
         by="ruth", speaker="P"),
)  # fmt: skip
DRAFTS: Mapping[str, Callable[[], Draft]] = {
    "ungraded": lambda: compose(a_lesson("l-1"), UNGRADED, agreed(wait_time=2), EVIDENCE, due=DUE),
    "ungraded-with-target": lambda: compose(
        a_lesson("l-2", school_subject="English", class_name="4B", first_name="Aisha"),
        *(UNGRADED, (), EVIDENCE), due=DUE, target=a_target(),
    ),
    "graded": lambda: compose(
        a_lesson("l-3", school_subject="History", class_name="9C", first_name="Owain"),
        *(GRADED, agreed(wait_time=2, response=4, tables=3), EVIDENCE), due=DUE,
    ),
    "graded-one-observer": lambda: compose(
        a_lesson("l-4", school_subject="RE", class_name="Year 3", observers=("Helen Marsh",)),
        *(GRADED, agreed(response=3, vocabulary=3, tables=1), EVIDENCE), due=DUE,
    ),
    "graded-still-differing": lambda: compose(
        a_lesson("l-5"), GRADED, [differing("wait-time", 1, 2), differing("response", 2, 3)],
        EVIDENCE, due=DUE, target=a_target("response"),
    ),
    "oddly-typed": lambda: compose(a_lesson("l-6"), UNGRADED, (), ODD, due=DUE),
    "nothing-noted": lambda: compose(a_lesson("l-7"), GRADED, agreed(tables=4), (), due=DUE),
    "only-strengths": lambda: compose(
        a_lesson("l-8"), UNGRADED, (), [NOTES["r1"], NOTES["t1"]], due=DUE
    ),
}  # fmt: skip


def written(draft: Draft) -> str:
    told = [f"{line.text} [{' '.join(line.note_ids)}]" for line in draft.lines]
    return "\n".join([*told, *(f"Missing: {sentence}" for sentence in draft.missing), ""])


@pytest.mark.parametrize("name", list(DRAFTS))
def test_a_draft_reads_as_it_was_read_aloud(name: str) -> None:
    assert written(DRAFTS[name]()) == (GOLDEN / f"{name}.txt").read_text("utf-8")


@pytest.mark.parametrize("name", ["ungraded", "ungraded-with-target", "graded"])
def test_a_draft_passes_its_own_checks(name: str) -> None:
    context = Context(
        graded=False, level_labels=labels(UNGRADED), pupils=("Maisie Grant", "May Wu")
    )
    assert check(DRAFTS[name]().lines, context) == ()


if __name__ == "__main__":
    for name, draft in DRAFTS.items():
        (GOLDEN / f"{name}.txt").write_text(written(draft()), "utf-8")
