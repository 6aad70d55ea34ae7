"""An iPad's engine on Linux: WebKitGTK with a profile that outlives a kill, driven by Selenium."""

import os
import shutil
import signal
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import WebKitGTK
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

BROWSER = Path(__file__).with_name("browser.py")
PYTHON = "/usr/bin/python3"
PATIENCE = 20


@dataclass
class WebKitTablet:
    """One tablet; `url` is the server as it sees it."""

    profile: Path
    url: str
    driver: WebKitGTK | None = field(default=None)

    def start(self) -> None:
        """Open the browser on its profile."""
        found = shutil.which("WebKitWebDriver")
        assert found, "WebKitWebDriver is missing: apt install webkit2gtk-driver"
        options = Options()
        options.binary_location = PYTHON
        options.set_capability("browserName", "Observe")
        options.add_argument(str(BROWSER))
        options.add_argument(f"--profile={self.profile}")
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
            self.driver = WebKitGTK(options=options, service=Service(found))

    @property
    def page(self) -> WebKitGTK:
        assert self.driver, "this tablet is off"
        return self.driver

    def kill(self) -> None:
        """SIGKILL to the browser and the processes that it began."""
        for pid in _processes_of(self.profile):
            os.kill(pid, signal.SIGKILL)
        self.close()

    def close(self) -> None:
        if self.driver:
            with suppress(WebDriverException):
                self.driver.quit()
            self.driver = None

    def go(self, path: str) -> None:
        self.page.get(self.url + path)

    def find(self, selector: str) -> WebElement:
        """What is on the page, or comes to it soon."""
        found: WebElement = self.until(lambda: self.page.find_element(By.CSS_SELECTOR, selector))
        return found

    def tap(self, selector: str) -> None:
        """By script, for what lies below the fold of a pane too."""
        click = "const it = document.querySelector(arguments[0]); it?.click(); return Boolean(it)"
        self.until(lambda: self.page.execute_script(click, selector))

    def texts(self, selector: str) -> list[str]:
        """What these say, folded or not."""
        read = "return [...document.querySelectorAll(arguments[0])].map((each) => each.textContent)"
        return [" ".join(text.split()) for text in self.page.execute_script(read, selector)]

    def until(self, holds: Callable[[], Any]) -> Any:
        """Wait until this is true; what it answered."""
        waiting = WebDriverWait(self.page, PATIENCE, ignored_exceptions=[WebDriverException])
        return waiting.until(lambda _: holds())


def _processes_of(profile: Path) -> list[int]:
    """The browser of a profile, and its children first of all."""
    parents = {
        int(each.name): _parent(each) for each in Path("/proc").iterdir() if each.name.isdigit()
    }
    (browser,) = (
        pid
        for pid in parents
        if f"--profile={profile}" in _command(pid) and BROWSER.name in _command(pid)
    )
    return [browser, *(pid for pid, parent in parents.items() if parent == browser)]


def _parent(process: Path) -> int:
    with suppress(OSError):
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    return 0


def _command(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return ""
