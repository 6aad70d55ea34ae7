"""Files of people that were looked at and wait a day for somebody to apply them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from observe.core import column_mapping
from observe.core.column_mapping import ColumnMapping
from observe.core.ids import new_id
from observe.core.permissions import Person
from observe.services.people_files_reading import AGAIN, Brought
from observe.storage import people_files as kept
from observe.storage.database import NetworkSession
from observe.storage.tables.people_files import PeopleUpload

WAITS = timedelta(days=1)


def wait(session: NetworkSession, brought: Brought, *, by: Person, at: datetime) -> UUID:
    """Keep a file for a day until it is applied; its id."""
    upload_id = new_id(at)
    session.add(
        PeopleUpload(
            id=upload_id,
            by=by.id,
            at=at,
            file=brought.file,
            source=brought.source,
            kind=brought.kind,
            settings=dict(brought.settings),
            content=brought.content,
        )
    )
    return upload_id


def waiting(session: NetworkSession, upload_id: UUID) -> Brought:
    """A file that waits; Missing where it does no more."""
    row = kept.upload(session, upload_id)
    return Brought(row.file, row.source, row.kind, row.settings, row.content)


def choose(session: NetworkSession, upload_id: UUID, mapping: ColumnMapping) -> None:
    """Keep what was chosen for the columns of a file that waits."""
    kept.upload(session, upload_id).settings = column_mapping.as_json(mapping)


def take_again(session: NetworkSession, upload_id: UUID, *, again: bool) -> None:
    """Let people in this file who were erased come as somebody new, or stay away."""
    row = kept.upload(session, upload_id)
    row.settings = row.settings | {AGAIN: again}


def put_away(session: NetworkSession, upload_id: UUID) -> None:
    """Erase a file that waits; Missing where it does no more."""
    session.delete(kept.upload(session, upload_id))


def is_old(session: NetworkSession, *, at: datetime) -> bool:
    """Whether a file waits for longer than a day."""
    return kept.waits_since(session, at - WAITS)


def forget_old(session: NetworkSession, *, at: datetime) -> None:
    """Erase the files that wait for longer than a day."""
    kept.forget_uploads(session, before=at - WAITS)


def uploads(session: NetworkSession) -> Sequence[tuple[UUID, str, str, str, datetime]]:
    """(id, file, source, who brought it, when) of the files that wait, the latest first."""
    return kept.uploads(session)
