"""Which groups are large enough to be shown, so that no figure tells of one person."""

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

FEWEST_PEOPLE = 5

People = frozenset[Hashable]
Key = TypeVar("Key")


def large_enough(people: People) -> bool:
    """Whether five people or more stand behind a figure."""
    return len(people) >= FEWEST_PEOPLE


def apart_enough(people: People, others: Iterable[People]) -> bool:
    """Whether a group differs from each of the others by nobody, or by five people or more."""
    return all(not 0 < len(people ^ other) < FEWEST_PEOPLE for other in others)


def may_be_shown(people: People, others: Iterable[People]) -> bool:
    """Whether a group is large enough, and cannot be told from another by taking one from the other."""
    return large_enough(people) and apart_enough(people, others)


def parts_shown(parts: Mapping[Key, People], whole: People) -> list[Key]:
    """The parts of a whole that may be shown, in their order.

    What is left of the whole must be five people or more too, so parts are held back, the smallest
    first, until it is.
    """
    shown = [key for key, people in parts.items() if may_be_shown(people, [whole])]
    while shown and not rest_is_safe(_hidden(parts, shown)):
        shown.remove(min(shown, key=lambda key: len(parts[key])))
    return shown


def rest_is_safe(hidden: Iterable[People]) -> bool:
    """Whether five people or more, or nobody, stand behind what is not shown by itself."""
    return not 0 < len(frozenset[Hashable]().union(*hidden)) < FEWEST_PEOPLE


def _hidden(parts: Mapping[Key, People], shown: Iterable[Key]) -> list[People]:
    seen = set(shown)
    return [people for key, people in parts.items() if key not in seen]
