"""What few pages need is loaded where it is asked for, so that a start is quick and a process small."""

import gc
import subprocess
import sys
from pathlib import Path

from observe import loading

ROOT = Path(__file__).parent.parent
ASKED_FOR = {
    "aiosmtpd",
    "alembic",
    "gunicorn",
    "icalendar",
    "igraph",
    "krippendorff",
    "minify",
    "openpyxl",
    "psycopg",
    "pydantic",
    "smtplib",
    "typst",
    "waitress",
    "xlsxwriter",
    "yaml",
}
LOADED = """
import sys
from observe.settings import Settings
from observe.web.app import create_app
create_app(Settings(database_url="sqlite://", secret_key="for tests only", https=False))
print(*{name.partition(".")[0] for name in sys.modules})
"""


def test_the_application_starts_without_what_few_pages_need() -> None:
    told = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert "flask" in told.split()
    assert not ASKED_FOR & {*told.split()}


def test_garbage_is_looked_for_again_once_the_application_is_loaded() -> None:
    before = gc.get_freeze_count()
    with loading.for_good():
        kept: list[list[int]] = [[] for _ in range(1000)]
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() - before >= len(kept)
    gc.unfreeze()
