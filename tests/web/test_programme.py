"""The pages of a programme: what is done, due and next for each who may look, and how it is set up."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import event

from observe.core.assessing import Moment
from observe.core.permissions import RoleKind
from observe.core.programme_file import read_programme
from observe.core.programme_json import programme_digest
from observe.storage import programmes
from tests.browser import Browser
from tests.circles import another_school
from tests.factories import NOW, School, a_person
from tests.programmes import (
    A_SEASON,
    CASCADE,
    YEAR,
    a_planned_workshop,
    a_season,
    begun,
    looked_at,
)
from tests.talks import a_talk, same

LATER: dict[str, Any] = {"starts_on": "2026-12-07", "name": "Our year"}


@pytest.fixture(autouse=True)
def today() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def margaret(browser: Browser, school: School) -> Browser:
    return browser.sign_in(school["Margaret"])


@pytest.fixture
def sion(browser: Browser, school: School) -> Browser:
    return browser.sign_in(school["Sion"])


@pytest.fixture
def ruth(browser: Browser, school: School) -> Browser:
    return browser.sign_in(school["Ruth"])


def group(programme: UUID) -> str:
    return f"/programme/groups/{programme}"


def test_a_head_reads_what_is_done_due_and_next(sion: Browser, school: School) -> None:
    programme = begun(school)
    looked_at(school, "Sion", "Sion")
    workshop = a_planned_workshop(school, programme)
    page = sion.get("/programme")
    assert "1 of 10 stages are done." in page
    assert "Done on Tuesday 17 November." in page
    assert "It was due on Sunday 18 October." in page
    assert "Evidence first, Tuesday 24 November." in page
    assert f'href="/programme/workshops/{workshop}"' in page


def test_what_a_head_does_counts_by_itself(sion: Browser, school: School) -> None:
    begun(school)
    assert "0 of 3 paired lessons" in sion.get("/programme")
    a_talk(school, {"Sion": same(), "Ruth": same()})
    assert "1 of 3 paired lessons" in sion.get("/programme")


def test_a_record_that_only_the_partner_has_sealed_does_not_show(
    sion: Browser, ruth: Browser, school: School
) -> None:
    begun(school)
    before = sion.get("/programme"), ruth.get("/programme")
    a_talk(school, {"Ruth": same()})
    assert (sion.get("/programme"), ruth.get("/programme")) == before


def test_whoever_is_in_no_programme_is_told_what_will_stand_there(
    sion: Browser, margaret: Browser, school: School
) -> None:
    assert "You are in no programme" in sion.get("/programme")
    assert "No programme is under way" in margaret.get("/programme")
    assert "In no programme at the moment" in margaret.get(f"/programme/people/{school['Sion'].id}")


def test_an_adviser_sees_the_heads_of_the_schools_they_advise_and_no_others(
    ruth: Browser, browser: Browser, school: School
) -> None:
    begun(school)
    assert "Siôn Prydderch" in ruth.get("/programme")
    assert "0 of 3 paired lessons" in ruth.get(f"/programme/people/{school['Sion'].id}")
    helen = browser.sign_in(school["Helen"])
    assert "Siôn Prydderch" not in helen.get("/programme")
    helen.get(f"/programme/people/{school['Sion'].id}", status=403)


def test_a_stage_is_signed_off_once_its_evidence_is_there_and_taken_back_by_who_signed(
    browser: Browser, ruth: Browser, school: School, today: time_machine.Traveller
) -> None:
    programme = begun(school)
    at = f"{group(programme)}/people/{school['Sion'].id}/stages/final"
    ruth.post(f"{at}/sign", status=409)
    today.move_to(NOW + timedelta(weeks=30))
    looked_at(school, "Sion", "Ruth", Moment.FINAL, at=NOW + timedelta(weeks=29))
    ruth, sion, margaret = (browser.sign_in(school[name]) for name in ("Ruth", "Sion", "Margaret"))
    assert "Waiting for your sign-off" in ruth.get("/programme")
    margaret.post(f"{at}/sign", status=403)
    sion.post(f"{at}/sign", status=403)
    ruth.post(f"{at}/sign")
    assert "Signed off by Ruth Adeyemi." in ruth.get(f"/programme/people/{school['Sion'].id}")
    assert "Waiting for your sign-off" not in ruth.get("/programme")
    ruth.post(f"{at}/undo")
    assert "Waiting for your sign-off" in ruth.get("/programme")


def test_the_group_stands_with_whoever_is_late_first_and_then_by_name(
    margaret: Browser, ruth: Browser, school: School
) -> None:
    for name in ("Zoe Last", "Anna First"):
        a_person(school, name, RoleKind.HEAD)
    programme = begun(school, members=("Sion", "Zoe", "Anna"))
    for name in ("Sion", "Anna"):
        looked_at(school, name, name)
        looked_at(school, name, "Ruth")
    with school.database.write(school.network_id) as session:
        row = programmes.stage_row(session, programme, "first-workshop")
        row.due_on = date(2026, 12, 1)
    page = margaret.get(f"{group(programme)}/progress")
    table = page[page.index("<tbody>") :]
    names = re.findall(r'class="name-link"[^>]*>([^<]*)<', table)
    assert names == ["Zoe Last", "Anna First", "Siôn Prydderch"]
    assert "3 people are in it. It was made for 8 to 20." in page
    assert "2 of 3 done, 1 overdue" in page
    ruth.get(f"{group(programme)}/progress", status=403)


def test_a_facilitator_begins_a_programme_and_says_who_is_in_it(
    margaret: Browser, sion: Browser, school: School
) -> None:
    begins = f"/programme/new/{programme_digest(YEAR)}"
    assert YEAR.title in margaret.get("/programme/new")
    assert "Three practice lessons" in margaret.get(begins)
    assert "Give a day" in margaret.post(begins, status=400, **(LATER | {"starts_on": "soon"}))
    assert "Give it a name" in margaret.post(begins, status=400, **(LATER | {"name": "x" * 121}))
    page = margaret.post(begins, status=200, follow=True, **LATER)
    assert "Siôn Prydderch" in page
    (programme,) = set(re.findall(r"/programme/groups/([0-9a-f-]+)", page))
    at = f"/programme/groups/{programme}/members"
    assert "Tick who is to be added." in margaret.post(at, status=400)
    margaret.post(at, person=[school["Sion"].id, school["Helen"].id])
    assert "2 people are in it." in margaret.get(at)
    assert "Our year" in sion.get("/programme")
    margaret.post(f"{at}/{school['Helen'].id}/remove")
    assert "1 person is in it." in margaret.get(at)


def test_a_new_member_joins_a_part(margaret: Browser, sion: Browser, school: School) -> None:
    programme = begun(school, members=())
    at = f"{group(programme)}/members"
    part: dict[str, Any] = {"joins": "part", "stage": ["practice", "paired"]}
    margaret.post(at, person=school["Sion"].id, **part)
    assert "2 stages of it" in margaret.get(at)
    assert "0 of 2 stages are done." in sion.get("/programme")
    nothing = margaret.post(f"{at}/{school['Sion'].id}/part", status=400, joins="part")
    assert "Choose at least one stage of this programme." in nothing
    margaret.post(f"{at}/{school['Sion'].id}/part", joins="all")
    assert "0 of 10 stages are done." in sion.get("/programme")


def test_a_head_begins_the_cascade_for_the_team_leaders_of_the_school(
    sion: Browser, browser: Browser, school: School
) -> None:
    sion.get(f"/programme/new/{programme_digest(YEAR)}", status=404)
    begins = f"/programme/new/{programme_digest(CASCADE)}"
    page = sion.post(begins, status=200, follow=True, starts_on="2026-11-09", name="Leaders")
    (programme,) = set(re.findall(r"/programme/groups/([0-9a-f-]+)", page))
    sion.post(f"/programme/groups/{programme}/members", person=school["Helen"].id)
    sion.get(f"/programme/groups/{programme}/progress")
    assert "Leaders" in browser.sign_in(school["Helen"]).get("/programme")
    assert "The groups you look after" in sion.get("/programme")


def test_a_head_who_has_done_all_of_it_goes_on_to_what_follows(
    sion: Browser, school: School
) -> None:
    begun(school, a_season(stages=a_season().stages[1:2], then=CASCADE.programme))
    assert "Go on to" not in sion.get("/programme")
    for _time in range(2):
        a_talk(school, {"Sion": same()})
    page = sion.get("/programme")
    assert "Go on to “Training team leaders”" in page
    assert f'href="/programme/new/{programme_digest(CASCADE)}"' in page


def test_a_file_is_checked_and_each_fault_told_with_its_line(margaret: Browser) -> None:
    wrong = A_SEASON.replace("kind: workshop", "kind: picnic").replace("needed: 2", "needed: 0")
    page = margaret.post("/programme/new", status=400, file=(BytesIO(wrong.encode()), "s.yaml"))
    assert page.count("Line ") == 2
    assert "picnic" not in margaret.get("/programme/new")
    assert "Choose a file first." in margaret.post("/programme/new", status=400)


def test_a_file_without_a_fault_is_kept_and_can_be_begun(margaret: Browser, sion: Browser) -> None:
    sent = {"file": (BytesIO(A_SEASON.encode()), "season.yaml")}
    page = margaret.post("/programme/new", status=200, follow=True, **sent)
    assert "A season" in page
    assert "Begin it" in page
    assert "A season" not in sion.get("/programme/new")


def test_the_days_are_changed_and_every_stage_moves_with_the_first(
    margaret: Browser, school: School
) -> None:
    programme = begun(school)
    at = f"{group(programme)}/settings"
    margaret.post(at, name="Our year", starts_on="2026-09-14")
    assert "From Monday 14 September to" in margaret.get(group(programme))
    days: dict[str, Any] = {"opens_on": "2026-10-01", "due_on": "2026-12-24"}
    margaret.post(f"{at}/stages/practice", **days)
    assert "From Thursday 1 October to Thursday 24 December." in margaret.get(group(programme))
    backwards = margaret.post(
        f"{at}/stages/practice", status=400, **(days | {"due_on": "2026-09-30"})
    )
    assert "It is due before it begins. Give a later day." in backwards
    assert "A stage cannot begin before its programme." in margaret.post(
        f"{at}/stages/practice", status=400, **(days | {"opens_on": "2026-09-01"})
    )


def test_a_programme_ends_and_goes_on_again(
    margaret: Browser, sion: Browser, school: School
) -> None:
    at = f"{group(begun(school))}/settings"
    margaret.post(f"{at}/end")
    assert "You are in no programme" in sion.get("/programme")
    margaret.post(f"{at}/reopen")
    assert "You are in no programme" not in sion.get("/programme")


def test_a_group_is_handed_over_to_another_facilitator(margaret: Browser, school: School) -> None:
    programme = begun(school)
    at = f"{group(programme)}/settings"
    assert "There is nobody else who could lead it." in margaret.get(at)
    a_person(school, "Gwen Second", RoleKind.FACILITATOR)
    assert "Choose a name from the list." in margaret.post(f"{at}/leader", status=400)
    margaret.post(f"{at}/leader", person=school["Gwen"].id)
    assert "Led by Gwen Second." in margaret.get(group(programme))


def test_today_says_in_one_line_what_is_due_next_in_the_programme(
    sion: Browser, ruth: Browser, school: School
) -> None:
    begun(school)
    page = sion.get("/")
    assert "In your programme: How I observe now" in page
    assert "overdue since Sunday 4 October" in page
    assert "In your programme" not in ruth.get("/")


def test_a_stage_names_its_rubric_by_the_title_and_not_by_its_id(
    sion: Browser, school: School
) -> None:
    asked = A_SEASON.replace("by_week: 8}", "by_week: 8, counts: {rubric: teaching-framework}}")
    programme = begun(school, read_programme(asked, "season.yaml"))
    for url in ("/programme", group(programme), f"/programme/people/{school['Sion'].id}"):
        assert "With the rubric “Teaching framework”." in sion.get(url), url


def test_who_can_be_added_stands_with_their_school(margaret: Browser, school: School) -> None:
    another_school(school, "Ysgol Bryn")
    page = margaret.get(f"{group(begun(school))}/members")
    assert "<span>Helen Marsh<small>Thornbeck Primary</small></span>" in page
    assert "<small>Thornbeck Primary. All of it</small>" in page


def test_today_tells_a_facilitator_who_is_overdue_by_name_and_without_a_ranking(
    margaret: Browser, school: School
) -> None:
    for name in ("Bea", "Ann", "Cai"):
        a_person(school, f"{name} Head", RoleKind.HEAD)
    few = begun(school, members=("Sion", "Bea", "Ann"))
    page = margaret.get("/")
    assert "Overdue: Ann Head, Bea Head, Siôn Prydderch." in page
    assert f'href="{group(few)}/progress"' in page
    begun(school, a_season(), members=("Sion", "Bea", "Ann", "Cai"))
    assert "4 of 4 people have something overdue." in margaret.get("/")


def test_today_says_that_nothing_is_overdue_in_a_group(margaret: Browser, school: School) -> None:
    begun(school, starts_on=NOW.date())
    assert "Nothing is overdue." in margaret.get("/")


def test_today_tells_a_head_of_the_workshop_that_is_near(
    sion: Browser, ruth: Browser, school: School
) -> None:
    workshop = a_planned_workshop(school, begun(school))
    assert f"/programme/workshops/{workshop}" in sion.get("/")
    assert f"/programme/workshops/{workshop}" not in ruth.get("/")


def test_today_names_a_stage_and_its_workshop_once(sion: Browser, school: School) -> None:
    meet = begun(school, a_season(), starts_on=NOW.date())
    workshop = a_planned_workshop(school, meet, stage="meet")
    page = sion.get("/")
    assert page.count('class="in-programme"') == 1
    assert f"/programme/workshops/{workshop}" in page


def asked_of_the_database(reader: Browser, url: str) -> int:
    """How many statements it takes to answer."""
    heard: list[str] = []

    def hear(*told: Any) -> None:
        heard.append(told[2])

    engine = reader.app.extensions["observe_database"].engine
    event.listen(engine, "before_cursor_execute", hear)
    reader.get(url)
    event.remove(engine, "before_cursor_execute", hear)
    return len(heard)


def eight_more(school: School) -> list[str]:
    names = [f"Head{number}" for number in range(8)]
    for name in names:
        a_person(school, f"{name} More", RoleKind.HEAD)
    return names


def test_today_asks_little_more_of_whoever_is_in_a_programme(sion: Browser, school: School) -> None:
    before = asked_of_the_database(sion, "/")
    begun(school)
    in_one = asked_of_the_database(sion, "/")
    begun(school, members=("Sion", *eight_more(school)))
    assert in_one - before <= 12
    assert asked_of_the_database(sion, "/") - in_one <= 2


def test_a_large_group_takes_as_many_questions_as_a_small_one(
    margaret: Browser, school: School
) -> None:
    few, many = begun(school), begun(school, members=("Sion", *eight_more(school)))
    one, other = (
        asked_of_the_database(margaret, f"{group(each)}/progress") for each in (few, many)
    )
    assert one == other


def test_a_programme_of_another_network_is_not_there(
    browser: Browser, school: School, sion: Browser
) -> None:
    programme = begun(school)
    assert YEAR.title in sion.get(group(programme))
    browser.sign_in(school["Helen"]).get(group(programme), status=403)
    sion.get(group(UUID(int=7)), status=404)


def test_an_adviser_finds_heads_with_something_overdue_first(ruth: Browser, school: School) -> None:
    for name in ("Anna First", "Zoe Last"):
        a_person(school, name, RoleKind.HEAD)
    begun(school, members=("Anna", "Zoe"), starts_on=NOW.date() - timedelta(weeks=2))
    begun(school, members=("Zoe",))
    page = ruth.get("/programme")
    assert page.index("Zoe Last") < page.index("Anna First")
