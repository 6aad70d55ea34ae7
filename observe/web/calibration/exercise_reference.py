"""Two experts settle the reference of an exercise, criterion by criterion, the largest gap first."""

from dataclasses import dataclass, replace
from uuid import UUID

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.exercises import Settled
from observe.core.typed import line_in, number_in
from observe.services import exercises
from observe.services.exercises import Settling
from observe.web.calibration import exercise_words, talk_words
from observe.web.calibration.blueprint import blueprint
from observe.web.calibration.exercise import of as of_exercise
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires

NO_LEVEL = -(2**31)


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form of one criterion, what is to mend, and what the other saved meanwhile."""

    level: str = ""
    reason: str = ""
    revision: int = 0
    fault: str = ""
    clash: Settled | None = None


@blueprint.get("/practice/exercises/<uuid:exercise_id>/reference")
@requires("settle exercise", of=of_exercise)
def reference(exercise_id: UUID) -> ResponseReturnValue:
    """What both gave and why, and the form for what they settle on."""
    with read() as session:
        found = exercises.settling(session, exercise_id)
    return _page(found, request.args.get("at", ""), {})


def _page(found: Settling, open_at: str, typed: dict[str, Typed]) -> str:
    first = next(iter(found.left), None)
    forms = {key: _form_of(each) for key, each in found.reference.items()}
    return render_template(
        "calibration/exercise_reference.html",
        found=found,
        names=talk_words.short_names(found.observers),
        open_at=open_at or (first.criterion.criterion if first else ""),
        forms={**forms, **typed},
        empty=Typed(),
        typed=typed,
        say=talk_words,
        words=exercise_words,
    )


def _form_of(settled: Settled) -> Typed:
    return Typed(str(settled.level), settled.reason, settled.revision)


def _typed() -> Typed:
    form = request.form
    reason = line_in(form.get("reason", ""))
    return Typed(form.get("level", ""), reason, number_in(form.get("revision", "")) or 0)


@blueprint.post("/practice/exercises/<uuid:exercise_id>/reference/<criterion>")
@requires("settle exercise", of=of_exercise)
def settle(exercise_id: UUID, criterion: str) -> ResponseReturnValue:
    """Save one criterion and go to the next; or show what was typed, with what is to mend."""
    typed = _typed()
    show_again(
        lambda refusal: _again(exercise_id, criterion, replace(typed, fault=refusal.sentence))
    )
    with write() as session:
        there = exercises.settle(
            session, exercise_id, criterion, _said(typed), by=g.person, at=now()
        )
        following = exercises.settling(session, exercise_id).next_after(criterion)
    if there:
        clashing = replace(typed, clash=there, revision=there.revision)
        return _again(exercise_id, criterion, clashing), 412
    anchor = f"c-{following}" if following else "publish"
    address = "calibration.reference"
    return redirect(url_for(address, exercise_id=exercise_id, at=following, _anchor=anchor))


def _again(exercise_id: UUID, criterion: str, typed: Typed) -> str:
    with read() as session:
        found = exercises.settling(session, exercise_id)
    return _page(found, criterion, {criterion: typed})


def _said(typed: Typed) -> Settled:
    level = number_in(typed.level)
    return Settled(NO_LEVEL if level is None else level, typed.reason, typed.revision)
