"""The planner, free times and the visits of a school, as people meet them."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from observe.core.ids import new_id
from observe.core.permissions import RoleKind
from observe.core.terms import term_after, term_before, term_of
from observe.storage.tables import people
from tests.browser import Browser
from tests.classroom import Classroom
from tests.factories import School, a_lesson, a_person
from tests.web.test_capture_pages import SOON, a_form, a_school

pytestmark = pytest.mark.usefixtures("some_days_later")

LONDON = ZoneInfo("Europe/London")


def school_day(ahead: int = 2) -> datetime:
    """A day from Monday to Friday at ten, at least so many days ahead."""
    day = datetime.now(LONDON).replace(hour=10, minute=5, second=0, microsecond=0)
    day += timedelta(days=ahead)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day.astimezone(UTC)


def term_at(moment: datetime) -> str:
    return term_of(moment.astimezone(LONDON).date()).key


def test_the_planner_shows_a_lesson_with_its_pair_and_how_far_it_is(
    browser: Browser, school: School
) -> None:
    planned = a_lesson(school, starts_at=SOON)
    page = browser.sign_in(school["Sion"]).get(f"/planner?term={term_at(SOON)}")
    assert "Year 5 Maths, Catrin Morley" in page
    assert "Pair: Siôn Prydderch, Ruth Adeyemi" in page
    assert f"/lessons/{planned.id}/change#date" in page


def test_what_is_short_is_a_sentence(browser: Browser, school: School) -> None:
    page = browser.sign_in(school["Ruth"]).get("/planner")
    assert "Nobody observes with Siôn Prydderch this half term." in page
    assert "Nobody observes with you this half term." in page


def test_an_empty_week_leads_to_a_lesson_on_its_first_day(browser: Browser, school: School) -> None:
    head = browser.sign_in(school["Sion"])
    term = term_after(term_of(datetime.now(LONDON).date()))
    page = head.get(f"/planner?term={term.key}")
    offered = re.findall(r'href="(/lessons/new\?date=[^"]+)"', page)
    day = offered[-1].split("date=")[1][:10]
    assert f'value="{day}"' in head.get(offered[-1].replace("&amp;", "&"))


def test_the_address_keeps_school_term_and_person(browser: Browser, school: School) -> None:
    other = a_school(school, "Ysgol Twr Gwyn")
    facilitator = browser.sign_in(school["Margaret"])
    a_lesson(school, starts_at=SOON)
    every = facilitator.get(f"/planner?term={term_at(SOON)}")
    assert "School by school" in every
    assert every.count('aria-labelledby="schools-h"') == 1, "one landmark of this name"
    assert f"school={other}" in every
    mine = f"/planner?term={term_at(SOON)}&school={school.school_id}&person={school['Ruth'].id}"
    page = facilitator.get(mine)
    assert "at Thornbeck Primary" in page
    assert f'<option value="{school["Ruth"].id}" selected>' in page
    assert "0 lessons from" in facilitator.get(f"/planner?term={term_at(SOON)}&school={other}")


def test_past_weeks_are_folded_and_the_address_of_one_opens_it(
    browser: Browser, school: School
) -> None:
    begun = SOON - timedelta(days=120)
    day = begun.astimezone(LONDON).date()
    monday = day - timedelta(days=day.weekday())
    a_lesson(school, starts_at=begun)
    head = browser.sign_in(school["Sion"])
    folded = f'id="week-{monday}">\n      <details class="fold">'
    folded_page = head.get(f"/planner?term={term_at(begun)}")
    assert "".join(folded.split()) in "".join(folded_page.split())
    address = f"/planner?term={term_at(begun)}&amp;week={monday}"
    assert address in folded_page
    opened = head.get(f"/planner?week={monday}")
    assert f'id="week-{monday}"><details class="fold" open>'.replace(" ", "") in "".join(
        opened.split()
    )
    head.get("/planner?week=once")


def test_a_teacher_has_no_planner(browser: Browser, school: School) -> None:
    browser.sign_in(school["Catrin"]).get("/planner", status=403)


def test_the_head_sets_visits_a_year_and_the_form_counts_them(
    browser: Browser, school: School
) -> None:
    a_lesson(school, starts_at=school_day())
    head = browser.sign_in(school["Sion"])
    address = f"/planner/schools/{school.school_id}/visits"
    assert "Visits at Thornbeck Primary" in head.get(address)
    assert "whole number" in head.post(address, status=400, cap="many")
    assert "from 1 to 50" in head.post(address, status=400, cap="99")
    head.post(address, cap="2")
    page = head.get(f"/lessons/new?date={school_day():%Y-%m-%d}")
    assert "Catrin Morley (1 of 2 visits this year)" in page
    head.post(address, cap="")
    assert "visits this year" not in head.get("/lessons/new")


def test_one_visit_too_many_is_said_beside_the_teacher(browser: Browser, school: School) -> None:
    day = school_day()
    a_lesson(school, starts_at=day - timedelta(hours=3))
    head, adviser = browser.sign_in(school["Sion"]), browser.sign_in(school["Ruth"])
    head.post(f"/planner/schools/{school.school_id}/visits", cap="1")
    form = a_form(school, date=f"{day:%Y-%m-%d}", time="13:05")
    assert "Ask Siôn Prydderch" in adviser.post("/lessons/new", status=400, **form)
    assert "Say in a line why" in head.post("/lessons/new", status=400, **form)
    page = head.post("/lessons/new", follow=True, status=200, **form, over_cap="She asked.")
    assert "because: She asked." in page


def test_a_school_of_others_is_refused_with_who_could(browser: Browser, school: School) -> None:
    other = a_school(school, "Ysgol Twr Gwyn")
    page = browser.sign_in(school["Sion"]).get(f"/lessons/new?school={other}", status=404)
    assert "You do not plan lessons at Ysgol Twr Gwyn" in page
    page = _at_another_school(school, browser)
    assert "Siôn Prydderch (head) or Ruth Adeyemi (adviser) can." in page


def _at_another_school(school: School, browser: Browser) -> str:
    """What the head of another school is told who wants to plan here."""
    other = a_school(school, "Ysgol Coed")
    nia = a_person(school, "Nia Elsewhere", RoleKind.HEAD)
    with school.database.write(school.network_id) as session:
        (role,) = session.query(people.Role).filter_by(person_id=nia.id).all()
        role.school_id = UUID(other)
    return browser.sign_in(nia).get(f"/lessons/new?school={school.school_id}", status=404)


def test_who_is_away_is_said_and_free_days_are_offered_by_a_tap(
    browser: Browser, school: School
) -> None:
    day = school_day(7)
    ruth, head = browser.sign_in(school["Ruth"]), browser.sign_in(school["Sion"])
    ruth.post("/free-times/away", first_day=f"{day:%Y-%m-%d}")
    form = a_form(school, date=f"{day:%Y-%m-%d}")
    page = head.post("/lessons/new", status=409, **form)
    assert f"Ruth Adeyemi is away on {day:%A} {day.day} {day:%B}." in page.replace(
        f" {day.year}", ""
    )
    assert "Both are free on" in page
    taps = re.findall(r'name="day" value="([^"]+)"', page)
    assert f"{day:%Y-%m-%d}" not in taps
    tapped = head.post("/lessons/new", status=200, **form, day=taps[0])
    assert f'value="{taps[0]}"' in tapped
    head.post("/lessons/new", **form, sure="yes")


def test_a_form_asks_when_all_are_free_and_plans_nothing(browser: Browser, school: School) -> None:
    head = browser.sign_in(school["Sion"])
    page = head.post("/lessons/new", status=200, **a_form(school, room="hall"), ask="days")
    assert "Both are free on" in page
    assert 'value="hall"' in page


def test_a_teachers_lesson_is_taken_over_by_a_tap(browser: Browser, school: School) -> None:
    catrin, head = browser.sign_in(school["Catrin"]), browser.sign_in(school["Sion"])
    taught: dict[str, Any] = {
        "weekday": "2",
        "begins_at": "11:20",
        "minutes": "45",
        "subject": "science",
    }
    catrin.post("/free-times/taught", **taught)
    page = head.post("/lessons/new", status=200, **a_form(school), ask="days")
    (tap,) = re.findall(r'name="taught" value="([^"]+)"', page)
    assert "Wednesday 11:20, Science" in page
    filled = head.post("/lessons/new", status=200, **a_form(school), taught=tap)
    assert 'value="11:20"' in filled
    assert 'value="45"' in filled


def test_whoever_cannot_choose_a_teacher_does_not_learn_what_they_teach_or_when_they_are_away(
    browser: Browser, school: School
) -> None:
    catrin, day = browser.sign_in(school["Catrin"]), school_day(3)
    catrin.post("/free-times/taught", weekday="2", begins_at="11:20", minutes="45", subject="Maths")
    catrin.post("/free-times/away", first_day=f"{day:%Y-%m-%d}")
    asked = a_form(school) | {"ask": "days"}
    offered = browser.sign_in(school["Sion"]).post("/lessons/new", status=200, **asked)
    assert "Wednesday 11:20, Maths" in offered
    a_person(replace(school, team_id=a_team(school)), "Owen Leader", RoleKind.LEADER)
    owen = browser.sign_in(school["Owen"])
    page = owen.post("/lessons/new", status=200, **asked)
    assert "11:20" not in page
    nobodys = owen.post("/lessons/new", status=200, **asked | {"teacher": ""})
    assert free_days(page) == free_days(nobodys) != []


def free_days(page: str) -> list[str]:
    return re.findall(r'name="day" value="([^"]+)"', page)


def a_team(school: School) -> UUID:
    team_id = new_id(SOON)
    with school.database.write(school.network_id) as session:
        session.add(people.Team(id=team_id, school_id=school.school_id, name="Lower school"))
    return team_id


def test_own_free_times_are_kept_and_taken_back(browser: Browser, school: School) -> None:
    ruth = browser.sign_in(school["Ruth"])
    assert "Your week" in ruth.get("/free-times")
    ruth.post("/free-times/week", free=["0-morning", "3-afternoon", "9-night"])
    page = ruth.get("/free-times")
    assert len(re.findall(r"checked", page)) == 2
    assert "Give a day" in ruth.post("/free-times/away", status=400, first_day="soon")
    day = school_day(3)
    ruth.post("/free-times/away", first_day=f"{day:%Y-%m-%d}", last_day=f"{day:%Y-%m-%d}")
    (end,) = re.findall(r'action="(/free-times/away/[^"]+/end)"', ruth.get("/free-times"))
    assert "Taken back" in ruth.post(end, follow=True, status=200)


def test_a_teacher_gives_days_away_and_lessons_and_no_free_half_days(
    browser: Browser, school: School
) -> None:
    catrin = browser.sign_in(school["Catrin"])
    page = catrin.get("/free-times")
    assert "What you teach each week" in page
    assert "Your week" not in page
    assert "Give a time" in catrin.post("/free-times/taught", status=400, subject="maths")
    catrin.post("/free-times/taught", weekday="1", begins_at="09:00", subject="maths")
    (end,) = re.findall(r'action="(/free-times/taught/[^"]+/end)"', catrin.get("/free-times"))
    catrin.post(end)
    assert "Take out" not in catrin.get("/free-times")


def test_an_observer_is_changed_in_the_form(browser: Browser, school: School) -> None:
    planned = a_lesson(school, starts_at=school_day())
    head = browser.sign_in(school["Sion"])
    form = a_form(school, partner=str(school["Helen"].id), revision="1")
    assert "Partner" in head.get(f"/lessons/{planned.id}/change")
    page = head.post(f"/lessons/{planned.id}/change", follow=True, status=200, **form)
    change = "Siôn Prydderch, Ruth Adeyemi → Siôn Prydderch, Helen Marsh"
    assert f"Who observes: {change}" in page


def test_whoever_has_begun_stands_in_the_form_and_stays(browser: Browser, school: School) -> None:
    room = Classroom(school, a_lesson(school, starts_at=school_day()))
    room.begun("Ruth")
    head = browser.sign_in(school["Sion"])
    address = f"/lessons/{room.lesson.id}/change"
    assert re.search(r"Ruth Adeyemi</b>.*has begun, and stays", head.get(address))
    form = a_form(school, partner=str(school["Helen"].id), revision="1")
    page = head.post(address, status=400, **form)
    assert "Ruth Adeyemi has begun a record, so Ruth Adeyemi stays." in page


def test_a_form_that_names_no_observers_leaves_them(browser: Browser, school: School) -> None:
    planned = a_lesson(school, starts_at=school_day())
    form = a_form(school, revision="1")
    del form["observer"], form["partner"]
    head = browser.sign_in(school["Sion"])
    page = head.post(f"/lessons/{planned.id}/change", follow=True, status=200, **form)
    assert "Who observes:" not in page


def test_who_should_observe_together_next_is_one_tap_from_the_form(
    browser: Browser, school: School
) -> None:
    head = browser.sign_in(school["Sion"])
    page = head.get("/planner")
    assert "Who should observe together next" in page
    section = page.split('id="next-pairs"')[1]
    address = re.findall(r'href="(/lessons/new\?[^"]+)"', section)[0].replace("&amp;", "&")
    assert "Both are free on" in head.get(address)
    over = term_before(term_of(datetime.now(LONDON).date()))
    assert "Who should observe together next" not in head.get(f"/planner?term={over.key}")
