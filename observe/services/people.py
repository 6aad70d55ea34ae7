"""People and their roles, as the facilitator keeps them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from observe.core.contact import email_of, name_of
from observe.core.errors import Conflict, Invalid, Missing
from observe.core.ids import new_id
from observe.core.permissions import Person, Role, RoleKind
from observe.services.people_roll import NETWORK_WIDE, role_for, taught_in, teaches
from observe.storage import erasures, history, people, sign_ins
from observe.storage.database import NetworkSession
from observe.storage.tables import people as tables

OFFERED = (
    RoleKind.HEAD,
    RoleKind.ADVISER,
    RoleKind.LEADER,
    RoleKind.TEACHER,
    RoleKind.FACILITATOR,
    RoleKind.DEPUTY,
    RoleKind.DATA_PROTECTION,
)


@dataclass(frozen=True, slots=True)
class Post:
    """A role to give, with the place it is held in."""

    kind: RoleKind
    school_id: UUID | None = None
    team_id: UUID | None = None


def add(
    session: NetworkSession, name: str, email: str, post: Post | None, *, by: Person, at: datetime
) -> UUID:
    """Somebody new, with a first role where one is named; their id."""
    name, email = name_of(name, of="the name of the person"), email_of(email)
    _refuse_double(session, email)
    person = tables.Person(id=new_id(at), name=name, email=email, created_at=at)
    session.add(person)
    session.flush()
    history.wrote(session, "added", "person", person.id, by=by.id, at=at, name=name)
    if post:
        give_role(session, person.id, post, by=by, at=at)
    return person.id


def _refuse_double(session: NetworkSession, email: str, *, but: UUID | None = None) -> None:
    other = people.by_email(session, email)
    if other is not None and other.id != but:
        raise Conflict(
            f"{other.name} has this address already. Find them in the list.", field="email"
        )


def change(
    session: NetworkSession, person_id: UUID, name: str, email: str, *, by: Person, at: datetime
) -> None:
    """Another name or e-mail address; with the address goes what they sign in with."""
    person = _still_known(session, person_id)
    name = name_of(name, of="the name of the person")
    email = email_of(email) if email.strip() or person.email else ""
    _refuse_double(session, email, but=person_id)
    before, after = (person.name, person.email or ""), (name, email)
    if before == after:
        return
    if person.email and person.email != email:
        move_sign_in(session, person, email)
    person.name, person.email = name, email or None
    history.wrote(
        session, "changed", "person", person_id, by=by.id, at=at, before=before, after=after
    )


def _still_known(session: NetworkSession, person_id: UUID) -> tables.Person:
    """Somebody who was not erased; Conflict otherwise."""
    if erasures.was_erased(session, person_id):
        raise Conflict("This person was erased. If they are here again, add them as somebody new.")
    return people.row_of(session, person_id)


def move_sign_in(session: NetworkSession, person: tables.Person, email: str) -> None:
    """The password follows to the new address unless another network has a part in either."""
    old = sign_ins.by_email(session, person.email or "")
    here = str(session.network_id)
    if old is None or old.people.get(here) != str(person.id):
        return
    if set(old.people) == {here} and sign_ins.by_email(session, email) is None:
        old.email = email
    else:
        old.people = {network: who for network, who in old.people.items() if network != here}


def give_role(
    session: NetworkSession, person_id: UUID, post: Post, *, by: Person, at: datetime
) -> bool:
    """Give somebody a role; False when they hold it. A teacher teaches in one team of a school."""
    people.row_of(session, person_id)
    role = _placed(session, post)
    held = people.roles_of(session, person_id)
    if role in held:
        return False
    if taught_in(held, role):
        teaches(session, person_id, role.school_id, role.team_id)
    else:
        session.add(_role_row(person_id, role, at=at))
    history.wrote(session, "gave a role", "person", person_id, by=by.id, at=at, **details(role))
    return True


def _placed(session: NetworkSession, post: Post) -> Role:
    """The role with the places that count for its kind; Invalid where one is missing."""
    if post.kind in NETWORK_WIDE:
        return role_for(post.kind, None, None)
    team = session.get(tables.Team, (session.network_id, post.team_id)) if post.team_id else None
    school_id = team.school_id if team else post.school_id
    if school_id is None or session.get(tables.School, (session.network_id, school_id)) is None:
        raise Invalid("Choose the school.", field="place")
    if post.kind is RoleKind.LEADER and team is None:
        raise Invalid("Choose the team that this person leads.", field="place")
    return role_for(post.kind, school_id, team.id if team else None)


def _role_row(person_id: UUID, role: Role, *, at: datetime) -> tables.Role:
    return tables.Role(
        id=new_id(at),
        person_id=person_id,
        kind=role.kind.value,
        school_id=role.school_id,
        team_id=role.team_id,
    )


def details(role: Role) -> dict[str, str]:
    """A role as history tells it."""
    places = {"school": role.school_id, "team": role.team_id}
    return {"role": role.kind.value} | {key: str(place) for key, place in places.items() if place}


def take_role(
    session: NetworkSession, person_id: UUID, role_id: UUID, *, by: Person, at: datetime
) -> None:
    """Take a role away; taking it twice does no harm."""
    row = session.get(tables.Role, (session.network_id, role_id))
    if row is None:
        return
    if row.person_id != person_id:
        raise Missing("There is no such role.")
    role = Role(RoleKind(row.kind), row.school_id, row.team_id)
    session.delete(row)
    history.wrote(session, "took a role", "person", person_id, by=by.id, at=at, **details(role))


def leave(session: NetworkSession, person_id: UUID, *, by: Person, at: datetime) -> None:
    """Somebody left: they cannot sign in, links stop working; their name stays on what they did."""
    person = people.row_of(session, person_id)
    if person_id == by.id:
        raise Conflict("You cannot mark yourself as having left. Another facilitator can do it.")
    if person.left_at is not None:
        return
    mark_left(session, person_id, by=by, at=at)


def mark_left(session: NetworkSession, person_id: UUID, *, by: Person | None, at: datetime) -> None:
    """From now on somebody has left; `by` is None where a command of the installation said so."""
    people.row_of(session, person_id).left_at = at
    doer = by.id if by else None
    for visit in sign_ins.open_visits(session, person_id):
        visit.ended_at = at
        history.wrote(session, "ended a visit", "visit", visit.id, by=doer, at=at)
    for link in sign_ins.links_of(session, [person_id]):
        link.expires_at = min(link.expires_at, at)
    history.wrote(session, "left", "person", person_id, by=doer, at=at)


def come_back(session: NetworkSession, person_id: UUID, *, by: Person, at: datetime) -> None:
    """Somebody who left is here again, with the roles and the password they had."""
    person = _still_known(session, person_id)
    if person.left_at is not None:
        person.left_at = None
        history.wrote(session, "came back", "person", person_id, by=by.id, at=at)
