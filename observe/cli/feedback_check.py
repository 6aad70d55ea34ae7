"""`observe feedback check`: what to look at in a text before a teacher reads it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from observe.core.feedback.finding import Context, Finding
    from observe.core.feedback.prose import Hint
    from observe.core.feedback.text_file import CheckedText

    Found = tuple[Finding, ...]
    Hints = tuple[Hint, ...] | None


@click.command("check", short_help="Say what to look at in a text before a teacher reads it.")
@click.argument("text", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option(
    "--names",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    help="The class list: one name a line, or CSV with a heading. Without it no name is looked for.",
)
@click.option("--ungraded", is_flag=True, help="Levels and grade words may not be told.")
@click.option(
    "--hints", "hinted", is_flag=True, help="Hints at slips of grammar, with the extra `prose`."
)
@click.option("--json", "as_json", is_flag=True, help="Every finding, as JSON.")
def check(text: str, names: str | None, ungraded: bool, hinted: bool, as_json: bool) -> None:
    """Check TEXT, a letter in plain text or a draft in JSON, or - for standard input.

    Exit status 0 when the checks ran, whatever they found; 2 when TEXT or FILE cannot be used, with
    every fault by its place on standard error. docs/feedback.md says what each check looks for.
    """
    from observe.core.feedback import checks, prose
    from observe.core.feedback.finding import Context

    told, pupils = _read(text, names)
    context = Context(graded=not ungraded, pupils=pupils, staff=told.staff, linked=told.linked)
    found = checks.check(told.lines, context)
    hints = prose.hints(told.lines) if hinted else None
    say = _as_json if as_json else _as_text
    click.echo(say(told, found, hints, context))


def _read(text: str, names: str | None) -> tuple[CheckedText, tuple[str, ...]]:
    """The text and the names; ends with every fault of both where one cannot be used."""
    from observe.core.feedback.names_file import NamesFaults, read_names
    from observe.core.feedback.text_file import TextFaults, read_text

    if text == names == "-":
        _refuse(["Only one of TEXT and --names can be standard input."])
    faults: list[str] = []
    told: CheckedText | None = None
    pupils: tuple[str, ...] = ()
    try:
        told = read_text(_bytes(text))
    except TextFaults as refusal:
        faults += [f"{_name(text)}: {fault}" for fault in refusal.faults]
    try:
        pupils = read_names(_bytes(names)) if names else ()
    except NamesFaults as refusal:
        faults += [f"{_name(names or '')}: {fault}" for fault in refusal.faults]
    if told is None or faults:
        _refuse(faults)
    return told, pupils


def _bytes(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()


def _name(file: str) -> str:
    return "standard input" if file == "-" else Path(file).name


def _refuse(faults: list[str]) -> NoReturn:
    for fault in faults:
        click.echo(fault, err=True)
    sys.exit(2)


def _as_json(told: CheckedText, found: Found, hints: Hints, context: Context) -> str:
    from observe.core.feedback import checks

    shown = {
        "findings": [_plain(told, one) for one in found],
        "passed": list(checks.passed(told.lines, found, context)),
        "words": checks.words(told.lines),
        **({} if hints is None else {"hints": [_hint(told, one) for one in hints]}),
    }
    return json.dumps(shown, indent=1, ensure_ascii=False)


def _plain(told: CheckedText, one: Finding) -> dict[str, Any]:
    place = told.place(one)
    return {
        "kind": one.kind.value,
        "quote": one.quote,
        "reason": one.reason,
        "fix": one.fix,
        "instead": one.instead,
        "where": place.where if place else "the whole",
        "line": place.line if place else None,
        "start": place.start if place else None,
    }


def _hint(told: CheckedText, one: Hint) -> dict[str, Any]:
    place = told.place_at(one.line, one.start)
    shown = {"quote": one.quote, "reason": one.reason, "instead": list(one.instead)}
    return {**shown, "where": place.where, "line": place.line, "start": place.start}


def _as_text(told: CheckedText, found: Found, hints: Hints, context: Context) -> str:
    from observe.core.feedback import checks

    shown = [line for one in found for line in _sentences(told, one)]
    shown += [line for one in hints or () for line in _hint_sentences(told, one)]
    well = "; ".join(checks.passed(told.lines, found, context))
    return "\n".join([*shown, f"Looked at and found well: {well}." if well else ""]).rstrip()


def _hint_sentences(told: CheckedText, one: Hint) -> list[str]:
    where = told.place_at(one.line, one.start).where
    return [f"{where}: a hint at grammar", f"  “{one.quote}” {one.reason}", ""]


def _sentences(told: CheckedText, one: Finding) -> list[str]:
    place = told.place(one)
    where = place.where if place else "the whole"
    quote = f"“{one.quote}” " if one.quote and one.quote not in one.reason else ""
    return [f"{where}: {one.kind.value}", f"  {quote}{one.reason}", f"  {one.fix}.", ""]
