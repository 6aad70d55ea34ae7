"""A summary on its whole way: drafted, written offline, sent back, released, read, answered, and looked for again."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from observe.storage import targets
from tests.factories import School, a_lesson, a_sign_in
from tests.journeys.conftest import Server, Watched
from tests.journeys.servers import a_server
from tests.journeys.tablets import TABLET
from tests.journeys.test_draft_editor import PHONE, PORTRAIT, opened, rewrite
from tests.journeys.test_journey import PASSWORD, begin, seal, sign_in
from tests.letters import a_draft
from tests.mailbox import Mailbox, a_mailbox
from tests.talks import begun
from tests.talks import seal as seal_for

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("drafts")]

LINK = re.compile(r"http://localhost:\d+\S+")
SAVED = re.compile(r"^Saved \d")


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with a_mailbox() as found:
        yield found


@pytest.fixture
def server(database_url: str, box: Mailbox) -> Iterator[Server]:
    """A server that hands its mails to the mail server of this machine."""
    made = a_server(
        database_url,
        OBSERVE_MAIL_HOST=box.server.host,
        OBSERVE_MAIL_PORT=str(box.server.port),
        OBSERVE_MAIL_SECURITY="none",
        OBSERVE_MAIL_FROM="Observe <observe@school.example>",
    )
    made.environment["OBSERVE_URL"] = made.url
    made.start()
    yield made
    made.kill()


@pytest.fixture
def cast(school: School, tablet: Callable[[], Watched]) -> Callable[[str], Watched]:
    """Somebody's own tablet, held upright and signed in; the same one each time."""
    held: dict[str, Watched] = {}

    def of(name: str) -> Watched:
        if name not in held:
            held[name] = tablet()
            held[name].page.set_viewport_size(PORTRAIT)  # type: ignore[arg-type]
            sign_in(held[name], a_sign_in(school, name))
        return held[name]

    return of


def mailed(server: Server, box: Mailbox, to: str) -> str:
    """The link in the one mail that a round of sending brings; it names nobody and tells nothing."""
    before = len(box.taken)
    command = [sys.executable, "-m", "observe", "jobs", "run"]
    subprocess.run(command, env=server.environment, check=True, capture_output=True)
    (mail,) = box.taken[before:]
    told = f"{mail['Subject']} {box.text()}"
    assert to in str(mail["To"])
    assert not re.search("Catrin|Maths|Year 5|Thank|bell", told)
    found = LINK.search(box.text())
    assert found
    return found[0]


def test_a_summary_from_draft_to_the_next_lesson(
    school: School,
    server: Server,
    box: Mailbox,
    tablet: Callable[[], Watched],
    cast: Callable[[str], Watched],
) -> None:
    summary_id = a_draft(school)
    head, leader = cast("Sion"), cast("Helen")
    teacher_mail = a_sign_in(school, "Catrin")

    write_offline(head.page, summary_id)
    head.page.get_by_role("button", name="Send to Helen Marsh").click()
    expect(head.page).to_have_url(re.compile("/feedback$"))

    leader.page.goto(mailed(server, box, "helen"))
    comment_on_the_question(leader.page)
    leader.is_clean()
    leader.page.get_by_role("button", name=re.compile("^Send back")).click()

    head.page.goto(mailed(server, box, "siôn"))
    expect(head.page.locator("#draft")).to_have_attribute("data-ready", "true", timeout=15_000)
    expect(head.page.locator("main")).to_contain_text("Ask what she noticed.")
    rewrite(head.page, "question", "What did you notice?")
    expect(head.page.locator("#saving")).to_have_text(SAVED, timeout=15_000)
    head.is_clean()
    head.page.get_by_role("button", name="Send to Helen Marsh").click()

    leader.page.goto(mailed(server, box, "helen"))
    expect(leader.page.locator("main")).to_contain_text("What did you notice?")
    leader.page.get_by_role("button", name=re.compile("^Approve and release")).click()
    expect(leader.page.locator("main")).to_contain_text("can read this summary now")

    teacher = by_mail(tablet(), mailed(server, box, "catrin"), teacher_mail)
    read_and_reply(teacher)
    head.page.goto(mailed(server, box, "siôn"))
    head.page.get_by_label("Your answer to Catrin Morley").fill("Shall I come and see it?")
    head.page.get_by_role("button", name="Send answer").click()
    teacher.page.goto(mailed(server, box, "catrin"))
    teacher.page.reload()  # the link leads to a place on the page that is open
    expect(teacher.page.locator("main")).to_contain_text("Shall I come and see it?")

    look_for_the_target_again(school, head)
    teacher.page.goto(f"/targets/{target_of(school, summary_id)}")
    expect(teacher.page.locator("main")).to_contain_text("Seen again")
    teacher.is_clean()


def write_offline(page: Page, summary_id: UUID) -> None:
    opened(page, summary_id)
    page.context.set_offline(True)
    rewrite(page, "question", "What next?")
    expect(page.locator("#saving")).to_contain_text("On this tablet")
    page.context.set_offline(False)
    expect(page.locator("#saving")).to_have_text(SAVED, timeout=15_000)


def comment_on_the_question(page: Page) -> None:
    said = page.locator("[id^=say-]", has_text="What next?").last
    said.get_by_text("Comment on this").click()
    said.get_by_label("Your comment to Siôn Prydderch").fill("Ask what she noticed.")
    said.get_by_role("button", name="Keep the comment").click()
    expect(page.locator("main")).to_contain_text("Ask what she noticed.")


def by_mail(watched: Watched, link: str, email: str) -> Watched:
    """The teacher opens the link on a phone, and signs in on the way."""
    page = watched.page
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(link)
    page.locator("#email").fill(email)
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/feedback/[0-9a-f-]{36}$"))
    return watched


def read_and_reply(teacher: Watched) -> None:
    page = teacher.page
    expect(page.locator("main")).to_contain_text("What did you notice?")
    teacher.is_clean()
    page.get_by_role("button", name="Take this target").click()
    page.get_by_label("Your reply").fill("Thank you both.")
    page.get_by_role("button", name="Send reply").click()
    expect(page.locator("main")).to_contain_text("Siôn Prydderch answers by")


def look_for_the_target_again(school: School, head: Watched) -> None:
    """In the next lesson, of which Ruth has sealed, the head finds the target on the sheet and sees it again."""
    lesson = a_lesson(school, starts_at=datetime.now(UTC) + timedelta(minutes=5))
    with school.database.write(school.network_id) as session:
        begun(session, lesson.observations["Ruth"])
        seal_for(session, lesson, "Ruth")
    head.page.set_viewport_size(TABLET)  # type: ignore[arg-type]
    head.page.goto("/")
    begin(head.page)
    chosen = head.page.locator("[data-target] input[value=seen]")
    chosen.locator("xpath=..").click()
    expect(chosen).to_be_checked()
    seal(head.page)


def target_of(school: School, summary_id: UUID) -> UUID:
    with school.database.read(school.network_id) as session:
        return targets.id_of_summary(session, summary_id)
