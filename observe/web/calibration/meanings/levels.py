"""How far two go together, level by level: shares, luck, and what lies beyond luck."""

from observe.web.calibration.meanings.meaning import Meaning
from observe.web.words import gettext as _


def _drawn() -> str:
    return _(
        "95 % limits from 2,000 tables drawn around the counted one, half of them as if four more"
        " lessons had been seen on which the two agreed by luck, half as if they had agreed "
        "exactly. Where a lesson gives several ratings: one lesson at a time is left out "
        "(jackknife, t), no wider than with one rating a lesson, no narrower than if each rating "
        "were a lesson."
    )


def same() -> Meaning:
    """The share of the same level."""
    return Meaning(
        "same",
        _("Same level"),
        _("How often both gave the very same level."),
        _("The ratings on the diagonal of the table, as a share of all."),
        _(
            "95 % limits by Wilson, counted on lessons. Where a lesson gives several ratings, and"
            " over all criteria, on as many ratings as they are worth when one lesson at a time "
            "is left out."
        ),
        "Wilson 1927",
    )


def luck() -> Meaning:
    """What luck alone gives."""
    return Meaning(
        "luck",
        _("Luck alone"),
        _(
            "How often two people would give the same level, or one next to it, if both gave the "
            "mix of levels that they used together, but blindly."
        ),
        "Σ n\u2096 (n\u2096 \u2212 1) / N (N \u2212 1)",
        _("No limits: it is the line beside which a figure is read."),
        "Krippendorff 2011",
    )


def within() -> Meaning:
    """The share at most one level apart."""
    return Meaning(
        "within",
        _("At most one level apart"),
        _(
            "How often both gave the same level or one next to it. With four levels luck alone "
            "often gives nine in ten, so it says little by itself."
        ),
        _("The diagonal and its two neighbours, as a share of all."),
        _("As for the same level."),
        "Wilson 1927",
    )


def alpha() -> Meaning:
    """Krippendorff's alpha."""
    return Meaning(
        "alpha",
        _("Agreement beyond luck (Krippendorff's alpha)"),
        _(
            "1 is full agreement, 0 is what luck gives, below 0 is worse than luck. Levels far "
            "apart weigh more than neighbours."
        ),
        _(
            "1 \u2212 observed disagreement / disagreement by luck; distances by the scale: "
            "ordinal, nominal, interval or ratio."
        ),
        _drawn(),
        "Krippendorff 2011, 2019",
    )


def alpha_all() -> Meaning:
    """Alpha over criteria, stratified."""
    return Meaning(
        "alpha-all",
        _("Alpha over all criteria"),
        _(
            "The disagreement of each criterion is added up before it is compared with luck, so "
            "that criteria with different levels do not invent agreement. A criterion with little"
            " spread weighs little."
        ),
        "1 \u2212 Σ D\u2092 / Σ D\u2091",
        _(
            "95 % limits by leaving out one lesson at a time (jackknife, t), no wider than if all "
            "criteria erred together, no narrower than if each erred by itself."
        ),
        "Krippendorff 2011; Efron and Tibshirani 1993",
    )


def ac() -> Meaning:
    """Gwet's AC1 and AC2."""
    return Meaning(
        "ac",
        _("AC1 and AC2 (Gwet)"),
        _(
            "Agreement beyond luck that stays steady when one level takes most of the ratings. "
            "AC1 counts only the same level, AC2 also how far apart."
        ),
        _(
            "(agreement \u2212 luck) / (1 \u2212 luck), with luck from how evenly the levels are "
            "used."
        ),
        _drawn(),
        "Gwet 2008, 2014",
    )


def kappa() -> Meaning:
    """Weighted kappa."""
    return Meaning(
        "kappa",
        _("Weighted kappa, quadratic and linear"),
        _("The coefficient that most studies of lesson observation print; only for two observers."),
        _(
            "1 \u2212 weighted disagreement / weighted disagreement expected from each observer's"
            " own levels."
        ),
        _drawn(),
        "Cohen 1968",
    )


def icc() -> Meaning:
    """ICC(A,1)."""
    return Meaning(
        "icc",
        "ICC(A,1)",
        _("How much of the spread of single ratings lies between lessons, not between observers."),
        "(MSR \u2212 MSE) / (MSR + (k \u2212 1) MSE + k/n (MSC \u2212 MSE))",
        _("95 % limits by F."),
        "Shrout and Fleiss 1979; McGraw and Wong 1996",
    )


def taps() -> Meaning:
    """Counts by taps."""
    return Meaning(
        "taps",
        _("What was counted by taps"),
        _(
            "The two counts of the same part of a lesson side by side. Whoever recorded it and "
            "tapped nothing counted none; a part that one of the two did not reach is not counted."
        ),
        _(
            "Counts have no levels: no share of the same level and no kappa is said of them, and "
            "they stand in no figure over all criteria."
        ),
        _("As for agreement beyond luck, ICC and the mean difference, in taps."),
    )
