"""What stands beside a name where observers are chosen: to which day they are certified, and no more."""

from datetime import date
from uuid import UUID

from observe.core.certificates import Certificate
from observe.services.certificates import Shown
from observe.web.dates import day_short
from observe.web.words import gettext as _
from observe.web.words import ngettext


def of_person(shown: Shown, person_id: UUID) -> str:
    """`certified to 12 Mar 2027`; nothing in a network that does not certify."""
    held = shown.held.get(person_id)
    return words(held, shown.today) if held else ""


def with_name(shown: Shown, person_id: UUID, name: str) -> str:
    """`Siôn Prydderch, certified to 12 Mar 2027`."""
    told = of_person(shown, person_id)
    return f"{name}, {told}" if told else name


def words(held: Certificate, today: date) -> str:
    """The day of a certificate in words; whoever has none looks the same whatever the reason."""
    if not held.held:
        if held.ran_out and held.until:
            return _("certificate ran out on %(day)s", day=day_short(held.until))
        return _("no certificate")
    if held.until is None:
        return _("certified")
    told = _("certified to %(day)s", day=day_short(held.until))
    return f"{told} ({soon(held.until, today)})" if held.is_soon_over(today) else told


def soon(until: date, today: date) -> str:
    """`runs out in 3 weeks`, `runs out in 4 days`, `runs out today`."""
    left = (until - today).days
    if left == 0:
        return _("runs out today")
    if left < 14:
        return ngettext("runs out in %(num)d day", "runs out in %(num)d days", left)
    return ngettext("runs out in %(num)d week", "runs out in %(num)d weeks", left // 7)


def set_by(shown: Shown, person_id: UUID) -> str:
    """`set by Margaret Obi on 3 Nov 2026`, without the reason; nothing where it was judged."""
    held = shown.held.get(person_id)
    if held is None or held.by_hand is None or not (held.held or held.ran_out):
        return ""
    said = held.by_hand
    return _(
        "set by %(name)s on %(day)s", name=shown.names.get(said.by, ""), day=day_short(said.at)
    )
