"""How somebody observes, looked at twice: what each may read, and what changed."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from observe.core.assessing import (
    Both,
    Kind,
    Moment,
    Part,
    Progress,
    Round,
    earlier_of,
    moved,
    steps,
    unsaid,
)
from observe.core.exercises import Given
from observe.core.rubric_file import read_rubric
from observe.resources import folder
from tests.factories import NOW

HEAD, ADVISER = uuid4(), uuid4()
RUBRIC = read_rubric((folder("rubrics") / "observing-well.yaml").read_bytes(), "observing-well")
CRITERION = next(RUBRIC.criteria())


def a_part(kind: Kind, *, sealed: bool = True, by: UUID | None = None) -> Part:
    author = by or (HEAD if kind is Kind.SELF else ADVISER)
    return Part(uuid4(), kind, author, NOW, NOW if sealed else None)


def a_round(
    *parts: Part, days: int = 0, moment: Moment = Moment.BASELINE, digest: str = "one"
) -> Round:
    return Round(
        id=uuid4(),
        person_id=HEAD,
        moment=moment,
        rubric_digest=digest,
        opened_at=NOW + timedelta(days=days),
        parts={part.kind: part for part in parts},
    )


OWN, THEIRS = a_part(Kind.SELF), a_part(Kind.ASSESSMENT)


@pytest.mark.parametrize("other", [(), (a_part(Kind.ASSESSMENT, sealed=False),)])
def test_a_round_is_closed_until_both_looks_are_sealed(other: tuple[Part, ...]) -> None:
    found = a_round(OWN, *other)
    assert (found.revealed, found.revealed_at) == (False, None)


def test_a_round_is_open_from_the_moment_at_which_the_second_look_is_sealed() -> None:
    found = a_round(OWN, replace(THEIRS, sealed_at=NOW + timedelta(days=1)))
    assert found.revealed_at == NOW + timedelta(days=1)


def test_each_of_the_two_has_a_look_of_their_own_and_nobody_else_has_one() -> None:
    found = a_round(OWN, THEIRS)
    assert (found.part_of(HEAD), found.part_of(ADVISER)) == (OWN, THEIRS)
    assert found.part_of(uuid4()) is None
    assert found.assessor_id == ADVISER


def test_how_far_a_look_is_is_said_in_three_words() -> None:
    found = a_round(OWN)
    assert found.progress(Kind.SELF) is Progress.SEALED
    assert found.progress(Kind.ASSESSMENT) is Progress.NOT_BEGUN
    begun = a_round(OWN, a_part(Kind.ASSESSMENT, sealed=False))
    assert begun.progress(Kind.ASSESSMENT) is Progress.UNDER_WAY


def test_a_level_needs_a_sentence_and_what_cannot_be_placed_needs_none() -> None:
    keys = [each.criterion for each in RUBRIC.criteria()]
    said = dict.fromkeys(keys, Given("not_seen")) | {
        keys[0]: Given(3),
        keys[1]: Given(3, "On Tuesday."),
        keys[2]: Given(None, "On Tuesday."),
    }
    assert [each.criterion for each in unsaid(RUBRIC, said)] == [keys[0], keys[2]]
    assert len(unsaid(RUBRIC, {})) == len(keys)


def given(own: int | str | None, assessed: int | str | None) -> Both:
    return Both(CRITERION, Given(own), Given(assessed))


def test_a_gap_is_told_in_levels_and_only_where_both_gave_one() -> None:
    assert [given(4, 2).gap, given(2, 2).gap, given(1, 3).gap] == [2, 0, -2]
    assert given("not_seen", 3).gap is None
    assert given(3, None).gap is None


def test_what_changed_is_told_for_each_of_the_two() -> None:
    before, now = given(2, "not_seen"), given(3, 3)
    assert moved(before, now, Kind.SELF) == 1
    assert moved(before, now, Kind.ASSESSMENT) is None


def test_differences_are_counted_as_none_up_and_down() -> None:
    found = steps([0, 1, 2, -1, None])
    assert (found.same, found.up, found.down, found.all) == (1, 2, 1, 4)


def test_a_look_at_the_end_is_laid_beside_the_baseline() -> None:
    sealed = a_part(Kind.SELF), a_part(Kind.ASSESSMENT)
    baseline = a_round(*sealed)
    between = a_round(*sealed, days=90, moment=Moment.BETWEEN)
    final = a_round(*sealed, days=200, moment=Moment.FINAL)
    every = [final, between, baseline]
    assert earlier_of(every, final) is baseline
    assert earlier_of([final, between], final) is between
    assert earlier_of(every, baseline) is None


def test_no_look_is_laid_beside_one_with_another_rubric_or_one_that_is_open() -> None:
    sealed = a_part(Kind.SELF), a_part(Kind.ASSESSMENT)
    other, open_ = a_round(*sealed, digest="other"), a_round(OWN)
    final = a_round(*sealed, days=200, moment=Moment.FINAL)
    assert earlier_of([final, other, open_], final) is None
