"""What the author's page hands to its script: the lines, the evidence, and what was said of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import g, render_template

from observe.core.feedback.changes import changes
from observe.core.feedback.editing import words_of
from observe.core.feedback.facts import AT_MOST, Line
from observe.core.feedback.finding import Finding
from observe.core.feedback.lines import as_json, plan_as_json
from observe.core.feedback.spoken import listed
from observe.core.time_of_day import clock
from observe.services.phrase_bank import Bank
from observe.services.summary_writing import Desk
from observe.storage.phrases import Phrase
from observe.web import dates
from observe.web.feedback.pages import sections
from observe.web.words import gettext as _

Told = dict[str, Any]


def facts(desk: Desk, bank: Bank) -> Told:
    """Everything with which the page can be drawn anew on a tablet without a network."""
    summary = desk.summary
    return {
        "id": str(summary.id),
        "person": {"id": str(g.person.id), "name": g.person.name},
        "teacher": summary.teacher,
        "heading": _("Summary for %(name)s", name=summary.teacher),
        "lead": _lead(desk),
        "due": _("Due %(day)s", day=dates.day(summary.due_on)),
        "observers": list(summary.observers),
        "parts": [[each.part.value, each.title] for each in sections(summary, desk.lines)],
        "most": {part.value: most for part, most in AT_MOST.items()},
        "notes": [_note(desk, note_id) for note_id in desk.tray.notes],
        "comments": [{"line": c.line, "by": c.by, "text": c.text} for c in desk.comments],
        "phrases": phrases_told((*bank.own, *bank.of_others)),
        **seen(desk),
    }


def seen(desk: Desk) -> Told:
    """What a saving answers: where the text stands, and what the checks found in it."""
    summary = desk.summary
    return {
        "revision": summary.revision,
        "lines": as_json(summary.lines),
        "changed": _changed(summary.lines),
        "saved": dates.clock(summary.changed_at),
        "words": desk.words,
        "checks": render_template("feedback/_checks.html", desk=desk),
        "held": render_template("feedback/_held.html", desk=desk),
        "marks": [_mark(finding, desk.lines) for finding in desk.findings if _is_placed(finding)],
    }


def phrases_told(phrases: Iterable[Phrase]) -> list[Told]:
    """Phrases as the script offers them."""
    return [
        {
            "id": str(phrase.id),
            "part": phrase.part.value,
            "criterion": phrase.criterion,
            "text": phrase.text,
            "plan": plan_as_json(phrase.plan) if phrase.plan else None,
            "mine": phrase.person_id == g.person.id,
        }
        for phrase in phrases
    ]


def _lead(desk: Desk) -> str:
    return _(
        "%(title)s, %(day)s. Observed by %(names)s.",
        title=desk.summary.title,
        day=dates.day(desk.summary.on),
        names=listed(desk.summary.observers),
    )


def _note(desk: Desk, note_id: str) -> Told:
    tray, note = desk.tray, desk.tray.notes[note_id]
    return {
        "id": note_id,
        "at": clock(note.at) if note.at else "",
        "text": note.text,
        "speaker": note.speaker,
        "place": tray.place(note_id),
        "codes": tray.codes(note_id),
        "criteria": [[key, " ".join(tray.criteria[key])] for key in _known(desk, note.criteria)],
        "mark": note.mark,
    }


def _known(desk: Desk, criteria: Iterable[str]) -> list[str]:
    return [key for key in criteria if key in desk.tray.criteria]


def _changed(lines: Iterable[Line]) -> Mapping[str, list[list[str]]]:
    """What a reader changed, in stretches (how, words), by line."""
    return {
        line.key: [[each.how.value, each.words] for each in changes(line.was, words_of(line))]
        for line in lines
        if line.was
    }


def _mark(finding: Finding, lines: tuple[Line, ...]) -> Told:
    key = lines[finding.line].key if finding.line is not None else ""
    return {
        "line": key,
        "quote": finding.quote,
        "kind": finding.kind.value,
        "reason": finding.reason,
    }


def _is_placed(finding: Finding) -> bool:
    return finding.line is not None and bool(finding.quote)
