"""How one observer sat through it: which books were opened, and whether it ended before its time."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

BOOK = re.compile(r"context/sample-([1-9][0-9]{0,3})")
PARTIAL = re.compile(r"(segment|interval)-[1-9][0-9]{0,2}")


@dataclass(frozen=True, slots=True)
class Sitting:
    """`partial` is the occasion that was cut short; `openings` are (ms since Start, number of the book).

    `started` says whether the clock was started, `ended` (ms since Start) when it all ended, where
    the tablet was told or it ended before its time.
    """

    partial: str | None = None
    openings: tuple[tuple[float, int], ...] = ()
    started: bool = False
    ended: float | None = None

    @property
    def books(self) -> int:
        """How many books were looked at."""
        return len(self.openings)

    def book_at(self, elapsed_ms: float) -> int | None:
        """The book that lay open, the first before any was; None where no books were read."""
        opened = [number for at, number in self.openings if at <= elapsed_ms]
        return opened[-1] if opened else (1 if self.openings else None)


def sitting_of(values: Mapping[str, Any]) -> Sitting:
    """What a record, as {field: value}, tells of its sitting; a book that was taken back is none."""
    partial, ended = values.get("context/partial"), values.get("context/ended")
    known = isinstance(partial, str) and PARTIAL.fullmatch(partial)
    openings = [
        (value, int(found[1]))
        for name, value in values.items()
        if (found := BOOK.fullmatch(name)) and _is_time(value)
    ]
    return Sitting(
        partial=partial if known else None,
        openings=tuple(sorted(openings)),
        started=values.get("clock/started") is not None,
        ended=ended if _is_time(ended) else None,
    )


def _is_time(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
