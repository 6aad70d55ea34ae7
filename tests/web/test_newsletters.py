"""The pages of newsletters: drafts that only facilitators read, and what everybody reads."""

import html
import re
from typing import Any

import pytest

from observe.core.newsletter import Part
from tests.browser import Browser
from tests.factories import School
from tests.groups import a_crowd
from tests.services.test_newsletters import begun, publish

WORDS = "We wait three seconds"


def edited(browser: Browser, school: School) -> tuple[Browser, str]:
    """A facilitator at the editor of a new draft."""
    writer = browser.sign_in(school["Margaret"])
    page = writer.post("/newsletters", title="What we found", follow=True, status=200)
    found = re.search(r"/newsletters/([0-9a-f-]{36})/throw-away", page)
    assert found
    return writer, f"/newsletters/{found[1]}"


def form(**differs: Any) -> dict[str, Any]:
    told = {"title": "What we found", "revision": "1", "parts": "1", "do": "save"}
    return {**told, "heading-0": "Looking", "text-0": WORDS, **differs}


def test_a_draft_is_read_by_facilitators_alone_and_then_by_everybody(
    browser: Browser, school: School
) -> None:
    writer, address = edited(browser, school)
    writer.post(f"{address}/edit", **form())
    for who in ("Sion", "Ruth", "Helen", "Catrin"):
        reader = browser.sign_in(school[who])
        assert WORDS not in reader.get("/newsletters")
        reader.get(address, status=403)
        reader.get(f"{address}/edit", status=403)
    writer.post(f"{address}/edit", **form(revision="2", do="publish"))
    for who in ("Sion", "Catrin"):
        reader = browser.sign_in(school[who])
        assert WORDS in reader.get(address)
        assert "Withdraw" not in reader.get(address)
    assert "Newsletter: What we found" in browser.sign_in(school["Sion"]).get("/")
    assert "Newsletter: What we found" in browser.sign_in(school["Catrin"]).get("/feedback")


def test_a_name_holds_it_up_until_it_is_meant(browser: Browser, school: School) -> None:
    writer, address = edited(browser, school)
    named = form(**{"text-0": "Ruth Adeyemi waits three seconds"}, do="publish")
    page = writer.post(f"{address}/edit", **named, status=400)
    assert "It names somebody" in page
    assert "Ruth Adeyemi" in page
    writer.post(f"{address}/edit", **{**named, "revision": "2"}, meant="yes")
    assert "Ruth Adeyemi" in browser.sign_in(school["Catrin"]).get(address)


def test_parts_are_added_moved_and_taken_out_and_nothing_typed_is_lost(
    browser: Browser, school: School
) -> None:
    writer, address = edited(browser, school)
    writer.post(f"{address}/edit", **form(do="add"))
    two = form(revision="2", parts="2") | {"heading-1": "Second", "text-1": "More"}
    writer.post(f"{address}/edit", **{**two, "do": "up-1"})
    page = writer.get(address)
    assert page.index("Second") < page.index("Looking")
    swapped: dict[str, Any] = {
        "heading-0": "Second",
        "text-0": "More",
        "heading-1": "Looking",
        "text-1": WORDS,
    }
    writer.post(f"{address}/edit", **{**two, **swapped, "revision": "3", "do": "remove-0"})
    assert "Second" not in writer.get(address)
    page = writer.post(f"{address}/edit", **form(title="", revision="4"), status=400)
    assert WORDS in page


def test_a_figure_of_the_group_is_put_in_with_its_limits(browser: Browser, school: School) -> None:
    a_crowd(school, lessons=60)
    writer, address = edited(browser, school)
    assert "Put it in" in writer.get(f"{address}/edit")
    writer.post(f"{address}/edit", **form(do="put-agreement"))
    page = writer.get(address)
    assert re.search(r"gave the same level on \d+ % of the criteria", page)
    assert re.search(r"With \d+ lessons and \d+ people it lies between \d+ and \d+ %", page)
    writer.post(f"{address}/edit", **form(revision="2", do="put-nothing"), status=400)


def test_a_teacher_reads_no_figure_of_agreement(browser: Browser, school: School) -> None:
    a_crowd(school, lessons=60)
    writer, address = edited(browser, school)
    writer.post(f"{address}/edit", **form(do="put-agreement"))
    page = writer.get(f"{address}/edit")
    words = html.unescape(re.search(r'name="text-1"[^>]*>([^<]+)<', page)[1])  # type: ignore[index]
    told = {"parts": "2", "heading-1": "Same", "text-1": words, "figures-1": "yes"}
    writer.post(f"{address}/edit", **form(revision="2", do="up-1") | told | {"do": "up-1"})
    assert 'name="figures-0" value="yes"' in writer.get(f"{address}/edit")
    assert "Teachers do not see this part" in writer.get(address)
    told = {"parts": "2", "heading-0": "Same", "text-0": words, "figures-0": "yes"}
    told |= {"heading-1": "Looking", "text-1": WORDS, "do": "publish"}
    writer.post(f"{address}/edit", **form(revision="3") | told)
    assert "the same level" in browser.sign_in(school["Sion"]).get(address)
    teacher = browser.sign_in(school["Catrin"])
    for page in (teacher.get(address), teacher.get("/newsletters"), teacher.get("/feedback")):
        assert "same level" not in page
    assert WORDS in teacher.get(address)


def test_a_newsletter_of_figures_alone_is_not_listed_for_a_teacher(
    browser: Browser, school: School
) -> None:
    made = begun(school, Part("Same", "On 58 % of the criteria", figures=True))
    publish(school, made)
    teacher = browser.sign_in(school["Catrin"])
    assert "What we found" not in teacher.get("/newsletters")
    assert "What we found" not in teacher.get("/feedback")
    page = teacher.get(f"/newsletters/{made}")
    assert "58 %" not in page
    assert "for those who observe" in page


def test_what_is_typed_is_saved_without_a_button(browser: Browser, school: School) -> None:
    writer, address = edited(browser, school)
    told = {key: value for key, value in form().items() if key != "do"}
    answer = writer.client.post(
        f"{address}/edit", data=told, headers={"Accept": "application/json"}
    )
    assert answer.get_json()["revision"] == 2
    assert WORDS in writer.get(address)


def test_of_few_people_nothing_is_offered(browser: Browser, school: School) -> None:
    writer, address = edited(browser, school)
    assert "Nothing yet: figures and themes" in writer.get(f"{address}/edit")


def test_what_another_saved_meanwhile_stands_beside_what_was_typed(
    browser: Browser, school: School
) -> None:
    writer, address = edited(browser, school)
    writer.post(f"{address}/edit", **form())
    page = writer.post(f"{address}/edit", **form(**{"text-0": "Other words"}), status=412)
    assert "Other words" in page
    assert WORDS in page


def test_it_is_withdrawn_and_thrown_away(browser: Browser, school: School) -> None:
    made = begun(school, Part("Looking", WORDS))
    publish(school, made)
    writer = browser.sign_in(school["Margaret"])
    writer.get(f"/newsletters/{made}/edit", status=302)
    writer.post(f"/newsletters/{made}/throw-away", status=409)
    writer.post(f"/newsletters/{made}/withdraw")
    browser.sign_in(school["Sion"]).get(f"/newsletters/{made}", status=403)
    writer.post(f"/newsletters/{made}/throw-away")
    writer.get(f"/newsletters/{made}", status=404)


@pytest.mark.parametrize("who", ["Sion", "Ruth", "Helen", "Catrin"])
def test_nobody_but_a_facilitator_writes_one(browser: Browser, school: School, who: str) -> None:
    made = begun(school, Part("Looking", WORDS))
    publish(school, made)
    reader = browser.sign_in(school[who])
    reader.post("/newsletters", title="Mine", status=403)
    for does in ("edit", "withdraw", "throw-away"):
        reader.post(f"/newsletters/{made}/{does}", status=403)
