"""The sentences of the talk: gaps, levels and causes in words a teacher knows."""

from collections.abc import Mapping, Sequence
from typing import Any

from observe.core.comparing import Cell, Compared, Finding, tally
from observe.core.observation import NOT_APPLICABLE, NOT_SEEN, Observer
from observe.core.pairing import Agreed, Cause, Outcome
from observe.core.rubric import Criterion
from observe.services.talking import Talk
from observe.web.words import gettext as _
from observe.web.words import ngettext

MOST_CELLS = 6
LETTERS = "ABCDEFGH"


def short_names(observers: Sequence[Observer]) -> list[str]:
    """First names; whole names where two begin alike."""
    first = [observer.name.split()[0] for observer in observers]
    return first if len(set(first)) == len(first) else [observer.name for observer in observers]


def unnamed(observers: int) -> list[str]:
    """`Observer A`, `Observer B`: where no name may stand."""
    return [_("Observer %(letter)s", letter=letter) for letter in LETTERS[:observers]]


def listed(names: Sequence[str]) -> str:
    """`Ada`, `Ada and Ben`, `Ada, Ben and Cai`."""
    *most, last = names
    return _("%(most)s and %(last)s", most=", ".join(most), last=last) if most else last


def capacity_words(capacity: str) -> str:
    """`head`, `adviser`, `team leader` or `visitor`."""
    known = {"head": _("head"), "adviser": _("adviser"), "leader": _("team leader")}
    return known.get(capacity, _("visitor"))


def cause_words() -> dict[Cause, str]:
    """Why two levels differ, each in the words of a button."""
    return {
        Cause.DIFFERENT_EVENTS: _("Saw different events"),
        Cause.OTHER_LEVEL: _("Same event, other level"),
        Cause.WORDING: _("Wording of the rubric"),
        Cause.NOT_APPLICABLE: _("Does not apply"),
        Cause.MISSED: _("Missed it"),
        Cause.KNEW_CLASS: _("Knew the class before"),
    }


def gap_words(compared: Compared | Cell) -> str:
    """How far apart, in two or three words."""
    if compared.finding is Finding.APART:
        return ngettext("%(num)d apart", "%(num)d apart", compared.gap)
    cell = compared.worst if isinstance(compared, Compared) else compared
    words = {
        Finding.ONE_SAW: _of_three(cell) or _("one saw it"),
        Finding.ONE_NOT_APPLICABLE: _("one: does not apply"),
        Finding.OTHER_VALUE: _("not the same"),
        Finding.SAME: _("the same"),
    }
    return words.get(cell.finding, _("not rated"))


def _of_three(cell: Cell) -> str:
    """`2 of 3 saw it`; nothing where two observed."""
    saw = sum(value not in (None, NOT_SEEN) for value in cell.values)
    everybody = len(cell.values)
    return _("%(saw)d of %(all)d saw it", saw=saw, all=everybody) if everybody > 2 else ""


def value_words(criterion: Criterion, value: Any) -> str:
    """What an observer gave: `2 In part`, `not seen`, a code, a number or a text."""
    if value is None or value == NOT_SEEN:
        return _("not seen") if value else _("nothing")
    if value == NOT_APPLICABLE:
        return _("does not apply")
    if isinstance(value, list):
        return ", ".join(criterion.scale.label(each) for each in value) or _("none of these")
    label = criterion.scale.label(value)
    return f"{value} {label}" if criterion.scale.has_levels and label != str(value) else label


def occasion_words(occasion: str) -> str:
    """`Segment 2`, `Segment 1, minute 4`, `Interval 7`; nothing for the whole lesson."""
    kind, *numbers = occasion.split("-")
    if kind == "segment":
        return _("Segment %(number)s", number=numbers[0])
    if kind == "sample":
        return _("Segment %(number)s, minute %(minute)s", number=numbers[0], minute=numbers[1])
    return _("Interval %(number)s", number=numbers[0]) if kind == "interval" else ""


def sitting_sentences(talk: Talk) -> list[str]:
    """`Siôn looked at 12 books, Ruth at 10.`, and who ended before time and where."""
    names = short_names(talk.observers)
    books = [
        ngettext("%(name)s %(num)d book", "%(name)s %(num)d books", each.books, name=name)
        for name, each in zip(names, talk.sittings, strict=True)
        if each.books
    ]
    ended = [
        _("%(name)s ended early, in %(part)s.", name=name, part=in_words(each.partial))
        for name, each in zip(names, talk.sittings, strict=True)
        if each.partial
    ]
    return [*([_("Looked at: %(books)s.", books=listed(books))] if books else []), *ended]


def in_words(occasion: str) -> str:
    """An occasion within a sentence: `interval 7`."""
    words = occasion_words(occasion)
    return words[:1].lower() + words[1:]


def rated_words(criterion: Criterion, occasion: str) -> str:
    """What was rated: `2c Questions, segment 2`."""
    what, when = f"{criterion.code} {criterion.title}", in_words(occasion)
    return f"{what}, {when}" if when else what


def given_words(criterion: Criterion, cell: Cell, names: Sequence[str]) -> list[tuple[str, str]]:
    """(what somebody did, the level or value) for each observer: `Ada gave`, `3 Secure`."""
    given = zip(names, cell.values, strict=True)
    return [_given(criterion, name, value) for name, value in given]


def _given(criterion: Criterion, name: str, value: Any) -> tuple[str, str]:
    if value is None:
        return _("%(name)s gave nothing", name=name), ""
    if value == NOT_SEEN:
        return _("%(name)s did not see it", name=name), ""
    if value == NOT_APPLICABLE:
        return _("%(name)s said that it does not apply", name=name), ""
    return _("%(name)s gave", name=name), value_words(criterion, value)


def cut_short_words(cell: Cell, names: Sequence[str]) -> str:
    """`Siôn ended early here.`; nothing where nobody did."""
    who = [names[place] for place in cell.cut_short]
    return _("%(names)s ended early here.", names=listed(who)) if who else ""


def shown_cells(compared: Compared) -> list[Cell]:
    """The occasions to be told one by one: all of a few, else those that differ, at most six."""
    if len(compared.cells) <= MOST_CELLS:
        return list(compared.cells)
    apart = [c for c in compared.cells if c.finding not in (Finding.SAME, Finding.UNRATED)]
    return apart[:MOST_CELLS]


def cells_sentence(compared: Compared) -> str:
    """On how many occasions the records were the same, where there are several."""
    if len(compared.cells) < 2:
        return ""
    same = sum(cell.finding is Finding.SAME for cell in compared.cells)
    return _("The same on %(same)d of %(all)d occasions.", same=same, all=len(compared.cells))


def tally_sentence(talk: Talk) -> str:
    """`You gave the same level on 10 of 16 criteria, one apart on 4; one was seen by only one.`"""
    counts = tally(talk.compared)
    rated = sum(n for (finding, _gap), n in counts.items() if finding is not Finding.UNRATED)
    same = counts.get((Finding.SAME, 0), 0)
    first = ngettext(
        "the same on %(same)d of %(num)d criterion",
        "the same on %(same)d of %(num)d criteria",
        rated,
        same=same,
    )
    apart = [
        _("%(gap)s apart on %(count)d", gap=gap_number(gap), count=n)
        for (finding, gap), n in sorted(counts.items(), key=lambda each: each[0][1])
        if finding is Finding.APART
    ]
    told = _("You were %(found)s.", found=", ".join([first, *apart]))
    return " ".join([told, *_odd_ones(counts, observers=len(talk.observers))])


def _odd_ones(counts: Mapping[tuple[Finding, int], int], *, observers: int) -> list[str]:
    other = counts.get((Finding.OTHER_VALUE, 0), 0)
    saw = counts.get((Finding.ONE_SAW, 0), 0)
    apply = counts.get((Finding.ONE_NOT_APPLICABLE, 0), 0)
    nobody = counts.get((Finding.UNRATED, 0), 0)
    told = [
        other and ngettext("%(num)d was not the same.", "%(num)d were not the same.", other),
        saw and _seen_by_some(saw, observers),
        apply
        and ngettext(
            "On %(num)d criterion one of you said that it does not apply.",
            "On %(num)d criteria one of you said that it does not apply.",
            apply,
        ),
        nobody
        and ngettext("%(num)d was rated by nobody.", "%(num)d were rated by nobody.", nobody),
    ]
    return [sentence for sentence in told if sentence]


def _seen_by_some(count: int, observers: int) -> str:
    if observers > 2:
        return ngettext(
            "%(num)d was not seen by all of you.", "%(num)d were not seen by all of you.", count
        )
    return ngettext(
        "%(num)d was seen by only one of you.", "%(num)d were seen by only one of you.", count
    )


def gap_number(gap: int) -> str:
    """One, two and three in words."""
    return {1: _("one"), 2: _("two"), 3: _("three")}.get(gap, str(gap))


def gap_sentence(cell: Cell) -> str:
    """`two levels apart`, or what stands in its place."""
    if cell.finding is Finding.APART:
        return ngettext("one level apart", "%(num)d levels apart", cell.gap)
    words = {
        Finding.ONE_SAW: _of_three(cell) or _("one saw it, the other did not"),
        Finding.ONE_NOT_APPLICABLE: _("one said that it does not apply"),
        Finding.OTHER_VALUE: _("not the same"),
    }
    return words.get(cell.finding, _("the same"))


def shift_words(minutes: int) -> str:
    """`3 minutes later`, `1 minute earlier`."""
    if minutes < 0:
        return ngettext("%(num)d minute earlier", "%(num)d minutes earlier", -minutes)
    return ngettext("%(num)d minute later", "%(num)d minutes later", minutes)


def agreed_words(criterion: Criterion, agreed: Agreed) -> str:
    """`agreed on 3 Secure`, `you agree now`, or `you still differ`."""
    if agreed.outcome is Outcome.DIFFER:
        return _("you still differ")
    if agreed.level is None:
        return _("you agree now")
    return _("agreed: %(level)s", level=value_words(criterion, agreed.level))
