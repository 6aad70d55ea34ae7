"""What files of people come to, in words."""

from collections.abc import Callable, Mapping

from observe.web.words import gettext as _
from observe.web.words import ngettext

Counts = Mapping[str, int]


def done_words(counts: Counts) -> str:
    """What was done, as `3 people are new, 1 person has left.`"""
    told: list[tuple[str, Callable[[int], str]]] = [
        ("new", _are_new),
        ("changed", _are_changed),
        ("leaving", _have_left),
        ("back", _are_back),
        ("new places", _places_are_new),
    ]
    words = [say(counts[name]) for name, say in told if counts[name]]
    return f"{', '.join(words)}." if words else _("Done. Nobody is new and nobody has left.")


def _are_new(num: int) -> str:
    return ngettext("%(num)d person is new", "%(num)d people are new", num)


def _are_changed(num: int) -> str:
    return ngettext("%(num)d person changed", "%(num)d people changed", num)


def _have_left(num: int) -> str:
    return ngettext("%(num)d person has left", "%(num)d people have left", num)


def _are_back(num: int) -> str:
    return ngettext("%(num)d person is back", "%(num)d people are back", num)


def _places_are_new(num: int) -> str:
    return ngettext(
        "%(num)d school, team or class is new", "%(num)d schools, teams and classes are new", num
    )


def left_out_words(left_out: Counts) -> list[tuple[str, int]]:
    """Who is in a file and not taken in, most first, each with how many."""
    words = {
        "student": _("pupils"),
        "parent": _("parents"),
        "guardian": _("guardians"),
        "relative": _("relatives"),
        "aide": _("aides"),
        "counselor": _("counsellors"),
        "proctor": _("supervisors of exams"),
        "administrator": _("administrators"),
        "siteAdministrator": _("administrators of a school"),
        "districtAdministrator": _("administrators above the schools"),
        "systemAdministrator": _("administrators of a system"),
        "teacher outside a school": _("teachers of no school in the file"),
        "administrator outside a school": _("administrators of no school in the file"),
        "principal outside a school": _("heads of no school in the file"),
        "class outside a school": _("classes of no school in the file"),
        "role not held today": _("roles that have ended or begin later"),
        "no role": _("people without a role"),
    }
    found = [(words.get(word, f"“{word}”"), count) for word, count in left_out.items()]
    return sorted(found, key=lambda each: (-each[1], each[0]))
