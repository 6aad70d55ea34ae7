"""What somebody tries who wants an answer, a word or a role that is not theirs, in the newest rooms."""

import io
import re
from datetime import timedelta
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from flask import Flask
from sqlalchemy import select

from observe.core import rubric_yaml
from observe.core.errors import Conflict
from observe.core.leadership import REST, RaterGroup
from observe.core.mail import Dropped, MailKind
from observe.core.permissions import Person, RoleKind
from observe.core.programme_file import ProgrammeFaults, read_programme
from observe.core.table_file import MOST_COLUMNS, read_table
from observe.services import leadership_mails, outbox
from observe.storage import outbox as kept_mails
from observe.storage.tables import people as people_tables
from observe.storage.tables.mail import OutboxMail
from observe.storage.tables.trust import Erasure
from tests.assessed import begun as look_begun
from tests.assessed import sealed, written
from tests.browser import Browser
from tests.coaching import AGENDA, GOAL, LOGGED, coached, going_on
from tests.factories import NOW, School, a_network, a_person, a_sign_in
from tests.programmes import CASCADE, a_planned_workshop, begun
from tests.rounds import answered, asked, closed, link, opened, some

TEAM, GOVERNORS = RaterGroup.TEAM, RaterGroup.GOVERNORS
SECRET = "Only I would say heliotrope"
LATER = NOW + timedelta(days=12)
FORM = "multipart/form-data; boundary=x"


def with_mail(school: School) -> School:
    school.database.links_lead_to = "https://observe.example"
    return school


def moved(school: School, person: Person, address: str) -> None:
    """A facilitator writes down another address for somebody."""
    with school.database.write(school.network_id) as session:
        key = (school.network_id, person.id)
        session.get_one(people_tables.Person, key).email = address


# leadership feedback


@pytest.mark.parametrize("answers", [0, 6])
def test_two_rounds_that_differ_by_one_rater_never_follow_each_other(
    school: School, answers: int
) -> None:
    """Whatever came of the first, so that whoever opens rounds learns nothing of that either."""
    first, team = opened(school), some(school, 6)
    asked(school, first, TEAM, team)
    for each in team[:answers]:
        answered(school, first, each, 2)
    closed(school, first)
    with pytest.raises(Conflict, match="can open from 16 May 2027"):
        opened(school, at=NOW + timedelta(days=7))
    last_day = (NOW + REST + timedelta(days=14)).date()
    opened(school, at=NOW + REST, last_day=last_day)


def test_a_round_that_was_deleted_told_nothing_and_another_may_open(
    school: School, browser: Browser
) -> None:
    browser.sign_in(school["Margaret"]).post(f"/leadership/{opened(school)}/cancel")
    opened(school)


def test_a_reminder_goes_to_no_address_that_was_given_since(school: School) -> None:
    """The link opens what somebody answered, and whoever runs the round keeps the addresses."""
    round_id, (one, other) = opened(with_mail(school)), some(school, 2)
    asked(school, round_id, GOVERNORS, [one, other])
    moved(school, one, "margaret.private@mail.example")
    with school.database.write(school.network_id) as session:
        leadership_mails.remind(session, at=LATER)
    to = [mail.address for mail in mails(school) if mail.once]
    assert "margaret.private@mail.example" not in to
    assert len(to) == 2


def test_who_had_no_address_when_asked_gets_no_link_by_one_given_since(school: School) -> None:
    round_id, (one,) = opened(with_mail(school)), some(school, 1)
    moved(school, one, "")
    asked(school, round_id, GOVERNORS, [one])
    moved(school, one, "margaret.private@mail.example")
    with school.database.write(school.network_id) as session:
        leadership_mails.remind(session, at=LATER)
    assert "margaret.private@mail.example" not in [mail.address for mail in mails(school)]


def test_a_mail_that_came_back_is_not_sent_to_another_address(school: School) -> None:
    round_id, (one, other) = opened(with_mail(school)), some(school, 2)
    asked(school, round_id, GOVERNORS, [one, other])
    sent_back(school)
    moved(school, one, "margaret.private@mail.example")
    (mine,) = [mail.id for mail in mails(school) if mail.person_id == one.id]
    with school.database.write(school.network_id) as session:
        with pytest.raises(Conflict, match="address has changed"):
            outbox.try_again(session, mine, by=school["Margaret"], at=NOW)
        assert outbox.try_all_again(session, by=school["Margaret"], at=NOW) == 2
    assert "margaret.private@mail.example" not in [mail.address for mail in mails(school)]


def mails(school: School) -> list[OutboxMail]:
    with school.database.read(school.network_id) as session:
        query = select(OutboxMail).where(OutboxMail.kind == MailKind.LEADERSHIP)
        return list(session.scalars(query))


def sent_back(school: School) -> None:
    """The mail server takes none of them."""
    with school.database.write(school.network_id) as session:
        while mail := kept_mails.claim(session, at=NOW):
            kept_mails.dropped(session, mail, "no such box", Dropped.REFUSED, at=NOW)
            session.flush()


def test_a_secret_link_is_kept_by_no_store_and_told_to_no_other_site(
    app: Flask, school: School
) -> None:
    token = link(school, opened(school), school["Sion"])
    answer = Browser(app).client.get(f"/leadership/answer/{token}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_a_secret_link_opens_nothing_in_another_network_nor_once_its_round_has_closed(
    app: Flask, school: School
) -> None:
    round_id = opened(school)
    token, visitor = link(school, round_id, school["Sion"]), Browser(app)
    other = a_network(school.database, name="Elsewhere")
    secret = token.partition(".")[2]
    visitor.get(f"/leadership/answer/{other.network_id}.{secret}", status=404)
    closed(school, round_id)
    sent: dict[str, Any] = {"level-listens": "2"}
    for more in ("", "/take-back"):
        visitor.post(f"/leadership/answer/{token}{more}", status=404, **sent)
    for more in ("", "/sent"):
        visitor.get(f"/leadership/answer/{token}{more}", status=404)


def test_the_form_that_needs_no_sign_in_takes_neither_a_forged_nor_an_endless_answer(
    app: Flask, school: School
) -> None:
    token = link(school, opened(school), school["Sion"])
    address, client = f"/leadership/answer/{token}", Browser(app).client
    large = client.post(address, data={"words-keep": "x" * 2_000_000})
    assert large.status_code == 413
    app.config["WTF_CSRF_ENABLED"] = True
    assert client.post(address, data={"words-keep": SECRET}).status_code == 400


@pytest.mark.parametrize("who", ["Margaret", "Ruth", "Helen", "Catrin"])
def test_no_list_mail_or_file_tells_whoever_runs_a_round_that_somebody_answered(
    app: Flask, school: School, who: str
) -> None:
    round_id, team = opened(with_mail(school)), some(school, 6)
    asked(school, round_id, TEAM, team)
    reader = Browser(app).sign_in(school[who])
    places = ("/leadership", f"/leadership/{round_id}", "/people/mails", "/people", "/")
    before = [pages_of(reader, place) for place in places]
    for each in team:
        answered(school, round_id, each, 3, SECRET)
    assert [pages_of(reader, place) for place in places] == before


def pages_of(reader: Browser, place: str) -> str:
    """A page without what differs at each look."""
    shown = reader.client.get(place).get_data(as_text=True)
    return re.sub(r'name="csrf_token" value="[^"]*"', "", shown)


# coaching


@pytest.mark.parametrize("who", ["Margaret", "Helen", "Catrin", "Rhian", "Nia"])
def test_no_third_person_reads_a_word_of_a_coaching(app: Flask, school: School, who: str) -> None:
    a_person(school, "Rhian Bowen", RoleKind.DATA_PROTECTION)
    a_person(school, "Nia Bevan", RoleKind.HEAD)
    two = coached(school)
    reader, at = Browser(app).sign_in(school[who]), f"/coaching/{two.id}"
    more = ("", f"/sessions/{two.session}", f"/sessions/{two.session}.ics", f"/log/{two.entry}")
    for address in (*(f"{at}{each}" for each in (*more, "/log", "/look-back")), "/coaching", "/"):
        answer = reader.client.get(address)
        assert answer.status_code in (200, 302, 403, 404), address
        assert not any(said in answer.text for said in (GOAL, AGENDA, LOGGED))


def test_a_goal_a_session_and_an_entry_open_only_by_their_own_coaching(
    app: Flask, school: School
) -> None:
    """Somebody who coaches another time names what belongs to a coaching of two others."""
    two, own = coached(school), going_on(school, by="Helen", of="Ruth")
    for who in ("Helen", "Ruth"):
        reader, at = Browser(app).sign_in(school[who]), f"/coaching/{own}"
        for more in (f"/sessions/{two.session}", f"/sessions/{two.session}.ics"):
            reader.get(f"{at}{more}", status=404)
        typed: dict[str, Any] = {"text": "Mine now", "state": "reached", "was": GOAL}
        reader.post(f"{at}/goals/{two.goal}", status=404, **typed)
        assert LOGGED not in reader.client.get(f"{at}/log/{two.entry}").text


# assessments


@pytest.mark.parametrize(("first", "second"), [("Sion", "Ruth"), ("Ruth", "Sion")])
def test_what_one_has_sealed_the_other_reads_nowhere_before(
    app: Flask, school: School, first: str, second: str
) -> None:
    round_id = look_begun(school, first)
    sealed(school, round_id, first, 2, evidence=SECRET)
    assert look_begun(school, second) == round_id
    written(school, round_id, second, 3)
    reader, at = Browser(app).sign_in(school[second]), "/programme/observing"
    person = school["Sion"].id
    places = (f"{at}/rounds/{round_id}", f"{at}/rounds/{round_id}/beside", at, "/programme")
    for place in (*places, f"/programme/people/{person}", "/api/v1/changes", "/feedback"):
        assert SECRET not in reader.client.get(place).text
    reader.get(f"{at}/rounds/{round_id}/beside", status=403)


# programmes


def test_a_programme_that_repeats_itself_without_end_is_refused() -> None:
    laughs = "a: &a [x, x]\n" + "\n".join(
        f"b{n}: &b{n} [*{'a' if n == 0 else f'b{n - 1}'}, *a]" for n in range(40)
    )
    for text in (laughs, "[" * 100_000, "{a: " * 100_000, "? " * 100_000):
        with pytest.raises(ProgrammeFaults):
            read_programme(text, "bomb.yaml")


def test_a_large_file_of_slips_is_not_read_twenty_times(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    attempt = rubric_yaml._attempt

    def counted(text: str) -> rubric_yaml.Tree:
        read.append(len(text))
        return attempt(text)

    monkeypatch.setattr(rubric_yaml, "_attempt", counted)
    rows = "\n".join(f"- key{n}: {'words ' * 40}" for n in range(1000))
    slips = "\n".join(f"- slip{n}: b: c" for n in range(30))
    with pytest.raises(ProgrammeFaults):
        read_programme(f"{rows}\n{slips}", "slips.yaml")
    assert len(read) <= 4


def test_a_head_puts_nobody_of_another_school_into_their_programme(
    browser: Browser, school: School
) -> None:
    programme = begun(school, CASCADE, members=(), by="Sion")
    with school.database.write(school.network_id) as session:
        other = people_tables.School(id=UUID(int=7), name="Ysgol y Môr")
        session.add(other)
    stranger = a_person(
        School(**{**vars(school), "school_id": UUID(int=7), "team_id": None}),
        "Owen Rhys",
        RoleKind.TEACHER,
    )
    sion, at = browser.sign_in(school["Sion"]), f"/programme/groups/{programme}/members"
    for who in (
        stranger,
        school["Ruth"],
        school["Sion"],
        a_network(school.database, name="E")["Helen"],
    ):
        sion.post(at, status=400, person=str(who.id))
    browser.sign_in(school["Helen"]).post(at, status=403, person=str(school["Helen"].id))


def test_nobody_says_of_themselves_that_they_came(browser: Browser, school: School) -> None:
    """A head who is a facilitator too takes part in the programme of another facilitator."""
    programme = begun(school)
    workshop = a_planned_workshop(school, programme, day=(NOW - timedelta(days=1)).date())
    both = also_facilitator(school, "Sion")
    sion, at = browser.sign_in(both), f"/programme/workshops/{workshop}"
    sent: dict[str, Any] = {f"came-{both.id}": "yes"}
    assert "Somebody else" in sion.get(at)
    sion.post(f"{at}/attendance", status=409, **sent)
    browser.sign_in(school["Margaret"]).post(f"{at}/attendance", **sent)


def also_facilitator(school: School, name: str) -> Person:
    with school.database.write(school.network_id) as session:
        row = people_tables.Role(
            id=UUID(int=9), person_id=school[name].id, kind=RoleKind.FACILITATOR
        )
        session.add(row)
    return school[name]


def test_a_member_who_is_a_facilitator_signs_off_nothing_of_their_own(
    browser: Browser, school: School
) -> None:
    programme = begun(school)
    sion = browser.sign_in(also_facilitator(school, "Sion"))
    at = f"/programme/groups/{programme}/people/{school['Sion'].id}/stages"
    for stage in ("final", "baseline", "practice", "first-workshop", "x"):
        sion.post(f"{at}/{stage}/sign", status=403)


# newsletters


def test_a_newsletter_is_text_whatever_is_typed(browser: Browser, school: School) -> None:
    margaret, bad = browser.sign_in(school["Margaret"]), "<script>alert(1)</script>\"'><img src=x>"
    page = margaret.post("/newsletters", title=bad, follow=True, status=200)
    found = re.search(r"/newsletters/([0-9a-f-]{36})/throw-away", page)
    assert found
    at = f"/newsletters/{found[1]}"
    typed: dict[str, Any] = {"title": bad, "revision": "1", "parts": "1", "do": "publish"}
    typed |= {"heading-0": bad, "text-0": f"javascript:alert(1) {bad}"}
    margaret.post(f"{at}/edit", **typed)
    for place in (at, "/newsletters", "/"):
        shown = browser.sign_in(school["Sion"]).get(place)
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown


# people from files


def bring(browser: Browser, content: bytes, name: str) -> Any:
    sent: dict[str, Any] = {"file": (io.BytesIO(content), name), "source": "Office"}
    return browser.client.post("/people/files", data=sent)


def packed(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return held.getvalue()


def test_a_file_with_endless_columns_is_told_at_once() -> None:
    many = ",".join(f"c{n}" for n in range(MOST_COLUMNS + 1)).encode()
    assert "columns" in read_table(many, file="many.csv", most=9).faults[0].words
    endless = b"name,email\n" + b"," * 3_000_000 + b"x"
    assert "signs" in read_table(endless, file="endless.csv", most=9).faults[0].words


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (packed({"manifest.csv": b"propertyName,value\n" + b" " * 70_000_000}), "bomb.zip"),
        (packed({"../../manifest.csv": b"x", "/etc/users.csv": b"y"}), "away.zip"),
        (packed({f"{n}.csv": b"" for n in range(70)}), "many.zip"),
        (b"PK\x03\x04" + b"\xff" * 500, "torn.zip"),
        (b"name,email\n\0,\0\n", "signs.csv"),
        (b"\xff\xfe\0\0\0\0", "marks.csv"),
        (b"", "empty.csv"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(
    browser: Browser, school: School, content: bytes, name: str
) -> None:
    answer = bring(browser.sign_in(school["Margaret"]), content, name)
    assert answer.status_code == 400
    assert "Looked at and not taken in yet" not in answer.text


@pytest.mark.parametrize(
    ("address", "megabytes"),
    [("/people/files", 33), ("/people/files", 100), ("/programme/new", 10)],
)
def test_a_file_of_endless_size_is_refused_before_it_is_read(
    browser: Browser, school: School, address: str, megabytes: int
) -> None:
    told = {"CONTENT_LENGTH": str(megabytes * 1024**2), "CONTENT_TYPE": FORM}
    margaret = browser.sign_in(school["Margaret"])
    answer = margaret.client.post(address, input_stream=io.BytesIO(b"--x"), environ_overrides=told)
    assert answer.status_code == 413


@pytest.mark.parametrize("role", ["facilitator", "deputy", "data protection"])
def test_no_file_gives_a_role_over_the_network(browser: Browser, school: School, role: str) -> None:
    margaret = browser.sign_in(school["Margaret"])
    table = f"name,email,role,school\nMallory Moss,m@x.example,{role},Thornbeck Primary\n"
    url = bring(margaret, table.encode(), "staff.csv").location
    chosen: dict[str, Any] = {"word-0": role, "means-0": role, "role": role}
    columns = {f"column-{each}": each for each in ("name", "email", "role", "school")}
    margaret.client.post(f"{url}/columns", data=chosen | columns)
    page = margaret.client.get(url).text
    seen = re.findall(r'name="seen" value="([0-9a-f]{16})"', page)
    margaret.client.post(f"{url}/apply", data={"seen": seen[0] if seen else "", "sure": "yes"})
    assert "Mallory" not in margaret.get("/people")


def test_a_file_is_applied_once_and_never_unseen(browser: Browser, school: School) -> None:
    margaret = browser.sign_in(school["Margaret"])
    table = "name,email,role,school\n=1+1 Moss,m@x.example,teacher,Thornbeck Primary\n"
    url = bring(margaret, table.encode(), "staff.csv").location
    (seen,) = re.findall(r'name="seen" value="([0-9a-f]{16})"', margaret.get(url))
    assert "'=1+1 Moss" in margaret.get(f"{url}/changes.csv")
    margaret.post(f"{url}/apply", status=412)
    margaret.post(f"{url}/apply", status=412, seen="0" * 16)
    margaret.post(f"{url}/apply", seen=seen)
    margaret.post(f"{url}/apply", status=404, seen=seen)


def test_a_file_takes_over_no_sign_in_of_another_network(browser: Browser, school: School) -> None:
    """Whoever is given the address of somebody elsewhere gets neither their password nor their people."""
    other = a_network(school.database, name="Elsewhere")
    address = a_sign_in(other, "Sion")
    margaret = browser.sign_in(school["Margaret"])
    table = f"name,email,role,school\nMallory Moss,{address},head,Thornbeck Primary\n"
    url = bring(margaret, table.encode(), "staff.csv").location
    (seen,) = re.findall(r'name="seen" value="([0-9a-f]{16})"', margaret.get(url))
    margaret.post(f"{url}/apply", seen=seen)
    with school.database.outside() as session:
        query = select(people_tables.SignIn).where(people_tables.SignIn.email == address)
        (row,) = session.scalars(query)
        assert set(row.people) == {str(other.network_id)}


# erasing


@pytest.mark.parametrize("who", ["Margaret", "Sion", "Ruth", "Helen", "Catrin"])
def test_nobody_erases_but_who_holds_data_protection(app: Flask, school: School, who: str) -> None:
    left(school, "Aisha")
    reader, aisha = Browser(app).sign_in(school[who]), school["Aisha"]
    reader.post(f"/people/{aisha.id}/erase", status=403, typed=aisha.name, do="erase")
    reader.post("/people/keeping/run", status=403, typed="erase")


def test_who_holds_data_protection_erases_neither_themselves_nor_anybody_elsewhere(
    app: Flask, school: School
) -> None:
    rhian = a_person(school, "Rhian Bowen", RoleKind.DATA_PROTECTION)
    other = a_network(school.database, name="Elsewhere")
    left(other, "Aisha")
    eraser, aisha = Browser(app).sign_in(rhian), other["Aisha"]
    eraser.post(f"/people/{aisha.id}/erase", status=404, typed=aisha.name, do="erase")
    for who in (rhian, school["Margaret"]):
        eraser.post(f"/people/{who.id}/erase", status=409, typed=who.name, do="erase")
    app.config["WTF_CSRF_ENABLED"] = True
    eraser.post(f"/people/{school['Aisha'].id}/erase", status=400, typed="Aisha Rahman")
    eraser.post("/people/keeping/run", status=400, typed="erase")


def left(school: School, name: str) -> None:
    with school.database.write(school.network_id) as session:
        key = (school.network_id, school[name].id)
        session.get_one(people_tables.Person, key).left_at = NOW


def test_a_certificate_tells_nobody_how_many_had_answered(app: Flask, school: School) -> None:
    rhian, told = a_person(school, "Rhian Bowen", RoleKind.DATA_PROTECTION), []
    for leader, answers in (("Sion", 0), ("Helen", 5)):
        round_id, team = opened(school, of=leader), some(school, 5)
        asked(school, round_id, TEAM, team)
        for each in team[:answers]:
            answered(school, round_id, each, 2)
        left(school, leader)
        sent: dict[str, Any] = {"typed": school[leader].name, "do": "erase"}
        Browser(app).sign_in(rhian).post(f"/people/{school[leader].id}/erase", **sent)
        with school.database.read(school.network_id) as session:
            counts = session.scalars(select(Erasure.counts).order_by(Erasure.id.desc())).first()
        told.append({name for name in counts or {} if "leadership" in name})
    assert told[0] == told[1] == {"leadership_rater", "leadership_round"}


# people of another network, named in a form


@pytest.mark.parametrize(
    ("who", "address", "field"),
    [
        ("Margaret", "/leadership", "person"),
        ("Margaret", "/leadership/{round}/ask", "person"),
        ("Sion", "/coaching", "partner"),
        ("Margaret", "/programme/groups/{programme}/members", "person"),
        ("Margaret", "/programme/groups/{programme}/settings/leader", "person"),
        ("Margaret", "/programme/workshops/{workshop}/guests", "person"),
    ],
)
def test_nobody_of_another_network_is_drawn_in_by_a_form(
    browser: Browser, school: School, who: str, address: str, field: str
) -> None:
    stranger = a_network(school.database, name="Elsewhere")["Sion"]
    programme = begun(school)
    places = {
        "round": opened(school, of="Helen"),
        "programme": programme,
        "workshop": a_planned_workshop(school, programme),
    }
    sent = {field: str(stranger.id), "group": "team", "last_day": "2026-12-06", "coach": "other"}
    answer = browser.sign_in(school[who]).client.post(address.format(**places), data=sent)
    assert answer.status_code in (400, 404), answer.status_code
