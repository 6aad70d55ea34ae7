"""JSON text → a record, or every fault in it by its place."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from observe.core.errors import Invalid
from observe.core.feedback import record as shapes
from observe.core.feedback.json_places import misplaced, parsed
from observe.core.feedback.record import LessonRecord, RecordShape, record_of
from observe.core.rubric import Criterion, Rubric

Path = tuple[str | int, ...]
WHOLE = "the record"
DEEP = "it is nested too deeply"
MOST_NAMED = 24
INSIDE: dict[str, type[BaseModel]] = {
    "lesson": shapes.LessonShape,
    "notes": shapes.NoteShape,
    "target": shapes.TargetShape,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend; `where` is such as `notes[3].minute`."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class RecordFaults(Invalid):
    """A record cannot be used; `faults` holds every reason."""

    code = "record_faults"

    def __init__(self, faults: Sequence[Fault]) -> None:
        count = "One fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__(f"{count} in the record. Nothing of it was used.")
        self.faults = tuple(faults)


def read_record(raw: bytes, rubric: Rubric) -> LessonRecord:
    """The record in a JSON text in UTF-8; RecordFaults with every fault in it."""
    text = _text(raw)
    try:
        shape = RecordShape.model_validate_json(text)
    except ValidationError as refusal:
        told = [_fault(error) for error in refusal.errors(include_url=False)]
        raise RecordFaults([*dict.fromkeys(told), *_meant(json.loads(text), rubric)]) from None
    faults = list(_meant(json.loads(text), rubric))
    if faults:
        raise RecordFaults(faults)
    return record_of(shape, rubric)


def _text(raw: bytes) -> str:
    """The text of a file that is JSON, names each key once and holds what JSON can hold."""
    try:
        text = raw.decode("utf-8-sig")
        faults = [Fault(_where(path), what) for path, what in misplaced(parsed(text))]
    except UnicodeDecodeError as fault:
        what = f"byte {fault.start + 1} is not UTF-8; save the file as UTF-8"
        raise RecordFaults([Fault(WHOLE, what)]) from None
    except json.JSONDecodeError as fault:
        what = f"line {fault.lineno}, column {fault.colno} is not JSON: {fault.msg}"
        raise RecordFaults([Fault(WHOLE, what)]) from None
    except RecursionError:
        raise RecordFaults([Fault(WHOLE, DEEP)]) from None
    if faults:
        raise RecordFaults(faults)
    return text


def _meant(told: Any, rubric: Rubric) -> Iterator[Fault]:
    """What the shape cannot know: criteria and levels of the rubric, ids that stand twice."""
    record = _mapping(told)
    known = {one.criterion: one for one in rubric.criteria()}
    yield from _author(_mapping(record.get("lesson")))
    yield from _due(record.get("due"), _mapping(record.get("lesson")).get("on"))
    yield from _levels(record, known)
    yield from _notes(_items(record.get("notes")), known)
    about = _mapping(record.get("target")).get("criterion")
    yield from _criterion("target.criterion", about, known)


def _author(lesson: dict[str, Any]) -> Iterator[Fault]:
    author, observers = lesson.get("author"), _items(lesson.get("observers"))
    if isinstance(author, str) and author and observers and author not in observers:
        named = ", ".join(str(each) for each in observers)
        yield Fault("lesson.author", f"`{author}` is none of the observers: {named}")


def _due(due: object, on: object) -> Iterator[Fault]:
    if isinstance(due, str) and isinstance(on, str) and _is_day(due) and _is_day(on) and due <= on:
        yield Fault("due", f"{due} is not after the lesson, which was on {on}")


def _is_day(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", text) is not None


def _levels(record: dict[str, Any], known: dict[str, Criterion]) -> Iterator[Fault]:
    agreed, differ = _mapping(record.get("agreed")), _mapping(record.get("differ"))
    for key, level in agreed.items():
        yield from _level(f"agreed.{key}", key, level, known)
        if key in differ:
            yield Fault(f"differ.{key}", "it is agreed as well; keep one of the two")
    for key, levels in differ.items():
        if key not in known:
            yield from _criterion(f"differ.{key}", key, known)
            continue
        for place, level in enumerate(_items(levels)):
            yield from _level(f"differ.{key}[{place}]", key, level, known)
        yield from _apart(f"differ.{key}", _items(levels))


def _apart(where: str, levels: Sequence[Any]) -> Iterator[Fault]:
    """What is no difference: nobody gave a level, or all gave the same."""
    if len(levels) < 2:
        return
    if not any(isinstance(level, int) for level in levels):
        yield Fault(where, "no level stands here; write each observer’s level, or leave it out")
    elif all(level == levels[0] for level in levels):
        yield Fault(where, "these levels do not differ; write the level under `agreed`")


def _level(where: str, key: str, level: object, known: dict[str, Criterion]) -> Iterator[Fault]:
    yield from _criterion(where, key, known)
    if key not in known or not isinstance(level, int) or isinstance(level, bool):
        return
    scale = known[key].scale
    if not scale.has_levels:
        yield Fault(where, f"`{key}` has no levels; leave it out")
    elif scale.position(level) is None:
        levels = ", ".join(f"{each.value} ({each.label})" for each in scale.levels)
        yield Fault(where, f"{level} is no level of `{key}`; known are {levels}")


def _notes(notes: Sequence[Any], known: dict[str, Criterion]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for place, note in enumerate(map(_mapping, notes)):
        own = note.get("id")
        if isinstance(own, str) and seen.setdefault(own, place) != place:
            yield Fault(f"notes[{place}].id", f"`{own}` is the id of notes[{seen[own]}] too")
        for number, key in enumerate(_items(note.get("criteria"))):
            yield from _criterion(f"notes[{place}].criteria[{number}]", key, known)


def _criterion(where: str, key: object, known: Iterable[str]) -> Iterator[Fault]:
    if isinstance(key, str) and key not in known:
        yield Fault(where, f"`{key}` is no criterion of this rubric{_suggestion(key, list(known))}")


def _suggestion(word: str, known: Sequence[str]) -> str:
    near = get_close_matches(word, known, n=1)
    meant = f"; did you mean `{near[0]}`?" if near else ""
    more = f" and {len(known) - MOST_NAMED} more" if len(known) > MOST_NAMED else ""
    return f"{meant}{' Known' if near else '; known'} are {', '.join(known[:MOST_NAMED])}{more}"


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _items(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _fault(error: Any) -> Fault:
    path = tuple(step for step in error["loc"] if step != "[key]")
    path = path[: _depth(path)]
    say = SAYERS.get(error["type"])
    return Fault(_where(path), say(error) if say else str(error["msg"]))


def _depth(path: Path) -> int:
    """How far a place goes in the file: what comes after a level are names of types."""
    if path[:1] == ("agreed",):
        return 2
    return 3 if path[:1] == ("differ",) else len(path)


def _where(path: Path) -> str:
    told = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return told.lstrip(".") or WHOLE


def _unknown_key(error: Any) -> str:
    key, above = error["loc"][-1], [step for step in error["loc"][:-1] if isinstance(step, str)]
    shape = INSIDE[above[0]] if above else RecordShape
    known = [part.alias or name for name, part in shape.model_fields.items()]
    near = get_close_matches(str(key), known, n=1)
    return (
        f"no such key; did you mean `{near[0]}`?"
        if near
        else f"no such key; known are {', '.join(known)}"
    )


def _not_text(error: Any) -> str:
    found = error["input"]
    plain = isinstance(found, bool | int | float)
    return f'write it in quotes: "{json.dumps(found)}"' if plain else "write a text here"


def _not_whole(error: Any) -> str:
    return f"{json.dumps(error['input'], ensure_ascii=False)[:60]} is not a whole number"


def _not_one_of(error: Any) -> str:
    return f"{json.dumps(error['input'], ensure_ascii=False)[:60]} is none of {error['ctx']['expected']}"


LEVEL = 'write a level as a whole number, null, "not_seen" or "not_applicable"'
DAY = "write a day as 2026-11-17"
SAYERS: dict[str, Callable[[Any], str]] = {
    "json_invalid": lambda _: DEEP,
    "missing": lambda _: "it is missing",
    "extra_forbidden": _unknown_key,
    "string_type": _not_text,
    "string_too_long": lambda error: f"write at most {error['ctx']['max_length']:,} characters",
    "string_pattern_mismatch": lambda _: "write a time of day such as 10:05",
    "int_type": lambda error: (
        LEVEL if error["loc"][0] in ("agreed", "differ") else _not_whole(error)
    ),
    "int_from_float": lambda error: (
        LEVEL if error["loc"][0] in ("agreed", "differ") else _not_whole(error)
    ),
    "literal_error": lambda error: (
        LEVEL if error["loc"][0] in ("agreed", "differ") else _not_one_of(error)
    ),
    "bool_type": lambda _: "write true or false",
    "list_type": lambda _: "write a list, in [ ]",
    "dict_type": lambda _: "write keys and values, in { }",
    "model_type": lambda _: "write keys and values, in { }",
    "model_attributes_type": lambda _: "write keys and values, in { }",
    "too_short": lambda error: f"write at least {error['ctx']['min_length']} entries",
    "too_long": lambda error: f"write at most {error['ctx']['max_length']} entries",
    "greater_than_equal": lambda error: f"write a number of at least {error['ctx']['ge']}",
    "less_than": lambda error: f"write a number under {error['ctx']['lt']}",
    "date_type": lambda _: DAY,
    "date_parsing": lambda _: DAY,
    "date_from_datetime_parsing": lambda _: DAY,
    "date_from_datetime_inexact": lambda _: DAY,
}
