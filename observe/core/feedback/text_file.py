"""A text to be checked → its lines and where each stands: a plain letter, or a draft as JSON."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from observe.core.errors import Invalid
from observe.core.feedback.facts import Line, Part, Plan
from observe.core.feedback.finding import Finding
from observe.core.feedback.plain_letter import read_plain

LONGEST_TEXT = 50_000
WHOLE = "the text"
LISTS = ("sentences", "lines")
NOTES = ("note_ids", "notes")


class TextFaults(Invalid):
    """A text cannot be checked; `faults` holds every reason, each by its place."""

    code = "text_faults"

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("The text cannot be checked.")
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding begins: `where` in words, `line` from 1, `start` in characters from 0."""

    where: str
    line: int
    start: int


@dataclass(frozen=True, slots=True)
class CheckedText:
    """The lines of a text; `starts` are where they begin in `text`, or none where they came as JSON."""

    lines: tuple[Line, ...]
    linked: bool
    staff: tuple[str, ...] = ()
    text: str = ""
    starts: tuple[int, ...] = ()
    of: str = ""

    def place(self, finding: Finding) -> Place | None:
        """Where a finding begins; None for the whole."""
        return None if finding.line is None else self.place_at(finding.line, finding.start or 0)

    def place_at(self, line: int, start: int) -> Place:
        """Where the character `start` of a line stands, both counted from 0."""
        if self.linked:
            return Place(f"{self.of}[{line}]", line + 1, start)
        return self._in_text(self.starts[line] + start)

    def _in_text(self, start: int) -> Place:
        line = self.text.count("\n", 0, start) + 1
        column = start - (self.text.rfind("\n", 0, start) + 1)
        return Place(f"line {line}, column {column + 1}", line, column)


def read_text(raw: bytes) -> CheckedText:
    """The text of a file in UTF-8; TextFaults with every fault in it."""
    text = _decoded(raw)
    if _is_json(text):
        return _of_json(text)
    letter = read_plain(text)
    return CheckedText(
        lines=tuple(placed.line for placed in letter.lines),
        linked=False,
        staff=letter.staff,
        text=text,
        starts=tuple(placed.start for placed in letter.lines),
    )


def _decoded(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as fault:
        line = raw[: fault.start].count(b"\n") + 1
        raise TextFaults([f"line {line}: this is not UTF-8; save the file as UTF-8"]) from None
    faults = list(_of_characters(text))
    if faults:
        raise TextFaults(faults)
    return text


def _of_characters(text: str) -> Iterator[str]:
    if not text.strip():
        yield f"{WHOLE}: there is nothing in it"
    if len(text) > LONGEST_TEXT:
        yield f"{WHOLE}: it has {len(text)} characters; the most is {LONGEST_TEXT}"
    for number, line in enumerate(text.split("\n"), 1):
        if any(ord(letter) < 32 and letter != "\t" for letter in line):
            yield f"line {number}: there is a control character in it; this may be no text file"


def _is_json(text: str) -> bool:
    told = text.lstrip()
    return told[:1] == "{" or (told[:1] == "[" and told[1:].lstrip()[:1] in ("{", "]"))


def _of_json(text: str) -> CheckedText:
    try:
        told = json.loads(text)
    except json.JSONDecodeError as fault:
        where = f"line {fault.lineno}, column {fault.colno}"
        raise TextFaults([f"{where}: this is not JSON: {fault.msg}"]) from None
    except RecursionError:
        raise TextFaults([f"{WHOLE}: it is nested too deeply"]) from None
    return _of_draft(told)


def _of_draft(told: Any) -> CheckedText:
    name, entries = _entries(told)
    faults = [
        fault for place, each in enumerate(entries) for fault in _faults(f"{name}[{place}]", each)
    ]
    due, mine = _due(told)
    if faults or mine:
        raise TextFaults([*faults, *mine])
    lines = tuple(_line(each) for each in entries)
    return CheckedText(tuple(_with_plan(line, due) for line in lines), linked=True, of=name)


def _entries(told: Any) -> tuple[str, list[Any]]:
    """The list of sentences, and its name."""
    if isinstance(told, list):
        return _filled("", told)
    for name in LISTS:
        if isinstance(told, dict) and name in told:
            return _filled(name, told[name])
    raise TextFaults([f"{WHOLE}: a draft has a list “sentences” or “lines”, and here is none"])


def _filled(name: str, entries: Any) -> tuple[str, list[Any]]:
    if not isinstance(entries, list):
        raise TextFaults([f"{name}: this is not a list"])
    if not entries:
        raise TextFaults([f"{name or WHOLE}: there is nothing in it"])
    return name, entries


def _faults(where: str, each: Any) -> Iterator[str]:
    if not isinstance(each, dict):
        yield f"{where}: this is no object with “part”, “text” and “note_ids”"
        return
    if each.get("part") not in list(Part):
        yield f"{where}.part: name one of {', '.join(Part)}"
    if not isinstance(each.get("text"), str):
        yield f"{where}.text: write a text"
    name = next((name for name in NOTES if name in each), NOTES[0])
    notes = each.get(name, [])
    if not isinstance(notes, list) or not all(isinstance(note, str) for note in notes):
        yield f"{where}.{name}: write a list of ids"
    yield from _due_of(f"{where}.plan", each.get("plan"))[1]


def _line(each: Mapping[str, Any]) -> Line:
    notes = next((each[name] for name in NOTES if name in each), ())
    due = _due_of("", each.get("plan"))[0]
    return Line(
        Part(each["part"]), each["text"], tuple(notes), plan=Plan("", due=due) if due else None
    )


def _due(told: Any) -> tuple[date | None, list[str]]:
    return _due_of("target", told.get("target")) if isinstance(told, dict) else (None, [])


def _due_of(where: str, plan: Any) -> tuple[date | None, list[str]]:
    """The day of a plan, and what is wrong with it."""
    if plan is None:
        return None, []
    if not isinstance(plan, dict):
        return None, [f"{where}: this is no object with “try”, “when”, “see” and “due”"]
    if plan.get("due") is None:
        return None, []
    try:
        return date.fromisoformat(plan["due"]), []
    except (TypeError, ValueError):
        return None, [f"{where}.due: write a day such as 2026-12-11"]


def _with_plan(line: Line, due: date | None) -> Line:
    """The line with the day that the draft gives its target."""
    if line.part is not Part.TARGET or line.plan or due is None:
        return line
    return replace(line, plan=Plan("", due=due))
