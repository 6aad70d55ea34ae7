"""Pairs and figures."""

from observe.web.calibration import (
    agreement,
    certification,
    certification_rule,
    criterion,
    group,
    how,
    leniency,
    listing,
    observers,
    over_time,
    own_rows,
    planning,
    planning_file,
    precedents,
    precedents_file,
    talk,
    views,
)
from observe.web.calibration.blueprint import blueprint

__all__ = [
    "agreement",
    "blueprint",
    "certification",
    "certification_rule",
    "criterion",
    "group",
    "how",
    "leniency",
    "listing",
    "observers",
    "over_time",
    "own_rows",
    "planning",
    "planning_file",
    "precedents",
    "precedents_file",
    "talk",
    "views",
]
