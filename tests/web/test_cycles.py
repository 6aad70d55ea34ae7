"""The pages of improvement: a cycle, its run chart in words, drawing, table and file."""

from datetime import timedelta
from typing import Any

import pytest

from observe.services import improving
from tests.browser import Browser
from tests.factories import NOW, School
from tests.improving import AIM, BETTER, TRIED, a_cycle, a_step, measured

NEW: dict[str, Any] = {
    "aim": AIM,
    "measure": "Seconds of silence",
    "unit": "seconds",
    "better": "up",
    "whose": "own",
    "source": "typed",
}


def test_a_head_begins_a_cycle_measures_and_reads_what_it_says(
    browser: Browser, school: School
) -> None:
    head = browser.sign_in(school["Sion"])
    page = head.post("/improvement/new", **NEW, follow=True, status=200)
    assert "No point yet" in page
    assert "Seconds of silence" in head.get("/improvement")


def test_a_chart_is_told_drawn_and_listed(browser: Browser, school: School) -> None:
    cycle_id = a_cycle(school)
    measured(school, cycle_id, BETTER)
    a_step(school, cycle_id)
    page = browser.sign_in(school["Sion"]).get(f"/improvement/{cycle_id}")
    assert "6 points in a row lie above the middle" in page
    assert "That is the way you want." in page
    assert page.count('class="run-sign"') == page.count("<td>many on one side</td>") + 1
    assert "a trial begins" in page
    assert TRIED in page
    assert "2.3" in page


def test_a_middle_that_stays_is_told_of_the_points_it_comes_from(
    browser: Browser, school: School
) -> None:
    cycle_id = a_cycle(school)
    measured(school, cycle_id, BETTER)
    head = browser.sign_in(school["Sion"])
    head.post(f"/improvement/{cycle_id}/median", do="fix")
    later = NOW + timedelta(weeks=1)
    with school.database.write(school.network_id) as session:
        improving.measure(session, cycle_id, later.date(), 5.0, by=school["Sion"], at=later)
    page = head.get(f"/improvement/{cycle_id}")
    assert f"The middle of the first {len(BETTER)} points is" in page
    assert "half lie above it" not in page


def test_the_way_down_is_good_where_less_is_better(browser: Browser, school: School) -> None:
    from observe.core.improving import Better

    cycle_id = a_cycle(school, better=Better.DOWN)
    measured(school, cycle_id, BETTER)
    page = browser.sign_in(school["Sion"]).get(f"/improvement/{cycle_id}")
    assert "That is not the way you want." in page


def test_few_points_say_how_many_are_missing(browser: Browser, school: School) -> None:
    cycle_id = a_cycle(school)
    measured(school, cycle_id, (1, 2, 3, 4))
    page = browser.sign_in(school["Sion"]).get(f"/improvement/{cycle_id}")
    assert "With 6 more points above or below it, a change can be told from luck." in page
    assert "Changes are looked for once ten points" in page


def test_a_file_holds_the_points_the_median_and_what_each_is_part_of(
    browser: Browser, school: School
) -> None:
    cycle_id = a_cycle(school)
    measured(school, cycle_id, BETTER)
    head = browser.sign_in(school["Sion"])
    lines = head.get(f"/improvement/{cycle_id}.csv").splitlines()
    assert lines[0].lstrip("\ufeff").startswith("day,measure,unit,value,median,in_median,part_of")
    assert len(lines) == 1 + len(BETTER)
    assert "shift" in lines[-1]
    assert head.client.get(f"/improvement/{cycle_id}.xlsx").data[:2] == b"PK"


def test_a_heads_own_cycle_is_open_to_those_who_take_part_alone(
    browser: Browser, school: School
) -> None:
    own, groups = a_cycle(school), a_cycle(school, of_group=True)
    for who in ("Ruth", "Helen", "Catrin", "Margaret"):
        reader = browser.sign_in(school[who])
        for address in ("", ".csv", ".xlsx", "/change", "/steps/new"):
            assert reader.client.get(f"/improvement/{own}{address}").status_code == 403
    facilitator = browser.sign_in(school["Margaret"])
    assert AIM in facilitator.get(f"/improvement/{groups}")
    assert "Add a point" not in facilitator.get(f"/improvement/{groups}")
    facilitator.post(f"/improvement/{groups}/points", day="2026-11-02", value="1", status=403)
    browser.sign_in(school["Ruth"]).get(f"/improvement/{groups}", status=403)


def test_whoever_is_added_adds_points(browser: Browser, school: School) -> None:
    cycle_id = a_cycle(school)
    head, adviser = browser.sign_in(school["Sion"]), browser.sign_in(school["Ruth"])
    head.post(f"/improvement/{cycle_id}/members", person=school["Ruth"].id)
    adviser.post(f"/improvement/{cycle_id}/points", day="2026-11-02", value="1,5", note="Fog")
    page = head.get(f"/improvement/{cycle_id}")
    assert "1.5" in page
    assert "Fog" in page
    page = head.post(
        f"/improvement/{cycle_id}/points/remove", day="2026-11-02", follow=True, status=200
    )
    assert "Taken off: 1.5" in page
    head.post(f"/improvement/{cycle_id}/members/remove", person=school["Ruth"].id)
    adviser.get(f"/improvement/{cycle_id}", status=403)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"aim": ""}, "Say what you want to improve"),
        ({"measure": " "}, "Say what you will measure"),
        ({"better": ""}, "Say which way is better"),
        ({"source": "elsewhere"}, "Choose where the points come from"),
        ({"source": "same level"}, "measure for a group"),
        ({"unit": "x" * 161}, "longer than 160"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(
    browser: Browser, school: School, wrong: dict[str, Any], sentence: str
) -> None:
    head = browser.sign_in(school["Sion"])
    assert sentence in head.post("/improvement/new", **{**NEW, **wrong}, status=400)


@pytest.mark.parametrize(
    "wrong", [{"day": ""}, {"value": "many"}, {"day": "2030-01-01"}, {"note": "x" * 161}]
)
def test_a_point_that_cannot_be_read_is_not_kept(
    browser: Browser, school: School, wrong: dict[str, Any]
) -> None:
    cycle_id = a_cycle(school)
    head = browser.sign_in(school["Sion"])
    point = {"day": "2026-11-02", "value": "1", "note": ""}
    head.post(f"/improvement/{cycle_id}/points", **{**point, **wrong}, status=400)
    assert "No point yet" in head.get(f"/improvement/{cycle_id}")


def test_a_round_is_planned_done_studied_and_decided(browser: Browser, school: School) -> None:
    cycle_id = a_cycle(school)
    head = browser.sign_in(school["Sion"])
    head.post(f"/improvement/{cycle_id}/steps/new", change="", status=400)
    head.post(f"/improvement/{cycle_id}/steps/new", change=TRIED, tried_on="2026-11-02")
    step_id = a_step(school, cycle_id)
    address = f"/improvement/{cycle_id}/steps/{step_id}"
    told = {"change": TRIED, "found": "More hands", "decision": "keep", "revision": "1"}
    head.post(address, **told)  # type: ignore[arg-type]
    page = head.get(f"/improvement/{cycle_id}")
    assert "More hands" in page
    assert "keep it" in page
    stale = {**told, "found": "Fewer hands"}
    page = head.post(address, **stale, status=412)  # type: ignore[arg-type]
    assert "More hands" in page
    assert "Fewer hands" in page
    other = a_cycle(school)
    head.get(f"/improvement/{other}/steps/{step_id}", status=404)


def test_a_cycle_ends_with_what_was_learnt_and_can_be_taken_up_again(
    browser: Browser, school: School
) -> None:
    cycle_id = a_cycle(school)
    head = browser.sign_in(school["Sion"])
    page = head.post(
        f"/improvement/{cycle_id}/end", learnt="Silence is long", follow=True, status=200
    )
    assert "Silence is long" in page
    assert "Add a point" not in page
    head.post(f"/improvement/{cycle_id}/end", do="take up")
    assert "Add a point" in head.get(f"/improvement/{cycle_id}")


def test_the_median_stays_when_asked_to(browser: Browser, school: School) -> None:
    cycle_id = a_cycle(school)
    measured(school, cycle_id, BETTER)
    head = browser.sign_in(school["Sion"])
    head.post(f"/improvement/{cycle_id}/median", do="fix")
    assert "It stays: that of the points up to" in head.get(f"/improvement/{cycle_id}")
    head.post(f"/improvement/{cycle_id}/median", do="free")
    assert "moves with each new one" in head.get(f"/improvement/{cycle_id}")
