"""Coming in and going out."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from observe.core.errors import Invalid
from observe.services import links
from observe.services.signing_in import NotRecognised
from observe.storage.tables.mail import OutboxMail
from observe.storage.tables.people import Network, SignIn, Visit
from tests.browser import Browser
from tests.factories import NOW, School, a_network, a_sign_in

PASSWORD = "plum boat lantern 7"


def a_link(school: School, first_name: str, *, at: datetime = NOW) -> str:
    with school.database.write(school.network_id) as session:
        token = links.make(session, school[first_name].id, by=None, at=at)
    return links.path(token)


def sign_in(browser: Browser, email: str, password: str = PASSWORD, **more: str) -> str:
    response = browser.client.post("/sign-in", data={"email": email, "password": password, **more})
    return response.location or response.get_data(as_text=True)


def test_a_head_signs_in_and_sees_their_own_page(browser: Browser, school: School) -> None:
    email = a_sign_in(school, "Sion")
    assert sign_in(browser, email) == "/"
    assert "Thornbeck Primary" in browser.get("/me")


def test_a_facilitator_begins_with_today_as_everybody_else(
    browser: Browser, school: School
) -> None:
    assert sign_in(browser, a_sign_in(school, "Margaret")) == "/"
    assert "Today" in browser.get("/")


def test_two_first_requests_at_once_make_forms_that_both_can_be_sent(
    browser: Browser, school: School
) -> None:
    sign_in(browser, a_sign_in(school, "Sion"))
    with browser.client.session_transaction() as cookie:
        assert cookie["csrf_token"]


def test_the_address_may_be_typed_in_capitals(browser: Browser, school: School) -> None:
    email = a_sign_in(school, "Ruth")
    assert sign_in(browser, f" {email.upper()} ") == "/"


def test_nobody_learns_whether_an_address_is_known(browser: Browser, school: School) -> None:
    email = a_sign_in(school, "Sion")
    wrong = sign_in(browser, email, "not the password")
    unknown = sign_in(browser, "nobody@school.example", "not the password")
    bare = [re.sub(r'value="[^"]*"', "", page) for page in (wrong, unknown)]
    assert bare[0] == bare[1]
    assert "do not go together" in wrong


def test_a_form_with_a_wrong_password_keeps_the_address_and_not_the_password(
    browser: Browser, school: School
) -> None:
    page = browser.post("/sign-in", status=400, email="me@school.example", password="secret-x")
    assert "me@school.example" in page
    assert "secret-x" not in page


def test_after_five_wrong_passwords_the_right_one_waits(browser: Browser, school: School) -> None:
    email = a_sign_in(school, "Sion")
    with time_machine.travel(NOW, tick=False) as clock:
        for _ in range(5):
            sign_in(browser, email, "not the password")
        assert "do not go together" in sign_in(browser, email)
        clock.shift(timedelta(seconds=31))
        assert sign_in(browser, email) == "/"


def test_one_address_cannot_guess_without_end(browser: Browser, app: Flask) -> None:
    attempts = app.extensions["observe_attempts"]
    for _ in range(60):
        attempts.wrong("127.0.0.1", at=datetime.now(UTC))
    page = browser.post("/sign-in", status=429, email="a@b.example", password="x")
    assert "Wait ten minutes" in page


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "me"],
)
def test_signing_in_leads_only_to_own_pages(
    browser: Browser, school: School, elsewhere: str
) -> None:
    email = a_sign_in(school, "Sion")
    assert sign_in(browser, email, next=elsewhere) == "/"


def test_signing_in_goes_on_to_the_page_that_was_asked_for(
    browser: Browser, school: School
) -> None:
    email = a_sign_in(school, "Sion")
    asked = browser.client.get("/me").location
    assert asked == "/sign-in?next=/me"
    assert sign_in(browser, email, next="/me") == "/me"


def test_a_leaver_cannot_sign_in(browser: Browser, school: School) -> None:
    from observe.storage.tables.people import Person

    email = a_sign_in(school, "Sion")
    with school.database.write(school.network_id) as session:
        session.get_one(Person, (school.network_id, school["Sion"].id)).left_at = NOW
    assert "do not go together" in sign_in(browser, email)


def test_signing_out_ends_the_visit_and_leaves_the_tablets_store_alone(
    browser: Browser, school: School
) -> None:
    signed_in = browser.sign_in(school["Sion"])
    response = signed_in.client.post("/sign-out")
    assert response.headers["Clear-Site-Data"] == '"cache"'
    assert signed_in.client.get("/me").location == "/sign-in?next=/me"
    with school.database.read(school.network_id) as session:
        assert session.scalars(select(Visit.ended_at)).one() is not None


def test_a_person_ends_one_visit_or_all_the_others(browser: Browser, school: School) -> None:
    here, there, elsewhere = (browser.sign_in(school["Sion"]) for _ in range(3))
    page = here.get("/me")
    first = page.split("/me/visits/")[1].split("/end")[0]
    here.post(f"/me/visits/{first}/end")
    assert sum(b.client.get("/me").status_code == 302 for b in (there, elsewhere)) == 1
    here.post("/me/visits/end-others")
    assert [b.client.get("/me").status_code for b in (here, there, elsewhere)] == [200, 302, 302]


def test_nobody_ends_somebody_elses_visit(browser: Browser, school: School) -> None:
    browser.sign_in(school["Ruth"])
    with school.database.read(school.network_id) as session:
        ruths = session.scalars(select(Visit.id)).one()
    browser.sign_in(school["Sion"]).post(f"/me/visits/{ruths}/end", status=404)


def test_a_changed_password_ends_the_visits_elsewhere(browser: Browser, school: School) -> None:
    email = a_sign_in(school, "Sion")
    here, there = browser.sign_in(school["Sion"]), browser.sign_in(school["Sion"])
    here.post(
        "/me/password", old=PASSWORD, password="quiet river stone 9", again="quiet river stone 9"
    )
    assert there.client.get("/me").status_code == 302
    assert "do not go together" in sign_in(browser, email)
    assert sign_in(browser, email, "quiet river stone 9") == "/"


@pytest.mark.parametrize(
    ("old", "new", "again", "says"),
    [
        ("wrong one", "quiet river stone 9", "quiet river stone 9", "not the password you have"),
        (PASSWORD, "short", "short", "at least 12"),
        (PASSWORD, "quiet river stone 9", "quiet river stone 8", "differ"),
        (PASSWORD, PASSWORD, PASSWORD, "the password you have"),
    ],
)
def test_a_new_password_that_cannot_be_taken_says_why(
    browser: Browser, school: School, old: str, new: str, again: str, says: str
) -> None:
    a_sign_in(school, "Sion")
    page = browser.sign_in(school["Sion"]).post(
        "/me/password", status=400, old=old, password=new, again=again
    )
    assert says in page


def test_a_link_sets_the_first_password_and_works_once(browser: Browser, school: School) -> None:
    link = a_link(school, "Catrin", at=datetime.now(UTC))
    assert "Catrin Morley" in browser.get(link)
    browser.post(link, password=PASSWORD, again=PASSWORD)
    assert "Catrin Morley" in browser.get("/me")
    assert "used already" in browser.get(link, status=410)
    assert "used already" in browser.post(link, status=410, password=PASSWORD, again=PASSWORD)


def test_a_link_runs_out_after_seven_days(browser: Browser, school: School) -> None:
    link = a_link(school, "Catrin", at=datetime.now(UTC) - timedelta(days=7, minutes=1))
    page = browser.get(link, status=410)
    assert "run out" in page
    assert "Catrin" not in page


def test_only_the_newest_link_of_a_person_works(browser: Browser, school: School) -> None:
    first = a_link(school, "Catrin", at=datetime.now(UTC) - timedelta(seconds=2))
    a_link(school, "Catrin", at=datetime.now(UTC) - timedelta(seconds=1))
    browser.get(first, status=410)


def test_a_link_with_a_slip_says_so(browser: Browser, school: School) -> None:
    link = a_link(school, "Catrin", at=datetime.now(UTC))
    for wrong in (link[:-1], "/link/nothing", link.replace("/link/", "/link/0")):
        assert "not complete" in browser.get(wrong, status=404)


def test_using_a_link_ends_the_persons_other_visits(browser: Browser, school: School) -> None:
    before = browser.sign_in(school["Catrin"])
    browser.post(a_link(school, "Catrin", at=datetime.now(UTC)), password=PASSWORD, again=PASSWORD)
    assert before.client.get("/me").status_code == 302


@pytest.mark.parametrize("password", ["tooshort", "password1234", "catrin morley"])
def test_a_weak_password_is_refused_in_words(
    browser: Browser, school: School, password: str
) -> None:
    link = a_link(school, "Catrin", at=datetime.now(UTC))
    page = browser.post(link, status=400, password=password, again=password)
    assert "thing to mend" in page
    browser.get(link)


def in_two_networks(school: School) -> tuple[School, str]:
    """Ruth is in this network with a password, and invited into another with the same address."""
    from observe.storage.tables.people import Person

    other = a_network(school.database, name="Coast partnership")
    email = a_sign_in(school, "Ruth")
    with other.database.write(other.network_id) as session:
        session.get_one(Person, (other.network_id, other["Ruth"].id)).email = email
    return other, email


def test_inviting_a_strangers_address_does_not_take_over_their_sign_in(
    browser: Browser, school: School
) -> None:
    other, email = in_two_networks(school)
    with other.database.write(other.network_id) as session:
        token = links.make(session, other["Ruth"].id, by=None, at=NOW)
    with pytest.raises(NotRecognised):
        links.redeem(
            other.database, token, "mine now, all of it", "mine now, all of it", label="", at=NOW
        )
    assert sign_in(browser, email) == "/"


def test_a_person_in_two_networks_is_asked_which(browser: Browser, school: School) -> None:
    other, email = in_two_networks(school)
    with other.database.write(other.network_id) as session:
        token = links.make(session, other["Ruth"].id, by=None, at=NOW)
    links.redeem(other.database, token, PASSWORD, "", label="", at=NOW)
    assert sign_in(browser, email, next="/me") == "/sign-in/network?next=/me"
    page = browser.get("/sign-in/network?next=/me")
    assert "Coast partnership" in page
    assert "Another network" not in page
    browser.post("/sign-in/network", network=str(other.network_id), next="/me")
    assert "Coast partnership" in browser.get("/me")


def test_a_reset_in_one_network_does_not_open_the_other(browser: Browser, school: School) -> None:
    other, email = in_two_networks(school)
    for new in (PASSWORD, "a facilitator chose this"):
        with other.database.write(other.network_id) as session:
            token = links.make(session, other["Ruth"].id, by=None, at=NOW)
        links.redeem(other.database, token, new, new, label="", at=NOW)
    assert sign_in(browser, email, "a facilitator chose this") == "/"
    assert "Coast partnership" in browser.get("/me")


def test_nobody_chooses_a_network_without_a_password(browser: Browser, school: School) -> None:
    assert browser.client.get("/sign-in/network").location == "/sign-in"
    browser.post("/sign-in/network", network=str(school.network_id))
    assert browser.client.get("/me").status_code == 302


def demonstrate(app: Flask, school: School) -> str:
    """Mark the network as a demonstration; Sion's account."""
    email = a_sign_in(school, "Sion")
    app.config["DEMO"] = True
    with school.database.outside(writes=True) as session:
        session.get_one(Network, school.network_id).demo = True
        return str(session.scalars(select(SignIn.id).where(SignIn.email == email)).one())


def test_in_a_demonstration_one_tap_signs_in(app: Flask, browser: Browser, school: School) -> None:
    account = demonstrate(app, school)
    assert "Siôn Prydderch" in browser.get("/sign-in")
    browser.post("/sign-in/demonstration", account=account)
    assert "Siôn Prydderch" in browser.get("/me")


def test_outside_a_demonstration_there_is_no_one_tap(
    app: Flask, browser: Browser, school: School
) -> None:
    account = demonstrate(app, school)
    app.config["DEMO"] = False
    assert "Siôn Prydderch" not in browser.get("/sign-in")
    browser.post("/sign-in/demonstration", account=account, status=404)


def test_a_real_network_on_a_demonstration_server_has_no_one_tap(
    app: Flask, browser: Browser, school: School
) -> None:
    account = demonstrate(app, school)
    with school.database.outside(writes=True) as session:
        session.get_one(Network, school.network_id).demo = False
    assert "Siôn Prydderch" not in browser.get("/sign-in")
    browser.post("/sign-in/demonstration", account=account, status=404)


def test_a_password_is_not_taken_without_the_forms_token(app: Flask, browser: Browser) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    page = browser.post("/sign-in", status=400, email="a@b.example", password="x")
    assert "reload" in page


def test_a_link_refuses_passwords_that_differ(school: School) -> None:
    with pytest.raises(Invalid, match="differ"):
        links.check_new(PASSWORD, PASSWORD + "!", email="a@b.example", name="Ada")


def test_who_was_signed_in_for_by_a_link_hears_of_it_by_mail_and_on_their_own_page(
    browser: Browser, school: School
) -> None:
    """Whoever made the link could have used it themselves."""
    school.database.links_lead_to = "https://observe.example"
    email = a_sign_in(school, "Catrin")
    with school.database.read(school.network_id) as session:
        query = select(OutboxMail).where(OutboxMail.person_id == school["Catrin"].id)
        (mail,) = session.scalars(query)
    assert mail.address == email
    assert "somebody signed in as you" in (mail.body or "")
    assert "https://observe.example/me/rights" in (mail.body or "")
    page = browser.sign_in(school["Catrin"]).get("/me/rights")
    assert "Signed in with a link, and chose a new password" in page
