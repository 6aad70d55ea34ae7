"""Reading what a tablet sent."""

import json
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe.core.errors import Invalid, ObserveError, TooLarge
from observe.core.operations import Kind, read_batch, read_operation
from tests.tablet import Tablet

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def a_set(**keys: Any) -> dict[str, Any]:
    return Tablet().set("rating/wait-time/whole", 3) | keys


def a_batch(*operations: Any, **keys: Any) -> dict[str, Any]:
    envelope = {"protocol": 1, "device_id": str(uuid4()), "person_id": str(uuid4())}
    return envelope | {"epoch": "e", "operations": list(operations)} | keys


def test_an_operation_is_read_with_what_every_verdict_needs() -> None:
    read = read_operation(a_set(device_seq=417, lamport=912))
    assert (read.device_seq, read.lamport, read.kind) == (417, 912, Kind.SET)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("op_id", "no id"),
        ("op_id", None),
        ("op_id", 7),
        ("observation_id", ""),
        ("device_seq", 0),
        ("device_seq", 2**53),
        ("device_seq", True),
        ("device_seq", "1"),
        ("device_seq", 1.5),
        ("lamport", -1),
        ("lamport", None),
        ("kind", "delete"),
        ("kind", ["set"]),
    ],
)
def test_an_operation_without_an_id_a_number_or_a_kind_is_malformed(key: str, value: Any) -> None:
    with pytest.raises(Invalid):
        read_operation(a_set(**{key: value}))


def test_a_whole_number_may_be_written_with_a_point_as_javascript_does_not_care() -> None:
    assert read_operation(a_set(device_seq=4.0)).device_seq == 4


def test_a_key_left_out_says_the_same_as_null() -> None:
    sent = a_set(previous=None)
    shorter = {key: value for key, value in sent.items() if key != "previous"}
    assert read_operation(sent).content == read_operation(shorter).content


def test_the_same_word_in_two_unicode_forms_is_the_same_content() -> None:
    sent = a_set(value="caf\u00e9")
    assert read_operation(sent).content == read_operation(sent | {"value": "cafe\u0301"}).content


def test_half_a_surrogate_pair_still_has_a_content_to_know_it_by() -> None:
    sent = a_set(value="\ud800")
    assert read_operation(sent).canonical is None
    assert read_operation(sent).content != read_operation(sent | {"value": "\ud801"}).content


def test_an_operation_nested_too_deep_to_write_down_is_malformed() -> None:
    deep = json.loads("[" * 300 + "]" * 300)
    with pytest.raises(Invalid):
        read_operation(a_set(value=deep))


def test_a_request_holds_two_hundred_operations_and_no_more() -> None:
    assert len(read_batch(a_batch(*[a_set()] * 200)).operations) == 200
    with pytest.raises(TooLarge):
        read_batch(a_batch(*[a_set()] * 201))


def test_a_request_may_leave_out_what_has_no_content() -> None:
    batch = read_batch(a_batch())
    assert (batch.acknowledged_through, batch.skipped) == (0, ())


@pytest.mark.parametrize(
    "wrong",
    [
        {"operations": None},
        {"operations": {}},
        {"operations": [3]},
        {"device_id": "x"},
        {"person_id": None},
        {"epoch": 4},
        {"skipped": 3},
        {"skipped": ["a"]},
        {"skipped": list(range(1, 10_002))},
        {"acknowledged_through": -1},
        {"acknowledged_through": "412"},
    ],
)
def test_a_malformed_envelope_is_refused_whole(wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        read_batch(a_batch() | wrong)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys([*a_set(), *a_batch()], JSON)), JSON)
def test_no_json_whatever_makes_the_reader_stumble(keys: dict[str, Any], other: Any) -> None:
    for sent in (other, a_batch(keys), a_batch(a_set() | keys), a_batch() | keys):
        try:
            read_batch(sent)
        except ObserveError as refusal:
            assert refusal.sentence  # noqa: PT017
