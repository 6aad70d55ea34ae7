"""All that a network owns is taken out, or deleted after some days, on its page."""

import json
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask

from observe.core.permissions import RoleKind
from observe.services import network_deletion
from tests.browser import Browser
from tests.factories import School, a_person

NAME = "Dales learning group"


@pytest.fixture
def rhian(school: School) -> School:
    """Rhian holds data protection."""
    a_person(school, "Rhian Data", RoleKind.DATA_PROTECTION)
    return school


def test_everything_comes_as_one_file_and_that_is_kept(app: Flask, rhian: School) -> None:
    page = Browser(app).sign_in(rhian["Rhian"])
    assert "Export everything" in page.get("/people/network")
    answer = page.client.post("/people/network/export")
    assert answer.status_code == 200
    packed = ZipFile(BytesIO(answer.get_data()))
    names = {json.loads(line)["name"] for line in packed.open("tables/person.jsonl")}
    assert {"Catrin Morley", "Siôn Prydderch"} <= names
    did = [json.loads(line)["did"] for line in packed.open("tables/history.jsonl")]
    assert "network exported" in did
    Browser(app).sign_in(rhian["Margaret"]).post("/people/network/export", status=403)


def test_a_deletion_is_asked_for_kept_and_in_the_end_done(app: Flask, rhian: School) -> None:
    page = Browser(app).sign_in(rhian["Rhian"])
    assert "Type the name" in page.post("/people/network/end", typed="Dales", status=400)
    found = page.post("/people/network/end", typed=NAME, follow=True, status=200)
    assert "Everything is deleted on" in found
    margaret = Browser(app).sign_in(rhian["Margaret"])
    assert "unless you keep it" in margaret.get("/people")
    margaret.post("/people/network/end", typed=NAME, status=403)
    assert "Nothing is deleted" in margaret.post("/people/network/keep", follow=True, status=200)
    found = page.post("/people/network/end", typed=NAME, follow=True, status=200)
    address = re.search(r"/gone/[0-9a-f-]{36}", found)
    assert address
    page.get(address[0], status=404)
    over = datetime.now(UTC) + timedelta(days=15)
    assert network_deletion.carry_out(rhian.database, rhian.network_id, at=over)
    page.get("/people/network", status=302)
    assert "Certificate of deletion" in Browser(app).get(address[0])
