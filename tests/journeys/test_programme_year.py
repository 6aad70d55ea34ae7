"""A simulated year: fifteen heads and four advisers, from the first week to the final assessment.

One head is in the browser, the others act through the services. The server's day is set for each visit.
Nothing moves a stage but what somebody did, and at the end the facilitator's pages say what is true.
"""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import select

from observe.core.programme_standing import StageState
from observe.services import programme_progress
from observe.services.programme_progress import GroupProgress
from observe.storage.tables.history import HistoryLine
from tests.factories import School, a_sign_in
from tests.journeys.conftest import Watched
from tests.journeys.servers import a_server
from tests.journeys.tablets import TABLET
from tests.journeys.test_journey import begin, rate, seal, sign_in, write
from tests.simulated_year import (
    BROWSER,
    FAIR,
    HALF_WAY,
    LENIENT,
    MISSED,
    NOT_SIGNED,
    STRICT,
    Year,
)

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("programme year")]
SAID_BY_HAND = {"begun", "member added", "workshop planned", "attendance said", "stage signed off"}


@pytest.fixture
def year(school: School) -> Year:
    made = Year(school)
    made.begin()
    return made


@contextmanager
def on(
    moment: datetime, who: str, *, year: Year, chromium: Browser, database_url: str
) -> Iterator[Watched]:
    """Somebody's browser and the server, both on that day."""
    server = a_server(database_url, FROM=moment.isoformat())
    server.app = "tests.journeys.dated:app"
    server.start()
    context = chromium.new_context(viewport=TABLET, base_url=server.url, locale="en-GB")  # type: ignore[arg-type]
    context.clock.install(time=moment)
    try:
        watched = Watched(context.new_page()).watch()
        sign_in(watched, a_sign_in(year.school, who))
        yield watched
    finally:
        context.close()
        server.kill()


def stands(year: Year, week: int) -> GroupProgress:
    """How everybody stands in a week, which is what the ledger says that they did and nothing else."""
    today = year.at(week).date()
    with year.school.database.read(year.school.network_id) as session:
        group = programme_progress.of_group(session, year.programme_id, today)
    names = {person.id: name for name, person in year.school.people.items()}
    for person in group.people:
        name = names[person.member.person_id]
        found = {each.stage.stage: each.done for each in person.standings}
        did = {
            each.stage.stage: min(year.ledger[name, each.stage.stage], each.needed)
            for each in person.standings
        }
        assert found == did, name
    return group


def stage(page: Page, title: str) -> Locator:
    """The line of one stage on one's own page."""
    return page.locator(".stages > li").filter(has=page.get_by_role("heading", name=title))


def says_how_they_observe(page: Page) -> None:
    """Every criterion with a level and a sentence, saved as it is written, then sealed."""
    expect(page.locator("#look form").first).to_be_visible()
    rows = page.locator("#look form").all()
    for row in rows:
        row.locator(".level").nth(1).click()
        row.locator("textarea").fill("In the last three lessons")
    written = f"{len(rows)} of {len(rows)} criteria"
    expect(page.locator("#saving")).to_contain_text(re.compile(f"[Ss]aved.*{written}"))
    page.locator("summary", has_text="Seal").click()
    page.get_by_role("button", name="Seal it for good").click()
    expect(page.locator("#finish")).to_have_count(0)


def first_week(page: Page) -> None:
    """What comes next is the first thing of the page, and leads to where it is done."""
    page.goto("/programme")
    expect(page.locator(".next-stage")).to_contain_text("How I observe now")
    page.locator(".next-stage").get_by_role("link").click()
    page.get_by_role("button", name="Begin").click()
    says_how_they_observe(page)
    page.goto("/programme")
    expect(stage(page, "How I observe now")).to_contain_text("Done")
    expect(page.locator(".next-stage")).not_to_contain_text("How I observe now")


def observes_alone(page: Page) -> None:
    """A practice lesson on the sheet; its stage moves when it is sealed, and not before."""
    page.goto("/")
    begin(page)
    write(page, "Books out inside a minute", "routines", "+")
    page.goto("/programme")
    expect(stage(page, "Three practice lessons")).to_contain_text("0 of 3")
    page.goto("/")
    page.get_by_role("link", name=re.compile("^(Go on|Start|Finish)")).first.click()
    rate(page, {"routines": 3, "relationships": 3})
    seal(page)
    page.goto("/programme")
    expect(stage(page, "Three practice lessons")).to_contain_text("1 of 3")


def looks_back(page: Page) -> None:
    """The second look, side by side with the adviser's, and a suggestion that becomes a target."""
    page.goto("/programme/observing")
    page.get_by_role("link", name=re.compile("^Begin ?:")).click()
    page.get_by_role("button", name="Begin").click()
    says_how_they_observe(page)
    page.goto("/programme/observing")
    page.get_by_role("link", name=re.compile("Side by side")).first.click()
    page.get_by_role("button", name=re.compile("^Take it as a target")).click()
    page.goto("/targets")
    expect(page.locator("main")).to_contain_text("Write before you rate")


def the_group(watched: Watched, year: Year, truth: GroupProgress) -> None:
    """The page of the group: two are overdue and come first, one waits, and each cell is right."""
    page = watched.page
    page.goto(f"/programme/groups/{year.programme_id}/progress")
    late = page.locator(".late > li")
    names = [year.school[name].name for name in sorted((MISSED, HALF_WAY))]
    assert [each.locator("h3").inner_text() for each in late.all()] == names
    expect(late.nth(0)).to_contain_text("Visits to two other schools, 1 of 2 paired lessons")
    expect(late.nth(1)).to_contain_text("First workshop")
    rows = page.locator(".group-table tbody tr").all()
    for row, person in zip(rows, truth.people, strict=True):
        assert row.locator("th").inner_text() == person.member.name
        cells = [cell.inner_text().strip() for cell in row.locator("td").all()]
        assert cells == [told(each.state, each.done) for each in person.standings]
    watched.is_clean()


def told(state: StageState, done: int) -> str:
    late = "overdue, 1 of 2" if done else "overdue"
    words = {StageState.DONE: "done", StageState.TO_SIGN: "to sign", StageState.OVERDUE: late}
    return words[state]


def limits(text: str) -> tuple[int, int]:
    """The first two limits, in 100, that a row tells."""
    low, high = re.findall(r"(\d+) to (\d+)", text)[0]
    return int(low), int(high)


def who_is_lenient(page: Page, year: Year) -> None:
    """Of 100 times, the lenient head is the higher one far more often than 50, the strict one far less."""
    page.goto("/agreement/leniency")
    for name, holds in ((LENIENT, "above"), (STRICT, "below"), (FAIR, "across")):
        row = page.locator("main tr, main li").filter(has_text=year.school[name].name).first
        low, high = limits(row.inner_text())
        assert {"above": low > 50, "below": high < 50, "across": low <= 50 <= high}[holds], name


def whether_it_got_better(page: Page) -> None:
    """Heads and advisers gave the same level more often in spring than in autumn, beyond the limits."""
    found = []
    for term in ("autumn-2030", "spring-2031"):
        page.goto(f"/agreement/group?who=roles&term={term}")
        said = page.locator("main").inner_text()
        low, high = re.findall(r"of the time, between (\d+) and (\d+)", said)[0]
        found.append((int(low), int(high)))
    (_, autumn), (spring, _) = found
    assert spring > autumn, found


def nothing_was_ticked(year: Year) -> None:
    """History knows of nothing said by hand but attendance and sign-off."""
    with year.school.database.read(year.school.network_id) as session:
        query = select(HistoryLine.did).where(HistoryLine.thing.in_(("programme", "workshop")))
        assert set(session.scalars(query)) == SAID_BY_HAND


def test_a_year_of_fifteen_heads(year: Year, chromium: Browser, database_url: str) -> None:
    def visit(moment: datetime, who: str = BROWSER) -> AbstractContextManager[Watched]:
        return on(moment, who, year=year, chromium=chromium, database_url=database_url)

    stands(year, 1)
    with visit(year.at(1, day=1)) as head:
        first_week(head.page)
        head.is_clean()
    year.did("own-baseline", [BROWSER])

    year.baseline()
    stands(year, 6)
    alone = year.plans(6, BROWSER, BROWSER)
    with visit(alone.starts_at - timedelta(minutes=5)) as head:
        observes_alone(head.page)
    year.did("practice", [BROWSER])
    stands(year, 7)

    for week in (8, 11, 12):
        year.practises(week)
    stands(year, 13)
    for week in (7, 17, 28):
        year.pairs(week)
    year.more_pairs(range(9, 37, 2))
    stands(year, 29)
    year.visits(18, ahead=1, beside_head=True)
    year.visits(30, ahead=4, beside_head=False, but=HALF_WAY)
    year.meets("second-workshop", 20)
    year.reads_work(25)
    stands(year, 35)
    year.looks_back()
    with visit(year.at(38)) as head:
        looks_back(head.page)
    year.did("own-end", [BROWSER])
    year.signs_off()
    year.opens_figures()

    truth = stands(year, 43)
    assert [p.member.name for p in truth.people if p.to_sign] == [year.school[NOT_SIGNED].name]
    with visit(year.at(43), "Margaret") as facilitator:
        the_group(facilitator, year, truth)
        who_is_lenient(facilitator.page, year)
        whether_it_got_better(facilitator.page)
    nothing_was_ticked(year)
