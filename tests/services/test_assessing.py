"""A head's look at their own observing and the adviser's, each blind to the other until both are sealed."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from observe.core.assessing import Answer, Finished, Kind, Moment, Progress
from observe.core.errors import Conflict, Invalid, Missing, TooLarge
from observe.core.exercises import Given
from observe.core.feedback.targets import TargetState
from observe.core.permissions import RoleKind, may
from observe.services import (
    assessing,
    assessing_beside,
    assessing_form,
    assessing_overview,
    people,
    suggesting,
    target_life,
)
from observe.services.rated import SameLevel
from observe.storage import assessing as kept
from observe.storage import suggestions
from observe.storage.tables.assessing import AssessingRating
from observe.storage.tables.feedback import Target
from observe.storage.tables.history import HistoryLine
from tests.assessed import (
    NEXT_YEAR,
    WISH,
    begun,
    both_sealed,
    criteria,
    looked,
    parts_of,
    sealed,
    suggested,
    written,
)
from tests.factories import NOW, School, a_person
from tests.talks import a_talk, same


def test_whoever_of_the_two_begins_first_both_looks_are_of_one_round(school: School) -> None:
    assert begun(school, "Ruth") == begun(school, "Sion") == begun(school, "Sion")


def test_a_look_that_is_side_by_side_is_not_begun_again_but_a_new_one(school: School) -> None:
    first = both_sealed(school)
    assert begun(school, "Sion", at=NOW + timedelta(days=1)) != first


def test_a_final_assessment_is_sealed_with_a_suggestion_and_not_without(school: School) -> None:
    round_id = begun(school, "Sion", moment=Moment.FINAL)
    begun(school, "Ruth", moment=Moment.FINAL)
    sealed(school, round_id, "Sion", 3)
    with pytest.raises(Conflict, match="Suggest something for the next year"):
        sealed(school, round_id, "Ruth", 3)
    suggested(school, round_id)
    sealed(school, round_id, "Ruth", 3)


def test_a_look_keeps_the_rubric_of_the_one_before(school: School) -> None:
    first = both_sealed(school)
    later = begun(school, "Sion", moment=Moment.FINAL, at=NOW + timedelta(days=1))
    with school.database.read(school.network_id) as session:
        digests = {kept.find(session, each).rubric_digest for each in (first, later)}
    assert digests == {school.rubrics["observing-well"]}


def test_a_rubric_for_lessons_is_refused(school: School) -> None:
    by, digest = school["Sion"], school.rubrics["teaching-framework"]
    with (
        pytest.raises(Invalid, match="rubric for observing"),
        school.database.write(school.network_id) as session,
    ):
        assessing.begin(session, by.id, Moment.BASELINE, digest=digest, by=by, at=NOW)


def test_heads_are_assessed_by_their_advisers_and_leaders_by_their_heads(school: School) -> None:
    with school.database.read(school.network_id) as session:
        for of, by in (("Sion", "Ruth"), ("Helen", "Sion")):
            thing = assessing.person_thing(session, school[of].id)
            may_look = {n for n, p in school.people.items() if may(p, "look at observing", thing)}
            assert may_look == {of, by}
        nobody = assessing.person_thing(session, school["Catrin"].id)
        assert not any(may(p, "look at observing", nobody) for p in school.people.values())


def test_only_whoever_began_assesses_until_they_assess_here_no_more(school: School) -> None:
    other = a_person(school, "Mair Ellis", RoleKind.ADVISER)
    round_id = begun(school, "Ruth")
    written(school, round_id, "Ruth", 2)
    with school.database.read(school.network_id) as session:
        assert not may(other, "look at observing", assessing.thing(session, round_id))
    with school.database.write(school.network_id) as session:
        by = school["Margaret"]
        people.leave(session, school["Ruth"].id, by=by, at=NOW)
    with school.database.read(school.network_id) as session:
        assert may(other, "look at observing", assessing.thing(session, round_id))
    assert begun(school, "Mair") == round_id
    with school.database.read(school.network_id) as session:
        assert session.scalars(select(AssessingRating)).all() == []


def test_a_level_outside_the_rubric_and_a_long_story_are_refused(school: School) -> None:
    round_id = begun(school, "Sion")
    for given, error in ((Given(7, "x"), Invalid), (Given(3, "x" * 2001), TooLarge)):
        with pytest.raises(error), school.database.write(school.network_id) as session:
            by = school["Sion"]
            assessing_form.rate(session, round_id, "gathers", given, by=by, at=NOW)


def test_a_criterion_that_is_not_in_the_rubric_is_missing(school: School) -> None:
    round_id = begun(school, "Sion")
    with pytest.raises(Missing), school.database.write(school.network_id) as session:
        assessing_form.rate(session, round_id, "tone", Given(3), by=school["Sion"], at=NOW)


def test_a_look_is_sealed_only_when_each_level_has_its_sentence(school: School) -> None:
    round_id = begun(school, "Sion")
    with (
        pytest.raises(Conflict, match=r"1a Gathers evidence, .* and others"),
        school.database.write(school.network_id) as session,
    ):
        assessing_form.seal(session, round_id, by=school["Sion"], at=NOW)
    sealed(school, round_id, "Sion", 3)
    assert parts_of(school, round_id) == {"self-evaluation": True}


def test_what_is_sealed_stays(school: School) -> None:
    round_id = begun(school, "Sion")
    sealed(school, round_id, "Sion", 3)
    with pytest.raises(Conflict, match="stays as it is"):
        written(school, round_id, "Sion", 4)
    with (
        pytest.raises(Conflict, match="stays as it is"),
        school.database.write(school.network_id) as session,
    ):
        assessing.discard(session, round_id, by=school["Sion"], at=NOW)


def test_sealing_twice_keeps_the_first_moment(school: School) -> None:
    round_id = begun(school, "Sion")
    sealed(school, round_id, "Sion", 3)
    with school.database.write(school.network_id) as session:
        later = NOW + timedelta(days=3)
        found = assessing_form.seal(session, round_id, by=school["Sion"], at=later)
    assert found.parts[Kind.SELF].sealed_at == NOW


def test_thrown_away_it_is_gone_and_the_other_look_stays(school: School) -> None:
    round_id = begun(school, "Sion")
    begun(school, "Ruth")
    written(school, round_id, "Ruth", 2)
    suggested(school, round_id)
    with school.database.write(school.network_id) as session:
        assessing.discard(session, round_id, by=school["Ruth"], at=NOW)
    assert parts_of(school, round_id) == {"self-evaluation": False}
    with school.database.write(school.network_id) as session:
        assert suggestions.of_round(session, round_id) == []
        assessing.discard(session, round_id, by=school["Sion"], at=NOW)
    with pytest.raises(Missing):
        parts_of(school, round_id)


def test_a_form_tells_of_the_other_look_only_how_far_it_is(school: School) -> None:
    round_id = begun(school, "Sion")
    begun(school, "Ruth")
    sealed(school, round_id, "Ruth", 1, evidence="HERON")
    with school.database.read(school.network_id) as session:
        form = assessing_form.look(session, round_id, by=school["Sion"])
    assert form.other is Progress.SEALED
    assert "HERON" not in repr(form)
    assert len(form.left) == len(form.rows)


def test_side_by_side_is_refused_while_one_look_is_open(school: School) -> None:
    round_id = begun(school, "Sion")
    sealed(school, round_id, "Sion", 3)
    with (
        pytest.raises(Conflict, match="Both have to seal"),
        school.database.read(school.network_id) as session,
    ):
        assessing_beside.beside(session, round_id)


def test_a_look_rests_on_lessons_that_both_sealed_and_on_no_others(school: School) -> None:
    together = a_talk(school, {"Sion": same(), "Ruth": same()}).id
    alone = a_talk(school, {"Sion": same(), "Helen": same()}, teacher="Aisha").id
    round_id = begun(school, "Ruth")
    begun(school, "Sion")
    with school.database.write(school.network_id) as session:
        form = assessing_form.look(session, round_id, by=school["Ruth"])
        assert [each.id for each in form.to_choose] == [together]
        assessing_form.rest_on(session, round_id, [together], by=school["Ruth"])
        with pytest.raises(Missing):
            assessing_form.rest_on(session, round_id, [alone], by=school["Ruth"])
        own = assessing_form.look(session, round_id, by=school["Sion"])
    assert {each.id for each in own.to_choose} == {together, alone}
    assert own.rests_on == []


def test_the_end_is_laid_beside_the_baseline_with_what_changed(school: School) -> None:
    both_sealed(school, own=3, assessed={"gathers": 1, "pupils": "not_seen"}, at=NOW)
    later = NOW + timedelta(days=200)
    final = both_sealed(
        school, own=3, assessed={"gathers": 3, "pupils": 2}, moment=Moment.FINAL, at=later
    )
    with school.database.read(school.network_id) as session:
        found = assessing_beside.beside(session, final)
    assert found.earlier is not None
    by_key = {line.now.criterion.criterion: line for line in found.lines}
    assert by_key["gathers"].moved(Kind.ASSESSMENT) == 2
    assert by_key["pupils"].moved(Kind.ASSESSMENT) is None
    change = found.change(Kind.ASSESSMENT)
    assert (change.up, change.same, change.down) == (1, len(found.lines) - 2, 0)
    assert found.change(Kind.SELF).same == len(found.lines)
    assert (found.gaps.same, found.gaps.up) == (len(found.lines) - 1, 1)


def test_what_is_finished_is_told_without_what_it_says(school: School) -> None:
    round_id = begun(school, "Sion")
    begun(school, "Ruth")
    sealed(school, round_id, "Ruth", 2)
    sion, ruth = school["Sion"].id, school["Ruth"].id
    with school.database.read(school.network_id) as session:
        found = kept.finished(session, [sion])
    assert found == [Finished(sion, Kind.ASSESSMENT, Moment.BASELINE, NOW, ruth)]
    with school.database.read(school.network_id) as session:
        assert kept.finished(session, [ruth, uuid4()]) == []


def test_history_holds_no_word_of_a_look(school: School) -> None:
    round_id = begun(school, "Sion")
    sealed(school, round_id, "Sion", 3, evidence="HERON")
    with school.database.read(school.network_id) as session:
        lines = session.scalars(select(HistoryLine).where(HistoryLine.thing == kept.THING)).all()
        told = [(line.did, repr(line.details)) for line in lines]
    assert [did for did, _ in told] == ["self-evaluation begun", "self-evaluation sealed"]
    assert not [words for _, words in told if "HERON" in words]


def test_a_facilitator_sees_of_everybody_that_it_is_done_and_when(school: School) -> None:
    both_sealed(school, of="Helen", by="Sion")
    with school.database.read(school.network_id) as session:
        found = assessing_overview.of(session, school["Margaret"])
    assert (found.own, found.assessed, found.agreement) == (None, [], None)
    assert [each.person.name for each in found.all or ()] == ["Helen Marsh", "Siôn Prydderch"]


def test_an_adviser_finds_the_heads_of_their_schools_and_what_nobody_took_up(
    school: School,
) -> None:
    a_person(school, "Mair Ellis", RoleKind.ADVISER)
    begun(school, "Sion")
    begun(school, "Ruth")
    with school.database.read(school.network_id) as session:
        ruth, mair = (assessing_overview.of(session, school[name]) for name in ("Ruth", "Mair"))
    assert [len(each.rounds) for each in ruth.assessed] == [1]
    assert [len(each.rounds) for each in mair.assessed] == [0]
    assert ruth.all is None


def agreement_after_one_more(school: School, number: int) -> SameLevel | None:
    """The figure of the adviser once one more look stands side by side."""
    assessed = {"gathers": 1 + number % 4, "pupils": 2}
    both_sealed(school, 3, assessed, at=NOW + timedelta(days=number))
    with school.database.read(school.network_id) as session:
        found = assessing_overview.of(session, school["Ruth"]).agreement
    assert found is not None
    assert (found.rounds, found.steps.all) == (number + 1, 11 * (number + 1))
    return found.same


def test_agreement_is_counted_below_five_and_a_figure_with_limits_from_five_on(
    school: School,
) -> None:
    figures = [agreement_after_one_more(school, number) for number in range(5)]
    assert [each is None for each in figures] == [True] * 4 + [False]
    assert figures[-1] is not None
    exact = figures[-1].exact
    assert exact.low is not None and exact.value is not None and exact.high is not None  # noqa: PT018
    assert exact.value == pytest.approx((9 * 5 + 1) / 55)
    assert exact.low <= exact.value <= exact.high


# suggestions


def test_what_is_suggested_and_taken_is_a_target_of_the_head(school: School) -> None:
    found = looked(school)
    with school.database.write(school.network_id) as session:
        wish = replace(WISH, text="Follow two pupils.")
        target_id = suggesting.take(session, found.suggested, wish, by=school["Sion"], at=NOW)
        again = suggesting.take(session, found.suggested, WISH, by=school["Sion"], at=NOW)
    assert again == target_id
    with school.database.read(school.network_id) as session:
        due = target_life.due_list(session, school["Sion"])
        suggestion = suggestions.find(session, found.suggested)
        from_ruth = target_life.due_list(session, school["Ruth"])
    (own,) = due.own
    assert own.target.text == "Follow two pupils."
    assert (own.target.state, own.target.due_on) == (TargetState.TAKEN, NEXT_YEAR)
    assert own.suggested_on == NOW
    assert (suggestion.answer, suggestion.target_id) == (Answer.TAKEN, target_id)
    assert [each.id for each in from_ruth.suggested] == [target_id]


def test_the_head_decides_on_the_target_and_the_adviser_follows_it(school: School) -> None:
    found = looked(school)
    with school.database.write(school.network_id) as session:
        target_id = suggesting.take(session, found.suggested, WISH, by=school["Sion"], at=NOW)
        thing = target_life.thing(session, target_id)
        follow = {n for n, p in school.people.items() if may(p, "follow target", thing)}
        decide = {n for n, p in school.people.items() if may(p, "decide on target", thing)}
        by, state = school["Sion"], TargetState.MET
        target_life.decide(session, target_id, state, reason="", due_on=None, by=by, at=NOW)
    assert (follow, decide) == ({"Sion", "Ruth"}, {"Sion"})
    with school.database.read(school.network_id) as session:
        assert session.get_one(Target, (school.network_id, target_id)).state == TargetState.MET


def test_a_suggestion_needs_words_and_a_day_to_come_and_there_are_few(school: School) -> None:
    round_id = both_sealed(school)
    for wrong in (replace(WISH, text=""), replace(WISH, due_on=NOW.date())):
        with pytest.raises(Invalid):
            suggested(school, round_id, wish=wrong)
    for _ in range(suggesting.MOST):
        suggested(school, round_id)
    with pytest.raises(Conflict, match="enough for one year"):
        suggested(school, round_id)


def test_not_now_needs_a_reason_and_can_still_be_taken(school: School) -> None:
    found = looked(school)
    with pytest.raises(Invalid), school.database.write(school.network_id) as session:
        suggesting.decline(session, found.suggested, "", by=school["Sion"], at=NOW)
    with school.database.write(school.network_id) as session:
        suggesting.decline(session, found.suggested, "Another first.", by=school["Sion"], at=NOW)
        assert suggestions.find(session, found.suggested).reason == "Another first."
        suggesting.take(session, found.suggested, WISH, by=school["Sion"], at=NOW)
        assert suggestions.find(session, found.suggested).answer is Answer.TAKEN


def test_a_suggestion_is_taken_back_only_until_it_is_answered(school: School) -> None:
    found = looked(school)
    with school.database.write(school.network_id) as session:
        suggesting.decline(session, found.suggested, "Not yet.", by=school["Sion"], at=NOW)
        said = suggesting.remove(session, found.to_come, by=school["Ruth"], at=NOW)
        assert said == WISH
        with pytest.raises(Conflict):
            suggesting.remove(session, found.suggested, by=school["Ruth"], at=NOW)


def test_the_rubric_has_ideas_for_what_was_rated_low(school: School) -> None:
    round_id = begun(school, "Ruth")
    written(school, round_id, "Ruth", {"gathers": 2, "writes": "not_seen"})
    with school.database.read(school.network_id) as session:
        form = assessing_form.look(session, round_id, by=school["Ruth"])
    assert {idea.criterion.criterion for idea in suggesting.ideas(form.rows)} == {"gathers"}
    assert len(criteria(school)) == len(form.rows)
