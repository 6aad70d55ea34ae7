"""Leniency in words a head understands, and where it stands in a drawing."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

from observe.core.agreement.figures import Leniency
from observe.core.figures_shown import Kept
from observe.services.leniency_figures import Component, LeniencyFigures
from observe.storage.people import RoleHeld
from observe.web.calibration.figure_words import lessons, signed
from observe.web.calibration.plots import Axis
from observe.web.words import gettext as _
from observe.web.words import ngettext

MOST_TICKS = 3
FARTHEST = 8.0


def times(logits: float) -> int:
    """How often in 100 times one is the higher of two who are a level apart, beside the group's middle.

    From the model itself: given that two levels next to each other were given, P(the higher is
    mine) = 1 / (1 + exp(-leniency)); what was seen and the criterion cancel.
    """
    return min(max(round(100 / (1 + math.exp(-logits))), 1), 99)


def times_limits(figure: Leniency) -> str:
    """`56 to 70`, in 100 times."""
    return _("%(low)s to %(high)s", low=times(figure.low or 0.0), high=times(figure.high or 0.0))


def logits_limits(figure: Leniency) -> str:
    """`+0.24 to +0.80`."""
    return _("%(low)s to %(high)s", low=signed(figure.low or 0.0), high=signed(figure.high or 0.0))


def is_clear(figure: Leniency) -> bool:
    """Whether the limits leave no doubt about the direction."""
    return (figure.low or 0.0) > 0 or (figure.high or 0.0) < 0


def partners(number: int) -> str:
    """`4 partners`."""
    return ngettext("%(num)d partner", "%(num)d partners", number)


def observers(number: int) -> str:
    """`14 observers`."""
    return ngettext("%(num)d observer", "%(num)d observers", number)


def own_sentence(figure: Leniency) -> str:
    """What the page begins with; what is in [brackets] is the answer."""
    if figure.logits is None:
        return _(
            "On %(lessons)s one [cannot say yet] whether you give higher or lower levels than "
            "others: it takes 5 lessons with this rubric.",
            lessons=lessons(figure.lessons),
        )
    return f"{_direction(figure)} {_how_often(figure)}"


def _direction(figure: Leniency) -> str:
    if not is_clear(figure):
        return _(
            "One [cannot say] whether you give higher or lower levels than those you observed "
            "with.",
        )
    if (figure.logits or 0.0) > 0:
        return _("You give [higher levels] than those you observed with.")
    return _("You give [lower levels] than those you observed with.")


def _how_often(figure: Leniency) -> str:
    return _(
        "Where you and somebody from the middle of your group are one level apart, you are the "
        "higher one about %(times)s times in 100, between %(low)s and %(high)s.",
        times=times(figure.logits or 0.0),
        low=times(figure.low or 0.0),
        high=times(figure.high or 0.0),
    )


def rests_on(figure: Leniency, mine: Component) -> str:
    """What one's own figure rests on."""
    told = _(
        "This rests on %(lessons)s with %(partners)s. Your group are %(observers)s: you, those "
        "you observed with, those they observed with, and so on.",
        lessons=lessons(figure.lessons),
        partners=partners(figure.partners),
        observers=observers(mine.observers),
    )
    if figure.partners > 1:
        return told
    alone = _("With one partner we cannot tell who of you two is the unusual one.")
    return f"{told} {alone}"


def infit_name(figure: Leniency) -> str:
    """Whether the levels are as even as expected, in a word or two."""
    if figure.logits is None:
        return _("too few lessons")
    if figure.infit is None:
        return _("cannot be told")
    if not figure.unusual:
        return _("as expected")
    return _("uneven") if figure.infit > 1 else _("very even")


def infit_meaning(figure: Leniency) -> str:
    """What the infit means, and what to do about it."""
    if figure.logits is None:
        return _("It takes 5 lessons with this rubric.")
    if figure.infit is None:
        return _("With one partner we cannot tell who is the uneven one.")
    if not figure.unusual:
        return _(
            "You are higher or lower about as evenly as others are. From 0.5 to 1.5 is as "
            "expected.",
        )
    if figure.infit > 1:
        return _(
            "Above 1.5: on some lessons or criteria you are much higher, on others much lower "
            "than your other levels lead one to expect. Begin with the lessons of the largest "
            "gaps.",
        )
    return _(
        "Below 0.5: your levels follow your partners' more closely than those of two who work "
        "apart. Was a lesson talked about before both had sealed?",
    )


def groups_sentence(components: Sequence[Component]) -> str:
    """`14 observers in [two groups that have never met]`, and what that means."""
    everybody = observers(sum(each.observers for each in components))
    if len(components) == 1:
        return _(
            "%(observers)s, [all linked] by lessons together, so they stand on one scale.",
            observers=everybody,
        )
    return _(
        "%(observers)s in [%(groups)s groups that have never met]. Within a group they can be "
        "compared; between groups never.",
        observers=everybody,
        groups=len(components),
    )


TOLD: Mapping[Kept, Callable[[int], str]] = {
    Kept.FEW: lambda n: ngettext(
        "%(num)d observer is not shown yet, because they have fewer than 5 lessons with "
        "this rubric.",
        "%(num)d observers are not shown yet, because they have fewer than 5 lessons each "
        "with this rubric.",
        n,
    ),
    Kept.NOT_ENOUGH: lambda n: ngettext(
        "%(num)d observer is not shown yet, because their figure rests on fewer than 20 "
        "lessons or 3 partners.",
        "%(num)d observers are not shown yet, because their figures rest on fewer than 20 "
        "lessons or 3 partners each.",
        n,
    ),
    Kept.UNOPENED: lambda n: ngettext(
        "%(num)d observer is not shown yet, because they have not looked at their own "
        "figure and 28 days have not gone by.",
        "%(num)d observers are not shown yet, because they have not looked at their own "
        "figures and 28 days have not gone by.",
        n,
    ),
    Kept.WORKED_OUT: lambda n: ngettext(
        "%(num)d observer is held back with the last one who is not shown, because the "
        "values of a group add up to zero and the last could be worked out.",
        "%(num)d observers are held back with the last of their groups who are not shown, "
        "because the values of a group add up to zero and the last could be worked out.",
        n,
    ),
    Kept.THEIRS: lambda n: ngettext(
        "The figure of %(num)d other observer is theirs and not shown to you.",
        "The figures of %(num)d other observers are theirs and not shown to you.",
        n,
    ),
}


def kept(counts: Mapping[Kept, int]) -> list[str]:
    """`12 observers are not shown, because ...`, one sentence a reason."""
    return [words(counts[why]) for why, words in TOLD.items() if counts.get(why)]


def elsewhere(figures: LeniencyFigures) -> list[str]:
    """`2 observers whose figures you may see are not of Thornbeck Primary, so they are not listed.`"""
    school_id = figures.view.school_id
    if school_id is None or not figures.elsewhere:
        return []
    told = ngettext(
        "%(num)d observer whose figure you may see is not listed, because they do not observe for "
        "%(school)s.",
        "%(num)d observers whose figures you may see are not listed, because they do not observe "
        "for %(school)s.",
        figures.elsewhere,
        school=figures.schools[school_id],
    )
    return [told]


def role(roles: Sequence[RoleHeld]) -> str:
    """`head, Thornbeck Primary`; an adviser of several schools is an adviser."""
    known = {"head": _("head"), "adviser": _("adviser"), "leader": _("team leader")}
    held = [each for each in roles if each.kind in known]
    if not held:
        return ""
    schools = {each.school for each in held}
    where = schools.pop() if len(schools) == 1 else ""
    what = known[held[0].kind]
    return f"{what}, {where}" if where else what


def initials(name: str) -> str:
    """`SP`."""
    words = name.split()
    return "".join(word[0] for word in dict.fromkeys((words[0], words[-1]))).upper()


def axis(figures: Iterable[Leniency]) -> Axis:
    """As wide as the limits of one component need, the same to both sides, in whole logits."""
    ends = [abs(end) for each in figures for end in (each.low, each.high) if end is not None]
    reach = min(max(1.5, math.ceil(2 * max(ends, default=1.5)) / 2), FARTHEST)
    step = math.ceil(math.floor(reach) / MOST_TICKS)
    places = range(-(math.floor(reach) // step) * step, math.floor(reach) + 1, step)
    return Axis(-reach, reach, tuple((float(place), str(times(place))) for place in places))


def picture_words(figure: Leniency) -> str:
    """What a drawn line says, read aloud."""
    return _(
        "the higher one %(times)s times in 100, limits %(limits)s",
        times=times(figure.logits or 0.0),
        limits=times_limits(figure),
    )
