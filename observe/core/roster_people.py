"""People of a file beside those that are here: who is new, who changes, who leaves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from observe.core.roster import Kind, Mode, Row, Sent
from observe.core.roster_deeds import (
    AddPerson,
    Change,
    ChangePerson,
    Difference,
    Effect,
    Forget,
    Here,
    Know,
    Leave,
    Return,
    Somebody,
)
from observe.core.roster_places import Places
from observe.core.roster_posts import (
    Posts,
    give_new,
    in_words,
    is_among,
    posts_of,
    reconcile,
    take_all,
)
from observe.core.table_file import Fault

BY_HAND = "left here by hand, and the file still has them: bring them back on their own page"


@dataclass(slots=True)
class People:
    """Who each number of the file is, while people are compared."""

    sent: Sent
    here: Here
    places: Places
    found: Difference
    oneself: UUID | None
    posts: Posts
    again: bool
    by_email: dict[str, UUID] = field(default_factory=dict)
    key_of: dict[UUID, str] = field(default_factory=dict)
    named: dict[str, Row] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)


def compare_people(
    sent: Sent,
    here: Here,
    places: Places,
    found: Difference,
    *,
    oneself: UUID | None,
    again: bool,
) -> None:
    """Compare everybody in the file, then those who are not in it any more."""
    people = People(sent, here, places, found, oneself, posts_of(sent), again)
    for person in here.people.values():
        people.names[person.name.casefold()] = people.names.get(person.name.casefold(), 0) + 1
        if person.email:
            people.by_email[person.email] = person.id
    people.key_of = {id: key for (kind, key), id in here.keys.items() if kind is Kind.PERSON}
    people.rows = {row.key: row for row in sent.of(Kind.PERSON) if not row.gone}
    found.known_people = len(people.key_of) - len(here.away)
    for row in people.rows.values():
        _compare(people, row)
    for key in _gone(people):
        _leave(people, key)
    _posts_alone(people)


def _compare(people: People, row: Row) -> None:
    if _is_double(people, row):
        return
    id = people.here.keys.get((Kind.PERSON, row.key))
    owner = people.by_email.get(row.email) if row.email else None
    if id is not None:
        _known(people, row, people.here.people[id], owner)
    elif owner is not None:
        _known_by_email(people, row, people.here.people[owner])
    elif not _stays_away(people, row):
        _add(people, row)


def _stays_away(people: People, row: Row) -> bool:
    """Whether somebody was erased here, and nobody said that they come again."""
    if row.key not in people.here.erased:
        return False
    people.found.erased += 1
    if not people.again:
        _tell(people, row, Effect.NOTE, [f"{_erased(people, row)}; not taken in"])
    return not people.again


def _erased(people: People, row: Row) -> str:
    day = people.here.erased[row.key]
    return f"was erased here on {day.day} {day:%B %Y}"


def _is_double(people: People, row: Row) -> bool:
    """Whether an earlier row gives the same address to somebody else; that is a fault."""
    earlier = people.named.setdefault(row.email, row) if row.email else row
    if earlier is not row:
        where = f"line {earlier.line}" if earlier.file == row.file else earlier.file
        _blame(people, row, f"{row.email} stands for {earlier.name} on {where} already.")
    return earlier is not row


def _blame(people: People, row: Row, words: str) -> None:
    people.found.faults.append(Fault(row.file, row.line, words))


def _add(people: People, row: Row) -> None:
    people.found.deeds.append(AddPerson(row.key, row.name, row.email))
    words = [row.email or "without an e-mail address, so without a sign-in"]
    words += give_new(people.posts, people.places, row, people.found)
    if row.key in people.here.erased:
        words.append(f"{_erased(people, row)}: comes as somebody new")
    if people.names.get(row.name.casefold()):
        words.append("somebody of that name is here already: look whether it is the same person")
    _tell(people, row, Effect.NEW, words)


def _tell(people: People, row: Row, effect: Effect, words: Sequence[str]) -> None:
    change = Change(effect, Kind.PERSON, row.name, tuple(words), row.file, row.line)
    people.found.changes.append(change)


def _known_by_email(people: People, row: Row, person: Somebody) -> None:
    """Somebody here has this address: from now on they are known by the number, too."""
    other = people.key_of.get(person.id)
    if other is not None and other in people.rows:
        line = people.rows[other].line
        _blame(people, row, f"{row.email} is {person.name}, who is on line {line} under {other}.")
        return
    if other is not None:
        people.found.deeds.append(Forget(Kind.PERSON, other))
    people.found.deeds.append(Know(Kind.PERSON, row.key, person.id))
    _known(people, row, person, person.id, number=other)


def _known(
    people: People, row: Row, person: Somebody, owner: UUID | None, *, number: str | None = None
) -> None:
    if owner not in (None, person.id):
        other = people.here.people[owner].name if owner else ""
        _blame(people, row, f"{row.email} is the address of {other} here.")
        return
    by_file = row.key in people.here.away or (number or "") in people.here.away
    if person.left and not by_file:
        _tell(people, row, Effect.NOTE, [BY_HAND])
        return
    words = [*_renamed(people, row, person), *_reconciled(people, row, person)]
    if person.left:
        people.found.deeds.append(Return(person.id, row.key))
        _tell(people, row, Effect.BACK, words)
    elif words:
        _tell(people, row, Effect.CHANGED, words)
    else:
        people.found.same[Kind.PERSON] += 1


def _renamed(people: People, row: Row, person: Somebody) -> Iterator[str]:
    before = (person.name, person.email)
    after = (row.name, row.email or person.email)
    if before == after:
        return
    people.found.deeds.append(ChangePerson(person.id, before, after))
    if before[0] != after[0]:
        yield f"name: {after[0]} instead of {before[0]}"
    if before[1] != after[1]:
        yield f"e-mail address: {after[1]} instead of {before[1] or 'none'}"


def _reconciled(people: People, row: Row, person: Somebody) -> list[str]:
    """The roles that the file says, where it says all of them."""
    if person.id == people.oneself:
        return []
    return reconcile(people.posts, people.places, person, row.key, people.sent, people.found)


# who is not in the file any more


def _gone(people: People) -> list[str]:
    """The numbers of those who leave, by what the file says of them or does not say any more."""
    rows = people.sent.of(Kind.PERSON)
    away = people.here.away
    known = {key for kind, key in people.here.keys if kind is Kind.PERSON} - away
    forgotten = {deed.key for deed in people.found.deeds if isinstance(deed, Forget)}
    gone = {row.key for row in rows if row.gone} & known
    if people.sent.mode(Kind.PERSON) is Mode.BULK:
        gone |= known - people.rows.keys()
    return sorted(gone - forgotten)


def _leave(people: People, key: str) -> None:
    """Somebody leaves, unless they are more here than files have said of them."""
    person = people.here.people[people.here.keys[Kind.PERSON, key]]
    if person.left:
        return
    of_files = people.here.posts.get(person.id, {})
    others = people.here.others.get(person.id, ())
    more = [
        role
        for role in person.roles
        if is_among(role, others) or not is_among(role, of_files.values())
    ]
    if more or person.id == people.oneself:
        _stay(people, person, key)
        return
    people.found.deeds.append(Leave(person.id, key))
    words = ", ".join(sorted(in_words(people.places, role) for role in person.roles))
    change = Change(Effect.LEAVING, Kind.PERSON, person.name, (words or "no role",))
    people.found.changes.append(change)


def _stay(people: People, person: Somebody, key: str) -> None:
    """Somebody is more here than files said: only what files said is taken from them."""
    words = ["not in the file any more; stays, because of roles that this file never gave"]
    if person.id == people.oneself:
        words = ["not in the file any more; that is you, so you stay as you are"]
    else:
        people.found.deeds.append(Forget(Kind.PERSON, key))
        words += take_all(people.places, person, people.found)
    people.found.changes.append(Change(Effect.NOTE, Kind.PERSON, person.name, tuple(words)))


def _posts_alone(people: People) -> None:
    """Roles that changed of people of whom nothing else is said: rows of roles, sent by themselves."""
    if people.sent.posts_with_people:
        return
    leaving = {deed.id for deed in people.found.deeds if isinstance(deed, Leave)}
    touched: dict[UUID, str] = {}
    said_of = {key: id for id, said in people.here.posts.items() for key in said}
    for row in people.sent.of(Kind.POST):
        id = said_of.get(row.key) or people.here.keys.get((Kind.PERSON, row.person))
        if id is not None and people.key_of.get(id) not in people.rows:
            touched[id] = people.key_of.get(id, row.person)
        elif id is None and row.person not in people.rows:
            _blame(people, row, f"userSourcedId is {row.person}, of whom nothing is known.")
    for key, id in said_of.items() if _is_whole(people.sent) else ():
        if key not in people.posts.by_key and people.key_of.get(id) not in people.rows:
            touched[id] = people.key_of.get(id, "")
    for id, key in touched.items():
        if id not in leaving and id != people.oneself:
            _post_alone(people, people.here.people[id], key)


def _is_whole(sent: Sent) -> bool:
    return sent.mode(Kind.POST) is Mode.BULK and sent.mode(Kind.PERSON) is not Mode.BULK


def _post_alone(people: People, person: Somebody, key: str) -> None:
    words = [] if person.left else _said(people, person, key)
    if words:
        change = Change(Effect.CHANGED, Kind.PERSON, person.name, tuple(words))
        people.found.changes.append(change)


def _said(people: People, person: Somebody, key: str) -> list[str]:
    return reconcile(people.posts, people.places, person, key, people.sent, people.found)
