"""Where somebody stands with certification in words, and what was decided and why."""

from datetime import date

from observe.core.certification_rule import DecideBy, Rule, Statistic
from observe.core.certification_standing import Result, Stand, Standing
from observe.core.certifying import Clause, Decision, LessonSeen, points_of
from observe.services.certifying import Line, Others, Place
from observe.web.calibration.certification_words import title_of
from observe.web.calibration.figure_words import lessons, percent, points
from observe.web.dates import day, day_short
from observe.web.words import gettext as _
from observe.web.words import ngettext


def decisions() -> dict[Decision, str]:
    """What was decided, as a tag says it."""
    return {
        Decision.PASS: _("passed"),
        Decision.TRAIN: _("train again"),
        Decision.MORE: _("more lessons"),
    }


def own_stand(stands: Standing) -> str:
    """Where one stands oneself; what is to be said loudest stands in brackets."""
    if stands.stand in (Stand.DUE, Stand.GATHERING):
        return _own_lessons(stands)
    if stands.stand is Stand.PASSED:
        return (
            _("You are [certified until %(day)s].", day=day(stands.until))
            if stands.until
            else _("You are [certified], with no end date.")
        )
    if stands.stand is Stand.WAITING and stands.until:
        return _(
            "The last decision was to train again. Lessons count again [from %(day)s].",
            day=day(stands.until),
        )
    return _(
        "[No attempt is left] under this rule. Talk to your facilitator about what comes next."
    )


def _own_lessons(stands: Standing) -> str:
    have = lessons(len(stands.lessons))
    if stands.stand is Stand.DUE:
        return _(
            "You have rated %(have)s that count, so [the decision after %(look)s is due].",
            have=have,
            look=stands.look,
        )
    if not stands.lessons:
        return _("No lesson counts yet. It is decided [after %(look)s lessons].", look=stands.look)
    return _(
        "You have rated %(have)s that count. It is decided after %(look)s: [%(missing)s to go].",
        have=have,
        look=stands.look,
        missing=stands.missing,
    )


def stand_of(name: str, stands: Standing) -> str:
    """Where somebody else stands."""
    if stands.stand in (Stand.DUE, Stand.GATHERING):
        return _lessons_of(name, stands)
    if stands.stand is Stand.PASSED:
        return (
            _("%(name)s is [certified until %(day)s].", name=name, day=day(stands.until))
            if stands.until
            else _("%(name)s is [certified], with no end date.", name=name)
        )
    if stands.stand is Stand.WAITING and stands.until:
        return _(
            "The last decision on %(name)s was to train again. Lessons count again [from %(day)s].",
            name=name,
            day=day(stands.until),
        )
    return _("%(name)s has [no attempt left] under this rule.", name=name)


def _lessons_of(name: str, stands: Standing) -> str:
    have = lessons(len(stands.lessons))
    if stands.stand is Stand.DUE:
        return _(
            "%(name)s has rated %(have)s that count: [the decision after %(look)s is due].",
            name=name,
            have=have,
            look=stands.look,
        )
    if not stands.lessons:
        return _(
            "No lesson of %(name)s counts yet. It is decided [after %(look)s lessons].",
            name=name,
            look=stands.look,
        )
    return _(
        "%(name)s has rated %(have)s that count. It is decided after %(look)s: [%(missing)s to go].",
        name=name,
        have=have,
        look=stands.look,
        missing=stands.missing,
    )


def others_stand(others: Others, today: date) -> str:
    """How many of those whose results one may see are certified now, and how many were never judged."""
    lines = others.lines
    if not lines:
        return _("There is [no result yet] that you may see.")
    held = sum(_is_held(line, today) for line in lines)
    waiting = sum(line.result is None for line in lines)
    observers = ngettext("%(num)d observer", "%(num)d observers", len(lines))
    if waiting == len(lines):
        return _(
            "[Nobody was judged yet] of the %(observers)s whose results you may see.",
            observers=observers,
        )
    return _(
        "Of the %(observers)s whose results you may see, [certified now: %(held)d], "
        "not judged yet: %(waiting)d.",
        observers=observers,
        held=held,
        waiting=waiting,
    )


def _is_held(line: Line, today: date) -> bool:
    passed = line.result is not None and line.result.decision is Decision.PASS
    return passed and not line.is_over(today)


def recheck(stands: Standing) -> str:
    """When the next re-check is; nothing where the rule has none."""
    if stands.stand is not Stand.PASSED or stands.recheck_in is None:
        return ""
    if stands.recheck_in == 0:
        return _("The lesson just rated is a re-check.")
    return ngettext(
        "The next re-check comes after %(num)d more lesson.",
        "The next re-check comes after %(num)d more lessons.",
        stands.recheck_in,
    )


def found(result: Result, asked: Rule) -> str:
    """What was counted: `140 of 160 ratings at most one level apart: 88 %, between 79 and 93 %.`"""
    counts = counted(result.points, result.cells, asked)
    told = f"{lessons(result.look)}: {counts}"
    if result.share is None or result.low is None or result.high is None:
        return f"{told}."
    told = _(
        "%(told)s, that is %(share)s, between %(low)s and %(high)s.",
        told=told,
        share=percent(result.share),
        low=points(result.low),
        high=percent(result.high),
    )
    if result.chance is None:
        return told
    return f"{told} {_('Luck alone gives about %(luck)s.', luck=percent(result.chance))}"


def counted(held: float, cells: int, asked: Rule) -> str:
    """`140 of 160 at most one level apart`."""
    values = {"held": f"{held:g}", "cells": cells}
    if asked.statistic is Statistic.EXACT:
        return _("%(held)s of %(cells)s ratings the same level", **values)
    if asked.statistic is Statistic.WITHIN_ONE:
        return _("%(held)s of %(cells)s ratings at most one level apart", **values)
    return _("%(held)s of %(cells)s points", **values)


def of_lesson(lesson: LessonSeen, asked: Rule) -> str:
    """`15 of 16`: what one lesson adds."""
    held = sum(points_of(asked, cell.gap) for cell in lesson.cells)
    return _("%(held)s of %(cells)s", held=f"{held:g}", cells=len(lesson.cells))


def column(asked: Rule) -> str:
    """What is counted of each lesson, as the head of a column."""
    told = {
        Statistic.EXACT: _("Same level"),
        Statistic.WITHIN_ONE: _("At most one level apart"),
        Statistic.POINTS: _("Points"),
    }
    return told[asked.statistic]


def why(result: Result, place: Place) -> str:
    """Which clause decided, in a sentence."""
    asked = place.rules[result.version]
    return clause(result, asked, title_of(place.rubrics[result.rubric_digest], result.criterion))


def clause(result: Result, asked: Rule, criterion: str) -> str:
    """Which clause decided, in a sentence; `criterion` is the title of the one that did."""
    if result.clause in (Clause.PROBABLE, Clause.IMPROBABLE, Clause.UNDECIDED, Clause.LAST_LOOK):
        return _by_probability(result, asked) or _open(result, asked)
    if result.clause in (Clause.GAP, Clause.FLOOR):
        return _by_criterion(result, asked, criterion)
    return _by_share(result.clause, asked)


def _by_criterion(result: Result, asked: Rule, criterion: str) -> str:
    if result.clause is Clause.GAP:
        return _(
            "On %(criterion)s two levels were more than %(gap)s apart, which the rule does not allow.",
            criterion=criterion,
            gap=asked.max_gap,
        )
    return _(
        "All criteria together reached it, but %(criterion)s stayed below its floor of %(floor)s.",
        criterion=criterion,
        floor=percent(asked.floor_of(result.criterion) or 0),
    )


def _by_share(decided: Clause, asked: Rule) -> str:
    values = {"asks": percent(asked.threshold), "num": asked.in_a_row}
    told = {
        Clause.REACHED: _("The share reached the %(asks)s that the rule asks.", **values),
        Clause.MISSED: _(
            "When it was decided for the last time, the share was below the %(asks)s that the rule asks.",
            **values,
        ),
        Clause.LIMIT_ABOVE: _(
            "Even the lower limit reached the %(asks)s that the rule asks.", **values
        ),
        Clause.LIMIT_BELOW: _(
            "Even the upper limit stays below the %(asks)s that the rule asks.", **values
        ),
        Clause.IN_A_ROW: _(
            "Each of the last %(num)s lessons reached %(asks)s by itself.", **values
        ),
        Clause.NOT_IN_A_ROW: _(
            "By the last decision there were not %(num)s lessons in a row that each reached %(asks)s.",
            **values,
        ),
    }
    return told[decided]


def _by_probability(result: Result, asked: Rule) -> str:
    if result.probability is None or asked.cuts is None:
        return ""
    sure = _(
        "It is %(sure)s probable that the true share is %(asks)s or more.",
        sure=probability(result.probability),
        asks=percent(asked.threshold),
    )
    told = {
        Clause.PROBABLE: _("To pass, the rule asks %(cut)s.", cut=percent(asked.cuts.pass_from)),
        Clause.IMPROBABLE: _(
            "At %(cut)s or less the rule says: train again.", cut=percent(asked.cuts.train_to)
        ),
        Clause.LAST_LOOK: _("The last decision leaves it open, which sends nobody back."),
    }
    between = _(
        "The rule passes from %(high)s on and sends back at %(low)s or less; this lies between.",
        high=percent(asked.cuts.pass_from),
        low=percent(asked.cuts.train_to),
    )
    return f"{sure} {told.get(result.clause, between)}"


def _open(result: Result, asked: Rule) -> str:
    asks = percent(asked.threshold)
    if result.clause is Clause.LAST_LOOK:
        return _(
            "The %(asks)s asked lie between the limits: the last decision leaves it open.",
            asks=asks,
        )
    if asked.in_a_row:
        return _(
            "Not each of the last %(num)s lessons reached %(asks)s yet.",
            num=asked.in_a_row,
            asks=asks,
        )
    if asked.decide_by is DecideBy.LOWER_LIMIT:
        return _("The %(asks)s asked still lie between the limits.", asks=asks)
    return _("The %(asks)s asked are not reached yet.", asks=asks)


def probability(share: float) -> str:
    """`97 %`; never a certainty that no number of lessons gives."""
    if share > 0.995:
        return _("more than %(share)s", share=percent(0.99))
    return _("less than %(share)s", share=percent(0.01)) if share < 0.005 else percent(share)


def what_next(result: Result) -> str:
    """What follows from a decision."""
    if result.decision is Decision.PASS:
        until = result.expires_on
        return _("Certified until %(day)s.", day=day_short(until)) if until else _("Certified.")
    if result.decision is Decision.TRAIN:
        return _("Train again; a new attempt begins with new lessons.")
    if result.clause is Clause.LAST_LOOK:
        return _("Not certified and not sent back; a new attempt begins with new lessons.")
    return _("It is decided again after %(look)s lessons.", look=result.next_look)
