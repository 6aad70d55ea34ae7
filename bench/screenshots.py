"""Pictures of the running product: the two of README, or every page of every role to look at.

python bench/screenshots.py [DIR] [--role head] [--only /pairs]
"""

import argparse
import shutil
from datetime import UTC, datetime
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


LINES = (
    ("Books open, dates written inside a minute, nobody told twice", "+", "routines"),
    ("“Which is nearer to 1? Show me on the line.”", "+", "questioning"),
    ("Four questions in a row answered by the same three pupils", "-", "questioning"),
    ("Counts in eighths along the line with the whole class", "+", "modelling"),
    ("Kneels beside one pupil, waits five seconds", "+", "thinking-time"),
)
LEVELS = {"relationships": 3, "routines": 4, "modelling": 3, "small-steps": 3, "questioning": 2}


def for_readme(browser: Browser, running: Demo) -> None:
    """The sheet in the middle of a lesson, and a pair of many lessons."""
    page = signed_in(browser, running, "head", "landscape", "light")
    page.clock.install(time=datetime.now(UTC).replace(hour=10, minute=5, second=0))
    page.locator("a[href*='/sheet/']").first.click()
    page.wait_for_selector("main[data-ready]")
    page.click("#start")
    for text, mark, criterion in LINES:
        page.clock.fast_forward("05:00")
        note(page, text, mark, criterion)
    for criterion, level in LEVELS.items():
        page.locator(f"input[name='r-{criterion}'][value='{level}']").check()
    page.fill(
        "#note", "Stops the class: “I’ve seen three ways of finding it. Before you go on, look at"
    )
    page.wait_for_timeout(3000)
    page.screenshot(path=ROOT / "docs" / "sheet.png")
    page.goto(f"{running.url}/agreement")
    page.locator("li", has_text="of the time").get_by_role("link").first.click()
    page.wait_for_load_state("networkidle")
    page.set_viewport_size({"width": 1180, "height": 1490})
    page.screenshot(path=ROOT / "docs" / "pair.png")


def note(page: Page, text: str, mark: str, criterion: str) -> None:
    """One line with its mark and criterion."""
    composer = page.locator("#composer")
    page.fill("#note", text)
    composer.locator(f"[data-part=mark][data-value='{mark}']").click()
    chip = composer.locator(f"[data-chips] [data-criterion='{criterion}']")
    if not chip.count():
        composer.locator("[data-another]").click()
        composer.locator("[data-find]").fill(criterion.split("-")[0])
        chip = composer.locator(f"[data-found] [data-criterion='{criterion}']")
    chip.first.click()
    page.click("#next-line")


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
