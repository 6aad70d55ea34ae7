"""Certification in words a head understands: the rule, where one stands, and what a look came to."""

from collections.abc import Sequence
from itertools import pairwise

from observe.core.certification_odds import Odds
from observe.core.certification_rule import Beside, DecideBy, Rule, Statistic
from observe.core.certification_standing import Result, Stand, Standing
from observe.core.certifying import Clause, Decision, LessonSeen, points_of
from observe.core.rubric import Rubric
from observe.services.certifying import Place
from observe.web.calibration.figure_words import SAYS_LITTLE, lessons, percent, points
from observe.web.dates import day, day_short
from observe.web.words import gettext as _
from observe.web.words import ngettext


def decisions() -> dict[Decision, str]:
    """What a look came to, as a tag says it."""
    return {
        Decision.PASS: _("passed"),
        Decision.TRAIN: _("train again"),
        Decision.MORE: _("more lessons"),
    }


def statistics() -> dict[Statistic, str]:
    """What is asked, as one chooses it."""
    return {
        Statistic.EXACT: _("Same level"),
        Statistic.WITHIN_ONE: _("At most one level apart"),
        Statistic.POINTS: _("Points: the same level in full, one apart in part"),
    }


def ways() -> dict[DecideBy, str]:
    """How is decided, as one chooses it."""
    return {
        DecideBy.PROBABILITY: _("How probable it is that the share is reached"),
        DecideBy.LOWER_LIMIT: _("The lower limit of the share"),
        DecideBy.POINT: _("The share itself"),
    }


def partners() -> dict[Beside, str]:
    """Beside whom, as one chooses it."""
    return {
        Beside.ANYBODY: _("Whoever observed beside them"),
        Beside.ADVISER: _("An adviser beside them, as the reference"),
    }


def rule(asked: Rule, rubric: Rubric | None = None) -> list[str]:
    """The whole rule, a sentence a clause; `rubric` is the one that it names, if it names one."""
    told = [_asked(asked), _scope(asked, rubric), _decided(asked), _gap(asked)]
    told += _floors(asked, rubric)
    return [sentence for sentence in (*told, *_lasting(asked)) if sentence]


def _asked(asked: Rule) -> str:
    share = percent(asked.threshold)
    if asked.statistic is Statistic.EXACT:
        return _("The same level on %(share)s of the criteria or more.", share=share)
    if asked.statistic is Statistic.WITHIN_ONE:
        return _("At most one level apart on %(share)s of the criteria or more.", share=share)
    return _(
        "%(share)s of the points or more: the same level counts in full, one apart %(part)s.",
        share=share,
        part=percent(asked.adjacent_part or 0),
    )


def _scope(asked: Rule, rubric: Rubric | None) -> str:
    beside = (
        _("Compared with an adviser who observed beside, as the reference")
        if asked.scope.beside is Beside.ADVISER
        else _("Compared with everybody who observed beside")
    )
    levels = _("criteria of %(levels)d levels or more count", levels=asked.scope.levels)
    if rubric is None:
        return f"{beside}; {levels}."
    return f"{beside}; {levels}, {_('of the rubric %(title)s', title=rubric.title)}."


def _decided(asked: Rule) -> str:
    when = looks(asked)
    if asked.in_a_row:
        return _(
            "Each of the last %(num)d lessons reaches it by itself, looked at %(when)s.",
            num=asked.in_a_row,
            when=when,
        )
    if asked.decide_by is DecideBy.POINT:
        return _("Decided %(when)s by the share itself.", when=when)
    if asked.decide_by is DecideBy.LOWER_LIMIT or asked.cuts is None:
        return _(
            "Decided %(when)s: passed when the lower limit reaches it, train again when the upper limit"
            " stays below, more lessons in between.",
            when=when,
        )
    return _(
        "Decided %(when)s: passed when that is %(high)s probable or more, train again at %(low)s or less,"
        " more lessons in between.",
        when=when,
        high=percent(asked.cuts.pass_from),
        low=percent(asked.cuts.train_to),
    )


def looks(asked: Rule) -> str:
    """`after 5, 10, 20 and 40 lessons`, `after each lesson from the 3rd to the 20th`."""
    told = [str(look) for look in asked.looks]
    if len(told) > 2 and all(other - one == 1 for one, other in pairwise(asked.looks)):
        return _(
            "after each lesson from lesson %(first)s to lesson %(last)s",
            first=told[0],
            last=told[-1],
        )
    if len(told) == 1:
        return _("after %(num)s lessons", num=told[0])
    return _("after %(some)s and %(last)s lessons", some=", ".join(told[:-1]), last=told[-1])


def _gap(asked: Rule) -> str:
    if asked.max_gap is None:
        return ""
    return ngettext(
        "No two levels are more than %(num)d apart.",
        "No two levels are more than %(num)d apart.",
        asked.max_gap,
    )


def _floors(asked: Rule, rubric: Rubric | None) -> list[str]:
    own = [
        _(
            "%(criterion)s reaches %(share)s.",
            criterion=title_of(rubric, each.criterion),
            share=percent(each.share),
        )
        for each in asked.floors
        if each.criterion
    ]
    whole = asked.floor_of("")
    if whole is None:
        return own
    return [_("Each criterion by itself reaches %(share)s.", share=percent(whole)), *own]


def title_of(rubric: Rubric | None, key: str) -> str:
    """`3a Questioning`: a criterion; its key where the rubric does not know it."""
    found = rubric.find(key) if rubric else None
    return f"{found.code} {found.title}" if found else key


def _lasting(asked: Rule) -> list[str]:
    told = []
    if asked.window_days:
        told.append(_("Lessons of the last %(num)d days count.", num=asked.window_days))
    if asked.expiry_months:
        told.append(
            ngettext(
                "A certificate lasts %(num)d month.",
                "A certificate lasts %(num)d months.",
                asked.expiry_months,
            )
        )
    if asked.recheck_every:
        told.append(_("After that every %(num)d. lesson is a re-check.", num=asked.recheck_every))
    return told + _again(asked)


def _again(asked: Rule) -> list[str]:
    told = []
    if asked.wait_days:
        told.append(
            ngettext(
                "Who trains again waits %(num)d day; lessons count from then on.",
                "Who trains again waits %(num)d days; lessons count from then on.",
                asked.wait_days,
            )
        )
    if asked.attempts:
        told.append(
            ngettext("There is %(num)d attempt.", "There are %(num)d attempts.", asked.attempts)
        )
    return told


def luck(same: float | None, near: float | None) -> str:
    """What luck alone gives in these schools, and what a rule about "at most one apart" then asks."""
    if same is None or near is None:
        return ""
    told = _(
        "In your schools luck alone gives the same level in %(same)s and at most one apart in %(near)s"
        " of all ratings.",
        same=percent(same),
        near=percent(near),
    )
    if near < SAYS_LITTLE:
        return told
    return (
        f"{told} {_('A rule about at most one apart asks little here; the same level asks more.')}"
    )


def of_100(share: float) -> str:
    """`3 in 100`, or fewer than one."""
    if 0 < share < 0.005:
        return _("<1 in 100")
    return _("%(num)s in 100", num=points(share))


def who_pass(odds: Odds) -> str:
    """Whom the first number is about: they should not pass, and do."""
    return _("observers whose true share is %(true)s would pass.", true=percent(odds.true))


def who_are_sent_back(odds: Odds) -> str:
    """Whom the second number is about: they should pass, and do not."""
    return _(
        "observers whose true share is %(true)s would be sent back to train.",
        true=percent(odds.true),
    )


def errs(low: Odds, high: Odds) -> str:
    """`3 in 100 observers whose true share is 75 % would pass; of those with 85 %, 4 in 100 ...`"""
    return _(
        "%(passes)s observers whose true share is %(low)s would pass; of those with %(high)s,"
        " %(back)s would be sent back to train.",
        passes=of_100(low.passed),
        low=percent(low.true),
        high=percent(high.true),
        back=of_100(high.sent_back),
    )


def own_stand(stands: Standing) -> str:
    """Where one stands oneself; what is to be said loudest stands in brackets."""
    have = lessons(len(stands.lessons))
    told = {
        Stand.DUE: lambda: _(
            "You have rated %(have)s that count, so [the look after %(look)s is due].",
            have=have,
            look=stands.look,
        ),
        Stand.GATHERING: lambda: _(
            "You have rated %(have)s that count. The next look comes after %(look)s: [%(missing)s to go].",
            have=have,
            look=stands.look,
            missing=stands.missing,
        ),
        Stand.PASSED: lambda: _passed(stands),
        Stand.WAITING: lambda: _(
            "The last look asked you to train again. Lessons count again [from %(day)s].",
            day=day(stands.until) if stands.until else "",
        ),
        Stand.SPENT: lambda: _(
            "[No attempt is left] under this rule. Talk to your facilitator about what comes next."
        ),
    }
    return told[stands.stand]()


def _passed(stands: Standing) -> str:
    if stands.until is None:
        return _("You are [certified], without an end.")
    return _("You are [certified until %(day)s].", day=day(stands.until))


def stand_of(name: str, stands: Standing) -> str:
    """Where somebody else stands."""
    have = lessons(len(stands.lessons))
    told = {
        Stand.DUE: lambda: _(
            "%(name)s has rated %(have)s that count: [the look after %(look)s is due].",
            name=name,
            have=have,
            look=stands.look,
        ),
        Stand.GATHERING: lambda: _(
            "%(name)s has rated %(have)s that count. The next look comes after %(look)s:"
            " [%(missing)s to go].",
            name=name,
            have=have,
            look=stands.look,
            missing=stands.missing,
        ),
        Stand.PASSED: lambda: (
            _("%(name)s is [certified until %(day)s].", name=name, day=day(stands.until))
            if stands.until
            else _("%(name)s is [certified], without an end.", name=name)
        ),
        Stand.WAITING: lambda: _(
            "The last look asked %(name)s to train again. Lessons count again [from %(day)s].",
            name=name,
            day=day(stands.until) if stands.until else "",
        ),
        Stand.SPENT: lambda: _("%(name)s has [no attempt left] under this rule.", name=name),
    }
    return told[stands.stand]()


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
        Statistic.WITHIN_ONE: _("At most one apart"),
        Statistic.POINTS: _("Points"),
    }
    return told[asked.statistic]


def why(result: Result, place: Place) -> str:
    """Which clause decided, in a sentence."""
    asked = place.rules[result.version]
    return clause(result, asked, title_of(place.rubrics[result.rubric_digest], result.criterion))


def clause(result: Result, asked: Rule, criterion: str) -> str:
    """Which clause decided, in a sentence; `criterion` is the title of the one that did."""
    asks = percent(asked.threshold)
    if result.clause in (Clause.PROBABLE, Clause.IMPROBABLE, Clause.UNDECIDED, Clause.LAST_LOOK):
        return _by_probability(result, asked) or _open(result, asked)
    told = {
        Clause.REACHED: _("The share reached the %(asks)s that the rule asks.", asks=asks),
        Clause.MISSED: _(
            "At the last look the share was below the %(asks)s that the rule asks.", asks=asks
        ),
        Clause.LIMIT_ABOVE: _(
            "Even the lower limit reached the %(asks)s that the rule asks.", asks=asks
        ),
        Clause.LIMIT_BELOW: _(
            "Even the upper limit stays below the %(asks)s that the rule asks.", asks=asks
        ),
        Clause.IN_A_ROW: _(
            "Each of the last %(num)s lessons reached %(asks)s by itself.",
            num=asked.in_a_row,
            asks=asks,
        ),
        Clause.NOT_IN_A_ROW: _(
            "By the last look there were not %(num)s lessons in a row that each reached %(asks)s.",
            num=asked.in_a_row,
            asks=asks,
        ),
        Clause.GAP: _(
            "On %(criterion)s two levels were more than %(gap)s apart, which the rule does not allow.",
            criterion=criterion,
            gap=asked.max_gap,
        ),
        Clause.FLOOR: _(
            "All criteria together reached it, but %(criterion)s stayed below its floor of %(floor)s.",
            criterion=criterion,
            floor=percent(asked.floor_of(result.criterion) or 0),
        ),
    }
    return told[result.clause]


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
        Clause.LAST_LOOK: _("The last look leaves it open, which sends nobody back."),
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
            "The %(asks)s asked lie between the limits: the last look leaves it open.", asks=asks
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
    """What follows from a look."""
    if result.decision is Decision.PASS:
        until = result.expires_on
        return _("Certified until %(day)s.", day=day_short(until)) if until else _("Certified.")
    if result.decision is Decision.TRAIN:
        return _("Train again; a new attempt begins with new lessons.")
    if result.clause is Clause.LAST_LOOK:
        return _("Not certified and not sent back; a new attempt begins with new lessons.")
    return _("The next look comes after %(look)s lessons.", look=result.next_look)


def ticks(asked: Rule) -> Sequence[int]:
    """The looks that are named below their line: all of a few, else the first and the last."""
    return asked.looks if len(asked.looks) <= 6 else (asked.looks[0], asked.looks[-1])
