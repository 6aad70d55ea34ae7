"""Who gives higher levels, how evenly, with what habits, and how that goes over time."""

from observe.web.calibration.meanings.meaning import Meaning
from observe.web.words import gettext as _


def difference() -> Meaning:
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


def mcnemar() -> Meaning:
    """McNemar's exact test."""
    return Meaning(
        "mcnemar",
        _("Who alone said yes"),
        _("For criteria with two levels: whether one of two says yes more often than the other."),
        _("McNemar's test, exact: of the ratings on which they differ, how uneven is the split?"),
        _("A share of how often luck alone would split them so unevenly (p)."),
        "McNemar 1947",
    )


def leniency() -> Meaning:
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


def infit() -> Meaning:
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


def habits() -> Meaning:
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


def drift() -> Meaning:
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


def trend() -> Meaning:
    """The line over lessons."""
    return Meaning(
        "trend",
        _("Same level over time"),
        _("The straight line through the share of the same level, lesson by lesson."),
        _("Least squares on the order of lessons; from 5 lessons."),
        _("95 % limits of the slope by t; the band holds the line itself."),
    )
