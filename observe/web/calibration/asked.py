"""Which group an address names, in words and as an address: rubric, school, term, who beside whom."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from flask import g, request

from observe.core.agreement.figures import Report
from observe.core.agreement.ratings import RatedCriterion
from observe.core.rubric import Rubric
from observe.core.terms import Term
from observe.core.typed import id_in
from observe.services import group_figures
from observe.services.group_figures import GroupFigures
from observe.services.rated import codes_of
from observe.services.together import Narrowed
from observe.storage.database import NetworkSession
from observe.storage.group_ratings import EVERYBODY, ROLES
from observe.web.addresses import said
from observe.web.calibration import criterion_words
from observe.web.calibration.figure_words import Sides
from observe.web.dates import term_name
from observe.web.words import gettext as _


def group(session: NetworkSession) -> GroupFigures | None:
    """The group that the address names, or the widest there is."""
    named = request.args
    return group_figures.of_group(
        session,
        digest=named.get("rubric", ""),
        school_id=id_in(named.get("school", "")),
        who=named.get("who", ""),
        term=named.get("term", ""),
    )


def narrowed() -> Narrowed:
    """The term and school to which the address narrows somebody's own lessons."""
    return Narrowed(request.args.get("term", ""), id_in(request.args.get("school", "")))


def narrowed_pair() -> Narrowed:
    """The same, and as what two people observed, seen from whoever opens an address of the other."""
    found, of = request.args.get("who", ""), request.args.get("of", str(g.person.id))
    mine, _dash, theirs = found.partition("-")
    return replace(narrowed(), who=found if of == str(g.person.id) else f"{theirs}-{mine}")


def pair_whos(whos: Iterable[str], partner: str) -> dict[str, str]:
    """`You as head, Ruth as adviser` of each, by what addresses name them."""
    as_what = {
        "head": _("head"),
        "adviser": _("adviser"),
        "leader": _("team leader"),
        "other": _("visitor"),
    }
    both = {each: [as_what.get(one, one) for one in each.split("-")] for each in whos}
    return {
        each: _("You as %(mine)s, %(name)s as %(theirs)s", mine=mine, name=partner, theirs=theirs)
        for each, (mine, theirs) in both.items()
    }


def kept(found: GroupFigures) -> dict[str, Any]:
    """What an address says so that a colleague who opens it sees the same."""
    chosen = found.selection
    return said(
        rubric=chosen.rubric_digest,
        who=who(found),
        school=chosen.school_id,
        term=chosen.term.key if chosen.term else "",
    )


def named_criteria(rubric: Rubric, criteria: Iterable[RatedCriterion]) -> dict[str, str]:
    """`2c Behaviour` of each of these criteria, by key."""
    codes = codes_of(rubric)
    return {each.key: f"{codes[each.key]} {each.title}".strip() for each in criteria}


def criteria(report: Report) -> list[RatedCriterion]:
    """The criteria of levels that one may ask for: those that two rated."""
    return [each.criterion for each in report.criteria if each.n and each.criterion.has_levels]


def criterion(report: Report) -> str:
    """The criterion that the address names; empty for all of them, and for one that nobody knows."""
    key = request.args.get("criterion", "")
    return key if key in {each.key for each in criteria(report)} else ""


def who(found: GroupFigures) -> str:
    """Who stands beside whom, as an address names it."""
    return found.selection.who


def whos(found: GroupFigures) -> dict[str, str]:
    """Who may stand beside whom, in words by what addresses name them; and who does now."""
    return {each: who_name(each) for each in (*found.whos, who(found))}


def terms(found: GroupFigures) -> list[Term]:
    """The terms that one may choose, the latest first; and the one that is chosen."""
    chosen = found.selection.term
    return sorted({*found.terms, *([chosen] if chosen else [])}, reverse=True)


def is_everybody(found: GroupFigures) -> bool:
    """Whether first and second are not the same capacities throughout."""
    return who(found) == EVERYBODY


def term_names(terms: Iterable[Term]) -> dict[str, str]:
    """`Autumn 2026` of each term, by key."""
    return {each.key: term_name(each) for each in terms}


def who_name(named: str) -> str:
    """`Heads beside advisers`, `All observers`, `Heads beside team leaders`."""
    if named == EVERYBODY:
        return _("All observers")
    first, second = _capacities(named)
    return _("%(first)s beside %(second)s", first=_several(first)[0], second=_several(second)[1])


def _capacities(named: str) -> tuple[str, str]:
    first, _dash, second = ("head-adviser" if named == ROLES else named).partition("-")
    return first, second


def _several(capacity: str) -> tuple[str, str]:
    """People of this capacity, as a sentence begins and inside one."""
    known = {
        "head": (_("Heads"), _("heads")),
        "adviser": (_("Advisers"), _("advisers")),
        "leader": (_("Team leaders"), _("team leaders")),
    }
    return known.get(capacity, (_("Others"), _("others")))


def title(found: GroupFigures) -> str:
    """`Heads beside advisers, Thornbeck Primary, Autumn 2026`."""
    school_id, chosen = found.selection.school_id, found.selection.term
    school = found.schools.get(school_id, "") if school_id else ""
    parts = (who_name(who(found)), school, term_name(chosen) if chosen else "")
    return ", ".join(part for part in parts if part)


def sides(found: GroupFigures) -> Sides:
    """Two capacities; where everybody is in, the one who stands first by role and the other."""
    named = who(found)
    if named == EVERYBODY:
        return Sides(_("First"), _("Second"), _("the first"), _("the second"), _("The first was"))
    first, second = _capacities(named)
    (one, inside), (other, other_inside) = _several(first), _several(second)
    return Sides(one, other, inside, other_inside, _("%(who)s were", who=one))


def both(found: GroupFigures) -> str:
    """`heads and advisers`; `two observers` where everybody is in."""
    return _("two observers") if is_everybody(found) else criterion_words.both(sides(found))


def roles() -> Sides:
    """Heads beside advisers: between these a difference has a sign."""
    return Sides(_("Heads"), _("Advisers"), _("heads"), _("advisers"), _("Heads were"))
