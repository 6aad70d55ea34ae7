"""Where somebody stands with certification in words, and what was decided and why."""

from observe.core.certificates import Certificate
from observe.core.certification_rule import Rule, Source, Statistic
from observe.core.certification_standing import Kind, Result, Stand
from observe.core.certifying import Clause, Decision, LessonSeen, points_of
from observe.core.rechecks import Limits
from observe.services.certification_seen import Others
from observe.services.certifying import Track
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


def own_by_hand(held: Certificate) -> str:
    """What counts now where a certificate was set by hand; nothing where it was not."""
    if held.by_hand is None or held.ran_out:
        return ""
    if not held.held:
        return _("You are [not certified], which was set by hand.")
    if held.until is None:
        return _("You are [certified], which was set by hand.")
    return _("You are [certified until %(day)s], which was set by hand.", day=day(held.until))


def by_hand_of(name: str, held: Certificate) -> str:
    """The same about somebody else."""
    if held.by_hand is None or held.ran_out:
        return ""
    if not held.held:
        return _("%(name)s is [not certified], which was set by hand.", name=name)
    if held.until is None:
        return _("%(name)s is [certified], which was set by hand.", name=name)
    return _(
        "%(name)s is [certified until %(day)s], which was set by hand.",
        name=name,
        day=day(held.until),
    )


def as_judged(sentence: str) -> str:
    """What was judged, beside what was set by hand."""
    return _("As judged: %(sentence)s", sentence=sentence.replace("[", "").replace("]", ""))


def own_stand(track: Track) -> str:
    """Where one stands oneself; what is to be said loudest stands in brackets."""
    stands = track.standing
    if stands.recheck:
        return _("[A re-check is to be decided]: until then your certificate stays as it is.")
    if stands.stand in (Stand.DUE, Stand.GATHERING):
        return _own_lessons(track)
    if stands.stand is Stand.PASSED:
        return (
            _("You are [certified until %(day)s].", day=day(stands.until))
            if stands.until
            else _("You are [certified], with no end date.")
        )
    if stands.stand is Stand.WAITING and stands.until:
        return _(
            "The last decision was to train again. What you rate counts again [from %(day)s].",
            day=day(stands.until),
        )
    return _(
        "[No attempt is left] under this rule. Talk to your facilitator about what comes next."
    )


def _own_lessons(track: Track) -> str:
    stands, have = track.standing, counted_of(track)
    if stands.look is None:
        return too_few_published()
    if stands.stand is Stand.DUE:
        told = _("You have rated %(have)s that count, so [a decision is due].", have=have)
        return f"{told} {_rests_on(track)}".strip()
    if not stands.lessons:
        return _none_yet(track)
    return _(
        "You have rated %(have)s that count. It is decided after %(look)s: [%(missing)s to go].",
        have=have,
        look=stands.look,
        missing=stands.missing,
    )


def _rests_on(track: Track) -> str:
    """Which of the lessons a decision that is due rests on; nothing where it is all of them."""
    have, first = len(track.standing.lessons), track.standing.look or 0
    last = max((look for look in track.rule.looks if look <= have), default=first)
    if last > first:
        return _(
            "It rests on the first %(first)s; what these cannot decide is decided on more of them,"
            " up to the first %(last)s.",
            first=first,
            last=last,
        )
    return _("It rests on the first %(first)s.", first=first) if first < have else ""


def _none_yet(track: Track) -> str:
    if track.source is Source.EXERCISES:
        return _(
            "No exercise counts yet. It is decided [after %(look)s exercises].",
            look=track.standing.look,
        )
    return _(
        "No lesson counts yet. It is decided [after %(look)s lessons].", look=track.standing.look
    )


def counted_of(track: Track) -> str:
    """`3 lessons`, `5 exercises`."""
    return how_many(track.source, len(track.standing.lessons))


def how_many(source: Source, number: int) -> str:
    """So many lessons, or exercises."""
    if source is Source.EXERCISES:
        return ngettext("%(num)d exercise", "%(num)d exercises", number)
    return lessons(number)


def too_few_published() -> str:
    """Why nothing can be decided where all published exercises are asked."""
    return _(
        "All exercises that are published as tests are asked, and [too few new ones are published]"
        " to decide anything."
    )


def stand_of(name: str, track: Track) -> str:
    """Where somebody else stands."""
    stands = track.standing
    if stands.recheck:
        return _("[A re-check of %(name)s is to be decided].", name=name)
    if stands.stand in (Stand.DUE, Stand.GATHERING):
        return _lessons_of(name, track)
    if stands.stand is Stand.PASSED:
        return (
            _("%(name)s is [certified until %(day)s].", name=name, day=day(stands.until))
            if stands.until
            else _("%(name)s is [certified], with no end date.", name=name)
        )
    if stands.stand is Stand.WAITING and stands.until:
        return _(
            "The last decision on %(name)s was to train again. What they rate counts again"
            " [from %(day)s].",
            name=name,
            day=day(stands.until),
        )
    return _("%(name)s has [no attempt left] under this rule.", name=name)


def _lessons_of(name: str, track: Track) -> str:
    stands, have = track.standing, counted_of(track)
    if stands.look is None:
        return too_few_published()
    if stands.stand is Stand.DUE:
        told = _(
            "%(name)s has rated %(have)s that count: [a decision is due].", name=name, have=have
        )
        return f"{told} {_rests_on(track)}".strip()
    if not stands.lessons:
        return _(
            "Nothing that %(name)s rated counts yet. It is decided [after %(looks)s].",
            name=name,
            looks=how_many(track.source, stands.look),
        )
    return _(
        "%(name)s has rated %(have)s that count. It is decided after %(look)s: [%(missing)s to go].",
        name=name,
        have=have,
        look=stands.look,
        missing=stands.missing,
    )


def chosen_stand(others: Others) -> str:
    """The same of those to whom results are narrowed."""
    if not others.lines:
        return _("[Nobody fits] of whom you may see a result.")
    return _("Narrowed to whom you chose below. %(told)s", told=others_stand(others))


def others_stand(others: Others) -> str:
    """How many of those whose results one may see are certified now, and how many were never judged."""
    lines = others.lines
    if not lines:
        return _("There is [no result yet] that you may see.")
    held = sum(line.certificate.held for line in lines)
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


def recheck(track: Track, limits: Limits) -> str:
    """When the next re-check is; where these come unannounced, what was agreed and never when.

    The words of an unannounced one hang on the rule and the limits alone, so that they betray nothing.
    """
    stands, every = track.standing, track.rule.recheck_every
    if stands.stand is not Stand.PASSED or every is None or stands.recheck_in is None:
        return ""
    if limits.unannounced and track.source is Source.LESSONS:
        return unannounced(limits)
    if stands.recheck_in:
        return _next_recheck(track)
    if track.source is Source.EXERCISES:
        return _("The next exercise that you take as a test is a re-check.")
    return _("A re-check is due: the next lesson with an adviser counts.")


def _next_recheck(track: Track) -> str:
    if track.source is Source.EXERCISES:
        return ngettext(
            "The next re-check comes after %(num)d more exercise.",
            "The next re-check comes after %(num)d more exercises.",
            track.standing.recheck_in or 0,
        )
    return ngettext(
        "The next re-check comes after %(num)d more lesson.",
        "The next re-check comes after %(num)d more lessons.",
        track.standing.recheck_in or 0,
    )


def unannounced(limits: Limits) -> str:
    """What was agreed on re-checks that nobody announces."""
    told = ngettext(
        "A lesson with an adviser may be a re-check, which nobody announces: at most %(num)d a half term.",
        "A lesson with an adviser may be a re-check, which nobody announces: at most %(num)d a half term.",
        limits.most,
    )
    return " ".join(filter(None, (told, _first_weeks(limits), _only_free(limits))))


def _first_weeks(limits: Limits) -> str:
    if not limits.first_weeks:
        return ""
    return ngettext(
        "None comes in the first %(num)d week of a term.",
        "None comes in the first %(num)d weeks of a term.",
        limits.first_weeks,
    )


def _only_free(limits: Limits) -> str:
    return _("It comes only in half days that you said are free.") if limits.only_free else ""


def found(result: Result, asked: Rule) -> str:
    """What was counted: `140 of 160 ratings at most one level apart: 88 %, between 79 and 93 %.`"""
    counts = counted(result.points, result.cells, asked)
    told = f"{how_many(result.source, result.look)}: {counts}"
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


def what_next(result: Result) -> str:
    """What follows from a decision."""
    if result.decision is Decision.PASS:
        until = result.expires_on
        return _("Certified until %(day)s.", day=day_short(until)) if until else _("Certified.")
    if result.kind is Kind.RECHECK:
        return _("The certificate ends, and a new attempt begins with what you rate from now on.")
    if result.decision is Decision.TRAIN:
        return _("Train again; a new attempt begins with what you rate from then on.")
    if result.clause is Clause.LAST_LOOK:
        return _("Not certified and not sent back; a new attempt begins.")
    return _(
        "It is decided again after %(looks)s.", looks=how_many(result.source, result.next_look or 0)
    )


def kind(result: Result) -> str:
    """What was judged: `after 10 lessons`, `re-check of one lesson`."""
    if result.kind is Kind.RECHECK and result.source is Source.EXERCISES:
        return _("re-check of one exercise")
    if result.kind is Kind.RECHECK:
        return _("re-check of one lesson")
    return _("after %(looks)s", looks=how_many(result.source, result.look))
