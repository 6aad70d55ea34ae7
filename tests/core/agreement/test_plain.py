"""The promised shape of `observe agreement --json`, from a report of which every value is known."""

from collections.abc import Iterator
from itertools import count, islice

from observe.core.agreement.certainty import Drawn
from observe.core.agreement.drift import Drift, Window
from observe.core.agreement.figures import (
    ONE_PARTNER,
    CriterionReport,
    Difference,
    Figure,
    Leniency,
    PooledReport,
    Report,
)
from observe.core.agreement.mcnemar import McNemar
from observe.core.agreement.plain import plain, plain_drift
from tests.core.agreement.makers import criterion

NUMBERS = ("value", "low", "high")
COEFFICIENTS = ("alpha", "ac1", "ac2", "kappa_quadratic", "kappa_linear", "icc_a1")


def figures(start: int) -> dict[str, Figure]:
    """One figure for each statistic, no number of which comes twice."""
    places = map(float, count(start))
    names = (*COEFFICIENTS, "alpha_stratified", "ac2_mean", "exact", "within_one")
    return {name: a_figure(f"why {name}", places) for name in names}


def a_figure(reason: str, places: Iterator[float]) -> Figure:
    value, low, high, chance, error, shrunk = islice(places, 6)
    return Figure(value, low, high, chance, reason, error, shrunk)


DIFFERENCE = Difference(0.1, 0.2, 0.3, 0.4, (0.5, 0.6), roles=True, lessons=7, reason="why not")
PLAIN_DIFFERENCE = {
    "value": 0.1,
    "low": 0.2,
    "high": 0.3,
    "sd": 0.4,
    "limits": [0.5, 0.6],
    "roles": True,
    "lessons": 7,
    "reason": "why not",
}


def limits(figure: Figure) -> dict[str, object]:
    return {name: getattr(figure, name) for name in NUMBERS} | {"reason": figure.reason}


def share(figure: Figure) -> dict[str, object]:
    return limits(figure) | {"chance": figure.chance}


def a_criterion(of: dict[str, Figure], **differs: object) -> CriterionReport:
    given: dict[str, object] = {
        "criterion": criterion(2),
        "n": 11,
        "n_cells": 12,
        "alone": 13,
        "table": ((1, 2), (3, 4)),
        "mean_difference": DIFFERENCE,
        "flags": ("a flag",),
        "mcnemar": McNemar(1, 2, 0.5),
    }
    known = {name: of[name] for name in (*COEFFICIENTS, "exact", "within_one")}
    return CriterionReport(**(given | known | differs))  # type: ignore[arg-type]


def a_report(**differs: object) -> Report:
    of = figures(100)
    pooled = PooledReport(
        criteria=21,
        left_out=(("codes", "why left out"),),
        n=22,
        n_cells=23,
        mean_difference=DIFFERENCE,
        **{name: of[name] for name in ("alpha_stratified", "ac2_mean", "exact", "within_one")},
    )
    given: dict[str, object] = {
        "lessons": 1,
        "observers": 2,
        "ratings": 3,
        "criteria": (a_criterion(figures(0)),),
        "pooled": pooled,
        "warnings": ("a warning",),
        "leniency": (Leniency(1, "Ruth", 5, 1, 0.3, 0.1, 0.5),),
    }
    return Report(**(given | differs))  # type: ignore[arg-type]


def test_a_report_has_every_value_under_its_promised_name() -> None:
    of, over_all = figures(0), figures(100)
    assert plain(a_report()) == {
        "lessons": 1,
        "observers": 2,
        "ratings": 3,
        "warnings": ["a warning"],
        "criteria": [
            {
                "criterion": "pace",
                "n": 11,
                "n_cells": 12,
                "levels": [1, 2],
                "table": [[1, 2], [3, 4]],
                "exact": share(of["exact"]),
                "within_one": share(of["within_one"]),
                "alpha": limits(of["alpha"]) | {"shrunk": of["alpha"].shrunk},
                "ac1": limits(of["ac1"]) | {"se": of["ac1"].error},
                "ac2": limits(of["ac2"]) | {"se": of["ac2"].error, "shrunk": of["ac2"].shrunk},
                "kappa_quadratic": limits(of["kappa_quadratic"])
                | {"shrunk": of["kappa_quadratic"].shrunk},
                "kappa_linear": limits(of["kappa_linear"]),
                "icc_a1": limits(of["icc_a1"]),
                "mean_difference": PLAIN_DIFFERENCE,
                "mcnemar": {"first_only": 1, "second_only": 2, "p": 0.5, "reason": None},
                "flags": ["a flag"],
            }
        ],
        "pooled": {
            "criteria": 21,
            "left_out": [{"criterion": "codes", "reason": "why left out"}],
            "n": 22,
            "n_cells": 23,
            "alpha_stratified": limits(over_all["alpha_stratified"]),
            "ac2_mean": limits(over_all["ac2_mean"]),
            "exact": share(over_all["exact"]),
            "within_one": share(over_all["within_one"]),
            "mean_difference": PLAIN_DIFFERENCE,
        },
        "leniency": [
            {
                "component": 1,
                "observer": "Ruth",
                "lessons": 5,
                "partners": 1,
                "logits": 0.3,
                "low": 0.1,
                "high": 0.5,
                "infit": None,
                "reason": None,
                "infit_reason": ONE_PARTNER,
            }
        ],
    }


def test_what_cannot_be_had_is_null() -> None:
    bare = a_criterion(
        figures(0), table=None, mcnemar=None, mean_difference=Difference(reason="why")
    )
    found = plain(a_report(criteria=(bare,), leniency=None))
    (told,) = found["criteria"]
    assert found["leniency"] is None
    assert (told["table"], told["mcnemar"]) == (None, None)
    assert told["mean_difference"]["limits"] is None
    assert told["mean_difference"]["roles"] is False


def test_draws_that_said_nothing_are_counted_where_there_are_any() -> None:
    some = Figure(0.5, 0.1, 0.9, certainty=Drawn(b"", dropped=12))
    told = plain(a_report(criteria=(a_criterion(figures(0) | {"kappa_linear": some}),)))
    assert told["criteria"][0]["kappa_linear"]["draws_left_out"] == 12
    assert "draws_left_out" not in told["criteria"][0]["alpha"]


def test_windows_say_their_days_in_words_of_a_calendar() -> None:
    exact = figures(200)["exact"]
    drift = Drift(
        windows=(Window(740000, 740031, 10, DIFFERENCE, exact),),
        slope=Figure(0.1, -0.2, 0.4, reason="why slope"),
        lessons=34,
        waiting=4,
        reason="why",
    )
    assert plain_drift(drift) == {
        "lessons": 34,
        "windows": [
            {
                "first_day": "2027-01-19",
                "last_day": "2027-02-19",
                "lessons": 10,
                "mean_difference": PLAIN_DIFFERENCE,
                "exact": share(exact),
            }
        ],
        "waiting": 4,
        "slope": {"value": 0.1, "low": -0.2, "high": 0.4, "reason": "why slope"},
        "reason": "why",
    }
