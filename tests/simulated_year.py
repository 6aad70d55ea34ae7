"""A year of fifteen heads and four advisers, simulated: what is true of their eyes, and what they do.

What they do goes through the services, lesson by lesson and tablet by tablet. Beside it a ledger keeps
what each of them did for which stage, so that a test can hold every page against it.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from uuid import UUID, uuid4

from observe.core.assessing import Moment, Wish
from observe.core.exercises import Given
from observe.core.ids import new_id
from observe.core.lesson import Lesson
from observe.core.operations import read_batch
from observe.core.permissions import Person, Role, RoleKind
from observe.core.programme import Leads
from observe.core.rubric import Criterion
from observe.core.workshop import WorkshopWish
from observe.services import (
    assessing,
    assessing_form,
    capture,
    devices,
    figures,
    planning,
    programme_beginning,
    programme_signing,
    rubrics,
    suggesting,
    workshops,
)
from observe.services import lesson_wish as wishes
from observe.services.capture import Answer
from observe.services.demo.truth import Eye, Truth, what_there_is
from observe.storage import assessing as kept_looks
from observe.storage import devices as stored
from observe.storage import lessons
from observe.storage.database import NetworkSession
from observe.storage.tables import people
from tests.circles import another_school, somebody
from tests.factories import School
from tests.tablet import Sent, Tablet

MONDAY = date(2030, 9, 2)
HEADS = (
    *("Sion", "Amina", "Bethan", "Callum", "Dilys", "Elin", "Farid", "Gethin"),
    *("Hannah", "Ifan", "Jasmine", "Kofi", "Lowri", "Nia", "Peter"),
)
ADVISERS = ("Ruth", "David", "Grace", "Tomos")
LENIENT, STRICT, FAIR = "Amina", "Bethan", "Callum"
WATCHED = (LENIENT, STRICT, FAIR)
SEVERITY = {LENIENT: -2.0, STRICT: 2.0, FAIR: 0.0}
BROWSER = "Sion"
MISSED, HALF_WAY, NOT_SIGNED = "Peter", "Nia", "Kofi"
RUBRIC, WORK = "teaching-framework", "work-scrutiny"
RATED = 8
LEARNS, NOISE, STEADY, LEARNED = 0.9, 1.5, 0.25, 31
A_DAY, SLOTS = 5, 30


@dataclass
class Year:
    """A network under way, what is true of its observers, and what each of them did."""

    school: School
    seed: int = 7
    home: dict[str, UUID] = field(default_factory=dict)
    teacher: dict[str, UUID] = field(default_factory=dict)
    adviser: dict[str, str] = field(default_factory=dict)
    ledger: Counter[tuple[str, str]] = field(default_factory=Counter)
    tablets: dict[str, UUID] = field(default_factory=dict)
    taken: Counter[int] = field(default_factory=Counter)
    programme_id: UUID = field(default_factory=uuid4)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        self._settle()
        self.truth = self._truth()

    def at(self, week: int, *, day: int = 0, hour: int = 9) -> datetime:
        """An hour of a week of the programme, both counted from the first Monday."""
        on = MONDAY + timedelta(weeks=week - 1, days=day)
        return datetime.combine(on, time(hour), UTC)

    def _settle(self) -> None:
        """Fifteen schools with a head and a teacher each, and an adviser for every four of them."""
        self.home["Sion"], self.teacher["Sion"] = self.school.school_id, self.school["Catrin"].id
        for name in HEADS[1:]:
            self.home[name] = another_school(self.school, f"School of {name}")
            self.teacher[name] = self.school[f"Teacher-of-School of {name}".split()[0]].id
            somebody(self.school, f"{name} Head", RoleKind.HEAD, self.home[name])
        for place, name in enumerate(HEADS):
            self.adviser[name] = ADVISERS[place % len(ADVISERS)]
        for name in ADVISERS:
            self._advises(name, [self.home[head] for head in HEADS if self.adviser[head] == name])

    def _advises(self, name: str, schools: list[UUID]) -> None:
        if name not in self.school.people:
            somebody(self.school, f"{name} Adviser", RoleKind.ADVISER, *schools)
            return
        person = self.school[name]
        more = [each for each in schools if each not in person.schools(RoleKind.ADVISER)]
        with self.school.database.write(self.school.network_id) as session:
            for place in more:
                role = people.Role(id=new_id(self.at(1)), person_id=person.id, kind="adviser")
                role.school_id = place
                session.add(role)
        roles = (*person.roles, *(Role(RoleKind.ADVISER, place) for place in more))
        self.school.people[name] = Person(person.id, person.network_id, person.name, roles)

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """What everybody rates: the first criteria of the rubric."""
        (rubric,) = (each for each in rubrics.shipped() if each.rubric == RUBRIC)
        return tuple(rubric.criteria())[:RATED]

    def _truth(self) -> Truth:
        """Heads get nearer to what there is in the course of the year; advisers are near already."""
        eyes = {self.school[name].id: self._eye(name) for name in (*HEADS, *ADVISERS)}
        difficulty = {each.criterion: self.rng.gauss(0, 0.4) for each in self.criteria}
        quality = {teacher: self.rng.gauss(0.3, 0.6) for teacher in self.teacher.values()}
        return Truth(eyes, difficulty, quality)

    def _eye(self, name: str) -> Eye:
        if name in ADVISERS:
            return Eye(self.rng.gauss(0, 0.1), 0.0, STEADY, 0.0)
        severity = SEVERITY.get(name, self.rng.gauss(0, 0.8))
        return Eye(severity, -LEARNS * severity, NOISE, LEARNS)

    # what they do

    def begin(self) -> None:
        """The facilitator takes the year up, with all fifteen heads."""
        (year,) = (
            each for each in programme_beginning.shipped() if each.led_by is Leads.FACILITATOR
        )
        with self.write() as session:
            self.programme_id = programme_beginning.take_into_use(
                session,
                year,
                starts_on=MONDAY,
                members=[self.school[name].id for name in HEADS],
                by=self.school["Margaret"],
                at=self.at(1) - timedelta(days=3),
            )

    def write(self) -> AbstractContextManager[NetworkSession]:
        """A transaction in the network."""
        return self.school.database.write(self.school.network_id)

    def did(self, stage: str, names: Iterable[str]) -> None:
        """Keep in the ledger that these people did one thing more for a stage."""
        self.ledger.update((name, stage) for name in names)

    def meets(self, stage: str, week: int, *, but: str = "") -> None:
        """A workshop, and the facilitator says who came."""
        there = [name for name in HEADS if name != but]
        begins, by = self.at(week, day=2, hour=13), self.school["Margaret"]
        ends = begins + timedelta(hours=3)
        wish = WorkshopWish(
            title=stage, stage=stage, about="", place="The hall", starts_at=begins, ends_at=ends
        )
        with self.write() as session:
            held = workshops.plan(
                session, self.programme_id, wish, by=by, at=begins - timedelta(days=14)
            )
            came = {self.school[name].id: name in there for name in HEADS}
            workshops.say_who_came(session, held, came, by=by, at=ends)
        self.did(stage, there)

    def looks(self, name: str, by: str, moment: Moment, week: int) -> UUID:
        """Somebody looks at their own observing, or an adviser at it; the round of both looks."""
        at, doer = self.at(week, day=3), self.school[by]
        with self.write() as session:
            round_id = assessing.begin(
                session, self.school[name].id, moment, digest="", by=doer, at=at
            )
            form = assessing_form.look(session, round_id, by=doer)
            part = assessing.own_part(form.round, doer)
            for row in form.rows:
                given = Given(self.rng.choice(row.criterion.scale.levels).value, "In three lessons")
                kept_looks.rate(session, part.id, row.criterion.criterion, given, at=at)
            if moment is Moment.FINAL and by != name:
                self._suggests(session, round_id, doer, at)
            assessing_form.seal(session, round_id, by=doer, at=at)
        return round_id

    def _suggests(self, session: NetworkSession, round_id: UUID, by: Person, at: datetime) -> None:
        wish = Wish(
            text="Write before you rate",
            when="In every lesson of the autumn",
            see="Each level has two notes above it",
            due_on=at.date() + timedelta(days=200),
        )
        suggesting.suggest(session, round_id, wish, by=by, at=at)

    def signs(self, name: str, week: int) -> None:
        """The adviser signs the final stage off."""
        by = self.school[self.adviser[name]]
        with self.write() as session:
            programme_signing.sign_off(
                session,
                self.programme_id,
                self.school[name].id,
                "final",
                by=by,
                at=self.at(week, day=4),
            )

    # lessons

    def observes(self, week: int, where: str, *observers: str, rubric: str = RUBRIC) -> UUID:
        """A lesson at the school of a head is planned and observed, and everybody seals."""
        lesson = self.plans(week, where, *observers, rubric=rubric)
        self.record_all(lesson)
        return lesson.id

    def plans(self, week: int, where: str, *observers: str, rubric: str = RUBRIC) -> Lesson:
        """A lesson of the teacher at a head's school, at an hour at which nobody else has one."""
        planner = self.school[where]
        slot = self.taken[week]
        self.taken[week] += 1
        assert slot < SLOTS, f"week {week} is full"
        starts_at = self.at(week, day=slot % A_DAY, hour=8 + slot // A_DAY)
        wish = wishes.Wish(
            teacher_id=self.teacher[where],
            class_id=None,
            school_subject="maths",
            starts_at=starts_at,
            minutes=50,
            room="7",
            rubric_digest=self.school.rubrics[rubric],
            observer_ids=tuple(self.school[name].id for name in observers),
        )
        at = starts_at - timedelta(days=5)
        with self.write() as session:
            offered = planning.choices(session, self.home[where], by=planner)
            lesson_id = planning.plan(session, offered, wish, by=planner, at=at)
            return lessons.find(session, lesson_id)

    def record_all(self, lesson: Lesson) -> None:
        """Each observer gives what their eye makes of what there is to see, and seals."""
        keys = [each.criterion for each in self.criteria]
        seen = what_there_is(self.truth, lesson.teacher_id, keys, self.rng)
        year = min(1, (lesson.starts_at - self.at(1)) / (self.at(LEARNED) - self.at(1)))
        for seat in lesson.seats:
            self.record(lesson, seat.person_id, self._given(lesson, seat.person_id, seen, year))

    def _given(
        self, lesson: Lesson, who: UUID, seen: Mapping[str, float], year: float
    ) -> dict[str, object]:
        if lesson.kind == "work-sample":
            return {}
        return {
            each.criterion: each.scale.levels[
                self.truth.level(seen[each.criterion], who, each.criterion, year=year, rng=self.rng)
            ].value
            for each in self.criteria
        }

    def record(self, lesson: Lesson, who: UUID, given: Mapping[str, object]) -> None:
        """One observer's record, sent by their own tablet at the end of the lesson."""
        (seat,) = (each for each in lesson.seats if each.person_id == who)
        (name,) = (name for name, person in self.school.people.items() if person.id == who)
        tablet = Tablet(seat.observation_id, rubric=lesson.rubric_digest)
        tablet.device_id = self._tablet_of(name)
        tablet.device_seq = self._sent.get(name, 0)
        at = lesson.ends_at
        made = list(self._operations(tablet, lesson, given))
        self._sent[name] = tablet.device_seq
        self._send(name, tablet, made, at)

    @cached_property
    def _sent(self) -> dict[str, int]:
        return {}

    def _operations(
        self, tablet: Tablet, lesson: Lesson, given: Mapping[str, object]
    ) -> Iterator[Sent]:
        when = {"at": lesson.ends_at.isoformat(timespec="milliseconds")}
        yield tablet.make("open", value={"lesson_id": str(lesson.id)}, **when)
        yield tablet.set(
            "clock/started", lesson.starts_at.isoformat(timespec="milliseconds"), **when
        )
        for key, level in given.items():
            yield tablet.set(f"rating/{key}/whole", level, **when)
        yield tablet.seal(**when)

    def _tablet_of(self, name: str) -> UUID:
        if name not in self.tablets:
            with self.write() as session:
                made = devices.register(session, "iPad", by=self.school[name], at=self.at(1))
            self.tablets[name] = made.device_id
        return self.tablets[name]

    def _send(self, name: str, tablet: Tablet, made: list[Sent], at: datetime) -> None:
        with self.write() as session:
            envelope = {
                "protocol": 1,
                "device_id": str(tablet.device_id),
                "person_id": str(self.school[name].id),
                "epoch": str(stored.epoch(session)),
                "batch_id": str(uuid4()),
                "sent_at": at.isoformat(timespec="milliseconds"),
                "acknowledged_through": made[0]["device_seq"] - 1,
                "operations": made,
            }
            answer = capture.receive(session, read_batch(envelope), by=self.school[name], at=at)
        assert isinstance(answer, Answer)
        assert {verdict.status for verdict in answer.verdicts} == {"accepted"}, answer.verdicts

    # the year, in four parts

    def baseline(self) -> None:
        """Weeks 1 to 5: everybody but the head in the browser looks at their own observing."""
        for name in HEADS:
            if name != BROWSER:
                self.looks(name, name, Moment.BASELINE, 2)
                self.did("own-baseline", [name])
        self.meets("first-workshop", 4, but=MISSED)
        for name in HEADS:
            self.looks(name, self.adviser[name], Moment.BASELINE, 5)
            self.did("adviser-baseline", [name])

    def practises(self, week: int) -> None:
        """A lesson of each head in their own school, alone."""
        for name in HEADS:
            self.observes(week, name, name)
            self.did("practice", [name])

    def pairs(self, week: int) -> None:
        """A lesson of each head beside their adviser."""
        for name in HEADS:
            self.observes(week, name, name, self.adviser[name])
            self.did("paired", [name])

    def visits(self, week: int, *, ahead: int, beside_head: bool, but: str = "") -> None:
        """Each head observes at another school, beside the head or the adviser there."""
        for place, name in enumerate(HEADS):
            where = HEADS[(place + ahead) % len(HEADS)]
            beside = where if beside_head else self.adviser[where]
            if name != but:
                self.observes(week, where, beside, name)
                self.did("visits", [name])
                self.did("practice", [where] if beside_head else [])

    def reads_work(self, week: int) -> None:
        """Each head reads pupils' work."""
        for name in HEADS:
            self.observes(week, name, name, rubric=WORK)
            self.did("scrutiny", [name])

    def more_pairs(self, weeks: Iterable[int]) -> None:
        """The three whose eyes the generator knows best observe beside advisers of other schools too."""
        for week in weeks:
            for place, name in enumerate(WATCHED):
                other = ADVISERS[(week + place) % len(ADVISERS)]
                self.observes(week, name, name, other)
                self.did("paired" if other == self.adviser[name] else "practice", [name])

    def looks_back(self) -> None:
        """Weeks 36 and 37: everybody but the head in the browser looks again, and advisers suggest."""
        for name in HEADS:
            if name != BROWSER:
                self.looks(name, name, Moment.FINAL, 36)
                self.did("own-end", [name])
            self.looks(name, self.adviser[name], Moment.FINAL, 37)
            self.did("final", [name])

    def signs_off(self) -> None:
        """Week 39: every adviser signs, but for one head."""
        for name in HEADS:
            if name != NOT_SIGNED:
                self.signs(name, 39)

    def opens_figures(self) -> None:
        """Those whose eyes the generator knows best have looked at their own figures."""
        with self.write() as session:
            for name in WATCHED:
                figures.note_opened(session, self.school[name].id, at=self.at(40))
