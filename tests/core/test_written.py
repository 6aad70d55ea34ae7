"""A whole record as operations."""

from functools import partial
from uuid import uuid4

from observe.core.fold import fold, record_of
from observe.core.ids import new_id
from observe.core.judging import judge
from observe.core.observation import Note, Record
from observe.core.operations import Kind
from observe.core.written import as_operations
from tests.core.test_judging import RUBRIC
from tests.factories import NOW

RECORD = Record(
    ratings={("wait", "whole"): 3, ("asks", "sample-1-4"): 2, ("says", "segment-1"): "not_seen"},
    notes=(
        Note(str(uuid4()), "She waited.", 5000, ("wait",), "+", "T"),
        Note(str(uuid4()), "My own thought.", 9000, private=True),
    ),
    look_fors=frozenset({("wait", "pause", "whole")}),
    targets={str(uuid4()): "seen"},
)
written = partial(
    as_operations,
    RECORD,
    observation_id=uuid4(),
    lesson_id=uuid4(),
    rubric=RUBRIC,
    address="sha256:…",
    begun_at=NOW,
    new_id=new_id,
)


def test_a_record_written_as_operations_folds_back_into_itself() -> None:
    assert record_of(fold(written()).values()) == RECORD


def test_a_server_would_accept_every_one_of_them() -> None:
    assert [judge(operation, RUBRIC) for operation in written()] == [None] * len(written())


def test_a_draft_has_no_seal() -> None:
    kinds = [operation.kind for operation in written(sealed=False)]
    assert kinds[0] == Kind.OPEN
    assert Kind.SEAL not in kinds
