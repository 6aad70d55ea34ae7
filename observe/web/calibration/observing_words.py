"""One's own observing in words: the sentence that comes first, and a line for each habit."""

from observe.services.observing import Observing, Told
from observe.web.calibration import figure_words, habit_words
from observe.web.calibration.figure_words import lessons, percent, points
from observe.web.calibration.habit_words import HabitRow
from observe.web.calibration.leniency_words import partners
from observe.web.words import gettext as _


def sentence(own: Observing) -> str:
    """What the page begins with; what is in [brackets] is the answer."""
    if own.told is None:
        return _("You have rated [no lesson yet] beside a partner that counts.")
    if own.told.few:
        return few_sentence(own, own.told)
    return same_sentence(own, own.told)


def few_sentence(own: Observing, told: Told) -> str:
    """How many lessons there are, and how often both gave the same level: no figure from so few."""
    if own.lessons > told.lessons:
        counted = _(
            "You have rated [%(lessons)s] beside %(partners)s, fewer than 5 with any one rubric.",
            lessons=lessons(own.lessons),
            partners=partners(len(own.met)),
        )
    else:
        counted = _(
            "You have rated [%(lessons)s] beside %(partners)s.",
            lessons=lessons(own.lessons),
            partners=partners(len(own.met)),
        )
    same = _("You gave the same level %(same)d of %(all)d times.", same=told.equal, all=told.cells)
    return f"{counted} {same}" if told.cells else counted


def same_sentence(own: Observing, told: Told) -> str:
    """How often one gave the same level as all partners together, with limits and luck."""
    exact = told.same.exact if told.same else None
    if exact is None or exact.value is None:
        reason = figure_words.reason(exact.reason if exact else None)
        return _(
            "On %(lessons)s there is [no one figure] over all criteria: %(reason)s.",
            lessons=lessons(told.lessons),
            reason=reason,
        )
    return _(
        "On %(lessons)s you gave the same level as %(partners)s [%(share)s] of the time, between "
        "%(low)s and %(high)s; luck alone gives about %(luck)s.",
        lessons=lessons(told.lessons),
        partners=_partners(own, told),
        share=percent(exact.value),
        low=points(exact.low or 0.0),
        high=percent(exact.high or 0.0),
        luck=percent(exact.chance or 0.0),
    )


def _partners(own: Observing, told: Told) -> str:
    """`Ruth Adeyemi`, or `your 3 partners` of the rubric that the figure is about."""
    rows = told.over_time.own.rows if told.over_time.own else ()
    ids = {row.partner_id for row in rows}
    if len(ids) == 1:
        return next(met.name for met in own.met if met.id in ids)
    return _("your %(partners)s", partners=partners(len(ids)))


def which_rubric(own: Observing, told: Told) -> str:
    """Of which rubric the figures are, and that there are lessons with others."""
    rubric = told.over_time.rubric
    title = _("%(title)s, version %(version)s", title=rubric.title, version=rubric.version)
    if own.lessons == told.lessons:
        return _("With the rubric %(title)s.", title=title)
    return _(
        "With the rubric that you used most, %(title)s; %(lessons)s more with others.",
        title=title,
        lessons=lessons(own.lessons - told.lessons),
    )


def habits(told: Told) -> list[HabitRow]:
    """Each of one's habits beside those of all partners; one's own levels may be shown to oneself."""
    found = told.over_time
    return habit_words.habit_rows(found.course, found.rubric, levels_may_leave=True)
