"""A browser without a screen: fetches pages as somebody, and reads each one as a careful visitor would."""

from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from observe.core.permissions import Person
from observe.services import visits

UNLABELLED = ("hidden", "submit")


class PageReader(HTMLParser):
    """Collects what an accessible page must have."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.headings = 0
        self.labelled: set[str] = set()
        self.fields: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[dict[str, str | None]] = []
        self.styled = False
        self.label_depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [name] if (name := found.get("id")) else []
        self.headings += tag == "h1"
        self.styled |= "style" in found or tag == "style"
        self.label_depth += tag == "label"
        if tag == "label" and found.get("for"):
            self.labelled.add(found["for"] or "")
        if tag == "script":
            self.scripts.append(found)
        asks = tag in ("input", "select", "textarea") and found.get("type") not in UNLABELLED
        named = self.label_depth or "aria-label" in found or "aria-labelledby" in found
        if asks and not named:
            self.fields.append((tag, found))

    def handle_endtag(self, tag: str) -> None:
        self.label_depth -= tag == "label"


def read_page(html: str) -> None:
    """Fail unless there is one heading, no double id, a label for each field and no script inside."""
    reader = PageReader()
    reader.feed(html)
    assert reader.headings == 1, f"{reader.headings} h1 on the page"
    doubled = {name for name in reader.ids if reader.ids.count(name) > 1}
    assert not doubled, f"ids twice on the page: {doubled}"
    bare = [found for _, found in reader.fields if found.get("id") not in reader.labelled]
    assert not bare, f"fields without a label: {bare}"
    inside = [s for s in reader.scripts if "src" not in s and s.get("type") != "application/json"]
    assert not inside, "script inside the page"
    assert not reader.styled, "style inside the page"


class Browser:
    """Somebody at a page of Observe."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        app.config["WTF_CSRF_ENABLED"] = False

    def sign_in(self, person: Person) -> "Browser":
        """A browser in which this person is signed in."""
        signed_in = Browser(self.app)
        database = self.app.extensions["observe_database"]
        with database.write(person.network_id) as session:
            token = visits.begin(session, person.id, label="test", at=datetime.now(UTC))
        with signed_in.client.session_transaction() as cookie:
            cookie["visit"] = token
        return signed_in

    def get(self, url: str, *, status: int = 200) -> str:
        """The page at an address, read as a careful visitor would."""
        return self._seen(self.client.get(url), status)

    def post(self, url: str, *, status: int = 302, follow: bool = False, **fields: Any) -> str:
        """What is answered to a form."""
        return self._seen(self.client.post(url, data=fields, follow_redirects=follow), status)

    def _seen(self, response: TestResponse, status: int) -> str:
        text = response.get_data(as_text=True)
        assert response.status_code == status, f"{response.status_code}: {text[:400]}"
        if response.mimetype == "text/html" and status not in (301, 302, 303, 308):
            read_page(text)
        return text
