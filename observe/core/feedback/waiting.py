"""When a summary has waited so long with its reader that the next one up is asked as well."""

from collections.abc import Collection
from datetime import date

from observe.core.feedback.review import days_left

PATIENCE = 3
PATIENCE_WHEN_LATE = 1


def is_too_long(since: date, today: date, *, due: date, holidays: Collection[date] = ()) -> bool:
    """Whether three working days went by since it was last handed on; one is enough once it is late."""
    patience = PATIENCE_WHEN_LATE if today > due else PATIENCE
    return days_left(today, since, holidays) >= patience
