"""Observe as `wsgi.py` serves it, on a machine that fails while a file in the folder FAULTS says so.

`full`: nothing more fits on the disk. `stuck`: a transaction that a tablet's request has filled stands
still before its commit, and `standing` appears; only a kill ends it.
"""

import os
import time
from pathlib import Path
from typing import Any

from flask import has_request_context, request
from sqlalchemy import event

from observe.settings import from_environment
from observe.storage.database import WRITES
from observe.web.app import create_app

FAULTS = Path(os.environ["FAULTS"])
ROOMY = 2**31
app = create_app(from_environment())
engine = app.extensions["observe_database"].engine


@event.listens_for(engine, "checkout")
def _limit(connection: Any, *_: object) -> None:
    """Leaves SQLite the room that its disk has."""
    if engine.dialect.name == "sqlite":
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        most = pages if (FAULTS / "full").exists() else ROOMY
        connection.execute(f"PRAGMA max_page_count = {most}")


@event.listens_for(engine, "commit")
def _stand_still(connection: Any) -> None:
    sending = has_request_context() and request.path == "/api/v1/sync"
    writes = connection.get_execution_options().get(WRITES, True)
    if sending and writes and (FAULTS / "stuck").exists():
        (FAULTS / "standing").touch()
        time.sleep(600)
