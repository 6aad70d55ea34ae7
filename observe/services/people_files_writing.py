"""The deeds of a file, done in one transaction, each with its line of history."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, update

from observe.core.ids import new_id
from observe.core.permissions import Person, Role, RoleKind
from observe.core.roster import Kind
from observe.core.roster_deeds import (
    AddPerson,
    AddPlace,
    ChangePerson,
    Deed,
    Forget,
    Give,
    KeepPost,
    Know,
    Leave,
    ListPupils,
    Move,
    RenamePlace,
    Return,
    Take,
)
from observe.services import class_lists, people
from observe.services.people_files_rows import AT_ONCE, COLUMNS, Writing
from observe.storage import people_files
from observe.storage.database import NetworkSession
from observe.storage.tables import people as tables
from observe.storage.tables.people_files import PeopleKey

TABLES: dict[Kind, type[tables.School] | type[tables.Team] | type[tables.SchoolClass]] = {
    Kind.SCHOOL: tables.School,
    Kind.TEAM: tables.Team,
    Kind.CLASS: tables.SchoolClass,
}


def carry_out(
    session: NetworkSession,
    deeds: Sequence[Deed],
    source_id: UUID,
    *,
    by: Person | None,
    at: datetime,
) -> None:
    """Do everything that a comparison came to; the caller's transaction keeps all of it or nothing."""
    writing = Writing(session, source_id, by=by, at=at)
    touched = {deed.person for deed in deeds if isinstance(deed, Take | Move)}
    writing.held = people_files.role_ids(session, touched) if touched else {}
    for deed in deeds:
        DOES[type(deed)](writing, deed)
    writing.forget(writing.forgotten)
    writing.forget(_said_anew(deeds))
    _erase_lists(writing, deeds)
    writing.write()
    session.expire_all()


def _said_anew(deeds: Iterable[Deed]) -> list[tuple[Kind, str]]:
    """Numbers that mean something else from now on."""
    posts = [(Kind.POST, deed.key) for deed in deeds if isinstance(deed, KeepPost)]
    return posts + [(deed.kind, deed.key) for deed in deeds if isinstance(deed, Know)]


def _add_place(writing: Writing, deed: AddPlace) -> None:
    id = writing.ids[deed.kind, deed.key] = new_id(writing.at)
    if deed.kind is Kind.SCHOOL:
        writing.rows.add(
            "school",
            id=id,
            name=deed.name,
            zone=writing.zone,
            review_needed=True,
            tells_teachers=False,
        )
    else:
        school_id = writing.id(Kind.SCHOOL, deed.school)
        writing.rows.add(deed.kind.value, id=id, school_id=school_id, name=deed.name)
    writing.key(deed.kind, deed.key, {COLUMNS[deed.kind]: id})
    writing.did("added", deed.kind.value, id, name=deed.name)


def _rename_place(writing: Writing, deed: RenamePlace) -> None:
    writing.change(TABLES[deed.kind], deed.id, name=deed.after)
    told = {"before": deed.before, "after": deed.after}
    writing.did("renamed", deed.kind.value, deed.id, **told)


def _know(writing: Writing, deed: Know) -> None:
    writing.key(deed.kind, deed.key, {COLUMNS[deed.kind]: deed.id})


def _forget_key(writing: Writing, deed: Forget) -> None:
    writing.forgotten.append((deed.kind, deed.key))


def _add_person(writing: Writing, deed: AddPerson) -> None:
    id = writing.ids[Kind.PERSON, deed.key] = new_id(writing.at)
    writing.rows.add(
        "person",
        id=id,
        name=deed.name,
        email=deed.email or None,
        imported=False,
        sequence=0,
        created_at=writing.at,
    )
    writing.key(Kind.PERSON, deed.key, {"person_id": id})
    writing.did("added", "person", id, name=deed.name)


def _change_person(writing: Writing, deed: ChangePerson) -> None:
    """With the address goes what they sign in with, as when a facilitator changes it."""
    (_, old), (name, email) = deed.before, deed.after
    if old and old != email:
        row = writing.session.get_one(tables.Person, (writing.session.network_id, deed.id))
        people.move_sign_in(writing.session, row, email)
        writing.session.flush()
    writing.change(tables.Person, deed.id, name=name, email=email or None)
    writing.did("changed", "person", deed.id, before=deed.before, after=deed.after)


def _leave(writing: Writing, deed: Leave) -> None:
    people.mark_left(writing.session, deed.id, by=writing.by, at=writing.at)
    writing.session.flush()
    _set_away(writing, deed.key, writing.at)


def _return(writing: Writing, deed: Return) -> None:
    writing.change(tables.Person, deed.id, left_at=None)
    writing.did("came back", "person", deed.id)
    _set_away(writing, deed.key, None)


def _set_away(writing: Writing, key: str, at: datetime | None) -> None:
    those = (
        PeopleKey.source_id == writing.source_id,
        PeopleKey.kind == Kind.PERSON.value,
        PeopleKey.key == key,
    )
    writing.session.execute(update(PeopleKey).where(*those).values(gone_at=at))


def _give(writing: Writing, deed: Give) -> None:
    person_id = writing.id(Kind.PERSON, deed.person)
    places = {
        "school_id": writing.id(Kind.SCHOOL, deed.school),
        "team_id": writing.id(Kind.TEAM, deed.team),
    }
    writing.rows.add(
        "role", id=new_id(writing.at), person_id=person_id, kind=deed.role.value, **places
    )
    _did_role(writing, "gave a role", person_id, Role(deed.role, **places))


def _did_role(writing: Writing, did: str, person_id: UUID | None, role: Role) -> None:
    if person_id is not None:
        writing.did(did, "person", person_id, **people.details(role))


def _move(writing: Writing, deed: Move) -> None:
    """Another team in the same school: lessons and their records stay with the team of then."""
    team_id = writing.id(Kind.TEAM, deed.team)
    role = Role(RoleKind.TEACHER, deed.school, deed.before)
    writing.change(tables.Role, writing.held[deed.person, role], team_id=team_id)
    told = {"team": str(team_id or ""), "before": str(deed.before or "")}
    writing.did("moved to a team", "person", deed.person, **told)


def _take(writing: Writing, deed: Take) -> None:
    id = writing.held.get((deed.person, deed.role))
    if id is not None:
        writing.session.execute(delete(tables.Role).where(tables.Role.id == id))
        _did_role(writing, "took a role", deed.person, deed.role)


def _keep_post(writing: Writing, deed: KeepPost) -> None:
    places = {
        "person_id": writing.id(Kind.PERSON, deed.person),
        "school_id": writing.id(Kind.SCHOOL, deed.school),
        "team_id": writing.id(Kind.TEAM, deed.team),
    }
    writing.key(Kind.POST, deed.key, places, deed.role.value)


def _list_pupils(writing: Writing, deed: ListPupils) -> None:
    """The names of pupils in place of those there were, until the school year ends."""
    class_id = writing.id(Kind.CLASS, deed.school_class)
    until = class_lists.last_day(writing.at.date())
    for name in deed.names:
        writing.rows.add(
            "pupil", id=new_id(writing.at), class_id=class_id, name=name, erased_after=until
        )
    if class_id is not None:
        writing.did("class list kept", "class", class_id, count=len(deed.names))


def _erase_lists(writing: Writing, deeds: Iterable[Deed]) -> None:
    """The lists of classes that are here and get another one."""
    lists = (deed.school_class for deed in deeds if isinstance(deed, ListPupils))
    found = [class_id for class_id in lists if isinstance(class_id, UUID)]
    for begin in range(0, len(found), AT_ONCE):
        part = found[begin : begin + AT_ONCE]
        writing.session.execute(delete(tables.Pupil).where(tables.Pupil.class_id.in_(part)))


DOES: dict[type[Any], Callable[[Writing, Any], None]] = {
    AddPlace: _add_place,
    RenamePlace: _rename_place,
    Know: _know,
    Forget: _forget_key,
    AddPerson: _add_person,
    ChangePerson: _change_person,
    Leave: _leave,
    Return: _return,
    Give: _give,
    Move: _move,
    Take: _take,
    KeepPost: _keep_post,
    ListPupils: _list_pupils,
}
