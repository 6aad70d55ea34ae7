import re
from typing import Any
from uuid import UUID

import pytest

from observe.core.permissions import RoleKind
from observe.storage import summaries
from tests.browser import Browser
from tests.factories import School, a_network, a_person
from tests.letters import a_draft, read, released, submitted

pytestmark = pytest.mark.usefixtures("some_days_later")


def form_of(page: str) -> dict[str, Any]:
    """What a browser without script would send from the author's page."""
    typed: dict[str, list[str]] = {}
    for found in re.finditer(r'<input[^>]* name="([^"]+)"[^>]*?(?: value="([^"]*)")?>', page):
        typed.setdefault(found[1], []).append(found[2] or "")
    for found in re.finditer(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</textarea>', page):
        typed.setdefault(found[1], []).append(found[2])
    return typed


def edit(summary_id: UUID) -> str:
    return f"/feedback/{summary_id}/edit"


def test_an_author_finds_the_draft_with_its_evidence_and_checks(
    school: School, browser: Browser
) -> None:
    summary_id = a_draft(school)
    sion = browser.sign_in(school["Sion"])
    assert f'href="{edit(summary_id)}"' in sion.get("/feedback")
    page = sion.get(edit(summary_id))
    assert "“Books are open before the bell”" in page
    assert "Every claim rests on a note" in page
    assert "Send to Helen Marsh" in page
    assert "private thought" not in page


def test_what_an_author_writes_is_kept(school: School, browser: Browser) -> None:
    summary_id = a_draft(school)
    sion = browser.sign_in(school["Sion"])
    typed = form_of(sion.get(edit(summary_id)))
    typed["text-1"] = ["Thank you, Catrin."]
    sion.post(edit(summary_id), **typed)
    assert ">Thank you, Catrin.</textarea>" in sion.get(edit(summary_id))


@pytest.mark.parametrize("asked", ["remove 2", "add next_step", "add strength"])
def test_a_button_changes_the_lines_without_script(
    school: School, browser: Browser, asked: str
) -> None:
    summary_id = a_draft(school)
    sion = browser.sign_in(school["Sion"])
    before = form_of(sion.get(edit(summary_id)))
    sion.post(edit(summary_id), **before, do=asked)
    after = form_of(sion.get(edit(summary_id)))
    assert len(after["line"]) == len(before["line"]) + (-1 if "remove" in asked else 1)


def test_evidence_is_taken_away_and_added_again(school: School, browser: Browser) -> None:
    summary_id = a_draft(school)
    sion = browser.sign_in(school["Sion"])
    typed = form_of(sion.get(edit(summary_id)))
    note = typed["notes-2"][0]
    sion.post(edit(summary_id), **typed, do=f"drop 2 {note}")
    fewer = form_of(sion.get(edit(summary_id)))
    assert note not in fewer.get("notes-2", [])
    sion.post(edit(summary_id), **fewer, into="2", do=f"use {note}")
    assert note in form_of(sion.get(edit(summary_id)))["notes-2"]


def test_who_writes_second_is_told_and_keeps_what_was_typed(
    school: School, browser: Browser
) -> None:
    summary_id = a_draft(school)
    one, two = (browser.sign_in(school["Sion"]) for _ in range(2))
    typed = form_of(one.get(edit(summary_id)))
    two.post(edit(summary_id), **(typed | {"text-1": ["The first one."]}))
    page = one.post(edit(summary_id), status=412, **(typed | {"text-1": ["The second one."]}))
    assert ">The second one.</textarea>" in page
    assert "<p>The first one.</p>" in page
    one.post(edit(summary_id), **(form_of(page) | {"text-1": ["Both."]}))
    assert ">Both.</textarea>" in two.get(edit(summary_id))


def test_typing_is_kept_while_the_page_stays_open(school: School, browser: Browser) -> None:
    summary_id = a_draft(school)
    sion = browser.sign_in(school["Sion"])
    typed = form_of(sion.get(edit(summary_id))) | {"text-1": ["It was a great lesson."]}
    answer = sion.client.post(f"/feedback/{summary_id}/lines", data=typed).get_json()
    assert answer["revision"] == 2
    assert "praise without an example" in answer["checks"]
    assert [mark["quote"] for mark in answer["marks"]] == ["great lesson"]


@pytest.mark.parametrize(
    "broken", [{"revision": "x"}, {"line": ["a"]}, {"part-1": "grade"}, {"text-1": "w" * 5000}]
)
def test_a_broken_form_is_refused_in_words(
    school: School, browser: Browser, broken: dict[str, Any]
) -> None:
    summary_id = a_draft(school)
    sion = browser.sign_in(school["Sion"])
    sion.post(edit(summary_id), status=400, **(form_of(sion.get(edit(summary_id))) | broken))


def test_a_leader_reads_exactly_what_the_teacher_will_see_and_releases_it(
    school: School, browser: Browser
) -> None:
    summary_id = a_draft(school)
    sion, helen = browser.sign_in(school["Sion"]), browser.sign_in(school["Helen"])
    helen.get(f"/feedback/{summary_id}/review", status=403)
    sion.post(edit(summary_id), **form_of(sion.get(edit(summary_id))), do="submit")
    assert "1 waits for you." in helen.get("/feedback")
    page = helen.get(f"/feedback/{summary_id}/review")
    assert "Exactly what Catrin Morley will see" in page
    helen.post(f"/feedback/{summary_id}/release", revision="2")
    assert "“Books are open" in browser.sign_in(school["Catrin"]).get(f"/feedback/{summary_id}")


def test_a_leader_sends_back_with_a_comment_at_a_line(school: School, browser: Browser) -> None:
    summary_id = submitted(school)
    helen = browser.sign_in(school["Helen"])
    helen.post(f"/feedback/{summary_id}/send-back", status=400, revision="2")
    helen.post(f"/feedback/{summary_id}/comments", line="2", text="Say how many.")
    helen.post(f"/feedback/{summary_id}/send-back", revision="2")
    assert "Say how many." in browser.sign_in(school["Sion"]).get(edit(summary_id))
    helen.get(f"/feedback/{summary_id}/review", status=403)


def test_an_empty_comment_is_asked_for_again(school: School, browser: Browser) -> None:
    summary_id = submitted(school)
    helen = browser.sign_in(school["Helen"])
    page = helen.post(f"/feedback/{summary_id}/comments", status=400, line="2", text=" ")
    assert "Write your comment first." in page


def test_a_leader_sees_what_the_checks_found(school: School, browser: Browser) -> None:
    summary_id = submitted(school)
    helen = browser.sign_in(school["Helen"])
    assert "Before you decide" not in helen.get(f"/feedback/{summary_id}/review")
    line, text = "2", "You are brilliant."
    revision = re.search(
        r'name="revision" value="(\d+)"', helen.get(f"/feedback/{summary_id}/review")
    )
    assert revision
    helen.post(f"/feedback/{summary_id}/correct", line=line, text=text, revision=revision[1])
    page = helen.get(f"/feedback/{summary_id}/review")
    assert "Before you decide" in page
    assert "says what somebody is, not what happened" in page


def test_a_leader_cannot_release_what_changed_meanwhile(school: School, browser: Browser) -> None:
    summary_id = submitted(school)
    helen = browser.sign_in(school["Helen"])
    helen.post(f"/feedback/{summary_id}/release", status=412, revision="1")


def test_a_teacher_reads_replies_and_takes_the_target(school: School, browser: Browser) -> None:
    summary_id = released(school)
    catrin = browser.sign_in(school["Catrin"])
    assert f"/feedback/{summary_id}" in catrin.get("/feedback")
    assert "Take this target" in catrin.get(f"/feedback/{summary_id}")
    catrin.post(f"/feedback/{summary_id}/reply", reply="Thank you, both.")
    catrin.post(f"/feedback/{summary_id}/reply", reply="Not quite so.", do="differs")
    catrin.post(f"/feedback/{summary_id}/target")
    page = catrin.get(f"/feedback/{summary_id}")
    assert "Not quite so." in page
    assert "sees it differently" in page
    assert "Take this target" not in page
    assert "Thank you, both." in browser.sign_in(school["Sion"]).get(f"/feedback/{summary_id}")


def test_a_leader_finds_that_the_teacher_sees_it_differently(
    school: School, browser: Browser
) -> None:
    summary_id = released(school)
    catrin, helen = browser.sign_in(school["Catrin"]), browser.sign_in(school["Helen"])
    assert "not read yet" in helen.get("/feedback")
    catrin.get(f"/feedback/{summary_id}")
    catrin.post(f"/feedback/{summary_id}/reply", reply="Not quite so.", do="differs")
    shelf = helen.get("/feedback")
    assert f'href="/feedback/{summary_id}"' in shelf
    assert "sees it differently" in shelf
    assert "sees it differently" in helen.get(f"/feedback/{summary_id}")


def test_a_target_is_changed_in_the_teachers_words(school: School, browser: Browser) -> None:
    summary_id = released(school)
    catrin = browser.sign_in(school["Catrin"])
    target = f"/feedback/{summary_id}/target/change"
    page = catrin.post(target, status=400, text="I will wait.", due="soon")
    assert "I will wait." in page
    catrin.post(target, text="I will wait.", when="each lesson", see="", due="2026-12-04")
    assert "I will wait." in catrin.get(f"/feedback/{summary_id}")


def test_an_empty_reply_is_asked_for_again(school: School, browser: Browser) -> None:
    summary_id = released(school)
    catrin = browser.sign_in(school["Catrin"])
    page = catrin.post(f"/feedback/{summary_id}/reply", status=400, reply="")
    assert "Write your reply first." in page


def test_a_teacher_sees_no_draft_and_no_other_teachers_letter(
    school: School, browser: Browser
) -> None:
    draft, letter = submitted(school), released(school)
    catrin, aisha = browser.sign_in(school["Catrin"]), browser.sign_in(school["Aisha"])
    for page in ("edit", "review"):
        catrin.get(f"/feedback/{draft}/{page}", status=403)
    catrin.get(f"/feedback/{draft}", status=403)
    aisha.get(f"/feedback/{letter}", status=403)
    aisha.get(f"/feedback/{letter}.pdf", status=403)
    assert "Nothing here yet" in aisha.get("/feedback")


def test_a_facilitator_reads_no_summary(school: School, browser: Browser) -> None:
    margaret = browser.sign_in(school["Margaret"])
    margaret.get(f"/feedback/{released(school)}", status=403)
    margaret.get(f"/feedback/{submitted(school)}/review", status=403)


def test_a_leader_of_another_team_does_not_see_it(school: School, browser: Browser) -> None:
    a_person(school, "Gwen Pugh", RoleKind.HEAD)
    aisha = browser.sign_in(school["Aisha"])
    aisha.get(f"/feedback/{submitted(school)}/review", status=403)


def test_a_summary_is_taken_back_only_until_it_is_read(school: School, browser: Browser) -> None:
    unread, opened = released(school), read(school)
    sion = browser.sign_in(school["Sion"])
    assert "Take it back" in sion.get(f"/feedback/{unread}")
    assert "Take it back" not in sion.get(f"/feedback/{opened}")
    sion.post(f"/feedback/{opened}/recall", status=409)
    sion.post(f"/feedback/{unread}/recall")
    gone = browser.sign_in(school["Catrin"]).get(f"/feedback/{unread}", status=404)
    assert "taken back before it was read" in gone


def test_reading_is_noted_once_for_each_person_and_hour(school: School, browser: Browser) -> None:
    summary_id = released(school)
    catrin = browser.sign_in(school["Catrin"])
    for _ in range(3):
        page = catrin.get(f"/feedback/{summary_id}")
    assert page.count("Catrin Morley, ") == 2  # who can read it, and who has opened it
    with school.database.read(school.network_id) as session:
        assert summaries.find(session, summary_id).read_at


def test_an_ungraded_letter_holds_no_level(school: School, browser: Browser) -> None:
    summary_id = released(school, rubric="ways-of-looking")
    catrin = browser.sign_in(school["Catrin"])
    page = catrin.get(f"/feedback/{summary_id}")
    assert not re.search(r"[Ll]evel|[Gg]rade|[Rr]ating", page)


def test_words_that_look_like_markup_stay_words(school: School, browser: Browser) -> None:
    summary_id = a_draft(school)
    sion = browser.sign_in(school["Sion"])
    typed = form_of(sion.get(edit(summary_id)))
    sion.post(edit(summary_id), **(typed | {"text-1": ["<script>alert(1)</script>"]}))
    assert "<script>alert" not in sion.get(edit(summary_id))
    assert "<script>alert" not in sion.get(f"/feedback/{summary_id}/review")


def test_a_stranger_is_asked_to_sign_in_and_another_network_finds_nothing(
    school: School, browser: Browser
) -> None:
    summary_id = released(school)
    browser.get(f"/feedback/{summary_id}", status=302)
    other = a_network(school.database, name="Elsewhere")
    browser.sign_in(other["Catrin"]).get(f"/feedback/{summary_id}", status=404)


def test_a_leader_puts_a_line_otherwise_with_the_change_shown(
    school: School, browser: Browser
) -> None:
    summary_id = submitted(school)
    helen = browser.sign_in(school["Helen"])
    assert "all checks passed" in helen.get(f"/feedback/{summary_id}/review")
    correct = f"/feedback/{summary_id}/correct"
    helen.post(correct, status=412, line="2", text="They began at once.", revision="1")
    helen.post(correct, line="2", text="Everybody began at once.", revision="2")
    page = helen.get(f"/feedback/{summary_id}/review")
    assert "<ins>Everybody began at once.</ins>" in page
    assert "<del>" in page
    helen.post(f"/feedback/{summary_id}/release", revision="3")
    letter = browser.sign_in(school["Catrin"]).get(f"/feedback/{summary_id}")
    assert "Everybody began at once." in letter
    assert "<del>" not in letter


def test_an_author_sees_what_the_reader_changed(school: School, browser: Browser) -> None:
    summary_id = submitted(school)
    helen = browser.sign_in(school["Helen"])
    helen.post(f"/feedback/{summary_id}/correct", line="2", text="All began.", revision="2")
    helen.post(f"/feedback/{summary_id}/comments", line="", text="Better so?")
    helen.post(f"/feedback/{summary_id}/send-back", revision="3")
    page = browser.sign_in(school["Sion"]).get(edit(summary_id))
    assert "Changed by the reader:" in page
    assert "Better so?" in page
