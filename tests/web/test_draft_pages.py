"""The pages around a draft: its versions, phrases, other wordings, and the page for a day without a network."""

import json
import re
from typing import Any

from observe.storage.tables.people import Network
from tests.browser import Browser
from tests.factories import School
from tests.letters import a_draft, a_phrase, released, submitted
from tests.web.test_feedback import edit, form_of


def facts_in(page: str) -> dict[str, Any]:
    """What the author's page hands to its script."""
    found = re.search(r'id="facts">(.*?)</script>', page, re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


def test_the_script_is_handed_both_observers_evidence_and_nothing_private(
    school: School, browser: Browser
) -> None:
    page = browser.sign_in(school["Sion"]).get(edit(a_draft(school)))
    facts = facts_in(page)
    assert {note["place"] for note in facts["notes"]} == {0, 1}
    assert len(facts["notes"]) == 4
    assert "private thought" not in json.dumps(facts)


def test_the_page_for_a_day_without_a_network_holds_nothing_of_anybody(
    school: School, browser: Browser
) -> None:
    a_draft(school)
    sion = browser.sign_in(school["Sion"]).get("/feedback/draft")
    assert sion == browser.sign_in(school["Aisha"]).get("/feedback/draft")
    assert "Prydderch" not in sion
    assert "Catrin" not in sion


def test_a_refused_save_tells_why_and_what_is_kept(school: School, browser: Browser) -> None:
    summary_id = a_draft(school)
    sion = browser.sign_in(school["Sion"])
    typed = form_of(sion.get(edit(summary_id)))
    lines = f"/feedback/{summary_id}/lines"
    sion.client.post(lines, data=typed | {"text-1": ["From elsewhere."]})
    answer = sion.client.post(lines, data=typed | {"text-1": ["From here."]})
    told = answer.get_json()
    assert (answer.status_code, told["code"], told["revision"]) == (412, "stale", 2)
    assert told["lines"][0]["text"] == "From elsewhere."
    broken = sion.client.post(lines, data=typed | {"revision": "2", "aside": ["no_evidence x"]})
    assert broken.status_code == 400
    assert broken.get_json()["detail"]


def test_other_wordings_come_with_the_evidence_of_the_line(
    school: School, browser: Browser
) -> None:
    summary_id = a_draft(school)
    a_phrase(school)
    sion = browser.sign_in(school["Sion"])
    facts = facts_in(sion.get(edit(summary_id)))
    line = next(each for each in facts["lines"] if each["part"] == "next_step")
    asked = {"part": "next_step", "criterion": line["criterion"], "notes": line["notes"]}
    told = sion.client.post(f"/feedback/{summary_id}/wordings", data=asked).get_json()
    assert any("Talks over three pupils" in wording["text"] for wording in told["rubrics"])
    asked = {"part": "question"}
    told = sion.client.post(f"/feedback/{summary_id}/wordings", data=asked).get_json()
    assert [phrase["text"] for phrase in told["phrases"]] == ["What did you notice?"]


def test_versions_are_compared_and_taken_back(school: School, browser: Browser) -> None:
    summary_id = a_draft(school)
    sion = browser.sign_in(school["Sion"])
    typed = form_of(sion.get(edit(summary_id)))
    before = typed["text-1"][0]
    sion.post(edit(summary_id), **(typed | {"text-1": ["Thank you for the welcome."]}))
    page = sion.get(f"/feedback/{summary_id}/versions")
    assert "<ins>Thank you for the welcome.</ins>" in page
    back = f"/feedback/{summary_id}/versions/take-back"
    sion.post(back, status=400, version="x", revision="2")
    sion.post(back, status=412, version="1", revision="1")
    sion.post(back, version="1", revision="2")
    assert f">{before}</textarea>" in sion.get(edit(summary_id))
    assert "an earlier version taken back" in sion.get(f"/feedback/{summary_id}/versions")


def test_versions_are_for_whoever_may_read_the_draft(school: School, browser: Browser) -> None:
    versions = f"/feedback/{submitted(school)}/versions"
    for name, status in {"Ruth": 200, "Helen": 200, "Catrin": 403, "Margaret": 403}.items():
        browser.sign_in(school[name]).get(versions, status=status)
    assert "Go back to the version" not in browser.sign_in(school["Helen"]).get(versions)
    browser.sign_in(school["Catrin"]).get(f"/feedback/{released(school)}/versions", status=403)


def test_a_phrase_is_kept_shared_after_a_look_and_deleted(school: School, browser: Browser) -> None:
    sion, ruth = browser.sign_in(school["Sion"]), browser.sign_in(school["Ruth"])
    sion.post("/feedback/phrases", part="question", text="Was this a level 3?")
    page = sion.get("/feedback/phrases")
    found = re.search(r'id="phrase-([0-9a-f-]+)"', page)
    assert found
    phrase = f"/feedback/phrases/{found[1]}"
    assert "tells a level" in sion.post(f"{phrase}/share", status=409)
    assert "level 3" not in ruth.get("/feedback/phrases")
    sion.post(f"{phrase}/share", sure="yes")
    assert "level 3" in ruth.get("/feedback/phrases")
    ruth.post(f"{phrase}/delete", status=403)
    sion.post(f"{phrase}/unshare")
    assert "level 3" not in ruth.get("/feedback/phrases")
    sion.post(f"{phrase}/rewrite", status=400, text=" ")
    sion.post(f"{phrase}/rewrite", text="What did you see?")
    sion.post(f"{phrase}/delete")
    assert "No phrase yet" in sion.get("/feedback/phrases")


def test_a_check_that_holds_a_summary_up_is_said_beside_the_button(
    school: School, browser: Browser
) -> None:
    summary_id = a_draft(school)
    with school.database.write(school.network_id) as session:
        session.get_one(Network, school.network_id).blocking_checks = ["vague_praise"]
    sion = browser.sign_in(school["Sion"])
    typed = form_of(sion.get(edit(summary_id))) | {"text-1": ["It was a great lesson."]}
    page = sion.post(edit(summary_id), status=409, **typed, do="submit")
    assert "This has to be mended before it can be sent" in page
    page = sion.get(edit(summary_id))
    assert "great lesson" not in page


def test_a_finding_is_mended_or_put_aside_without_a_script(
    school: School, browser: Browser
) -> None:
    summary_id = a_draft(school, rubric="ways-of-looking")
    sion = browser.sign_in(school["Sion"])
    typed = form_of(sion.get(edit(summary_id))) | {"text-1": ["This was a level 3."]}
    sion.post(edit(summary_id), **typed)
    page = sion.get(edit(summary_id))
    assert "Not about a level" in page
    sion.post(edit(summary_id), **form_of(page), do="aside grade_word level 3")
    page = sion.get(edit(summary_id))
    assert "Not about a level" not in page
    sion.post(edit(summary_id), **form_of(page), do="again grade_word level 3")
    page = sion.get(edit(summary_id))
    assert "Not about a level" in page
    sion.post(edit(summary_id), **form_of(page), do="instead 1 a level 3|calm")
    assert ">This was calm.</textarea>" in sion.get(edit(summary_id))
