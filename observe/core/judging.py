"""Whether an operation means something, by its content alone: never by what has arrived before."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from observe.core.canonical import normal
from observe.core.opening import moment, read_opening, wrong_code
from observe.core.operations import (
    LARGEST_OPERATION,
    LARGEST_TEXT,
    Kind,
    Operation,
    uuid_in,
    whole,
)
from observe.core.rating import check_value, occasion_fits
from observe.core.rubric import Criterion, Rubric, ScaleType

ID = re.compile(r"[0-9A-Za-z-]{1,64}")
KEY = re.compile(r"[a-z0-9-]{1,64}")
HASH = re.compile(r"[0-9a-f]{64}")


class Code(StrEnum):
    """Why an operation is rejected."""

    ID_REUSE = "id_reuse"
    SEQUENCE_REUSE = "sequence_reuse"
    NOT_OWNER = "not_owner"
    BAD_VALUE = "bad_value"
    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_RUBRIC = "unknown_rubric"
    UNKNOWN_LESSON = "unknown_lesson"
    PAIR_CODE = "pair_code"
    PARTNER_SEALED = "partner_sealed"
    WITHDRAWN = "withdrawn"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why an operation has no effect, and a sentence for whoever made it."""

    code: Code
    detail: str


Judgement = Rejection | None
Rule = tuple[Callable[[Any], bool], str]
NO_SUCH_FIELD = Rejection(Code.UNKNOWN_FIELD, "A record has no such field.")
NO_SUCH_RUBRIC = Rejection(Code.UNKNOWN_RUBRIC, "No published rubric has this address.")


def judge(operation: Operation, rubric: Rubric | None) -> Judgement:
    """What is wrong with an operation; `rubric` is the published one it names, None if none is."""
    return (
        _frame(operation, rubric)
        or _size(operation)
        or JUDGES[operation.kind](operation.field, normal(operation.value), rubric)
    )


def _bad(sentence: str) -> Rejection:
    # PostgreSQL keeps no NUL in a text, and the sentence may quote what was sent.
    return Rejection(Code.BAD_VALUE, sentence.replace("\0", ""))


def _frame(operation: Operation, rubric: Rubric | None) -> Judgement:
    """What every kind shares: text that can be kept, `previous`, `elapsed_ms`, a known rubric."""
    sent = operation.sent
    if operation.canonical is None:
        return _bad("This holds a character or a number that cannot be kept.")
    if sent.get("previous") is not None and operation.previous is None:
        return _bad("previous must be the id of an operation.")
    if sent.get("elapsed_ms") is not None and whole(sent["elapsed_ms"]) is None:
        return _bad("elapsed_ms must be a whole number of milliseconds.")
    return NO_SUCH_RUBRIC if sent.get("rubric") is not None and rubric is None else None


def _size(operation: Operation) -> Judgement:
    if len(operation.canonical or b"") > LARGEST_OPERATION:
        return Rejection(Code.TOO_LARGE, "This is larger than 32 kB: keep it in parts.")
    if any(len(text.encode()) > LARGEST_TEXT for text in _texts(normal(operation.value))):
        return Rejection(Code.TOO_LARGE, "This text is longer than 20 kB: split it in two.")
    return None


def _texts(value: Any) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _set(field: str, value: Any, rubric: Rubric | None) -> Judgement:
    match field.split("/"):
        case ["rating", criterion, occasion]:
            return _rating(criterion, occasion, value, rubric)
        case ["lookfor", criterion, look_for, occasion]:
            return _look_for(criterion, look_for, occasion, value, rubric)
        case ["note", note, "criteria"] if ID.fullmatch(note):
            return _criteria(value, rubric)
        case ["note", note, part] if ID.fullmatch(note) and part in NOTE:
            return _plain(NOTE[part], value)
        case ["target", target] if uuid_in(target):
            return _plain(TARGET, value)
        case ["clock", "started"]:
            return _plain(STARTED, value)
        case ["context", key] if KEY.fullmatch(key):
            return _plain(CONTEXT, value)
    return NO_SUCH_FIELD


def _rating(criterion: str, occasion: str, value: Any, rubric: Rubric | None) -> Judgement:
    if rubric is None:
        return NO_SUCH_RUBRIC
    known = rubric.find(criterion)
    if known is None or not occasion_fits(rubric, known, occasion):
        return NO_SUCH_FIELD
    wrong = check_value(known, occasion, value, rubric)
    return _bad(wrong) if wrong else None


def _look_for(
    criterion: str, look_for: str, occasion: str, value: Any, rubric: Rubric | None
) -> Judgement:
    if rubric is None:
        return NO_SUCH_RUBRIC
    known = rubric.find(criterion)
    if known is None or not _has(known, look_for) or not occasion_fits(rubric, known, occasion):
        return NO_SUCH_FIELD
    return None if isinstance(value, bool) else _bad("A look-for is ticked (true) or not (false).")


def _has(criterion: Criterion, look_for: str) -> bool:
    return any(each.look_for == look_for for each in criterion.look_fors)


def _criteria(value: Any, rubric: Rubric | None) -> Judgement:
    if rubric is None:
        return NO_SUCH_RUBRIC
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return _bad("The criteria of a note are a list.")
    unknown = next((each for each in value if rubric.find(each) is None), None)
    return None if unknown is None else _bad(f"{unknown[:40]} is not a criterion of this rubric.")


def _plain(rule: Rule, value: Any) -> Judgement:
    fits, sentence = rule
    return None if fits(value) else _bad(sentence)


def _count(field: str, rubric: Rubric | None) -> Judgement:
    """Counts belong to a criterion that is counted."""
    if rubric is None:
        return NO_SUCH_RUBRIC
    match field.split("/"):
        case ["rating", key, occasion]:
            known = rubric.find(key)
            counted = known and known.scale.type is ScaleType.COUNT
            if known and counted and occasion_fits(rubric, known, occasion):
                return None
    return NO_SUCH_FIELD


def _tally(field: str, value: Any, rubric: Rubric | None) -> Judgement:
    if value is not None and whole(value, least=1) != 1:
        return _bad("A tally is one count; it takes no value.")
    return _count(field, rubric)


def _untally(field: str, value: Any, rubric: Rubric | None) -> Judgement:
    if uuid_in(value) is None:
        return _bad("Name the tally that is taken back.")
    return _count(field, rubric)


def _open(_field: str, value: Any, _rubric: Rubric | None) -> Judgement:
    if wrong_code(value):
        return Rejection(Code.PAIR_CODE, "A code has six capital letters, none of them a vowel.")
    return None if read_opening(value) else _bad("The lesson is missing or not complete.")


def _seal(_field: str, value: Any, _rubric: Rubric | None) -> Judgement:
    stated = value.get("state_hash") if isinstance(value, dict) else None
    sealed = isinstance(stated, str) and HASH.fullmatch(stated)
    return None if sealed else _bad("A seal states the hash of the record: 64 digits.")


def _unseal(field: str, value: Any, rubric: Rubric | None) -> Judgement:
    include = value.get("include") if isinstance(value, dict) else None
    if not isinstance(include, bool):
        return _bad("Say whether what came late is included: true or false.")
    return _withdraw(field, value, rubric)


def _withdraw(_field: str, value: Any, _rubric: Rubric | None) -> Judgement:
    reason = value.get("reason") if isinstance(value, dict) else None
    return None if isinstance(reason, str) else _bad("Give the reason as a text.")


NOTE: Mapping[str, Rule] = {
    "text": (lambda v: isinstance(v, str), "A note is a text."),
    "elapsed_ms": (lambda v: whole(v) is not None, "The time of a note is a whole number."),
    "mark": (lambda v: v in (None, "+", "-"), "A mark is +, - or nothing."),
    "speaker": (lambda v: v in (None, "T", "P"), "A speaker is T, P or nobody."),
    "private": (lambda v: isinstance(v, bool), "Private is true or false."),
    "safeguarding": (lambda v: isinstance(v, bool), "Safeguarding is true or false."),
    "deleted": (lambda v: isinstance(v, bool), "Deleted is true or false."),
}
TARGET: Rule = (lambda v: v in (None, "seen", "not_yet"), "A target is seen, not_yet or left open.")
STARTED: Rule = (lambda v: moment(v) is not None, "The start is a time with its zone.")
CONTEXT: Rule = (
    lambda v: v is None or isinstance(v, str | int | float),
    "This takes a text, a number, true, false or nothing.",
)
JUDGES: Mapping[Kind, Callable[[str, Any, Rubric | None], Judgement]] = {
    Kind.OPEN: _open,
    Kind.SET: _set,
    Kind.TALLY: _tally,
    Kind.UNTALLY: _untally,
    Kind.SEAL: _seal,
    Kind.UNSEAL: _unseal,
    Kind.WITHDRAW: _withdraw,
}
