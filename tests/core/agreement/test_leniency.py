import itertools
from collections.abc import Iterable

import numpy as np
import pytest

from observe.core.agreement import conditional
from observe.core.agreement.figures import Leniency
from observe.core.agreement.leniency import leniency, matches_of
from observe.core.agreement.ratings import (
    Floats,
    Integers,
    LongRatings,
    PairedRatings,
    RatedCriterion,
    pair_up,
)
from observe.core.agreement.report import report_with_leniency
from tests.core.agreement.makers import criterion
from tests.reference import expected, matrix


def of_file(name: str) -> PairedRatings:
    """Rows of a person, a rater and one column for each item."""
    rows = [row for row in matrix(name) if "NA" not in row]
    people = {row[0]: place for place, row in enumerate(rows)}
    raters = {word: place for place, word in enumerate(dict.fromkeys(row[1] for row in rows))}
    entries = np.array(
        [
            (people[row[0]], raters[row[1]], item, int(word))
            for row in rows
            for item, word in enumerate(row[2:])
        ]
    )
    levels = tuple(range(int(entries[:, 3].max()) + 1))
    return pair_up(
        LongRatings(
            criteria=tuple(RatedCriterion(f"{i}", f"{i}", levels) for i in range(len(rows[0]) - 2)),
            observers=tuple(raters),
            lesson=entries[:, 0],
            observer=entries[:, 1],
            criterion=entries[:, 2],
            occasion=np.zeros(len(entries), np.int64),
            level=entries[:, 3],
        )
    )


def known_severities(name: str) -> dict[str, float]:
    computed = expected(name)["computed"]
    if name == "sirt_data_ratings1":
        return {row["rater"]: row["b.cent"] for row in computed["sirt 4.1-15 rm.facets"]["rater"]}
    rows = computed["TAM 4.3-25 tam.mml.mfr ~item+rater (xsi)"]
    return {
        row["parameter"].removeprefix("rater"): row["xsi"]
        for row in rows
        if row["facet"] == "rater"
    }


@pytest.mark.parametrize("name", ["sirt_data_ratings1", "TAM_data_ex10"])
def test_the_severities_of_other_programs_with_their_sign_turned(name: str) -> None:
    known, found = known_severities(name), leniency(of_file(name))
    theirs = [-known[each.observer] for each in found]
    assert np.corrcoef(logits(found), theirs)[0, 1] >= 0.99
    assert all(held(found, theirs))


def logits(everybody: Iterable[Leniency]) -> list[float]:
    return [each.logits for each in everybody if each.logits is not None]


def width(leniency: Leniency) -> float:
    assert leniency.low is not None
    assert leniency.high is not None
    return leniency.high - leniency.low


def held(everybody: Iterable[Leniency], truth: Iterable[float]) -> list[bool]:
    """Whether the limits of each observer hold the true leniency."""
    return [
        each.low is not None and each.high is not None and each.low < true < each.high
        for each, true in zip(everybody, truth, strict=True)
    ]


def network(
    severity: list[float], *, lessons: int, seed: int, criteria: int = 6, two_groups: bool = False
) -> PairedRatings:
    """Lessons rated by every two observers in turn, levels drawn from the many-facet model."""
    draw = np.random.default_rng(seed)
    pairs = [
        (r, s)
        for r, s in itertools.combinations(range(len(severity)), 2)
        if not two_groups or r % 2 == s % 2
    ]
    by = np.array([pairs[lesson % len(pairs)] for lesson in range(lessons)])
    lesson = np.repeat(np.arange(lessons), criteria)
    quality = np.repeat(draw.normal(0, 1, lessons), criteria) + draw.normal(0, 0.5, lesson.size)
    steps = np.array([-1.2, 0.0, 1.2])

    def rated(observers: Integers) -> Integers:
        reach = quality - np.array(severity)[np.repeat(observers, criteria)]
        log = np.cumsum(reach[:, None] - steps, axis=1)
        share = np.exp(np.column_stack([np.zeros(lesson.size), log]))
        share /= share.sum(axis=1, keepdims=True)
        above = draw.random(lesson.size)[:, None] > share.cumsum(axis=1)
        return np.asarray(above.sum(axis=1), dtype=np.int64)

    return PairedRatings(
        criteria=tuple(criterion(key=f"c{place}") for place in range(criteria)),
        criterion=np.tile(np.arange(criteria), lessons),
        lesson=lesson,
        first=rated(by[:, 0]),
        second=rated(by[:, 1]),
        first_by=np.repeat(by[:, 0], criteria),
        second_by=np.repeat(by[:, 1], criteria),
        observers=tuple(f"observer {place}" for place in range(len(severity))),
    )


def test_a_lenient_head_is_found_with_limits_that_hold_the_truth() -> None:
    truth = [0.6, -0.6, 0.2, -0.2]
    leniencies = [-severity for severity in truth]
    trials = [leniency(network(truth, lessons=60, seed=seed)) for seed in range(30)]
    means = np.mean([logits(each) for each in trials], axis=0)
    assert means == pytest.approx(leniencies, abs=0.08)
    assert np.mean([held(each, leniencies) for each in trials]) >= 0.88


def log_likelihood(stratum: conditional.Stratum, theta: Floats) -> float:
    return float((stratum.given * np.log(stratum.shares(theta))).sum())


def test_the_derivatives_are_those_of_the_likelihood() -> None:
    matches = matches_of(network([0.5, -0.5, 0.0], lessons=9, seed=2))
    theta = np.random.default_rng(1).normal(0, 0.5, matches.parameters)
    small = 1e-5 * np.eye(theta.size)
    for stratum in conditional.strata_of(matches):
        up, down = (
            [
                (
                    log_likelihood(stratum, theta + sign * e),
                    stratum.derivatives(theta + sign * e)[0],
                )
                for e in small
            ]
            for sign in (1, -1)
        )
        slope = [(above[0] - below[0]) / 2e-5 for above, below in zip(up, down, strict=True)]
        bend = [(below[1] - above[1]) / 2e-5 for above, below in zip(up, down, strict=True)]
        found = stratum.derivatives(theta)
        np.testing.assert_allclose(found[0], slope, atol=1e-6)
        np.testing.assert_allclose(found[1], bend, atol=1e-5)


def test_the_fit_rests_where_the_slope_is_the_penaltys() -> None:
    matches = matches_of(network([1.5, -1.5, 0.0], lessons=30, seed=3))
    strata = conditional.strata_of(matches)
    theta = conditional.fitted(matches, strata)
    slope = np.sum([stratum.derivatives(theta)[0] for stratum in strata], axis=0)
    np.testing.assert_allclose(slope, 2 * conditional.PENALTY * theta, atol=1e-8)


def test_two_groups_that_never_met_are_not_put_on_one_scale() -> None:
    found = report_with_leniency(
        network([0.3, 2.0, -0.3, -2.0], lessons=40, seed=4, two_groups=True)
    )
    assert found.leniency is not None
    by_group = {
        k: [each.logits or 0 for each in found.leniency if each.component == k] for k in (1, 2)
    }
    assert [round(sum(logits), 9) for logits in by_group.values()] == [0, 0]
    assert "2 groups that never met" in found.warnings[-1]


def test_an_observer_who_was_never_above_the_partner_gets_a_finite_value() -> None:
    rows = network([0.0, 0.0, 0.0], lessons=30, seed=5, criteria=1)
    strict = np.where(rows.first_by == 0, 0, rows.first)
    found = leniency(
        PairedRatings(
            rows.criteria, rows.criterion, rows.lesson, strict, np.maximum(rows.second, 1),
            first_by=rows.first_by, second_by=rows.second_by, observers=rows.observers,
        )
    )  # fmt: skip
    assert found[0].logits is not None
    assert -15 < found[0].logits < -1
    assert found[0].high is not None
    assert found[0].high - found[0].logits > 0.5


def test_with_one_partner_nobody_can_tell_who_is_unusual() -> None:
    (one, other) = leniency(network([0.4, -0.4], lessons=20, seed=6))
    assert one.infit is None
    assert other.infit is None
    assert one.partners == 1
    assert one.infit_reason == "with one partner we cannot tell who"
    assert one.logits == pytest.approx(-(other.logits or 0))


def test_with_more_partners_infit_is_near_one() -> None:
    everybody = leniency(network([0.4, -0.4, 0.1, 0.0], lessons=120, seed=7))
    assert all(0.75 < each.infit < 1.3 for each in everybody if each.infit)
    assert not any(each.unusual for each in everybody)
    assert {each.infit_reason for each in everybody} == {None}


def test_fewer_than_five_lessons_have_no_leniency() -> None:
    (one, _) = leniency(network([0.4, -0.4], lessons=4, seed=8))
    assert (one.logits, one.reason, one.lessons) == (None, "fewer than 5 lessons", 4)
    assert one.infit_reason == "fewer than 5 lessons"


def test_more_lessons_than_are_held_at_once_give_the_same_errors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ratings = network([0.4, -0.4, 0.1], lessons=40, seed=9)
    whole = leniency(ratings)
    monkeypatch.setattr(conditional, "ENTRIES_AT_ONCE", 40)
    for one, other in zip(whole, leniency(ratings), strict=True):
        assert (one.low, one.high) == pytest.approx((other.low, other.high))


def test_codes_without_an_order_say_nothing_of_leniency() -> None:
    ratings = network([0.4, -0.4], lessons=9, seed=8, criteria=1)
    codes = (criterion(scale="nominal"),)
    found = PairedRatings(
        codes, ratings.criterion, ratings.lesson, ratings.first, ratings.second,
        first_by=ratings.first_by, second_by=ratings.second_by, observers=ratings.observers,
    )  # fmt: skip
    assert leniency(found) == ()


def test_who_gave_each_rating_must_be_known() -> None:
    with pytest.raises(ValueError, match="who gave each rating"):
        leniency(PairedRatings((criterion(),), *(np.zeros(1, np.int64),) * 4))


def test_the_same_rating_said_five_times_is_not_five_times_as_sure() -> None:
    once = network([0.4, -0.4, 0.1], lessons=30, seed=10)
    rows = np.repeat(np.arange(once.lesson.size), 5)
    often = leniency(once.only(rows))
    for one, five in zip(leniency(once), often, strict=True):
        assert width(five) > 0.7 * width(one)  # were they 150 lessons, it would be under one half
