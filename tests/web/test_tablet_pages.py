"""The pages of the tablet itself: Today without a network, This tablet, the check, and bringing in a tablet's file."""

import json
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from observe.storage.database import Database
from tests.browser import Browser, read_page
from tests.classroom import RATING
from tests.factories import PlannedLesson, School, a_lesson, a_network
from tests.tablet import Sent
from tests.wire import Wire, a_wire


@pytest.fixture
def lesson(school: School) -> PlannedLesson:
    return a_lesson(school)


@pytest.fixture
def sion(app: Flask, school: School, lesson: PlannedLesson) -> Wire:
    rubric = school.rubrics["teaching-framework"]
    return a_wire(app, school["Sion"], lesson.observations["Sion"], rubric=rubric)


# pages that a tablet keeps

PAGES = ("/tablet", "/device", "/check")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_tablet_is_the_same_for_everybody_and_names_nobody(
    app: Flask, school: School, page: str
) -> None:
    told = Browser(app).get(page)
    for name in ("Sion", "Margaret", "Catrin"):
        assert a_browser(app, school, name).get(page) == told
    assert not re.search('Siôn|Prydderch|Margaret|Dales|csrf_token" value="[^"]', told)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_tablet_may_be_kept_and_is_asked_for_again(app: Flask, page: str) -> None:
    answer = app.test_client().get(page)
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("page", PAGES)
def test_without_script_a_page_of_the_tablet_says_what_it_needs(app: Flask, page: str) -> None:
    assert "needs JavaScript" in Browser(app).get(page)


def test_a_page_of_the_tablet_names_the_release_that_it_is_of(app: Flask) -> None:
    for page in ("/tablet", "/device"):
        answer = app.test_client().get(page)
        assert f'data-version="{answer.headers["X-Observe-Shell"]}"' in answer.text


def test_every_sentence_of_the_tablet_has_each_plural_of_the_language(app: Flask) -> None:
    for page in PAGES:
        words = json.loads(
            re.findall(r'id="words">(.*?)</script>', Browser(app).get(page), re.S)[0]
        )
        assert len(words) > 30
        plurals = [each for each in words.values() if isinstance(each, dict)]
        assert all(set(each) == {"one", "other"} for each in plurals)


def test_signing_out_needs_no_script(app: Flask, school: School) -> None:
    browser = a_browser(app, school, "Sion")
    assert re.search(
        r'<form method="post" action="/sign-out">\s*<input type="hidden"', browser.get("/me")
    )
    browser.post("/sign-out")
    browser.get("/me", status=302)


def test_ones_own_page_leads_to_the_page_of_the_tablet(app: Flask, school: School) -> None:
    assert 'href="/device"' in a_browser(app, school, "Sion").get("/me")


# a tablet's file is brought in


def work(wire: Wire, lesson: PlannedLesson) -> Sent:
    """What the tablet holds: the lesson opened, two lines, a rating."""
    tablet = wire.tablet
    opened = tablet.make("open", value={"lesson_id": str(lesson.id)})
    lines = [*tablet.note("Written in a cellar."), *tablet.note("Still no network.")]
    return exported(wire, opened, *lines, tablet.set(RATING, 3))


def exported(wire: Wire, *operations: Sent, **keys: Any) -> Sent:
    head = {"format": "observe-export/1", "person_id": str(wire.person.id)}
    return head | {"device_id": str(wire.tablet.device_id), "operations": list(operations)} | keys


def a_browser(app: Flask, school: School, name: str) -> Browser:
    return Browser(app).sign_in(school[name])


def chosen(browser: Browser, file: object) -> TestResponse:
    """The answer to a file that was chosen, read as a careful visitor would."""
    answer = uploaded(browser.client, "/rescue/look", file)
    read_page(answer.text)
    return answer


def uploaded(client: FlaskClient, url: str, file: object) -> TestResponse:
    """The answer to a form with a file, spelled by hand because the client leaves large ones open."""
    spelled = file if isinstance(file, bytes) else json.dumps(file).encode()
    head = 'Content-Disposition: form-data; name="file"; filename="observe-everything.json"'
    body = b"\r\n".join([b"--edge", head.encode(), b"", spelled, b"--edge--", b""])
    return client.post(url, data=body, content_type="multipart/form-data; boundary=edge")


def brought(browser: Browser, page: str) -> str:
    """The page after its question was answered with yes."""
    packed = re.search(r'name="packed" value="([^"]+)"', page)
    assert packed
    return browser.post("/rescue", status=200, packed=packed[1])


def counts(page: str) -> list[int]:
    """Taken, were there already, late, refused, left out."""
    return [int(number) for number in re.findall(r"<dd>(\d+)", page)]


def test_before_a_file_is_brought_in_one_reads_whose_it_is_and_how_much(
    app: Flask, school: School, lesson: PlannedLesson, sion: Wire
) -> None:
    margaret = a_browser(app, school, "Margaret")
    page = chosen(margaret, work(sion, lesson)).text
    assert "Siôn Prydderch wrote this" in page
    assert "2 lines" in page
    assert "6 changes" in page
    assert "cellar" not in page
    assert sion.client.get("/api/v1/changes").get_json()["operations"] == []


def test_a_facilitator_brings_a_file_in_and_reads_numbers_only(
    app: Flask, school: School, lesson: PlannedLesson, sion: Wire
) -> None:
    margaret = a_browser(app, school, "Margaret")
    file = work(sion, lesson)
    file["operations"].append(sion.tablet.set(RATING, 9))
    page = chosen(margaret, file).text
    first = brought(margaret, page)
    assert counts(first) == [6, 0, 0, 1, 0]
    assert "cellar" not in first
    assert counts(brought(margaret, page)) == [0, 6, 0, 1, 0]
    assert len(sion.client.get("/api/v1/changes").get_json()["operations"]) == 6


def test_whoever_wrote_it_brings_in_the_work_of_several_lessons_at_once(
    app: Flask, school: School, lesson: PlannedLesson, sion: Wire
) -> None:
    other = a_lesson(school)
    second = a_wire(
        app, school["Sion"], other.observations["Sion"], rubric=sion.tablet.rubric or ""
    )
    second.tablet.device_seq = 100  # one tablet numbers all its lessons in a row
    file = work(sion, lesson)
    file["operations"] += work(second, other)["operations"]
    page = chosen(a_browser(app, school, "Sion"), file).text
    assert "in 2 lessons" in page
    assert counts(brought(a_browser(app, school, "Sion"), page)) == [12, 0, 0, 0, 0]


def test_a_sealed_record_takes_nothing_from_a_file(
    app: Flask, school: School, lesson: PlannedLesson, sion: Wire
) -> None:
    sion.send(sion.tablet.make("open", value={"lesson_id": str(lesson.id)}), sion.tablet.seal())
    file = exported(sion, *sion.tablet.note("Too late."))
    browser = a_browser(app, school, "Sion")
    assert counts(brought(browser, chosen(browser, file).text)) == [0, 0, 0, 0, 2]


def test_texts_that_were_only_on_the_screen_are_named_and_not_lost_without_a_word(
    app: Flask, school: School, lesson: PlannedLesson, sion: Wire
) -> None:
    file = work(sion, lesson) | {
        "not_saved": [{"kind": "set", "field": "note/1/text", "value": "x"}]
    }
    page = chosen(a_browser(app, school, "Sion"), file).text
    assert "1 text in the file was only on the screen" in page


@pytest.mark.parametrize(
    "file", [b"\x89PNG", b"{", b"[]", b'{"person_id": 1}', {"person_id": "no", "operations": []}]
)
def test_a_file_that_no_tablet_exported_is_refused_in_a_sentence(
    app: Flask, school: School, file: object
) -> None:
    answer = chosen(a_browser(app, school, "Sion"), file)
    assert answer.status_code == 400
    assert "This is not a file that a tablet exported" in answer.text


def test_a_damaged_line_makes_the_whole_file_none(app: Flask, school: School, sion: Wire) -> None:
    answer = chosen(a_browser(app, school, "Sion"), exported(sion, {"op_id": "torn"}))
    assert "or it was changed since" in answer.text


def test_without_a_file_the_form_asks_for_one(app: Flask, school: School) -> None:
    page = a_browser(app, school, "Sion").post("/rescue/look", status=400)
    assert "Choose the file first." in page


def test_what_was_packed_by_somebody_else_is_no_file(app: Flask, school: School) -> None:
    for packed in ("no letters of ours", "AAAA"):
        page = a_browser(app, school, "Sion").post("/rescue", status=400, packed=packed)
        assert "This is not a file that a tablet exported" in page


def test_a_small_file_that_unpacks_to_a_huge_one_is_not_unpacked(
    app: Flask, school: School
) -> None:
    from observe.web.capture.packed import pack

    page = a_browser(app, school, "Sion").post(
        "/rescue", status=413, packed=pack(b" " * 40 * 1024 * 1024)
    )
    assert "more than" in page


def test_a_whole_day_of_a_tablet_fits_where_a_form_would_not(
    app: Flask, school: School, lesson: PlannedLesson, sion: Wire
) -> None:
    file = work(sion, lesson) | {"from_elsewhere": ["x" * 1000] * 3000}
    page = chosen(a_browser(app, school, "Sion"), file).text
    assert "Siôn Prydderch wrote this" in page
    form = uploaded(a_browser(app, school, "Sion").client, "/lessons/new", b"x" * 3_000_000)
    assert form.status_code == 413


# attackers


def test_a_partner_of_the_lesson_cannot_even_look_into_the_file(
    app: Flask, school: School, lesson: PlannedLesson, sion: Wire
) -> None:
    answer = chosen(a_browser(app, school, "Ruth"), work(sion, lesson))
    assert answer.status_code == 403
    assert "lines" not in answer.text


def test_a_facilitator_who_observes_beside_cannot_even_look_into_the_file(
    app: Flask, school: School
) -> None:
    beside = a_lesson(school, observers=("Sion", "Margaret"))
    rubric = school.rubrics["teaching-framework"]
    sion = a_wire(app, school["Sion"], beside.observations["Sion"], rubric=rubric)
    answer = chosen(a_browser(app, school, "Margaret"), work(sion, beside))
    assert answer.status_code == 403
    assert "You observe one of these lessons yourself" in answer.text


def test_a_facilitator_of_another_network_learns_nothing_from_a_file(
    app: Flask, database: Database, school: School, lesson: PlannedLesson, sion: Wire
) -> None:
    coast = a_network(database, name="Coast partnership")
    answer = chosen(a_browser(app, coast, "Margaret"), work(sion, lesson))
    assert answer.status_code == 404
    assert "Siôn" not in answer.text


def test_the_form_needs_its_token(app: Flask, school: School, sion: Wire) -> None:
    browser = a_browser(app, school, "Sion")
    app.config["WTF_CSRF_ENABLED"] = True
    answer = chosen(browser, exported(sion))
    assert answer.status_code == 400
    assert "lay open too long" in answer.text


def test_a_stranger_sends_no_more_than_a_form(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    answer = uploaded(app.test_client(), "/rescue/look", b" " * 3_000_000)
    assert answer.status_code == 413


def test_facilitators_find_the_way_to_it_on_the_page_people(app: Flask, school: School) -> None:
    assert 'href="/rescue"' in a_browser(app, school, "Margaret").get("/people")
    assert "The file" in a_browser(app, school, "Margaret").get("/rescue")
