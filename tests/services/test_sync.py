"""What the server answers to a tablet: the promises of sync/1, one by one."""

import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from observe.core.errors import Invalid, Refused, TooOften
from observe.core.observation import RecordState
from observe.services.capture import OtherEpoch
from observe.storage import devices as stored
from observe.storage import operations, records
from observe.storage.tables.records import Operation, ReusedOperation
from tests.classroom import OTHER_RATING, RATING, Classroom, a_classroom
from tests.factories import NOW, School


@pytest.fixture
def room(school: School) -> Classroom:
    return a_classroom(school)


def test_what_a_head_rates_is_on_the_server_with_its_place(room: Classroom) -> None:
    sion = room.begun("Sion")
    (verdict,) = sion.send(sion.tablet.set(RATING, 3))
    assert (verdict.status, verdict.sequence) == ("accepted", 2)
    assert room.ratings("Sion") == {("questioning", "whole"): 3}
    assert (sion.line.state, sion.line.revision, sion.line.ratings) == ("draft", 2, 1)
    assert sion.line.state_hash == sion.tablet.state_hash()


def test_the_same_operation_again_is_a_duplicate_with_its_first_place(room: Classroom) -> None:
    sion = room.begun("Sion")
    sent = sion.tablet.set(RATING, 3)
    (first,) = sion.send(sent)
    (again,) = sion.send(sent)
    assert (again.status, again.sequence) == ("duplicate", first.sequence)


def test_an_id_used_again_for_something_else_is_refused_and_kept(room: Classroom) -> None:
    sion = room.begun("Sion")
    sent = sion.tablet.set(RATING, 3)
    assert sion.status(sent) == ["accepted"]
    other = sent | {"value": 4}
    assert sion.status(other, other) == ["id_reuse", "id_reuse"]
    assert room.ratings("Sion") == {("questioning", "whole"): 3}
    with room.school.database.read(room.school.network_id) as session:
        assert json.loads(session.scalars(select(ReusedOperation.body)).one()) == other


def test_an_id_of_somebody_else_is_refused_without_a_word_of_what_it_is(room: Classroom) -> None:
    sion, ruth = room.begun("Sion"), room.begun("Ruth")
    sent = sion.tablet.set(RATING, 3)
    sion.send(sent)
    assert ruth.status(sent) == ["id_reuse"]
    assert ruth.answers[-1].records == ()


def test_a_number_used_again_for_another_operation_is_refused(room: Classroom) -> None:
    sion = room.begun("Sion")
    sent = sion.tablet.set(RATING, 3)
    twin = sion.tablet.set(RATING, 4, device_seq=sent["device_seq"])
    assert sion.status(sent, twin) == ["accepted", "sequence_reuse"]
    assert sion.status(twin) == ["sequence_reuse"]


def test_every_operation_is_kept_rejected_ones_too(room: Classroom) -> None:
    sion = room.begun("Sion")
    bad = sion.tablet.set(RATING, 5)
    assert sion.status(bad, sion.tablet.set(RATING, "\ud800")) == ["bad_value", "bad_value"]
    assert sion.status(bad) == ["bad_value"]
    with room.school.database.read(room.school.network_id) as session:
        bodies = session.scalars(select(Operation.body).where(Operation.status == "rejected"))
        assert [json.loads(body)["value"] for body in bodies] == [5, "\ud800"]


def test_one_bad_operation_does_not_hold_up_the_others(room: Classroom) -> None:
    sion = room.begun("Sion")
    sent = [
        sion.tablet.set(RATING, 2),
        sion.tablet.set(RATING, 7),
        sion.tablet.set(OTHER_RATING, 4),
    ]
    assert sion.status(*sent) == ["accepted", "bad_value", "accepted"]
    assert room.ratings("Sion") == {("questioning", "whole"): 2, ("checking", "whole"): 4}


def test_nobody_writes_into_a_partners_record(room: Classroom) -> None:
    ruth = room.sender("Ruth", room.lesson.observations["Sion"])
    assert ruth.status(ruth.tablet.set(RATING, 1)) == ["not_owner"]
    assert ruth.answers[-1].records == ()
    assert room.ratings("Sion") == {}


def test_a_tablet_is_told_how_far_its_numbers_are_confirmed_without_a_gap(room: Classroom) -> None:
    sion = room.sender("Sion")
    made = [sion.open(room.lesson.id), *(sion.tablet.set(RATING, 2) for _ in range(4))]
    sion.send(made[3])
    assert sion.acknowledged_through == 0
    sion.send(made[0], made[1], skipped=[3])
    assert sion.acknowledged_through == 4
    sion.send(made[4])
    assert sion.acknowledged_through == 5


def test_numbers_that_wait_for_a_lower_one_are_not_taken_without_end(
    room: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "MOST_AHEAD", 100)
    sion = room.begun("Sion")
    note = sion.tablet.set(RATING, 2)
    sion.send(skipped=list(range(1000, 1100)))
    with pytest.raises(Invalid, match="lowest"):
        sion.post(note, skipped=[2000])
    assert sion.status(note) == ["accepted"]
    assert sion.acknowledged_through == 2


def test_an_unknown_field_number_is_confirmed_too_for_every_verdict_confirms(
    room: Classroom,
) -> None:
    sion = room.sender("Sion")
    sion.send(sion.tablet.set("rating/nothing/whole", 2), sion.tablet.set(RATING, 9))
    assert sion.acknowledged_through == 2


def test_a_tablet_of_somebody_else_may_not_send(room: Classroom) -> None:
    sion, ruth = room.sender("Sion"), room.sender("Ruth")
    with pytest.raises(Refused) as refusal:
        sion.post(device_id=str(ruth.tablet.device_id))
    assert refusal.value.code == "unknown_device"


def test_two_tablets_of_one_person_meet_in_one_record(room: Classroom) -> None:
    first, second = room.begun("Sion"), room.sender("Sion")
    rated = first.tablet.set(RATING, 2)
    first.send(rated)
    second.tablet.lamport = first.tablet.lamport
    (verdict,) = second.send(second.tablet.set(RATING, 4))
    assert [str(each) for each in verdict.conflicts_with] == [rated["op_id"]]
    assert room.ratings("Sion") == {("questioning", "whole"): 4}
    with room.school.database.read(room.school.network_id) as session:
        (conflict,) = records.conflicts_of(session, room.lesson.observations["Sion"])
    assert [other.value for other in conflict.others] == [2]


def test_an_operation_that_comes_late_but_was_made_before_does_not_win(room: Classroom) -> None:
    sion = room.begun("Sion")
    older, newer = sion.tablet.set(RATING, 1), sion.tablet.set(RATING, 4)
    assert sion.status(newer, older) == ["accepted", "accepted"]
    assert room.ratings("Sion") == {("questioning", "whole"): 4}


def test_counts_are_added_up_across_requests(school: School) -> None:
    room = a_classroom(school, rubric="minute-by-minute")
    sion = room.begun("Sion")
    sion.tablet.rubric = school.rubrics["minute-by-minute"]
    field = f"rating/{COUNTED}/interval-1"
    tallies = [sion.tablet.make("tally", field) for _ in range(3)]
    sion.send(*tallies)
    taken_back = sion.tablet.make("untally", field, tallies[0]["op_id"])
    assert sion.status(taken_back, sion.tablet.seal()) == ["accepted", "accepted"]
    assert room.ratings("Sion") == {(COUNTED, "interval-1"): 2}


COUNTED = "questions"


def test_a_record_began_when_the_observer_pressed_start(room: Classroom) -> None:
    sion = room.begun("Sion")
    started = NOW - timedelta(hours=5)
    sion.send(sion.tablet.set("clock/started", started.isoformat()))
    assert room.row("Sion").begun_at == started
    sion.send(sion.tablet.set("clock/started", "1999-01-01T00:00:00Z"))
    assert room.row("Sion").begun_at == started


# sealing


def test_a_seal_that_states_the_servers_hash_closes_the_record(room: Classroom) -> None:
    sion = room.sealed("Sion")
    assert sion.line.state == RecordState.SEALED
    assert room.row("Sion").sealed_at is not None


def test_a_seal_with_another_hash_closes_nothing_and_tells_what_decides(room: Classroom) -> None:
    sion = room.begun("Sion")
    sent, lost = sion.tablet.set(RATING, 2), sion.tablet.set(OTHER_RATING, 3)
    sion.send(sent)
    seal = sion.tablet.seal()
    (verdict,) = sion.send(seal)
    assert (verdict.status, verdict.code, sion.line.state) == ("accepted", "needs_repair", "draft")
    assert verdict.fields == {RATING: UUID(sent["op_id"])}
    (again,) = sion.send(seal)
    assert (again.status, again.code, again.fields) == ("duplicate", "needs_repair", verdict.fields)
    assert sion.status(lost, sion.tablet.seal()) == ["accepted", "accepted"]
    assert sion.line.state == "sealed"


def test_first_ratings_never_change_after_the_seal(room: Classroom) -> None:
    sion = room.sealed("Sion", level=3)
    assert sion.status(sion.tablet.set(RATING, 1)) == ["late"]
    assert room.ratings("Sion") == {("questioning", "whole"): 3}
    with room.school.database.read(room.school.network_id) as session:
        late = records.late_ratings(session, room.lesson.observations["Sion"])
    assert late == [("questioning", "whole", 1)]


def test_a_note_after_the_seal_is_late_and_stands_marked_on_the_record(room: Classroom) -> None:
    sion = room.sealed("Sion")
    note = sion.tablet.note("One more thing.")
    assert sion.status(*note) == ["late", "late"]
    assert sion.status(*note) == ["late", "late"]
    notes = [(note.text, note.late) for note in room.record("Sion").notes]
    assert notes == [("She waited.", False), ("One more thing.", True)]


def test_unseal_and_include_lets_late_work_join_before_the_partner_seals(room: Classroom) -> None:
    sion = room.sealed("Sion", level=3)
    sion.send(sion.tablet.set(RATING, 1), *sion.tablet.note("One more thing."))
    unseal = sion.tablet.make("unseal", value={"reason": "forgot", "include": True})
    assert sion.status(unseal) == ["accepted"]
    assert sion.line.state == "draft"
    assert room.ratings("Sion") == {("questioning", "whole"): 1}
    assert [note.late for note in room.record("Sion").notes] == [False, False]
    assert sion.status(sion.tablet.seal()) == ["accepted"]
    assert sion.line.state == "sealed"


def test_unseal_without_include_leaves_late_work_late(room: Classroom) -> None:
    sion = room.sealed("Sion", level=3)
    sion.send(sion.tablet.set(RATING, 1))
    sion.send(sion.tablet.make("unseal", value={"reason": "more to say", "include": False}))
    assert room.ratings("Sion") == {("questioning", "whole"): 3}
    assert sion.status(sion.tablet.set(RATING, 2)) == ["accepted"]
    assert room.ratings("Sion") == {("questioning", "whole"): 2}


def test_a_record_cannot_be_opened_again_once_the_partner_has_sealed(room: Classroom) -> None:
    sion = room.sealed("Sion")
    ruth = room.sealed("Ruth")
    for sender in (sion, ruth):
        unseal = sender.tablet.make("unseal", value={"reason": "oh", "include": True})
        assert sender.status(unseal) == ["partner_sealed"]


def test_when_all_have_sealed_the_pair_is_revealed_in_the_same_breath(room: Classroom) -> None:
    room.sealed("Sion")
    assert room.pair_state == "under way"
    room.sealed("Ruth")
    assert room.pair_state == "revealed"


def test_who_withdraws_leaves_the_pair_and_can_add_nothing_more(room: Classroom) -> None:
    sion = room.sealed("Sion")
    ruth = room.begun("Ruth")
    withdraw = ruth.tablet.make("withdraw", value={"reason": "I was called away."})
    assert ruth.status(withdraw, ruth.tablet.set(RATING, 2)) == ["accepted", "withdrawn"]
    assert (room.row("Ruth").state, room.row("Ruth").reason) == ("withdrawn", "I was called away.")
    assert room.pair_state is None
    assert sion.status(withdraw_again := sion.tablet.set(RATING, 2)) == ["late"], withdraw_again


def test_of_three_the_rest_is_revealed_when_one_withdraws(school: School) -> None:
    room = a_classroom(school, observers=("Sion", "Ruth", "Helen"))
    room.sealed("Sion"), room.sealed("Ruth")
    helen = room.begun("Helen")
    helen.send(helen.tablet.make("withdraw", value={"reason": "ill"}))
    assert room.pair_state == "revealed"


# before the open


def test_what_comes_before_its_open_waits_and_then_counts(room: Classroom) -> None:
    sion = room.sender("Sion")
    opened = sion.open(room.lesson.id)
    assert sion.status(sion.tablet.set(RATING, 3)) == ["accepted"]
    assert sion.line.state == "waiting"
    assert room.pair_state == "under way"
    sion.send(opened)
    assert (sion.line.state, sion.line.ratings) == ("draft", 1)


def test_a_seal_before_its_open_closes_the_record_when_the_open_comes(room: Classroom) -> None:
    sion = room.sender("Sion")
    opened = sion.open(room.lesson.id)
    rated = sion.tablet.set(RATING, 3)
    assert sion.status(rated, sion.tablet.seal()) == ["accepted", "accepted"]
    assert sion.line.state == "waiting"
    sion.send(opened)
    assert sion.line.state == "sealed"


def test_an_open_again_after_unsealing_does_not_seal_again(room: Classroom) -> None:
    sion = room.sealed("Sion")
    sion.send(sion.tablet.make("unseal", value={"reason": "more", "include": False}))
    assert sion.status(sion.open(room.lesson.id)) == ["accepted"]
    assert sion.line.state == "draft"


def test_a_record_is_opened_only_for_its_own_lesson(room: Classroom) -> None:
    other = a_classroom(room.school, observers=("Sion",))
    sion = room.sender("Sion")
    assert sion.status(sion.open(other.lesson.id)) == ["unknown_lesson"]
    assert sion.status(sion.open(uuid4())) == ["unknown_lesson"]


def test_nobody_opens_a_lesson_to_which_they_were_not_asked(room: Classroom) -> None:
    helen = room.sender("Helen", uuid4())
    assert helen.status(helen.open(room.lesson.id)) == ["unknown_lesson"]


def test_a_second_id_for_the_same_lesson_is_folded_into_the_first(room: Classroom) -> None:
    first, second = room.begun("Sion"), room.sender("Sion", uuid4())
    first.send(first.tablet.set(RATING, 2))
    rated = second.tablet.set(OTHER_RATING, 4)
    opened = second.open(room.lesson.id)
    second.send(rated)
    (verdict,) = second.send(opened)
    assert (verdict.status, verdict.same_as) == ("accepted", room.lesson.observations["Sion"])
    assert second.send(opened)[0].same_as == room.lesson.observations["Sion"]
    second.send(second.tablet.set("rating/purpose/whole", 1))
    levels = {key[0]: value for key, value in room.ratings("Sion").items()}
    assert levels == {"questioning": 2, "checking": 4, "purpose": 1}


def test_what_was_held_under_a_second_id_is_late_if_the_record_is_sealed(room: Classroom) -> None:
    second = room.sender("Sion", uuid4())
    second.send(second.tablet.set(RATING, 1))
    room.sealed("Sion", level=3)
    assert second.send(second.open(room.lesson.id))[0].same_as
    assert room.ratings("Sion") == {("questioning", "whole"): 3}
    with room.school.database.read(room.school.network_id) as session:
        assert len(operations.late(session, room.lesson.observations["Sion"])) == 1


# back from a backup


def test_a_tablet_that_was_told_more_than_the_server_knows_begins_a_new_epoch(
    room: Classroom,
) -> None:
    sion, ruth = room.begun("Sion"), room.begun("Ruth")
    epoch = sion.batch()["epoch"]
    answer = sion.post(acknowledged_through=417)
    assert isinstance(answer, OtherEpoch)
    assert (str(answer.epoch) != epoch, answer.known_through) == (True, 1)
    for sender in (sion, ruth):
        old = sender.post(epoch=epoch)
        assert isinstance(old, OtherEpoch)
        assert (old.epoch, old.known_through) == (answer.epoch, 1)
    assert sion.status(sion.tablet.set(RATING, 3)) == ["accepted"]


def test_nobody_makes_every_tablet_send_again_and_again(room: Classroom) -> None:
    sion, ruth = room.begun("Sion"), room.begun("Ruth")
    for _ in range(6):
        assert isinstance(sion.post(acknowledged_through=417), OtherEpoch)
    with pytest.raises(TooOften):
        sion.post(acknowledged_through=417)
    assert isinstance(ruth.post(acknowledged_through=417), OtherEpoch)
    later = NOW + timedelta(hours=1, minutes=1)
    assert isinstance(sion.post(acknowledged_through=417, at=later), OtherEpoch)
    assert sion.status(sion.tablet.set(RATING, 3)) == ["accepted"]


# any rubric ever published


def test_a_rating_is_judged_by_the_rubric_that_the_observer_had(room: Classroom) -> None:
    sion = room.begun("Sion")
    other = room.school.rubrics["ways-of-looking"]
    unknown = "sha256:" + "0" * 64
    assert sion.status(sion.tablet.set(RATING, 3, rubric=other)) == ["unknown_field"]
    assert sion.status(sion.tablet.set(RATING, 3, rubric=unknown)) == ["unknown_rubric"]
    assert sion.status(sion.tablet.set(RATING, 3, rubric="sha256:\0")) == ["unknown_rubric"]


def test_a_clock_wrong_by_years_changes_nothing(room: Classroom) -> None:
    sion = room.begun("Sion")
    sent = [sion.tablet.set(RATING, 2), sion.tablet.set(RATING, 3, at="1999-01-01T00:00:00Z")]
    assert sion.status(*sent) == ["accepted", "accepted"]
    assert room.ratings("Sion") == {("questioning", "whole"): 3}
