"""sync/1 on the wire: who may send, in which order a request is judged, and what is answered."""

import json
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from observe.core.canonical import hex_digest
from observe.core.permissions import RoleKind
from observe.services import own_page
from tests.browser import Browser
from tests.classroom import RATING
from tests.core.test_operations import JSON
from tests.factories import NOW, PlannedLesson, School, a_lesson, a_person
from tests.wire import Wire, a_wire

pytestmark = pytest.mark.usefixtures("some_days_later")


@pytest.fixture
def lesson(school: School) -> PlannedLesson:
    return a_lesson(school)


@pytest.fixture
def sion(app: Flask, school: School, lesson: PlannedLesson) -> Wire:
    return wire_of(app, school, lesson, "Sion")


def wire_of(app: Flask, school: School, lesson: PlannedLesson, name: str) -> Wire:
    rubric = school.rubrics["teaching-framework"]
    return a_wire(app, school[name], lesson.observations[name], rubric=rubric)


def opened(wire: Wire, lesson: PlannedLesson) -> dict[str, Any]:
    return wire.tablet.make("open", value={"lesson_id": str(lesson.id)})


def test_a_tablet_learns_who_is_signed_in_and_what_the_server_speaks(
    app: Flask, school: School
) -> None:
    nobody = app.test_client().get("/api/v1/session").get_json()
    assert (nobody["person"], nobody["protocols"]) == (None, [1])
    somebody = Browser(app).sign_in(school["Sion"]).client.get("/api/v1/session").get_json()
    assert somebody["person"] == str(school["Sion"].id)
    assert {"csrf", "server_time", "epoch"} <= set(somebody)


def test_the_server_answers_each_operation_and_says_what_it_holds(
    sion: Wire, lesson: PlannedLesson
) -> None:
    first, rated = opened(sion, lesson), sion.tablet.set(RATING, 3)
    told = sion.send(first, rated)
    assert told["results"][1] == {"op_id": rated["op_id"], "status": "accepted", "sequence": 2}
    (record,) = told["records"]
    assert record["state_hash"] == sion.tablet.state_hash()
    assert (record["state"], record["ratings"], record["notes"]) == ("draft", 1, 0)
    assert (told["protocol"], told["acknowledged_through"]) == (1, 2)
    assert told["csrf"]


def test_every_answer_carries_the_protocol_so_that_a_captive_portal_is_known(sion: Wire) -> None:
    answers = [sion.post(), sion.post(protocol=2), sion.client.get("/api/v1/session")]
    assert {answer.headers["X-Observe-Protocol"] for answer in answers} == {"1"}
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}


# the order in which a request is judged


def test_without_session_and_grant_nothing_is_even_read(sion: Wire) -> None:
    sion.sign_out()
    sion.client.delete_cookie(f"observe_device_{str(sion.person.id)[:8]}", path="/api/v1/sync")
    answer = sion.client.post("/api/v1/sync", data="x" * 600 * 1024)
    assert (answer.status_code, answer.get_json()["code"]) == (401, "sign_in")


def test_too_large_comes_before_malformed(sion: Wire) -> None:
    answer = sion.client.post("/api/v1/sync", data="x" * 600 * 1024, headers=sion.token)
    assert (answer.status_code, answer.get_json()["code"]) == (413, "too_large")
    many = [{"no": "operation"}] * 201
    assert sion.post(*many).status_code == 413


def test_a_note_of_two_megabytes_is_refused_in_words(sion: Wire) -> None:
    answer = sion.post(*sion.tablet.note("a" * 2 * 1024 * 1024))
    assert answer.status_code == 413
    assert answer.get_json()["detail"].endswith("send it in smaller parts.")


def test_malformed_comes_before_the_protocol(sion: Wire) -> None:
    answer = sion.post({"op_id": "nonsense"}, protocol=2)
    assert (answer.status_code, answer.get_json()["code"]) == (400, "malformed")


@pytest.mark.parametrize("protocol", [2, None, "1", True, 1.5])
def test_another_protocol_comes_before_the_token(sion: Wire, protocol: Any) -> None:
    answer = sion.post(protocol=protocol, headers={})
    assert (answer.status_code, answer.get_json()["code"]) == (426, "protocol")


def test_the_token_comes_before_the_person_and_the_person_before_the_tablet(
    sion: Wire, school: School
) -> None:
    wrong: dict[str, Any] = {
        "person_id": str(school["Ruth"].id),
        "device_id": str(uuid4()),
        "epoch": "old",
    }
    codes = [
        sion.post(headers={}, **wrong),
        sion.post(**wrong),
        sion.post(device_id=str(uuid4()), epoch="old"),
        sion.post(epoch="old"),
    ]
    assert [(a.status_code, a.get_json()["code"]) for a in codes] == [
        (403, "csrf"),
        (403, "wrong_person"),
        (403, "unknown_device"),
        (409, "epoch"),
    ]


def test_a_malformed_request_keeps_nothing(sion: Wire, lesson: PlannedLesson) -> None:
    assert sion.post(opened(sion, lesson), {"op_id": "nonsense"}).status_code == 400
    assert sion.client.get("/api/v1/changes").get_json()["operations"] == []


@pytest.mark.parametrize(
    "body", ["", "[", "nul", '{"a": NaN}', "[" * 5000, "9" * 5000, b"\xff\xfe\x00", "null", "[]"]
)
def test_what_is_not_json_is_malformed(sion: Wire, body: str | bytes) -> None:
    answer = sion.client.post("/api/v1/sync", data=body, headers=sion.token)
    assert (answer.status_code, answer.get_json()["code"]) == (400, "malformed")


# grants


def test_a_grant_sends_when_the_session_is_gone_and_is_told_less(
    sion: Wire, lesson: PlannedLesson
) -> None:
    sion.send(opened(sion, lesson))
    sion.sign_out()
    answer = sion.post(sion.tablet.set(RATING, 3), headers={})
    told = answer.get_json()
    assert (answer.status_code, told["csrf"]) == (200, None)
    assert set(told["records"][0]) == {"observation_id", "revision", "state", "state_hash"}
    assert sion.client.get("/api/v1/bootstrap").status_code == 401


def test_a_grant_is_kept_from_scripts_other_sites_and_other_addresses(
    app: Flask, school: School, lesson: PlannedLesson
) -> None:
    wire = wire_of(app, school, lesson, "Sion")
    answer = wire.register()
    assert answer.status_code == 201
    (cookie,) = (c for c in answer.headers.getlist("Set-Cookie") if c.startswith("observe_device_"))
    assert cookie.startswith(f"observe_device_{str(school['Sion'].id)[:8]}=")
    parts = {part.strip() for part in cookie.split(";")}
    assert {"HttpOnly", "Secure", "SameSite=Strict", "Path=/api/v1/sync"} <= parts
    assert f"Max-Age={90 * 24 * 3600}" in parts


def test_a_grant_sends_for_its_own_person_only(sion: Wire, school: School) -> None:
    sion.sign_out()
    answer = sion.post(headers={}, person_id=str(school["Ruth"].id))
    assert answer.get_json()["code"] == "wrong_person"


def test_a_revoked_tablet_is_signed_out_and_unknown(sion: Wire) -> None:
    database = sion.browser.app.extensions["observe_database"]
    with database.write(sion.person.network_id) as session:
        own_page.revoke_tablet(session, sion.tablet.device_id, by=sion.person, at=NOW)
    assert sion.post().get_json()["code"] == "unknown_device"
    sion.sign_out()
    assert sion.post(headers={}).status_code == 401


def test_a_session_wins_over_a_grant_and_needs_its_token(
    app: Flask, school: School, lesson: PlannedLesson, sion: Wire
) -> None:
    ruth = wire_of(app, school, lesson, "Ruth")
    name = f"observe_device_{str(school['Sion'].id)[:8]}"
    grant = sion.client.get_cookie(name, path="/api/v1/sync")
    assert grant
    ruth.client.set_cookie(name, grant.value, path="/api/v1/sync")
    assert ruth.post(person_id=str(school["Sion"].id)).get_json()["code"] == "wrong_person"
    assert ruth.post(headers={}).get_json()["code"] == "csrf"


def test_registering_needs_a_token_and_a_name(sion: Wire) -> None:
    assert sion.client.post("/api/v1/devices", json={"label": "x"}).get_json()["code"] == "csrf"
    bodies: list[Any] = [[], {"label": 3}, {}]
    for body in bodies:
        answer = sion.client.post("/api/v1/devices", json=body, headers=sion.token)
        assert answer.status_code == 400
    odd = {"label": "\ud800\0 " * 90}
    assert sion.client.post("/api/v1/devices", json=odd, headers=sion.token).status_code == 201


# what a tablet reads


def test_bootstrap_brings_own_lessons_with_the_partners_name_and_nothing_else_of_the_partner(
    app: Flask, school: School, lesson: PlannedLesson, sion: Wire
) -> None:
    ruth = wire_of(app, school, lesson, "Ruth")
    ruth.send(opened(ruth, lesson), *ruth.tablet.note("Ruth alone saw this."))
    answer = sion.client.get("/api/v1/bootstrap")
    (mine,) = answer.get_json()["lessons"]
    assert mine["observation_id"] == str(lesson.observations["Sion"])
    assert mine["pair"] == {
        "state": "under way",
        "partners": ["Ruth Adeyemi"],
        "partner_sealed": False,
    }
    assert mine["rubric"] in answer.get_json()["rubrics"]
    assert "Ruth alone" not in answer.text
    assert str(lesson.observations["Ruth"]) not in answer.text


def test_bootstrap_brings_own_open_records_with_their_operations(
    sion: Wire, lesson: PlannedLesson
) -> None:
    sent = [opened(sion, lesson), sion.tablet.set(RATING, 3)]
    sion.send(*sent)
    (record,) = sion.client.get("/api/v1/bootstrap").get_json()["records"]
    assert [each["op_id"] for each in record["operations"]] == [each["op_id"] for each in sent]
    assert [each["sequence"] for each in record["operations"]] == [1, 2]


def test_bootstrap_is_kept_and_asked_for_again_by_its_tag(sion: Wire) -> None:
    first = sion.client.get("/api/v1/bootstrap")
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = sion.client.get("/api/v1/bootstrap", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_a_leader_brings_the_teachers_of_the_own_team_only(
    app: Flask, school: School, sion: Wire
) -> None:
    a_person(school, "Omar Haddad", RoleKind.HEAD)
    helen = Browser(app).sign_in(school["Helen"]).client.get("/api/v1/bootstrap").get_json()
    names = [teacher["name"] for teacher in helen["schools"][0]["teachers"]]
    assert {"Helen Marsh", "Omar Haddad"}.isdisjoint(names)
    assert "Catrin Morley" in names
    assert helen["schools"][0]["classes"] == [{"id": str(school.class_id), "name": "Year 5"}]


def test_a_teacher_brings_no_school(app: Flask, school: School) -> None:
    told = Browser(app).sign_in(school["Catrin"]).client.get("/api/v1/bootstrap").get_json()
    assert (told["schools"], told["lessons"]) == ([], [])


def test_a_published_rubric_is_read_at_its_address_and_kept_for_ever(
    sion: Wire, school: School
) -> None:
    digits = school.rubrics["teaching-framework"].removeprefix("sha256:")
    answer = sion.client.get(f"/api/v1/rubrics/{digits}")
    assert hex_digest(answer.get_json()) == digits
    assert "immutable" in answer.headers["Cache-Control"]
    assert sion.client.get(f"/api/v1/rubrics/{'0' * 64}").status_code == 404
    assert sion.client.get("/api/v1/rubrics/%00").status_code == 404


def test_changes_bring_ones_own_operations_from_all_tablets_in_order(
    app: Flask, school: School, lesson: PlannedLesson, sion: Wire
) -> None:
    other = wire_of(app, school, lesson, "Sion")
    ruth = wire_of(app, school, lesson, "Ruth")
    ruth.send(opened(ruth, lesson))
    first, second = opened(sion, lesson), other.tablet.set(RATING, 2)
    sion.send(first), other.send(second)
    told = sion.client.get("/api/v1/changes?cursor=0").get_json()
    assert [each["op_id"] for each in told["operations"]] == [first["op_id"], second["op_id"]]
    assert told["operations"][1] == second | {"status": "accepted", "sequence": 2}
    third = sion.tablet.set(RATING, 4)
    sion.send(third)
    later = sion.client.get(f"/api/v1/changes?cursor={told['cursor']}").get_json()
    assert [each["op_id"] for each in later["operations"]] == [third["op_id"]]


def test_a_cursor_of_an_older_epoch_begins_anew(sion: Wire, lesson: PlannedLesson) -> None:
    sion.send(opened(sion, lesson))
    for cursor in (f"{uuid4()}.1", "417", "0", ""):
        told = sion.client.get("/api/v1/changes", query_string={"cursor": cursor}).get_json()
        assert len(told["operations"]) == 1, cursor
    assert sion.client.get("/api/v1/changes?cursor=x").status_code == 400
    assert sion.client.get("/api/v1/changes?cursor=1").get_json()["operations"] == []


def test_what_came_late_and_was_included_is_told_to_other_tablets_as_part_of_the_record(
    sion: Wire, lesson: PlannedLesson
) -> None:
    sion.send(opened(sion, lesson), sion.tablet.seal(), sion.tablet.set(RATING, 2))
    assert status_of_third(sion) == "late"
    sion.send(sion.tablet.make("unseal", value={"reason": "", "include": True}))
    assert status_of_third(sion) == "accepted"


def status_of_third(wire: Wire) -> str:
    told = wire.client.get("/api/v1/changes").get_json()["operations"]
    return str(told[2]["status"])


# rescue

NONE = {"accepted": 0, "duplicate": 0, "late": 0, "rejected": 0, "closed": 0}


def test_a_facilitator_brings_in_a_tablets_file_and_sees_counts_only(
    app: Flask, school: School, lesson: PlannedLesson, sion: Wire
) -> None:
    margaret = Wire(app, school["Margaret"], sion.tablet)
    work = [opened(sion, lesson), *sion.tablet.note("Written in a cellar."), {"op": 1}]
    export = sion.batch(*work[:-1], sion.tablet.set(RATING, 9))
    answer = margaret.client.post("/api/v1/rescue", json=export, headers=margaret.token)
    assert answer.get_json() == dict(NONE, accepted=3, rejected=1)
    again = margaret.client.post("/api/v1/rescue", json=export, headers=margaret.token)
    assert again.get_json() == dict(NONE, duplicate=3, rejected=1)
    assert {each["status"] for each in sion.send(*work[:-1])["results"]} == {"duplicate"}


def test_a_rescued_file_adds_nothing_to_a_record_that_is_closed(
    sion: Wire, lesson: PlannedLesson
) -> None:
    sion.send(opened(sion, lesson), sion.tablet.seal())
    export = sion.batch(*sion.tablet.note("Too late."))
    answer = sion.client.post("/api/v1/rescue", json=export, headers=sion.token)
    assert answer.get_json()["closed"] == 2
    assert len(sion.client.get("/api/v1/changes").get_json()["operations"]) == 2


def test_a_partner_may_not_bring_in_a_file(
    app: Flask, school: School, lesson: PlannedLesson, sion: Wire
) -> None:
    ruth = wire_of(app, school, lesson, "Ruth")
    export = sion.batch(opened(sion, lesson))
    answer = ruth.client.post("/api/v1/rescue", json=export, headers=ruth.token)
    assert answer.status_code == 403


def test_a_facilitator_who_observes_the_lesson_may_not_bring_in_a_partners_file(
    app: Flask, school: School
) -> None:
    beside = a_lesson(school, observers=("Sion", "Margaret"))
    sion, margaret = (wire_of(app, school, beside, name) for name in ("Sion", "Margaret"))
    export = sion.batch(sion.tablet.make("withdraw", value={"reason": "Not mine to give."}))
    answer = margaret.client.post("/api/v1/rescue", json=export, headers=margaret.token)
    assert answer.status_code == 403
    assert "You observe one of these lessons yourself" in answer.get_json()["detail"]


# whatever is sent


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(data=st.data())
def test_json_with_faults_gets_a_verdict_and_never_breaks_the_server(
    sion: Wire, lesson: PlannedLesson, data: st.DataObject
) -> None:
    valid = sion.tablet.make(
        data.draw(st.sampled_from(["open", "set", "tally", "untally", "seal", "unseal"])),
        data.draw(st.sampled_from([RATING, "note/a/text", "context/a", "rating/a/b"]) | st.text()),
        data.draw(JSON | st.just({"lesson_id": str(lesson.id)})),
    )
    faults = data.draw(st.dictionaries(st.sampled_from([*valid]), JSON, max_size=2))
    envelope = data.draw(st.dictionaries(st.sampled_from([*sion.batch()]), JSON, max_size=1))
    body = json.dumps(sion.batch(valid | faults) | envelope)
    answer = sion.client.post("/api/v1/sync", data=body, headers=sion.token)
    assert answer.status_code in (200, 400, 403, 409, 426), answer.text
    assert answer.status_code == 200 or answer.get_json()["detail"].endswith(".")


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(address=st.sampled_from(["devices", "rescue"]), keys=st.data())
def test_no_json_breaks_the_other_addresses(
    sion: Wire, lesson: PlannedLesson, address: str, keys: st.DataObject
) -> None:
    export = sion.batch(sion.tablet.set(RATING, 3)) | {"label": "iPad"}
    faults = st.dictionaries(st.sampled_from([*export]), JSON, max_size=2)
    body = keys.draw(JSON | faults.map(lambda wrong: export | wrong))
    answer = sion.client.post(f"/api/v1/{address}", data=json.dumps(body), headers=sion.token)
    assert answer.status_code in (200, 201, 400, 403), answer.text
