"""Lines as JSON: the shape in which a draft and a released letter are kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from observe.core.feedback.facts import Line, Part, Plan


def keyed(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with a key for each that has none: `1`, `2`, and so on."""
    number = max((int(line.key) for line in lines if line.key.isdecimal()), default=0)
    told = []
    for line in lines:
        number += not line.key
        told.append(line if line.key else replace(line, key=str(number)))
    return tuple(told)


def as_json(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """What is kept of the lines."""
    return [_line_as_json(line) for line in lines]


def from_json(kept: Iterable[Mapping[str, Any]]) -> tuple[Line, ...]:
    """The lines that were kept."""
    return tuple(_line_from_json(line) for line in kept)


def plan_as_json(plan: Plan) -> dict[str, Any]:
    """What is kept of a target's plan."""
    due = plan.due.isoformat() if plan.due else None
    return {"try": plan.try_, "when": plan.when, "see": plan.see, "due": due}


def plan_from_json(kept: Mapping[str, Any]) -> Plan:
    """The plan that was kept."""
    due = date.fromisoformat(kept["due"]) if kept.get("due") else None
    return Plan(kept["try"], kept.get("when", ""), kept.get("see", ""), due)


def _line_as_json(line: Line) -> dict[str, Any]:
    return {
        "key": line.key,
        "part": line.part.value,
        "text": line.text,
        "notes": list(line.note_ids),
        "criterion": line.criterion,
        "plan": plan_as_json(line.plan) if line.plan else None,
        "was": line.was,
    }


def _line_from_json(kept: Mapping[str, Any]) -> Line:
    plan = kept.get("plan")
    return Line(
        part=Part(kept["part"]),
        text=kept["text"],
        note_ids=tuple(kept.get("notes", ())),
        criterion=kept.get("criterion"),
        plan=plan_from_json(plan) if plan else None,
        key=kept.get("key", ""),
        was=kept.get("was", ""),
    )
