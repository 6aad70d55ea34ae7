"""A tablet that was ready once opens without a network, and a new release never comes between an observer and a lesson."""

import re
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.factories import School
from tests.journeys.conftest import Watched
from tests.journeys.servers import ROOT, Server, wait_for
from tests.journeys.sheets import Sheet, a_lesson_now
from tests.journeys.tablets import QUIET, TABLET, Tablet

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("offline")]

Tablets = Callable[..., Tablet]
RELEASES = "caches.keys()"
HERE = "Today, on this tablet"


class KeptSheet(Sheet):
    """A sheet as the tablet keeps it: one page for its rubric."""

    def open(self) -> "KeptSheet":
        digits = self.school.rubrics["teaching-framework"].removeprefix("sha256:")
        self.page.goto(f"/sheet/{digits}#{self.observation}", wait_until="commit")
        self.ready()
        return self


def is_ready(page: Page) -> None:
    """Today says that lessons can be recorded without a network."""
    page.goto("/")
    ready, late = page.locator("#ready"), page.get_by_role("button", name="Open the page")
    expect(ready.or_(late)).to_be_visible(timeout=20_000)
    if late.is_visible():
        late.click()
    expect(ready).to_contain_text("is ready for lessons", timeout=20_000)


def shows(page: Page, address: str, heading: str) -> None:
    page.goto(address)
    expect(page.locator("h1")).to_have_text(heading)


def is_free(port: int) -> bool:
    """Whether the killed server has let go of its port."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return trial.connect_ex(("127.0.0.1", port)) != 0


@contextmanager
def instead_of(server: Server, status: int, says: str) -> Iterator[None]:
    """Something else answers at the server's address: its proxy, or a guest network."""

    class Stranger(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>x</title><h1>{says}</h1>".encode())

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None: ...

    wait_for(lambda: is_free(server.port))
    listener = ThreadingHTTPServer(("127.0.0.1", server.port), Stranger)
    listener.daemon_threads = True
    threading.Thread(target=listener.serve_forever, args=(0.05,), daemon=True).start()
    yield
    listener.shutdown()
    listener.server_close()


def a_new_release(folder: Path) -> Path:
    """The same program with another sheet and another style."""
    for name in ("observe", "templates", "rubrics"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "wsgi.py", folder)
    sheet = folder / "templates" / "capture" / "sheet.html"
    sheet.write_text(sheet.read_text().replace('id="main"', 'id="main" data-release="new"', 1))
    with (folder / "observe" / "static" / "css" / "sheet.css").open("a") as styles:
        styles.write(".sheet { --release: 2; }\n")
    return folder


def test_a_tablet_that_was_ready_once_opens_cold_whatever_has_become_of_the_server(
    school: School, server: Server, tablets: Tablets
) -> None:
    lesson = a_lesson_now(school)
    tablet = tablets("Sion", server.url)
    is_ready(tablet.page)
    assert "1 lesson to record is on it" in tablet.page.locator("#ready").inner_text()
    Watched(tablet.page).is_accessible()
    tablet.close()
    server.kill()
    page = tablet.start()
    shows(page, "/", HERE)
    page.get_by_role("link", name="Start").first.click()
    sheet = KeptSheet(tablet, school, lesson, "Sion").ready()
    sheet.line("Written where nothing answers")
    sheet.is_saved()
    shows(page, "/lessons", HERE)
    for status, says in ((503, "Under repair"), (200, "Welcome, dear guest")):
        with instead_of(server, status, says):
            shows(page, "/", HERE)
            shows(page, "/lessons", says)
            sheet.open().line(f"Written under {status}")
            sheet.is_saved()
    sheet.after_a_kill()
    server.start()
    sheet.is_sent()
    sheet.is_on_the_server(
        ["Written where nothing answers", "Written under 503", "Written under 200"]
    )
    is_ready(sheet.page)
    sheet.page.context.set_offline(True)
    shows(sheet.page, "/", HERE)
    sheet.page.context.set_offline(False)
    sheet.page.get_by_role("button", name="Open the page").click()
    expect(sheet.page.locator("#ready")).to_contain_text("is ready for lessons")


def test_a_new_release_waits_until_the_observer_takes_it(
    school: School, server: Server, tablets: Tablets, tmp_path: Path
) -> None:
    tablet = tablets("Sion", server.url)
    is_ready(tablet.page)
    sheet = KeptSheet(tablet, school, a_lesson_now(school), "Sion").open()
    sheet.note.fill("Half a li")
    sheet.is_saved()
    before = tablet.page.evaluate(RELEASES)
    server.kill()
    server.folder = a_new_release(tmp_path / "new")
    server.start()
    other = tablet.browser.new_page()
    is_not_yet_new(other)
    assert len(before) == 1
    assert set(other.evaluate(RELEASES)) > set(before)
    sheet.key("ne")
    assert sheet.writing == "Half a line"
    sheet.banner("There is a new version")
    sheet.is_sent()
    sheet.page.get_by_role("button", name="Load it").click()
    expect(sheet.page.locator("[data-release=new]")).to_be_attached()
    assert sheet.ready().writing == "Half a line"
    sheet.page.close()
    is_ready(other)
    assert set(other.evaluate(RELEASES)).isdisjoint(before)


def is_not_yet_new(page: Page) -> None:
    """Today has fetched a new release, which waits beside the old one."""
    page.goto("/")
    waits = "navigator.serviceWorker.getRegistration().then(found => Boolean(found.waiting))"
    page.wait_for_function(waits, timeout=20_000)


def test_whoever_is_signed_out_writes_on_with_the_release_that_is_there(
    school: School, server: Server, tablets: Tablets, tmp_path: Path
) -> None:
    lesson = a_lesson_now(school)
    tablet = tablets("Sion", server.url)
    is_ready(tablet.page)
    tablet.forget_sign_in()
    server.kill()
    server.folder = a_new_release(tmp_path / "new")
    server.start()
    sheet = KeptSheet(tablet, school, lesson, "Sion")
    tablet.page.goto("/device")
    tablet.page.evaluate("navigator.serviceWorker.getRegistration().then(found => found.update())")
    tablet.page.wait_for_function(f"{RELEASES}.then(found => found.length > 1)")
    server.kill()
    sheet.after_a_kill().line("Written with the old sheet")
    sheet.is_saved()
    expect(sheet.page.locator("[data-release=new]")).not_to_be_attached()
    sheet.page.goto("/")
    server.start()
    tablet.sign_in(school, "Sion")
    is_ready(tablet.page)
    sheet.open().is_sent()
    expect(sheet.page.locator("[data-release=new]")).to_be_attached()
    sheet.is_on_the_server(["Written with the old sheet"])


def test_without_https_today_says_that_nothing_is_kept(
    school: School, server: Server, playwright: Playwright, chromium_path: str, tmp_path: Path
) -> None:
    plain = Tablet(
        playwright, chromium_path, tmp_path / "plain", f"http://observe.school:{server.port}"
    )
    context = playwright.chromium.launch_persistent_context(
        plain.profile, executable_path=chromium_path, viewport=TABLET, base_url=plain.url,  # type: ignore[arg-type]
        args=[*QUIET, "--host-resolver-rules=MAP observe.school 127.0.0.1"],
    )  # fmt: skip
    plain.context = context
    plain.sign_in(school, "Sion")
    plain.page.goto("/")
    expect(plain.page.locator("#ready")).to_contain_text("begins with http, not https")
    expect(plain.page.locator("#ready")).not_to_contain_text(re.compile("is ready"))
    plain.close()
