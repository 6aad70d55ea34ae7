"""The pages on which a head and an adviser look at how the head observes."""

from datetime import timedelta

import pytest

from observe.core.assessing import Moment
from observe.core.permissions import RoleKind
from observe.storage import suggestions
from tests.assessed import Looked, begun, both_sealed, looked, sealed, suggested, written
from tests.browser import Browser
from tests.factories import NOW, School, a_person
from tests.talks import a_talk, same

pytestmark = pytest.mark.usefixtures("some_days_later")

LIST = "/programme/observing"


def at(round_id: object, more: str = "") -> str:
    return f"{LIST}/rounds/{round_id}{more}"


@pytest.fixture
def found(school: School) -> Looked:
    return looked(school)


def test_a_head_begins_with_a_baseline(browser: Browser, school: School) -> None:
    head = browser.sign_in(school["Sion"])
    page = head.get(LIST)
    assert "You have not looked at it yet" in page
    assert "Ruth Adeyemi" in page
    sheet = head.post(f"{LIST}/{school['Sion'].id}", follow=True, status=200, moment="baseline")
    assert "How you observe" in sheet
    assert "The assessment is not begun." in sheet
    assert "0 of 11 criteria are complete." in sheet


def test_a_moment_that_there_is_not_is_refused(browser: Browser, school: School) -> None:
    head = browser.sign_in(school["Sion"])
    page = head.post(f"{LIST}/{school['Sion'].id}", status=400, moment="never")
    assert "Choose a moment" in page


def test_a_criterion_is_saved_and_a_script_is_told_how_much_is_written(
    browser: Browser, school: School
) -> None:
    round_id = begun(school, "Sion")
    head = browser.sign_in(school["Sion"])
    answer = head.client.post(
        at(round_id, "/criteria/gathers"),
        data={"value": "3", "note": "On Tuesday, in maths."},
        headers={"Accept": "application/json"},
    )
    assert answer.get_json()["saved"].endswith("1 of 11 criteria are complete.")
    page = head.get(at(round_id))
    assert "On Tuesday, in maths." in page
    assert 'id="v-gathers-3" value="3" checked' in page


def test_without_a_script_a_criterion_is_saved_by_its_button(
    browser: Browser, school: School
) -> None:
    round_id = begun(school, "Sion")
    head = browser.sign_in(school["Sion"])
    url = at(round_id, "/criteria/compares")
    page = head.post(url, follow=True, status=200, value="not_applicable")
    assert "Saved." in page
    assert "1 of 11" in page


def test_what_is_missing_is_named_when_one_seals(browser: Browser, school: School) -> None:
    round_id = begun(school, "Sion")
    page = browser.sign_in(school["Sion"]).post(at(round_id, "/seal"), status=409)
    assert "These lack a level or a sentence of evidence: 1a Gathers evidence" in page


def test_sealed_it_waits_for_the_other_and_is_read_by_its_author(
    browser: Browser, school: School
) -> None:
    round_id = begun(school, "Sion")
    written(school, round_id, "Sion", 3, evidence="In the lesson on rivers.")
    head = browser.sign_in(school["Sion"])
    page = head.post(at(round_id, "/seal"), follow=True, status=200)
    assert "You sealed this on" in page
    assert "In the lesson on rivers." in page
    assert "<textarea" not in page


def test_an_adviser_takes_up_what_a_head_began(browser: Browser, school: School) -> None:
    round_id = begun(school, "Sion")
    adviser = browser.sign_in(school["Ruth"])
    assert "The self-evaluation of Siôn Prydderch is under way." in adviser.get(at(round_id))
    url = f"{LIST}/{school['Sion'].id}"
    page = adviser.post(url, follow=True, status=200, moment="baseline")
    assert "How Siôn Prydderch observes" in page
    assert "Suggestions for the next year" in page


def test_lessons_that_both_observed_can_be_named(browser: Browser, school: School) -> None:
    lesson = a_talk(school, {"Sion": same(), "Ruth": same()})
    round_id = begun(school, "Ruth")
    adviser = browser.sign_in(school["Ruth"])
    page = adviser.post(at(round_id, "/lessons"), follow=True, status=200, lesson=str(lesson.id))
    assert f'value="{lesson.id}" checked' in page


def test_a_look_can_be_thrown_away_while_it_is_open(browser: Browser, school: School) -> None:
    round_id = begun(school, "Sion")
    head = browser.sign_in(school["Sion"])
    page = head.post(at(round_id, "/discard"), follow=True, status=200)
    assert "Thrown away." in page
    head.get(at(round_id), status=404)


def test_both_looks_stand_side_by_side_once_both_are_sealed(
    browser: Browser, school: School
) -> None:
    round_id = both_sealed(school, own=3, assessed={"gathers": 2, "pupils": "not_seen"})
    page = browser.sign_in(school["Sion"]).post(at(round_id, "/seal"), follow=True, status=200)
    assert "On <b>9 of 10</b> criteria both looks came to the same level." in page
    assert "1 level apart, you higher" in page
    assert "only one of the two gave a level" in page
    assert "Ruth thought of the lesson on Tuesday." in page
    other = browser.sign_in(school["Ruth"]).get(at(round_id, "/beside"))
    assert "1 level apart, Siôn Prydderch higher" in other


def test_the_end_stands_beside_the_baseline_with_what_changed(
    browser: Browser, school: School
) -> None:
    both_sealed(school, own=3, assessed=2, at=NOW - timedelta(days=200))
    final = both_sealed(school, own=3, assessed=3, moment=Moment.FINAL)
    page = browser.sign_in(school["Sion"]).get(at(final, "/beside"))
    assert "Ruth Adeyemi: <b>11</b> of 11 criteria higher, 0 the same, 0 lower." in page
    assert "1 level higher" in page
    assert "the same as before" in page


def test_a_facilitator_sees_that_it_is_done_and_opens_none_of_it(
    browser: Browser, school: School
) -> None:
    round_id = both_sealed(school)
    facilitator = browser.sign_in(school["Margaret"])
    page = facilitator.get(LIST)
    assert "How far everybody is" in page
    assert "17 Nov 2026" in page
    assert "Tuesday" not in page
    for more in ("", "/beside"):
        facilitator.get(at(round_id, more), status=403)


def test_neither_teachers_nor_the_deputy_find_the_page(browser: Browser, school: School) -> None:
    browser.sign_in(school["Catrin"]).get(LIST, status=403)


def test_an_adviser_suggests_and_takes_back_with_the_words_still_there(
    browser: Browser, school: School
) -> None:
    round_id = begun(school, "Ruth")
    adviser = browser.sign_in(school["Ruth"])
    wish = {"text": "Follow three pupils", "due": "2027-07-01", "criterion": "pupils"}
    page = adviser.post(at(round_id, "/suggestions"), follow=True, status=200, **wish)
    assert "Follow three pupils." in page
    with school.database.read(school.network_id) as session:
        (kept,) = suggestions.of_round(session, round_id)
    page = adviser.post(f"{LIST}/suggestions/{kept.id}/remove", status=200)
    assert "Taken back." in page
    assert ">Follow three pupils</textarea>" in page


def test_a_suggestion_without_a_day_is_refused_beside_its_field(
    browser: Browser, school: School
) -> None:
    round_id = both_sealed(school)
    adviser = browser.sign_in(school["Ruth"])
    page = adviser.post(at(round_id, "/suggestions"), status=400, text="Follow three pupils")
    assert 'id="due-wrong"' in page
    assert ">Follow three pupils</textarea>" in page


def test_an_idea_of_the_rubric_fills_the_form(browser: Browser, school: School) -> None:
    round_id = begun(school, "Ruth")
    written(school, round_id, "Ruth", {"gathers": 1})
    page = browser.sign_in(school["Ruth"]).get(at(round_id, "?idea=gathers-1"))
    assert ">Look at the clock every five minutes" in page


def test_a_suggestion_becomes_a_target_in_the_heads_own_words(
    browser: Browser, school: School, found: Looked
) -> None:
    head = browser.sign_in(school["Sion"])
    page = head.get(at(found.sealed, "/beside"))
    assert "Take it as a target" in page
    key = found.suggested
    wish = {f"text-{key}": "Follow two pupils", f"due-{key}": "2027-06-01"}
    target = head.post(f"{LIST}/suggestions/{key}/take", follow=True, status=200, **wish)
    assert "It is a target of yours now." in target
    assert "Follow two pupils." in target
    assert "from what was suggested for observing on" in target
    assert "Follow two pupils." in head.get("/targets")
    assert "your target since" in head.get(at(found.sealed, "/beside"))
    assert "Follow two pupils." in browser.sign_in(school["Ruth"]).get("/targets")


def test_not_now_is_said_with_a_reason_that_the_adviser_reads(
    browser: Browser, school: School, found: Looked
) -> None:
    head, url = browser.sign_in(school["Sion"]), f"{LIST}/suggestions/{found.suggested}/decline"
    assert "Say why not now" in head.post(url, status=400)
    head.post(
        url, status=302, follow=False, **{f"reason-{found.suggested}": "Our books come first."}
    )
    assert "Our books come first." in browser.sign_in(school["Ruth"]).get(
        at(found.sealed, "/beside")
    )


def test_a_suggestion_is_not_there_before_both_are_sealed(browser: Browser, school: School) -> None:
    round_id = begun(school, "Sion")
    begun(school, "Ruth")
    key = suggested(school, round_id)
    head = browser.sign_in(school["Sion"])
    sealed(school, round_id, "Sion", 3)
    assert "Follow three pupils" not in head.get(at(round_id))
    head.post(f"{LIST}/suggestions/{key}/take", status=403)


def test_what_another_adviser_saw_before_stands_there_with_their_name(
    browser: Browser, school: School
) -> None:
    a_person(school, "Mair Ellis", RoleKind.ADVISER)
    before = NOW - timedelta(days=200)
    baseline = both_sealed(school, own=3, assessed=2, at=before, by="Mair")
    adviser = browser.sign_in(school["Ruth"])
    assert "Mair Ellis assesses too." in adviser.get(LIST)
    adviser.get(at(baseline, "/beside"), status=403)
    final = both_sealed(school, own=3, assessed=3, moment=Moment.FINAL)
    page = adviser.get(at(final, "/beside"))
    assert "looks-named" in page
    assert "Mair thought of the lesson on Tuesday." in page
