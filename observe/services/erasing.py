"""Erasing a person: what is theirs goes, what they wrote about others stays without their name.

Levels stay, for figures are counted from them; whoever gave or got them has no name any more.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from observe.core.contact import plain, sort_key
from observe.core.erasing import FORMER, Spellings, spellings
from observe.core.errors import Conflict, Invalid
from observe.core.observation import RecordState
from observe.core.permissions import Person
from observe.services import erased_keys, erasing_drafts, planning
from observe.storage import (
    erasing,
    erasing_records,
    erasures,
    history,
    naming,
    people,
    sign_ins,
)
from observe.storage.database import NetworkSession
from observe.storage.tables import people as tables
from observe.storage.tenancy import tenants_tables
from observe.storage.words_of_people import words_of

MOST_SPELLINGS = 20
CANCELLED = "The teacher is not here any more."
# Words whose lines of history told of them, too.
TOLD_OF = ("summary", "target", "phrase")


@dataclass(frozen=True, slots=True)
class Preview:
    """What erasing somebody would do: whose name, how often it stands where, and what is against it."""

    person_id: UUID
    name: str
    earlier: Sequence[str]
    summaries: int
    lessons: int
    mentions: Sequence[tuple[str, int]]
    namesakes: int
    obstacle: str


def look(
    session: NetworkSession, person_id: UUID, others: Sequence[str] = (), *, by: Person
) -> Preview:
    """What erasing somebody would do; `others` are more words that mean this person."""
    row = people.row_of(session, person_id)
    names, addresses = _names(session, row)
    asked = list(dict.fromkeys([*names, *addresses, *others]))
    every = spellings(names, addresses, others)
    counts = naming.mentions(session, every, [_spelled(each, names) for each in asked])
    return Preview(
        person_id,
        row.name,
        [each for each in names if each != row.name],
        len(erasures.ids_of(session, "summary", person_id)),
        len(erasing_records.of_teacher(session, person_id)),
        list(zip(asked, counts, strict=True)),
        erasures.namesakes(session, row),
        _obstacle(session, row, by),
    )


def _spelled(asked: str, names: Sequence[str]) -> Spellings:
    """One way of naming somebody alone: a full name also with titles, anything else as it is."""
    return spellings([asked], (), ()) if asked in names else spellings((), (), [asked])


def is_erased(session: NetworkSession, person_id: UUID) -> bool:
    """Whether somebody was erased, so that only what they did is left."""
    return erasures.was_erased(session, person_id)


def others_in(typed: str) -> list[str]:
    """The other words for a person that were typed, one in each line; Invalid if they are too many."""
    found = list(dict.fromkeys(filter(None, map(plain, typed.splitlines()))))
    if len(found) > MOST_SPELLINGS:
        raise Invalid(f"Give at most {MOST_SPELLINGS} other words.", field="others")
    if short := next((each for each in found if len(each) < 2), None):
        raise Invalid(f"{short} is too short: it stands in many other words.", field="others")
    return found


def _obstacle(session: NetworkSession, row: tables.Person, by: Person) -> str:
    """Why somebody cannot be erased now; empty if nothing is against it."""
    if row.id == by.id:
        return "You cannot erase yourself. Another person who holds data protection can."
    if erasures.was_erased(session, row.id):
        return "This person was erased already."
    if row.left_at is None:
        return "This person is still here. Mark them as having left first, on their page."
    return ""


def erase(
    session: NetworkSession,
    person_id: UUID,
    *,
    typed: str,
    others: Sequence[str] = (),
    secret: str,
    by: Person,
    at: datetime,
) -> UUID:
    """Erase somebody for good; the id of the certificate. Invalid unless their name is typed.

    Under the installation's `secret` a digest of each number and address is kept, so that a file which
    names them still does not bring them back unasked.
    """
    row = people.row_of(session, person_id)
    if obstacle := _obstacle(session, row, by):
        raise Conflict(obstacle)
    if sort_key(plain(typed)) != sort_key(row.name):
        raise Invalid(f"Type the name as it stands here: {row.name}.", field="typed")
    made = erasures.begin(session, erasures.PERSON, person_id=person_id, by=by.id, at=at)
    names, addresses = _names(session, row)
    erased_keys.keep(session, person_id, addresses, certificate=made, secret=secret)
    counts = _their_own(session, row, made, by=by, at=at)
    counts += _everywhere(session, spellings(names, addresses, others), made, at=at)
    erasures.write(session, made, counts)
    history.wrote(session, "person erased", "person", person_id, by=by.id, at=at)
    return made


def _names(session: NetworkSession, row: tables.Person) -> tuple[list[str], list[str]]:
    """Every name and e-mail address that somebody has or had here, today's first."""
    names, addresses = erasures.earlier(session, row.id)
    ours = [row.email] if row.email else []
    return list(dict.fromkeys([row.name, *names])), list(dict.fromkeys([*ours, *addresses]))


def _their_own(
    session: NetworkSession, row: tables.Person, made: UUID, *, by: Person, at: datetime
) -> Counter[str]:
    """What is theirs alone, and what is about them."""
    _cancel_planned(session, row.id, by=by, at=at)
    counts = _records(session, row.id, made, at=at)
    told_of = [each for thing in TOLD_OF for each in erasures.ids_of(session, thing, row.id)]
    _sign_in(session, row)
    session.flush()
    counts += _rows(session, row.id)
    erasures.forget_history(session, row.id, told_of)
    session.expire_all()
    row.name, row.email = FORMER, None
    session.flush()
    return counts


def _cancel_planned(session: NetworkSession, person_id: UUID, *, by: Person, at: datetime) -> None:
    for lesson_id in erasures.planned(session, person_id, at):
        planning.cancel(session, lesson_id, CANCELLED, by=by, at=at)
    session.flush()


def _records(session: NetworkSession, person_id: UUID, made: UUID, *, at: datetime) -> Counter[str]:
    """Words go from records of their lessons, from their private notes and from what they never sealed."""
    counts: Counter[str] = Counter()
    taught = erasing_records.of_teacher(session, person_id)
    own = erasing_records.of_observer(session, person_id)
    sealed = [each for each in own if each.state is RecordState.SEALED]
    whole = [*taught, *(each for each in own if each.state is not RecordState.SEALED)]
    for record, private_only in [*((r, False) for r in whole), *((r, True) for r in sealed)]:
        gone = erasing_records.empty(session, record, private_only=private_only)
        if gone:
            erasing_records.reseal(session, record.id, made, fields_gone=gone, at=at)
            counts["record_field"] += gone
    erasing_records.empty_held(session, erasing_records.sent_by(person_id))
    return counts


def _rows(session: NetworkSession, person_id: UUID) -> Counter[str]:
    """Rows that are theirs are deleted, or lose their words, children before those they belong to."""
    counts: Counter[str] = Counter()
    for table in reversed(tenants_tables()):
        words = words_of(table.name)
        for path in words.deleted:
            where = erasing.way(session, table.name, path, [person_id])
            counts += erasing.delete_rows(session, table.name, where)
        for path in words.emptied:
            where = erasing.way(session, table.name, path, [person_id])
            counts[table.name] += erasing.empty_rows(session, table.name, where)
    return counts


def _sign_in(session: NetworkSession, row: tables.Person) -> None:
    """Their password goes; a sign-in that other networks share stays with those."""
    account = sign_ins.by_email(session, row.email or "")
    here = str(session.network_id)
    if account is None or account.people.get(here) != str(row.id):
        return
    elsewhere = {network: who for network, who in account.people.items() if network != here}
    if elsewhere:
        account.people = elsewhere
    else:
        session.delete(account)


def _everywhere(
    session: NetworkSession, spelled: Spellings, made: UUID, *, at: datetime
) -> Counter[str]:
    """Their name, in what others wrote; a sealed record is given the hash of what it says now."""
    erasing_drafts.write_anew(session, spelled, at=at)
    rows, records = naming.take_out(session, spelled)
    for record_id, fields_gone in records.items():
        erasing_records.reseal(session, record_id, made, fields_gone=fields_gone, at=at)
    session.flush()
    session.expire_all()
    return Counter({"name": sum(rows.values())} if rows else {})
