"""What a file says beside what is here: everything that would become of it, or what stands against it."""

from uuid import UUID

from observe.core.roster import Sent
from observe.core.roster_deeds import Difference, Here
from observe.core.roster_people import compare_people
from observe.core.roster_places import compare_places

MANY_LEAVE = 5
A_FIFTH = 0.2


def compare(sent: Sent, here: Here, *, oneself: UUID | None, again: bool = False) -> Difference:
    """All that the file would do, in an order in which it can be done.

    `oneself` is who brings the file: their own roles stay, and they do not leave by it. `again` says that
    people who were erased come as somebody new; without it they stay away.
    """
    found = Difference()
    places = compare_places(sent, here, found)
    compare_people(sent, here, places, found, oneself=oneself, again=again)
    return found


def is_many(leaving: int, known: int) -> bool:
    """Whether so many leave at once that the file may not be whole: five, and a fifth of all."""
    return leaving >= MANY_LEAVE and leaving >= A_FIFTH * known
