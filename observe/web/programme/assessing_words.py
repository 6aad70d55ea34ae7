"""Looks at how somebody observes, in words."""

from collections.abc import Iterable

from observe.core.assessing import Kind, Moment, Progress, Steps
from observe.core.exercises import Given
from observe.core.observation import NOT_APPLICABLE, NOT_SEEN
from observe.core.rubric import Criterion
from observe.services.assessing_agreement import Agreement
from observe.services.assessing_beside import Beside
from observe.services.assessing_form import Form
from observe.web.words import gettext as _
from observe.web.words import ngettext, percent


def titles(criteria: Iterable[Criterion]) -> dict[str, str]:
    """`1a Gathers evidence` for each criterion."""
    return {each.criterion: f"{each.code} {each.title}" for each in criteria}


def moment_words(moment: Moment) -> str:
    """What one calls the moment."""
    return {
        Moment.BASELINE: _("Baseline"),
        Moment.BETWEEN: _("In between"),
        Moment.FINAL: _("At the end"),
    }[moment]


def moments() -> list[tuple[str, str, str]]:
    """(value, words, when it is meant for) of each moment that one can begin."""
    when = {
        Moment.BASELINE: _("before the year begins"),
        Moment.BETWEEN: _("somewhere on the way"),
        Moment.FINAL: _("when the year is over"),
    }
    return [(each.value, moment_words(each), when[each]) for each in Moment]


def progress_words(progress: Progress) -> str:
    """How far a look is."""
    return {
        Progress.NOT_BEGUN: _("not begun"),
        Progress.UNDER_WAY: _("under way"),
        Progress.SEALED: _("sealed"),
    }[progress]


def value_words(criterion: Criterion, given: Given, kind: Kind) -> str:
    """`3 As a habit`, or why there is no level."""
    if given.value == NOT_SEEN:
        return not_seen_words(kind)
    if given.value == NOT_APPLICABLE:
        return _("Does not apply")
    if given.value is None:
        return _("no level")
    return f"{given.value} {criterion.scale.label(given.value)}"


def not_seen_words(kind: Kind) -> str:
    """What one says of what one cannot place."""
    return _("I cannot say yet") if kind is Kind.SELF else _("Not seen")


def written_words(form: Form) -> str:
    """How much of it is written."""
    done = len(form.rows) - len(form.left)
    return _("%(done)d of %(all)d criteria are complete.", done=done, all=len(form.rows))


def other_words(form: Form) -> str:
    """How far the other look is: all that one may know of it."""
    progress = progress_words(form.other)
    if form.kind is Kind.ASSESSMENT:
        return _(
            "The self-evaluation of %(name)s is %(progress)s.", name=form.person, progress=progress
        )
    if not form.assessor:
        return _("The assessment is not begun.")
    return _("The assessment by %(name)s is %(progress)s.", name=form.assessor, progress=progress)


def gap_words(gap: int | None, assessor: str, *, mine: bool, person: str) -> str:
    """How far apart the two are on one criterion."""
    if gap is None:
        return _("only one of the two gave a level")
    if gap == 0:
        return _("the same level")
    who = assessor if gap < 0 else _("you") if mine else person
    return ngettext(
        "%(num)d level apart, %(who)s higher",
        "%(num)d levels apart, %(who)s higher",
        abs(gap),
        who=who,
    )


def moved_words(levels: int | None) -> str:
    """What changed since the earlier look."""
    if levels is None:
        return _("no level both times")
    if levels == 0:
        return _("the same as before")
    if levels > 0:
        return ngettext("%(num)d level higher", "%(num)d levels higher", levels)
    return ngettext("%(num)d level lower", "%(num)d levels lower", -levels)


def gaps_sentence(found: Beside, *, mine: bool) -> str:
    """On how many criteria both saw the same; what is in [brackets] is the answer."""
    gaps = found.gaps
    if not gaps.all:
        return _("There is no criterion to which [both] gave a level.")
    said = _(
        "On [%(same)d of %(all)d] criteria both looks came to the same level.",
        same=gaps.same,
        all=gaps.all,
    )
    return " ".join(filter(None, (said, _higher(gaps, found, mine=mine))))


def _higher(gaps: Steps, found: Beside, *, mine: bool) -> str:
    own = _("your own") if mine else _("that of %(name)s", name=found.person)
    theirs = _("that of %(name)s", name=found.assessor) if mine else _("the assessment")
    parts = [
        _("%(whose)s is higher on %(number)d", whose=whose, number=number)
        for whose, number in ((own, gaps.up), (theirs, gaps.down))
        if number
    ]
    joined = _(" and ").join(parts)
    return f"{joined[:1].upper()}{joined[1:]}." if joined else ""


def change_sentence(found: Beside, kind: Kind, who: str) -> str:
    """On how many criteria somebody's look went up since then; empty where that cannot be said."""
    change = found.change(kind)
    if not change.all:
        return ""
    return _(
        "%(who)s: [%(up)s] of %(all)d criteria higher, %(same)d the same, %(down)d lower.",
        who=who,
        up=change.up,
        all=change.all,
        same=change.same,
        down=change.down,
    )


def agreement_sentence(found: Agreement) -> str:
    """How far one's assessments and the self-evaluations agree: a figure only where there are enough."""
    exact = found.same.exact if found.same else None
    if exact is None or exact.value is None:
        return _(
            "Over %(rounds)s, self-evaluation and your assessment came to the same level "
            "[%(same)d of %(all)d times].",
            rounds=_rounds(found.rounds),
            same=found.steps.same,
            all=found.steps.all,
        )
    return _(
        "Over %(rounds)s, self-evaluation and your assessment came to the same level [%(share)s] of "
        "the time, between %(low)s and %(high)s; luck alone gives about %(luck)s.",
        rounds=_rounds(found.rounds),
        share=percent(exact.value),
        low=percent(exact.low or 0.0),
        high=percent(exact.high or 0.0),
        luck=percent(exact.chance or 0.0),
    )


def _rounds(number: int) -> str:
    return ngettext("%(num)d person and moment", "%(num)d people and moments", number)
