"""Builds a demonstration network: people, a year of lessons, records, talks, summaries."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from observe.core.certification_rule import as_json
from observe.core.fold import fold, record_of
from observe.core.ids import new_id
from observe.core.rubric import Rubric
from observe.core.rubric_json import rubric_digest
from observe.services import passwords, rubrics
from observe.services.demo import (
    assessing,
    calendar,
    cast,
    certificates,
    coaching,
    improving,
    leadership,
    mails,
    newsletters,
    programme,
    script,
    times,
    truth,
)
from observe.services.demo.cast import Cast, Member, SchoolCast
from observe.services.demo.diary import Diary, Entry, Stage
from observe.services.demo.exercises import Exercises
from observe.services.demo.letters import Letters
from observe.services.demo.precedents import Precedents
from observe.services.demo.rules import REASONS
from observe.services.demo.talk import Sealed, Talks
from observe.services.demo.truth import Truth
from observe.storage import paired_counts, records
from observe.storage.database import Database, NetworkSession
from observe.storage.records import WholeRecord
from observe.storage.rows import Rows
from observe.storage.tables.people import Network, SignIn

SEED = 20
NAME = "Dales learning group"
PASSWORD = "blackbird"  # noqa: S105 -- the demonstration's, and printed when it starts
GRADED, UNGRADED = "teaching-framework", "ways-of-looking"
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The two rubrics that the lessons use, by whether they are graded, with their addresses."""

    rubrics: Mapping[bool, Rubric]
    digests: Mapping[bool, str]


@dataclass(slots=True)
class Year:
    """All that is drawn for a network before a lesson is written."""

    rng: random.Random
    cast: Cast
    truth: Truth
    chosen: Chosen
    rows: Rows
    talks: Talks
    letters: Letters
    first_day: datetime
    now: datetime


def build(
    database: Database, *, at: datetime, scale: int = 1, seed: int = SEED, say: Say = lambda _: None
) -> list[Member]:
    """Build a demonstration network; its accounts, one of each sort first.

    The same for the same seed, day and scale, save for the salt of the password.
    """
    rng = random.Random(seed)
    people = cast.cast(rng, at, scale=scale)
    network_id = new_id(at, rng.getrandbits)
    _begin(database, network_id, people, at=at, rng=rng)
    year = _year(people, rng, at)
    say(f"Building {len(people.schools)} schools with a year of lessons …")
    _write(database, network_id, year, say=say)
    return people.accounts()


def _begin(
    database: Database, network_id: UUID, people: Cast, *, at: datetime, rng: random.Random
) -> None:
    """The network, its rubrics, its people and how they sign in."""
    with database.outside(writes=True) as session:
        epoch = new_id(at, rng.getrandbits)
        session.add(Network(id=network_id, name=NAME, epoch=epoch, demo=True, created_at=at))
        session.flush()
        hashed = passwords.hashed(PASSWORD)
        session.add_all(_sign_ins(people.accounts(), network_id, hashed, at))
    with database.write(network_id) as session:
        rubrics.publish_shipped(session, at=at)
        session.flush()
        people.rows.write(session)


def _sign_ins(
    accounts: Sequence[Member], network_id: UUID, hashed: str, at: datetime
) -> Iterator[SignIn]:
    """Ids count up, because pages list accounts in the order in which they were made."""
    for number, member in enumerate(accounts, start=1):
        yield SignIn(
            id=new_id(at, lambda bits, n=number: n if bits > 12 else 0),  # type: ignore[misc]
            email=member.email,
            password_hash=hashed,
            people={str(network_id): str(member.id)},
            changed_at=at,
        )


def _year(people: Cast, rng: random.Random, at: datetime) -> Year:
    by_key = {rubric.rubric: rubric for rubric in rubrics.shipped()}
    chosen = {True: by_key[GRADED], False: by_key[UNGRADED]}
    criteria = [c.criterion for rubric in chosen.values() for c in rubric.criteria()]
    teachers = (taught.person.id for school in people.schools for taught in school.teachers)
    rows = Rows()
    return Year(
        rng=rng,
        cast=people,
        truth=truth.draw(rng, people.observers(), list(dict.fromkeys(criteria)), teachers),
        chosen=Chosen(chosen, {kind: rubric_digest(rubric) for kind, rubric in chosen.items()}),
        rows=rows,
        talks=Talks(rows, rng, Precedents(rows, people.facilitators[0].id, at)),
        letters=Letters(rows, rng, at),
        first_day=datetime.combine(calendar.before(at.date())[0], at.timetz()),
        now=at,
    )


def _write(database: Database, network_id: UUID, year: Year, *, say: Say) -> None:
    """One transaction a school, so that memory stays small however many there are."""
    diary = Diary(year.cast, year.rng, year.now)
    by_school = groupby(diary.entries(), key=lambda entry: entry.school.id)
    for number, (_, entries) in enumerate(by_school, start=1):
        with database.write(network_id) as session:
            _write_school(session, year, list(entries))
        if number % 15 == 0:
            say(f"{number} of {len(year.cast.schools)} schools are built.")
    with database.write(network_id) as session:
        _rule_of_certification(year)
        times.write(year.rows, year.cast, at=year.now)
        digest = year.chosen.digests[True]
        Exercises(year.cast, year.rows, year.rng, digest, year.now).write()
        heads = [school.head for school in year.cast.schools[:8]]
        mails.write(year.rows, heads, year.rng, year.now)
        _holidays(year)
        coaching.write(year.rows, year.cast, at=year.now)
        improving.write(year.rows, year.cast, at=year.now)
        leadership.write(year.rows, year.cast, at=year.now)
        newsletters.write(year.rows, year.cast, at=year.now)
        year.rows.write(session)
        paired_counts.count_anew(session)
        certificates.write(session, year.cast, at=year.now)
        programme.write(session, year.cast, at=year.now)
        assessing.write(session, year.cast, at=year.now)


def _holidays(year: Year) -> None:
    """The same for all schools."""
    for name, first, last in calendar.holidays(year.now.date()):
        holiday_id = new_id(year.now, year.rng.getrandbits)
        days = {"name": name, "first_day": first, "last_day": last}
        year.rows.add("holiday", id=holiday_id, school_id=None, **days)


def _rule_of_certification(year: Year) -> None:
    """In force since the year began; a few have looked what it says of them."""
    by, at = year.cast.facilitators[0].id, year.first_day
    year.rows.add("certification_rule", version=1, body=as_json(certificates.RULE), by=by, at=at)
    year.rows.add(
        "history",
        id=new_id(at, year.rng.getrandbits),
        at=at,
        by=by,
        did="certification rule put in force",
        thing="certification_rule",
        thing_id="1",
        details={"name": certificates.RULE.name},
    )


def _write_school(session: NetworkSession, year: Year, entries: Sequence[Entry]) -> None:
    for entry in entries:
        _plan(year, entry)
    year.rows.write(session)
    wholes = [whole for entry in entries for whole in _lesson(year, entry)]
    records.keep_whole(session, wholes)
    _opened(year, entries[0].school)
    year.rows.write(session)


def _plan(year: Year, entry: Entry) -> None:
    year.rows.add("lesson", **_lesson_row(year, entry))
    for seat in entry.seats:
        year.rows.add(
            "observation",
            id=seat.observation_id,
            lesson_id=entry.id,
            observer_id=seat.person.id,
            capacity=seat.capacity,
            state="planned",
            waived_at=entry.starts_at if seat.waived else None,
        )
    _plan_history(year, entry)


def _lesson_row(year: Year, entry: Entry) -> dict[str, Any]:
    cancelled = entry.stage is Stage.CANCELLED
    return {
        "id": entry.id,
        "kind": "lesson",
        "school_id": entry.school.id,
        "team_id": entry.taught.team_id,
        "teacher_id": entry.taught.person.id,
        "school_subject": entry.subject,
        "class_id": entry.taught.class_id,
        "room": str(1 + entry.taught.class_id.int % 24),
        "starts_at": entry.starts_at,
        "minutes": 60,
        "rubric_digest": year.chosen.digests[entry.graded],
        "planned_by": entry.seats[0].person.id,
        "planned_at": min(entry.planned_at, year.now),
        "cancelled_at": entry.starts_at if cancelled else None,
        "cancel_reason": year.rng.choice(REASONS) if cancelled else None,
    }


def _plan_history(year: Year, entry: Entry) -> None:
    at, by = min(entry.planned_at, year.now), entry.seats[0].person.id
    lines = [("lesson planned", at)]
    if entry.stage is Stage.CANCELLED:
        lines.append(("lesson cancelled", entry.starts_at))
    for did, when in lines:
        year.rows.add(
            "history",
            id=new_id(when, year.rng.getrandbits),
            at=when,
            by=by,
            did=did,
            thing="lesson",
            thing_id=str(entry.id),
            details={},
        )


def _lesson(year: Year, entry: Entry) -> list[WholeRecord]:
    """The records of a lesson; its talk and summary go into the rows as they come of them."""
    if entry.stage is Stage.CANCELLED:
        return []
    rubric, digest = year.chosen.rubrics[entry.graded], year.chosen.digests[entry.graded]
    wholes = [] if entry.stage is Stage.PLANNED else _records(year, entry, rubric, digest)
    sealed = _sealed(entry, wholes)
    if entry.single:
        year.letters.write(entry, rubric, sealed, {})
        return wholes
    agreed = year.talks.hold(entry, rubric, digest, sealed)
    if entry.stage not in (Stage.PLANNED, Stage.UNDER_WAY, Stage.REVEALED):
        year.letters.write(entry, rubric, sealed, agreed)
    return wholes


def _records(year: Year, entry: Entry, rubric: Rubric, digest: str) -> list[WholeRecord]:
    criteria = [criterion.criterion for criterion in rubric.criteria()]
    teacher, rng = entry.taught.person.id, year.rng
    share = (entry.starts_at - year.first_day) / (year.now - year.first_day)
    seen = truth.what_there_is(year.truth, teacher, criteria, rng)
    scene = script.scene(entry, rubric, digest, seen, share, year.truth, rng)
    drawn = (script.record(scene, seat, year.truth, rng) for seat in entry.observing)
    return [whole for whole in drawn if whole]


def _sealed(entry: Entry, wholes: Sequence[WholeRecord]) -> list[Sealed]:
    """The sealed ones, the head's first."""
    seats = {seat.observation_id: seat for seat in entry.seats}
    found = [
        Sealed(
            seats[whole.observation_id],
            record_of(fold(whole.operations).values()),
            whole.begun_at,
            whole.sealed_at,
        )
        for whole in wholes
        if whole.sealed_at
    ]
    return sorted(found, key=lambda one: one.observer.place)


def _opened(year: Year, school: SchoolCast) -> None:
    """Two heads of three have looked at their own figures."""
    if year.rng.random() < 2 / 3:
        year.rows.add("figures_opened", person_id=school.head.id, at=year.now)
