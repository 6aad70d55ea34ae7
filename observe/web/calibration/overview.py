"""What the page of two people and that of a group draw over all criteria."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from observe.core.agreement.figures import Report
from observe.core.agreement.kept import Cells
from observe.core.rubric import Rubric
from observe.web.calibration import plots
from observe.web.calibration.plots import Table


def over_all(
    report: Report,
    rubric: Rubric,
    counted: Mapping[str, Cells],
    *,
    tables: Mapping[str, Table] = MappingProxyType({}),
    signed: bool = True,
) -> dict[str, Any]:
    """The criteria by domain with their limits, and which of them to look at first.

    `counted` and `tables` are those of `plots.taps` and `plots.forest`; `signed` says whether first
    and second mean the same throughout, so that differences may be drawn.
    """
    groups = plots.forest(report, rubric, tables)
    rows, pooled = plots.rows_of(groups), report.pooled
    together = plots.added_up(rows) if signed else None
    return {
        "groups": groups,
        "rows": rows,
        "taps": plots.taps(report, rubric, counted),
        "norm": plots.norm_of(report),
        "weakest": plots.weakest(rows, pooled.exact),
        "chosen": plots.least_alike(rows),
        "differing": plots.differences(rows),
        "bubbles": plots.bubbles(together, pooled.mean_difference) if together else None,
    }
