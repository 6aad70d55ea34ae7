"""The reader's pages: the queue, the very words, comments, and who is quicker."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import pytest

from observe.core.errors import Missing
from observe.core.permissions import RoleKind
from observe.services import summary_reading, summary_review
from observe.storage import remarks, summaries
from observe.storage.tables.people import Network, Person
from observe.storage.tables.people import School as SchoolRow
from tests.browser import Browser
from tests.factories import School, a_person
from tests.letters import LATER, RUTH, a_draft, a_remark, released, submitted
from tests.web.test_feedback import form_of

WORDS = re.compile(r'<div class="letter-words">.*?(?=\n</div>\n)', re.DOTALL)


def words_of(page: str) -> str:
    """The words of a letter as they stand in a page, to the last character."""
    found = WORDS.search(page)
    assert found
    return found[0]


@pytest.mark.parametrize("rubric", ["teaching-framework", "ways-of-looking"])
def test_a_preview_is_the_teachers_page_to_the_last_character(
    school: School, browser: Browser, rubric: str
) -> None:
    summary_id = submitted(school, rubric=rubric)
    helen = browser.sign_in(school["Helen"])
    told = "It’s <b>better</b> & “quicker”\n\nto wait."
    helen.post(f"/feedback/{summary_id}/correct", line="1", text=told, revision="2")
    preview = words_of(helen.get(f"/feedback/{summary_id}/preview"))
    helen.post(f"/feedback/{summary_id}/release", revision="3")
    letter = browser.sign_in(school["Catrin"]).get(f"/feedback/{summary_id}")
    bare = re.sub(r"  </dl>\n.*?</section>", "  </dl>\n</section>", letter, flags=re.DOTALL)
    assert squeezed(words_of(bare)) == squeezed(preview)
    assert "<b>better" not in preview


def squeezed(page: str) -> str:
    """The same page without the lines that hold nothing, which the teacher's buttons leave behind."""
    return "\n".join(row for row in page.splitlines() if row.strip())


def test_a_reader_finds_the_same_words_with_room_for_comments(
    school: School, browser: Browser
) -> None:
    summary_id = submitted(school)
    page = browser.sign_in(school["Helen"]).get(f"/feedback/{summary_id}/review")
    assert "Exactly what Catrin Morley will see" in page
    with school.database.read(school.network_id) as session:
        told = summary_review.reading(session, summary_id, at=LATER)
    assert all(
        line.text.splitlines()[0] in page.replace("&#39;", "'") for line in told.letter.opening
    )


def test_an_author_answers_a_comment_and_marks_it_as_seen_to(
    school: School, browser: Browser
) -> None:
    summary_id = submitted(school)
    remark = a_remark(school, summary_id)
    sion, helen = browser.sign_in(school["Sion"]), browser.sign_in(school["Helen"])
    said = f"/feedback/{summary_id}/comments/{remark}"
    assert "Write your comment first." in sion.post(f"{said}/answer", status=400, text=" ")
    sion.post(f"{said}/answer", text="Eleven of 27.")
    sion.post(f"{said}/seen-to", seen="yes")
    helen.post(f"{said}/seen-to", status=403, seen="no")
    page = helen.get(f"/feedback/{summary_id}/review")
    assert "Eleven of 27." in page
    assert "Seen to by Siôn Prydderch" in page
    assert "Send back to Siôn Prydderch" in page
    sion.post(f"{said}/seen-to", seen="no")
    assert "Seen to by" not in helen.get(f"/feedback/{summary_id}/review")
    assert "Send back, 1 comment" in helen.get(f"/feedback/{summary_id}/review")


def test_a_comment_of_another_summary_is_not_there(school: School, browser: Browser) -> None:
    mine, other = submitted(school), submitted(school)
    remark = a_remark(school, other)
    sion = browser.sign_in(school["Sion"])
    sion.post(f"/feedback/{mine}/comments/{remark}/seen-to", status=404, seen="yes")


def test_an_answer_is_not_answered_by_itself(school: School, browser: Browser) -> None:
    summary_id = submitted(school)
    remark = a_remark(school, summary_id)
    sion = browser.sign_in(school["Sion"])
    sion.post(f"/feedback/{summary_id}/comments/{remark}/answer", text="Eleven.")
    with school.database.read(school.network_id) as session:
        answer = remarks.of_summary(session, summary_id)[0].answers[0].id
    sion.post(f"/feedback/{summary_id}/comments/{answer}/answer", status=409, text="And more.")


def test_what_is_refused_keeps_what_was_typed_where_it_was_typed(
    school: School, browser: Browser
) -> None:
    summary_id = submitted(school)
    helen = browser.sign_in(school["Helen"])
    told: dict[str, Any] = {"line": "2", "text": "All began at once.", "revision": "1"}
    page = helen.post(f"/feedback/{summary_id}/correct", status=412, **told)
    assert ">All began at once.</textarea>" in page
    assert "has changed since you read it" in page
    long = "Say more. " * 300
    page = helen.post(f"/feedback/{summary_id}/comments", status=400, line="2", text=long)
    assert f">{long}</textarea>" in page


def test_a_school_with_a_day_offers_that_day_or_now(school: School, browser: Browser) -> None:
    first, second = submitted(school), submitted(school)
    with school.database.write(school.network_id) as session:
        row = session.get_one(SchoolRow, (school.network_id, school.school_id))
        row.release_weekday = (datetime.now(UTC).weekday() + 2) % 5
    helen = browser.sign_in(school["Helen"])
    assert "Approve for " in helen.get(f"/feedback/{first}/review")
    helen.post(f"/feedback/{first}/approve", revision="2")
    assert "goes out on" in helen.get("/feedback")
    page = helen.get(f"/feedback/{first}/review")
    assert "Release now" in page
    assert "in the morning" in page
    assert "It goes out on" in browser.sign_in(school["Sion"]).get(f"/feedback/{first}/review")
    for summary_id, revision in ((first, "3"), (second, "2")):
        helen.post(f"/feedback/{summary_id}/release", revision=revision)
        browser.sign_in(school["Catrin"]).get(f"/feedback/{summary_id}")


def test_the_review_page_tells_how_long_each_step_took(school: School, browser: Browser) -> None:
    page = browser.sign_in(school["Helen"]).get(f"/feedback/{submitted(school)}/review")
    clock = page[page.index('<ol class="clock') :].split("</ol>")[0]
    for step in ("Observed", "Talked", "Written", "Released", "Read"):
        assert step in clock
    assert "promised for 24 Nov 2026" in clock


def test_a_deputy_reads_what_is_about_a_head(school: School, browser: Browser) -> None:
    a_person(school, "Dilys Penry", RoleKind.DEPUTY)
    summary_id = submitted(school, teacher="Sion", notes={"Ruth": RUTH})
    dilys = browser.sign_in(school["Dilys"])
    assert f"/feedback/{summary_id}/review" in dilys.get("/feedback")
    dilys.post(f"/feedback/{summary_id}/release", revision="2")
    browser.sign_in(school["Sion"]).get(f"/feedback/{summary_id}")


def test_a_network_that_lets_no_pupil_be_named_holds_such_a_summary_up(
    school: School, browser: Browser
) -> None:
    summary_id = a_draft(school)
    margaret, sion = browser.sign_in(school["Margaret"]), browser.sign_in(school["Sion"])
    lists = f"/people/schools/{school.school_id}/class-lists"
    margaret.post(f"{lists}/{school.class_id}", names="Maisie Owen\nTom Price")
    margaret.post("/people/checks", checks=["pupil_named"])
    url = f"/feedback/{summary_id}/edit"
    typed = form_of(sion.get(url)) | {"text-2": ["At 10:09 Maisie Owen began at once."]}
    page = sion.post(url, status=409, **typed, do="submit")
    assert "Maisie" in page
    assert "has to be mended before it can be sent" in page
    margaret.post("/people/checks")
    with school.database.read(school.network_id) as session:
        assert session.get_one(Network, school.network_id).blocking_checks == []
    sion.post(url, **form_of(sion.get(url)), do="submit")


def test_either_the_teacher_reads_or_the_leader_takes_back_and_the_other_is_told(
    school: School, browser: Browser
) -> None:
    """Both at once, many times: never both, never neither."""
    helen, catrin = browser.sign_in(school["Helen"]), browser.sign_in(school["Catrin"])
    for _ in range(8):
        summary_id = released(school)
        told = at_once(
            partial(status, catrin, "GET", f"/feedback/{summary_id}"),
            partial(status, helen, "POST", f"/feedback/{summary_id}/recall"),
        )
        assert told in ((200, 409), (404, 302)), told
        with school.database.read(school.network_id) as session:
            row = summaries.row(session, summary_id)
            assert (row.state, row.read_at is None) == (
                ("released", False) if told[0] == 200 else ("recalled", True)
            )


def status(somebody: Browser, method: str, url: str) -> int:
    return somebody.client.open(url, method=method).status_code


def at_once(*deeds: Callable[[], int]) -> tuple[int, ...]:
    """What each of these came to, begun in the same moment."""
    found, ready = [0] * len(deeds), Barrier(len(deeds))

    def begin(place: int) -> None:
        ready.wait()
        found[place] = deeds[place]()

    threads = [Thread(target=begin, args=(place,)) for place in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tuple(found)


def test_a_teacher_who_is_about_to_read_what_was_just_taken_back_is_told(school: School) -> None:
    summary_id = released(school)
    with school.database.write(school.network_id) as session:
        summary_review.recall(session, summary_id, by=school["Helen"], at=LATER)
        with pytest.raises(Missing, match="taken back before it was read"):
            summary_reading.opened(session, summary_id, by=school["Catrin"], at=LATER)


def test_an_author_whose_readers_have_all_left_is_told_whom_to_ask(
    school: School, browser: Browser
) -> None:
    summary_id = submitted(school)
    leaves(school, "Helen")
    page = browser.sign_in(school["Sion"]).get(f"/feedback/{summary_id}/review")
    assert "Nobody can read it at the moment." in page


def leaves(school: School, name: str) -> None:
    with school.database.write(school.network_id) as session:
        key = (school.network_id, school[name].id)
        session.get_one(Person, key).left_at = LATER + timedelta(days=1)


def test_opening_the_queue_hands_on_what_has_waited_too_long(
    school: School, browser: Browser
) -> None:
    a_person(school, "Dilys Penry", RoleKind.DEPUTY)
    summary_id = long_ago(school)
    helen, dilys = browser.sign_in(school["Helen"]), browser.sign_in(school["Dilys"])
    assert "also with Dilys Penry since" in helen.get("/feedback")
    assert f"/feedback/{summary_id}/review" in dilys.get("/feedback")
    assert "also with Helen Marsh since" in dilys.get(f"/feedback/{summary_id}/review")


def long_ago(school: School) -> UUID:
    """A summary that was sent to its reader three weeks ago."""
    summary_id = submitted(school)
    with school.database.write(school.network_id) as session:
        row = summaries.row(session, summary_id)
        row.submitted_at = datetime.now(UTC) - timedelta(days=21)
    return summary_id


def test_whoever_wrote_a_released_summary_sees_when_each_step_was_and_its_teacher_does_not(
    school: School, browser: Browser
) -> None:
    url = f"/feedback/{released(school)}"
    page = browser.sign_in(school["Sion"]).get(url)
    assert '<ol class="clock' in page
    assert '<ol class="clock' not in browser.sign_in(school["Catrin"]).get(url)
