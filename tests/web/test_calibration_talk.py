import re
from datetime import timedelta

import pytest
import time_machine

from observe.core.permissions import RoleKind
from observe.services import talking
from observe.storage import pairs, summaries
from tests.browser import Browser
from tests.factories import PlannedLesson, School, a_person
from tests.talks import LATER, Noted, a_talk, same

GAPS = {
    "Sion": {"relationships": 2, "routines": 3, "behaviour": 2, "expectations": 3},
    "Ruth": {"relationships": 4, "routines": 2, "behaviour": 2},
}


@pytest.fixture(autouse=True)
def _this_week() -> object:
    with time_machine.travel(LATER + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def lesson(school: School) -> PlannedLesson:
    notes = {
        "Sion": [Noted("Four questions answered by the same three pupils.", 9)],
        "Ruth": [Noted("Asks for a reason.", 2)],
    }
    return a_talk(school, GAPS, notes=notes)


def agreed(school: School, lesson: PlannedLesson) -> dict[str, tuple[str, int | None, str | None]]:
    with school.database.read(school.network_id) as session:
        found = pairs.agreed(session, lesson.id)
    return {key: (each.outcome, each.level, each.cause) for key, each in found.items()}


def test_two_observers_talk_about_the_largest_gap_first(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    page = browser.sign_in(school["Sion"]).get(f"/pairs/{lesson.id}")
    order = re.findall(r'<details class="card[^>]*id="c-([\w-]+)"', page)
    assert order == ["relationships", "expectations", "routines"]
    assert "You were the same on 1 of 4 criteria, one apart on 1, two apart on 1." in page


def test_what_only_one_noted_stands_out(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    page = browser.sign_in(school["Ruth"]).get(f"/pairs/{lesson.id}")
    assert "Only Siôn noted this" in page
    assert "Only Ruth noted this" in page


def test_saving_a_criterion_leads_to_the_next(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    head = browser.sign_in(school["Sion"])
    form = {"agreed": "3", "cause": "saw different events", "revision": "0"}
    answer = head.client.post(f"/pairs/{lesson.id}/agree/relationships", data=form)
    assert answer.headers["Location"].endswith("?at=expectations#c-expectations")
    assert agreed(school, lesson)["relationships"] == ("agreed", 3, "saw different events")


def test_the_first_ratings_stay_as_they_were(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    head = browser.sign_in(school["Sion"])
    head.post(f"/pairs/{lesson.id}/agree/relationships", agreed="3", revision="0")
    with school.database.read(school.network_id) as session:
        found = talking.talk(session, lesson.id)
    (both,) = [c for c in found.compared if c.criterion.criterion == "relationships"]
    assert both.cells[0].values == (2, 4)


def test_who_saves_after_a_partner_sees_both_and_keeps_what_was_typed(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    url = f"/pairs/{lesson.id}/agree/relationships"
    browser.sign_in(school["Ruth"]).post(url, agreed="4", revision="0")
    page = browser.sign_in(school["Sion"]).post(
        url, agreed="2", rule="Names count.", revision="0", status=412
    )
    assert "agreed: 4 Strong" in page
    assert 'value="Names count."' in page
    assert re.search(r'name="agreed" value="2" checked', page)
    assert agreed(school, lesson)["relationships"][1] == 4


def test_saved_again_after_looking_it_takes_the_partners_place(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    url = f"/pairs/{lesson.id}/agree/relationships"
    browser.sign_in(school["Ruth"]).post(url, agreed="4", revision="0")
    browser.sign_in(school["Sion"]).post(url, agreed="2", revision="1")
    assert agreed(school, lesson)["relationships"][1] == 2


def test_a_form_without_a_choice_says_what_to_do(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    url = f"/pairs/{lesson.id}/agree/relationships"
    page = browser.sign_in(school["Sion"]).post(url, rule="Keep this.", revision="0", status=400)
    assert "Choose what you agree on" in page
    assert 'value="Keep this."' in page


def test_a_level_that_the_rubric_does_not_have_is_refused(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    url = f"/pairs/{lesson.id}/agree/relationships"
    browser.sign_in(school["Sion"]).post(url, agreed="9", revision="0", status=400)
    assert agreed(school, lesson) == {}


def test_a_rule_stands_beside_the_criterion_in_the_next_talk(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    head = browser.sign_in(school["Sion"])
    url = f"/pairs/{lesson.id}/agree/relationships"
    head.post(url, agreed="differ", rule="Names used in passing count.", revision="0")
    following = a_talk(school, GAPS, at=LATER + timedelta(days=1))
    assert "Names used in passing count." in head.get(f"/pairs/{following.id}")


def test_the_pair_closes_when_both_have_said_so(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    browser.sign_in(school["Sion"]).post(f"/pairs/{lesson.id}/close")
    assert agreed(school, lesson) == {}
    browser.sign_in(school["Ruth"]).post(f"/pairs/{lesson.id}/close")
    assert agreed(school, lesson) == {
        "relationships": ("differ", None, None),
        "routines": ("differ", None, None),
        "expectations": ("differ", None, None),
        "behaviour": ("agreed", 2, None),
    }


def test_a_closed_pair_has_a_draft_for_the_teacher(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    for name in ("Sion", "Ruth"):
        with school.database.read(school.network_id) as session:
            assert summaries.of_lesson(session, lesson.id) is None
        browser.sign_in(school[name]).post(f"/pairs/{lesson.id}/close")
    with school.database.read(school.network_id) as session:
        assert summaries.of_lesson(session, lesson.id) is not None


def test_after_a_week_one_closes_it_alone_and_the_list_says_so(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    with time_machine.travel(LATER + timedelta(days=8), tick=False):
        head = browser.sign_in(school["Sion"])
        assert "one of you is enough" in head.get(f"/pairs/{lesson.id}")
        head.post(f"/pairs/{lesson.id}/close")
        assert "Closed by one of you after a week" in head.get("/pairs")


def test_a_closed_talk_takes_nothing_more(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    for name in ("Sion", "Ruth"):
        browser.sign_in(school[name]).post(f"/pairs/{lesson.id}/close")
    head = browser.sign_in(school["Sion"])
    head.post(f"/pairs/{lesson.id}/agree/relationships", agreed="3", revision="1", status=409)
    assert "This talk is finished." in head.get(f"/pairs/{lesson.id}")


def test_a_change_asks_the_partner_again(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    browser.sign_in(school["Ruth"]).post(f"/pairs/{lesson.id}/close")
    browser.sign_in(school["Sion"]).post(
        f"/pairs/{lesson.id}/agree/relationships", agreed="3", revision="0"
    )
    with school.database.read(school.network_id) as session:
        assert pairs.taps(session, lesson.id) == set()


def test_the_leader_reads_what_was_agreed_and_never_the_records(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    browser.sign_in(school["Sion"]).post(
        f"/pairs/{lesson.id}/agree/relationships", agreed="3", revision="0"
    )
    page = browser.sign_in(school["Helen"]).get(f"/pairs/{lesson.id}")
    assert "3 Secure" in page
    assert "same three pupils" not in page


def test_without_grades_the_leader_reads_no_level(browser: Browser, school: School) -> None:
    given = {"Sion": {"routines": 2}, "Ruth": {"routines": 4}}
    lesson = a_talk(school, given, rubric="ways-of-looking")
    with school.database.read(school.network_id) as session:
        found = talking.talk(session, lesson.id)
    criterion = next(c.criterion for c in found.compared if c.criterion.scale.has_levels)
    url = f"/pairs/{lesson.id}/agree/{criterion.criterion}"
    level = criterion.scale.levels[0]
    browser.sign_in(school["Sion"]).post(url, agreed=str(level.value), revision="0")
    page = browser.sign_in(school["Helen"]).get(f"/pairs/{lesson.id}")
    assert f"<td>{level.value} {level.label}" not in page
    assert "They agree" in page


def test_the_teacher_sees_nothing_of_the_talk(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    browser.sign_in(school["Catrin"]).get(f"/pairs/{lesson.id}", status=403)


def test_a_facilitator_sees_only_how_far_a_pair_is(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    page = browser.sign_in(school["Margaret"]).get(f"/pairs/{lesson.id}")
    assert "same three pupils" not in page
    assert "Only those who observed read the records" in page


def test_a_single_lesson_has_nothing_to_compare(browser: Browser, school: School) -> None:
    lesson = a_talk(school, {"Sion": same()})
    browser.sign_in(school["Sion"]).get(f"/pairs/{lesson.id}", status=404)


def test_three_observers_talk_at_one_table(browser: Browser, school: School) -> None:
    a_person(school, "Peter Nwosu", RoleKind.HEAD)
    lesson = a_talk(school, {**GAPS, "Peter": same(level=1)})
    page = browser.sign_in(school["Peter"]).get(f"/pairs/{lesson.id}")
    assert "Peter Nwosu, head" in page
    assert "three" not in page.split("<aside")[0] or "apart" in page


def test_nobody_has_a_pair_before_one_is_planned(browser: Browser, school: School) -> None:
    assert "No pair yet" in browser.sign_in(school["Ruth"]).get("/pairs")


def test_pairs_are_listed_by_what_they_wait_for(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    a_talk(school, {"Sion": same(), "Ruth": same()}, sealed=False)
    page = browser.sign_in(school["Sion"]).get("/pairs")
    assert page.index("Sealed by all: compare") < page.index("Waiting for you")
    assert "Ruth Adeyemi has begun and has not sealed" in page


def test_the_leader_finds_the_pair_from_the_page_of_the_lesson(
    browser: Browser, school: School
) -> None:
    lesson = a_talk(school, {"Sion": same(), "Ruth": {}}, sealed=False)
    page = browser.sign_in(school["Helen"]).get(f"/lessons/{lesson.id}")
    assert f'href="/pairs/{lesson.id}"' in page
    assert "Until all have sealed" in page
    opened = a_talk(school, {"Sion": same(), "Ruth": same()})
    page = browser.sign_in(school["Helen"]).get(f"/lessons/{opened.id}")
    assert "Until all have sealed" not in page


def test_the_leader_goes_on_without_a_partner_who_does_not_come(
    browser: Browser, school: School
) -> None:
    lesson = a_talk(school, {"Sion": same(), "Ruth": {}}, sealed=False)
    leader = browser.sign_in(school["Helen"])
    assert "Go on without Ruth Adeyemi" in leader.get(f"/pairs/{lesson.id}")
    leader.post(f"/pairs/{lesson.id}/waive/{school['Ruth'].id}")
    browser.sign_in(school["Ruth"]).get(f"/pairs/{lesson.id}", status=404)


def test_opened_early_the_leader_sees_no_more_than_before(browser: Browser, school: School) -> None:
    notes = {"Sion": [Noted("SECRET-NOTE")]}
    lesson = a_talk(school, {"Sion": same(), "Ruth": same()}, notes=notes, sealed=False)
    leader = browser.sign_in(school["Helen"])
    assert "Open the records early" in leader.get(f"/pairs/{lesson.id}")
    leader.post(f"/pairs/{lesson.id}/open-early")
    assert "SECRET-NOTE" not in leader.get(f"/pairs/{lesson.id}")
    assert "opened early" in browser.sign_in(school["Ruth"]).get(f"/pairs/{lesson.id}")


@pytest.mark.parametrize(
    ("rubric", "criterion", "letter"),
    [("feedback-talk", "evidence", "L"), ("teaching-framework", "relationships", "P")],
)
def test_in_a_talk_the_leader_is_heard_and_no_pupil(
    browser: Browser, school: School, rubric: str, criterion: str, letter: str
) -> None:
    notes = {"Sion": [Noted("What did you see at ten past?", 3, (criterion,), speaker="P")]}
    levels = {"Sion": {criterion: 2}, "Ruth": {criterion: 3}}
    lesson = a_talk(school, levels, notes=notes, rubric=rubric)
    page = browser.sign_in(school["Sion"]).get(f"/pairs/{lesson.id}")
    assert set(re.findall(r'<span class="speaker">(\w)</span>', page)) == {letter}
