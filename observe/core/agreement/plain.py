"""A report as plain values, in the shape that `observe agreement --json` promises."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from observe.core.agreement.drift import Drift, Window
from observe.core.agreement.figures import (
    CriterionReport,
    Difference,
    Figure,
    Leniency,
    PooledReport,
    Report,
)
from observe.core.agreement.mcnemar import McNemar
from observe.core.agreement.shrinking import SHRUNK

Plain = dict[str, Any]

COEFFICIENTS = ("alpha", "ac1", "ac2", "kappa_quadratic", "kappa_linear", "icc_a1")
PROPORTIONS = ("exact", "within_one")
GWETS = ("ac1", "ac2")


def plain(report: Report) -> Plain:
    """The whole report; a value that cannot be had is None with its reason."""
    leniency = None if report.leniency is None else [_leniency(each) for each in report.leniency]
    return {
        "lessons": report.lessons,
        "observers": report.observers,
        "ratings": report.ratings,
        "warnings": list(report.warnings),
        "criteria": [_criterion(each) for each in report.criteria],
        "pooled": _pooled(report.pooled),
        "leniency": leniency,
    }


def _criterion(report: CriterionReport) -> Plain:
    table = None if report.table is None else [list(row) for row in report.table]
    return {
        "criterion": report.criterion.key,
        "n": report.n,
        "n_cells": report.n_cells,
        "levels": list(report.criterion.levels),
        "table": table,
        **{name: _proportion(getattr(report, name)) for name in PROPORTIONS},
        **{name: _coefficient(name, getattr(report, name)) for name in COEFFICIENTS},
        "mean_difference": _difference(report.mean_difference),
        "mcnemar": _mcnemar(report.mcnemar),
        "flags": list(report.flags),
    }


def _pooled(report: PooledReport) -> Plain:
    return {
        "criteria": report.criteria,
        "left_out": [{"criterion": key, "reason": reason} for key, reason in report.left_out],
        "n": report.n,
        "n_cells": report.n_cells,
        "alpha_stratified": _coefficient("alpha_stratified", report.alpha_stratified),
        "ac2_mean": _coefficient("ac2_mean", report.ac2_mean),
        "exact": _proportion(report.exact),
        "within_one": _proportion(report.within_one),
        "mean_difference": _difference(report.mean_difference),
    }


def _proportion(figure: Figure) -> Plain:
    return {**_limits(figure), "chance": figure.chance, "reason": figure.reason}


def _coefficient(name: str, figure: Figure) -> Plain:
    more = {"se": figure.error} if name in GWETS else {}
    more |= {"shrunk": figure.shrunk} if name in SHRUNK else {}
    more |= {"draws_left_out": figure.dropped} if figure.dropped else {}
    return {**_limits(figure), "reason": figure.reason, **more}


def _limits(figure: Figure) -> Plain:
    return {"value": figure.value, "low": figure.low, "high": figure.high}


def _difference(difference: Difference) -> Plain:
    return {
        "value": difference.value,
        "low": difference.low,
        "high": difference.high,
        "sd": difference.sd,
        "limits": None if difference.limits is None else list(difference.limits),
        "roles": difference.roles,
        "lessons": difference.lessons,
        "reason": difference.reason,
    }


def _mcnemar(mcnemar: McNemar | None) -> Plain | None:
    return None if mcnemar is None else asdict(mcnemar)


def _leniency(leniency: Leniency) -> Plain:
    return {**asdict(leniency), "infit_reason": leniency.infit_reason}


def plain_drift(drift: Drift) -> Plain:
    """The windows, their days as 2026-11-17, and the slope in levels in 30 days."""
    return {
        "lessons": drift.lessons,
        "windows": [_window(each) for each in drift.windows],
        "waiting": drift.waiting,
        "slope": {**_limits(drift.slope), "reason": drift.slope.reason},
        "reason": drift.reason,
    }


def _window(window: Window) -> Plain:
    return {
        "first_day": date.fromordinal(window.first_day).isoformat(),
        "last_day": date.fromordinal(window.last_day).isoformat(),
        "lessons": window.lessons,
        "mean_difference": _difference(window.difference),
        "exact": _proportion(window.exact),
    }
