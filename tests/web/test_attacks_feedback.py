"""What a careless or malicious colleague might try with a summary, and what comes of it."""

from typing import Any

import pytest

from observe.core.feedback.editing import LONGEST_TEXT, MOST_LINES
from observe.core.ids import new_id
from observe.services import revealing
from observe.storage import remarks, replies, summaries
from observe.storage import targets as kept_targets
from observe.storage.tables.people import Network, Pupil
from tests.browser import Browser
from tests.factories import NOW, School, a_lesson
from tests.letters import LATER, a_draft, released, submitted
from tests.talks import Noted, a_talk, begun, recorded, same, seal

Typed = dict[str, Any]


@pytest.mark.parametrize(
    ("deed", "typed", "status"),
    [
        ("reply", {"reply": ""}, 400),
        ("reply", {"reply": "I saw more.", "do": "differs"}, 302),
        ("evidence", {"evidence": " "}, 400),
        ("target", {}, 302),
        ("target/change", {"due": "no day"}, 400),
    ],
)
def test_whoever_answers_a_summary_has_read_it_so_it_is_not_taken_back(
    school: School, browser: Browser, deed: str, typed: Typed, status: int
) -> None:
    summary_id = released(school)
    catrin, sion = browser.sign_in(school["Catrin"]), browser.sign_in(school["Sion"])
    catrin.post(f"/feedback/{summary_id}/{deed}", status=status, **typed)
    sion.post(f"/feedback/{summary_id}/recall", status=409)
    with school.database.read(school.network_id) as session:
        assert summaries.row(session, summary_id).read_at
        assert kept_targets.of_summary(session, summary_id)
        assert len(replies.of_summary(session, summary_id)) == ("do" in typed)


def test_a_target_stands_with_a_teachers_others_once_its_summary_is_read(
    school: School, browser: Browser
) -> None:
    summary_id = released(school)
    with school.database.read(school.network_id) as session:
        target = kept_targets.of_summary(session, summary_id)
    assert target
    catrin = browser.sign_in(school["Catrin"])
    assert all(target.text not in catrin.get(page) for page in ("/targets", "/feedback"))
    catrin.get(f"/feedback/{summary_id}")
    assert target.text in catrin.get("/targets")


def test_a_reader_cannot_put_a_pupils_name_into_a_summary_that_may_hold_none(
    school: School, browser: Browser
) -> None:
    summary_id = submitted(school)
    with school.database.write(school.network_id) as session:
        until = LATER.date().replace(year=2027)
        pupil = {"class_id": school.class_id, "name": "Dafydd Rees", "erased_after": until}
        session.add(Pupil(id=new_id(NOW), **pupil))
        session.get_one(Network, school.network_id).blocking_checks = ["pupil_named"]
    helen, url = browser.sign_in(school["Helen"]), f"/feedback/{summary_id}"
    helen.post(f"{url}/correct", line="2", text="Dafydd Rees called out.", revision="2")
    for deed in ("approve", "release"):
        page = helen.post(f"{url}/{deed}", status=409, revision="3")
        assert "has to be mended before it can be sent" in page
    helen.post(f"{url}/correct", line="2", text="One pupil called out.", revision="3")
    helen.post(f"{url}/release", revision="4")


def test_a_comment_that_is_sent_twice_stands_once(school: School, browser: Browser) -> None:
    summary_id = submitted(school)
    helen = browser.sign_in(school["Helen"])
    for line in ("2", "2", "3"):
        helen.post(f"/feedback/{summary_id}/comments", line=line, text="Say how many.")
    with school.database.read(school.network_id) as session:
        said = remarks.of_summary(session, summary_id)
    assert [each.line for each in said] == ["2", "3"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"line": ["1", "1"], "part-1": "strength", "text-1": "Twice."}, "came incomplete"),
        ({"line": [str(n) for n in range(MOST_LINES + 1)]}, "60 lines at most"),
        (
            {"line": ["1"], "part-1": "target", "when-1": "when " * LONGEST_TEXT},
            "4,000 characters at most",
        ),
        ({"aside": ["pupil_named A"] * 501}, "came incomplete"),
        ({"used": [str(new_id(NOW))] * 501}, "came incomplete"),
    ],
)
def test_a_form_that_no_page_sends_is_refused_in_words(
    school: School, browser: Browser, typed: Typed, told: str
) -> None:
    url = f"/feedback/{a_draft(school)}/lines"
    answer = browser.sign_in(school["Sion"]).post(url, status=400, revision="1", **typed)
    assert told in answer


@pytest.mark.parametrize("field", ["when", "criterion"])
def test_what_stands_around_a_phrase_has_an_end(
    school: School, browser: Browser, field: str
) -> None:
    typed: Typed = {"part": "target", "text": "Wait.", field: "when " * 400}
    page = browser.sign_in(school["Sion"]).post("/feedback/phrases", status=400, **typed)
    assert "1,000 characters at most" in page


def test_a_lesson_whose_draft_was_commented_on_stays_single(
    school: School, browser: Browser
) -> None:
    mine, other = a_lesson(school, observers=("Sion",)), a_lesson(school, observers=("Ruth",))
    with school.database.write(school.network_id) as session:
        notes = [Noted("Books are open", 4, ["routines"], "+")]
        recorded(session, mine.observations["Sion"], {"routines": 3}, notes)
        seal(session, mine, "Sion")
        summary_id = summaries.of_lesson(session, mine.id)
    sion = browser.sign_in(school["Sion"])
    sion.post(f"/feedback/{summary_id}/comments", text="Ask Ruth what she saw.")
    page = sion.post(f"/lessons/{mine.id}/join", status=409, other=str(other.id))
    assert "has been worked on" in page


def test_whoever_was_waived_is_not_led_to_a_summary_that_is_not_theirs_to_read(
    school: School, browser: Browser
) -> None:
    lesson = a_talk(school, {"Sion": same(), "Ruth": same()}, sealed=False)
    with school.database.write(school.network_id) as session:
        seal(session, lesson, "Sion")
        ruths = school["Ruth"].id
        revealing.waive(session, lesson.id, ruths, by=school["Helen"], at=LATER)
        begun(session, lesson.observations["Ruth"], state="sealed").sealed_at = LATER
        summary_id = summaries.of_lesson(session, lesson.id)
    ruth = browser.sign_in(school["Ruth"])
    ruth.get(f"/feedback/{summary_id}/review", status=403)
    assert str(summary_id) not in ruth.get("/feedback")
