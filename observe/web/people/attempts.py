"""How often one address may try in vain; kept in the memory of the server process."""

import threading
from collections import deque
from datetime import datetime, timedelta

from flask import request

from observe.core.errors import TooOften

WITHIN = timedelta(minutes=10)
WRONG = 60
ADDRESSES = 10_000


class Attempts:
    """Vain tries by address; a whole school may sit behind one. `told` is said to whoever must wait."""

    def __init__(self, told: str) -> None:
        self._told = told
        self._wrong: dict[str, deque[datetime]] = {}
        self._lock = threading.Lock()

    def check(self, address: str, *, at: datetime) -> None:
        """TooOften when this address tried 60 times in vain in the last ten minutes."""
        with self._lock:
            if self._recent(address, at=at) >= WRONG:
                raise TooOften(self._told)

    def wrong(self, address: str, *, at: datetime) -> None:
        """Count one more; beyond 10,000 addresses the oldest is forgotten."""
        with self._lock:
            self._wrong.setdefault(address, deque(maxlen=WRONG)).append(at)
            if len(self._wrong) > ADDRESSES:
                del self._wrong[next(iter(self._wrong))]

    def _recent(self, address: str, *, at: datetime) -> int:
        return sum(at - tried < WITHIN for tried in self._wrong.get(address, ()))


def asking() -> str:
    """The network address that asks."""
    return request.remote_addr or "unknown"
