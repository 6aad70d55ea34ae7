"""The aims of the checks on the cases written for them: 95 % found, under 5 % false alarms."""

import pytest

from observe.core.feedback.checks import Kind
from tests.feedback import corpus, whole_letters
from tests.feedback.corpus import HALVES, Found
from tests.feedback.whole_letters import SETS

LEAST_FOUND, MOST_ALARMS = 0.95, 0.05
NOTHING = Found(0, 0, 0, 0)


@pytest.fixture(scope="module")
def measured() -> dict[str, dict[Kind, Found]]:
    return {half: {kind: corpus.measured(half, kind) for kind in Kind} for half in HALVES}


@pytest.mark.parametrize("half", HALVES)
def test_planted_faults_are_found_and_clean_texts_left_alone(
    half: str, measured: dict[str, dict[Kind, Found]]
) -> None:
    total = sum(measured[half].values(), NOTHING)
    assert total.found >= LEAST_FOUND * total.faulty
    assert total.alarms < MOST_ALARMS * total.clean


@pytest.mark.parametrize("kind", list(Kind))
def test_both_halves_together_meet_the_aim_for_each_kind(
    kind: Kind, measured: dict[str, dict[Kind, Found]]
) -> None:
    total = sum((measured[half][kind] for half in HALVES), NOTHING)
    assert total.found >= LEAST_FOUND * total.faulty
    assert total.alarms < MOST_ALARMS * total.clean


def test_whole_letters_with_nothing_wrong_are_left_alone() -> None:
    total = sum((corpus.letters_measured(half) for half in HALVES), NOTHING)
    assert total.alarms < MOST_ALARMS * total.clean


@pytest.mark.parametrize("held", SETS)
def test_a_set_of_whole_letters_meets_the_aims(held: str) -> None:
    told = [whole_letters.measured(held, kind) for kind in Kind]
    assert sum(found for _, found in told) >= LEAST_FOUND * sum(planted for planted, _ in told)
    assert whole_letters.letters_with_alarms(held) < MOST_ALARMS * len(whole_letters.clean(held))


@pytest.mark.parametrize("held", SETS)
def test_a_set_has_enough_letters_of_both_sorts(held: str) -> None:
    assert len(whole_letters.clean(held)) >= 50
    assert len(whole_letters.planted(held)) >= 60


def test_there_are_several_hundred_cases(measured: dict[str, dict[Kind, Found]]) -> None:
    everything = [found for half in measured.values() for found in half.values()]
    assert sum(found.faulty + found.clean for found in everything) > 800
