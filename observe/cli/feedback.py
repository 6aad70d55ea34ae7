"""`observe feedback`: draft a summary from a record, check a text, without a database."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from observe.cli.feedback_check import check
from observe.core.errors import Invalid
from observe.resources import folder

if TYPE_CHECKING:
    from observe.core.feedback.facts import Draft, Line
    from observe.core.feedback.record import LessonRecord
    from observe.core.rubric import Rubric

WIDTH = 88
ID = re.compile(r"[a-z0-9-]+")
HEADINGS = {
    "opening": "",
    "strength": "What worked",
    "next_step": "Next step",
    "target": "Target",
    "question": "A question",
}


@click.group("feedback")
def command() -> None:
    """Draft a summary from a record; check a text before a teacher reads it."""


@command.command(short_help="Compose a draft from a record of a lesson.")
@click.argument("record", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option(
    "--rubric",
    "key",
    required=True,
    metavar="KEY",
    help="The id of a rubric that comes with Observe, or the path of a rubric file.",
)
@click.option("--json", "as_json", is_flag=True, help="Each sentence with its notes, as JSON.")
def draft(record: str, key: str, as_json: bool) -> None:
    """Compose a draft from RECORD, a file in JSON, or - for standard input.

    The draft follows the rule of choosing and quotes the notes that it rests on. docs/feedback.md
    says what a record holds. Faults are told all at once, each by its place; exit status 2.
    """
    from observe.core.feedback.compose import compose

    rubric = _rubric(key)
    held = _record(record, rubric)
    composed = compose(
        held.facts,
        rubric,
        held.agreements,
        held.evidence,
        due=held.due,
        target=held.target,
        unlike=held.unlike,
    )
    click.echo(_as_json(composed, held, rubric) if as_json else _as_text(composed, held))


def _rubric(key: str) -> Rubric:
    from observe.core.rubric_file import RubricFaults, read_rubric

    path = folder("rubrics") / f"{key}.yaml" if ID.fullmatch(key) else Path(key)
    path = path if path.is_file() else Path(key)
    if not path.is_file():
        known = ", ".join(sorted(each.stem for each in folder("rubrics").glob("*.yaml")))
        raise Invalid(f"There is no rubric `{key}`; name a file, or one of {known}.")
    try:
        return read_rubric(path.read_bytes(), path.name)
    except RubricFaults as refusal:
        _refuse([str(fault) for fault in refusal.faults])


def _record(name: str, rubric: Rubric) -> LessonRecord:
    from observe.core.feedback.record_file import RecordFaults, read_record

    with click.open_file(name, "rb") as opened:
        raw: bytes = opened.read()
    try:
        return read_record(raw, rubric)
    except RecordFaults as refusal:
        _refuse([str(fault) for fault in refusal.faults])


def _refuse(faults: list[str]) -> NoReturn:
    for fault in faults:
        click.echo(fault, err=True)
    sys.exit(2)


def _as_json(draft: Draft, held: LessonRecord, rubric: Rubric) -> str:
    told = {
        "lesson": held.facts.lesson_id,
        "rubric": f"{rubric.rubric}@{rubric.version}",
        "sentences": [_sentence(each) for each in draft.sentences],
        "target": next((_plan(line) for line in draft.lines if line.plan), None),
        "missing": list(draft.missing),
    }
    return json.dumps(told, indent=1, ensure_ascii=False)


def _sentence(each: Any) -> dict[str, Any]:
    return {
        "part": each.part.value,
        "criterion": each.criterion,
        "text": each.text,
        "note_ids": list(each.note_ids),
    }


def _plan(line: Line) -> dict[str, Any] | None:
    plan = line.plan
    if plan is None:
        return None
    due = plan.due.isoformat() if plan.due else None
    return {"try": plan.try_, "when": plan.when, "see": plan.see, "due": due}


def _as_text(draft: Draft, held: LessonRecord) -> str:
    from observe.core.feedback.spoken import listed

    told = [f"For {held.facts.teacher}, from {listed(held.facts.observers) or 'the observers'}"]
    part = ""
    for line in draft.lines:
        heading = HEADINGS[line.part.value] if line.part.value != part else ""
        part = line.part.value
        told += ["", *([heading] if heading else []), *_wrapped(line)]
    if draft.missing:
        told += ["", "Not said", *(f"- {sentence}" for sentence in draft.missing)]
    return "\n".join(told)


def _wrapped(line: Line) -> list[str]:
    """A line of the draft, with the ids of its notes below it."""
    from textwrap import wrap

    rests_on = f"  [{', '.join(line.note_ids)}]"
    return [*wrap(line.text, WIDTH, break_on_hyphens=False), *([rests_on] if line.note_ids else [])]


command.add_command(check)
