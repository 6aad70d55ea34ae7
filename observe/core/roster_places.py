"""Schools, teams and classes of a file beside those that are here."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from observe.core.contact import sort_key
from observe.core.roster import PLACES, Kind, Mode, Row, Sent
from observe.core.roster_deeds import (
    AddPlace,
    Change,
    Difference,
    Effect,
    Forget,
    Here,
    Know,
    ListPupils,
    Ref,
    RenamePlace,
)
from observe.core.table_file import Fault

PLURAL = {Kind.SCHOOL: "schools", Kind.TEAM: "teams", Kind.CLASS: "classes"}
Named = tuple[Kind, Ref | None, str]


@dataclass(slots=True)
class Places:
    """Where each number of the file leads, while places are compared."""

    here: Here
    found: Difference
    by_name: bool
    refs: dict[tuple[Kind, str], Ref] = field(default_factory=dict)
    named: dict[Named, Ref] = field(default_factory=dict)
    names: dict[Ref, str] = field(default_factory=dict)
    taken: set[tuple[Kind, Ref]] = field(default_factory=set)

    def ref(self, kind: Kind, key: str) -> Ref | None:
        """What a number leads to, in this file or since an earlier one."""
        return self.refs.get((kind, key)) or self.here.keys.get((kind, key))

    def leads(self, row: Row, ref: Ref) -> None:
        """From now on the number of a row leads there."""
        self.refs[row.kind, row.key] = ref
        self.taken.add((row.kind, ref))

    def name(self, ref: Ref | None) -> str:
        """What a place is called after the file."""
        return self.names.get(ref, "") if ref else ""


def compare_places(sent: Sent, here: Here, found: Difference) -> Places:
    """Find, rename or add each place, schools first."""
    places = Places(here, found, sent.by_name)
    for kind in PLACES:
        for place in here.places.get(kind, {}).values():
            places.named[kind, place.school_id, sort_key(place.name)] = place.id
            places.names[place.id] = place.name
    for kind in PLACES:
        for row in sent.of(kind):
            if not row.gone:
                _compare(places, row)
        _no_longer_there(places, sent, kind)
    _compare_lists(places, sent)
    return places


def _compare(places: Places, row: Row) -> None:
    school = places.ref(Kind.SCHOOL, row.school) if row.school else None
    if row.school and school is None:
        _blame(places, row, f"There is no school with the number {row.school}.")
        return
    known = places.here.keys.get((row.kind, row.key))
    namesake = places.named.get((row.kind, school, sort_key(row.name)))
    if known is not None:
        _rename(places, row, school, known, namesake)
    elif namesake is not None:
        _know(places, row, namesake)
    else:
        _add(places, row, school)


def _blame(places: Places, row: Row, words: str) -> None:
    places.found.faults.append(Fault(row.file, row.line, words))


def _rename(
    places: Places, row: Row, school: Ref | None, known: UUID, namesake: Ref | None
) -> None:
    places.leads(row, known)
    before = places.here.places[row.kind][known].name
    if before == row.name or places.by_name:
        places.found.same[row.kind] += 1
    elif namesake not in (None, known):
        _blame(places, row, f"There is another {row.kind} called {row.name} already.")
    else:
        places.found.deeds.append(RenamePlace(row.kind, known, before, row.name))
        _tell(places, row, Effect.CHANGED, f"name: {row.name} instead of {before}")
        places.named[row.kind, school, sort_key(row.name)] = known
        places.names[known] = row.name


def _know(places: Places, row: Row, namesake: Ref) -> None:
    """A place of that name is here: from now on it is known by its number, too."""
    if (row.kind, namesake) in places.taken and row.kind is not Kind.CLASS:
        _blame(places, row, f"There are two {PLURAL[row.kind]} called {row.name}.")
        return
    places.leads(row, namesake)
    if isinstance(namesake, UUID):
        places.found.deeds.append(Know(row.kind, row.key, namesake))
    places.found.same[row.kind] += 1


def _add(places: Places, row: Row, school: Ref | None) -> None:
    places.leads(row, row.key)
    places.named[row.kind, school, sort_key(row.name)] = row.key
    places.names[row.key] = row.name
    places.found.deeds.append(AddPlace(row.kind, row.key, row.name, school))
    words = (f"in {places.name(school)}",) if school else ()
    _tell(places, row, Effect.NEW, *words)


def _tell(places: Places, row: Row, effect: Effect, *words: str) -> None:
    places.found.changes.append(Change(effect, row.kind, row.name, words, row.file, row.line))


def _no_longer_there(places: Places, sent: Sent, kind: Kind) -> None:
    """Places that the file does not have any more stay, for lessons were seen there."""
    gone = set(_gone(places, sent, kind))
    places.found.deeds += [Forget(kind, key) for key in sorted(gone)]
    for key in sorted(gone):
        name = places.here.places[kind][places.here.keys[kind, key]].name
        words = "no longer in the file; it stays here with all that happened in it"
        places.found.changes.append(Change(Effect.NOTE, kind, name, (words,)))


def _gone(places: Places, sent: Sent, kind: Kind) -> Iterator[str]:
    rows = sent.of(kind)
    yield from (row.key for row in rows if row.gone and (kind, row.key) in places.here.keys)
    if sent.mode(kind) is Mode.BULK:
        there = {row.key for row in rows}
        yield from (key for k, key in places.here.keys if k is kind and key not in there)


def _compare_lists(places: Places, sent: Sent) -> None:
    """The names of pupils; how many are shown, never who."""
    names: dict[Ref, set[str]] = {}
    for key, found in sent.lists.items():
        school_class = places.ref(Kind.CLASS, key)
        if school_class is not None:
            names.setdefault(school_class, set()).update(found)
    lists = [
        ListPupils(ref, tuple(sorted(found)))
        for ref, found in names.items()
        if found != _pupils(places, ref)
    ]
    places.found.deeds += lists
    if lists:
        total = sum(len(each.names) for each in lists)
        word = "list" if len(lists) == 1 else "lists"
        words = f"{total} names in {len(lists)} class {word}, kept until the school year ends"
        places.found.changes.append(Change(Effect.CHANGED, Kind.CLASS, "Class lists", (words,)))


def _pupils(places: Places, ref: Ref) -> frozenset[str]:
    here = places.here.places.get(Kind.CLASS, {})
    return here[ref].pupils if isinstance(ref, UUID) else frozenset()
