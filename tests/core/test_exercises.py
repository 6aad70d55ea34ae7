"""What may be seen of a reference and when, and how near one was."""

from itertools import product

import pytest

from observe.core.exercise_outcomes import outcomes, spread, tally
from observe.core.exercises import Given, Mode, Settled, Shown, is_web_address, shown
from observe.core.rubric import Rubric
from observe.services.rubrics import shipped

BOTH = (False, True)


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return next(each for each in shipped() if each.rubric == "teaching-framework")


def test_only_practice_and_a_revealed_group_ever_show_a_reason() -> None:
    for mode, fixed, finished, revealed in product(Mode, BOTH, BOTH, BOTH):
        found = shown(mode, fixed=fixed, finished=finished, revealed=revealed)
        whole = (mode is Mode.PRACTICE and fixed) or (mode is Mode.GROUP and revealed)
        assert (found is Shown.ALL) == whole
        assert (found is Shown.GAP) == (mode is Mode.TEST and finished)


@pytest.mark.parametrize("link", ["https://a.example/x?y=1", "http://a.example"])
def test_a_web_address_is_one(link: str) -> None:
    assert is_web_address(link)


@pytest.mark.parametrize(
    "link",
    [
        *("javascript:alert(1)", "data:text/html,x", "//a.example", "a.example", "ftp://a.example"),
        *("https://", "https://a b.example", "https://u:p@a.example", "https://[x", "https:\t//a"),
        "java\nscript:alert(1)",
    ],
)
def test_what_is_no_web_address_is_none(link: str) -> None:
    assert not is_web_address(link)


def test_guessing_gives_what_it_gives(rubric: Rubric) -> None:
    given = {"routines": Given(3), "behaviour": Given(1), "questioning": Given("not_seen")}
    reference = {key: Settled(level, "so") for key, level in zip(given, (3, 4, 1), strict=True)}
    found = tally(outcomes(rubric, given, reference))
    assert (found.rated, found.same, found.near, found.none) == (2, 1, 1, 1)
    assert found.blind_same == pytest.approx(2 / 4)
    assert found.blind_near == pytest.approx(3 / 4 + 2 / 4)


def test_a_spread_counts_levels_of_five_people_or_more(rubric: Rubric) -> None:
    criterion = rubric.find("routines")
    assert criterion
    few = spread(criterion, [1, 2, 3, 4, "not_seen"], Settled(3, "so"), mine=4)
    assert (few.counts, few.same, few.near, few.rated, few.silent) == (None, None, None, 0, 0)
    assert few.mine == 3
    many = spread(criterion, [1, 2, 3, 3, 4, None], Settled(3, "so"))
    assert (many.counts, many.same, many.near, many.silent) == ((1, 1, 2, 1), 2, 4, 1)
