"""A list of names as somebody pastes it: one on each line, whatever else stands in the row behind it."""

import re

from observe.core.errors import Invalid

MOST = 200
LONGEST = 80
HEADINGS = {"name", "names", "pupil", "pupils", "first name", "pupil name", "full name", "enw"}
NUMBER = re.compile(r"^\s*\d+[.)]?\s+")
BETWEEN = re.compile(r"[\t;]")


def read(typed: str) -> tuple[str, ...]:
    """The names in order, each once: `Owen, Maisie` is turned round, numbers and headings are left out.

    Invalid, with the line, for what is too long to be a name, and for no names or too many.
    """
    found = dict.fromkeys(filter(None, map(_name, enumerate(typed.splitlines(), start=1))))
    if not found:
        raise Invalid("Paste the names, one on each line.", field="names")
    if len(found) > MOST:
        raise Invalid(
            f"A class list has {MOST} names at most; these are {len(found)}.", field="names"
        )
    return tuple(found)


def _name(numbered: tuple[int, str]) -> str:
    number, row = numbered
    name = _turned(" ".join(BETWEEN.split(NUMBER.sub("", row))[0].split()))
    if len(name) > LONGEST:
        raise Invalid(f"Line {number} is too long for a name: “{name[:40]}…”.", field="names")
    if name and not any(each.isalpha() for each in name):
        raise Invalid(f"Line {number} holds no name: “{name}”.", field="names")
    return "" if name.casefold() in HEADINGS else name


def _turned(name: str) -> str:
    """`Maisie Owen` of `Owen, Maisie`."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}".strip() if comma else name
