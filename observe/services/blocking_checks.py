"""Which checks hold a summary up, as the facilitator sets them for the network."""

from collections.abc import Collection
from datetime import datetime

from observe.core.errors import Invalid
from observe.core.feedback.finding import Kind
from observe.core.permissions import Person
from observe.storage import history
from observe.storage.database import NetworkSession
from observe.storage.tables.people import Network


def chosen(session: NetworkSession) -> frozenset[Kind]:
    """The checks that hold a summary up; none until somebody says so."""
    kept = session.get_one(Network, session.network_id).blocking_checks
    return frozenset(kind for kind in Kind if kind.value in kept)


def choose(session: NetworkSession, ticked: Collection[str], *, by: Person, at: datetime) -> None:
    """Let these checks hold a summary up, and no other; Invalid for one that there is not."""
    known = {kind.value for kind in Kind}
    if not known.issuperset(ticked):
        raise Invalid("One of these checks is not known. Load the page again.")
    row = session.get_one(Network, session.network_id)
    now = [kind.value for kind in Kind if kind.value in ticked]
    if now != row.blocking_checks:
        before, row.blocking_checks = row.blocking_checks, now
        here = session.network_id
        told = {"before": before, "after": now}
        history.wrote(session, "checks chosen", "network", here, by=by.id, at=at, **told)
