"""What the fields of an opened record hold now, and which operation decides each of them."""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy import tuple_ as both
from sqlalchemy.dialects import postgresql, sqlite

from observe.core.fold import Fields, Winner
from observe.core.operations import LARGEST_NUMBER
from observe.core.sheet import Sheet, sheet_of
from observe.storage import operations
from observe.storage.database import NetworkSession
from observe.storage.tables import Base

# The lamport in the row of a counted field, so that no value ever wins over a count.
COUNTED = LARGEST_NUMBER + 1

_table = Base.metadata.tables["record_field"]
_of_record = and_(
    _table.c.network_id == bindparam("network"), _table.c.observation_id == bindparam("record")
)
_winners = select(_table.c.field, _table.c.lamport, _table.c.op_id, _table.c.value).where(
    _of_record
)


def of_record(session: NetworkSession, observation_id: UUID) -> Fields:
    """The fields of a record, ready to take more operations."""
    fields = operations.tallies(session, observation_id)
    for name, *won in session.ask(_winners, record=observation_id):
        if name not in fields.tallies:
            fields.winners[name] = Winner(*won)
    return fields


def save(session: NetworkSession, observation_id: UUID, new: Fields) -> dict[str, str]:
    """Let a record have what is new in it, once the log has it: the highest (lamport, op_id) wins.

    {field: canonical JSON} of what the record holds otherwise now.
    """
    if new.tallies or new.taken_back:
        new = _counted_anew(session, observation_id, new)
    rows = [row(session.network_id, observation_id, name, new) for name in new.values()]
    if not rows:
        return {}
    changed = session.bind.execute(_UPSERTS[session.bind.dialect.name], rows)
    return dict(changed.all())


def _counted_anew(session: NetworkSession, observation_id: UUID, new: Fields) -> Fields:
    """What is new, with all counts of the fields in which something was counted or taken back."""
    known = operations.tallies(session, observation_id)
    tallies = {
        name: each
        for name, each in known.tallies.items()
        if name in new.tallies or each & new.taken_back
    }
    return Fields(new.winners, tallies, known.taken_back)


def row(network_id: UUID, observation_id: UUID, name: str, fields: Fields) -> dict[str, Any]:
    """A field with what decides it: the operation that won, or its highest tally."""
    counted = fields.tallies.get(name)
    won = Winner(COUNTED, max(counted), "") if counted else fields.winners[name]
    return {
        "network_id": network_id,
        "observation_id": observation_id,
        "field": name,
        "value": fields.value(name),
        "lamport": won.lamport,
        "op_id": won.op_id,
    }


def _upsert(insert: Any) -> Any:
    """Writes a field unless a higher (lamport, op_id) holds it; a count always."""
    writing = insert(_table)
    new = writing.excluded
    higher = both(new.lamport, new.op_id) > both(_table.c.lamport, _table.c.op_id)
    return writing.on_conflict_do_update(
        index_elements=_table.primary_key,
        set_={name: new[name] for name in ("value", "lamport", "op_id")},
        where=or_(new.lamport == COUNTED, higher),
    ).returning(_table.c.field, _table.c.value)


_UPSERTS: Mapping[str, Any] = {
    "sqlite": _upsert(sqlite.insert),
    "postgresql": _upsert(postgresql.insert),
}


def sheet(session: NetworkSession, observation_id: UUID, state_hash: str | None) -> Sheet:
    """What a record with this hash holds: as it was left here the last time, or read anew.

    A hash can mean one content only, so nothing that is remembered under it is ever out of date.
    """
    known = _sheets.pop(state_hash, None) if state_hash else None
    return known or sheet_of(values(session, observation_id))


def remember(sheet: Sheet, state_hash: str) -> None:
    """Keep a sheet for the next change of its record; those not asked for the longest are forgotten."""
    _sheets[state_hash] = sheet
    if len(_sheets) > MOST_REMEMBERED:
        _sheets.popitem(last=False)


MOST_REMEMBERED = 64
_sheets: OrderedDict[str, Sheet] = OrderedDict()


def values(session: NetworkSession, observation_id: UUID) -> dict[str, str]:
    """{field: canonical JSON} of a record; empty for one that holds nothing."""
    return dict(session.ask(_values, record=observation_id).all())


_values = select(_table.c.field, _table.c.value).where(_of_record)
