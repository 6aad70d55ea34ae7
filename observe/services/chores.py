"""What is done in each network without anybody asking: with each round of jobs, or when a page is opened.

A chore looks first, and writes only where there is something to do; doing it twice does no harm.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from observe.services import (
    certificate_mails,
    class_lists,
    day_before,
    escalating,
    leadership,
    leadership_mails,
    network_deletion,
    people_files_waiting,
    release_days,
    retention,
    summary_review,
    target_reminders,
    washing,
)
from observe.storage import networks, outbox
from observe.storage.database import Database, NetworkSession


@dataclass(frozen=True, slots=True)
class Chore:
    """Whether there is something to do at a moment, and doing it."""

    waits: Callable[[NetworkSession, datetime], bool]
    do: Callable[[NetworkSession, datetime], None]


def _release(session: NetworkSession, at: datetime) -> None:
    for summary in release_days.due(session, at=at):
        summary_review.release_on_its_day(session, summary.id, at=at)


def _remind(session: NetworkSession, at: datetime) -> None:
    if session.links_lead_to is not None:
        day_before.remind(session, at=at)


RELEASE = Chore(lambda session, at: bool(release_days.due(session, at=at)), _release)
HAND_ON = Chore(
    lambda session, at: bool(escalating.due(session, at=at)),
    lambda session, at: escalating.go_up(session, at=at),
)
ON_THE_WAY = (RELEASE, HAND_ON)
ALL = (
    *ON_THE_WAY,
    Chore(
        lambda session, at: (
            session.links_lead_to is not None and bool(day_before.due(session, at=at))
        ),
        _remind,
    ),
    Chore(
        lambda session, at: bool(target_reminders.due(session, at=at)),
        lambda session, at: target_reminders.remind(session, at=at),
    ),
    Chore(
        lambda session, at: bool(certificate_mails.due(session, at=at)),
        lambda session, at: certificate_mails.remind(session, at=at),
    ),
    Chore(
        lambda session, at: bool(leadership.over(session, at=at)),
        lambda session, at: leadership.close_over(session, at=at),
    ),
    Chore(
        lambda session, at: bool(leadership_mails.due(session, at=at)),
        lambda session, at: leadership_mails.remind(session, at=at),
    ),
    Chore(
        lambda session, at: outbox.is_old(session, at=at),
        lambda session, at: outbox.forget(session, at=at),
    ),
    Chore(
        lambda session, at: class_lists.is_over(session, at=at),
        lambda session, at: class_lists.erase_over(session, at=at),
    ),
    Chore(retention.waits, retention.once_a_day),
    Chore(
        lambda session, at: people_files_waiting.is_old(session, at=at),
        lambda session, at: people_files_waiting.forget_old(session, at=at),
    ),
)


def everywhere(database: Database, *, clock: Callable[[], datetime]) -> list[UUID]:
    """Do what waits in every network; the ids of those that go on."""
    with database.outside() as session:
        known = sorted(networks.ids(session).values())
    places = [
        each for each in known if network_deletion.carry_out(database, each, at=clock()) is None
    ]
    network_deletion.wash(database, at=clock())
    for place in places:
        in_one(database, place, at=clock())
        washing.wash(database, place, at=clock())
    return places


def in_one(database: Database, place: UUID, *, at: datetime, chores: Sequence[Chore] = ALL) -> None:
    """Do what waits in one network; whoever writes meanwhile waits only if there is something to do."""
    with database.read(place) as session:
        busy = [chore for chore in chores if chore.waits(session, at)]
    if busy:
        with database.write(place) as session:
            for chore in busy:
                chore.do(session, at)
