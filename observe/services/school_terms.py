"""The first and last days of term, as a head or the facilitator keeps them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from uuid import UUID

from observe.core.errors import Invalid
from observe.core.permissions import Person
from observe.core.terms import OwnTerm, Term, fault_of, school_year, term_after, term_of
from observe.storage import history, school_days
from observe.storage.database import NetworkSession

TERMS_SHOWN = 6

Typed = Mapping[str, tuple[date | None, date | None]]


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term with the days that a school keeps for it, and those of all schools; None where none are."""

    term: Term
    own: OwnTerm | None
    of_all: OwnTerm | None


def lines(session: NetworkSession, school_id: UUID | None, today: date) -> Sequence[TermLine]:
    """The terms of this school year and the next, the first one first."""
    own, of_all = school_days.terms(session, school_id), school_days.terms(session, None)
    return [
        TermLine(term, own.get(term.key), of_all.get(term.key) if school_id else None)
        for term in shown(today)
    ]


def shown(today: date) -> list[Term]:
    """The three terms of the school year in which a day lies, and of the next."""
    found = [term_of(school_year(today)[0])]
    while len(found) < TERMS_SHOWN:
        found.append(term_after(found[-1]))
    return found


def keep(
    session: NetworkSession, school_id: UUID | None, typed: Typed, *, by: Person, at: datetime
) -> None:
    """Keep the terms of this school year and the next as typed, by key; none where both days are empty.

    Raises:
        Invalid: With the field, as `autumn-2026-first`, for days that cannot be a term's.
    """
    asked = {term.key: term for term in shown(at.date())}
    given = [_own(asked[key], *days) for key, days in typed.items() if key in asked and any(days)]
    earlier = [
        each for key, each in school_days.terms(session, school_id).items() if key not in asked
    ]
    kept = sorted([*earlier, *given], key=lambda each: each.term)
    for one, other in pairwise(kept):
        if other.first_day <= one.last_day:
            raise _fault("This begins before the term before it ends.", other.term, "first")
    school_days.keep_terms(session, school_id, kept, at)
    thing = ("school", school_id) if school_id else ("network", session.network_id)
    history.wrote(session, "terms kept", *thing, by=by.id, at=at, count=len(given))


def _own(term: Term, first: date | None, last: date | None) -> OwnTerm:
    if first is None or last is None:
        missing = "first" if first is None else "last"
        raise _fault("Give the first and the last day of term, or neither.", term, missing)
    own = OwnTerm(term, first, last)
    if sentence := fault_of(own):
        raise _fault(sentence, term, "last" if last < first else "first")
    return own


def _fault(sentence: str, term: Term, which: str) -> Invalid:
    return Invalid(f"{term.name}: {sentence}", field=f"{term.key}-{which}")
