"""The sheet's own styles are asked for by no other page."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHEETS = {"sheet.html", "_criterion.html", "_tools.html", "_parts.html"}


def test_no_other_page_needs_a_class_that_only_the_sheet_styles() -> None:
    styles = {path.stem: path.read_text() for path in (ROOT / "observe/static/css").glob("*.css")}
    only = classes(styles.pop("sheet")) - classes("".join(styles.values()))
    for path in (ROOT / "templates").rglob("*.html"):
        if path.parent.name != "capture" or path.name not in SHEETS:
            used = " ".join(re.findall(r'class="([^"]*)"', path.read_text(encoding="utf-8")))
            assert not only & set(re.findall(r"[a-z][a-z0-9-]+", used)) - SHARED_WORDS, path


SHARED_WORDS = {"criterion", "note"}


def classes(css: str) -> set[str]:
    return set(re.findall(r"\.([a-z][a-z0-9-]+)", re.sub(r"\{[^{}]*\}", "{}", css)))
