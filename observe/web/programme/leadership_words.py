"""Leadership feedback in sentences."""

from collections.abc import Iterable, Mapping

from observe.core.leadership import Cell, Group, Question, RaterGroup
from observe.core.rubric import Criterion
from observe.services.leadership_told import Beside
from observe.web.words import gettext as _
from observe.web.words import ngettext, percent


def group_words(group: RaterGroup) -> str:
    """A group by itself."""
    return {
        RaterGroup.SELF: _("The leader"),
        RaterGroup.TEAM: _("The team"),
        RaterGroup.PEERS: _("Fellow leaders"),
        RaterGroup.GOVERNORS: _("Governors"),
    }[group]


def groups_words(groups: Iterable[RaterGroup]) -> str:
    """Groups that are told of together."""
    first, *others = [group_words(each) for each in groups]
    if not others:
        return first
    named = [first, *(each[:1].lower() + each[1:] for each in others)]
    together = _(" and ").join((", ".join(named[:-1]), named[-1]))
    return _("%(groups)s together", groups=together)


def about_group(group: RaterGroup) -> str:
    """Who belongs to a group, for whoever asks them."""
    return {
        RaterGroup.SELF: "",
        RaterGroup.TEAM: _("Staff of the school that is led."),
        RaterGroup.PEERS: _("Heads and leaders of other schools, and advisers."),
        RaterGroup.GOVERNORS: _(
            "People without a role here: add them under People, with an address and no role."
        ),
    }[group]


def question_words(question: Question, name: str) -> str:
    """What is asked for in words."""
    return {
        Question.KEEP: _("What should %(name)s keep doing?", name=name),
        Question.CHANGE: _("What should %(name)s do more, less or otherwise?", name=name),
    }[question]


def own_question_words(question: Question) -> str:
    """The same, to the leader."""
    return {
        Question.KEEP: _("What will you keep doing?"),
        Question.CHANGE: _("What will you do more, less or otherwise?"),
    }[question]


def said_words(question: Question) -> str:
    """Above what raters wrote."""
    return {
        Question.KEEP: _("What to keep doing"),
        Question.CHANGE: _("What to do more, less or otherwise"),
    }[question]


def cell_words(criterion: Criterion, cell: Cell) -> str:
    """What a group gave for a criterion, in words."""
    if cell.n is None:
        return _("Fewer than five could say.")
    if cell.between:
        low, high = (f"{each} {criterion.scale.label(each)}" for each in cell.between)
        return _(
            "All %(n)s are of one mind, from %(low)s to %(high)s.", n=cell.n, low=low, high=high
        )
    return ", ".join(
        ngettext(
            "%(num)d chose %(level)s",
            "%(num)d chose %(level)s",
            times,
            level=f"{level} {criterion.scale.label(level)}",
        )
        for level, times in cell.counts
    )


def bars(criterion: Criterion, cell: Cell) -> list[tuple[int, str, int, int]]:
    """(level, its label, how many, share of the largest in per cent) of each level; none where not told."""
    counts: Mapping[int, int] = dict(cell.counts)
    most = max(counts.values(), default=0)
    return [
        (each.value, each.label, counts.get(each.value, 0), 100 * counts.get(each.value, 0) // most)
        for each in criterion.scale.levels
        if most
    ]


def beside_sentence(found: Beside) -> str:
    """How far the leader's own look and the middle of a group go together."""
    who = groups_words(found.group.groups)
    if not found.criteria:
        return _("%(who)s: there is no criterion with your level and theirs.", who=who)
    told = _same(found, who)
    return " ".join((told, _apart(found)))


def _same(found: Beside, who: str) -> str:
    same = found.criteria - found.higher - found.lower
    exact = found.same.exact if found.same else None
    if exact is None or exact.value is None or exact.low is None or exact.high is None:
        return _(
            "%(who)s: on %(same)s of %(all)s criteria your level is the middle of theirs.",
            who=who,
            same=same,
            all=found.criteria,
        )
    return _(
        "%(who)s: on %(same)s of %(all)s criteria your level is the middle of theirs "
        "([%(share)s]; with so few criteria it could be from %(low)s to %(high)s).",
        who=who,
        same=same,
        all=found.criteria,
        share=percent(exact.value),
        low=percent(exact.low),
        high=percent(exact.high),
    )


def _apart(found: Beside) -> str:
    return _(
        "Yours is higher on %(higher)s and lower on %(lower)s.",
        higher=found.higher or _("none"),
        lower=found.lower or _("none"),
    )


def missing_words(groups: Iterable[RaterGroup]) -> str:
    """Why a group is not there."""
    named = ", ".join(group_words(each) for each in groups)
    return _(
        "Not shown: %(groups)s. Fewer than five people answered, also taken together.", groups=named
    )


def size_words(group: Group, cell: Cell) -> str:
    """How many gave a level, of those who answered."""
    if cell.n in (None, group.size):
        return ngettext("%(num)d answer", "%(num)d answers", group.size)
    return _("%(n)s of %(all)s could say", n=cell.n, all=group.size)
