"""What each answer carries, and what each form needs."""

import re
from pathlib import Path

import pytest
from flask import Flask

from observe.settings import Settings
from observe.web.app import create_app
from observe.web.static import asset, compressed, prefix
from tests.browser import Browser
from tests.factories import School

PAGES = ("/sign-in", "/nowhere", "/", "/api/v1/session")


@pytest.mark.parametrize("url", PAGES)
def test_every_answer_says_what_the_browser_may_do(browser: Browser, url: str) -> None:
    headers = browser.client.get(url).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def test_static_files_are_kept_for_ever_and_carry_their_type(browser: Browser) -> None:
    with browser.client.get(asset("css/pages.css"), headers={"Accept-Encoding": "br"}) as answer:
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Encoding"] == "br"
        assert "ETag" not in answer.headers
        assert "Access-Control-Allow-Origin" not in answer.headers
    with browser.client.get(asset("js/capture/sheet.mjs")) as answer:
        assert answer.mimetype == "text/javascript"


def test_no_form_is_taken_without_its_token(app: Flask, school: School) -> None:
    visitor = Browser(app).sign_in(school["Margaret"])
    app.config["WTF_CSRF_ENABLED"] = True
    # sync/1 judges in an order of its own, which tests/web/test_api.py holds.
    rules = [
        rule
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and rule.endpoint != "capture_api.sync"
    ]
    for rule in rules:
        url = rule.rule
        for name in rule.arguments:
            url = url.replace(f"<uuid:{name}>", str(school.network_id)).replace(f"<{name}>", "x")
        answer = visitor.client.post(url, data={})
        assert answer.status_code in (400, 403), f"{url}: {answer.status_code}"
        assert "csrf" in answer.text or "lay open too long" in answer.text, url


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(app: Flask) -> None:
    app.config["SESSION_COOKIE_SECURE"] = True
    cookie = app.test_client().get("/sign-in").headers.get("Set-Cookie", "")
    assert {"HttpOnly", "Secure", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}


@pytest.mark.parametrize(("proxies", "believed"), [(0, False), (1, True)])
def test_https_is_promised_only_on_the_word_of_a_known_proxy(
    database_url: str, proxies: int, believed: bool
) -> None:
    app = create_app(Settings(database_url=database_url, secret_key="x", proxies=proxies))
    answer = app.test_client().get("/sign-in", headers={"X-Forwarded-Proto": "https"})
    assert ("Strict-Transport-Security" in answer.headers) == believed
    app.extensions["observe_database"].engine.dispose()


def test_static_files_come_from_a_folder_that_nobody_else_can_have_laid_out() -> None:
    folder = Path(compressed()).parent
    assert folder.stat().st_mode & 0o077 == 0
    assert prefix().split("/")[2] not in folder.name


def test_the_cookie_of_a_visit_lasts_on_with_each_page_and_not_with_its_drawings(
    browser: Browser, school: School
) -> None:
    client = browser.sign_in(school["Sion"]).client
    with client.session_transaction() as visit:
        visit.permanent = True
    page = client.get("/")
    assert "Set-Cookie" in page.headers
    for address in ("/api/v1/bootstrap", "/tablet"):
        assert "Set-Cookie" in client.get(address).headers, address
    files = re.findall(r'(?:href|src)="(/[^"]*(?:icon|manifest|\.css|\.mjs)[^"]*)"', page.text)
    assert files
    for address in (*files, "/worker.js"):
        answer = client.get(address)
        answer.close()
        assert answer.status_code == 200, address
        assert "Set-Cookie" not in answer.headers, address
