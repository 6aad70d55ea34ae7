"""A server process that is cut off, filled up or robbed of its file has lost nothing that it confirmed."""

import shutil
import sqlite3
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import select

from observe.core.fold import fold, state_hash
from observe.settings import Settings
from observe.storage import operations
from observe.storage.database import Database
from observe.storage.schema import upgrade
from observe.storage.tables.lessons import Observation
from observe.storage.tables.records import Operation
from observe.web.app import create_app
from tests import postgres
from tests.factories import PlannedLesson, School, a_lesson, a_network
from tests.journeys.senders import Far, far
from tests.journeys.servers import FAILING, SECRET, Server, a_server, wait_for
from tests.tablet import Sent

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("faults: server")]

OBSERVERS = ("Sion", "Ruth")
KILLS = 4


@dataclass
class House:
    """A school with its database, its server process and the tablets that send to it."""

    school: School
    lesson: PlannedLesson
    server: Server
    tablets: list[Far]

    @property
    def url(self) -> str:
        return self.server.environment["OBSERVE_DATABASE_URL"]

    def log(self, name: str) -> list[tuple[UUID, int, str]]:
        """(id, place, status) of all that somebody sent, in order."""
        row = Operation
        with self.school.database.read(self.school.network_id) as session:
            query = select(row.op_id, row.sequence, row.status).order_by(row.sequence)
            mine = query.where(row.person_id == self.school[name].id)
            return [(*found,) for found in session.execute(mine)]

    @property
    def counts(self) -> dict[str, int]:
        """How many operations of each observer the server has."""
        return {name: len(self.log(name)) for name in OBSERVERS}

    def is_whole(self, name: str) -> None:
        """The record is what its operations come to, and their places have no gap and no double."""
        log = self.log(name)
        assert [place for _, place, _ in log] == list(range(1, len(log) + 1))
        with self.school.database.read(self.school.network_id) as session:
            record = self.lesson.observations[name]
            came = operations.counted(session, record)
            row = session.get_one(Observation, (session.network_id, record))
        assert row.state_hash == state_hash(fold(came).values())


@contextmanager
def a_database(kind: str, folder: Path) -> Iterator[str]:
    """A migrated database: a file of SQLite, or a real PostgreSQL."""
    if kind == "PostgreSQL":
        with postgres.fresh_database() as url:
            upgrade(url)
            yield url
    else:
        url = f"sqlite:///{folder / 'observe.sqlite3'}"
        upgrade(url)
        yield url


@contextmanager
def a_house(url: str, server: Server) -> Iterator[House]:
    """Two observers with two tablets each."""
    database = Database(url)
    school = a_network(database, name="Dales learning group")
    lesson = a_lesson(school)
    app = create_app(Settings(database_url=url, secret_key=SECRET, https=False))
    tablets = [far(app, school, lesson, name, server) for name in OBSERVERS * 2]
    for opened in (app.extensions["observe_database"], database):
        opened.engine.dispose()
    try:
        server.start()
        for tablet in tablets:
            tablet.open(lesson)
        yield House(school, lesson, server, tablets)
    finally:
        server.kill()
        database.engine.dispose()


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    with a_database(request.param, tmp_path) as url, a_house(url, a_server(url)) as made:
        yield made


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def failing_house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    faults = tmp_path / "faults"
    faults.mkdir()
    with a_database(request.param, tmp_path) as url:
        server = a_server(url, FAULTS=str(faults))
        server.app = FAILING
        with a_house(url, server) as made:
            yield made


def test_a_server_killed_again_and_again_under_load_loses_and_doubles_nothing(
    house: House,
) -> None:
    over, chance = threading.Event(), Random(KILLS)
    workers = [threading.Thread(target=each.work, args=(over,)) for each in house.tablets]
    for worker in workers:
        worker.start()
    for _ in range(KILLS):
        over.wait(chance.uniform(0.2, 0.7))
        house.server.restart()
    over.wait(0.3)
    over.set()
    for worker in workers:
        worker.join()
    for name, (first, second) in zip(
        OBSERVERS, (house.tablets[::2], house.tablets[1::2]), strict=True
    ):
        log = {str(op_id): status for op_id, _, status in house.log(name)}
        for tablet in (first, second):
            assert len(tablet.answered) > KILLS
            assert {log.get(op_id) for op_id in tablet.answered} == {"accepted"}
            assert max(tablet.accepted.values()) == 1
        house.is_whole(name)


def test_a_server_killed_in_a_transaction_has_kept_nothing_of_it(failing_house: House) -> None:
    house, (tablet, *_) = failing_house, failing_house.tablets
    stuck = Path(house.server.environment["FAULTS"]) / "stuck"
    stuck.touch()
    before = house.counts
    sent = [tablet.wire.tablet.set("rating/questioning/whole", level) for level in (1, 2, 3)]
    waiting = threading.Thread(target=tablet.send, args=sent)
    waiting.start()
    wait_for((stuck.parent / "standing").exists)
    house.server.kill()
    waiting.join()
    assert not any(each["op_id"] in tablet.answered for each in sent)
    assert house.counts == before
    stuck.unlink()
    house.server.start()
    assert tablet.send(*sent)
    assert all(tablet.accepted[each["op_id"]] == 1 for each in sent)
    house.is_whole("Sion")


# yesterday's file


def copy_of(live: Path, to: Path) -> Path:
    with closing(sqlite3.connect(live)) as here, closing(sqlite3.connect(to)) as there:
        here.backup(there)
    return to


def put_in_place(copy: Path, live: Path) -> None:
    """Another file under the same name, as a copying program leaves it."""
    for beside in ("-wal", "-shm"):
        Path(f"{live}{beside}").unlink(missing_ok=True)
    beside_it = live.with_suffix(".coming")
    shutil.copyfile(copy, beside_it)
    beside_it.rename(live)


@pytest.mark.parametrize("while_it_runs", [True, False])
def test_yesterdays_file_put_back_is_noticed_and_everything_comes_again(
    tmp_path: Path, while_it_runs: bool
) -> None:
    with a_database("SQLite", tmp_path) as url, a_house(url, a_server(url)) as house:
        live = Path(url.removeprefix("sqlite:///"))
        tablets = house.tablets[:2]
        copy, before = copy_of(live, tmp_path / "yesterday"), house.counts
        for tablet in tablets:
            assert tablet.send(*tablet.wire.tablet.note("Today."))
        if not while_it_runs:
            house.server.kill()
        put_in_place(copy, live)
        if not while_it_runs:
            house.server.start()
        for tablet in tablets:
            again = noticed(tablet)
            assert tablet.send(*again)
            assert max(tablet.answered[each["op_id"]] for each in again) == 2
        assert house.counts == {name: count + 2 for name, count in before.items()}
        for name in OBSERVERS:
            house.is_whole(name)


def noticed(tablet: Far) -> list[Sent]:
    """Both tablets hear of a new life of the data; what is to be sent again."""
    answer = tablet.post()
    assert answer
    status, told = answer
    assert (status, told["code"]) == (409, "epoch")
    tablet.wire.epoch = told["epoch"]
    tablet.wire.acknowledged_through = told["known_through"]
    made = tablet.wire.tablet.made
    return [each for each in made if each["device_seq"] > told["known_through"]]


# a disk that is full

SMALL = 4 * 1024 * 1024


@dataclass
class Disk:
    """A small file system that only one server process sees, with a database on it."""

    place: Path
    server: Server

    @property
    def _filler(self) -> Path:
        assert self.server.process
        return Path(f"/proc/{self.server.process.pid}/root{self.place}/filler")

    def fill(self) -> None:
        """Nothing more fits."""
        with suppress(OSError), self._filler.open("wb", buffering=0) as filler:
            while filler.write(bytes(4096)):
                pass

    def clear(self) -> None:
        """There is room again."""
        self._filler.unlink()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[tuple[House, Disk]]:
    """A school whose database lies on a disk of a few megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    with a_database("SQLite", tmp_path) as url:
        prepared = Path(url.removeprefix("sqlite:///"))
        server = a_server(f"sqlite:///{place / prepared.name}")
        mount = f'mount -t tmpfs -o size={SMALL} none "{place}"'
        alone = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c")
        if not is_allowed(*alone, mount):
            pytest.skip("this machine lets nobody make a file system of their own")
        server.inside = (*alone, f'{mount} && cp "{prepared}" "{place}" && exec "$@"', "sh")
        with a_house(url, server) as house:
            yield house, Disk(place, server)


def is_allowed(*command: str) -> bool:
    """Whether this machine does it for us."""
    found = shutil.which(command[0])
    return bool(found) and subprocess.run(command, check=False, capture_output=True).returncode == 0


def test_a_full_disk_is_said_in_words_and_what_was_refused_comes_again(
    disk: tuple[House, Disk],
) -> None:
    house, full = disk
    tablet = house.tablets[0]
    assert tablet.send(*tablet.wire.tablet.note("Before."))
    before = len(tablet.changes())
    full.fill()
    notes = [part for _ in range(8) for part in tablet.wire.tablet.note("x" * 19_000)]
    for _ in range(2):
        answer = tablet.post(*notes)
        assert answer
        assert (answer[0], answer[1]["code"]) == (507, "disk_full")
    assert len(tablet.changes()) == before
    full.clear()
    assert tablet.send(*notes)
    assert max(tablet.accepted.values()) == 1
    told = Counter(each["op_id"] for each in tablet.changes())
    assert {told[each["op_id"]] for each in tablet.wire.tablet.made} == {1}
