"""What the lessons seen so far can say, and how many it takes."""

from observe.web.calibration.meanings.meaning import Meaning
from observe.web.words import gettext as _


def probability() -> Meaning:
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


def beside() -> Meaning:
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


def narrower() -> Meaning:
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


def reliability() -> Meaning:
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


def few() -> Meaning:
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
