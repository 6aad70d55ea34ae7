"""`observe import ratings`: records made elsewhere come in whole, once, and with every fault named."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import case, func, select

from observe.cli.main import main
from observe.core.observation import Capacity
from observe.core.permissions import Person, RoleKind
from observe.services import networks
from observe.storage import lessons, records
from observe.storage.database import Database
from observe.storage.people import find
from observe.storage.tables import calibration, history, people, rubrics
from observe.storage.tables import lessons as tables
from tests.browser import Browser
from tests.reference import expected, reference

AT = datetime(2026, 11, 17, 9, 42, tzinfo=UTC)
HEAD = "lesson,teacher,school,observer,observed_on,criterion,rating"
FOUR = """
L1,Catrin Morley,Thornbeck,Sion,2026-03-03,Q1,3
L1,Catrin Morley,Thornbeck,Sion,2026-03-03,Q2,2
L1,Catrin Morley,Thornbeck,Ruth,2026-03-02,Q1,4
L1,Catrin Morley,Thornbeck,Ruth,2026-03-02,Q2,2
"""


class Bench:
    """A network to import into, and the command line beside it."""

    def __init__(
        self, database: Database, folder: Path, network_id: UUID, said: Callable[[], str]
    ) -> None:
        self.database, self.folder, self.network_id = database, folder, network_id
        self.said = said

    def load(self, rows: str, *options: str, status: int = 0, head: str = HEAD) -> str:
        """What the command says to a file with these rows."""
        file = self.folder / "ratings.csv"
        file.write_text(f"{head}\n{rows.strip()}\n", encoding="utf-8")
        return self.run("import", "ratings", str(file), *options, status=status)

    def run(self, *arguments: str, status: int = 0) -> str:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        said = self.said()
        assert (ended.value.code or 0) == status, said
        return said

    def count(self, table: type) -> int:
        with self.database.read(self.network_id) as session:
            return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def bench(
    database: Database,
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Bench:
    monkeypatch.setenv("OBSERVE_DATABASE_URL", database_url)
    monkeypatch.setenv("OBSERVE_DATA", str(tmp_path / "data"))
    networks.create(database, "Dales learning group", "margaret@school.example", at=AT)
    with database.outside() as session:
        network_id = session.scalar(select(people.Network.id))
    assert network_id is not None
    return Bench(database, tmp_path, network_id, lambda: "".join(capsys.readouterr()))


DRAFT = ("--rubric", "our-old-form", "--draft-rubric")


def test_a_file_becomes_sealed_records_of_a_pair(bench: Bench) -> None:
    said = bench.load(FOUR, *DRAFT, "--blind")
    assert "1 new lessons, 2 records with 4 ratings." in said
    with bench.database.read(bench.network_id) as session:
        (lesson,) = lessons.by_ids(session, session.scalars(select(tables.Lesson.id)))
        first, second = (records.read(session, seat.observation_id) for seat in lesson.seats)
    assert {seat.state.value for seat in lesson.seats} == {"sealed"}
    assert first.ratings == {("q1", "whole"): 4, ("q2", "whole"): 2}
    assert second.ratings[("q1", "whole")] == 3


def test_each_record_keeps_its_day_and_the_lesson_takes_the_earlier_one(bench: Bench) -> None:
    bench.load(FOUR, *DRAFT)
    with bench.database.read(bench.network_id) as session:
        lesson = session.scalars(select(tables.Lesson)).one()
        days = set(session.scalars(select(tables.Observation.observed_on)))
    assert lesson.starts_at.date() == date(2026, 3, 2)
    assert days == {date(2026, 3, 2), date(2026, 3, 3)}


def test_people_and_schools_are_made_without_a_sign_in(bench: Bench) -> None:
    said = bench.load(FOUR, *DRAFT)
    with bench.database.read(bench.network_id) as session:
        made = session.scalars(select(people.Person).where(people.Person.imported)).all()
    assert {person.name for person in made} == {"Catrin Morley", "Sion", "Ruth"}
    assert {person.email for person in made} == {None}
    assert "New, without a sign-in: schools 1, people 3." in said


def test_somebody_who_is_here_already_is_not_made_twice(bench: Bench) -> None:
    bench.load(FOUR, *DRAFT)
    _give_role(bench, "Ruth", RoleKind.ADVISER)
    bench.load(FOUR.replace("L1", "L2"), *DRAFT)
    assert bench.count(people.Person) == 1 + 3
    with bench.database.read(bench.network_id) as session:
        capacities = session.scalars(select(tables.Observation.capacity)).all()
    assert sorted(capacities) == ["adviser", "other", "other", "other"]


def test_a_role_in_the_file_is_the_capacity(bench: Bench) -> None:
    first, second, *others = FOUR.strip().splitlines()
    rows = [f"{row},head" for row in (first, second)] + [f"{row},Adviser" for row in others]
    bench.load("\n".join(rows), *DRAFT, head=f"{HEAD},role")
    with bench.database.read(bench.network_id) as session:
        found = set(session.scalars(select(tables.Observation.capacity)))
    assert found == {Capacity.HEAD.value, Capacity.ADVISER.value}


def test_ratings_count_only_if_they_are_known_to_be_blind(bench: Bench) -> None:
    assert "left out of the figures" in bench.load(FOUR, *DRAFT)
    assert _left_out(bench) == {"unsealed_import"}
    assert "1 lessons count in the figures from now on." in bench.load(FOUR, *DRAFT, "--blind")
    assert _left_out(bench) == {None}


def test_the_same_file_again_changes_nothing(bench: Bench) -> None:
    bench.load(FOUR, *DRAFT, "--blind")
    before = [bench.count(table) for table in (tables.Observation, people.Person)]
    lines = bench.count(history.HistoryLine)
    assert "Nothing new" in bench.load(FOUR, *DRAFT, "--blind")
    assert [bench.count(table) for table in (tables.Observation, people.Person)] == before
    assert bench.count(history.HistoryLine) == lines


def test_a_partner_who_comes_in_a_later_file_makes_the_pair(bench: Bench) -> None:
    of_sion, of_ruth = FOUR.strip().splitlines()[:2], FOUR.strip().splitlines()[2:]
    bench.load("\n".join(of_sion), *DRAFT, "--blind")
    assert bench.count(tables.Pair) == 0
    same_levels = "\n".join(of_ruth).replace("Q1,4", "Q1,3")
    assert "0 new lessons, 1 records" in bench.load(same_levels, *DRAFT, "--blind")
    assert (bench.count(tables.Pair), bench.count(calibration.PairedRating)) == (1, 2)


def test_a_sealed_record_that_reads_otherwise_now_is_a_fault(bench: Bench) -> None:
    bench.load(FOUR, *DRAFT)
    said = bench.load(FOUR.replace("Q1,4", "Q1,3"), *DRAFT, status=2)
    assert "ratings.csv:4: Ruth's record of this lesson was imported before" in said


def test_every_fault_is_named_with_its_line_and_nothing_is_kept(bench: Bench) -> None:
    said = bench.load(
        """
L1,Catrin,Thornbeck,Sion,2026-03-03,Q1,3
L1,Catrin,Thornbeck,Sion,2026-03-03,Q1,4
L1,Aisha,Thornbeck,Ruth,2026-03-03,Q1,3
L2,Catrin,Thornbeck,Catrin,2026-03-03,Q1,3
L3,Catrin,Thornbeck,Sion,3 March,Q1,3
L4,Catrin,Thornbeck,,2026-03-03,Q1,3
L5,Catrin,Thornbeck,Sion,,Q1,3
L6,Catrin,Thornbeck
L7,Catrin,Thornbeck,Sion,2026-03-03,Q1,good
""",
        *DRAFT,
        status=2,
    )
    assert [line.split(":")[1] for line in said.splitlines()] == [
        "3",
        "4",
        "5",
        "6",
        "7",
        "8",
        "9",
        "10",
    ]
    assert "Sion rated Q1 of this lesson on line 2 already" in said
    assert "nobody observes themselves" in said
    assert bench.count(tables.Lesson) == 0
    assert bench.count(people.Person) == 1


def test_a_rating_that_the_rubric_does_not_know_is_a_fault(bench: Bench) -> None:
    row = "L1,Catrin,Thornbeck,Sion,2026-03-03,"
    said = bench.load(
        f"{row}relationships,3\n{row}Routines and time,5\n{row}1z,2",
        "--rubric",
        "teaching-framework",
        status=2,
    )
    assert said.splitlines() == [
        "ratings.csv:3: Level 5 is not in this rubric.",
        "ratings.csv:4: 1z is not a criterion of Teaching framework",
    ]


def test_a_rubric_that_nobody_published_is_asked_for(bench: Bench) -> None:
    assert "add --draft-rubric" in bench.load(FOUR, "--rubric", "our-old-form", status=2)


def test_a_draft_has_the_codes_of_the_file_and_every_level_between(bench: Bench) -> None:
    bench.load(FOUR.replace("Q2,2", "Q2,1"), *DRAFT)
    with bench.database.read(bench.network_id) as session:
        query = select(rubrics.RubricVersion).where(rubrics.RubricVersion.rubric == "our-old-form")
        body = session.scalars(query).one().body
    assert [c["code"] for c in body["domains"][0]["criteria"]] == ["Q1", "Q2"]
    assert [level["value"] for level in body["scales"]["levels"]["levels"]] == [1, 2, 3, 4]


def test_words_make_no_draft(bench: Bench) -> None:
    said = bench.load(FOUR.replace("Q1,4", "Q1,good"), *DRAFT, status=2)
    assert "ratings.csv:4: good is no whole number" in said


def test_of_several_networks_one_is_named(bench: Bench) -> None:
    networks.create(bench.database, "Another network", "ben@school.example", at=AT)
    said = bench.load(FOUR, *DRAFT, status=2)
    assert "--network: Another network, Dales learning group" in said
    bench.load(FOUR, *DRAFT, "--network", "Dales learning group")
    assert bench.count(tables.Lesson) == 1


@pytest.mark.slow
def test_631_real_lessons_come_in_and_agree_as_they_should(bench: Bench, browser: Browser) -> None:
    file = reference("oecd_gti_video_components") / "ratings_long.csv"
    said = bench.run(
        "import", "ratings", str(file), "--rubric", "video-components", "--draft-rubric", "--blind"
    )
    assert "631 new lessons, 1262 records with 22715 ratings." in said
    row, school = calibration.PairedRating, people.School
    same = func.sum(case((row.level_a == row.level_b, 1), else_=0))
    query = (
        select(school.name, row.criterion, same, func.count())
        .join(school, school.id == row.school_id)
        .group_by(school.name, row.criterion)
    )
    with bench.database.read(bench.network_id) as session:
        found = {
            (place, key): equal / number for place, key, equal, number in session.execute(query)
        }
    for country, figures in expected("oecd_gti_video_components")["by_country"].items():
        for known in figures:
            place = country, known["criterion"].casefold()
            assert found[place] == pytest.approx(known["exact"], abs=1e-9)
    page = browser.sign_in(_facilitator(bench)).get("/agreement/group?who=all")
    assert "On 631 lessons" in page


def _facilitator(bench: Bench) -> Person:
    with bench.database.read(bench.network_id) as session:
        query = select(people.Role.person_id).where(people.Role.kind == RoleKind.FACILITATOR)
        found = find(session, session.scalars(query).one())
    assert found is not None
    return found


def _left_out(bench: Bench) -> set[str | None]:
    with bench.database.read(bench.network_id) as session:
        return set(session.scalars(select(calibration.PairedRating.left_out)))


def _give_role(bench: Bench, name: str, kind: RoleKind) -> None:
    with bench.database.write(bench.network_id) as session:
        person = session.scalars(select(people.Person).where(people.Person.name == name)).one()
        school = session.scalars(select(people.School)).one()
        role = people.Role(id=person.id, person_id=person.id, kind=kind, school_id=school.id)
        session.add(role)
