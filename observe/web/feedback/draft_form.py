"""The form of a draft: what was typed, as lines, and what a button asks for."""

from collections.abc import Callable
from uuid import UUID

from werkzeug.datastructures import MultiDict

from observe.core.errors import Invalid
from observe.core.feedback import editing
from observe.core.feedback.editing import ADDABLE, Lines
from observe.core.feedback.facts import Line, Part, Plan
from observe.core.typed import day_in, line_in, number_in

Form = MultiDict[str, str]
UNREADABLE = "This form came incomplete. Load the page again."
MOST_SAID = 500
TOO_MANY = "A summary can have 60 lines at most. Keep to what matters most."


def read_lines(form: Form) -> Lines:
    """The lines in the order of the form; Invalid when a part is missing or doubled, or for too many."""
    keys = form.getlist("line")
    if len(keys) > editing.MOST_LINES:
        raise Invalid(TOO_MANY)
    if len(set(keys)) < len(keys):
        raise Invalid(UNREADABLE)
    return tuple(_line(form, key) for key in keys)


def read_revision(form: Form) -> int:
    """The revision that the form was made from; Invalid without one."""
    revision = number_in(form.get("revision", ""))
    if revision is None:
        raise Invalid(UNREADABLE)
    return revision


def read_asides(form: Form) -> list[tuple[str, str, bool]]:
    """The findings that are put aside, and those to be looked at again: (kind, quote, put aside).

    Invalid for more than any page sends.
    """
    asked = [(each, True) for each in form.getlist("aside")]
    asked += [(each, False) for each in form.getlist("again")]
    deed, _, finding = form.get("do", "").partition(" ")
    if deed in ("aside", "again"):
        asked.append((finding, deed == "aside"))
    if len(asked) > MOST_SAID:
        raise Invalid(UNREADABLE)
    parted = ((finding.partition(" "), aside) for finding, aside in asked)
    return [(kind, quote, aside) for (kind, _, quote), aside in parted]


def read_used(form: Form) -> list[UUID]:
    """The phrases that went into the text; Invalid for what is no phrase's id, or far too many."""
    if len(form.getlist("used")) > MOST_SAID:
        raise Invalid(UNREADABLE)
    try:
        return [UUID(each) for each in form.getlist("used")]
    except ValueError as wrong:
        raise Invalid(UNREADABLE) from wrong


def carried_out(lines: Lines, asked: str, form: Form) -> Lines:
    """The lines after what a button asks for, such as `up 3` or `use NOTE`; unchanged to save."""
    deed, *words = asked.split() or [""]
    return DEEDS[deed](lines, words, form) if deed in DEEDS and words else lines


def read_part(typed: str) -> Part:
    """The part of a summary that is named; Invalid for any other word."""
    if typed not in {part.value for part in Part}:
        raise Invalid(UNREADABLE)
    return Part(typed)


def _up(lines: Lines, words: list[str], _: Form) -> Lines:
    return editing.moved(lines, words[0], -1)


def _down(lines: Lines, words: list[str], _: Form) -> Lines:
    return editing.moved(lines, words[0], +1)


def _remove(lines: Lines, words: list[str], _: Form) -> Lines:
    return editing.removed(lines, words[0])


def _add(lines: Lines, words: list[str], _: Form) -> Lines:
    part = read_part(words[0])
    return editing.added(lines, part) if part in ADDABLE else lines


def _drop(lines: Lines, words: list[str], _: Form) -> Lines:
    return editing.unrested(lines, words[0], words[-1])


def _use(lines: Lines, words: list[str], form: Form) -> Lines:
    """`use NOTE LINE`, or `use NOTE` for the line that the form names."""
    line = words[1] if len(words) > 1 else form.get("into", "")
    return editing.rested(lines, line, words[0])


def _instead(lines: Lines, words: list[str], _: Form) -> Lines:
    """`instead LINE QUOTE|WORDS`."""
    quote, _bar, told = " ".join(words[1:]).partition("|")
    return editing.put_instead(lines, words[0], quote, told) if quote else lines


Deed = Callable[[Lines, list[str], Form], Lines]
DEEDS: dict[str, Deed] = {
    "up": _up,
    "down": _down,
    "remove": _remove,
    "add": _add,
    "drop": _drop,
    "use": _use,
    "instead": _instead,
}


def _line(form: Form, key: str) -> Line:
    if number_in(key) is None:
        raise Invalid(UNREADABLE)
    part = read_part(form.get(f"part-{key}", ""))
    line = Line(
        part=part,
        text="",
        note_ids=tuple(form.getlist(f"notes-{key}")),
        criterion=form.get(f"criterion-{key}") or None,
        key=key,
    )
    if part is Part.TARGET:
        return editing.planned(line, _plan(form, key))
    return editing.rewritten(line, form.get(f"text-{key}", ""))


def _plan(form: Form, key: str) -> Plan:
    try_, when, see = (line_in(form.get(f"{name}-{key}", "")) for name in ("try", "when", "see"))
    return Plan(try_, when, see, day_in(form.get(f"due-{key}", "")))
