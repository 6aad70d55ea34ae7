"""Erasing somebody who has left, by keyboard on a tablet, and the certificate on each screen."""

import pytest
from playwright.sync_api import expect

from observe.core.permissions import RoleKind
from observe.services import people
from tests.factories import NOW, School, a_person
from tests.journeys.conftest import Server, Watched
from tests.journeys.test_exercise_pages import Tablets, on_each_screen, sign_in
from tests.letters import read

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("keeping")]


def test_somebody_who_left_is_erased_by_keyboard_and_a_certificate_says_so(
    school: School, server: Server, tablet: Tablets
) -> None:
    long_ago = NOW.replace(year=NOW.year - 4)
    read(school, starts_at=long_ago, at=long_ago)
    a_person(school, "Rhian Data", RoleKind.DATA_PROTECTION)
    with school.database.write(school.network_id) as session:
        people.leave(session, school["Catrin"].id, by=school["Margaret"], at=NOW)
    watched: Watched = tablet()
    page = sign_in(watched, school, "Rhian")
    page.goto("/people/keeping")
    expect(page.get_by_role("heading", level=1)).to_have_text("What is kept, and for how long")
    watched.is_clean()
    on_each_screen(page)
    page.goto("/people/keeping/due")
    watched.is_clean()
    on_each_screen(page)
    page.goto("/people/keeping")
    page.get_by_role("link", name="Look at erasing Catrin Morley").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Other words for this person").fill("Miss M")
    page.get_by_role("button", name="Look again with these").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Miss M", exact=True).first).to_be_visible()
    watched.is_clean()
    on_each_screen(page)
    page.get_by_label("To erase, type the name").fill("Catrin Morley")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Certificate of erasure")
    expect(page.get_by_text("1 summary")).to_be_visible()
    watched.is_clean()
    on_each_screen(page)
    page.goto("/people/keeping?q=Catrin")
    expect(page.get_by_text("Nobody who left has a name like this.")).to_be_visible()
    assert server.url
