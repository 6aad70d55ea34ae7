"""How often one address may give a wrong password; kept in the memory of the server process."""

import threading
from collections import deque
from datetime import datetime, timedelta

from observe.core.errors import TooOften

WITHIN = timedelta(minutes=10)
WRONG = 60
ADDRESSES = 10_000


class Attempts:
    """Wrong passwords by address; a whole school may sit behind one."""

    def __init__(self) -> None:
        self._wrong: dict[str, deque[datetime]] = {}
        self._lock = threading.Lock()

    def check(self, address: str, *, at: datetime) -> None:
        """TooOften when this address gave 60 wrong passwords in the last ten minutes."""
        with self._lock:
            if self._recent(address, at=at) >= WRONG:
                raise TooOften(
                    "Too many wrong passwords came from this network. Wait ten minutes, then try again."
                )

    def wrong(self, address: str, *, at: datetime) -> None:
        """Count one more wrong password; beyond 10,000 addresses the oldest is forgotten."""
        with self._lock:
            self._wrong.setdefault(address, deque(maxlen=WRONG)).append(at)
            if len(self._wrong) > ADDRESSES:
                del self._wrong[next(iter(self._wrong))]

    def _recent(self, address: str, *, at: datetime) -> int:
        return sum(at - tried < WITHIN for tried in self._wrong.get(address, ()))
