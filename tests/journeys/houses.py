"""A school with one server, shared by all tests of a module."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from observe.services import visits
from observe.storage.database import Database
from tests import postgres
from tests.factories import PlannedLesson, School, a_network
from tests.journeys.servers import Server, a_server
from tests.journeys.sheets import a_lesson_now, address
from tests.journeys.tablets import TABLET, sealed


@dataclass
class House:
    """A school, its server, and browsers of people who are signed in."""

    school: School
    server: Server
    chromium: Browser
    contexts: list[BrowserContext] = field(default_factory=list)

    def context(self, name: str = "Sion", **differs: Any) -> BrowserContext:
        """A browser of somebody's."""
        given = {
            "viewport": TABLET,
            "base_url": self.server.url,
            "locale": "en-GB",
            "reduced_motion": "reduce",
        }
        made = self.chromium.new_context(**(given | differs))
        made.set_default_timeout(20_000)
        made.add_cookies([{"name": "observe", "value": self._visit(name), "url": self.server.url}])
        self.contexts.append(made)
        return made

    def _visit(self, name: str) -> str:
        with self.school.database.write(self.school.network_id) as session:
            who = self.school[name].id
            return sealed({"visit": visits.begin(session, who, label="t", at=datetime.now(UTC))})

    def sheet(
        self,
        context: BrowserContext,
        rubric: str = "teaching-framework",
        lesson: PlannedLesson | None = None,
        name: str = "Sion",
    ) -> Page:
        """Somebody's sheet of a new lesson, or of this one, ready to be written on."""
        planned = lesson or a_lesson_now(self.school, rubric=rubric)
        page = context.new_page()
        page.goto(address(self.school, planned, name, rubric))
        expect(page.locator("main[data-ready=true]")).to_be_attached(timeout=20_000)
        return page

    def close_browsers(self) -> None:
        for context in self.contexts:
            context.close()
        self.contexts.clear()


@contextmanager
def a_house(template: str, folder: Path, chromium: Browser) -> Iterator[House]:
    """A house with a database of its own, copied from a template; gone at the end."""
    with _copy(template, folder) as url:
        database, server = Database(url), a_server(url)
        server.start()
        try:
            yield House(a_network(database, name="Dales learning group"), server, chromium)
        finally:
            server.kill()
            database.engine.dispose()


@contextmanager
def _copy(template: str, folder: Path) -> Iterator[str]:
    if template.startswith("sqlite"):
        shutil.copy(template.removeprefix("sqlite:///"), folder / "observe.sqlite3")
        yield f"sqlite:///{folder / 'observe.sqlite3'}"
    else:
        with postgres.fresh_database(template) as url:
            yield url
