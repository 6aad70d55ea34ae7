"""The rows that carrying out a file of people comes to, written together at its end."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, update

from observe.core.ids import new_id
from observe.core.permissions import Person, Role
from observe.core.roster import Kind
from observe.core.roster_deeds import Ref
from observe.storage.database import NetworkSession
from observe.storage.rows import Rows
from observe.storage.tables import people as tables
from observe.storage.tables.people_files import PeopleKey

AT_ONCE = 500
COLUMNS = {
    Kind.SCHOOL: "school_id",
    Kind.TEAM: "team_id",
    Kind.CLASS: "class_id",
    Kind.PERSON: "person_id",
}


class Writing:
    """What waits to be written, and which id each new number of the file has."""

    def __init__(
        self, session: NetworkSession, source_id: UUID, *, by: Person | None, at: datetime
    ) -> None:
        self.session, self.source_id, self.by, self.at = session, source_id, by, at
        self.zone = session.get_one(tables.Network, session.network_id).zone
        self.rows = Rows()
        self.ids: dict[tuple[Kind, str], UUID] = {}
        self.forgotten: list[tuple[Kind, str]] = []
        self.held: dict[tuple[UUID, Role], UUID] = {}
        self.changed: dict[type[Any], list[dict[str, Any]]] = defaultdict(list)

    def id(self, kind: Kind, ref: Ref | None) -> UUID | None:
        """The id of what a deed names, by id or by number."""
        return self.ids[kind, ref] if isinstance(ref, str) else ref

    def did(self, did: str, thing: str, thing_id: UUID, **details: Any) -> None:
        """One line of history."""
        self.rows.add(
            "history",
            id=new_id(self.at),
            at=self.at,
            by=self.by.id if self.by else None,
            did=did,
            thing=thing,
            thing_id=str(thing_id),
            details=details,
        )

    def key(
        self, kind: Kind, key: str, places: Mapping[str, UUID | None], role: str | None = None
    ) -> None:
        """From now on a number means this."""
        self.rows.add(
            "people_key",
            source_id=self.source_id,
            kind=kind.value,
            key=key,
            school_id=places.get("school_id"),
            team_id=places.get("team_id"),
            class_id=places.get("class_id"),
            person_id=places.get("person_id"),
            role=role,
            gone_at=None,
        )

    def change(self, table: type[Any], id: UUID, **values: Any) -> None:
        """Other values in one row."""
        row = {"network_id": self.session.network_id, "id": id, **values}
        self.changed[table].append(row)

    def forget(self, keys: Sequence[tuple[Kind, str]]) -> None:
        """These numbers mean nothing any more."""
        by_kind: dict[Kind, list[str]] = defaultdict(list)
        for kind, key in keys:
            by_kind[kind].append(key)
        for kind, found in by_kind.items():
            for begin in range(0, len(found), AT_ONCE):
                part = found[begin : begin + AT_ONCE]
                those = (PeopleKey.source_id == self.source_id, PeopleKey.kind == kind.value)
                self.session.execute(delete(PeopleKey).where(*those, PeopleKey.key.in_(part)))

    def write(self) -> None:
        """Write what waits: changed rows first, those of one table with the same columns at once."""
        for table, rows in self.changed.items():
            alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
            for row in rows:
                alike[tuple(row)].append(row)
            for found in alike.values():
                self.session.execute(update(table), found)
        self.rows.write(self.session)
