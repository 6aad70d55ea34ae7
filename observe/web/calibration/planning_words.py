"""How many lessons are enough, in sentences and as lines of tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from observe.core.agreement.figures import CriterionReport, PooledReport
from observe.core.agreement.generalizability import Need
from observe.core.agreement.planning import ChanceLine, chance_line
from observe.services.agreement_plan import TOO_MANY, Aim
from observe.services.group_planning import FEW_TEACHERS, Visiting
from observe.web.calibration import figure_words as say
from observe.web.calibration.plots import Row
from observe.web.words import capital, ngettext
from observe.web.words import gettext as _

SHARES = ("exact", "within_one")
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class AimLine:
    """One figure: what it rests on, how far its limits lie from it now, and how many lessons more."""

    name: str
    lessons: int
    now: str = ""
    more: str = ""
    number: int = 0
    reason: str = ""


def sentence(aim: Aim, points: int, both: str) -> str:
    """`[9 more lessons] would tell to within ±10 points how often heads and advisers agree.`"""
    if aim.more is None or aim.half_width is None:
        return _("There is no figure yet to plan by: %(reason)s.", reason=_why(aim))
    now = round(100 * aim.half_width)
    if not aim.more:
        return _(
            "How often %(both)s give the same level is known to within [±%(now)d points]:"
            " close enough for ±%(points)d.",
            both=both,
            now=now,
            points=points,
        )
    more = ngettext("%(num)d more lesson", "%(num)d more lessons", aim.more)
    return _(
        "[%(more)s] would tell to within ±%(points)d points how often %(both)s give the same level;"
        " now it is ±%(now)d.",
        more=more,
        points=points,
        both=both,
        now=now,
    )


def _why(aim: Aim) -> str:
    return _("no number of lessons would do") if aim.reason == TOO_MANY else say.reason(aim.reason)


def aim_lines(aims: Sequence[Aim], *, of_one: bool = False) -> list[AimLine]:
    """Each figure over all criteria, or of one, in its line."""
    names = {
        "exact": _("Same level"),
        "within_one": _("At most one level apart"),
        "alpha": _("Agreement beyond luck (alpha)"),
        "ac2": _("AC2") if of_one else _("AC2, mean over criteria"),
        "mean_difference": _("Who gives higher levels, in levels"),
    }
    return [_line(names[each.name], each, share=each.name in SHARES) for each in aims]


def criterion_lines(aims: Sequence[Aim], rows: Sequence[Row]) -> list[AimLine]:
    """The same level on each criterion in its line."""
    titles = {row.key: f"{row.code} {row.title}" for row in rows}
    return [_line(titles[each.name], each, share=True) for each in aims if each.name in titles]


def _line(name: str, aim: Aim, *, share: bool) -> AimLine:
    if aim.more is None or aim.half_width is None:
        return AimLine(name, aim.n, reason=capital(_why(aim)))
    now = f"±{round(100 * aim.half_width)}" if share else f"±{say.decimal(aim.half_width)}"
    more = str(aim.more) if aim.more else _("enough")
    return AimLine(name, aim.n, now, more, aim.more)


def visits_sentence(found: Visiting) -> str:
    """`To rely on what visits say of a teacher takes [12 lessons by one observer], or 7 by two.`"""
    if found.study.reason == FEW_TEACHERS:
        return _(
            "Fewer than five teachers were observed here, so nothing is said of what varies between them."
        )
    if found.study.reason:
        return _(
            "These lessons cannot say how many visits it takes: teachers, observers and lessons"
            " cannot be told apart in them yet."
        )
    if not found.teachers_differ:
        return _(
            "These lessons cannot say how many visits it takes: the teachers differ no more than"
            " chance would let them."
        )
    if not found.needed:
        return _(
            "No number of visits by up to ten observers would do: too little that varies is the teacher's."
        )
    return _ways_sentence(found.needed[:MOST_NAMED])


def _ways_sentence(ways: Sequence[Need]) -> str:
    first, *others = ways
    named = ngettext("%(num)d lesson", "%(num)d lessons", first.lessons)
    by_first = _("[%(lessons)s by %(who)s]", lessons=named, who=observers(first.observers))
    by_others = (
        _("%(num)d by %(who)s", num=each.lessons, who=number_word(each.observers))
        for each in others
    )
    told = _(
        "To rely on the mean of visits to a teacher takes %(ways)s.",
        ways=_(", or ").join((by_first, *by_others)),
    )
    alone = _("One observer alone does not get there, however many the lessons.")
    return told if first.observers == 1 else f"{told} {alone}"


def observers(number: int) -> str:
    """`one observer`, `two observers`."""
    return ngettext("one observer", "%(who)s observers", number, who=number_word(number))


def number_word(number: int) -> str:
    """`one`, `two`, `11`."""
    words = {1: _("one"), 2: _("two"), 3: _("three"), 4: _("four"), 5: _("five")}
    return words.get(number, str(number))


def part_names(facets: tuple[str, ...]) -> str:
    """What varies, in words: `teachers`, `one observer's view of one teacher`."""
    known = {
        ("teacher",): _("Between teachers"),
        ("observer",): _("Between observers: some give higher levels throughout"),
        ("teacher", "observer"): _("One observer's own view of one teacher"),
        ("teacher", "lesson"): _("Between lessons of one teacher"),
        ("observer", "lesson"): _("Between the days of one observer"),
        ("teacher", "observer", "lesson"): _("This lesson, this observer, and the rest"),
    }
    return known.get(facets, " × ".join(facets))


def visits_words(found: Visiting) -> str:
    """The drawn courses read aloud: each number of observers with where it ends."""
    ends = (
        _(
            "%(observers)s: %(share)s after %(lessons)s",
            observers=observers(course.observers),
            share=say.percent(course.points[-1][1]),
            lessons=say.lessons(course.points[-1][0]),
        )
        for course in found.courses
    )
    return "; ".join(ends)


def luck_sentence(report: PooledReport | CriterionReport) -> str:
    """What luck alone gives over all criteria or on one; empty where nothing is known."""
    exact, near = report.exact.chance, report.within_one.chance
    if exact is None:
        return ""
    told = _(
        "With the levels as they are used here, luck alone gives the same level [%(exact)s] of the time",
        exact=say.percent(exact),
    )
    if near is None:
        return f"{told}."
    return _(
        "%(told)s, and at most one level apart %(near)s of the time.",
        told=told,
        near=say.percent(near),
    )


@dataclass(frozen=True, slots=True)
class LuckLine:
    """What luck alone gives on one criterion, and what it would if all levels were given evenly."""

    name: str
    exact: str
    near: str
    even_exact: str
    even_near: str


def luck_lines(rows: Sequence[Row]) -> list[LuckLine]:
    """The criteria whose luck is known, in the rubric's order."""
    return list(_luck_lines(rows))


def _luck_lines(rows: Sequence[Row]) -> Iterator[LuckLine]:
    for row in rows:
        report = row.report
        if report.exact.chance is not None:
            even: ChanceLine = chance_line([1.0] * len(report.criterion.levels))
            near = report.within_one.chance
            yield LuckLine(
                f"{row.code} {row.title}",
                say.percent(report.exact.chance),
                "–" if near is None else say.percent(near),
                say.percent(even.exact),
                "–" if near is None else say.percent(even.within_one),
            )
