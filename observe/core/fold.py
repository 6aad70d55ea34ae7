"""How operations fold into a record: in any order, and however often each one comes."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from observe.core.canonical import canonical
from observe.core.observation import Note, Record
from observe.core.opening import moment
from observe.core.operations import Kind, Operation, uuid_in
from observe.core.sitting import Sitting, sitting_of

LONG_AGO, AHEAD = timedelta(days=30), timedelta(hours=1)

# Names of fields are short and plain: the standard writer spells them as RFC 8785 does, and fast.
_spell = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True, order=True)
class Winner:
    """The operation that decides a field; `value` is canonical JSON."""

    lamport: int
    op_id: UUID
    value: str


@dataclass(slots=True)
class Fields:
    """What a record's operations come to: winners by field, and tallies by counted field."""

    winners: dict[str, Winner] = field(default_factory=dict)
    tallies: dict[str, set[UUID]] = field(default_factory=dict)
    taken_back: set[UUID] = field(default_factory=set)

    def take(self, operation: Operation) -> str | None:
        """Let one operation have its effect; the field that it may have changed, if any."""
        match operation.kind:
            case Kind.SET:
                return self._set(operation.field, winner(operation))
            case Kind.TALLY:
                self.tallies.setdefault(operation.field, set()).add(operation.op_id)
                return operation.field
            case Kind.UNTALLY:
                return self._take_back(uuid_in(operation.value))
        return None

    def _set(self, name: str, new: Winner) -> str:
        """The highest (lamport, op_id) wins."""
        self.winners[name] = max(new, self.winners.get(name, new))
        return name

    def _take_back(self, tally: UUID | None) -> str | None:
        """A tally is taken back once, also one that has not come yet."""
        if tally:
            self.taken_back.add(tally)
        return next((name for name, each in self.tallies.items() if tally in each), None)

    def value(self, name: str) -> str:
        """What a field holds, as canonical JSON: its number if it was ever counted."""
        if name in self.tallies:
            return str(len(self.tallies[name] - self.taken_back))
        return self.winners[name].value

    def values(self) -> dict[str, str]:
        """{field: canonical JSON}; null stays in, and so does a counted field at 0."""
        return {name: self.value(name) for name in (*self.winners, *self.tallies)}

    def deciding(self) -> dict[str, UUID | list[UUID]]:
        """{field: winning op_id}, for counted fields {field: op_ids not taken back}."""
        won = {name: each.op_id for name, each in self.winners.items()}
        return won | {name: sorted(e - self.taken_back) for name, e in self.tallies.items()}


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that two tablets changed without knowing of each other: what stands, and the other ends."""

    field: str
    kept: Operation
    others: tuple[Operation, ...]


def winner(operation: Operation) -> Winner:
    """A `set` as a claim to its field."""
    value = canonical(operation.value).decode()
    return Winner(operation.lamport, operation.op_id, value)


def fold(operations: Iterable[Operation]) -> Fields:
    """The fields that these operations come to, in whatever order they are given."""
    fields = Fields()
    for operation in operations:
        fields.take(operation)
    return fields


def state_hash(values: Mapping[str, str]) -> str:
    """sha256, 64 hexadecimal digits, of the canonical {field: value}; `values` as `Fields.values`."""
    named = sorted(values.items(), key=lambda pair: pair[0].encode("utf-16-be"))
    return hash_of(",".join(f"{_spell(name)}:{value}" for name, value in named))


def hash_of(spelled: str) -> str:
    """The hash of a record whose fields are spelled in order, `"name":value` with commas between."""
    return hashlib.sha256(f"{{{spelled}}}".encode()).hexdigest()


def conflicts(operations: Iterable[Operation]) -> list[Conflict]:
    """Where values of one field were given after the same previous one, and came to other ends.

    The latest decides. Of each other way its end is told, the latest first; as `conflicts.mjs` does it.
    """
    given: dict[str, dict[UUID, Operation]] = defaultdict(dict)
    for operation in operations:
        if operation.kind == Kind.SET:
            given[operation.field][operation.op_id] = operation
    found = (_conflict(name, list(each.values())) for name, each in given.items())
    return [conflict for conflict in found if conflict.others]


def counts_of(values: Mapping[str, str]) -> tuple[int, int]:
    """(notes that hold words, ratings that stand), from {field: canonical JSON}."""
    texts = [name for name in values if name.startswith("note/") and name.endswith("/text")]
    notes = [t for t in texts if values[t] != '""' and values.get(f"{t[:-4]}deleted") != "true"]
    ratings = [n for n, value in values.items() if n.startswith("rating/") and value != "null"]
    return len(notes), len(ratings)


def started_at(values: Mapping[str, str], *, heard: datetime) -> datetime | None:
    """When the observer began by the tablet's clock; None if the server cannot believe it."""
    told = moment(json.loads(values.get("clock/started", "null")))
    believed = told and heard - LONG_AGO <= told <= heard + AHEAD
    return told if believed else None


def record_of(values: Mapping[str, str], late: Mapping[str, str] | None = None) -> Record:
    """One observer's record; `late` is what the fields would be with what came after sealing."""
    known, after = read_values(values), read_values(late or {})
    sitting = sitting_of(known)
    return Record(
        ratings=ratings_of(known),
        notes=_in_books((*notes_of(known), *_late_notes(known, after)), sitting),
        look_fors=frozenset(_look_fors(known)),
        targets={parts[0]: value for parts, value in _under("target", known) if value},
        sitting=sitting,
    )


def read_values(values: Mapping[str, str]) -> dict[str, Any]:
    """{field: value} from {field: canonical JSON}."""
    return {name: json.loads(value) for name, value in values.items()}


def ratings_of(values: Mapping[str, Any]) -> dict[tuple[str, str], Any]:
    """Ratings by (criterion, occasion), without those that were taken back."""
    rated = _under("rating", values)
    return {(parts[0], parts[1]): value for parts, value in rated if value is not None}


def notes_of(values: Mapping[str, Any], *, late: bool = False) -> tuple[Note, ...]:
    """Notes that hold words and were not deleted, in order of time."""
    parts_by_note: dict[str, dict[str, Any]] = defaultdict(dict)
    for (note, part), value in _under("note", values):
        parts_by_note[note][part] = value
    notes = [_note(key, parts, late=late) for key, parts in parts_by_note.items() if _kept(parts)]
    return tuple(sorted(notes, key=lambda note: (note.elapsed_ms, note.id)))


def _late_notes(known: Mapping[str, Any], after: Mapping[str, Any]) -> list[Note]:
    """Notes whose words came, or became other words, after the record was sealed."""
    before = {(note.id, note.text) for note in notes_of(known)}
    return [note for note in notes_of(after, late=True) if (note.id, note.text) not in before]


def _in_books(notes: tuple[Note, ...], sitting: Sitting) -> tuple[Note, ...]:
    """The notes with the book for which each was written, where books were read."""
    if not sitting.books:
        return notes
    return tuple(replace(note, book=sitting.book_at(note.elapsed_ms)) for note in notes)


def _kept(parts: Mapping[str, Any]) -> bool:
    return bool(parts.get("text")) and not parts.get("deleted")


def _note(key: str, parts: Mapping[str, Any], *, late: bool) -> Note:
    return Note(
        id=key,
        text=parts["text"],
        elapsed_ms=parts.get("elapsed_ms", 0),
        criteria=tuple(parts.get("criteria", ())),
        mark=parts.get("mark"),
        speaker=parts.get("speaker"),
        private=parts.get("private", False) or parts.get("safeguarding", False),
        safeguarding=parts.get("safeguarding", False),
        late=late,
    )


def _look_fors(values: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for (criterion, look_for, occasion), ticked in _under("lookfor", values):
        if ticked:
            yield criterion, look_for, occasion


def _under(first: str, values: Mapping[str, Any]) -> Iterator[tuple[list[str], Any]]:
    """(the parts after the first, value) of each field of one sort."""
    for name, value in values.items():
        sort, *parts = name.split("/")
        if sort == first:
            yield parts, value


def _conflict(name: str, given: Sequence[Operation]) -> Conflict:
    """The ends of all ways that parted, save those that came to what stands."""
    kept, following = max(given, key=_order), defaultdict[UUID | None, list[Operation]](list)
    for each in given:
        following[each.previous].append(each)
    parted = [ways for ways in following.values() if len({winner(w).value for w in ways}) > 1]
    ends = {end.op_id: end for ways in parted for way in ways if (end := _end(way, following))}
    others = [end for end in ends.values() if winner(end).value != winner(kept).value]
    return Conflict(name, kept, tuple(sorted(others, key=_order, reverse=True)))


def _end(way: Operation, following: Mapping[UUID | None, Sequence[Operation]]) -> Operation:
    """What a way came to: the latest of those that follow, step by step."""
    while after := [e for e in following.get(way.op_id, ()) if _order(e) > _order(way)]:
        way = max(after, key=_order)
    return way


def _order(operation: Operation) -> tuple[int, UUID]:
    return operation.lamport, operation.op_id
