"""What is kept about one person, for that person: their own things, with everybody else left out.

Others are named by what they are. What is private to the person is told to nobody but them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from observe.core.erasing import FORMER
from observe.core.errors import Conflict
from observe.core.permissions import Person, RoleKind
from observe.core.third_parties import Others, others
from observe.storage import (
    erasures,
    history,
    people,
    read_about,
    records,
    register,
    shelf,
    subject_rows,
)
from observe.storage.database import NetworkSession
from observe.storage.subject_sources import SOURCES, Source
from observe.storage.tables.lessons import Observation

FUNCTIONS: Mapping[RoleKind, str] = {
    RoleKind.HEAD: "a head",
    RoleKind.ADVISER: "an adviser",
    RoleKind.LEADER: "a team leader",
    RoleKind.TEACHER: "a teacher",
    RoleKind.FACILITATOR: "a facilitator",
    RoleKind.DEPUTY: "a facilitator’s deputy",
    RoleKind.DATA_PROTECTION: "whoever holds data protection",
}
COLLEAGUE, PUPIL, SELF, NOBODY = "a colleague", "a pupil", "you", "Observe"
AS_THEY_ARE = ("email", "address", "key", "school_id")
ALL_NOTES, READ_ABOUT, MOST_READ = "notes", "read_about", 100_000
Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of thing that is kept about somebody; its entries are read as they are asked for."""

    key: str
    entries: Iterator[Entry]


@dataclass(frozen=True, slots=True)
class _Asked:
    """About whom, and how others are named in it."""

    session: NetworkSession
    person_id: UUID
    functions: Mapping[UUID, str]
    others: Others
    at: datetime


def about(session: NetworkSession, person_id: UUID) -> tuple[str, str]:
    """(name, obstacle) of somebody for whom a pack is to be made; no obstacle is empty."""
    row = people.row_of(session, person_id)
    erased = erasures.was_erased(session, person_id)
    return row.name, "This person was erased: nothing about them is left." if erased else ""


def parts(session: NetworkSession, person_id: UUID, *, at: datetime) -> Iterator[Part]:
    """What whoever holds data protection hands to a person; nothing that is private to anybody."""
    asked = _asked(session, person_id, at)
    for source in SOURCES:
        if not source.own:
            yield Part(source.key, _entries(asked, source))
        if source.key == "lessons":
            yield Part(ALL_NOTES, _notes(asked))
    yield Part(READ_ABOUT, _read_about(asked))


def own_parts(session: NetworkSession, person_id: UUID, *, at: datetime) -> Iterator[Part]:
    """What somebody wrote for themselves alone, and nobody else may open."""
    asked = _asked(session, person_id, at)
    return (Part(each.key, _entries(asked, each)) for each in SOURCES if each.own)


def made(session: NetworkSession, person_id: UUID, *, by: Person, at: datetime) -> None:
    """Keep that a pack was made, and by whom; Conflict for somebody who was erased."""
    if obstacle := about(session, person_id)[1]:
        raise Conflict(obstacle)
    history.wrote(session, "pack made", "person", person_id, by=by.id, at=at)


def _asked(session: NetworkSession, person_id: UUID, at: datetime) -> _Asked:
    everybody = register.everybody(session)
    roles = people.held_by(session, [each.id for each in everybody])
    functions = {each.id: _function(roles.get(each.id, ())) for each in everybody}
    named = [
        (each.name, functions[each.id])
        for each in everybody
        if each.id != person_id and each.name != FORMER
    ]
    pupils = [(name, PUPIL) for name in subject_rows.pupils(session)]
    left_out = others([*pupils, *named], _own_names(session, person_id))
    return _Asked(session, person_id, functions | {person_id: SELF}, left_out, at)


def _own_names(session: NetworkSession, person_id: UUID) -> Sequence[str]:
    row = people.row_of(session, person_id)
    names, addresses = erasures.earlier(session, person_id)
    return [row.name, row.email or "", *names, *addresses]


def _function(held: Sequence[people.RoleHeld]) -> str:
    kinds = {role.kind for role in held}
    return next((words for kind, words in FUNCTIONS.items() if kind in kinds), COLLEAGUE)


def _entries(asked: _Asked, source: Source) -> Iterator[Entry]:
    waiting: list[Entry] = []
    for row in subject_rows.rows(asked.session, source, asked.person_id, at=asked.at):
        waiting.append(row)
        if len(waiting) == subject_rows.AT_ONCE:
            yield from _told(asked, source, waiting)
            waiting = []
    yield from _told(asked, source, waiting)


def _told(asked: _Asked, source: Source, rows: Sequence[Entry]) -> Iterator[Entry]:
    words = {
        column: subject_rows.words_for(
            asked.session, table, called, {row[column] for row in rows if row[column]}
        )
        for column, table, called in source.places
    }
    for row in rows:
        named = {name: _named(asked, row[name]) for name in source.people}
        places = {name: _plain(asked, name, words[name].get(row[name])) for name in words}
        plain = {name: _plain(asked, name, row[name]) for name in source.columns}
        yield {**plain, **places, **named}


def _named(asked: _Asked, person_id: UUID | None) -> str:
    return asked.functions.get(person_id, COLLEAGUE) if person_id else NOBODY


def _plain(asked: _Asked, name: str, value: Any) -> Any:
    """A value without others in it; a letter as what it says."""
    if name in AS_THEY_ARE:
        return value
    if name == "letter" and value:
        return asked.others.left_out(_letter(value))
    return asked.others.left_out(value)


def _letter(kept: Mapping[str, Any]) -> dict[str, Any]:
    """A letter as it was read: what it is about, and its words."""
    says = [line["text"] for line in kept.get("lines", ())]
    return {"title": kept.get("title"), "on": kept.get("on"), "says": says}


def _notes(asked: _Asked) -> Iterator[Entry]:
    """What was noted in lessons that they taught, once nothing of it is hidden any more."""
    for record, starts_at in list(subject_rows.records(asked.session, asked.person_id)):
        yield from _of_record(asked, record, starts_at)


def _read_about(asked: _Asked) -> Iterator[Entry]:
    """Who has read about them, the latest first; by what they are."""
    for each in read_about.of_person(asked.session, asked.person_id, most=MOST_READ):
        yield {"hour": each.hour, "thing": each.thing, "by": _named(asked, each.by)}


def _of_record(asked: _Asked, record: Observation, starts_at: datetime) -> Iterator[Entry]:
    function = asked.functions.get(record.observer_id, COLLEAGUE)
    kept = records.read(asked.session, record.id)
    for note in kept.notes:
        if not note.private and not note.safeguarding and note.text:
            text = asked.others.left_out(note.text)
            yield {"lesson": starts_at, "observer_id": function, "text": text}


def titles(session: NetworkSession) -> dict[str, str]:
    """What each criterion of the network's rubrics is called."""
    found: dict[str, str] = {}
    for digest in subject_rows.rubrics(session):
        found |= shelf.titles(session, digest)
    return found
