"""A new group of schools, with its first facilitator and the shipped rubrics."""

from datetime import datetime

from observe.core.contact import email_of, name_of
from observe.core.errors import Conflict, Missing
from observe.core.ids import new_id
from observe.core.permissions import RoleKind
from observe.services import links, rubrics
from observe.storage import history, networks, people
from observe.storage.database import Database, NetworkSession
from observe.storage.tables.people import Network, Person, Role


def create(
    database: Database, name: str, email: str, facilitator: str = "", *, at: datetime
) -> str:
    """Make a network; the token of the one-time link for its first facilitator."""
    email = email_of(email)
    network = Network(
        id=new_id(at), name=name_of(name, of="the network's name"), epoch=new_id(at), created_at=at
    )
    person = name_of(facilitator or _name_in(email))
    with database.write(network.id) as session:
        if network.name in networks.ids(session):
            raise Conflict(f"There is a network called {network.name} already. Give another name.")
        session.add(network)
        session.flush()
        history.wrote(session, "made", "network", network.id, by=None, at=at, name=network.name)
        rubrics.publish_shipped(session, at=at)
        return _first_facilitator(session, person, email, at=at)


def facilitators_link(session: NetworkSession, email: str, *, at: datetime) -> str:
    """The token of a new one-time link for a facilitator; Missing if nobody of this address is one."""
    person = people.by_email(session, email_of(email))
    held = people.roles_of(session, person.id) if person else ()
    if person is None or all(role.kind is not RoleKind.FACILITATOR for role in held):
        raise Missing(f"Nobody with the address {email} is a facilitator here.")
    return links.make(session, person.id, by=None, at=at)


def _first_facilitator(session: NetworkSession, name: str, email: str, *, at: datetime) -> str:
    person = Person(id=new_id(at), name=name, email=email, created_at=at)
    session.add(person)
    session.flush()
    session.add(Role(id=new_id(at), person_id=person.id, kind=RoleKind.FACILITATOR))
    history.wrote(session, "added", "person", person.id, by=None, at=at, role="facilitator")
    return links.make(session, person.id, by=None, at=at)


def _name_in(email: str) -> str:
    """A name to begin with: `margaret.obi@…` is Margaret Obi until somebody corrects it."""
    words = email.partition("@")[0].replace(".", " ").replace("_", " ").replace("-", " ")
    return words.title()
