"""Somebody who was erased and whom a file still names, and who is back with an older copy: on each screen."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from observe.core.ids import new_id
from observe.core.permissions import RoleKind
from observe.services import erasing, people
from observe.storage import erased_keys
from observe.storage import people as kept_people
from tests.factories import NOW, School, a_person
from tests.journeys.servers import SECRET
from tests.journeys.test_exercise_pages import Tablets, on_each_screen, sign_in
from tests.journeys.test_people_files_pages import bring
from tests.oneroster_files import written

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("keeping")]

STAFF = (
    ("name", "e-mail", "role", "school"),
    ("Gwen Ellis", "g.ellis@dales.example", "teacher", "Thornbeck Primary"),
    ("Catrin Morley", "catrin.morley@thornbeck.example", "teacher", "Thornbeck Primary"),
)


def test_who_was_erased_is_asked_about_and_who_is_back_is_listed(
    school: School, tablet: Tablets
) -> None:
    a_person(school, "Rhian Data", RoleKind.DATA_PROTECTION)
    with school.database.write(school.network_id) as session:
        for name in ("Catrin", "Helen"):
            people.leave(session, school[name].id, by=school["Margaret"], at=NOW)
        kept_people.row_of(session, school["Catrin"].id).email = STAFF[2][1]
        session.flush()
        by, catrin = school["Rhian"], school["Catrin"]
        erasing.erase(session, catrin.id, typed=catrin.name, secret=SECRET, by=by, at=NOW)
        erased_keys.note_again(session, school["Helen"].id, new_id(NOW), datetime.now(UTC))
    watched = tablet()
    page = sign_in(watched, school, "Margaret")
    bring(page, "staff.csv", written(STAFF))
    expect(
        page.get_by_text("1 person in this file was erased here, and is left out")
    ).to_be_visible()
    watched.is_clean()
    on_each_screen(page)
    page.get_by_role("button", name="They are back: take them in as somebody new").press("Enter")
    expect(page.get_by_text("comes as somebody new")).to_be_visible()
    watched.is_clean()
    page.get_by_role("button", name="Leave them out").press("Enter")
    expect(page.get_by_text("not taken in", exact=False).first).to_be_visible()
    watched = tablet()
    page = sign_in(watched, school, "Rhian")
    page.goto("/people/keeping")
    expect(page.get_by_role("heading", name="To be erased once more")).to_be_visible()
    watched.is_clean()
    on_each_screen(page)
    page.get_by_role("link", name=f"Erase {school['Helen'].name} once more").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Erase {school['Helen'].name}")
