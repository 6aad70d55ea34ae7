"""Pasting a table on the page."""

import pytest

from tests.browser import Browser
from tests.factories import School

TABLE = "name,e-mail,role,school\nNia Bevan,nia@gwyn.example,head,Ysgol Tŵr Gwyn\n"


@pytest.fixture
def margaret(browser: Browser, school: School) -> Browser:
    return browser.sign_in(school["Margaret"])


def test_a_table_is_looked_at_before_it_is_taken_in(margaret: Browser) -> None:
    assert "What a table looks like" in margaret.get("/people/paste")
    page = margaret.post("/people/paste/check", status=200, table=TABLE)
    assert "Make these changes" in page
    assert "1 new, 0 changed" in page
    assert "Nia Bevan" not in margaret.get("/people")
    assert "1 person is new" in margaret.post("/people/paste", table=TABLE, follow=True, status=200)


def test_a_table_with_a_fault_stays_in_the_form(margaret: Browser) -> None:
    for url, status in (("/people/paste/check", 200), ("/people/paste", 400)):
        page = margaret.post(url, status=status, table=TABLE + "Ben,ben at school,head,Thornbeck\n")
        assert "ben at school" in page
        assert "1 line has to be mended first" in page
        assert "Make these changes" not in page


def test_a_table_that_is_there_already_offers_nothing(margaret: Browser) -> None:
    margaret.post("/people/paste", table=TABLE)
    page = margaret.post("/people/paste/check", status=200, table=TABLE)
    assert "Everything in this table is there already" in page
    assert "Make these changes" not in page


def test_two_megabytes_are_refused_in_words(margaret: Browser) -> None:
    page = margaret.post("/people/paste/check", status=413, table="x" * 2_000_000)
    assert "more than Observe takes at once" in page


def test_what_is_pasted_cannot_bring_script_into_the_page(margaret: Browser) -> None:
    table = "name,e-mail,<script>x</script>\n<script>alert(1)</script>,a@b.example,\n"
    page = margaret.post("/people/paste/check", status=200, table=table)
    assert "<script>alert" not in page
