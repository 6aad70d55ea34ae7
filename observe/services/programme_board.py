"""What somebody looks at first in a programme: their own way, their heads, their groups, what they sign."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from observe.core.permissions import Person, RoleKind, Thing, may
from observe.core.programme import Programme
from observe.core.programme_group import may_sign
from observe.core.programme_standing import Standing
from observe.core.workshop import Workshop
from observe.services import (
    programme_beginning,
    programme_progress,
    programme_signing,
    programme_under_way,
    workshops,
)
from observe.services.programme_progress import GroupProgress, PersonProgress, Progress
from observe.services.programme_signing import ToSign
from observe.storage import people, programmes
from observe.storage.database import NetworkSession

Coming = Mapping[tuple[UUID, str], Workshop]


@dataclass(frozen=True, slots=True)
class Board:
    """All that concerns somebody in programmes; `coming` is the next workshop by programme and stage.

    `follows` has, by programme of theirs that is done, what they may lead next.
    """

    today: date
    own: PersonProgress
    coming: Coming
    heads: Sequence[PersonProgress]
    groups: Sequence[GroupProgress]
    to_sign: Sequence[ToSign]
    may_begin: bool
    follows: Mapping[UUID, Programme]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look at."""
        return not (self.own.programmes or self.heads or self.groups)


@dataclass(frozen=True, slots=True)
class Way:
    """How one person is getting on, for one reader: `signs` are the stages that the reader may sign."""

    today: date
    progress: PersonProgress
    coming: Coming
    signs: frozenset[tuple[UUID, str]]
    signers: Mapping[UUID, str]


def today(session: NetworkSession, at: datetime) -> date:
    """The day that it is where the schools are."""
    return at.astimezone(programmes.zone(session)).date()


def board_of(session: NetworkSession, *, by: Person, at: datetime) -> Board:
    """What concerns somebody: each part is empty for whoever it does not concern."""
    day = today(session, at)
    advises, own = by.has(RoleKind.ADVISER), programme_progress.of_person(session, by.id, day)
    return Board(
        today=day,
        own=own,
        coming=workshops.coming(session, by.id, at=at),
        heads=_late_first(programme_progress.of_my_heads(session, by, day)) if advises else (),
        groups=groups(session, by, at=at),
        to_sign=programme_signing.waiting(session, by=by, at=at),
        may_begin=may(by, "take up programme", _own(session, by)),
        follows=dict(_follows(session, own, by)),
    )


def _follows(
    session: NetworkSession, own: PersonProgress, by: Person
) -> Iterator[tuple[UUID, Programme]]:
    for each in own.programmes:
        programme = each.under_way.programme
        if each.finished and (then := programme_beginning.following(session, programme, by=by)):
            yield each.under_way.id, then


def way_of(session: NetworkSession, person_id: UUID, *, by: Person, at: datetime) -> Way:
    """How somebody is getting on, as another person or they themselves may see it."""
    day = today(session, at)
    found = programme_progress.of_person(session, person_id, day)
    standings = [(each, one) for each in found.programmes for one in each.standings]
    signed = {one.signed.by for _each, one in standings if one.signed}
    return Way(
        today=day,
        progress=found,
        coming=workshops.coming(session, person_id, at=at),
        signs=frozenset(
            (each.under_way.id, one.stage.stage) for each, one in standings if _signs(by, each, one)
        ),
        signers=people.names(session, signed),
    )


def next_due(session: NetworkSession, person: Person, *, at: datetime) -> Standing | None:
    """What somebody has to do next in any programme; None where nothing waits for them."""
    found = programme_progress.of_person(session, person.id, today(session, at)).next_up
    return found[0] if found else None


def _late_first(heads: Sequence[PersonProgress]) -> Sequence[PersonProgress]:
    return sorted(heads, key=lambda each: not any(one.overdue for one in each.programmes))


def groups(session: NetworkSession, by: Person, *, at: datetime) -> Sequence[GroupProgress]:
    """The groups that go on and that somebody leads or looks after, the latest start first."""
    day = today(session, at)
    kept = [
        each
        for each in programme_under_way.seen_by(session, by)
        if not each.ended and (each.led_by == by.id or by.has(RoleKind.FACILITATOR))
    ]
    return [programme_progress.of_group(session, each.id, day) for each in kept]


def _signs(by: Person, progress: Progress, standing: Standing) -> bool:
    return may_sign(by, progress.under_way, progress.member, standing.stage)


def _own(session: NetworkSession, by: Person) -> Thing:
    return Thing(network_id=session.network_id, author_id=by.id)
