"""The rule of certification in words a head understands, and how often it errs."""

from collections.abc import Sequence
from itertools import pairwise

from observe.core.certification_odds import TRUE_HIGH, TRUE_LOW, Odds
from observe.core.certification_rule import Beside, DecideBy, Rule, Source, Statistic
from observe.core.rubric import Rubric
from observe.services.certification_rules import Errs, by_either
from observe.web.calibration.figure_words import SAYS_LITTLE, percent, points
from observe.web.words import gettext as _
from observe.web.words import ngettext


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


def sources() -> dict[Source, str]:
    """What is judged, as one chooses it."""
    return {
        Source.LESSONS: _("Lessons beside somebody"),
        Source.EXERCISES: _("Exercises beside their reference"),
        Source.EITHER: _("Lessons or exercises, each apart"),
    }


def which_exercises() -> dict[str, str]:
    """How many exercises, as one chooses it."""
    return {"": _("As many as it says"), "all": _("All tests that are published of the rubric")}


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
    levels = _("criteria of %(levels)d levels or more count", levels=asked.scope.levels)
    if rubric is None:
        return f"{_compared(asked)}; {levels}."
    return f"{_compared(asked)}; {levels}, {_('of the rubric %(title)s', title=rubric.title)}."


def _compared(asked: Rule) -> str:
    """With whom or what levels are compared."""
    if asked.scope.source is Source.EXERCISES:
        return _("Compared with the reference of exercises, taken as a test or in a group")
    beside = (
        _("Compared with an adviser who observed beside, as the reference")
        if asked.scope.beside is Beside.ADVISER
        else _("Compared with everybody who observed beside")
    )
    if asked.scope.source is Source.LESSONS:
        return beside
    return _(
        "%(beside)s, or with the reference of exercises, each decided by itself", beside=beside
    )


def _decided(asked: Rule) -> str:
    when = looks(asked)
    if asked.in_a_row:
        return _(
            "Each of the last %(num)d lessons reaches it by itself, decided %(when)s.",
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
    by_source = {
        Source.LESSONS: _after_lessons(asked.looks),
        Source.EXERCISES: _after_exercises(asked, asked.looks),
    }
    if asked.scope.source is Source.EITHER:
        either = _after_exercises(asked, asked.exercise_looks)
        return _(
            "%(lessons)s, or %(exercises)s", lessons=_after_lessons(asked.looks), exercises=either
        )
    return by_source[asked.scope.source]


def _after_lessons(numbers: Sequence[int]) -> str:
    told = [str(look) for look in numbers]
    if not told:
        return ""
    if _is_row(numbers):
        return _(
            "after each lesson from lesson %(first)s to lesson %(last)s",
            first=told[0],
            last=told[-1],
        )
    if len(told) == 1:
        return _("after %(num)s lessons", num=told[0])
    return _("after %(some)s and %(last)s lessons", some=", ".join(told[:-1]), last=told[-1])


def _after_exercises(asked: Rule, numbers: Sequence[int]) -> str:
    told = [str(look) for look in numbers]
    if asked.scope.every_exercise:
        return _("after all exercises that are published as tests")
    if not told:
        return ""
    if _is_row(numbers):
        return _(
            "after each exercise from exercise %(first)s to exercise %(last)s",
            first=told[0],
            last=told[-1],
        )
    if len(told) == 1:
        return _("after %(num)s exercises", num=told[0])
    return _("after %(some)s and %(last)s exercises", some=", ".join(told[:-1]), last=told[-1])


def _is_row(numbers: Sequence[int]) -> bool:
    return len(numbers) > 2 and all(other - one == 1 for one, other in pairwise(numbers))


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
        told.append(
            _(
                "After a pass one lesson in every %(num)d, beside an adviser, is a re-check.",
                num=asked.recheck_every,
            )
            if asked.scope.source is Source.LESSONS
            else _("After a pass one in every %(num)d is a re-check.", num=asked.recheck_every)
        )
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
    told = points(share)
    if share and told == "0":
        return _("fewer than 1 in 100")
    return _("%(num)s in 100", num=told)


def who_pass(odds: Odds) -> str:
    """Whom the first number is about: they should not pass, and do."""
    return _("observers whose true share is %(true)s would pass.", true=percent(odds.true))


def who_are_sent_back(odds: Odds) -> str:
    """Whom the second number is about: they should pass, and do not."""
    return _(
        "observers whose true share is %(true)s would be sent back to train.",
        true=percent(odds.true),
    )


def errs(found: Sequence[Errs]) -> str:
    """`3 in 100 observers whose true share is 75 % would pass; of those with 85 %, 4 in 100 ...`"""
    return " ".join(_errs_of(each, apart=len(found) > 1) for each in found)


def _errs_of(found: Errs, *, apart: bool) -> str:
    told = _(
        "%(passes)s observers whose true share is %(low)s would pass; of those with %(high)s,"
        " %(back)s would be sent back to train.",
        passes=of_100(found.low.passed),
        low=percent(found.low.true),
        high=percent(found.high.true),
        back=of_100(found.high.sent_back),
    )
    return f"{by_source(found)}: {told}" if apart else told


def by_source(found: Errs) -> str:
    """By what is judged, where a rule judges two."""
    return _("By exercises") if found.source is Source.EXERCISES else _("By lessons")


def both_ways(found: Sequence[Errs]) -> str:
    """How often somebody passes who may try both ways; nothing where there is one."""
    both = by_either(found)
    if both is None:
        return ""
    return _(
        "Whoever tries both ways passes in one or the other in %(low)s with a true share of %(true_low)s,"
        " and in %(high)s with one of %(true_high)s.",
        low=of_100(both[0]),
        high=of_100(both[1]),
        true_low=percent(TRUE_LOW),
        true_high=percent(TRUE_HIGH),
    )


def rechecks(found: Errs) -> str:
    """How often one re-check takes a certificate; nothing where the rule has none."""
    if found.lost_low is None or found.lost_high is None:
        return ""
    return _(
        "One re-check takes the certificate from %(low)s of those whose true share is %(true_low)s, and"
        " from %(high)s of those with %(true_high)s.",
        low=of_100(found.lost_low),
        high=of_100(found.lost_high),
        true_low=percent(TRUE_LOW),
        true_high=percent(TRUE_HIGH),
    )


def simulated(found: Errs) -> str:
    """On what the odds rest, and how many lessons or exercises an attempt takes."""
    if found.source is Source.EXERCISES:
        return _simulated_exercises(found)
    told = ngettext(
        "Simulated with %(num)d criterion a lesson.",
        "Simulated with %(num)d criteria a lesson, which are somewhat alike.",
        found.cells,
    )
    few, many = sorted(round(each.lessons) for each in (found.low, found.high))
    if few == many:
        return f"{told} {_('An attempt takes %(num)s lessons on average.', num=few)}"
    takes = _("An attempt takes %(few)s to %(many)s lessons on average.", few=few, many=many)
    return f"{told} {takes}"


def _simulated_exercises(found: Errs) -> str:
    told = ngettext(
        "Simulated with %(num)d criterion an exercise.",
        "Simulated with %(num)d criteria an exercise, which are somewhat alike.",
        found.cells,
    )
    few, many = sorted(round(each.lessons) for each in (found.low, found.high))
    if few == many:
        return f"{told} {_('An attempt takes %(num)s exercises on average.', num=few)}"
    takes = _("An attempt takes %(few)s to %(many)s exercises on average.", few=few, many=many)
    return f"{told} {takes}"


def ticks(asked: Rule) -> Sequence[int]:
    """The numbers of lessons named below their line: all of a few, else the first and the last."""
    return asked.looks if len(asked.looks) <= 6 else (asked.looks[0], asked.looks[-1])
