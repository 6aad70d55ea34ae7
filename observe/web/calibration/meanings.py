"""What each figure says, how it is worked out, how sure it is, and whose it is."""

from collections.abc import Iterable
from dataclasses import dataclass

from observe.web.words import gettext as _

PAIR = (
    *("same", "luck", "within", "alpha", "alpha-all", "ac", "difference"),
    *("probability", "trend", "few"),
)
GROUP = tuple(key for key in PAIR if key != "trend")
CRITERION = (
    *("same", "luck", "within", "alpha", "ac", "kappa", "icc", "difference"),
    *("probability", "beside", "mcnemar", "few"),
)
TAPS = ("taps", "alpha", "icc", "difference", "few")
FEW = ("few",)
PLANNING = ("narrower", "reliability", "luck", "few")


@dataclass(frozen=True, slots=True)
class Meaning:
    """One figure: its name, what it says, how it is worked out, its limits, and its source."""

    key: str
    name: str
    says: str
    formula: str
    limits: str
    source: str = ""


def meanings(keys: Iterable[str] = ()) -> list[Meaning]:
    """All of them, or those of these keys, in their order."""
    asked, every = tuple(keys), (make() for make in MEANINGS)
    return [each for each in every if not asked or each.key in asked]


def _drawn() -> str:
    return _(
        "95 % limits from 2,000 tables drawn around the counted one, half of them as if four more"
        " lessons had been seen on which the two agreed by luck, half as if they had agreed "
        "exactly. Where a lesson gives several ratings: one lesson at a time is left out "
        "(jackknife, t), no wider than with one rating a lesson, no narrower than if each rating "
        "were a lesson."
    )


def _same() -> Meaning:
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


def _luck() -> Meaning:
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


def _within() -> Meaning:
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


def _alpha() -> Meaning:
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


def _alpha_all() -> Meaning:
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


def _ac() -> Meaning:
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


def _kappa() -> Meaning:
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


def _icc() -> Meaning:
    """ICC(A,1)."""
    return Meaning(
        "icc",
        "ICC(A,1)",
        _("How much of the spread of single ratings lies between lessons, not between observers."),
        "(MSR \u2212 MSE) / (MSR + (k \u2212 1) MSE + k/n (MSC \u2212 MSE))",
        _("95 % limits by F."),
        "Shrout and Fleiss 1979; McGraw and Wong 1996",
    )


def _difference() -> Meaning:
    """Bland and Altman's difference."""
    return Meaning(
        "difference",
        _("Who gives higher levels"),
        _(
            "The first observer's level minus the second's, on average; and how far apart single "
            "ratings usually lie (limits of agreement)."
        ),
        _("Mean of the differences; limits of agreement: mean \u00b1 2 standard deviations."),
        _("95 % limits of the mean by t, on the means of lessons."),
        "Bland and Altman 1986",
    )


def _probability() -> Meaning:
    """P(at or above a mark)."""
    return Meaning(
        "probability",
        _("How likely it is that a figure reaches a mark"),
        _("What the lessons seen so far say about all lessons that the two could see."),
        _(
            "Shares: a beta distribution, Beta(k + 1, n \u2212 k + 1). Coefficients: the share of"
            " the drawn tables that reach the mark, or t where lessons are left out in turn."
        ),
        _("No limits: it is itself a statement of how sure one can be."),
    )


def _beside() -> Meaning:
    """Partial pooling."""
    return Meaning(
        "beside",
        _("Drawn to the other criteria"),
        _(
            "A single criterion with few lessons swings widely. This is its figure moved towards "
            "the mean of all criteria, the more so the less is known of it."
        ),
        _(
            "Partial pooling on atanh of the figure, each criterion weighing by the variance of "
            "its draws."
        ),
        _("No limits: it stands beside the plain figure, never in its place."),
        "Efron and Morris 1975",
    )


def _mcnemar() -> Meaning:
    """McNemar's exact test."""
    return Meaning(
        "mcnemar",
        _("Who alone said yes"),
        _("For criteria with two levels: whether one of two says yes more often than the other."),
        _("McNemar's test, exact: of the ratings on which they differ, how uneven is the split?"),
        _("A share of how often luck alone would split them so unevenly (p)."),
        "McNemar 1947",
    )


def _trend() -> Meaning:
    """The line over lessons."""
    return Meaning(
        "trend",
        _("Same level over time"),
        _("The straight line through the share of the same level, lesson by lesson."),
        _("Least squares on the order of lessons; from 5 lessons."),
        _("95 % limits of the slope by t; the band holds the line itself."),
    )


def _leniency() -> Meaning:
    """The conditional many-facet Rasch model."""
    return Meaning(
        "leniency",
        _("Leniency: who gives higher levels, over all observers"),
        _(
            "Of 100 times that an observer and one from the middle of the group are one level "
            "apart, how often this observer is the higher one. 50 is the middle. Groups that "
            "never met are never set beside one another."
        ),
        _(
            "100 / (1 + e^\u2212leniency); leniency, in logits, by the conditional form of the "
            "many-facet Rasch model."
        ),
        _("95 % limits by the larger of the model's error and that seen from lesson to lesson."),
        "Linacre 1989",
    )


def _infit() -> Meaning:
    """How even an observer is."""
    return Meaning(
        "infit",
        _("How even an observer is (infit)"),
        _(
            "The surprises in somebody's levels beside those that the model expects: 1 is as "
            "expected, above 1.5 uneven, below 0.5 strangely even."
        ),
        _("Squared surprises, each weighing by how much the model expects of it."),
        _("No limits; it stands only with two partners or more."),
    )


def _drift() -> Meaning:
    """Windows of ten lessons and the line through them."""
    return Meaning(
        "drift",
        _("Who gives higher levels, over time"),
        _(
            "Ten lessons in a row are a window. The line says whether two sides move apart or "
            "together; it cannot say which of them moved. It takes 30 lessons."
        ),
        _("Least squares of each lesson's mean difference on its day."),
        _("95 % limits of the slope by HC3, a lesson counted once; of a window by t."),
        "MacKinnon and White 1985",
    )


def _habits() -> Meaning:
    """Halo and spread."""
    return Meaning(
        "habits",
        _("Habits: halo, spread and the ends of the scale"),
        _(
            "Halo: how far the levels of one lesson lie apart; small where all criteria get about "
            "the same level. Spread: the same for one criterion from lesson to lesson."
        ),
        _("Standard deviations, on average, of both sides on the very same lessons."),
        _("95 % limits of the difference by leaving out one lesson at a time (jackknife)."),
    )


def _narrower() -> Meaning:
    """Lessons until limits are narrow."""
    return Meaning(
        "narrower",
        _("How many more lessons"),
        _(
            "How many lessons it takes until the limits are as narrow as one wants, if nothing "
            "else changes."
        ),
        "t\u2099\u208b\u2081 / √n \u2264 h / h\u2080 · t\u2099\u2080\u208b\u2081 / √n\u2080",
        _("No limits: the limits of today say how far off it may be."),
    )


def _reliability() -> Meaning:
    """G-study and D-study."""
    return Meaning(
        "reliability",
        _("Lessons and observers until a mean can be relied on"),
        _(
            "How much of what varies lies between teachers, between observers, and between the "
            "lessons of one teacher; and how many lessons by how many observers make four fifths "
            "of it the teacher's."
        ),
        _(
            "Analysis of variance for teacher \u00d7 observer and teacher \u00d7 (lesson : "
            "observer); negative parts are set to 0 and said."
        ),
        _("No limits; the parts are uncertain where few teachers were seen."),
        "Cronbach and others 1972; Brennan 2001",
    )


def _taps() -> Meaning:
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


def _few() -> Meaning:
    """Counts only."""
    return Meaning(
        "few",
        _("Fewer than 5 lessons"),
        _(
            "There are the counts and nothing else: no percentage, no limits, no coefficient, on "
            "pages and in files."
        ),
        "",
        "",
    )


MEANINGS = (
    _same,
    _luck,
    _within,
    _alpha,
    _alpha_all,
    _ac,
    _kappa,
    _icc,
    _difference,
    _probability,
    _beside,
    _mcnemar,
    _trend,
    _leniency,
    _infit,
    _drift,
    _habits,
    _narrower,
    _reliability,
    _taps,
    _few,
)
