"""Whatever happens to the server: what it confirmed is there, and what it lost the tablets bring again."""

import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from random import Random

import pytest

from tests import postgres
from tests.factories import School
from tests.journeys.servers import Server, wait_for
from tests.journeys.sheets import Sheet, a_lesson_now
from tests.journeys.tablets import Tablet

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("faults: server")]

KILLS = 5
LINE = "The class waits while one pupil finds the word."
Tablets = Callable[..., Tablet]


def test_a_server_killed_in_a_transaction_keeps_nothing_of_it_and_gets_it_again(
    school: School, failing_server: Server, faults: Path, tablets: Tablets
) -> None:
    sheet = Sheet(tablets("Sion", failing_server.url), school, a_lesson_now(school), "Sion").open()
    sheet.line("One")
    sheet.is_sent()
    (faults / "stuck").touch()
    sheet.lines(["Two", "Three"])
    wait_for((faults / "standing").exists)
    failing_server.kill()
    assert sheet.texts == ["One"]
    (faults / "stuck").unlink()
    failing_server.start()
    sheet.is_sent()
    sheet.is_on_the_server(["One", "Two", "Three"])


def test_a_server_killed_again_and_again_under_two_writers_loses_nothing(
    school: School, server: Server, tablets: Tablets
) -> None:
    lesson = a_lesson_now(school)
    pair = [
        Sheet(tablets(name, server.url), school, lesson, name).open() for name in ("Sion", "Ruth")
    ]
    written: list[str] = []
    with killed_all_the_while(server) as over:
        while not over.is_set():
            written.append(f"{len(written)} and the class waits")
            for sheet in pair:
                sheet.note.click()
                sheet.key(written[-1])
                sheet.page.keyboard.press("Enter")
    for sheet in pair:
        sheet.seal()
        sheet.is_sealed()
        sheet.is_on_the_server(written)


@contextmanager
def killed_all_the_while(server: Server) -> Iterator[threading.Event]:
    """Kills and starts a server, at odd moments; the event says when it was enough."""
    over = threading.Event()
    chance = Random(KILLS)

    def rage() -> None:
        for _ in range(KILLS):
            time.sleep(chance.uniform(0.1, 1.2))
            server.restart()
        over.set()

    killer = threading.Thread(target=rage)
    killer.start()
    yield over
    killer.join()


def test_a_full_disk_of_the_server_is_waited_out(
    school: School, failing_server: Server, faults: Path, tablets: Tablets
) -> None:
    if not failing_server.environment["OBSERVE_DATABASE_URL"].startswith("sqlite"):
        pytest.skip("the disk of another server is not ours to fill")
    sheet = Sheet(tablets("Sion", failing_server.url), school, a_lesson_now(school), "Sion").open()
    sheet.line("One")
    sheet.is_sent()
    (faults / "full").touch()
    with sheet.page.expect_response(lambda answer: answer.status == 507):
        sheet.many(f"{number} {LINE}" for number in range(100))
    sheet.banner("The server does not take anything just now.")
    sheet.is_saved()
    failing_server.restart()
    sheet.after_a_kill()
    sheet.banner("The server does not take anything just now.")
    (faults / "full").unlink()
    sheet.is_sent()
    sheet.is_on_the_server(["One", *(f"{number} {LINE}" for number in range(100))])


def test_yesterdays_database_copied_back_gets_today_again_from_the_tablets(
    school: School, server: Server, tablets: Tablets, tmp_path: Path
) -> None:
    lesson = a_lesson_now(school)
    head, adviser = (
        Sheet(tablets(name, server.url), school, lesson, name).open() for name in ("Sion", "Ruth")
    )
    for sheet in (head, adviser):
        sheet.line("Yesterday")
        sheet.is_sent()
    with copied(school, server, tmp_path) as put_back:
        head.line("Today, and sealed")
        head.seal()
        head.is_sealed()
        adviser.line("Today, and not sealed")
        adviser.is_sent()
        put_back()
    assert adviser.texts == ["Yesterday"]
    adviser.after_a_kill().line("After the night")
    adviser.is_sent()
    adviser.is_on_the_server(["Yesterday", "Today, and not sealed", "After the night"])
    head.after_a_kill()
    wait_for(lambda: head.texts == ["Yesterday", "Today, and sealed"])
    head.is_sealed()
    assert head.state == "sealed"


@contextmanager
def copied(school: School, server: Server, folder: Path) -> Iterator[Callable[[], None]]:
    """A copy of the database as it is now, and what puts it back under the server without a word."""
    url = server.environment["OBSERVE_DATABASE_URL"]

    def alone(job: Callable[[], object]) -> None:
        server.kill()
        school.database.engine.dispose()
        job()
        server.start()

    if url.startswith("sqlite"):
        live, copy = url.removeprefix("sqlite:///"), str(folder / "yesterday.sqlite3")
        alone(lambda: copy_file(live, copy))
        yield lambda: alone(lambda: copy_file(copy, live))
    else:
        with ExitStack() as kept:
            other: list[str] = []
            alone(lambda: other.append(kept.enter_context(postgres.fresh_database(url))))
            yield lambda: alone(lambda: postgres.replace(url, other[0]))


def copy_file(source: str, target: str) -> None:
    """A database file over another that nobody uses, with all that was written to it."""
    with closing(sqlite3.connect(source)) as written:
        written.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for beside in ("-wal", "-shm"):
        Path(f"{target}{beside}").unlink(missing_ok=True)
    shutil.copy(source, target)
