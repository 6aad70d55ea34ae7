"""What counts in a programme, how a stage stands, and what comes next."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe.core.permissions import Person, Role, RoleKind
from observe.core.programme import (
    Beside,
    Counts,
    EvidenceKind,
    GroupSize,
    Leads,
    Programme,
    Signer,
    Stage,
    StageKind,
    Taker,
    Where,
)
from observe.core.programme_group import Member, UnderWay, may_sign
from observe.core.programme_json import as_json, from_json, programme_digest
from observe.core.programme_standing import (
    Dated,
    Done,
    Evidence,
    Signed,
    StageState,
    next_up,
    standing,
    standings,
)
from observe.core.rubric import LessonKind
from observe.services.programme_beginning import shipped

START = date(2026, 9, 7)
TODAY = START + timedelta(weeks=10)
LESSONS = Counts(evidence=EvidenceKind.LESSON)
YEAR, CASCADE = shipped()


def a_stage(counts: Counts = LESSONS, **asked: object) -> Stage:
    told: dict[str, object] = {"stage": "practice", "needed": 2, "by_week": 20} | asked
    kind = StageKind.PRACTICE_LESSON
    return Stage(title="Practice", kind=kind, counts=counts, **told)  # type: ignore[arg-type]


def dated(stage: Stage) -> Dated:
    return Dated(stage, stage.opens_on(START), stage.due_on(START))


def a_lesson(week: int = 5, **seen: Any) -> Evidence:
    day = START + timedelta(weeks=week - 1)
    kind = EvidenceKind.LESSON
    return Evidence(kind=kind, day=day, id=uuid4(), lesson_kind="lesson", **seen)


def state(stage: Stage, *evidence: Evidence, today: date = TODAY) -> StageState:
    return standing(dated(stage), evidence, today).state


def test_a_stage_is_done_when_its_evidence_is_there_and_nobody_ticks_it() -> None:
    found = standing(dated(a_stage()), [a_lesson(5), a_lesson(7)], TODAY)
    assert (found.state, found.done) == (StageState.DONE, 2)
    assert found.done_on == START + timedelta(weeks=6)


def test_what_was_done_before_the_stage_began_does_not_count() -> None:
    stage = a_stage(from_week=4)
    found = standing(dated(stage), [a_lesson(3), a_lesson(4)], TODAY)
    assert (found.done, found.complete) == (1, False)


def test_more_than_is_asked_is_no_more_than_done() -> None:
    found = standing(dated(a_stage()), [a_lesson(week) for week in (7, 5, 6)], TODAY)
    assert (found.done, len(found.evidence_ids)) == (2, 3)
    assert found.done_on == START + timedelta(weeks=5), "the second in order of time"


def test_the_last_day_is_in_time_and_the_day_after_is_overdue() -> None:
    stage = a_stage(by_week=20)
    due = stage.due_on(START)
    assert due == START + timedelta(weeks=20, days=-1)
    assert state(stage, today=due) is StageState.SOON
    assert state(stage, today=due + timedelta(days=1)) is StageState.OVERDUE
    assert state(stage, a_lesson(), today=due - timedelta(days=15)) is StageState.OPEN


def test_a_stage_that_has_not_begun_is_for_later() -> None:
    assert state(a_stage(from_week=15)) is StageState.LATER


def test_evidence_that_is_all_there_waits_for_the_sign_off_even_when_it_is_late() -> None:
    stage = a_stage(signed_off_by=Signer.ADVISER)
    late = stage.due_on(START) + timedelta(days=9)
    both = [a_lesson(5), a_lesson(7)]
    assert standing(dated(stage), both, late).state is StageState.TO_SIGN
    found = standing(dated(stage), both, late, signed=Signed(uuid4(), late))
    assert (found.state, found.done_on) == (StageState.DONE, late)


def test_a_sign_off_alone_does_nothing() -> None:
    stage = a_stage(signed_off_by=Signer.ADVISER)
    found = standing(dated(stage), [a_lesson()], TODAY, signed=Signed(uuid4(), TODAY))
    assert (found.state, found.signed) == (StageState.OPEN, None)


FITTING = {
    "a lesson": (LESSONS, {}, True),
    "a lesson of the kind": (replace(LESSONS, lesson_kind=LessonKind.LESSON), {}, True),
    "a lesson of another kind": (replace(LESSONS, lesson_kind=LessonKind.WORK_SAMPLE), {}, False),
    "a lesson with the rubric": (replace(LESSONS, rubric="talk"), {"rubric": "talk"}, True),
    "a lesson with another rubric": (replace(LESSONS, rubric="talk"), {"rubric": "look"}, False),
    "at home where home is asked": (replace(LESSONS, where=Where.OWN), {}, True),
    "away where home is asked": (
        replace(LESSONS, where=Where.OWN),
        {"at_own_school": False},
        False,
    ),
    "away where a visit is asked": (
        replace(LESSONS, where=Where.OTHER),
        {"at_own_school": False},
        True,
    ),
    "alone where nobody may be there": (replace(LESSONS, beside=(Beside.NOBODY,)), {}, True),
    "in company where nobody may be there": (
        replace(LESSONS, beside=(Beside.NOBODY,)),
        {"beside": frozenset({"adviser"})},
        False,
    ),
    "beside an adviser": (
        replace(LESSONS, beside=(Beside.ADVISER,)),
        {"beside": frozenset({"adviser", "leader"})},
        True,
    ),
    "beside somebody else": (
        replace(LESSONS, beside=(Beside.ADVISER,)),
        {"beside": frozenset({"leader"})},
        False,
    ),
    "a pair": (Counts(evidence=EvidenceKind.PAIR), {"beside": frozenset({"head"})}, True),
    "one observer is no pair": (Counts(evidence=EvidenceKind.PAIR), {}, False),
    "a pair that was opened early": (
        Counts(evidence=EvidenceKind.PAIR),
        {"beside": frozenset({"head"}), "blind": False},
        False,
    ),
    "a talk that is not finished": (
        Counts(evidence=EvidenceKind.PAIR, closed=True),
        {"beside": frozenset({"head"})},
        False,
    ),
    "a summary that is out": (Counts(evidence=EvidenceKind.SUMMARY), {"released": True}, True),
    "a summary that is not out": (Counts(evidence=EvidenceKind.SUMMARY), {}, False),
}


@pytest.mark.parametrize(("counts", "seen", "counted"), FITTING.values(), ids=list(FITTING))
def test_a_lesson_counts_only_where_it_is_what_the_stage_asks_for(
    counts: Counts, seen: dict[str, Any], counted: bool
) -> None:
    found = standing(dated(a_stage(counts, needed=1)), [a_lesson(**seen)], TODAY)
    assert found.complete is counted


def test_two_visits_to_one_school_are_one() -> None:
    counts = Counts(evidence=EvidenceKind.LESSON, different_schools=True)
    here, there = uuid4(), uuid4()
    once = [a_lesson(5, school_id=here), a_lesson(6, school_id=here)]
    assert standing(dated(a_stage(counts)), once, TODAY).done == 1
    assert standing(dated(a_stage(counts)), [*once, a_lesson(7, school_id=there)], TODAY).complete


def test_a_workshop_counts_for_its_own_stage_whatever_the_day() -> None:
    counts = Counts(evidence=EvidenceKind.ATTENDANCE)
    there = Evidence(kind=EvidenceKind.ATTENDANCE, day=START, stage="practice")
    stage = a_stage(counts, needed=1, from_week=3)
    assert standing(dated(stage), [there], TODAY).complete
    assert not standing(dated(stage), [replace(there, stage="other")], TODAY).complete


def test_an_assessment_counts_for_its_moment() -> None:
    counts = Counts(evidence=EvidenceKind.ASSESSMENT, moment="final")
    first = Evidence(kind=EvidenceKind.ASSESSMENT, day=START, moment="baseline")
    stage = a_stage(counts, needed=1)
    assert not standing(dated(stage), [first], TODAY).complete
    assert standing(dated(stage), [replace(first, moment="final")], TODAY).complete


@pytest.mark.parametrize(("same", "passed"), [(None, False), (59.9, False), (60.0, True)])
def test_a_test_counts_once_it_is_as_near_the_reference_as_asked(
    same: float | None, passed: bool
) -> None:
    counts = Counts(evidence=EvidenceKind.EXERCISE, same=60)
    taken = Evidence(kind=EvidenceKind.EXERCISE, day=START, mode="test", same=same)
    assert standing(dated(a_stage(counts, needed=1)), [taken], TODAY).complete is passed


IN_ORDER = (
    dated(a_stage(stage="first", needed=1)),
    dated(a_stage(stage="second", needed=1, after=("first",), counts=LESSONS, from_week=2)),
)


def test_a_stage_that_comes_after_another_is_offered_when_that_has_its_evidence() -> None:
    first, second = standings(IN_ORDER, Done(), TODAY)
    assert (first.state, second.state) == (StageState.OPEN, StageState.LATER)
    assert second.waits_for == ("first",)
    after = standings(IN_ORDER, Done(evidence=(a_lesson(1),)), TODAY)
    assert [each.state for each in after] == [StageState.DONE, StageState.OPEN]


def test_whoever_joins_a_part_is_asked_for_that_part_and_does_not_wait_for_the_rest() -> None:
    (only,) = standings(IN_ORDER, Done(joins=frozenset({"second"})), TODAY)
    assert (only.stage.stage, only.state) == ("second", StageState.OPEN)


def test_what_is_overdue_comes_first_and_then_what_is_due_first() -> None:
    stages = [
        dated(a_stage(stage=name, by_week=week)) for name, week in (("c", 30), ("b", 11), ("a", 9))
    ]
    found = next_up(standings(stages, Done(), TODAY))
    assert [each.stage.stage for each in found] == ["a", "b", "c"]


EVIDENCE = st.lists(
    st.builds(
        a_lesson,
        st.integers(1, 60),
        beside=st.frozensets(st.sampled_from(["adviser", "head", "other"])),
        at_own_school=st.booleans(),
        school_id=st.sampled_from([UUID(int=n) for n in range(3)]),
        blind=st.booleans(),
        released=st.booleans(),
    )
)


@given(EVIDENCE, st.builds(a_lesson, st.integers(1, 60)))
def test_one_lesson_more_never_takes_anything_back(found: list[Evidence], more: Evidence) -> None:
    stages = [Dated(s, s.opens_on(START), s.due_on(START)) for s in YEAR.stages]
    before = standings(stages, Done(evidence=tuple(found)), TODAY)
    after = standings(stages, Done(evidence=(*found, more)), TODAY)
    assert all(late.done >= early.done for early, late in zip(before, after, strict=True))


@given(EVIDENCE)
def test_in_the_shipped_programmes_a_lesson_counts_for_one_stage_at_most(
    found: list[Evidence],
) -> None:
    stages = [Dated(s, START, s.due_on(START)) for s in YEAR.stages]
    counted = [
        e.id
        for each in standings(stages, Done(evidence=tuple(found)), TODAY)
        for e in each.evidence
    ]
    twice = {each for each in counted if counted.count(each) > 1}
    three = {e.id for e in found if len(e.beside) > 1}
    assert twice <= three, "only a lesson with two others can be practice and paired at once"


def test_the_year_is_what_was_asked_for() -> None:
    asked = [(each.kind, each.needed) for each in YEAR.stages]
    assert asked.count((StageKind.WORKSHOP, 1)) == 2
    for kind, needed in (
        (StageKind.SELF_EVALUATION, 1),
        (StageKind.ASSESSMENT, 1),
        (StageKind.PRACTICE_LESSON, 3),
        (StageKind.PAIRED_LESSON, 3),
        (StageKind.WORK_SCRUTINY, 1),
        (StageKind.VISIT, 2),
        (StageKind.FINAL_ASSESSMENT, 1),
    ):
        assert (kind, needed) in asked
    assert (YEAR.led_by, YEAR.then) == (Leads.FACILITATOR, CASCADE.programme)
    assert (CASCADE.led_by, CASCADE.taken_by) == (Leads.HEAD, Taker.LEADERS)


@pytest.mark.parametrize("programme", [YEAR, CASCADE], ids=["year", "cascade"])
def test_a_programme_comes_back_from_json_as_it_was(programme: Programme) -> None:
    again = from_json(as_json(programme))
    assert again == programme
    assert programme_digest(again) == programme_digest(programme)


@pytest.mark.parametrize(
    ("people", "size"), [(7, GroupSize.SMALL), (8, GroupSize.FITS), (21, GroupSize.LARGE)]
)
def test_a_group_outside_8_to_20_is_said_not_refused(people: int, size: GroupSize) -> None:
    assert YEAR.size(people) is size


NETWORK, SCHOOL = uuid4(), uuid4()
LEADER, HEAD = uuid4(), uuid4()
UNDER_WAY = UnderWay(
    id=uuid4(),
    name="This year",
    digest="",
    programme=YEAR,
    starts_on=START,
    led_by=LEADER,
    leader="Margaret",
    school_id=None,
    school="",
    dates=IN_ORDER,
)
MEMBER = Member(
    programme_id=UNDER_WAY.id,
    person_id=HEAD,
    name="Siôn",
    stages=None,
    schools=frozenset({SCHOOL}),
)


def signs(person_id: UUID, signer: Signer | None, *roles: Role) -> bool:
    stage = a_stage(signed_off_by=signer)
    return may_sign(Person(person_id, NETWORK, "Somebody", roles), UNDER_WAY, MEMBER, stage)


def test_a_stage_is_signed_off_by_whom_it_names_and_by_nobody_else() -> None:
    adviser = Role(RoleKind.ADVISER, SCHOOL)
    assert signs(uuid4(), Signer.ADVISER, adviser)
    assert not signs(uuid4(), Signer.ADVISER, Role(RoleKind.ADVISER, uuid4()))
    assert signs(uuid4(), Signer.FACILITATOR, Role(RoleKind.FACILITATOR))
    assert not signs(uuid4(), Signer.FACILITATOR, adviser)
    assert signs(LEADER, Signer.LEAD)
    assert not signs(uuid4(), Signer.LEAD, Role(RoleKind.FACILITATOR))
    assert not signs(LEADER, None)


def test_nobody_signs_for_themselves() -> None:
    assert not signs(HEAD, Signer.FACILITATOR, Role(RoleKind.FACILITATOR))
