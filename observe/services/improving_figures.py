"""A measure from the network's own figures: how often heads and advisers gave the same level."""

from datetime import date

from observe.core.improving import Measured
from observe.core.run_chart import Point
from observe.services import over_time_figures
from observe.storage.database import NetworkSession

NOTHING_YET = "no pair is counted yet"
TOO_SMALL = "fewer than 5 people"
DECIMALS = 1


def same_level(session: NetworkSession) -> tuple[list[Measured], str]:
    """In per cent, a point for each ten lessons of the whole group on the day of the last; else why none.

    They are the very windows that the group's page over time shows: heads beside advisers where they are
    five people or more, and no window behind which fewer than five stand.
    """
    found = over_time_figures.of_group(session)
    if found is None:
        return [], NOTHING_YET
    if not over_time_figures.is_shown(found):
        return [], TOO_SMALL
    drift = found.course.drift
    return [
        Measured(Point(date.fromordinal(window.last_day), round(100 * value, DECIMALS)))
        for window in drift.windows
        if (value := window.exact.value) is not None
    ], drift.reason or ""
