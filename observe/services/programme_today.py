"""What a programme says on Today: what is next for somebody, and who is overdue in their groups."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from observe.core.permissions import Person
from observe.core.programme_standing import Standing
from observe.core.workshop import Workshop
from observe.services import programme_board, workshops
from observe.services.programme_progress import GroupProgress
from observe.storage.database import NetworkSession

NEAR = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Glance:
    """The stage that is next for somebody, the workshop that is near, and the groups that they look after.

    Groups in which something is overdue come first; in each, people stand by name.
    """

    next: Standing | None = None
    workshop: Workshop | None = None
    groups: tuple[GroupProgress, ...] = ()

    @property
    def any(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.next or self.workshop or self.groups)


def glance(session: NetworkSession, person: Person, *, at: datetime) -> Glance:
    """What somebody should know today of the programmes that they are in or look after."""
    groups = programme_board.groups(session, person, at=at)
    return Glance(
        next=programme_board.next_due(session, person, at=at),
        workshop=_near(workshops.coming(session, person.id, at=at).values(), at),
        groups=tuple(
            sorted((each for each in groups if each.people), key=lambda each: not each.overdue)
        ),
    )


def _near(coming: Iterable[Workshop], at: datetime) -> Workshop | None:
    soon = [each for each in coming if each.starts_at < at + NEAR]
    return min(soon, key=lambda each: each.starts_at, default=None)
