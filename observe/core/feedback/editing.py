"""What an author does to the lines of a draft: each deed takes lines and gives lines."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from observe.core.errors import Invalid
from observe.core.feedback.facts import Line, Part, Plan
from observe.core.feedback.lines import keyed
from observe.core.feedback.spoken import target_told

LONGEST_TEXT = 4_000
MOST_LINES = 60
TOO_LONG = "A line can have 4,000 characters at most. Keep to what matters most."
Lines = tuple[Line, ...]
PLANNED = ("try_", "when", "see")
ADDABLE = (Part.STRENGTH, Part.NEXT_STEP, Part.TARGET, Part.QUESTION)


def rewritten(line: Line, text: str) -> Line:
    """The line in other words, on the same notes; Invalid when it is far too long."""
    if len(text) > LONGEST_TEXT:
        raise Invalid(TOO_LONG)
    return replace(line, text="\n".join(" ".join(row.split()) for row in text.splitlines()).strip())


def planned(line: Line, plan: Plan) -> Line:
    """The target with another plan, told anew; Invalid when it is far too long."""
    if len(plan.when) + len(plan.see) > LONGEST_TEXT:
        raise Invalid(TOO_LONG)
    return rewritten(replace(line, plan=plan), target_told(plan) if plan.try_.strip() else "")


def corrected(lines: Lines, key: str, text: str) -> Lines:
    """The lines with one in a reader's words, the author's kept beside; Invalid without words.

    Of a target it is what to try that is put otherwise.
    """
    if not text.strip():
        raise Invalid("Write the line as it should be, or comment on it.", field="text")
    return _changed(lines, key, lambda line: _corrected(line, text))


def _corrected(line: Line, text: str) -> Line:
    before = line.was or words_of(line)
    plan = replace(line.plan, try_=" ".join(text.split())) if line.plan else None
    told = planned(line, plan) if plan else rewritten(line, text)
    return replace(told, was="" if words_of(told) == before else before)


def words_of(line: Line) -> str:
    """The words of a line that are written by hand: of a target what to try."""
    return line.plan.try_ if line.plan else line.text


def moved(lines: Lines, key: str, steps: int) -> Lines:
    """The lines with one moved by so many places among those of its part."""
    line = find(lines, key)
    same = [place for place, other in enumerate(lines) if other.part is line.part]
    here = same.index(lines.index(line))
    there = here + steps
    if not 0 <= there < len(same):
        return lines
    order = list(lines)
    order.remove(line)
    order.insert(same[there], line)
    return tuple(order)


def removed(lines: Lines, key: str) -> Lines:
    """The lines without one."""
    return tuple(line for line in lines if line.key != key)


def added(lines: Lines, part: Part) -> Lines:
    """The lines with an empty one at the end of its part, unless there are as many as there can be."""
    if len(lines) >= MOST_LINES:
        return lines
    plan = Plan("") if part is Part.TARGET else None
    order = [*lines, Line(part, "", plan=plan)]
    return keyed(in_order(order))


def in_order(lines: Sequence[Line]) -> Lines:
    """The lines by part, in the order of a letter."""
    parts = list(Part)
    return tuple(sorted(lines, key=lambda line: parts.index(line.part)))


def rested(lines: Lines, key: str, note_id: str) -> Lines:
    """The lines with one resting on one more note."""
    return _with_notes(
        lines, key, lambda notes: (*notes, note_id) if note_id not in notes else notes
    )


def unrested(lines: Lines, key: str, note_id: str) -> Lines:
    """The lines with one no longer resting on a note."""
    return _with_notes(lines, key, lambda notes: tuple(note for note in notes if note != note_id))


def put_instead(lines: Lines, key: str, quote: str, instead: str) -> Lines:
    """The lines with other words for a quote of one of them, where it is found first; in a plan too."""
    return _changed(lines, key, lambda line: _put_instead(line, quote, instead))


def _put_instead(line: Line, quote: str, instead: str) -> Line:
    if line.plan is None:
        return rewritten(line, line.text.replace(quote, instead, 1))
    told = {name: getattr(line.plan, name).replace(quote, instead, 1) for name in PLANNED}
    return planned(line, replace(line.plan, **told))


def changes_kept(lines: Lines, before: Lines) -> Lines:
    """The lines with a reader's change still shown on those that the author left as the reader put them."""
    shown = {line.key: line for line in before}
    return tuple(replace(line, was=_shown(line, shown.get(line.key))) for line in lines)


def _shown(line: Line, before: Line | None) -> str:
    return before.was if before and words_of(line) == words_of(before) else ""


def only_known(lines: Lines, note_ids: Collection[str]) -> Lines:
    """The lines resting on nothing but notes that there are."""
    return tuple(
        replace(line, note_ids=tuple(note for note in line.note_ids if note in note_ids))
        for line in lines
    )


def find(lines: Lines, key: str) -> Line:
    """The line of a key; Invalid where it is gone."""
    for line in lines:
        if line.key == key:
            return line
    raise Invalid("This line is not there any more. Load the page again.")


def _with_notes(
    lines: Lines, key: str, change: Callable[[tuple[str, ...]], tuple[str, ...]]
) -> Lines:
    return _changed(lines, key, lambda line: replace(line, note_ids=change(line.note_ids)))


def _changed(lines: Lines, key: str, change: Callable[[Line], Line]) -> Lines:
    line = find(lines, key)
    return tuple(change(other) if other is line else other for other in lines)
