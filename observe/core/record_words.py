"""Which fields of a record hold words that an observer wrote, and what is left when they are erased.

Levels, codes, counts, times, marks and criteria stay: they are what figures are made of.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from observe.core.observation import NOT_APPLICABLE, NOT_SEEN
from observe.core.operations import Kind
from observe.core.rubric import Rubric, ScaleType

ERASED = ""
STATES = (NOT_SEEN, NOT_APPLICABLE)
FRAME = (
    "op_id",
    "observation_id",
    "device_seq",
    "lamport",
    "kind",
    "field",
    "value",
    "previous",
    "rubric",
    "at",
    "elapsed_ms",
)


def written(rubric: Rubric) -> frozenset[str]:
    """The criteria of a rubric that are answered in words of one's own."""
    return frozenset(
        each.criterion for each in rubric.criteria() if each.scale.type is ScaleType.TEXT
    )


def emptied(field: str, value: Any, written_criteria: Collection[str]) -> Any:
    """What a field holds without the words in it; the same value where it holds none."""
    return ERASED if _is_words(field, value, written_criteria) else value


def _is_words(field: str, value: Any, written_criteria: Collection[str]) -> bool:
    if not isinstance(value, str) or value in (*STATES, ERASED):
        return False
    match field.split("/"):
        case ["note", _, "text"] | ["context", _]:
            return True
        case ["rating", criterion, _]:
            return criterion in written_criteria
    return False


def without_words(sent: Mapping[str, Any], written_criteria: Collection[str]) -> dict[str, Any]:
    """An operation as it was sent, without words in its value or keys that sync/1 does not name."""
    told = {key: sent[key] for key in FRAME if key in sent}
    if told.get("kind") in (Kind.WITHDRAW, Kind.UNSEAL) and isinstance(told.get("value"), dict):
        told["value"] = told["value"] | {"reason": ERASED}
    elif told.get("kind") == Kind.SET and isinstance(told.get("field"), str):
        told["value"] = emptied(told["field"], told.get("value"), written_criteria)
    return told


def frame_alone(sent: Mapping[str, Any]) -> dict[str, Any]:
    """What is left of an operation that was refused: its ids and numbers, and nothing that it said."""
    return {key: sent[key] for key in FRAME if key in sent and key not in ("field", "value")}


def private_notes(values: Iterable[tuple[str, Any]]) -> frozenset[str]:
    """The notes that were private at any time, from (field, value) of every `set`."""
    marks = ("private", "safeguarding")
    found = ((field.split("/"), value) for field, value in values)
    return frozenset(
        parts[1]
        for parts, value in found
        if len(parts) == 3 and parts[0] == "note" and parts[2] in marks and value is True
    )
