"""Exercises: two experts make the reference apart, observers are compared with it and with nobody else."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from observe.core.errors import Conflict, Invalid, Missing, TooLarge, TooOften
from observe.core.exercises import Given, Mode, Settled, Shown, Use, Value
from observe.core.permissions import may
from observe.services import (
    exercise_groups,
    exercise_results,
    exercise_takings,
    exercises,
    practice,
)
from observe.storage import exercise_takings as kept
from observe.storage.tables.calibration import CellCount, LessonCount, PairedLesson, PairedRating
from observe.storage.tables.history import HistoryLine
from tests.exercising import (
    LEVELS,
    MadeExercise,
    a_group,
    made,
    making,
    observers,
    published,
    rate,
    rated_by_experts,
    taken,
)
from tests.factories import NOW, School

MIXED: dict[str, Value] = {
    "relationships": 3,
    "routines": 4,
    "behaviour": 1,
    "expectations": "not_seen",
}


@pytest.mark.parametrize(
    ("differs", "field"),
    [
        ({"title": ""}, "title"),
        ({"text": " "}, "link"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "data:text/html,x"}, "link"),
        ({"link": "https://"}, "link"),
        ({"link": "https://known@school.example/"}, "link"),
        ({"link": "https://school.example/a b"}, "link"),
        ({"text": "é" * 102_401}, "text"),
        ({"criteria": ()}, "criteria"),
        ({"criteria": ("not-in-this-rubric",)}, "criteria"),
        ({"minutes": 0}, "minutes"),
    ],
)
def test_what_no_exercise_can_be_made_of_is_refused_at_its_field(
    school: School, differs: dict[str, object], field: str
) -> None:
    said = making(school, **differs)
    with (
        pytest.raises((Invalid, TooLarge)) as refusal,
        school.database.write(school.network_id) as session,
    ):
        exercises.make(session, said, by=school["Margaret"], at=NOW)
    assert refusal.value.field == field


def test_an_expert_is_somebody_who_observes_and_the_two_are_two_people(school: School) -> None:
    said = making(school)
    teacher, one = school["Catrin"].id, said.experts[0]
    for experts in ((teacher, one), (one, teacher), (one, one)):
        with pytest.raises(Invalid), school.database.write(school.network_id) as session:
            wrong = replace(said, experts=experts)
            exercises.make(session, wrong, by=school["Margaret"], at=NOW)


def test_experts_compare_only_when_both_have_sealed(school: School) -> None:
    exercise = made(school)
    rated_by_experts(school, exercise, who=[0])
    with school.database.read(school.network_id) as session:
        assert not exercises.thing(session, exercise.id).revealed
        with pytest.raises(Conflict):
            exercises.settling(session, exercise.id)
    rated_by_experts(school, exercise, {**LEVELS, "routines": 1}, who=[1])
    with school.database.read(school.network_id) as session:
        found = exercises.settling(session, exercise.id)
    first = found.compared[0]
    assert (first.criterion.criterion, first.gap) == ("routines", 2)


def test_it_is_published_when_each_criterion_has_a_level_and_then_it_stays(school: School) -> None:
    exercise = made(school)
    rated_by_experts(school, exercise)
    expert = exercise.experts[0]
    with school.database.write(school.network_id) as session:
        with pytest.raises(Conflict):
            exercises.publish(session, exercise.id, by=expert, at=NOW)
        for key in LEVELS:
            exercises.settle(session, exercise.id, key, Settled(2, "so", 0), by=expert, at=NOW)
        exercises.publish(session, exercise.id, by=expert, at=NOW)
        with pytest.raises(Conflict):
            exercises.settle(
                session, exercise.id, "routines", Settled(1, "no", 1), by=expert, at=NOW
            )


def test_the_second_expert_to_save_is_shown_what_the_first_wrote(school: School) -> None:
    exercise = made(school)
    rated_by_experts(school, exercise)
    first, second = exercise.experts
    with school.database.write(school.network_id) as session:
        settle = exercises.settle
        assert (
            settle(session, exercise.id, "routines", Settled(2, "so", 0), by=first, at=NOW) is None
        )
        there = settle(session, exercise.id, "routines", Settled(3, "no", 0), by=second, at=NOW)
        assert there == Settled(2, "so", 1)
        assert (
            settle(session, exercise.id, "routines", Settled(3, "no", 1), by=second, at=NOW) is None
        )


def test_a_mended_exercise_takes_the_place_of_the_old_one_when_it_is_published(
    school: School,
) -> None:
    old = published(school)
    facilitator, said = school["Margaret"], making(school)
    with school.database.write(school.network_id) as session:
        new = exercises.mend(session, old.id, said, by=facilitator, at=NOW)
        assert exercises.about(session, old.id).stage == "published"
    expert = old.experts[0]
    rated_by_experts(school, replace(old, id=new))
    with school.database.write(school.network_id) as session:
        for key in LEVELS:
            exercises.settle(session, new, key, Settled(1, "mended", 0), by=expert, at=NOW)
        exercises.publish(session, new, by=expert, at=NOW)
        before, after = exercises.about(session, old.id), exercises.about(session, new)
    assert (before.stage, after.stage, after.exercise.version) == ("withdrawn", "published", 2)
    assert before.reference["routines"].level == 3


def test_in_practice_the_reference_comes_with_each_rating_which_then_stays(school: School) -> None:
    exercise = published(school)
    head = school["Sion"]
    with school.database.write(school.network_id) as session:
        taking = exercise_takings.begin(session, exercise.id, by=head, at=NOW)
        rate(session, taking.id, {"routines": 2}, by=head)
        rate(session, taking.id, {"routines": 1}, by=head, fixed=True)
        shown = {r.criterion.criterion: r for r in exercise_takings.look(session, taking.id).rows}
        assert shown["routines"].shown is Shown.ALL
        assert shown["routines"].outcome
        assert shown["routines"].outcome.gap == 2
        assert shown["behaviour"].outcome is None
        with pytest.raises(Conflict):
            rate(session, taking.id, {"routines": 3}, by=head)


def test_a_test_shows_nothing_until_it_is_finished_and_never_a_reason(school: School) -> None:
    exercise = published(school, use=Use.TEST)
    head = school["Sion"]
    with school.database.write(school.network_id) as session:
        taking = exercise_takings.begin(session, exercise.id, by=head, at=NOW)
        rate(session, taking.id, MIXED, by=head, fixed=True)
        before = exercise_takings.look(session, taking.id)
        assert all(row.outcome is None for row in before.rows)
        exercise_takings.finish(session, taking.id, by=head, at=NOW)
        after = exercise_takings.look(session, taking.id)
    told = [row.outcome for row in after.rows if row.outcome]
    assert [each.gap for each in told] == [0, 1, 2, None]
    assert not any(each.reason for each in told)


def test_it_is_resumed_where_it_was_left_and_finished_only_when_all_is_rated(
    school: School,
) -> None:
    exercise = published(school, use=Use.TEST)
    head = school["Sion"]
    with school.database.write(school.network_id) as session:
        taking = exercise_takings.begin(session, exercise.id, by=head, at=NOW)
        rate(session, taking.id, {"routines": 2}, by=head, note="slow start")
        with pytest.raises(Conflict):
            exercise_takings.finish(session, taking.id, by=head, at=NOW)
    with school.database.write(school.network_id) as session:
        again = exercise_takings.begin(session, exercise.id, by=head, at=NOW + timedelta(days=3))
        assert again.id == taking.id
        found = exercise_takings.look(session, again.id)
    assert [r.given for r in found.rows if r.given.value] == [Given(2, "slow start")]


def test_experts_do_not_take_their_own_exercise(school: School) -> None:
    exercise = published(school)
    with pytest.raises(Conflict), school.database.write(school.network_id) as session:
        exercise_takings.begin(session, exercise.id, by=exercise.experts[1], at=NOW)


def test_an_exercise_that_is_not_published_cannot_be_taken(school: School) -> None:
    exercise = made(school)
    with pytest.raises(Missing), school.database.write(school.network_id) as session:
        exercise_takings.begin(session, exercise.id, by=school["Sion"], at=NOW)


def test_a_level_that_is_not_in_the_rubric_is_refused(school: School) -> None:
    exercise = published(school)
    with school.database.write(school.network_id) as session:
        taking = exercise_takings.begin(session, exercise.id, by=school["Sion"], at=NOW)
        for wrong in (5, 0, "not_applicable", "3"):
            with pytest.raises(Invalid):
                rate(session, taking.id, {"routines": wrong}, by=school["Sion"])
        with pytest.raises(TooLarge):
            rate(session, taking.id, {"routines": 1}, by=school["Sion"], note="x" * 2001)


def test_a_group_spreads_only_once_it_is_revealed_and_without_names(school: School) -> None:
    exercise = published(school)
    heads = observers(school, 6)
    given = {name: {**LEVELS, "routines": 1 + n % 4} for n, name in enumerate(heads)}
    group_id = a_group(school, exercise, given)
    with school.database.write(school.network_id) as session:
        before = exercise_groups.room(session, group_id)
        assert not before.spreads
        assert before.counted == exercise_groups.Counted(6, 6, 6)
        exercise_groups.reveal(session, group_id, by=school["Margaret"], at=NOW)
        spreads = exercise_groups.room(session, group_id).spreads
    by_key = {each.criterion.criterion: each for each in spreads}
    assert by_key["routines"].counts == (2, 2, 1, 1)
    assert by_key["relationships"].counts == (0, 0, 6, 0)


def test_fewer_than_five_levels_are_told_of_nobody(school: School) -> None:
    exercise = published(school)
    heads = observers(school, 5)
    given = {name: dict(LEVELS) for name in heads}
    given[heads[0]] = {**LEVELS, "routines": "not_seen"}  # type: ignore[dict-item]
    group_id = a_group(school, exercise, given, revealed=True)
    with school.database.read(school.network_id) as session:
        spreads = exercise_groups.room(session, group_id).spreads
    told = {each.criterion.criterion: each.counts for each in spreads}
    assert told["routines"] is None
    assert told["behaviour"] == (0, 0, 5, 0)


def test_after_the_reveal_nothing_can_be_rated_and_who_had_not_sealed_does_not_count(
    school: School,
) -> None:
    exercise = published(school)
    heads = observers(school, 6)
    given = {name: dict(LEVELS) for name in heads}
    group_id = a_group(school, exercise, {**given, heads[5]: None}, revealed=True)
    with school.database.write(school.network_id) as session:
        late = kept.of_group(session, group_id)[5]
        with pytest.raises(Conflict):
            rate(session, late.id, {"routines": 1}, by=school[heads[5]])
        assert exercise_groups.room(session, group_id).spreads[0].rated == 5
        assert exercise_results.results_of(session, school[heads[5]].id) == []
        assert exercise_takings.knows(session, exercise.id, school[heads[5]])


def test_letters_let_people_join_and_guessing_ends(school: School) -> None:
    exercise = published(school)
    a_group(school, exercise, {})
    head = school["Sion"]
    with school.database.write(school.network_id) as session:
        code = kept.groups_of(session, exercise.id)[0].code
        taking = exercise_groups.join(session, f" {code.lower()} ", by=head, at=NOW)
        assert taking
        assert taking.mode is Mode.GROUP
        again = exercise_groups.join(session, code, by=head, at=NOW)
        assert again
        assert again.id == taking.id
        for _ in range(exercise_groups.MOST_A_DAY):
            assert exercise_groups.join(session, "AAAAAA", by=head, at=NOW) is None
        with pytest.raises(TooOften):
            exercise_groups.join(session, code, by=head, at=NOW)


def test_whoever_saw_the_reference_before_is_marked_and_counts_in_no_figure(school: School) -> None:
    exercise = published(school, use=Use.TEST)
    heads = observers(school, 5)
    a_group(school, exercise, {name: dict(LEVELS) for name in heads}, revealed=True)
    taken(school, exercise, heads[0], MIXED, at=NOW + timedelta(days=1))
    with school.database.read(school.network_id) as session:
        found = exercise_results.results_of(session, school[heads[0]].id)
        assert [(each.mode, each.knew) for each in found] == [("group", False), ("test", True)]
        counted = exercise_results.counting(exercise_results.lines_of(session, school[heads[0]].id))
    assert [line.taking.mode for line in counted] == ["group"]


def mended(school: School, old: MadeExercise) -> MadeExercise:
    """The next version of a published exercise, as a test, published with the same reference."""
    new = replace(old, id=a_version(school, old))
    rated_by_experts(school, new)
    with school.database.write(school.network_id) as session:
        for key, level in LEVELS.items():
            exercises.settle(
                session, new.id, key, Settled(level, "so", 0), by=new.experts[0], at=NOW
            )
        exercises.publish(session, new.id, by=new.experts[0], at=NOW)
    return new


def a_version(school: School, old: MadeExercise) -> UUID:
    said = making(school, use=Use.TEST, title="A slip less")
    with school.database.write(school.network_id) as session:
        return exercises.mend(session, old.id, said, by=school["Margaret"], at=NOW)


def test_an_exercise_has_one_next_version_however_often_it_is_sent(school: School) -> None:
    old = published(school)
    first = a_version(school, old)
    with pytest.raises(Conflict, match="Version 2"):
        a_version(school, old)
    with school.database.write(school.network_id) as session:
        exercises.withdraw(session, first, "A slip.", by=school["Margaret"], at=NOW)
    assert a_version(school, old) != first


@pytest.mark.parametrize("use", [Use.PRACTICE, Use.TEST])
def test_a_mended_exercise_is_not_new_to_whoever_was_told_of_the_version_before(
    school: School, use: Use
) -> None:
    old = published(school, use=use)
    taken(school, old, "Sion", LEVELS)
    new = mended(school, mended(school, old))
    taken(school, new, "Sion", LEVELS, at=NOW + timedelta(days=1))
    taken(school, new, "Ruth", LEVELS, at=NOW + timedelta(days=1))
    with school.database.read(school.network_id) as session:
        heads = exercise_results.results_of(session, school["Sion"].id)
        (advisers,) = exercise_results.results_of(session, school["Ruth"].id)
    assert heads[-1].knew
    assert not advisers.knew


def test_results_of_tests_and_groups_feed_certification_as_positions(school: School) -> None:
    exercise = published(school, use=Use.TEST)
    practised = published(school, title="For practice")
    taken(school, practised, "Sion", LEVELS)
    taken(school, exercise, "Sion", MIXED)
    taken(school, exercise, "Sion", LEVELS, at=NOW + timedelta(days=1))
    with school.database.read(school.network_id) as session:
        first, second = exercise_results.results_of(session, school["Sion"].id)
    assert first.cells == (("relationships", 2, 2), ("routines", 3, 2), ("behaviour", 0, 2))
    assert (first.mode, first.attempt, second.attempt) == (Mode.TEST, 1, 2)


def test_figures_with_limits_come_from_five_exercises_on(school: School) -> None:
    for number in range(5):
        exercise = published(school, title=f"Lesson {number}", use=Use.TEST)
        taken(school, exercise, "Sion", MIXED, at=NOW + timedelta(days=number))
        with school.database.read(school.network_id) as session:
            (figures,) = exercise_results.of_person(session, school["Sion"].id).figures
        pooled = figures.report.pooled
        assert figures.exercises == number + 1
        assert (pooled.exact.value is None) == (number < 4)
    assert pooled.exact.value == pytest.approx(1 / 3)
    assert pooled.within_one.value == pytest.approx(2 / 3)


def test_exercises_are_in_no_row_from_which_pairs_and_groups_are_counted(school: School) -> None:
    taken(school, published(school, use=Use.TEST), "Sion", MIXED)
    with school.database.read(school.network_id) as session:
        for table in (PairedRating, PairedLesson, CellCount, LessonCount):
            assert session.scalar(select(func.count()).select_from(table)) == 0


def test_others_see_somebodys_figures_once_opened_or_after_28_days(school: School) -> None:
    for number in range(5):
        exercise = published(school, title=f"Lesson {number}", use=Use.TEST)
        taken(school, exercise, "Sion", MIXED)
    ruth, margaret, of = school["Ruth"], school["Margaret"], school["Sion"].id
    action = "see figures of a person"
    with school.database.write(school.network_id) as session:
        thing = exercise_results.figures_thing
        for reader in (ruth, margaret):
            now, later = NOW + timedelta(days=1), NOW + timedelta(days=28)
            assert not may(reader, action, thing(session, of, by=reader, at=now))
            assert may(reader, action, thing(session, of, by=reader, at=later))
        exercise_results.note_opened(session, of, at=NOW)
        assert may(ruth, action, thing(session, of, by=ruth, at=NOW))


def test_each_change_leaves_a_line_of_history(school: School) -> None:
    exercise = published(school)
    taken(school, exercise, "Sion", LEVELS)
    with school.database.read(school.network_id) as session:
        did = set(session.scalars(select(HistoryLine.did)))
    assert {
        *("exercise made", "exercise begun", "exercise finished"),
        *("reference settled", "exercise published"),
    } <= did


def test_practice_lists_what_is_to_do_begun_and_done(school: School) -> None:
    new, begun, done = (published(school, title=f"Lesson {n}") for n in range(3))
    taken(school, done, "Sion", LEVELS)
    asked = a_group(school, new, {"Sion": None})
    with school.database.write(school.network_id) as session:
        exercise_takings.begin(session, begun.id, by=school["Sion"], at=NOW)
        found = practice.of(session, school["Sion"])
    told = [
        [(entry.exercise.id, entry.mode) for entry in entries]
        for entries in (found.to_do, found.begun, found.done)
    ]
    assert told == [
        [(new.id, Mode.GROUP), (new.id, Mode.PRACTICE)],
        [(begun.id, Mode.PRACTICE)],
        [(done.id, Mode.PRACTICE)],
    ]
    assert isinstance(asked, UUID)


def test_what_is_to_do_says_where_it_would_count_in_no_figure(school: School) -> None:
    heads = observers(school, 5)
    fresh, tested = published(school, title="New"), published(school, use=Use.TEST)
    seen = published(school, use=Use.TEST, title="Seen")
    a_group(school, seen, {name: dict(LEVELS) for name in heads}, revealed=True)
    taken(school, tested, heads[0], LEVELS)
    newer = mended(school, tested)
    a_group(school, newer, {heads[0]: None, heads[1]: None})
    a_group(school, seen, {heads[0]: None})
    with school.database.write(school.network_id) as session:
        exercise_takings.begin(session, fresh.id, by=school[heads[1]], at=NOW)
        first, second = (practice.of(session, school[name]) for name in heads[:2])
        led = practice.of(session, school["Margaret"])
    told = {
        (each.exercise.id, each.mode): (each.knew, each.before)
        for each in (*first.to_do, *first.begun)
    }
    assert told == {
        (newer.id, Mode.GROUP): (True, False),
        (newer.id, Mode.TEST): (True, False),
        (seen.id, Mode.GROUP): (True, True),
        (seen.id, Mode.TEST): (True, True),
        (fresh.id, Mode.PRACTICE): (False, False),
    }
    assert {each.exercise.id for each in second.to_do if not each.knew} == {newer.id}
    assert [(each.knew, each.before) for each in second.begun] == [(False, False)]
    assert all(each.knew for each in led.to_do)


def test_a_criterion_practised_does_not_make_the_same_practice_known(school: School) -> None:
    exercise = published(school)
    with school.database.write(school.network_id) as session:
        taking = exercise_takings.begin(session, exercise.id, by=school["Sion"], at=NOW)
        rate(session, taking.id, {"routines": 2}, by=school["Sion"], fixed=True)
        (begun,) = practice.of(session, school["Sion"]).begun
    assert not begun.knew
