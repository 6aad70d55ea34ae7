"""A pack as a file: to read on paper, as data for a program, made by whoever holds data protection."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from page import validate_pdf_bytes

from observe.core.permissions import RoleKind
from observe.services import subject_access
from observe.services.subject_access import Part
from observe.web.people import pack_words
from tests.browser import Browser
from tests.factories import School, a_person
from tests.letters import read


@pytest.fixture
def rhian(school: School) -> School:
    """Rhian holds data protection, and Catrin was sent a summary."""
    a_person(school, "Rhian Data", RoleKind.DATA_PROTECTION)
    read(school)
    return school


def fetched(app: Flask, school: School, who: str, url: str, *, posts: bool = True) -> ZipFile:
    client = Browser(app).sign_in(school[who]).client
    answer = client.post(url) if posts else client.get(url)
    assert answer.status_code == 200
    assert answer.mimetype == "application/zip"
    return ZipFile(BytesIO(answer.get_data()))


def test_a_pack_is_paper_that_anybody_can_read_and_the_same_as_data(
    app: Flask, rhian: School
) -> None:
    page = Browser(app).sign_in(rhian["Rhian"])
    assert "Catrin Morley" in page.get("/people/packs?q=catrin")
    url = f"/people/{rhian['Catrin'].id}/pack"
    assert "Make and download" in page.get(url)
    packed = fetched(app, rhian, "Rhian", url)
    assert packed.namelist() == ["README.txt", "pack.json", "pack-1.pdf"]
    told = json.loads(packed.read("pack.json"))
    assert told["pack"]["for"] == "Catrin Morley"
    assert told["person"][0]["email"].startswith("catrin.")
    paper = packed.read("pack-1.pdf")
    report = validate_pdf_bytes(paper, profile="ua1")
    assert [(fault.rule_id, fault.message) for fault in report.failures] == []


def test_only_who_holds_data_protection_makes_one(app: Flask, rhian: School) -> None:
    url = f"/people/{rhian['Catrin'].id}/pack"
    for who in ("Margaret", "Sion", "Catrin"):
        Browser(app).sign_in(rhian[who]).post(url, status=403)


def test_ones_own_words_come_by_oneself(app: Flask, rhian: School) -> None:
    packed = fetched(app, rhian, "Sion", "/me/own-words.zip", posts=False)
    told = json.loads(packed.read("pack.json"))
    assert set(told) == {
        *("pack", "reflections", "log", "coaching_feedback", "goals", "self_evaluation"),
        "exercise_ratings",
    }


def test_many_entries_come_on_several_papers(
    app: Flask, rhian: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [{"name": f"Row {number}"} for number in range(650)]
    monkeypatch.setattr(subject_access, "parts", lambda *_, **__: iter([Part("roles", iter(many))]))
    packed = fetched(app, rhian, "Rhian", f"/people/{rhian['Catrin'].id}/pack")
    assert [name for name in packed.namelist() if name.endswith("pdf")] == [
        *("pack-1.pdf", "pack-2.pdf", "pack-3.pdf"),
    ]
    assert len(json.loads(packed.read("pack.json"))["roles"]) == 650


def test_every_part_and_every_fact_has_words(app: Flask) -> None:
    from observe.storage.subject_sources import SOURCES

    with app.test_request_context():
        heads, labels = pack_words.headings(), pack_words.labels()
    assert {each.key for each in SOURCES} | {"notes"} <= set(heads)
    assert {name for each in SOURCES for name in each.asked} - set(labels) <= set(pack_words.UNSAID)
