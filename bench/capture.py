"""What the sheet costs an observer and a tablet, in a real Chromium against a real server process.

    python bench/capture.py [--keys 400] [--seconds 5]

Prints, each beside its aim: keystroke to durable at 1x and 4x CPU throttle; taps for a rating, a line and a
tag; the first load over 1.6 Mbit/s and 150 ms at 4x CPU with its bytes and requests; a cold start without
network; 3,000 operations drained; memory of the page after a lesson of 300 lines; and saves a second beside
a bare insert. Close other work first: everything here is time.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import (
    BrowserContext,
    CDPSession,
    Page,
    Playwright,
    Request,
    sync_playwright,
)
from running import QUIET, Demo, demo
from saves import print_rates

TABLET = {"width": 1180, "height": 820}
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
LINE = "Asks for a reason and waits five seconds before anybody answers"
LINES, OPERATIONS, MEGABYTE = 300, 3000, 1_000_000

# From the event of a key until the page hears that it is in the store: the writing worker answers after
# the end of its transaction. Chromium slows the page down, not the worker.
STOPWATCH = """
globalThis.keystrokes = [];
{
  const waiting = [];
  const handed = new Map();
  const watched = new WeakSet();
  const post = Worker.prototype.postMessage;
  addEventListener("input", (event) => waiting.push(event.timeStamp), true);
  function heard({ data: { told } }) {
    for (const [turn, times] of told ? handed : []) {
      if (turn > told.through) continue;
      handed.delete(turn);
      keystrokes.push(...times.map((at) => performance.now() - at));
    }
  }
  Worker.prototype.postMessage = function (message, ...more) {
    if (message.turn) handed.set(message.turn.turn, waiting.splice(0));
    if (!watched.has(this)) watched.add(this), this.addEventListener("message", heard);
    return post.call(this, message, ...more);
  };
}
"""
# When the sheet could be written on, since the page was asked for.
READY = """
globalThis.readyAt = null;
new MutationObserver(() => {
  if (readyAt === null && document.querySelector("main[data-ready]")) readyAt = performance.now();
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-ready"] });
"""
TAPS = "globalThis.taps = 0; addEventListener('pointerdown', () => (taps += 1), true);"


@dataclass
class Traffic:
    """What a page and its workers received: bytes as on the wire, headers included."""

    requests: list[Request] = field(default_factory=list)

    def watch(self, page: Page) -> "Traffic":
        page.on("requestfinished", lambda request: self.requests.append(request))
        return self

    def __str__(self) -> str:
        taken = sum(map(received, self.requests))
        return f"{taken / 1000:.1f} kB in {len(self.requests)} requests"


def received(request: Request) -> int:
    """Bytes of an answer with its headers; Chromium tells no body of a worker's script, the server does."""
    sizes, answer = request.sizes(), request.response()
    told = int(answer.headers.get("content-length", 0)) if answer else 0
    return (sizes["responseBodySize"] or told) + sizes["responseHeadersSize"]


@contextmanager
def tablet(playwright: Playwright, running: Demo, profile: str) -> Iterator[BrowserContext]:
    """A browser with a profile on disk."""
    context = playwright.chromium.launch_persistent_context(
        profile, executable_path=shutil.which("chromium"), args=QUIET,
        base_url=running.url, viewport=TABLET, locale="en-GB",  # type: ignore[arg-type]
    )  # fmt: skip
    context.add_init_script(STOPWATCH + READY + TAPS)
    yield context
    context.close()


def sign_in(page: Page, running: Demo) -> None:
    page.goto("/sign-in")
    page.fill("#email", running.accounts["head"])
    page.fill("#password", running.password)
    page.press("#password", "Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def planned_sheets(page: Page) -> list[str]:
    """Addresses of the sheets of lessons that are planned."""
    lessons = page.evaluate(
        "fetch('/api/v1/bootstrap').then((a) => a.json()).then((b) => b.lessons)"
    )
    return [
        f"/sheet/{each['rubric'].removeprefix('sha256:')}#{each['observation_id']}"
        for each in lessons
        if each["state"] == "planned"
    ]


def open_sheet(page: Page, path: str) -> None:
    page.goto("about:blank")
    page.goto(path)
    page.wait_for_selector("main[data-ready]")


def throttled(page: Page, times: int) -> CDPSession:
    wire = page.context.new_cdp_session(page)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": times})
    return wire


def print_keystrokes(page: Page, path: str, keys: int) -> None:
    for times in (1, 4):
        open_sheet(page, path)
        wire = throttled(page, times)
        page.focus("#note")
        for place in range(keys):
            page.keyboard.press(
                "Enter" if place % 60 == 59 else "abcdefghij "[place % 11].strip() or "Space"
            )
            time.sleep(0.06)
        page.wait_for_timeout(1000)
        taken = sorted(page.evaluate("keystrokes"))
        wire.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        median, p95 = statistics.median(taken), taken[int(0.95 * (len(taken) - 1))]
        aim = " (aim p95 30)" if times == 4 else ""
        print(
            f"keystroke to durable at {times}x: median {median:.1f} ms, p95 {p95:.1f} ms, "
            f"longest {taken[-1]:.1f} ms, {len(taken)} keys{aim}"
        )


def print_taps(page: Page, path: str) -> None:
    """Counts real taps for what an observer does most."""
    open_sheet(page, path)
    page.keyboard.type("Settles the class with one look")

    def taps(job: Any) -> int:
        before = page.evaluate("taps")
        job()
        return int(page.evaluate("taps") - before)

    page.focus("#note")
    page.keyboard.type(LINE)
    line = taps(lambda: page.keyboard.press("Enter"))
    page.keyboard.type(LINE)
    tag = taps(lambda: page.locator("#composer [data-chips] [data-criterion]").first.click())
    page.keyboard.press("Enter")
    rating = taps(lambda: page.locator("li.criterion label.level").first.click())
    print(f"taps: new line {line} (aim 0), tag {tag} (aim 2), rating {rating}")


def print_first_load(playwright: Playwright, running: Demo) -> None:
    """A profile that has only the session: nothing of Observe is kept in it."""
    with tempfile.TemporaryDirectory() as profile, tablet(playwright, running, profile) as context:
        page = context.pages[0]
        sign_in(page, running)
        path = planned_sheets(page)[0]
        open_sheet(page, path)  # the server has drawn this rubric's sheet for somebody before
        page.goto("about:blank")
        forget(context, page, running.url)
        wire = throttled(page, 4)
        traffic = Traffic().watch(page)
        wire.send("Network.enable")
        wire.send("Network.emulateNetworkConditions", SLOW)
        page.goto(path, wait_until="commit")
        page.wait_for_selector("main[data-ready]")
        ready, until_ready = page.evaluate("readyAt"), str(traffic)
        page.wait_for_load_state("networkidle")
        print(
            f"first load at 1.6 Mbit/s, 150 ms, 4x CPU: to be written on after {ready:.0f} ms (aim 1200) "
            f"with {until_ready}; in all {traffic} (aim 40 kB)"
        )


def forget(context: BrowserContext, page: Page, url: str) -> None:
    """Clear everything but the session."""
    wire = context.new_cdp_session(page)
    kinds = "indexeddb,local_storage,service_workers,cache_storage"
    wire.send("Storage.clearDataForOrigin", {"origin": url, "storageTypes": kinds})
    wire.send("Network.clearBrowserCache")


def print_cold_start(playwright: Playwright) -> None:
    """Today once with a network; then server and browser gone, and the browser started again."""
    times: dict[str, list[float]] = {"sheet": [], "Today": []}
    with tempfile.TemporaryDirectory() as profile:
        with demo(1) as running, tablet(playwright, running, profile) as context:
            page = context.pages[0]
            sign_in(page, running)
            page.get_by_text("is ready for lessons").wait_for(timeout=60_000)
            path = planned_sheets(page)[0]
        for _ in range(5):
            with tablet(playwright, running, profile) as context:
                page = context.pages[0]
                for name, address in (("sheet", path), ("Today", "/")):
                    page.goto(address)
                    page.wait_for_selector("main[data-ready]")
                    times[name].append(page.evaluate("readyAt"))
    for name, taken in times.items():
        print(
            f"cold start without network, {name}: median {statistics.median(taken):.0f} ms, "
            f"longest {max(taken):.0f} ms (aim 400)"
        )


def write_lines(page: Page, lines: int) -> None:
    """Types lines as fast as the page takes them, each with a criterion and a mark."""
    for place in range(lines):
        page.locator("#note").fill(f"{LINE}, {place}")
        page.locator("#composer [data-part=mark][data-value='+']").click()
        page.locator("#composer [data-chips] [data-criterion]").nth(place % 5).click()
        page.keyboard.press("Control+Enter")


def print_long_lesson(page: Page, path: str) -> None:
    """300 lines and every rating, offline; then what the page holds, and how long sending takes."""
    open_sheet(page, path)
    page.context.set_offline(True)
    write_lines(page, LINES)
    for row in page.locator("li.criterion").all():
        row.locator("label.level").first.click()
    wire = page.context.new_cdp_session(page)
    wire.send("HeapProfiler.collectGarbage")
    wire.send("Performance.enable")
    metrics = {
        each["name"]: each["value"] for each in wire.send("Performance.getMetrics")["metrics"]
    }
    print(
        f"memory of the page after {LINES} lines: {metrics['JSHeapUsedSize'] / MEGABYTE:.1f} MB of "
        f"JavaScript (aim 40), {metrics['Nodes']:.0f} nodes"
    )
    print_drained(page)


def print_drained(page: Page) -> None:
    waiting = int(page.get_attribute("main", "data-unsent") or 0)
    while waiting < OPERATIONS:
        write_lines(page, 1 + (OPERATIONS - waiting) // 5)
        page.wait_for_timeout(1500)
        waiting = int(page.get_attribute("main", "data-unsent") or 0)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    begun = time.perf_counter()
    page.context.set_offline(False)
    page.wait_for_selector("main[data-unsent='0']", timeout=120_000)
    batches = sum(url.endswith("/sync") for url in asked)
    print(
        f"{waiting} operations drained in {time.perf_counter() - begun:.1f} s and {batches} requests"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--keys", type=int, default=400)
    parser.add_argument("--seconds", type=float, default=5)
    asked = parser.parse_args()
    with sync_playwright() as playwright:
        with demo(1) as running:
            print_first_load(playwright, running)
            with (
                tempfile.TemporaryDirectory() as profile,
                tablet(playwright, running, profile) as context,
            ):
                page = context.pages[0]
                sign_in(page, running)
                sheets = planned_sheets(page)
                print_keystrokes(page, sheets[0], asked.keys)
                print_taps(page, sheets[0])
                print_long_lesson(page, sheets[-1])
        with demo(1) as running:
            print_rates(running, asked.seconds)
        print_cold_start(playwright)


if __name__ == "__main__":
    main()
