"""Whose observing one looks at: one's own and that of those one assesses; and how far everybody is."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from observe.core.assessing import Round
from observe.core.permissions import Person, RoleKind
from observe.services import assessing as looks
from observe.services.assessing_agreement import Agreement, agreement
from observe.storage import assessing, assessors, people
from observe.storage.assessors import Observed
from observe.storage.database import NetworkSession
from observe.storage.rubrics import Published


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody whose observing is looked at, and their rounds, the latest first.

    `elsewhere` are other people who assess them: all that one is told of their rounds.
    """

    person: Observed
    rounds: Sequence[Round]
    elsewhere: Collection[UUID] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """What somebody finds; `own` is None for whoever is neither head nor leader.

    `all` is what a facilitator sees: that looks are done and when, and nothing of what they say.
    """

    own: Sequence[Round] | None
    assessors: Sequence[str]
    assessed: Sequence[Looked]
    agreement: Agreement | None
    all: Sequence[Looked] | None
    names: Mapping[UUID, str]
    rubrics: Sequence[Published]


def of(session: NetworkSession, by: Person) -> Overview:
    """All that whoever asks may find."""
    own = assessing.of_people(session, [by.id]) if by.has(*looks.LOOKED_AT) else None
    assessed = _assessed(session, by)
    every = _everybody(session) if by.has(RoleKind.FACILITATOR) else None
    shown = [*(own or ()), *_rounds(assessed), *_rounds(every or ())]
    return Overview(
        own=own,
        assessors=[each.name for each in assessors.of(session, by.id)] if own is not None else (),
        assessed=assessed,
        agreement=agreement(session, assessing.assessed_by(session, by.id)),
        all=every,
        names=people.names(session, _assessors(shown, assessed)),
        rubrics=looks.offered(session),
    )


def _assessed(session: NetworkSession, by: Person) -> list[Looked]:
    """Those whom one may assess or once did, with the rounds that are one's own or nobody's.

    Whoever has a round that is not side by side yet comes first.
    """
    near = assessors.assessed_by(session, by.id)
    mine = assessing.assessed_by(session, by.id)
    known = {each.id for each in near}
    once = people.names(session, {each.person_id for each in mine} - known)
    theirs = assessing.of_people(session, known)
    free = [each for each in theirs if each.assessor_id is None]
    rounds = sorted([*mine, *free], key=lambda each: each.opened_at, reverse=True)
    found = _by_person([*near, *(Observed(i, name, "") for i, name in once.items())], rounds)
    told = [replace(each, elsewhere=_elsewhere(each.person.id, theirs, by)) for each in found]
    return sorted(told, key=lambda each: all(one.revealed for one in each.rounds))


def _elsewhere(person_id: UUID, rounds: Iterable[Round], by: Person) -> frozenset[UUID]:
    """Who else assesses somebody."""
    found = (each.assessor_id for each in rounds if each.person_id == person_id)
    return frozenset(each for each in found if each and each != by.id)


def _everybody(session: NetworkSession) -> list[Looked]:
    """Every head, and of the leaders those with a round."""
    rounds = assessing.everybody(session)
    begun = {each.person_id for each in rounds}
    heads = {each.id for each in assessors.observed(session, (RoleKind.HEAD,))}
    found = assessors.observed(session, looks.LOOKED_AT)
    return _by_person([each for each in found if each.id in begun | heads], rounds)


def _by_person(found: Iterable[Observed], rounds: Sequence[Round]) -> list[Looked]:
    return [Looked(each, [one for one in rounds if one.person_id == each.id]) for each in found]


def _assessors(rounds: Iterable[Round], assessed: Iterable[Looked]) -> set[UUID]:
    """Everybody who assesses and is named."""
    named = {each.assessor_id for each in rounds if each.assessor_id}
    return named.union(*(each.elsewhere for each in assessed))


def _rounds(looked: Iterable[Looked]) -> Iterable[Round]:
    return (each for one in looked for each in one.rounds)
