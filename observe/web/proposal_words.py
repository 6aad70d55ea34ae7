"""Why two people should observe together next, in a sentence that a head understands."""

from collections.abc import Callable, Mapping
from typing import Any

from observe.services.next_pairs import Begins, JoinsGroups, JoinsOne, Reason, Rotates, Waits
from observe.web.words import gettext as _


def why(reason: Reason) -> str:
    """The reason of a proposal."""
    return WORDS[type(reason)](reason)


def _begins(reason: Begins) -> str:
    return _(
        "Neither has observed with anybody since %(month)s, so this is a beginning.",
        month=f"{reason.since:%B %Y}",
    )


def _joins_one(reason: JoinsOne) -> str:
    return _(
        "%(new)s has observed with nobody since %(month)s; with %(known)s, all %(people)d of the"
        " group can be compared.",
        new=reason.new,
        known=reason.known,
        people=reason.people,
        month=f"{reason.since:%B %Y}",
    )


def _joins_groups(reason: JoinsGroups) -> str:
    if reason.everybody:
        return _(
            "Joins the two groups, so that all %(people)d can be compared.", people=reason.people
        )
    return _(
        "Joins two groups, so that %(people)d observers can be compared.", people=reason.people
    )


def _rotates(reason: Rotates) -> str:
    partner = reason.partner or _("one person")
    values = {"name": reason.of, "times": reason.times, "all": reason.shared, "partner": partner}
    told = (
        _("%(times)d of %(name)s’s %(all)d lessons were with %(partner)s.", **values)
        if reason.times < reason.shared
        else _("All %(times)d of %(name)s’s lessons were with %(partner)s.", **values)
    )
    return f"{told} {_('Pairs that never change drift together.')}"


def _waits(reason: Waits) -> str:
    month = f"{reason.last:%B}" if reason.this_year else f"{reason.last:%B %Y}"
    return _("%(name)s’s last shared lesson was in %(month)s.", name=reason.of, month=month)


WORDS: Mapping[type[Reason], Callable[[Any], str]] = {
    Begins: _begins,
    JoinsOne: _joins_one,
    JoinsGroups: _joins_groups,
    Rotates: _rotates,
    Waits: _waits,
}
