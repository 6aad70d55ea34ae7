"""How operations become a record."""

import hashlib
import json
import random
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from observe.core.canonical import hex_digest
from observe.core.fold import (
    Fields,
    conflicts,
    counts_of,
    fold,
    record_of,
    started_at,
    state_hash,
)
from observe.core.operations import Operation, read_operation
from tests.tablet import Tablet, operations

COUNT = "rating/asks/interval-1"
RATING = "rating/wait/whole"


def test_the_highest_lamport_wins_a_field_however_the_operations_come() -> None:
    tablet = Tablet()
    tablet.set(RATING, 2)
    tablet.set(RATING, 3)
    for order in (tablet.made, tablet.made[::-1]):
        assert fold(map(read_operation, order)).values() == {RATING: "3"}


def test_of_two_tablets_at_the_same_lamport_the_higher_id_wins() -> None:
    first, second = Tablet().set(RATING, 1), Tablet().set(RATING, 4)
    higher = max(first, second, key=lambda sent: UUID(sent["op_id"]))
    assert fold(map(read_operation, (first, second))).values() == {RATING: str(higher["value"])}


def test_a_rating_taken_back_stays_in_the_state_and_leaves_the_record() -> None:
    tablet = Tablet()
    tablet.set(RATING, 2)
    tablet.set(RATING, None)
    values = fold(operations(tablet)).values()
    assert (values, record_of(values).ratings) == ({RATING: "null"}, {})


def test_tallies_add_up_and_each_is_taken_back_once() -> None:
    tablet = Tablet()
    first, _ = tablet.make("tally", COUNT), tablet.make("tally", COUNT)
    tablet.make("untally", COUNT, first["op_id"])
    tablet.make("untally", COUNT, first["op_id"])
    assert record_of(fold(operations(tablet)).values()).ratings == {("asks", "interval-1"): 1}


def test_a_tally_may_be_taken_back_before_it_comes_and_then_counts_nothing() -> None:
    tablet = Tablet()
    tally = tablet.make("tally", COUNT)
    tablet.make("untally", COUNT, tally["op_id"])
    untally_alone = fold(operations(tablet)[1:])
    assert untally_alone.values() == {}
    untally_alone.take(operations(tablet)[0])
    assert untally_alone.values() == {COUNT: "0"}


def test_a_tally_is_taken_back_by_its_id_whatever_field_is_named_with_it() -> None:
    tablet = Tablet()
    tally = tablet.make("tally", COUNT)
    tablet.make("untally", "rating/asks/interval-2", tally["op_id"])
    assert fold(operations(tablet)).values() == {COUNT: "0"}


def test_the_state_hash_is_the_sha256_of_canonical_json() -> None:
    tablet = Tablet()
    tablet.set("context/b", "caf\u00e9")
    tablet.set("context/a", 1.0)
    tablet.make("tally", COUNT)
    expected = b'{"context/a":1,"context/b":"caf\xc3\xa9","rating/asks/interval-1":1}'
    assert tablet.state_hash() == hashlib.sha256(expected).hexdigest()
    assert state_hash({}) == hex_digest({})


def test_what_decides_each_field_can_be_compared_on_the_tablet() -> None:
    tablet = Tablet()
    rating = tablet.set(RATING, 2)
    kept, gone = tablet.make("tally", COUNT), tablet.make("tally", COUNT)
    tablet.make("untally", COUNT, gone["op_id"])
    deciding = fold(operations(tablet)).deciding()
    assert deciding == {RATING: UUID(rating["op_id"]), COUNT: [UUID(kept["op_id"])]}


def test_notes_stand_in_order_of_time_without_deleted_and_empty_ones() -> None:
    tablet = Tablet()
    tablet.note("later", at=9000, criteria=["wait"], mark="+", speaker="T", private=True)
    tablet.note("earlier", at=10)
    tablet.note("gone", deleted=True)
    tablet.note("")
    record = record_of(fold(operations(tablet)).values())
    assert [note.text for note in record.notes] == ["earlier", "later"]
    later = record.notes[1]
    assert (later.criteria, later.mark, later.speaker, later.private) == (("wait",), "+", "T", True)


def test_a_note_for_safeguarding_is_private() -> None:
    tablet = Tablet()
    tablet.note("concern", safeguarding=True)
    (note,) = record_of(fold(operations(tablet)).values()).notes
    assert note.safeguarding
    assert note.private


def test_ticked_look_fors_and_targets_are_in_the_record() -> None:
    tablet = Tablet()
    tablet.set("lookfor/wait/pause/whole", True)
    tablet.set("lookfor/wait/repeat/whole", False)
    target = str(uuid4())
    tablet.set(f"target/{target}", "seen")
    tablet.set(f"target/{uuid4()}", None)
    record = record_of(fold(operations(tablet)).values())
    assert record.look_fors == {("wait", "pause", "whole")}
    assert record.targets == {target: "seen"}


def test_a_note_that_came_after_sealing_is_marked_and_a_late_rating_is_not_used() -> None:
    tablet = Tablet()
    tablet.note("in time")
    tablet.set(RATING, 2)
    sealed = fold(operations(tablet)).values()
    tablet.note("too late")
    tablet.set(RATING, 4)
    record = record_of(sealed, late=fold(operations(tablet)).values())
    assert [(note.text, note.late) for note in record.notes] == [
        ("in time", False),
        ("too late", True),
    ]
    assert record.ratings == {("wait", "whole"): 2}


def test_two_tablets_that_did_not_know_of_each_other_are_in_conflict() -> None:
    tablet = Tablet()
    first = tablet.set(RATING, 2)
    second = tablet.set(RATING, 3)
    rival = tablet.set(RATING, 4, previous=first["op_id"])
    (conflict,) = conflicts(operations(tablet) * 2)
    assert str(conflict.kept.op_id) == rival["op_id"]
    assert [str(other.op_id) for other in conflict.others] == [second["op_id"]]


def test_of_a_conflict_the_end_of_each_other_way_is_told_the_latest_first() -> None:
    one, other, third = Tablet(), Tablet(), Tablet()
    for tablet, text, made in ((one, "She w", 3), (other, "They a", 5), (third, "He", 1)):
        for length in range(made):
            tablet.set("note/a/text", f"{text} {length}")
    (conflict,) = conflicts(operations(third) + operations(one) + operations(other))
    assert conflict.kept.value == "They a 4"
    assert [each.value for each in conflict.others] == ["She w 2", "He 0"]


def test_ways_that_meet_again_in_one_value_are_no_conflict_any_more() -> None:
    one, other = Tablet(), Tablet()
    one.set(RATING, 2), other.set(RATING, 3)
    other.set(RATING, 2)
    assert conflicts(operations(one) + operations(other)) == []


def test_a_circle_that_nobody_could_have_written_ends() -> None:
    tablet = Tablet()
    first, second = tablet.set(RATING, 1), tablet.set(RATING, 2)
    first["previous"] = second["op_id"]
    tablet.set(RATING, 3, previous=first["op_id"])
    assert conflicts(operations(tablet))[0].kept.value == 3


def test_the_same_value_twice_is_no_conflict() -> None:
    first, second = Tablet().set(RATING, 2), Tablet().set(RATING, 2)
    assert conflicts(map(read_operation, (first, second))) == []


def test_notes_and_ratings_are_counted_as_the_tablet_counts_them() -> None:
    tablet = Tablet()
    tablet.note("kept")
    tablet.note("gone", deleted=True)
    tablet.note("")
    tablet.set(RATING, None)
    tablet.make("tally", COUNT)
    values = fold(operations(tablet)).values()
    record = record_of(values)
    assert counts_of(values) == (len(record.notes), len(record.ratings)) == (1, 1)


def test_the_start_is_taken_from_the_tablet_unless_its_clock_is_wrong_by_years() -> None:
    told = "2026-11-21T10:15:30+01:00"
    heard = datetime(2026, 11, 21, 15, tzinfo=UTC)
    assert started_at({"clock/started": f'"{told}"'}, heard=heard) == datetime.fromisoformat(told)
    assert started_at({"clock/started": f'"{told}"'}, heard=heard + timedelta(days=400)) is None
    assert started_at({}, heard=heard) is None


def a_lesson(seed: int) -> list[Operation]:
    """What two tablets record of one lesson, at random."""
    chance = random.Random(seed)
    one, other = Tablet(), Tablet()
    for _ in range(chance.randint(1, 30)):
        tablet = chance.choice([one, other])
        tallies = [each["op_id"] for each in one.made + other.made if each["kind"] == "tally"]
        match chance.choice(["set", "set", "tally", "untally", "note"]):
            case "set":
                tablet.set(chance.choice([RATING, "context/a"]), chance.choice([1, 2, None, "é"]))
            case "tally":
                tablet.make("tally", COUNT)
            case "untally" if tallies:
                tablet.make("untally", COUNT, chance.choice(tallies))
            case "note":
                tablet.note(chance.choice(["", "one", "two"]), at=chance.randint(0, 9))
        tablet.lamport = max(tablet.lamport, chance.choice([one.lamport, other.lamport]))
    return operations(one) + operations(other)


@given(seed=st.integers(), data=st.data())
def test_any_order_and_repetition_of_the_same_operations_gives_the_same_record(
    seed: int, data: st.DataObject
) -> None:
    made = a_lesson(seed)
    again = data.draw(st.permutations(made + made[: len(made) // 2]))
    once, twice = fold(made), fold(again)
    assert once.values() == twice.values()
    assert once.deciding() == twice.deciding()
    assert record_of(once.values()) == record_of(twice.values())


@given(seed=st.integers(), cut=st.integers(0, 60))
def test_applying_operations_to_stored_winners_gives_the_same_as_folding_all(
    seed: int, cut: int
) -> None:
    made = a_lesson(seed)
    stored = fold(made[:cut])
    resumed = Fields(dict(stored.winners), stored.tallies, stored.taken_back)
    for operation in made[cut:]:
        resumed.take(operation)
    assert resumed.values() == fold(made).values()


@given(seed=st.integers())
def test_the_state_hash_is_the_hash_of_the_values_read_back(seed: int) -> None:
    values = fold(a_lesson(seed)).values()
    assert state_hash(values) == hex_digest({name: json.loads(v) for name, v in values.items()})
