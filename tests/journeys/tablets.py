"""A tablet: a browser with a profile of its own, which outlives a kill, a flat battery and a night."""

import os
import signal
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import BrowserContext, Error, Page, Playwright, expect

from observe.services import visits
from tests.factories import School
from tests.journeys.servers import SECRET

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TABLET = {"width": 1180, "height": 820}
CLOCK = """
    const real = Date;
    globalThis.Date = class extends real {
        constructor(...given) { super(...(given.length ? given : [real.now() + %(off)d])); }
        static now() { return real.now() + %(off)d; }
    };
"""
SLOW_NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 200_000,
    "uploadThroughput": 94_000,
}


@dataclass
class Tablet:
    """One tablet of the school's; `url` is the server as it sees it."""

    playwright: Playwright
    chromium: str
    profile: Path
    url: str
    clock_off: timedelta = timedelta()
    context: BrowserContext | None = None
    pid: int = 0
    complaints: list[str] = field(default_factory=list)

    def start(self) -> Page:
        """Open the browser; the page that it shows."""
        context = self.playwright.chromium.launch_persistent_context(
            self.profile, executable_path=self.chromium, args=QUIET, viewport=TABLET,  # type: ignore[arg-type]
            base_url=self.url, locale="en-GB",
        )  # fmt: skip
        self.context = context
        context.on("weberror", lambda fault: self.complaints.append(str(fault.error)))
        self.pid = _process_of(context)
        if self.clock_off:
            context.add_init_script(CLOCK % {"off": self.clock_off / timedelta(milliseconds=1)})
        return self.page

    @property
    def page(self) -> Page:
        """The first tab."""
        return self.browser.pages[0]

    @property
    def browser(self) -> BrowserContext:
        assert self.context, "this tablet is off"
        return self.context

    def prepare(self) -> None:
        """The evening before: Today says that all is here for lessons without a network."""
        self.page.goto("/")
        expect(self.page.locator("#ready")).to_contain_text("is ready for lessons", timeout=30_000)
        self.close()
        self.start()

    def kill(self) -> None:
        """SIGKILL to every process of the browser."""
        group = os.getpgid(self.pid)
        assert group != os.getpgrp(), "this is not the browser"
        os.killpg(group, signal.SIGKILL)
        self._let_go()

    def restart(self) -> Page:
        """Kill and open again on the same profile."""
        self.kill()
        return self.start()

    def close(self) -> None:
        """Close the browser as one does in the evening: it writes down its cookies."""
        if self.context:
            self._let_go()

    def _let_go(self) -> None:
        with suppress(Error):
            self.browser.close()
        self.context = None

    def sign_in(self, school: School, name: str) -> None:
        """Bring the cookie of a visit."""
        with school.database.write(school.network_id) as session:
            token = visits.begin(session, school[name].id, label="tablet", at=datetime.now(UTC))
        until = (datetime.now(UTC) + timedelta(days=14)).timestamp()
        self.browser.add_cookies(
            [
                {
                    "name": "observe",
                    "value": sealed({"visit": token}),
                    "url": self.url,
                    "expires": until,
                }
            ]
        )

    def forget_sign_in(self) -> None:
        """Session and grant are gone, as after ninety days or a facilitator's click."""
        self.browser.clear_cookies()

    def slow_down(self, cpu: int, *, network: bool = False) -> None:
        """A processor so many times slower, and if wanted the network of a village school."""
        session = self.browser.new_cdp_session(self.page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": cpu})
        if network:
            session.send("Network.emulateNetworkConditions", SLOW_NETWORK)

    def room(self, most: int | None) -> None:
        """How many bytes the browser lets this site keep; None for as many as there are."""
        session = self.browser.new_cdp_session(self.page)
        limit = {} if most is None else {"quotaSize": most}
        session.send("Storage.overrideQuotaForOrigin", {"origin": self.url, **limit})


def _process_of(context: BrowserContext) -> int:
    assert context.browser
    told = context.browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
    return next(int(each["id"]) for each in told["processInfo"] if each["type"] == "browser")


def sealed(session: dict[str, Any]) -> str:
    """A session cookie as the server signs it."""
    signer = Flask("tests")
    signer.secret_key = SECRET
    serializer = SecureCookieSessionInterface().get_signing_serializer(signer)
    assert serializer
    return str(serializer.dumps(session))
