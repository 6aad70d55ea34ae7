"""A programme under way: stages move by what people do, and only attendance and sign-off are said by hand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import event, select

from observe.core.assessing import Moment
from observe.core.errors import Conflict, Invalid, Missing, Refused
from observe.core.exercises import Mode, Use
from observe.core.permissions import Person, Role, RoleKind
from observe.core.programme import Counts, EvidenceKind, GroupSize, Programme, StageKind
from observe.core.programme_standing import StageState
from observe.services import (
    programme_beginning,
    programme_members,
    programme_progress,
    programme_settings,
    programme_signing,
    revealing,
    summary_review,
    workshops,
)
from observe.storage import programmes
from observe.storage.tables import people
from observe.storage.tables.history import HistoryLine
from observe.storage.tables.lessons import Lesson, Pair
from tests.exercising import LEVELS, published, taken
from tests.factories import NOW, School, a_network, a_person
from tests.letters import released, submitted
from tests.programmes import (
    CASCADE,
    STARTS,
    TODAY,
    YEAR,
    a_season,
    a_workshop,
    begun,
    counted,
    looked_at,
    progress,
)
from tests.talks import LATER, a_talk, same, seal

GAVE = same()


def state(school: School, stage: str, who: str = "Sion", *, today: date = TODAY) -> StageState:
    found = progress(school, who, today=today).standing(stage)
    assert found is not None
    return found.state


def another_school(school: School, *, name: str = "Fellside") -> UUID:
    with school.database.write(school.network_id) as session:
        other = people.School(id=UUID(int=len(name)), name=name)
        session.add(other)
        return other.id


def at_school(school: School, lesson_id: UUID, school_id: UUID) -> None:
    with school.database.write(school.network_id) as session:
        row = session.get_one(Lesson, (school.network_id, lesson_id))
        row.school_id, row.team_id, row.class_id = school_id, None, None


def history(school: School, programme_id: UUID) -> list[str]:
    with school.database.read(school.network_id) as session:
        query = select(HistoryLine.did).where(HistoryLine.thing_id == str(programme_id))
        return list(session.scalars(query))


def test_a_sealed_pair_moves_the_stage_on(school: School) -> None:
    begun(school)
    a_talk(school, {"Sion": GAVE, "Ruth": GAVE})
    assert counted(school, "paired") == 1


def test_nothing_counts_of_a_pair_before_both_have_sealed(school: School) -> None:
    begun(school)
    a_talk(school, {"Sion": GAVE, "Ruth": GAVE}, sealed=False)
    assert [each.done for each in progress(school).standings] == [0] * len(YEAR.stages)


def test_a_lesson_beside_an_adviser_is_paired_and_one_alone_is_practice(school: School) -> None:
    begun(school)
    a_talk(school, {"Sion": GAVE})
    a_talk(school, {"Sion": GAVE, "Helen": GAVE})
    a_talk(school, {"Sion": GAVE, "Ruth": GAVE})
    assert (counted(school, "practice"), counted(school, "paired")) == (2, 1)


def test_a_pair_that_was_opened_early_is_no_paired_lesson(school: School) -> None:
    begun(school)
    lesson = a_talk(school, {"Sion": GAVE, "Ruth": GAVE})
    with school.database.write(school.network_id) as session:
        session.get_one(Pair, (school.network_id, lesson.id)).blind = False
    assert counted(school, "paired") == 0


def test_a_lesson_whose_partner_never_came_is_one_that_was_observed_alone(school: School) -> None:
    begun(school)
    lesson = a_talk(school, {"Sion": GAVE, "Ruth": GAVE}, sealed=False)
    with school.database.write(school.network_id) as session:
        seal(session, lesson, "Sion")
    assert (counted(school, "practice"), counted(school, "paired")) == (0, 0)
    with school.database.write(school.network_id) as session:
        revealing.waive(session, lesson.id, school["Ruth"].id, by=school["Helen"], at=LATER)
    assert (counted(school, "practice"), counted(school, "paired")) == (1, 0)


def test_a_summary_counts_for_its_author_while_it_is_out(school: School) -> None:
    counts = Counts(evidence=EvidenceKind.SUMMARY)
    begun(school, a_season(stages=(replace(a_season().stages[1], needed=1, counts=counts),)))
    submitted(school, teacher="Aisha")
    assert counted(school, "practise") == 0
    summary_id = released(school)
    assert counted(school, "practise") == 1
    with school.database.write(school.network_id) as session:
        summary_review.recall(session, summary_id, by=school["Sion"], at=LATER)
    assert counted(school, "practise") == 0


def test_a_test_counts_when_it_is_near_enough_to_the_reference(school: School) -> None:
    counts = Counts(evidence=EvidenceKind.EXERCISE, mode=Mode.TEST, same=75)
    tested = replace(a_season().stages[0], kind=StageKind.EXERCISE, counts=counts)
    begun(school, a_season(stages=(tested,)), members=("Sion", "Helen"))
    exercise = published(school, use=Use.TEST)
    taken(school, exercise, "Sion", LEVELS | {"routines": 2})
    taken(school, exercise, "Helen", LEVELS | {"routines": 2, "behaviour": 1})
    assert (counted(school, "meet"), counted(school, "meet", "Helen")) == (1, 0)


def test_a_cancelled_lesson_and_somebody_elses_count_for_nothing(school: School) -> None:
    begun(school)
    a_person(school, "Elin Hughes", RoleKind.HEAD)
    a_talk(school, {"Elin": GAVE})
    lesson = a_talk(school, {"Sion": GAVE})
    with school.database.write(school.network_id) as session:
        session.get_one(Lesson, (school.network_id, lesson.id)).cancelled_at = LATER
    assert counted(school, "practice") == 0


def test_what_was_observed_before_the_programme_began_does_not_count(school: School) -> None:
    begun(school, starts_on=TODAY - timedelta(weeks=3))
    a_talk(school, {"Sion": GAVE}, at=LATER - timedelta(weeks=5))
    a_talk(school, {"Sion": GAVE})
    assert counted(school, "practice") == 1


def test_pupils_work_counts_where_pupils_work_is_asked(school: School) -> None:
    begun(school)
    a_talk(school, {"Sion": GAVE}, rubric="work-scrutiny")
    assert (counted(school, "scrutiny"), counted(school, "practice")) == (1, 0)


def test_visits_are_to_two_schools_other_than_ones_own(school: School) -> None:
    begun(school)
    away = another_school(school)
    for _time in range(2):
        at_school(school, a_talk(school, {"Sion": GAVE, "Ruth": GAVE}).id, away)
    a_talk(school, {"Sion": GAVE, "Ruth": GAVE})
    assert (counted(school, "visits"), counted(school, "paired")) == (1, 1)
    further = another_school(school, name="Hafren High")
    at_school(school, a_talk(school, {"Sion": GAVE, "Ruth": GAVE}).id, further)
    assert counted(school, "visits") == 2


def test_lessons_at_the_school_that_one_came_from_are_no_visits(school: School) -> None:
    begun(school)
    away = another_school(school)
    a_talk(school, {"Sion": GAVE})
    with school.database.write(school.network_id) as session:
        query = select(people.Role).where(people.Role.person_id == school["Sion"].id)
        session.scalars(query).one().school_id = away
    assert (counted(school, "practice"), counted(school, "visits")) == (1, 0)


def test_a_look_at_ones_observing_counts_at_its_moment_once_it_is_sealed(school: School) -> None:
    begun(school)
    looked_at(school, "Sion", "Sion")
    assert (state(school, "own-baseline"), counted(school, "own-end")) == (StageState.DONE, 0)
    assert counted(school, "adviser-baseline") == 0
    looked_at(school, "Sion", "Ruth")
    assert counted(school, "adviser-baseline") == 1


def test_being_at_a_workshop_is_what_somebody_says(school: School) -> None:
    programme_id = begun(school)
    with school.database.write(school.network_id) as session:
        a_workshop(session, school, programme_id, "first-workshop", [school["Sion"].id])
    assert state(school, "first-workshop") is StageState.DONE


def test_a_workshop_that_was_cancelled_counts_for_nobody(school: School) -> None:
    programme_id, by = begun(school), school["Margaret"]
    with school.database.write(school.network_id) as session:
        held = a_workshop(session, school, programme_id, "first-workshop", [school["Sion"].id])
        workshops.cancel(session, held, "Snow", by=by, at=NOW)
    assert counted(school, "first-workshop") == 0


def test_a_head_trains_others_once_they_lead_a_group(school: School) -> None:
    counts = Counts(evidence=EvidenceKind.TRAINING)
    trains = replace(a_season().stages[0], kind=StageKind.TRAINING_OTHERS, counts=counts)
    begun(school, a_season(stages=(trains,)))
    assert counted(school, "meet") == 0
    begun(school, CASCADE, members=("Helen",), by="Sion")
    assert counted(school, "meet") == 1


def test_the_final_stage_waits_for_the_advisers_word(school: School) -> None:
    programme_id = begun(school, a_season())
    who = school["Sion"].id
    with school.database.write(school.network_id) as session, pytest.raises(Conflict):
        programme_signing.sign_off(session, programme_id, who, "end", by=school["Ruth"], at=NOW)
    a_talk(school, {"Sion": GAVE, "Ruth": GAVE})
    assert state(school, "end") is StageState.TO_SIGN
    with school.database.write(school.network_id) as session:
        (waits,) = programme_signing.waiting(session, by=school["Ruth"], at=NOW)
        assert (waits.member.person_id, waits.standing.stage.stage) == (who, "end")
        for _twice in range(2):
            programme_signing.sign_off(session, programme_id, who, "end", by=school["Ruth"], at=NOW)
    assert state(school, "end") is StageState.DONE
    assert history(school, programme_id).count("stage signed off") == 1


@pytest.mark.parametrize("who", ["Margaret", "Sion", "Helen"])
def test_nobody_but_who_is_named_signs_a_stage_off(school: School, who: str) -> None:
    programme_id = begun(school, a_season())
    a_talk(school, {"Sion": GAVE, "Ruth": GAVE})
    with school.database.write(school.network_id) as session, pytest.raises(Refused):
        programme_signing.sign_off(
            session, programme_id, school["Sion"].id, "end", by=school[who], at=NOW
        )


def test_only_who_signed_off_takes_it_back(school: School) -> None:
    programme_id, who = begun(school, a_season()), school["Sion"].id
    a_talk(school, {"Sion": GAVE, "Ruth": GAVE})
    a_person(school, "Owen Pugh", RoleKind.ADVISER)
    with school.database.write(school.network_id) as session:
        programme_signing.sign_off(session, programme_id, who, "end", by=school["Ruth"], at=NOW)
        with pytest.raises(Refused, match="Only who signed"):
            programme_signing.undo(session, programme_id, who, "end", by=school["Owen"], at=NOW)
        programme_signing.undo(session, programme_id, who, "end", by=school["Ruth"], at=NOW)
    assert state(school, "end") is StageState.TO_SIGN


def test_a_new_member_joins_a_part_and_may_join_the_rest_later(school: School) -> None:
    programme_id = begun(school, members=())
    a_talk(school, {"Sion": GAVE})
    with school.database.write(school.network_id) as session:
        programme_members.add_member(
            session,
            programme_id,
            school["Sion"].id,
            stages=["visits"],
            by=school["Margaret"],
            at=NOW,
        )
    assert [each.stage.stage for each in progress(school).standings] == ["visits"]
    with school.database.write(school.network_id) as session:
        programme_members.join_part(
            session, programme_id, school["Sion"].id, None, by=school["Margaret"], at=NOW
        )
    assert counted(school, "practice") == 1, "what they did before counts"


def test_a_part_is_made_of_stages_that_there_are(school: School) -> None:
    programme_id = begun(school)
    for stages in ([], ["visits", "nothing"]):
        with school.database.write(school.network_id) as session, pytest.raises(Invalid):
            programme_members.join_part(
                session, programme_id, school["Sion"].id, stages, by=school["Margaret"], at=NOW
            )


def test_whoever_is_taken_out_and_put_in_again_stands_where_they_stood(school: School) -> None:
    programme_id, who, by = begun(school), school["Sion"].id, school["Margaret"]
    a_talk(school, {"Sion": GAVE})
    with school.database.write(school.network_id) as session:
        programme_members.remove_member(session, programme_id, who, by=by, at=NOW)
        assert programme_progress.of_person(session, who, TODAY).programmes == ()
        with pytest.raises(Missing):
            programme_members.member(session, programme_id, who)
        programme_members.add_member(session, programme_id, who, by=by, at=NOW)
    assert counted(school, "practice") == 1


def test_a_teacher_and_a_stranger_are_not_put_into_a_programme(school: School) -> None:
    programme_id = begun(school)
    for who in (school["Catrin"].id, school["Ruth"].id, UUID(int=7)):
        with school.database.write(school.network_id) as session, pytest.raises(Invalid):
            programme_members.add_member(session, programme_id, who, by=school["Margaret"], at=NOW)


def test_a_head_leads_the_cascade_for_the_team_leaders_of_their_school(school: School) -> None:
    elsewhere = another_school(school)
    far = a_person(school, "Elin Hughes", RoleKind.LEADER)
    with school.database.write(school.network_id) as session:
        query = select(people.Role).where(people.Role.person_id == far.id)
        row = session.scalars(query).one()
        row.school_id, row.team_id = elsewhere, None
    programme_id = begun(school, CASCADE, members=("Helen",), by="Sion")
    with school.database.read(school.network_id) as session:
        group = programme_progress.of_group(session, programme_id, TODAY)
        assert programme_members.candidates(session, programme_id) == []
    assert (group.under_way.school, group.size) == ("Thornbeck Primary", GroupSize.SMALL)
    a_talk(school, {"Helen": GAVE, "Sion": GAVE})
    assert counted(school, "paired", "Helen") == 1


@pytest.mark.parametrize(("programme", "who"), [(YEAR, "Sion"), (CASCADE, "Margaret")])
def test_a_programme_is_led_by_whom_its_file_says(
    school: School, programme: Programme, who: str
) -> None:
    with pytest.raises(Invalid, match="is led by"):
        begun(school, programme, members=(), by=who)


def test_a_head_of_two_schools_says_at_which_they_train(school: School) -> None:
    away, head = another_school(school), school["Sion"]
    school.people["Sion"] = Person(
        head.id, head.network_id, head.name, (*head.roles, Role(RoleKind.HEAD, away))
    )
    with pytest.raises(Invalid, match="Choose one of the schools"):
        begun(school, CASCADE, members=(), by="Sion")


def test_a_version_that_was_taken_up_keeps_its_words(school: School) -> None:
    begun(school, a_season(), members=())
    begun(school, a_season(), members=())
    with pytest.raises(Conflict, match="next version number"):
        begun(school, a_season(title="Another"), members=())
    begun(school, a_season(title="Another", version=2), members=())
    with school.database.read(school.network_id) as session:
        assert [each.version for each in programmes.versions(session)] == [1, 2]
        offered = programme_beginning.offered(session, by=school["Margaret"])
    assert {each.title for each in offered} == {"A season", "Another", YEAR.title}


def test_every_stage_moves_with_the_first_day(school: School) -> None:
    programme_id, by = begun(school), school["Margaret"]
    with school.database.write(school.network_id) as session:
        before = programmes.find(session, programme_id)
        programme_settings.move(session, programme_id, STARTS + timedelta(days=7), by=by, at=NOW)
        after = programmes.find(session, programme_id)
    assert after.ends_on - before.ends_on == timedelta(days=7)
    assert sorted(history(school, programme_id)) == ["begun", "member added", "moved"]


def test_a_stage_has_days_of_its_own_within_its_programme(school: School) -> None:
    programme_id, by = begun(school), school["Margaret"]
    last = TODAY - timedelta(days=1)
    with school.database.write(school.network_id) as session:
        for opens_on, due_on in ((STARTS - timedelta(days=1), last), (last, STARTS)):
            with pytest.raises(Invalid):
                programme_settings.change_dates(
                    session, programme_id, "visits", opens_on=opens_on, due_on=due_on, by=by, at=NOW
                )
        programme_settings.change_dates(
            session, programme_id, "visits", opens_on=STARTS, due_on=last, by=by, at=NOW
        )
    assert state(school, "visits") is StageState.OVERDUE


def test_a_programme_that_ended_asks_nobody_and_can_go_on(school: School) -> None:
    programme_id, by = begun(school), school["Margaret"]
    with school.database.write(school.network_id) as session:
        programme_settings.end(session, programme_id, by=by, at=NOW)
        assert programme_progress.of_person(session, school["Sion"].id, TODAY).programmes == ()
        assert programme_progress.of_group(session, programme_id, TODAY).people
        programme_settings.reopen(session, programme_id, by=by, at=NOW)
        assert programme_progress.of_person(session, school["Sion"].id, TODAY).programmes


def test_whoever_looks_after_the_group_sees_who_is_overdue_first(school: School) -> None:
    a_person(school, "Anwen Bowen", RoleKind.HEAD)
    programme_id = begun(school, a_season(), members=("Anwen", "Sion"), starts_on=STARTS)
    first = STARTS + timedelta(weeks=9)
    for day in range(2):
        a_talk(school, {"Anwen": GAVE}, at=LATER - timedelta(weeks=4, days=day))
    with school.database.write(school.network_id) as session:
        a_workshop(session, school, programme_id, "meet", [school["Anwen"].id])
        group = programme_progress.of_group(session, programme_id, first)
    assert [each.member.name for each in group.people] == ["Siôn Prydderch", "Anwen Bowen"]
    meet = group.stages()[0]
    assert (meet.joined, meet.by_state[StageState.DONE], meet.by_state[StageState.OVERDUE]) == (
        2,
        1,
        1,
    )


def test_an_adviser_sees_the_heads_of_their_schools_and_no_others(school: School) -> None:
    begun(school)
    with school.database.read(school.network_id) as session:
        (mine,) = programme_progress.of_my_heads(session, school["Ruth"], TODAY)
        stranger = Person(
            UUID(int=1), school.network_id, "Owen", (Role(RoleKind.ADVISER, UUID(int=2)),)
        )
        assert programme_progress.of_my_heads(session, stranger, TODAY) == ()
    assert mine.person_id == school["Sion"].id


def test_another_network_has_no_part_in_a_programme(school: School) -> None:
    programme_id = begun(school)
    other = a_network(school.database, name="Other")
    with other.database.read(other.network_id) as session:
        assert programmes.every(session) == []
        with pytest.raises(Missing):
            programmes.find(session, programme_id)


def test_a_group_is_handed_to_somebody_who_may_lead_it(school: School) -> None:
    programme_id, by = begun(school), school["Margaret"]
    a_person(school, "Gwen Ellis", RoleKind.FACILITATOR)
    with school.database.write(school.network_id) as session:
        with pytest.raises(Invalid):
            programme_settings.hand_over(session, programme_id, school["Sion"].id, by=by, at=NOW)
        programme_settings.hand_over(session, programme_id, school["Gwen"].id, by=by, at=NOW)
        assert programmes.find(session, programme_id).leader == "Gwen Ellis"


def statements(school: School, members: Sequence[str]) -> int:
    """How many statements the page of a group takes with these members."""
    programme_id = begun(school, members=tuple(members))
    asked: list[str] = []
    with school.database.read(school.network_id) as session:
        listen = lambda *told: asked.append(told[2])  # noqa: E731
        event.listen(school.database.engine, "before_cursor_execute", listen)
        programme_progress.of_group(session, programme_id, TODAY)
        event.remove(school.database.engine, "before_cursor_execute", listen)
    return len(asked)


def test_a_group_takes_no_more_questions_to_the_database_when_it_is_larger(school: School) -> None:
    one = statements(school, ["Sion"])
    for name in ("Anwen", "Bethan", "Carys"):
        a_person(school, f"{name} Bowen", RoleKind.HEAD)
    a_talk(school, {"Anwen": GAVE, "Ruth": GAVE})
    assert statements(school, ["Sion", "Anwen", "Bethan", "Carys"]) == one


def test_the_moments_of_an_assessment_are_those_of_the_form() -> None:
    moments = {stage.counts.moment for each in (YEAR, CASCADE) for stage in each.stages}
    assert moments <= {"", *Moment}
