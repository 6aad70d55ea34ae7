from dataclasses import replace

import numpy as np
import pytest

from observe.core.agreement.ratings import PairedRatings, pair_up, paired
from observe.core.agreement.report import report
from observe.core.agreement.shrinking import shrunk
from observe.services.agreement_file import Asked, read_ratings
from tests.core.agreement.makers import criterion
from tests.reference import reference


def of_noise(noise: list[float], *, lessons: int = 12, seed: int = 5) -> PairedRatings:
    """One criterion for each noise: the more of it, the less the two agree."""
    draw = np.random.default_rng(seed)
    rows = []
    for place, each in enumerate(noise):
        quality = draw.normal(1.5, 1, lessons)
        both = np.clip(np.rint(quality[:, None] + draw.normal(0, each, (lessons, 2))), 0, 3)
        rows += [(f"c{place}", n, int(a), int(b), 1.0) for n, (a, b) in enumerate(both)]
    return paired([criterion(4, key=f"c{place}") for place in range(len(noise))], rows)


def test_criteria_that_differ_by_chance_only_are_all_pulled_to_their_mean() -> None:
    found = shrunk([0.40, 0.42, 0.44], [0.2, 0.2, 0.2])
    assert found is not None
    assert np.ptp(found) == pytest.approx(0)
    assert found[0] == pytest.approx(np.tanh(np.arctanh([0.40, 0.42, 0.44]).mean()))


def test_a_criterion_that_is_sure_of_itself_hardly_moves() -> None:
    values = [0.9, 0.1, 0.5, 0.3]
    sure, unsure, *_ = shrunk(values, [0.001, 0.5, 0.1, 0.1]) or []
    assert sure == pytest.approx(0.9, abs=0.01)
    assert abs(unsure - 0.1) > 0.15


def test_each_keeps_the_share_of_its_distance_that_efron_and_morris_give_it() -> None:
    z, v = np.array([0.1, 0.9, 1.6, 0.4]), np.array([0.05, 0.1, 0.08, 0.2])
    w = 1 / v
    Q = (w * (z - (w @ z) / w.sum()) ** 2).sum()
    tau_squared = (Q - 3) / (w.sum() - (w @ w) / w.sum())
    mu = (z / (tau_squared + v)).sum() / (1 / (tau_squared + v)).sum()
    known = np.tanh(mu + (z - mu) * tau_squared / (tau_squared + v))
    assert shrunk(np.tanh(z).tolist(), v.tolist()) == pytest.approx(known)


def test_shrunk_values_are_nearer_to_the_truth_than_raw_ones() -> None:
    draw = np.random.default_rng(2)
    raw = pulled = 0.0
    for _ in range(200):
        truth = draw.normal(0.5, 0.2, 8)
        v = draw.uniform(0.02, 0.2, 8)
        values = np.tanh(draw.normal(truth, np.sqrt(v)))
        raw += ((values - np.tanh(truth)) ** 2).sum()
        pulled += ((np.array(shrunk(values.tolist(), v.tolist())) - np.tanh(truth)) ** 2).sum()
    assert pulled < 0.7 * raw


def test_ten_of_the_oecds_lessons_say_more_of_all_of_them_when_shrunk() -> None:
    file = reference("oecd_gti_video_components") / "ratings_long.csv"
    asked = Asked(levels=("1", "2", "3", "4"), by="school")
    everybody = pair_up(read_ratings(file, asked)["Chile"])
    truth = [each.alpha.value for each in report(everybody).criteria]
    draw = np.random.default_rng(7)
    raw, pulled = [], []
    for _ in range(5):
        lessons = draw.choice(np.unique(everybody.lesson), 10, replace=False)
        some = everybody.only(np.flatnonzero(np.isin(everybody.lesson, lessons)))
        for each, whole in zip(report(some).criteria, truth, strict=True):
            if each.alpha.shrunk is not None and each.alpha.value is not None:
                raw.append((each.alpha.value - (whole or 0)) ** 2)
                pulled.append((each.alpha.shrunk - (whole or 0)) ** 2)
    assert len(pulled) > 50
    assert np.sqrt(np.mean(pulled)) < 0.75 * np.sqrt(np.mean(raw))


def test_two_criteria_have_no_mean_to_be_pulled_to() -> None:
    assert shrunk([0.2, 0.8], [0.1, 0.1]) is None
    assert {each.alpha.shrunk for each in report(of_noise([0.3, 0.9])).criteria} == {None}


def test_one_or_less_than_one_at_the_ends_are_held_within_999() -> None:
    found = shrunk([1.0, 1.0, -1.0, 0.3], [0.0, 0.1, 0.1, 0.1])
    assert found is not None
    assert np.isfinite(found).all()
    assert max(found) <= 0.999


def test_a_report_shows_shrunk_values_beside_the_raw_ones() -> None:
    criteria = report(of_noise([0.2, 0.4, 0.6, 0.9, 1.3])).criteria
    for name in ("alpha", "ac2", "kappa_quadratic"):
        raw = [getattr(each, name).value for each in criteria]
        pulled = [getattr(each, name).shrunk for each in criteria]
        assert np.std(pulled) < np.std(raw)
        assert min(raw) <= min(pulled)
        assert max(pulled) <= max(raw)
    assert {each.ac1.shrunk for each in criteria} == {None}


def test_what_is_not_pooled_is_not_pulled_and_pulls_nothing() -> None:
    ratings = of_noise([0.2, 0.4, 0.6, 0.9])
    apart = (*ratings.criteria[:3], replace(ratings.criteria[3], pooled=False))
    found = report(replace(ratings, criteria=apart)).criteria
    three = report(ratings.only(np.flatnonzero(ratings.criterion < 3))).criteria
    assert found[3].alpha.shrunk is None
    assert [each.alpha.shrunk for each in found[:3]] == [each.alpha.shrunk for each in three[:3]]


def test_a_criterion_on_which_nothing_can_be_said_stays_so() -> None:
    ratings = of_noise([0.2, 0.4, 0.6, 0.9])
    one_level = ratings.criterion == 3
    flat = replace(
        ratings,
        first=np.where(one_level, 2, ratings.first),
        second=np.where(one_level, 2, ratings.second),
    )
    found = report(flat).criteria
    assert (found[3].alpha.value, found[3].alpha.shrunk) == (None, None)
    assert found[0].alpha.shrunk is not None


def test_several_cells_a_lesson_are_pulled_by_their_jackknife() -> None:
    draw = np.random.default_rng(9)
    rows = []
    for lesson in range(8):
        for place in range(4):
            quality = draw.normal(1.5, 1)
            for _ in range(5):
                a, b = np.clip(np.rint(draw.normal(quality, 0.3 + 0.2 * place, 2)), 0, 3)
                rows.append((f"c{place}", lesson, int(a), int(b), 1.0))
    found = report(paired([criterion(4, key=f"c{place}") for place in range(4)], rows)).criteria
    assert all(each.alpha.shrunk is not None for each in found)
