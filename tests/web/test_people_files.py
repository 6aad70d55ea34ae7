"""People from a file, on the pages of the facilitator."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from observe.core.permissions import RoleKind
from observe.services import people
from observe.storage.tables.people import Person
from tests.browser import Browser
from tests.factories import NOW, School, a_person
from tests.oneroster_files import a_set, a_user, written, zip_of

TABLE = (
    ("Staff code", "Forename", "Surname", "Work email", "Post", "Academy"),
    ("A1", "Nia", "Bevan", "n.bevan@dales.example", "Head Teacher", "Ysgol y Môr"),
    ("A2", "Emyr", "Tomos", "e.tomos@dales.example", "HLTA", "Ysgol y Môr"),
)


@pytest.fixture
def margaret(browser: Browser, school: School) -> Browser:
    return browser.sign_in(school["Margaret"])


def bring(browser: Browser, content: bytes, *, name: str = "set.zip", **fields: str) -> str:
    """Send a file; the address of what it would change, or the page of its faults."""
    body, kind = form_of(content, name, fields)
    answer = browser.client.post("/people/files", data=body, content_type=kind)
    if answer.status_code == 302:
        return str(answer.location)
    return browser._seen(answer, answer.status_code)


def form_of(content: bytes, name: str, fields: Mapping[str, str]) -> tuple[bytes, str]:
    """A form with a file as a browser sends it, and its content type."""
    part = '--edge\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    told = "".join(part.format(*field) for field in fields.items())
    head = f'--edge\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = (told + head).encode() + content + b"\r\n--edge--\r\n"
    return body, "multipart/form-data; boundary=edge"


def seen(page: str) -> str:
    """The fingerprint that the page sends back."""
    (found,) = re.findall(r'name="seen" value="([0-9a-f]{16})"', page)
    return str(found)


def test_a_set_is_looked_at_and_then_taken_in(margaret: Browser) -> None:
    url = bring(margaret, a_set().zipped(), administrators="head")
    page = margaret.get(url)
    assert "Nia Bevan" in page
    assert "head of Ysgol y Môr" in page
    assert "pupils: 2" in page
    assert "Nia Bevan" not in margaret.get("/people")
    done = margaret.post(f"{url}/apply", status=200, follow=True, seen=seen(page))
    assert "3 people are new, 5 schools, teams and classes are new." in done
    assert "Nia Bevan" in margaret.get("/people")
    margaret.get(url, status=404)


def test_what_changed_since_is_shown_again(margaret: Browser) -> None:
    first = bring(margaret, a_set().zipped())
    second = bring(margaret, a_set().zipped(), administrators="head")
    old = seen(margaret.get(second))
    margaret.post(f"{first}/apply", seen=seen(margaret.get(first)))
    page = margaret.post(f"{second}/apply", status=412, seen=old)
    assert "Something here has changed since you looked" in page
    margaret.post(f"{second}/apply", seen=seen(page))


def test_faults_are_listed_by_file_and_line_and_nothing_waits(margaret: Browser) -> None:
    page = bring(margaret, a_set().changing("users", "u1", role="wizard").zipped())
    assert "There is 1 fault in this file" in page
    assert "role is “wizard”" in page
    assert "Looked at and not taken in yet" not in margaret.get("/people/files")


def test_faults_that_only_the_schools_show_offer_nothing(margaret: Browser, school: School) -> None:
    double = a_set().changing("orgs", "s2", name="Ysgol y Môr")
    page = margaret.get(bring(margaret, double.zipped()))
    assert "There are two schools called Ysgol y Môr." in page
    assert "Make these changes" not in page


def test_many_leavers_need_a_tick(margaret: Browser) -> None:
    more = {f"t{n}": a_user(f"Given{n}", f"Family{n}", "teacher", "s1") for n in range(8)}
    url = bring(margaret, a_set().with_rows("users", **more).zipped())
    margaret.post(f"{url}/apply", seen=seen(margaret.get(url)))
    url = bring(margaret, a_set().zipped())
    page = margaret.get(url)
    assert "8 of 10 people would leave" in page
    assert "Tick that this is right" in margaret.post(f"{url}/apply", status=409, seen=seen(page))
    margaret.post(f"{url}/apply", seen=seen(page), sure="yes")


def test_a_table_asks_for_its_columns_once(margaret: Browser) -> None:
    url = bring(margaret, written(TABLE), name="staff.csv", source="Office")
    form = margaret.get(f"{url}/columns")
    assert 'value="Staff code" selected' not in form.split("column-name")[1].split("</select>")[0]
    chosen: dict[str, Any] = {"column-email": "Work email"}
    margaret.post(f"{url}/columns", status=400, **{"column-name": "No such heading"})  # type: ignore[arg-type]
    wrong = margaret.post(f"{url}/columns", status=400, **chosen)
    assert "Choose the column with the name" in wrong
    columns: dict[str, Any] = {
        "column-first": "Forename",
        "column-last": "Surname",
        "column-email": "Work email",
        "column-number": "Staff code",
        "column-role": "Post",
        "column-school": "Academy",
        "whole": "no",
    }
    asked = margaret.post(f"{url}/columns", status=400, **columns)
    assert "Say what each word" in asked
    words = {"word-0": "HLTA", "means-0": "nobody"}
    margaret.post(f"{url}/columns", **{**columns, **words})
    page = margaret.get(url)
    assert "Nia Bevan" in page
    assert "“HLTA”: 1" in page
    margaret.post(f"{url}/apply", seen=seen(page))
    again = bring(margaret, written(TABLE), name="staff.csv", source="Office")
    assert "Everything in this file is here already" in margaret.get(again)


def test_everything_is_there_as_a_table_and_no_cell_is_a_formula(margaret: Browser) -> None:
    evil = a_set().changing("users", "u2", givenName="=1+1", familyName="")
    evil = evil.changing("users", "u2", familyName="Môn")
    url = bring(margaret, evil.zipped())
    text = margaret.get(f"{url}/changes.csv")
    assert "'=1+1 Môn" in text
    assert "Amina Farouk" in text


def test_a_file_that_is_put_away_is_gone(margaret: Browser) -> None:
    url = bring(margaret, a_set().zipped())
    assert "set.zip" in margaret.get("/people/files")
    assert "Nothing was changed" in margaret.post(f"{url}/drop", status=200, follow=True)
    margaret.get(url, status=404)


def test_a_file_of_two_megabytes_is_read_and_one_of_fifty_is_not(margaret: Browser) -> None:
    rows = [("name", "e-mail", "role", "school")]
    rows += [(f"Given {n}", f"g{n}@dales.example", "teacher", "Ysgol y Môr") for n in range(40_000)]
    url = bring(margaret, written(rows), name="staff.csv")
    assert "These are the first 100 of 40000" in margaret.get(url)
    page = bring(margaret, b"x" * 50_000_000, name="staff.csv")
    assert "more than Observe takes at once" in page


def test_nobody_who_is_not_signed_in_sends_a_large_file(browser: Browser) -> None:
    assert "more than Observe takes at once" in bring(browser, b"x" * 2_000_000, name="staff.csv")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 and then nothing", "It cannot be opened"),
        (zip_of({"users.csv": b"sourcedId\r\n"}), "There is no manifest.csv in it"),
        (zip_of({f"{n}.csv": b"" for n in range(70)}), "more than 60 files"),
        (zip_of({"a/manifest.csv": b"", "b/manifest.csv": b""}), "manifest.csv is in it twice"),
        (b"", "This file is empty"),
        (b"name\0email", "holds signs that no text has"),
    ],
)
def test_what_is_no_set_is_refused_in_words(margaret: Browser, content: bytes, words: str) -> None:
    assert words in bring(margaret, content)


def test_a_zip_that_swells_is_not_unpacked(margaret: Browser) -> None:
    bomb = replace(a_set()).zipped(users=b"0" * 100_000_000)
    assert len(bomb) < 1_000_000
    assert "More than 64 MB come out of it" in bring(margaret, bomb)


def test_without_a_file_the_form_says_so(margaret: Browser) -> None:
    assert "Choose the file first" in margaret.post("/people/files", status=400)


def test_a_name_of_another_kind_of_file_is_refused(margaret: Browser) -> None:
    url = bring(margaret, a_set().zipped(), source="Office")
    margaret.post(f"{url}/apply", seen=seen(margaret.get(url)))
    page = bring(margaret, written(TABLE), name="staff.csv", source="Office")
    assert "Files of “Office” are of another kind" in page


def test_words_of_a_file_bring_no_script_into_the_page(margaret: Browser) -> None:
    evil = a_set().changing("users", "u2", familyName="<script>alert(1)</script>")
    assert "<script>alert" not in margaret.get(bring(margaret, evil.zipped()))


def test_somebody_who_was_erased_is_asked_about(margaret: Browser, school: School) -> None:
    url = bring(margaret, a_set().zipped(), administrators="head")
    margaret.post(f"{url}/apply", seen=seen(margaret.get(url)))
    a_person(school, "Rhian Data", RoleKind.DATA_PROTECTION)
    with school.database.write(school.network_id) as session:
        nia = session.scalars(select(Person).where(Person.name == "Nia Bevan")).one()
        people.leave(session, nia.id, by=school["Margaret"], at=NOW)
        nia_id = nia.id
    browser = margaret.sign_in(school["Rhian"])
    browser.post(f"/people/{nia_id}/erase", do="erase", typed="Nia Bevan", status=302)
    margaret = browser.sign_in(school["Margaret"])
    url = bring(margaret, a_set().zipped(), administrators="head")
    page = margaret.get(url)
    assert "1 person in this file was erased here, and is left out" in page
    assert "not taken in" in page
    page = margaret.post(f"{url}/again", again="yes", status=200, follow=True)
    assert "comes as somebody new" in page
    page = margaret.post(f"{url}/again", again="", status=200, follow=True)
    assert "is left out" in page
    assert "Nia Bevan" not in margaret.get("/people")
