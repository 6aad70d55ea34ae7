"""Data sets with known answers, turned into long rows and run through the command itself."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import krippendorff
import numpy as np
import pytest

from observe.core.agreement.ratings import Scale
from tests.cli.running import agreement, long_file, observe, of_matrix, only_criterion
from tests.reference import expected, matrix, reference

SCALES: tuple[Scale, ...] = ("nominal", "ordinal", "interval", "ratio")
Write = Callable[[Sequence[Sequence[object]]], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    return lambda rows: of_matrix(tmp_path / "ratings.csv", rows)


@pytest.mark.parametrize("scale", SCALES)
def test_krippendorffs_four_observers_with_gaps(write: Write, scale: str) -> None:
    file = write([row[1:] for row in matrix("krippendorff_4obs_12units")])
    known = expected("krippendorff_4obs_12units")
    found = only_criterion(file, "--scale", scale)
    assert found["alpha"]["value"] == pytest.approx(known["published"][f"alpha_{scale}"], abs=5e-4)
    assert found["alpha"]["value"] == pytest.approx(known["computed"]["irr 0.84.1"][scale])
    assert (found["n"], found["table"]) == (11, None)


def test_gwets_four_raters_with_gaps(write: Write) -> None:
    file = write(matrix("irrCAC_cac_raw4raters"))
    known = expected("irrCAC_cac_raw4raters")["computed_irrCAC_R_1_0"]
    nominal, ordinal = (only_criterion(file, "--scale", each) for each in ("nominal", "ordinal"))
    assert nominal["exact"]["value"] == pytest.approx(known["unweighted"]["pa"][0]["pa"], abs=1e-12)
    assert nominal["ac1"]["value"] == pytest.approx(
        known["unweighted"]["ac"][0]["coeff.val"], abs=6e-6
    )
    assert ordinal["ac2"]["value"] == pytest.approx(
        known["quadratic"]["ac"][0]["coeff.val"], abs=6e-6
    )
    assert nominal["alpha"]["value"] == pytest.approx(
        known["unweighted"]["kripp"][0]["coeff.val"], abs=6e-6
    )
    assert nominal["ac2"]["reason"] == "the levels have no order"
    assert ordinal["kappa_linear"]["reason"] == "more than two observers a lesson"


def test_gwets_raters_by_word(write: Write) -> None:
    file = write([row[1:] for row in matrix("irrCAC_cac_raw_gender")])
    known = expected("irrCAC_cac_raw_gender")["computed_irrCAC_R_1_0"]["unweighted"]
    found = only_criterion(file)
    assert found["levels"] == ["a", "c", "b"]
    assert found["exact"]["value"] == pytest.approx(known["pa"][0]["pa"], abs=1e-12)
    assert found["ac1"]["value"] == pytest.approx(known["ac"][0]["coeff.val"], abs=6e-6)
    assert found["alpha"]["value"] == pytest.approx(known["kripp"][0]["coeff.val"], abs=6e-6)


def test_gwets_three_abstractors(write: Write) -> None:
    names = ("Ectopic", "AIU", "NIU")
    table = matrix("irrCAC_cont3x3abstractors", "table.csv")
    pairs = [
        (names[down], names[across])
        for down, row in enumerate(table)
        for across, count in enumerate(row[1:])
        for _ in range(int(count))
    ]
    known = expected("irrCAC_cont3x3abstractors")["computed_irrCAC_R_1_0"]
    file = write(pairs)
    words, ordered = only_criterion(file), only_criterion(file, "--levels", ",".join(names))
    for found, weights, name, theirs in (
        (words, "unweighted", "exact", "pa"),
        (words, "unweighted", "ac1", "ac"),
        (words, "unweighted", "alpha", "kripp"),
        (ordered, "quadratic", "ac2", "ac"),
        (ordered, "quadratic", "kappa_quadratic", "kappa"),
        (ordered, "linear", "kappa_linear", "kappa"),
    ):
        assert found[name]["value"] == pytest.approx(known[weights][theirs][0]["coeff.val"]), name
    assert ordered["table"] == [[int(count) for count in row[1:]] for row in table]


@pytest.mark.parametrize("scale", ["ordinal", "interval", "ratio"])
def test_shrout_and_fleiss_four_judges(write: Write, scale: str) -> None:
    known = expected("shrout_fleiss_1979")["computed_psych"][1]
    found = only_criterion(write(matrix("shrout_fleiss_1979")), "--scale", scale)["icc_a1"]
    assert found["value"] == pytest.approx(known["ICC"], abs=1e-9)
    assert found["low"] == pytest.approx(known["lower bound"], abs=1e-6)
    assert found["high"] == pytest.approx(known["upper bound"], abs=1e-6)


def test_three_raters_of_anxiety(write: Write) -> None:
    rows, known = matrix("irr_anxiety"), expected("irr_anxiety")
    for scale in ("ordinal", "interval"):
        alpha = only_criterion(write(rows), "--scale", scale)["alpha"]["value"]
        assert alpha == pytest.approx(known["krippendorff_0.9"][f"alpha_{scale}"], abs=1e-12)
    icc = only_criterion(write(rows))["icc_a1"]
    theirs = known["computed_irr"]["icc_A1"]
    assert [icc["value"], icc["low"], icc["high"]] == pytest.approx(
        [theirs["value"], theirs["lb"], theirs["ub"]], abs=1e-9
    )
    two = only_criterion(write([row[:2] for row in rows]))
    assert two["kappa_quadratic"]["value"] == pytest.approx(known["computed_irr"]["kappa2_sq_12"])
    assert two["kappa_linear"]["value"] == pytest.approx(known["computed_irr"]["kappa2_lin_12"])


def test_six_psychiatrists_of_fleiss(write: Write) -> None:
    rows = matrix("irr_diagnoses")
    fleiss = expected("irr_diagnoses")["computed_irr"]["fleiss"]
    found = only_criterion(write(rows))
    ratings = len(rows) * len(rows[0])
    assert found["alpha"]["value"] == pytest.approx(fleiss + (1 - fleiss) / ratings, abs=1e-9)
    assert (len(found["levels"]), found["n"]) == (5, 30)


def test_bland_and_altmans_two_flow_meters(write: Write) -> None:
    known = expected("bland_altman_1986_pefr")["published"]
    file = write([row[1:] for row in matrix("bland_altman_1986_pefr")])
    for scale in ("interval", "ratio"):
        found = only_criterion(file, "--scale", scale)["mean_difference"]
        assert (round(found["value"], 1), round(found["sd"], 1)) == (
            known["mean_diff"],
            known["sd_diff"],
        )
        assert found["limits"] == pytest.approx(known["limits_mean_pm_2sd"], abs=0.1)


@pytest.mark.parametrize("number", range(1, 11))
def test_freelons_files(write: Write, number: int) -> None:
    rows = matrix("freelon_2010_recal", f"freelon-2010-r2{number:02}-recal.csv", header=False)
    published = {row[0]: row for row in matrix("freelon_2010_recal", "published.csv")}
    row = published[f"R2.{number:02}"]
    found = only_criterion(write(rows), "--scale", "nominal")
    assert 100 * found["exact"]["value"] == pytest.approx(float(row[1]), abs=0.05)
    assert found["alpha"]["value"] == pytest.approx(float(row[7]), abs=6e-4)
    if len({word for pair in rows for word in pair}) == 2:
        kappa = only_criterion(write(rows))["kappa_linear"]["value"]
        assert kappa == pytest.approx(float(row[5]), abs=6e-3)


def severities(name: str) -> dict[str, float]:
    if name == "sirt_data_ratings1":
        raters = expected(name)["computed"]["sirt 4.1-15 rm.facets"]["rater"]
        return {each["rater"]: each["b"] for each in raters}
    rows = expected(name)["computed"]["TAM 4.3-25 tam.mml.mfr ~item+rater (xsi)"]
    return {each["parameter"][5:]: each["xsi"] for each in rows if each["facet"] == "rater"}


@pytest.mark.parametrize("name", ["sirt_data_ratings1", "TAM_data_ex10"])
def test_leniency_is_the_severity_of_sirt_and_tam_with_its_sign_turned(
    tmp_path: Path, name: str
) -> None:
    header, *lines = matrix(name, header=False)
    rows = [
        (lesson, rater, criterion, level)
        for lesson, rater, *levels in lines
        for criterion, level in zip(header[2:], levels, strict=True)
    ]
    found = agreement(long_file(tmp_path / "ratings.csv", rows))
    assert {each["component"] for each in found["leniency"]} == {1}
    ours = {each["observer"]: each["logits"] for each in found["leniency"]}
    known = severities(name)
    assert set(ours) == set(known)
    both = np.array([(ours[rater], -known[rater]) for rater in known])
    assert np.corrcoef(both.T)[0, 1] > 0.99


@pytest.fixture(scope="module")
def countries() -> Any:
    file = reference("oecd_gti_video_components") / "ratings_long.csv"
    return agreement(file, "--by", "school", "--levels", "1,2,3,4")["groups"]


OECD = {
    "exact": "exact",
    "within1": "within_one",
    "qwk": "kappa_quadratic",
    "alpha_ordinal": "alpha",
    "icc_A1": "icc_a1",
    "mean_diff": "mean_difference",
}


@pytest.mark.parametrize("country", ["Chile", "Colombia", "Germany", "Madrid"])
def test_the_lessons_of_the_oecd_by_country(countries: Any, country: str) -> None:
    known = expected("oecd_gti_video_components")["by_country"][country]
    criteria = countries[country]["criteria"]
    for theirs, ours in zip(known, criteria, strict=True):
        assert (ours["criterion"], ours["n"]) == (theirs["criterion"], theirs["n"])
        for name, mine in OECD.items():
            assert ours[mine]["value"] == pytest.approx(theirs[name], abs=1e-9), name
        assert ours["mean_difference"]["sd"] == pytest.approx(theirs["sd_diff"], abs=1e-9)
        assert ours["icc_a1"]["low"] == pytest.approx(theirs["icc_A1_lo"], abs=1e-9)
        assert ours["icc_a1"]["high"] == pytest.approx(theirs["icc_A1_hi"], abs=1e-9)
        assert ours["ac1"]["value"] == pytest.approx(theirs["ac1"], abs=6e-6)
        assert ours["ac2"]["value"] == pytest.approx(theirs["ac2_quadratic"], abs=6e-6)


def random_ratings(observers: int, scale: str, seed: int) -> list[list[float | None]]:
    """Thirty lessons with gaps; decimals such as 3.5 where ratings are measured."""
    draw = np.random.default_rng(seed)
    step = 0.5 if scale in ("interval", "ratio") else 1.0
    lesson = draw.integers(1, 6, (30, 1)) + draw.integers(-1, 2, (30, observers))
    rows = np.maximum(lesson * step, 0.0)
    rows[draw.random(rows.shape) < 0.15] = np.nan
    return [[None if np.isnan(rating) else rating for rating in row] for row in rows.tolist()]


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("observers", [2, 3, 4, 5, 6])
def test_alpha_is_that_of_krippendorff_to_twelve_digits(
    write: Write, observers: int, scale: Scale
) -> None:
    rows = random_ratings(observers, scale, seed=observers)
    given = np.array(rows, dtype=np.float64).T
    known = krippendorff.alpha(given, level_of_measurement=scale)
    found = only_criterion(write(rows), "--scale", scale)["alpha"]
    assert found["value"] == pytest.approx(known, abs=1e-12)
    assert found["low"] <= found["value"] <= found["high"]


def test_brennans_components_are_those_of_the_plan(tmp_path: Path) -> None:
    rows = [
        (person, item, "answer", score, person)
        for person, item, score in matrix("brennan_2001_gtheory", "synthetic1_p_x_i.csv")
    ]
    header = ("lesson", "observer", "criterion", "rating", "teacher")
    file = long_file(tmp_path / "ratings.csv", rows, header)
    published = expected("brennan_2001_gtheory")["synthetic1_p_x_i"]["published"]
    visits = observe("plan", file, "--target", ".8", "--json").answer["visits"]
    found = [each["variance"] for each in visits["components"]]
    assert found == pytest.approx([published["var"][name] for name in ("p", "i", "pi")], abs=5e-5)
    assert visits["design"] == "teacher x observer"
