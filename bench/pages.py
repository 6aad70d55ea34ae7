"""How fast the pages of the demonstration answer, and whether they stay so when it is ten times as large.

    python bench/pages.py [--scale 10] [--times 7]

Prints one line a page and role: median and 95th percentile in milliseconds at scale 1, the median at the
larger scale, and their ratio. The group's figures have a second line, "after a change": each time a record
was withdrawn just before, so nothing that was kept can be shown. First it prints the memory of an idle
worker and the time of the import.
Aims: median under 150 ms, ratio near 1; memory under 130 MB; import under 1.2 s.
"""

import argparse
import http.cookiejar
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from running import ROOT, Demo, demo
from sqlalchemy import select

from observe.settings import sqlite_url
from observe.storage import paired_ratings
from observe.storage.database import Database
from observe.storage.tables.calibration import PairedLesson
from observe.storage.tables.people import Network

UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
ONE_OF_MANY = re.compile(
    rf"{UUID}|(?<=/)[0-9a-f]{{64}}|\d{{4}}-\d\d-\d\d|(?:autumn|spring|summer)-\d{{4}}"
)
LEAVES = re.compile(r"/static/|sign-out|\.(csv|pdf|xlsx)|^#|^http|/link/")
CHANGED = "after a change"
GROUP = "/agreement/group"
ROLES = ("head", "adviser", "leader", "teacher", "facilitator", "deputy")


class Visitor:
    """Somebody signed in by the form."""

    def __init__(self, demo: Demo, role: str) -> None:
        self.demo = demo
        self.opener = build_opener(HTTPCookieProcessor(http.cookiejar.CookieJar()))
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.page("/sign-in"))
        assert token
        form = {"email": demo.accounts[role], "password": demo.password, "csrf_token": token[1]}
        self.opener.open(Request(f"{demo.url}/sign-in", urlencode(form).encode())).close()

    def page(self, path: str) -> str:
        with self.opener.open(f"{self.demo.url}{path}") as answer:
            return str(answer.read().decode("utf-8", "replace"))

    def milliseconds(self, path: str, times: int) -> list[float]:
        taken = []
        for _ in range(times):
            begun = time.perf_counter()
            self.page(path)
            taken.append((time.perf_counter() - begun) * 1000)
        return taken


def places(visitor: Visitor, depth: int = 3) -> dict[str, str]:
    """One address for each kind of page that a person can reach by links, from Today on."""
    found, edge = {"/": "/"}, ["/"]
    for _ in range(depth):
        edge = [path for page in edge for path in new_links(visitor.page(page), found)]
    return found


def new_links(html: str, found: dict[str, str]) -> list[str]:
    fresh = []
    for link in re.findall(r'href="(/[^"#?]*)', html):
        kind = ONE_OF_MANY.sub("<one>", link)
        if kind not in found and not LEAVES.search(link):
            found[kind] = link
            fresh.append(link)
    return fresh


def measured(scale: int, times: int) -> dict[tuple[str, str], tuple[float, float]]:
    """Median and 95th percentile by role and kind of page; also prints what only scale 1 tells."""
    figures = {}
    with demo(scale) as running:
        if scale == 1:
            print(f"memory of an idle worker: {memory(running.worker):.0f} MB (aim 130)")
            print(f"import of the application: {import_seconds():.2f} s (aim 1.2)")
        for role in (each for each in ROLES if each in running.accounts):
            visitor = Visitor(running, role)
            print(f"{role}, scale {scale} ...", file=sys.stderr)
            for kind, path in places(visitor).items():
                figures[role, kind] = told(visitor.milliseconds(path, times))
        figures["facilitator", f"{GROUP} {CHANGED}"] = told(changed(running, times))
    return figures


def told(taken: list[float]) -> tuple[float, float]:
    """Median and 95th percentile of some times."""
    ordered = sorted(taken)
    return statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))]


def changed(running: Demo, times: int) -> list[float]:
    """Milliseconds of the group's figures, each time after somebody withdrew from a pair."""
    visitor, taken = Visitor(running, "facilitator"), []
    for _ in range(times):
        withdraw_one(running.folder)
        taken += visitor.milliseconds(GROUP, 1)
    return taken


def withdraw_one(folder: Path) -> None:
    """Leave one more lesson out of the figures, as when its observer withdraws."""
    database = Database(sqlite_url(folder))
    with database.outside() as session:
        network_id = session.scalars(select(Network.id)).one()
    with database.write(network_id) as session:
        query = select(PairedLesson).where(PairedLesson.left_out.is_(None)).limit(1)
        row = session.scalars(query).one()
        paired_ratings.leave_out(session, row.lesson_id, [row.observer_a])
    database.engine.dispose()


def memory(pid: int) -> float:
    """Resident memory in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else float("nan")


LOADED = """
from observe import loading
with loading.for_good():
    import observe.web.app
"""


def import_seconds() -> float:
    """As a process that serves loads it."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", LOADED], check=True, cwd=ROOT)
    return time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scale", type=int, default=10)
    parser.add_argument("--times", type=int, default=7)
    asked = parser.parse_args()
    small, large = measured(1, asked.times), measured(asked.scale, asked.times)
    at_scale = f"median x{asked.scale}"
    print(f"{'role':<12} {'page':<44} {'median':>7} {'p95':>7} {at_scale:>12} {'ratio':>6}")
    for key in sorted(small.keys() & large.keys()):
        (median, p95), (later, _) = small[key], large[key]
        print(
            f"{key[0]:<12} {key[1]:<44} {median:7.1f} {p95:7.1f} {later:12.1f} {later / median:6.2f}"
        )
    slowest = max(value[0] for value in (*small.values(), *large.values()))
    print(f"slowest median: {slowest:.0f} ms (aim 150)")


if __name__ == "__main__":
    main()
