"""Re-checks in words, for those who plan them."""

from observe.core.rechecks import Against, Limits
from observe.services.rechecks import Coming, Recheck, Rechecks
from observe.web.dates import day_short
from observe.web.words import gettext as _
from observe.web.words import ngettext


def begins(found: Rechecks) -> str:
    """How many are due, first of all; what is to be said loudest stands in brackets."""
    if not found.listed:
        return _(
            "[Nobody whom you see here is certified] by a decision, so there is nothing to re-check."
        )
    due = sum(is_due(each) for each in found.listed)
    if found.pages > 1:
        return _on_this_page(due)
    if not due:
        return _("[No re-check is due] now.")
    return ngettext("[%(num)d re-check] is due.", "[%(num)d re-checks] are due.", due)


def _on_this_page(due: int) -> str:
    if not due:
        return _("[No re-check is due] of those on this page.")
    return ngettext(
        "[%(num)d re-check] is due of those on this page.",
        "[%(num)d re-checks] are due of those on this page.",
        due,
    )


def is_due(each: Recheck) -> bool:
    """Whether the next lesson with an adviser should be a re-check."""
    return each.standing.recheck is None and each.standing.recheck_in == 0


def how_far(each: Recheck) -> str:
    """How far somebody's next re-check is."""
    if each.standing.recheck:
        return _("rated; waits until they look")
    if is_due(each):
        return _("due: with the next adviser")
    return ngettext(
        "due after %(num)d more lesson",
        "due after %(num)d more lessons",
        each.standing.recheck_in or 0,
    )


def agreed(found: Rechecks) -> str:
    """Who keeps what was agreed, since when."""
    if not found.agreed.at:
        return _(
            "Nothing was agreed on unannounced re-checks, so each one is announced when it is due."
        )
    return _("Set by %(name)s on %(day)s.", name=found.agreed_by, day=day_short(found.agreed.at))


def limits(agreed_on: Limits) -> list[str]:
    """What was agreed, a sentence each."""
    if not agreed_on.unannounced:
        return [
            _("Re-checks are announced: whoever is due reads it on their page of certification.")
        ]
    told = [
        _(
            "Re-checks may come unannounced: to whoever is re-checked it is a lesson like any other."
        ),
        ngettext(
            "At most %(num)d a half term and person.",
            "At most %(num)d a half term and person.",
            agreed_on.most,
        ),
    ]
    if agreed_on.first_weeks:
        told.append(
            ngettext(
                "None in the first %(num)d week of a term.",
                "None in the first %(num)d weeks of a term.",
                agreed_on.first_weeks,
            )
        )
    if agreed_on.only_free:
        told.append(
            _("Only in half days that they said are free; who never said is free in all of them.")
        )
    return told


def against(coming: Coming) -> str:
    """What speaks against a lesson as a re-check; nothing where nothing does."""
    if coming.against is None:
        return ""
    told = {
        Against.FIRST_WEEKS: _("in the first weeks of a term"),
        Against.TOO_MANY: _("enough are planned in this half term"),
        Against.NOT_FREE: _("not in a half day that they said is free"),
        Against.AWAY: _("they are away"),
    }
    return told[coming.against]
