"""A pack is made, rights and readings are looked at, and a deletion is asked for and taken back, by keyboard."""

from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from observe.core.permissions import RoleKind
from observe.services import devices, summary_reading
from tests.factories import NOW, School, a_person
from tests.journeys.conftest import Watched
from tests.journeys.test_exercise_pages import Tablets, on_each_screen, sign_in
from tests.letters import LATER, read

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("keeping")]


def test_what_is_kept_is_handed_out_and_rights_are_told(school: School, tablet: Tablets) -> None:
    summary_id = read(school)
    a_person(school, "Rhian Data", RoleKind.DATA_PROTECTION)
    with school.database.write(school.network_id) as session:
        summary_reading.opened(session, summary_id, by=school["Helen"], at=LATER)
        for name in ("The blue iPad", "A spare tablet"):
            devices.register(session, name, by=school["Catrin"], at=NOW)
    watched: Watched = tablet()
    page = sign_in(watched, school, "Rhian")
    page.goto("/people/packs")
    watched.is_clean()
    on_each_screen(page)
    page.get_by_role("link", name="Rights of Catrin Morley").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("The blue iPad")).to_be_visible()
    watched.is_clean()
    on_each_screen(page)
    page.goto("/people/packs")
    page.get_by_role("link", name="Pack for Catrin Morley").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Make and download")).to_be_visible()
    watched.is_clean()
    on_each_screen(page)
    page.get_by_role("button", name="Make and download").focus()
    with page.expect_download() as coming:
        page.keyboard.press("Enter")
    with ZipFile(coming.value.path()) as packed:
        assert packed.namelist() == ["README.txt", "pack.json", "pack-1.pdf"]
    page.goto("/people/network")
    watched.is_clean()
    on_each_screen(page)
    page.get_by_label("To delete everything, type the name").fill("Dales learning group")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Keep everything")).to_be_visible()
    watched.is_clean()
    on_each_screen(page)
    page.get_by_role("button", name="Keep everything").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing is deleted.")).to_be_visible()
    watched = tablet()
    page = sign_in(watched, school, "Catrin")
    for address in ("/me", "/me/read-about", "/me/rights"):
        page.goto(address)
        watched.is_clean()
        on_each_screen(page)
    expect(page.get_by_text("All that is kept about them put into a pack")).to_be_visible()
