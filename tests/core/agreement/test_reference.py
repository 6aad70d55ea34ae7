"""Data sets whose answers others have published or computed with other programs."""

import itertools
import math

import krippendorff
import numpy as np
import pytest

from observe.core.agreement import coefficients
from observe.core.agreement.counts import count
from observe.core.agreement.figures import CriterionReport
from observe.core.agreement.limits import jackknife, wilson
from observe.core.agreement.ratings import LongRatings, PairedRatings, Scale, pair_up
from observe.core.agreement.report import report
from observe.services.agreement_file import Asked, read_ratings
from tests.core.agreement.makers import criterion, of_matrix, of_table
from tests.reference import expected, matrix, reference

SCALES: tuple[Scale, ...] = ("nominal", "ordinal", "interval", "ratio")


def figures(ratings: PairedRatings) -> CriterionReport:
    (only,) = report(ratings).criteria
    return only


def numbers(name: str, *, first: int = 0) -> list[list[int | None]]:
    return [[None if word == "NA" else int(word) for word in row[first:]] for row in matrix(name)]


@pytest.mark.parametrize("scale", SCALES)
def test_krippendorffs_four_observers_with_gaps(scale: Scale) -> None:
    rows = numbers("krippendorff_4obs_12units", first=1)
    published = expected("krippendorff_4obs_12units")["published"][f"alpha_{scale}"]
    found = figures(of_matrix(rows, (1, 2, 3, 4, 5), scale))
    assert found.alpha.value == pytest.approx(published, abs=5e-4)
    assert (found.n, found.alone) == (11, 1)


@pytest.mark.parametrize("scale", SCALES)
def test_alpha_is_krippendorffs_to_twelve_digits(scale: Scale) -> None:
    draw = np.random.default_rng(11)
    for observers, levels in itertools.product((2, 3, 5), (2, 4, 7)):
        rated = draw.integers(0, levels, (30, 1)) + draw.integers(-1, 2, (30, observers))
        rows = np.clip(rated, 0, levels - 1).astype(float)
        rows[draw.random(rows.shape) < 0.2] = np.nan
        known = krippendorff.alpha(rows.T, level_of_measurement=scale, value_domain=range(levels))
        as_words = [[None if math.isnan(x) else int(x) for x in row] for row in rows.tolist()]
        found = figures(of_matrix(as_words, range(levels), scale))
        assert found.alpha.value == pytest.approx(known, abs=1e-12)


@pytest.mark.parametrize("scale", ["interval", "ratio"])
def test_alpha_of_open_numbers_is_krippendorffs(scale: Scale) -> None:
    draw = np.random.default_rng(12)
    minutes = draw.integers(0, 90, (40, 3)).astype(float)
    minutes[draw.random(minutes.shape) < 0.2] = np.nan
    known = krippendorff.alpha(minutes.T, level_of_measurement=scale)
    as_words = [[None if math.isnan(x) else int(x) for x in row] for row in minutes.tolist()]
    found = figures(of_matrix(as_words, range(90), scale))
    assert found.alpha.value == pytest.approx(known, abs=1e-12)


@pytest.mark.parametrize("scale", SCALES)
def test_every_occasion_of_a_lesson_is_a_unit_of_alpha(scale: Scale) -> None:
    draw = np.random.default_rng(13)
    rated = draw.integers(0, 4, (9, 6, 1)) + draw.integers(-1, 2, (9, 6, 4))
    units = np.clip(rated, 0, 3).astype(float)
    units[draw.random(units.shape) < 0.3] = np.nan
    known = krippendorff.alpha(
        units.reshape(-1, 4).T, level_of_measurement=scale, value_domain=range(4)
    )
    lesson, occasion, observer = np.nonzero(np.isfinite(units))
    long = LongRatings(
        criteria=(criterion(range(4), scale=scale),),
        observers=tuple("ABCD"),
        lesson=lesson,
        observer=observer,
        criterion=np.zeros_like(lesson),
        occasion=occasion,
        level=units[np.isfinite(units)].astype(np.int64),
    )
    assert figures(pair_up(long)).alpha.value == pytest.approx(known, abs=1e-12)


def test_gwets_four_raters() -> None:
    rows = numbers("irrCAC_cac_raw4raters")
    known = expected("irrCAC_cac_raw4raters")["computed_irrCAC_R_1_0"]
    found = figures(of_matrix(rows, (1, 2, 3, 4, 5), "ordinal"))
    assert found.ac1.value == pytest.approx(known["unweighted"]["ac"][0]["coeff.val"], abs=1e-5)
    assert found.ac2.value == pytest.approx(known["quadratic"]["ac"][0]["coeff.val"], abs=1e-5)


def test_gwets_raters_of_both_groups_by_word() -> None:
    rows = [row[1:] for row in matrix("irrCAC_cac_raw_gender")]
    known = expected("irrCAC_cac_raw_gender")["computed_irrCAC_R_1_0"]["unweighted"]
    found = figures(
        of_matrix([[w if w != "NA" else None for w in r] for r in rows], "abc", "nominal")
    )
    assert found.exact.value == pytest.approx(known["pa"][0]["pa"], abs=1e-12)
    assert found.ac1.value == pytest.approx(known["ac"][0]["coeff.val"], abs=1e-5)
    assert found.alpha.value == pytest.approx(known["kripp"][0]["coeff.val"], abs=1e-5)


def test_gwets_three_abstractors_from_the_table() -> None:
    table = [
        [int(cell) for cell in row[1:]] for row in matrix("irrCAC_cont3x3abstractors", "table.csv")
    ]
    known = expected("irrCAC_cont3x3abstractors")["computed_irrCAC_R_1_0"]
    found = figures(of_table(table))
    assert found.exact.value == pytest.approx(0.89, abs=1e-12)
    assert found.ac1.value == pytest.approx(known["unweighted"]["ac"][0]["coeff.val"], abs=1e-12)
    assert found.ac2.value == pytest.approx(known["quadratic"]["ac"][0]["coeff.val"], abs=1e-12)
    assert found.kappa_quadratic.value == pytest.approx(
        known["quadratic"]["kappa"][0]["coeff.val"], abs=1e-12
    )
    assert found.kappa_linear.value == pytest.approx(
        known["linear"]["kappa"][0]["coeff.val"], abs=1e-12
    )


def test_shrout_and_fleiss_four_judges() -> None:
    rows = numbers("shrout_fleiss_1979")
    known = expected("shrout_fleiss_1979")["computed_psych"][1]
    found = figures(of_matrix(rows, range(1, 11), "interval")).icc_a1
    assert found.value == pytest.approx(known["ICC"], abs=1e-9)
    assert found.low == pytest.approx(known["lower bound"], abs=1e-6)
    assert found.high == pytest.approx(known["upper bound"], abs=1e-6)


def test_three_raters_of_anxiety() -> None:
    rows = numbers("irr_anxiety")
    known = expected("irr_anxiety")
    found = figures(of_matrix(rows, range(1, 7), "ordinal"))
    assert found.icc_a1.value == pytest.approx(known["computed_irr"]["icc_A1"]["value"], abs=1e-9)
    assert found.icc_a1.low == pytest.approx(known["computed_irr"]["icc_A1"]["lb"], abs=1e-9)
    assert found.icc_a1.high == pytest.approx(known["computed_irr"]["icc_A1"]["ub"], abs=1e-9)
    assert found.alpha.value == pytest.approx(known["krippendorff_0.9"]["alpha_ordinal"], abs=1e-12)
    first_two = figures(of_matrix([row[:2] for row in rows], range(1, 7), "ordinal"))
    kappas = (first_two.kappa_quadratic.value, first_two.kappa_linear.value)
    assert kappas == pytest.approx(
        (known["computed_irr"]["kappa2_sq_12"], known["computed_irr"]["kappa2_lin_12"]), abs=1e-9
    )


def test_bland_and_altmans_two_flow_meters() -> None:
    rows = numbers("bland_altman_1986_pefr", first=1)
    known = expected("bland_altman_1986_pefr")["published"]
    levels = sorted({value for row in rows for value in row if value is not None})
    found = figures(of_matrix(rows, levels, "interval")).mean_difference
    assert found.value is not None
    assert found.sd is not None
    assert (round(found.value, 1), round(found.sd, 1)) == (known["mean_diff"], known["sd_diff"])
    assert found.limits == pytest.approx(known["limits_mean_pm_2sd"], abs=0.1)


@pytest.mark.parametrize("number", range(1, 11))
def test_freelons_files_have_recals_alpha(number: int) -> None:
    name = f"freelon-2010-r2{number:02}-recal.csv"
    rows = matrix("freelon_2010_recal", name, header=False)
    published = {row[0]: float(row[7]) for row in matrix("freelon_2010_recal", "published.csv")}
    words = sorted({word for row in rows for word in row})
    found = figures(of_matrix(rows, words, "nominal"))
    if len(words) == 1:
        assert found.alpha.reason == "only one level was used"
    else:
        assert found.alpha.value == pytest.approx(published[f"R2.{number:02}"], abs=6e-4)


def test_gwets_own_standard_errors() -> None:
    """Of tables of two irrCAC divides by n, of ratings by n - 1 as we always do."""
    four = figures(of_matrix(numbers("irrCAC_cac_raw4raters"), (1, 2, 3, 4, 5), "ordinal"))
    both = figures(
        of_matrix(
            [[w if w != "NA" else None for w in r[1:]] for r in matrix("irrCAC_cac_raw_gender")],
            "abc",
            "nominal",
        )
    )
    three = figures(
        of_table(
            [[int(n) for n in row[1:]] for row in matrix("irrCAC_cont3x3abstractors", "table.csv")]
        )
    )
    for name, found, within in (
        ("irrCAC_cac_raw4raters", four, 1e-5),
        ("irrCAC_cac_raw_gender", both, 1e-5),
        ("irrCAC_cont3x3abstractors", three, 1e-3),
    ):
        known = expected(name)["computed_irrCAC_R_1_0"]
        assert found.ac1.error == pytest.approx(
            known["unweighted"]["ac"][0]["coeff.se"], abs=within
        )
        if "quadratic" in known:
            assert found.ac2.error == pytest.approx(
                known["quadratic"]["ac"][0]["coeff.se"], abs=within
            )


def test_gwets_weighted_alpha_is_krippendorffs_for_intervals() -> None:
    known = expected("irrCAC_cac_raw4raters")["computed_irrCAC_R_1_0"]
    both: tuple[tuple[Scale, str], ...] = (("nominal", "unweighted"), ("interval", "quadratic"))
    for scale, weights in both:
        found = figures(of_matrix(numbers("irrCAC_cac_raw4raters"), (1, 2, 3, 4, 5), scale))
        assert found.alpha.value == pytest.approx(known[weights]["kripp"][0]["coeff.val"], abs=1e-5)


def test_fleiss_six_psychiatrists() -> None:
    """Alpha of complete ratings is his kappa, with the chance of all ratings put right for n."""
    rows = matrix("irr_diagnoses")
    kappa = expected("irr_diagnoses")["computed_irr"]["fleiss"]
    found = figures(of_matrix(rows, sorted({word for row in rows for word in row}), "nominal"))
    ratings = len(rows) * len(rows[0])
    assert found.alpha.value == pytest.approx(1 - (1 - kappa) * (ratings - 1) / ratings, abs=1e-9)
    assert (found.n, found.icc_a1.reason) == (30, "the levels have no order")


def test_shrout_and_fleiss_as_printed() -> None:
    found = figures(of_matrix(numbers("shrout_fleiss_1979"), range(1, 11), "interval")).icc_a1
    assert found.value is not None
    assert round(found.value, 2) == expected("shrout_fleiss_1979")["published"]["ICC(2,1)"]


def test_three_abstractors_as_printed() -> None:
    known = expected("irrCAC_cont3x3abstractors")["published"]
    table = [[int(n) for n in row[1:]] for row in matrix("irrCAC_cont3x3abstractors", "table.csv")]
    words = [
        (a, b) for a, row in enumerate(table) for b, times in enumerate(row) for _ in range(times)
    ]
    found = figures(of_matrix(words, range(3), "nominal"))
    assert found.alpha.value == pytest.approx(known["kripp"][0], abs=1e-7)
    assert found.ac1.value == pytest.approx(known["AC1"][0], abs=1e-7)
    low, high = wilson(0.89, 100)
    assert (found.exact.low, found.exact.high) == (low, high)


def test_freelons_two_coders_of_two_codes_have_recals_kappa() -> None:
    """With two codes the weights of kappa are those of Cohen's first."""
    published = {row[0]: float(row[5]) for row in matrix("freelon_2010_recal", "published.csv")}
    tried = 0
    for number in range(1, 11):
        name = f"freelon-2010-r2{number:02}-recal.csv"
        rows = matrix("freelon_2010_recal", name, header=False)
        words = sorted({word for row in rows for word in row})
        if len(words) == 2:
            found = figures(of_matrix(rows, words, "ordinal")).kappa_linear
            assert found.value == pytest.approx(published[f"R2.{number:02}"], abs=5.1e-3)
            tried += 1
    assert tried >= 5


def test_gwets_standard_error_is_near_the_lesson_jackknifes() -> None:
    table = [
        [int(cell) for cell in row[1:]] for row in matrix("irrCAC_cont3x3abstractors", "table.csv")
    ]
    known = expected("irrCAC_cont3x3abstractors")["computed_irrCAC_R_1_0"]
    (counted,) = count(of_table(table))
    for name, weights in (
        ("unweighted", coefficients.identity_weights(3)),
        ("quadratic", coefficients.quadratic_weights(3)),
    ):
        without = [coefficients.gwet(part.cells, weights) for part in counted.without_each()]
        error = jackknife(np.concatenate(without))
        assert error is not None
        assert error.error == pytest.approx(known[name]["ac"][0]["coeff.se"], abs=1e-3)


OECD = {
    "exact": "exact",
    "within1": "within_one",
    "qwk": "kappa_quadratic",
    "alpha_ordinal": "alpha",
    "icc_A1": "icc_a1",
    "mean_diff": "mean_difference",
}


@pytest.mark.parametrize("country", ["Chile", "Colombia", "Germany", "Madrid"])
def test_the_lessons_of_the_oecd(country: str) -> None:
    file = reference("oecd_gti_video_components") / "ratings_long.csv"
    asked = Asked(levels=("1", "2", "3", "4"), by="school")
    found = report(pair_up(read_ratings(file, asked)[country]))
    known = expected("oecd_gti_video_components")["by_country"][country]
    assert len(found.criteria) == len(known) == 18
    for answer in known:
        mine = found.of(answer["criterion"])
        assert mine.n == answer["n"]
        for theirs, ours in OECD.items():
            assert getattr(mine, ours).value == pytest.approx(answer[theirs], abs=1e-9), theirs
        assert mine.mean_difference.sd == pytest.approx(answer["sd_diff"], abs=1e-9)
        assert mine.icc_a1.low == pytest.approx(answer["icc_A1_lo"], abs=1e-9)
        assert mine.icc_a1.high == pytest.approx(answer["icc_A1_hi"], abs=1e-9)
        assert mine.ac1.value == pytest.approx(answer["ac1"], abs=1e-5)
        assert mine.ac2.value == pytest.approx(answer["ac2_quadratic"], abs=1e-5)
        assert mine.ac2.error == pytest.approx(answer["ac2_se"], abs=1e-5)


def test_pooling_the_oecds_criteria_by_strata_invents_no_agreement() -> None:
    file = reference("oecd_gti_video_components") / "ratings_long.csv"
    found = report(pair_up(read_ratings(file, Asked(levels=("1", "2", "3", "4")))[""])).pooled
    assert found.alpha_stratified.value == pytest.approx(0.29, abs=0.005)
    assert (found.criteria, found.n, found.n_cells) == (18, 631, 11357)
