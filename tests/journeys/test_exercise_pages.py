"""Exercises as people meet them: eight in a room, sealed until shown; saved through a power cut; on each screen."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from observe.core.exercises import Use
from observe.services import exercise_takings
from observe.storage import exercise_takings as kept
from tests.exercising import (
    LEVELS,
    a_group,
    made,
    observers,
    published,
    rate,
    rated_by_experts,
    taken,
)
from tests.factories import NOW, School, a_sign_in
from tests.journeys.conftest import Server, Watched
from tests.journeys.test_agreement_pages import is_sound
from tests.journeys.test_sheet_access import SIDEWAYS

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("exercise pages")]

SCREENS = (((1180, 820), "light"), ((820, 1180), "dark"), ((390, 844), "light"))
PHONE = 390
Tablets = Callable[[], Watched]


def sign_in(watched: Watched, school: School, name: str) -> Page:
    """Somebody signed in on a tablet."""
    page, email = watched.page, a_sign_in(school, name)
    page.goto("/sign-in")
    page.locator("#email").fill(email)
    page.locator("#password").fill("plum boat lantern 7")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


def on_each_screen(page: Page) -> None:
    """Look at the page in each size; its colours in each theme."""
    for (width, height), theme in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
        if width > PHONE:
            is_sound(page)
        assert page.evaluate(SIDEWAYS) <= 0, page.url


def saved(page: Page, words: str) -> None:
    expect(page.locator("#saving")).to_contain_text(re.compile(f"Saved at .*{words}"))


def test_eight_people_rate_sealed_until_the_facilitator_shows_the_spread(
    school: School, tablet: Tablets
) -> None:
    exercise = published(school, {"routines": 3, "behaviour": 2}, use=Use.GROUP)
    heads = observers(school, 6)
    leader = sign_in(tablet(), school, "Margaret")
    leader.goto(f"/practice/exercises/{exercise.id}")
    leader.get_by_text("Ask people by name").click()
    for name in heads:
        leader.get_by_label(f"{name} Observer").check()
    leader.get_by_role("button", name="Open a group").click()
    expect(leader.locator(".room-number")).to_have_text("0 of 6 have sealed")
    letters = leader.locator(".room-letters").inner_text()

    watched = [tablet(), tablet()]
    for each, name in zip(watched, ("Sion", "Ruth"), strict=True):
        page = sign_in(each, school, name)
        page.goto("/practice")
        page.locator("#letters").fill(letters.lower())
        page.get_by_role("button", name="Join").click()
        page.locator("#c-routines .level").nth(1).click()
        saved(page, "Rated 1 of 2")
        page.locator("#n-routines").fill(f"MARKER-OF-{name}")
        page.locator("#c-behaviour input[value=not_seen]").focus()
        page.keyboard.press("Space")
        saved(page, "Rated 2 of 2")
        page.get_by_role("button", name="Seal").click()
        expect(page.get_by_text("When your facilitator shows the spread")).to_be_visible()
        assert "REASON-OF" not in page.content()
    expect(leader.locator(".room-number")).to_have_text("2 of 8 have sealed", timeout=15_000)

    with school.database.write(school.network_id) as session:
        (group,) = kept.groups_of(session, exercise.id)
        takings = {each.person_id: each.id for each in kept.of_group(session, group.id)}
        for number, name in enumerate(heads):
            person, taking = school[name], takings[school[name].id]
            levels = {"routines": 2 + number % 3, "behaviour": 2}
            rate(session, taking, levels, by=person, at=NOW)
            exercise_takings.finish(session, taking, by=person, at=NOW)
    leader.reload()
    expect(leader.locator(".room-number")).to_have_text("8 of 8 have sealed")
    on_each_screen(leader)
    for unseen in ("MARKER-OF", "REASON-OF", "c-dot"):
        assert unseen not in leader.content()
    leader.locator(".ask > summary").first.focus()
    leader.keyboard.press("Enter")
    expect(leader.get_by_text("This cannot be taken back: nobody can rate")).to_be_visible()
    on_each_screen(leader)
    leader.get_by_text("Not yet", exact=True).click()
    leader.get_by_text("Show the spread", exact=True).click()
    leader.get_by_role("button", name="Show it to everybody now").click()
    expect(leader.locator("#c-routines")).to_contain_text("2 of 8 gave the level of the reference")
    expect(leader.locator("#c-routines circle.c-dot")).to_have_count(8)
    assert "MARKER-OF" not in leader.content()
    on_each_screen(leader)
    leader.get_by_role("link", name="Show it on a screen").click()
    expect(leader.locator("h1")).to_have_text("1b Routines and time")
    on_each_screen(leader)
    leader.keyboard.press("ArrowRight")
    expect(leader.locator("h1")).to_have_text("1c Behaviour for learning")
    leader.keyboard.press("Escape")
    expect(leader.locator("h1")).to_contain_text("Together: ")

    page = watched[0].page
    page.get_by_role("link", name="Look again").click()
    expect(page.locator(".sentence")).to_contain_text("0 of 1")
    expect(page.locator("#c-routines")).to_contain_text("You gave 2 In part.")
    on_each_screen(page)
    for each in watched:
        assert not each.complaints
        assert not each.strangers


def test_what_was_rated_is_there_after_a_power_cut_and_on_another_tablet(
    school: School, tablet: Tablets, server: Server
) -> None:
    published(school, use=Use.TEST, link="https://video.example/lesson")
    page = sign_in(tablet(), school, "Sion")
    page.goto("/practice")
    on_each_screen(page)
    page.get_by_role("button", name="Begin").press("Enter")
    page.wait_for_url("**/practice/takings/**")
    page.locator("#c-routines input[value='3']").focus()
    page.keyboard.press("Space")
    saved(page, "Rated 1 of 4")
    server.kill()
    page.locator("#n-routines").fill("Most began at once.")
    page.locator("#c-behaviour .level").nth(0).click()
    expect(page.locator("#saving")).to_contain_text("Not saved: no connection")
    server.start()
    saved(page, "Rated 2 of 4")
    expect(page.locator("#saving")).not_to_contain_text("Not saved", timeout=15_000)
    page.wait_for_function(
        "() => !document.querySelector('#saving').classList.contains('saving-off')"
    )
    expect(page.locator("[data-without-script]").first).to_be_hidden()

    other = sign_in(tablet(), school, "Sion")
    other.goto("/practice")
    other.get_by_role("link", name="Go on").click()
    expect(other.locator("#n-routines")).to_have_value("Most began at once.")
    expect(other.locator("#c-behaviour input[type=radio]").first).to_be_checked()
    on_each_screen(other)
    for key in ("relationships", "expectations"):
        other.locator(f"#c-{key} .level").nth(2).click()
    saved(other, "Rated 4 of 4")
    other.get_by_role("button", name="Finish the test").click()
    expect(other.locator(".sentence")).to_contain_text("3 of 4")
    assert "REASON-OF" not in other.content()
    on_each_screen(other)


def test_practice_results_and_the_experts_pages_are_sound_on_every_screen(
    school: School, tablet: Tablets
) -> None:
    for number in range(5):
        exercise = published(school, title=f"Lesson {number}")
        levels = {**LEVELS, "routines": 1 + number % 4}
        taken(school, exercise, "Sion", levels, at=NOW + timedelta(days=number))
    a_group(school, exercise, {"Sion": None})
    unsettled = made(school)
    rated_by_experts(
        school, unsettled, {**LEVELS, "routines": 1}, who=[0], note="Four stood about."
    )
    rated_by_experts(school, unsettled, who=[1])
    page = sign_in(tablet(), school, "Sion")
    page.goto("/practice/results")
    expect(page.locator(".sentence").first).to_contain_text("Over 5 exercises")
    on_each_screen(page)
    page.get_by_role("link", name="Lesson 4").first.click()
    expect(page.get_by_text("REASON-OF-routines")).to_be_visible()
    on_each_screen(page)

    page = sign_in(tablet(), school, "Ada")
    page.goto(f"/practice/exercises/{unsettled.id}/reference")
    on_each_screen(page)
    for _ in LEVELS:
        form = page.locator("details[open] form")
        form.locator(".level input[value='3']").focus()
        page.keyboard.press("Space")
        form.get_by_label("Why it is this level").fill("It shows at 9:40.")
        form.get_by_role("button").click()
        page.wait_for_load_state()
    page.get_by_role("button", name="Publish the exercise").click()

    page = sign_in(tablet(), school, "Margaret")
    for address in ("/practice", "/practice/new", f"/practice/exercises/{unsettled.id}"):
        page.goto(address)
        on_each_screen(page)
