"""People from a file, on each screen and in both themes, by keyboard and without a fault that axe finds."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.factories import School, a_sign_in
from tests.journeys.conftest import Watched
from tests.journeys.test_sheet_access import SIDEWAYS, TOO_SMALL
from tests.oneroster_files import a_set, a_user, written

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("people files")]

SCREENS = (((1180, 820), "light"), ((820, 1180), "dark"), ((390, 844), "light"))
STAFF = (
    ("Staff code", "Forename", "Surname", "Work email", "Post", "Academy"),
    ("A1", "Gwen", "Ellis", "g.ellis@dales.example", "Head Teacher", "Thornbeck Primary"),
    ("A2", "Emyr", "Tomos", "e.tomos@dales.example", "HLTA", "Thornbeck Primary"),
)


def is_sound(page: Page, folder: Path, name: str) -> None:
    """Sound on each screen: nothing axe objects to, nothing too small, nothing beyond the edge."""
    for (width, height), theme in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        Watched(page).is_accessible()
        assert page.evaluate(SIDEWAYS) <= 0, f"{name} at {width}"
        assert page.evaluate(TOO_SMALL) == [], f"{name} at {width}"
        page.screenshot(path=folder / f"{name}-{width}-{theme}.png", full_page=True)


def bring(page: Page, name: str, content: bytes, *, heads: bool = False) -> None:
    """Choose a file and look into it."""
    page.goto("/people/files")
    kind = "application/zip" if name.endswith(".zip") else "text/csv"
    page.get_by_label("The file", exact=True).set_input_files(
        {"name": name, "mimeType": kind, "buffer": content}
    )
    if heads:
        page.get_by_label("administrator of a school").check()
    page.get_by_role("button", name="Look what would change").press("Enter")


def test_a_year_of_files_by_keyboard(
    school: School, tablet: Callable[[], Watched], tmp_path: Path
) -> None:
    email = a_sign_in(school, "Margaret")
    watched = tablet()
    page = watched.page
    page.goto("/sign-in?next=/people/files")
    page.fill("#email", email)
    page.fill("#password", "plum boat lantern 7")
    page.press("#password", "Enter")
    expect(page.get_by_role("heading", name="No file yet")).to_be_visible()
    is_sound(page, tmp_path, "empty")

    more = {f"t{n}": a_user(f"Given{n}", f"Family{n}", "teacher", "s1,d2") for n in range(8)}
    bring(page, "autumn.zip", a_set().with_rows("users", **more).zipped(), heads=True)
    expect(page.get_by_text("head of Ysgol y Môr")).to_be_visible()
    is_sound(page, tmp_path, "new")
    page.get_by_role("button", name="Make these changes").press("Enter")
    expect(page.get_by_text("11 people are new")).to_be_visible()

    moved = a_set().changing("users", "u2", orgSourcedIds="s2", familyName="Môn-Hughes")
    bring(page, "spring.zip", moved.with_rows("users", u1=None).zipped(), heads=True)
    expect(page.get_by_text("9 of 11 people would leave")).to_be_visible()
    is_sound(page, tmp_path, "changed")
    page.get_by_role("button", name="Make these changes").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Tick that this is right")
    is_sound(page, tmp_path, "sure")
    page.get_by_label("They have left: this file is whole").press("Space")
    page.get_by_role("button", name="Make these changes").press("Enter")
    expect(page.get_by_text("9 people have left")).to_be_visible()

    broken = a_set().changing("users", "u1", role="wizard").changing("orgs", "s2", type="castle")
    bring(page, "broken.zip", broken.zipped())
    expect(page.get_by_role("alert")).to_contain_text("in this file. Nothing was changed")
    is_sound(page, tmp_path, "faults")

    bring(page, "staff.csv", written(STAFF))
    expect(page.get_by_role("heading", name="The columns of staff.csv")).to_be_visible()
    page.get_by_role("button", name="Look what would change").press("Enter")
    is_sound(page, tmp_path, "columns")
    page.get_by_label("Role", exact=True).select_option("Post")
    page.get_by_role("button", name="Look what would change").press("Enter")
    page.get_by_label("“HLTA”").select_option("nobody")
    page.get_by_role("button", name="Look what would change").press("Enter")
    expect(page.get_by_text("head of Thornbeck Primary")).to_be_visible()
    page.goto("/people/files")
    expect(page.get_by_role("heading", name="Looked at and not taken in yet")).to_be_visible()
    is_sound(page, tmp_path, "waiting")
    assert all("status of 4" in each for each in watched.complaints)
    assert not watched.strangers
