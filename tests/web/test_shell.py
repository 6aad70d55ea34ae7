"""What makes Observe open on a tablet without a network: nothing missing, nothing of anybody in it."""

import json
import re
import struct
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from observe.web import static
from observe.web.capture import shell
from tests.browser import Browser
from tests.factories import School, a_lesson

ADDRESSES = re.compile(r'(?:src|href)="(/static/[^"]+)"')


def release(browser: Browser) -> dict[str, Any]:
    """What the worker is told of this release."""
    text = browser.client.get("/worker.js").text
    return dict(json.loads(text.split("\n", 1)[0].removeprefix("const RELEASE=").rstrip(";")))


def addresses(app: Flask, school: School) -> list[str]:
    """Every page that a tablet keeps: its own, and a sheet."""
    digits = school.rubrics["teaching-framework"].removeprefix("sha256:")
    with app.test_request_context():
        own = [app.url_for(endpoint) for endpoint in shell.PAGES]
        return [*own, app.url_for(shell.SHEET, digits=digits)]


def test_the_worker_keeps_every_file_that_its_pages_ask_for(
    browser: Browser, app: Flask, school: School
) -> None:
    told = release(browser)
    someone = browser.sign_in(school["Sion"])
    for page in addresses(app, school):
        asked = ADDRESSES.findall(someone.get(page))
        assert asked
        assert set(asked) <= set(told["files"]), page
    assert told["pages"] == ["/tablet", "/device", "/feedback/draft"]
    for address in (*told["files"], *told["pages"]):
        with browser.client.get(address) as answer:
            assert answer.status_code == 200, address


def test_a_page_that_a_tablet_keeps_is_the_same_for_everybody(
    browser: Browser, app: Flask, school: School
) -> None:
    a_lesson(school)
    for page in addresses(app, school):
        first, second = (browser.sign_in(school[name]).get(page) for name in ("Sion", "Ruth"))
        assert first == second, page
        for person in school.people.values():
            assert person.name not in first
            assert str(person.id) not in first
    for page in release(browser)["pages"]:
        assert browser.get(page) == browser.sign_in(school["Sion"]).get(page)


def test_a_sheet_is_only_for_whoever_is_signed_in(
    browser: Browser, app: Flask, school: School
) -> None:
    browser.get(addresses(app, school)[-1], status=302)


def test_kept_pages_and_today_say_that_they_are_ours_and_of_which_release(
    browser: Browser, app: Flask, school: School
) -> None:
    version = release(browser)["version"]
    someone = browser.sign_in(school["Sion"])
    for page in ("/", *addresses(app, school)):
        assert (
            someone.client.get(page).headers["X-Observe-Shell"] == version == shell.shell_version()
        )
    assert "X-Observe-Shell" not in someone.client.get("/lessons").headers


def test_the_worker_is_asked_for_each_time_and_sent_only_when_it_changed(browser: Browser) -> None:
    for encoding in ("identity", "br"):
        first = browser.client.get("/worker.js", headers={"Accept-Encoding": encoding})
        assert first.headers["Cache-Control"] == "no-cache"
        assert first.mimetype == "text/javascript"
        again = {"If-None-Match": first.headers["ETag"], "Accept-Encoding": encoding}
        assert browser.client.get("/worker.js", headers=again).status_code == 304


def test_the_worker_does_not_touch_what_was_written(browser: Browser) -> None:
    assert "indexedDB" not in browser.client.get("/worker.js").text


@pytest.fixture
def changeable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the templates from which the version is made."""
    monkeypatch.setattr(shell, "folder", lambda name: tmp_path / name)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "sheet.html").write_text("old")
    return tmp_path


def test_the_version_changes_with_what_pages_are_made_of(
    changeable: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = shell.shell_version.__wrapped__
    first = version()
    assert re.fullmatch("[0-9a-f]{12}", first)
    assert version() == first
    (changeable / "templates" / "sheet.html").write_text("new")
    second = version()
    monkeypatch.setattr(static, "served", lambda: {"css/sheet.css": b"new"})
    assert len({first, second, version()}) == 3


def test_the_manifest_lets_a_tablet_install_observe(browser: Browser) -> None:
    answer = browser.client.get("/manifest.webmanifest")
    told = json.loads(answer.text)
    assert answer.mimetype == "application/manifest+json"
    assert (told["id"], told["start_url"], told["scope"], told["display"]) == (
        "/",
        "/",
        "/",
        "standalone",
    )
    assert told["shortcuts"][0]["url"] == "/tablet#unplanned"
    assert {icon.get("purpose", "any") for icon in told["icons"]} == {"any", "maskable"}
    for icon in told["icons"]:
        assert icon["sizes"] == "x".join(map(str, size_of(browser.client.get(icon["src"]).data)))


def test_an_ipad_finds_its_picture_and_other_pictures_do_not_exist(browser: Browser) -> None:
    assert size_of(browser.client.get("/apple-touch-icon.png").data) == (180, 180)
    browser.get("/icon-5000.png", status=404)


def test_every_page_can_be_put_on_the_home_screen(browser: Browser, school: School) -> None:
    for page in (browser.get("/sign-in"), browser.sign_in(school["Sion"]).get("/")):
        assert '<link rel="manifest" href="/manifest.webmanifest">' in page
        assert '<link rel="apple-touch-icon" href="/apple-touch-icon.png">' in page
        assert '<meta name="apple-mobile-web-app-capable" content="yes">' in page
        assert page.count('<meta name="theme-color"') == 2


def size_of(picture: bytes) -> tuple[int, ...]:
    """Width and height of a PNG."""
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", picture[16:24])
