"""A partner at the same tablet, who shows with their own password that it is they."""

from datetime import datetime
from uuid import UUID

from observe.core.errors import Invalid
from observe.core.permissions import Person
from observe.services import signing_in
from observe.storage import people
from observe.storage.database import Database


class NotThem(Invalid):
    """The password is not this person's; the sentence is the same whatever is wrong."""

    code = "not_recognised"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"That is not {name}'s password, so nothing was closed. After five tries Observe waits "
            "before it looks at another, at most 15 minutes."
        )


def at_the_table(
    database: Database, network_id: UUID, person_id: UUID, password: str, *, at: datetime
) -> Person:
    """The person, once their password was given; wrong ones count as they do at sign-in."""
    with database.read(network_id) as session:
        row, person = people.row_of(session, person_id), people.find(session, person_id)
        email, name = row.email or "", row.name
    account = signing_in.known(database, email, password, at=at)
    if person is None or account is None or account.people.get(network_id) != person_id:
        raise NotThem(name)
    return person
