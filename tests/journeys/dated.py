"""Observe as `wsgi.py` serves it, on a day of its own: its clock starts at the moment FROM."""

import os
import time
from datetime import datetime, timedelta

from observe.settings import from_environment
from observe.web import database

FROM, STARTED = datetime.fromisoformat(os.environ["FROM"]), time.monotonic()


def now() -> datetime:
    """The moment FROM, and what went by since."""
    return FROM + timedelta(seconds=time.monotonic() - STARTED)


# Pages take the clock from there when they are imported, so it is set before any of them is.
database.now = now

from observe.web.app import create_app  # noqa: E402

app = create_app(from_environment())
