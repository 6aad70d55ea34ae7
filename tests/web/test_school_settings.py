"""Holidays, class lists, the day of release and the checks: pages of the facilitator and of a head."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from observe.services import school_holidays, school_terms
from observe.storage import class_lists, school_days
from observe.storage.tables.people import School as SchoolRow
from tests.browser import Browser
from tests.factories import NOW, School


@pytest.fixture
def margaret(browser: Browser, school: School) -> Browser:
    return browser.sign_in(school["Margaret"])


@pytest.fixture
def sion(browser: Browser, school: School) -> Browser:
    return browser.sign_in(school["Sion"])


def days_of(school: School) -> str:
    return f"/people/schools/{school.school_id}/days"


def lists_of(school: School) -> str:
    return f"/people/schools/{school.school_id}/class-lists"


def test_a_head_keeps_the_holidays_of_the_school(sion: Browser, school: School) -> None:
    assert days_of(school) in sion.get("/feedback")
    assert "No holidays yet" in sion.get(days_of(school))
    sion.post(days_of(school), name="Half term", first="2026-10-26", last="2026-10-30")
    sion.post(days_of(school), do="paste", list="INSET, 4/1/2027\nMock week 11/1/2027 to 15/1/2027")
    page = sion.get(days_of(school))
    assert "26 Oct 2026 to 30 Oct 2026" in page
    assert "INSET" in page
    (gone,) = set(re.findall(r'/days/([^/]+)/remove"><[^>]*><button[^>]*Remove INSET', page))
    sion.post(f"{days_of(school)}/{gone}/remove")
    assert "INSET" not in sion.get(days_of(school))
    sion.post(f"{days_of(school)}/{gone}/remove", status=404)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": "Half term", "first": "soon"}, "Give the first day."),
        ({"name": "Half term", "first": "2026-10-26", "last": "soon"}, "Give a day"),
        ({"name": "Half term", "first": "2026-10-30", "last": "2026-10-26"}, "before the first"),
        ({"do": "paste", "list": "INSET, some day"}, "Line 1: give a first and a last day"),
    ],
)
def test_a_holiday_that_cannot_be_read_is_asked_for_again(
    sion: Browser, school: School, typed: dict[str, Any], told: str
) -> None:
    page = sion.post(days_of(school), status=400, **typed)
    assert told in page
    assert typed.get("name", typed.get("list", "")) in page


def test_the_same_days_are_kept_once(sion: Browser, school: School) -> None:
    for _ in range(2):
        sion.post(days_of(school), name="Half term", first="2026-10-26")
    with school.database.read(school.network_id) as session:
        assert len(school_days.listed(session, school.school_id)) == 1


def test_holidays_of_all_schools_are_the_facilitators(
    margaret: Browser, sion: Browser, school: School
) -> None:
    margaret.post("/people/days", do="paste", list="Christmas 21/12/2026 to 1/1/2027")
    sion.get("/people/days", status=403)
    assert "Christmas" in sion.get(days_of(school))
    assert "/people/days" in margaret.get("/people/schools")
    with school.database.read(school.network_id) as session:
        assert len(school_days.holidays(session, school.school_id, NOW.date())) == 12


def test_no_page_shows_a_name_of_a_class_list(
    margaret: Browser, sion: Browser, school: School
) -> None:
    url = f"{lists_of(school)}/{school.class_id}"
    assert "No list." in sion.get(lists_of(school))
    assert "2 names are kept." in sion.post(
        url, follow=True, status=200, names="Maisie Owen\nTom Price"
    )
    for page in (sion.get(lists_of(school)), margaret.get(lists_of(school))):
        assert "2 names" in page
        assert "Maisie" not in page
    assert "Aug" in page
    margaret.post(f"{url}/erase")
    with school.database.read(school.network_id) as session:
        assert class_lists.names(session, school.class_id) == ()


def test_names_that_cannot_be_read_stay_where_they_were_typed(
    sion: Browser, school: School
) -> None:
    typed = "Maisie Owen\n12/05/2017"
    page = sion.post(f"{lists_of(school)}/{school.class_id}", status=400, names=typed)
    assert "Line 2 holds no name" in page
    assert f">{typed}</textarea>" in page


def test_a_class_of_another_school_has_no_list_here(sion: Browser, school: School) -> None:
    from observe.core.ids import new_id

    sion.post(f"{lists_of(school)}/{new_id(NOW)}", status=404, names="Tom")


def test_a_school_without_classes_says_what_comes_first(margaret: Browser, school: School) -> None:
    margaret.post("/people/schools", name="Ysgol Newydd")
    with school.database.read(school.network_id) as session:
        from sqlalchemy import select

        new = session.scalars(select(SchoolRow.id).where(SchoolRow.name == "Ysgol Newydd")).one()
    assert "Add the classes of this school first." in margaret.get(
        f"/people/schools/{new}/class-lists"
    )


def test_a_school_chooses_the_day_on_which_it_releases(margaret: Browser, school: School) -> None:
    url = f"/people/schools/{school.school_id}"
    kept: dict[str, Any] = {"name": "Thornbeck Primary", "zone": "Europe/London"}
    margaret.post(url, **kept, release="4")
    assert '<option value="4" selected>' in margaret.get(url)
    page = margaret.post(url, status=400, **kept, release="6")
    assert "Choose a day from the list." in page
    margaret.post(url, **kept, release="")
    with school.database.read(school.network_id) as session:
        row = session.get_one(SchoolRow, (school.network_id, school.school_id))
        assert row.release_weekday is None


def test_checks_that_hold_a_summary_up_are_ticked(margaret: Browser, sion: Browser) -> None:
    assert " checked" not in margaret.get("/people/checks")
    margaret.post("/people/checks", checks=["pupil_named", "grade_word"])
    assert margaret.get("/people/checks").count(" checked") == 2
    page = margaret.post("/people/checks", status=400, checks=["nonsense"])
    assert "One of these checks is not known." in page
    margaret.post("/people/checks")
    assert " checked" not in margaret.get("/people/checks")
    sion.get("/people/checks", status=403)


def test_a_school_elsewhere_is_nobodys_business(sion: Browser, school: School) -> None:
    from tests.factories import a_network

    other = a_network(school.database, name="Elsewhere")
    sion.get(days_of(other), status=404)
    sion.get(lists_of(other), status=404)
    with school.database.read(other.network_id) as session:
        assert not school_holidays.of(session, other.school_id).own


def terms_of(school: School, **days: str) -> dict[str, Any]:
    """The first two terms that the form shows, typed into its fields."""
    autumn, spring = (term.key for term in school_terms.shown(datetime.now(UTC).date())[:2])
    return {f"{autumn}-first": days["first"], f"{autumn}-last": days["last"]} | {
        f"{spring}-{which}": days.get(f"next_{which}", "") for which in ("first", "last")
    }


def test_days_between_two_terms_of_a_school_are_no_days_of_school(
    sion: Browser, school: School
) -> None:
    year = school_terms.shown(datetime.now(UTC).date())[0].first_day.year
    days = {"first": f"{year}-09-03", "last": f"{year}-12-18"}
    later = {"next_first": f"{year + 1}-01-05", "next_last": f"{year + 1}-03-26"}
    sion.post(f"{days_of(school)}/terms", **terms_of(school, **days, **later))
    assert f'value="{year}-12-18"' in sion.get(days_of(school))
    with school.database.read(school.network_id) as session:
        off = school_days.holidays(session, school.school_id, date(year, 11, 17))
    assert off == {date(year, 12, 19) + timedelta(days=n) for n in range(17)}


def test_a_school_has_the_terms_of_all_schools_until_it_keeps_its_own(
    margaret: Browser, sion: Browser, school: School
) -> None:
    year = school_terms.shown(datetime.now(UTC).date())[0].first_day.year
    days = {"first": f"{year}-09-03", "last": f"{year}-12-18"}
    margaret.post("/people/days/terms", **terms_of(school, **days))
    sion.post("/people/days/terms", status=403)
    assert f"As in all schools: 3 Sep {year} to 18 Dec {year}." in sion.get(days_of(school))
    sion.post(f"{days_of(school)}/terms", **terms_of(school, **(days | {"last": f"{year}-12-22"})))
    assert "As in all schools" not in sion.get(days_of(school))


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("{year}-09-03", "", "Give the first and the last day of term, or neither."),
        ("{year}-12-18", "{year}-09-03", "The last day is before the first."),
        ("{year}-03-03", "{year}-12-18", "These days are not in this term."),
        ("soon", "{year}-12-18", "Give a day, for example 30/10/2026."),
    ],
)
def test_a_term_that_cannot_be_is_asked_for_again(
    sion: Browser, school: School, first: str, last: str, told: str
) -> None:
    year = school_terms.shown(datetime.now(UTC).date())[0].first_day.year
    typed = terms_of(school, first=first.format(year=year), last=last.format(year=year))
    assert told in sion.post(f"{days_of(school)}/terms", status=400, **typed)
    with school.database.read(school.network_id) as session:
        assert not school_days.terms(session, school.school_id)


def test_the_planner_says_when_a_school_keeps_its_term(sion: Browser, school: School) -> None:
    term = school_terms.shown(datetime.now(UTC).date())[0]
    year = term.first_day.year
    assert "School is from" not in sion.get(f"/planner?term={term.key}")
    days = {"first": f"{year}-09-03", "last": f"{year}-12-18"}
    sion.post(f"{days_of(school)}/terms", **terms_of(school, **days))
    page = sion.get(f"/planner?term={term.key}")
    assert re.search(r"School is from \w+ 3 September", page)
