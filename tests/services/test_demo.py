"""The demonstration network: believable, whole, and the same each time."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest
from sqlalchemy import func, select

from observe.core.errors import Conflict
from observe.core.exercises import Mode
from observe.core.feedback.review import State
from observe.core.feedback.targets import ENDED
from observe.core.fold import state_hash
from observe.core.observation import RecordState
from observe.core.pairing import PairState
from observe.core.permissions import Person, RoleKind
from observe.core.programme import GroupSize
from observe.core.programme_standing import StageState
from observe.core.rubric import Rubric
from observe.services import (
    coaching,
    coaching_feedback,
    exercise_groups,
    group_figures,
    improving,
    networks,
    newsletters,
    programme_progress,
    revealing,
    rubrics,
)
from observe.services.demo import cast, opening, script, truth
from observe.services.demo import programme as demo_programme
from observe.services.demo.build import GRADED, UNGRADED
from observe.services.demo.diary import Diary
from observe.services.demo.notes import sightings
from observe.services.precedent_board import OfRubric, Standing, board
from observe.settings import sqlite_url
from observe.storage import exercise_takings, exercises, lessons, people, programmes, records
from observe.storage.database import Database, NetworkSession
from observe.storage.schema import upgrade
from observe.storage.tables import calibration, feedback
from observe.storage.tables import lessons as tables
from observe.storage.tables import people as people_tables
from observe.storage.tables import records as record_tables
from observe.storage.tables import workshops as workshop_tables

pytestmark = pytest.mark.xdist_group("demo")
AT = datetime(2026, 11, 17, 9, 42, tzinfo=UTC)


class Demonstration:
    """A built demonstration with its accounts; built once for all of these tests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.accounts = opening.ready(folder, at=AT, fresh=False, scale=1, say=lambda _: None)
        self.database = Database(sqlite_url(folder))
        with self.database.outside() as session:
            network_id = session.scalar(select(people_tables.Network.id))
        assert network_id is not None
        self.network_id: UUID = network_id

    def person(self, place: int) -> UUID:
        """Whom one becomes with the account in that place."""
        with self.database.read(self.network_id) as session:
            query = select(people_tables.Person.id).where(
                people_tables.Person.email == self.accounts[place].email
            )
            return session.scalars(query).one()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    made = Demonstration(tmp_path_factory.mktemp("demo"))
    yield made
    made.database.engine.dispose()


@pytest.fixture
def session(demo: Demonstration) -> Iterator[NetworkSession]:
    with demo.database.read(demo.network_id) as opened:
        yield opened


def count(session: NetworkSession, column: object) -> Counter[str]:
    rows = session.execute(select(column, func.count()).group_by(column))  # type: ignore[call-overload]
    return Counter({str(row[0]): row[1] for row in rows})


def test_rules_from_talks_are_looked_after(session: NetworkSession, demo: Demonstration) -> None:
    facilitator = precedents_of(demo, session)
    rules = [held for of_rubric in facilitator for held in of_rubric.rules]
    assert {each.standing for each in rules} == {Standing.IN_USE, Standing.RETIRED}
    assert any(each.earlier for each in rules)
    assert any(each.doubts for each in rules)
    assert any(each.source.about for each in rules)
    assert len(rules) == len({each.text for each in rules}) > 20


def precedents_of(demo: Demonstration, session: NetworkSession) -> tuple[OfRubric, ...]:
    facilitator = session.scalars(
        select(people_tables.Role.person_id).where(people_tables.Role.kind == RoleKind.FACILITATOR)
    ).first()
    assert facilitator is not None
    return board(session, by=Person(facilitator, demo.network_id, ""))


def test_it_has_fifteen_schools_and_everybody_in_them(session: NetworkSession) -> None:
    kinds = count(session, people_tables.Role.kind)
    advisers = select(func.count(people_tables.Role.person_id.distinct())).where(
        people_tables.Role.kind == RoleKind.ADVISER
    )
    assert count(session, people_tables.School.zone).total() == 15
    assert (kinds["head"], kinds["teacher"], session.scalar(advisers)) == (15, 120, 4)


def test_it_has_a_year_of_pairs_in_every_state(session: NetworkSession) -> None:
    states = count(session, tables.Pair.state)
    assert set(states) == {state.value for state in PairState}
    assert 350 <= states.total() <= 400


def test_it_has_summaries_in_every_state(session: NetworkSession) -> None:
    expected = {state.value for state in State}
    assert set(count(session, feedback.Summary.state)) == expected


def test_it_has_targets_that_went_every_way(session: NetworkSession) -> None:
    assert len(count(session, feedback.Target.state)) == 7


def test_no_two_people_share_a_name_or_an_address(demo: Demonstration) -> None:
    assert len({account.name for account in demo.accounts}) == len(demo.accounts)
    assert all(account.email.endswith(".example") for account in demo.accounts)


def test_one_can_look_round_as_everybody_with_the_first_accounts(demo: Demonstration) -> None:
    kinds = [account.role for account in demo.accounts[:12]]
    assert kinds[:5] == [
        RoleKind.FACILITATOR,
        RoleKind.HEAD,
        RoleKind.ADVISER,
        RoleKind.LEADER,
        RoleKind.TEACHER,
    ]


def test_a_head_and_an_adviser_share_lessons_still_to_come(
    demo: Demonstration, session: NetworkSession
) -> None:
    head, adviser = demo.person(1), demo.person(2)
    planned = select(tables.Pair.lesson_id).where(tables.Pair.state == PairState.PLANNED)
    shared = [
        lesson
        for lesson in lessons.by_ids(session, session.scalars(planned))
        if lesson.seat_of(head) and lesson.seat_of(adviser) and not lesson.begun
    ]
    assert len([lesson for lesson in shared if lesson.starts_at > AT]) >= 4
    assert {lesson.rubric_title for lesson in shared} == {"Teaching framework"}


def test_nobody_is_in_two_rooms_at_once(session: NetworkSession) -> None:
    query = select(tables.Observation.observer_id, tables.Lesson.starts_at).join(
        tables.Lesson, tables.Lesson.id == tables.Observation.lesson_id
    )
    assert max(Counter(tuple(row) for row in session.execute(query)).values()) == 1


def test_nobody_observes_themselves_and_nothing_is_on_a_weekend(session: NetworkSession) -> None:
    every = lessons.by_ids(session, session.scalars(select(tables.Lesson.id)))
    assert not [lesson for lesson in every if lesson.seat_of(lesson.teacher_id)]
    assert not [lesson for lesson in every if lesson.starts_at.weekday() > 4]


def test_a_sealed_record_has_all_ratings_and_six_to_twelve_notes(session: NetworkSession) -> None:
    sealed = select(tables.Observation.id).where(tables.Observation.state == RecordState.SEALED)
    for observation_id in session.scalars(sealed.limit(40)).all():
        record = records.read(session, observation_id)
        assert len(record.ratings) in (16, 12)
        assert 6 <= len(record.notes) <= 12


def test_each_record_is_what_its_operations_come_to(session: NetworkSession) -> None:
    query = select(tables.Observation).where(tables.Observation.state == RecordState.SEALED)
    for observation in session.scalars(query.limit(40)).all():
        values = records.values_of(session, [observation.id])[observation.id]
        assert observation.state_hash == state_hash(values)


def test_everybodys_operations_are_numbered_without_a_gap(session: NetworkSession) -> None:
    table = record_tables.Operation
    query = select(func.max(table.sequence), func.count()).group_by(table.person_id)
    assert all(highest == number for highest, number in session.execute(query))


def test_the_reveal_would_count_the_very_same_rows(demo: Demonstration) -> None:
    with demo.database.read(demo.network_id) as session:
        lesson_id = session.scalar(
            select(tables.Pair.lesson_id).where(tables.Pair.state == PairState.REVEALED)
        )
        assert lesson_id is not None
        before = _rows(session, lesson_id)
        revealing.reveal(session, lesson_id, at=AT)
        assert _rows(session, lesson_id) == before


def test_a_groups_figures_rest_on_every_row(session: NetworkSession) -> None:
    row = calibration.PairedRating
    every = session.scalar(select(func.count()).select_from(row))
    kept = session.scalars(select(calibration.PairedLesson.levels)).all()
    assert sum(len(levels[0]) for levels in kept) == every != 0
    found = group_figures.of_group(session)
    assert found is not None
    assert found.report is not None


def test_a_strict_observer_gives_lower_levels(session: NetworkSession) -> None:
    """Observers differ in how they see, so their mean levels differ by more than chance."""
    row = calibration.PairedRating
    query = select(row.observer_a, func.avg(row.level_a - row.level_b), func.count()).group_by(
        row.observer_a
    )
    means = [mean for _, mean, number in session.execute(query) if number > 150]
    assert np.std(means) > 0.1


def test_two_observers_agree_far_more_than_by_luck_and_not_always(session: NetworkSession) -> None:
    row = calibration.PairedRating
    same = session.scalar(select(func.count()).where(row.level_a == row.level_b)) or 0
    number = session.scalar(select(func.count(row.level_a))) or 0
    assert 0.5 < same / number < 0.75


def test_a_year_of_the_heads_is_half_way_through(session: NetworkSession) -> None:
    cascade, year = programmes.every(session)
    group = programme_progress.of_group(session, year.id, AT.date())
    states = {each.state for person in group.people for each in person.standings}
    assert (len(group.people), group.size) == (15, GroupSize.FITS)
    assert {StageState.DONE, StageState.SOON, StageState.OPEN} <= states
    assert sum(not person.member.whole for person in group.people) == cast.JOINED_LAST
    assert len(programme_progress.of_group(session, cascade.id, AT.date()).people) == 2


def test_each_workshop_is_within_the_days_of_its_stage(session: NetworkSession) -> None:
    held = session.scalars(select(workshop_tables.Workshop)).all()
    assert len(held) == 3
    for each in held:
        days = programmes.stage_row(session, each.programme_id, each.stage)
        assert days.opens_on <= each.starts_at.date() <= days.due_on


def test_a_workshop_is_on_the_school_day_that_is_nearest_within_its_stage() -> None:
    monday, friday = date(2026, 7, 6), date(2026, 8, 9)
    assert demo_programme.school_day(date(2026, 7, 15), monday, friday) == date(2026, 7, 15)
    assert demo_programme.school_day(date(2026, 7, 25), monday, friday) == date(2026, 7, 21)
    assert demo_programme.school_day(date(2026, 8, 3), date(2026, 8, 1), friday) == date(2026, 9, 1)


def test_nobody_has_the_same_target_twice_at_a_time(session: NetworkSession) -> None:
    target = feedback.Target
    query = select(target.teacher_id, target.text).where(target.state.not_in(ENDED))
    assert max(Counter(tuple(row) for row in session.execute(query)).values()) == 1


@pytest.mark.parametrize("key", [GRADED, UNGRADED])
def test_every_criterion_can_be_noted_in_at_least_eight_ways(key: str) -> None:
    rubric = _shipped(key)
    for criterion in rubric.criteria():
        helped, hindered = (sightings(criterion.criterion, mark) for mark in "+-")
        assert len(helped) >= 4, criterion.criterion
        assert len(hindered) >= 4, criterion.criterion
        assert len(helped) + len(hindered) >= 8


def test_the_same_seed_and_day_give_the_same_network() -> None:
    assert _drawn() == _drawn()


def test_a_folder_is_built_once_and_then_opened(demo: Demonstration) -> None:
    said: list[str] = []
    later = AT + timedelta(days=9)
    again = opening.ready(demo.folder, at=later, fresh=False, scale=1, say=said.append)
    assert again == demo.accounts
    assert said == ["This was built on 17 November 2026. --fresh builds it anew, as of today."]


def test_a_real_network_is_never_taken_for_a_demonstration(tmp_path: Path) -> None:
    upgrade(sqlite_url(tmp_path))
    database = Database(sqlite_url(tmp_path))
    networks.create(database, "Real schools", "margaret@school.example", at=AT)
    database.engine.dispose()
    with pytest.raises(Conflict, match="Real schools"):
        opening.ready(tmp_path, at=AT, fresh=True, scale=1, say=lambda _: None)


def _rows(session: NetworkSession, lesson_id: UUID) -> set[tuple[object, ...]]:
    row = calibration.PairedRating
    columns = [column for column in row.__table__.columns if column.name != "network_id"]
    query = select(*columns).where(row.lesson_id == lesson_id)
    return {tuple(found) for found in session.execute(query)}


def _drawn() -> list[object]:
    """People, diary and the records of the first school's past lessons, as they are drawn."""
    rng = random.Random(7)
    people = cast.cast(rng, AT)
    rubric = _shipped(GRADED)
    keys = [criterion.criterion for criterion in rubric.criteria()]
    teachers = [taught.person.id for school in people.schools for taught in school.teachers]
    known = truth.draw(rng, people.observers(), keys, teachers)
    entries = list(islice(Diary(people, rng, AT).entries(), 20))
    records = []
    for entry in entries:
        seen = truth.what_there_is(known, entry.taught.person.id, keys, rng)
        scene = script.scene(entry, rubric, "", seen, 0.5, known, rng)
        records.append([script.record(scene, seat, known, rng) for seat in entry.seats])
    return [people.accounts(), entries, records]


def _shipped(key: str) -> Rubric:
    return next(rubric for rubric in rubrics.shipped() if rubric.rubric == key)


def test_one_exercise_is_published_taken_and_was_shown_to_a_group(session: NetworkSession) -> None:
    (exercise,) = exercises.every(session)
    assert exercise.is_offered
    (group,) = exercise_takings.groups_of(session, exercise.id)
    room = exercise_groups.room(session, group.id)
    assert room.counted.sealed == 8
    assert len(room.spreads) == len(exercise.criteria)
    mine = exercise_takings.of_exercise(session, exercise.id, Mode.PRACTICE)
    assert {each.finished_at is not None for each in mine} == {True, False}


def test_a_head_is_coached_improves_one_thing_and_reads_the_newsletter(
    demo: Demonstration, session: NetworkSession
) -> None:
    head = next(account for account in demo.accounts if account.role == RoleKind.HEAD)
    row = people.by_email(session, head.email)
    assert row
    person = people.find(session, row.id)
    assert person
    assert coaching.of(session, person).going_on
    assert coaching_feedback.waiting(session, person, at=AT).any
    courses = [
        improving.course(session, each) for each in improving.listed(session, person).going_on
    ]
    assert len(courses) == 2
    assert any(course.chart and course.chart.shifts for course in courses)
    assert newsletters.lately(session, by=person, at=AT)
