"""The facilitator's register: the list of people, one person's page, and the first week's checklist."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from observe.core.contact import plain, sort_key
from observe.storage import erasures, people, register, sign_ins
from observe.storage.database import NetworkSession
from observe.storage.people import RoleHeld
from observe.storage.register import Counts, Entry
from observe.storage.tables.people import OneTimeLink

A_PAGE = 30


class SignInState(StrEnum):
    """How far somebody is with signing in."""

    LEFT = "left"
    ABLE = "can sign in"
    LINK = "link not used yet"
    NOTHING = "no link yet"
    NO_EMAIL = "no e-mail address"


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person in the list, with the roles they hold."""

    id: UUID
    name: str
    email: str
    roles: tuple[RoleHeld, ...]
    state: SignInState
    link_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """One page of the list; pages count from 1."""

    lines: tuple[PersonLine, ...]
    found: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What the facilitator looks for in the list."""

    search: str = ""
    school_id: UUID | None = None
    left: bool = False
    page: int = 1
    with_erased: bool = True


def listed(session: NetworkSession, asked: Asked, *, at: datetime) -> Register:
    """The people asked for, by name; accents and capitals do not matter."""
    gone = set() if asked.with_erased else erasures.erased(session)
    everybody = register.everybody(session, school_id=asked.school_id)
    entries = [each for each in everybody if each.id not in gone]
    words = sort_key(plain(asked.search)).split()
    wanted = [each for each in entries if each.left == asked.left and _matches(each, words)]
    wanted.sort(key=lambda entry: (sort_key(entry.name), entry.id))
    pages = max(1, -(-len(wanted) // A_PAGE))
    page = min(max(asked.page, 1), pages)
    shown = wanted[(page - 1) * A_PAGE : page * A_PAGE]
    return Register(lines(session, shown, at=at), len(wanted), page, pages)


def _matches(entry: Entry, words: Sequence[str]) -> bool:
    return not words or all(word in sort_key(f"{entry.name} {entry.email}") for word in words)


def lines(
    session: NetworkSession, entries: Iterable[Entry], *, at: datetime
) -> tuple[PersonLine, ...]:
    """These people with their roles and how far they are with signing in."""
    shown = tuple(entries)
    ids = [entry.id for entry in shown]
    roles, able = people.held_by(session, ids), _able(session, shown)
    waiting = {link.person_id: link for link in sign_ins.links_of(session, ids) if _waits(link, at)}
    return tuple(
        _line(entry, roles.get(entry.id, ()), able=entry.id in able, link=waiting.get(entry.id))
        for entry in shown
    )


def _able(session: NetworkSession, entries: Iterable[Entry]) -> frozenset[UUID]:
    """Who has a password for this network."""
    by_email: Mapping[str, Entry] = {entry.email: entry for entry in entries if entry.email}
    here = str(session.network_id)
    rows = sign_ins.of_emails(session, by_email).values()
    tied = {row.people.get(here) for row in rows if row.password_hash}
    return frozenset(entry.id for entry in by_email.values() if str(entry.id) in tied)


def _waits(link: OneTimeLink, at: datetime) -> bool:
    return link.used_at is None and link.expires_at > at


def _line(
    entry: Entry, roles: tuple[RoleHeld, ...], *, able: bool, link: OneTimeLink | None
) -> PersonLine:
    state = _state(entry, able=able, waits=link is not None)
    until = link.expires_at if link and not entry.left else None
    return PersonLine(entry.id, entry.name, entry.email, roles, state, until)


def _state(entry: Entry, *, able: bool, waits: bool) -> SignInState:
    if entry.left:
        return SignInState.LEFT
    if not entry.email:
        return SignInState.NO_EMAIL
    if able:
        return SignInState.ABLE
    return SignInState.LINK if waits else SignInState.NOTHING


def one(session: NetworkSession, person_id: UUID, *, at: datetime) -> PersonLine:
    """One person, leavers too; Missing for a stranger."""
    row = people.row_of(session, person_id)
    entry = Entry(row.id, row.name, row.email or "", row.left_at is not None)
    return lines(session, [entry], at=at)[0]


def first_week(session: NetworkSession) -> Counts:
    """How far the network is set up."""
    return register.counts(session)
