"""Pictures of the running product: the two of README, or every page of every role to look at.

python bench/screenshots.py [DIR] [--role head] [--only /pairs]
"""

import argparse
import shutil
from pathlib import Path

from pages import ROLES, Visitor, places
from playwright.sync_api import Browser, Page, sync_playwright
from running import QUIET, ROOT, Demo, demo

SIZES = {"landscape": (1180, 820), "portrait": (820, 1180), "phone": (390, 844)}


def signed_in(browser: Browser, running: Demo, role: str, size: str, theme: str) -> Page:
    """A page of somebody with that role, on a screen of that size and theme."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=theme, locale="en-GB"  # type: ignore[arg-type]
    )  # fmt: skip
    page = context.new_page()
    page.goto(f"{running.url}/sign-in")
    page.fill("#email", running.accounts[role])
    page.fill("#password", running.password)
    page.press("#password", "Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


def everything(browser: Browser, running: Demo, asked: argparse.Namespace) -> None:
    """Each kind of page, at each size, in both themes."""
    for role in [asked.role] if asked.role else ROLES:
        found = places(Visitor(running, role))
        for size in SIZES:
            for theme in ("light", "dark"):
                page = signed_in(browser, running, role, size, theme)
                for kind, path in found.items():
                    if asked.only in kind:
                        page.goto(f"{running.url}{path}", wait_until="networkidle")
                        name = kind.strip("/").replace("/", "-").replace("<id>", "x") or "today"
                        page.screenshot(
                            path=asked.folder / f"{role}-{name}-{size}-{theme}.png", full_page=True
                        )
                page.context.close()


def for_readme(browser: Browser, running: Demo) -> None:
    """The sheet with some notes on it, and a pair page."""
    page = signed_in(browser, running, "head", "landscape", "light")
    found = places(Visitor(running, "head"))
    page.goto(f"{running.url}{found['/agreement/with/<id>']}", wait_until="networkidle")
    page.screenshot(path=ROOT / "docs" / "pair.png")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--role", choices=ROLES)
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    with demo(1) as running, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        if asked.folder:
            asked.folder.mkdir(parents=True, exist_ok=True)
            everything(browser, running, asked)
        else:
            for_readme(browser, running)
        browser.close()


if __name__ == "__main__":
    main()
