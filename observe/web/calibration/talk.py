"""The page on which observers compare, and what they write there."""

from dataclasses import replace
from uuid import UUID

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import Missing
from observe.core.pairing import Closing
from observe.services import calibration, precedents, revealing, talking, third_reading
from observe.services.calibration import Waiting
from observe.services.talking import Talk
from observe.storage import pairs
from observe.storage.database import NetworkSession
from observe.web.calibration import talk_group
from observe.web.calibration.blueprint import blueprint
from observe.web.calibration.talk_form import (
    Typed,
    clashing,
    naming,
    read_typed,
    said_in,
    signed_in,
)
from observe.web.calibration.talk_page import Turned, page_of
from observe.web.database import now, read, write
from observe.web.guard import requires
from observe.web.reading import note_reading
from observe.web.words import gettext as _


@blueprint.get("/pairs/<uuid:lesson_id>")
@requires("see lesson", of=calibration.thing)
def pair(lesson_id: UUID) -> ResponseReturnValue:
    """The talk for its observers, what was agreed for leader and head, else how far it is."""
    asked = request.args
    turned = Turned(at=asked.get("at", ""), shifted_from=signed_in(asked.get("was", "")))
    with read() as session:
        seen = calibration.look(session, lesson_id, by=g.person)
        if isinstance(seen, Talk) and asked.get("show") == "group":
            page = talk_group.page_of(session, seen, turned)
        else:
            page = page_of(session, seen, turned)
    return page if isinstance(seen, Waiting) else note_reading(page, "pair", seen.lesson.id)


@blueprint.post("/pairs/<uuid:lesson_id>/agree/<criterion>")
@requires("write agreed record", of=calibration.thing)
def agree(lesson_id: UUID, criterion: str) -> ResponseReturnValue:
    """Save one criterion and go to the next; or show what was typed, with what is to mend."""
    with write() as session:
        found = talking.talk(session, lesson_id)
        unsaved = _save(session, found, criterion, read_typed(request.form))
        if unsaved:
            turned = Turned(at=criterion, typed={criterion: unsaved})
            return page_of(session, found, turned), 412 if unsaved.clash else 400
        following = talking.talk(session, lesson_id).next_after(criterion)
    return redirect(_place(lesson_id, following.criterion.criterion if following else ""))


def _save(session: NetworkSession, found: Talk, key: str, typed: Typed) -> Typed | None:
    criterion = found.rubric.find(key)
    if criterion is None:
        raise Missing(_("There is no such criterion in this rubric."))
    said = said_in(typed, criterion)
    if isinstance(said, Typed):
        return said
    if found.asks_for_nothing(key, said):
        return replace(typed, fault=third_reading.NOTHING_NOTED, third=False)
    if said.rule not in (typed.sure, found.rules.get(key)) and (
        names := precedents.people_named(session, said.rule)
    ):
        return naming(typed, said.rule, names)
    there = talking.agree(session, found.lesson.id, key, said, by=g.person, at=now())
    return clashing(typed, there) if there else None


def _place(lesson_id: UUID, criterion: str) -> str:
    """Where one goes on: at the next criterion, in a group view in that view."""
    if request.form.get("show") == "group":
        return url_for(
            "calibration.pair", lesson_id=lesson_id, show="group", at=criterion, write="yes"
        )
    if not criterion:
        return url_for("calibration.pair", lesson_id=lesson_id, _anchor="finish")
    return url_for("calibration.pair", lesson_id=lesson_id, at=criterion, _anchor=f"c-{criterion}")


@blueprint.post("/pairs/<uuid:lesson_id>/close")
@requires("write agreed record", of=calibration.thing)
def close(lesson_id: UUID) -> ResponseReturnValue:
    """Say that the talk is finished; the pair closes with the last who says so."""
    with write() as session:
        result = talking.close(session, lesson_id, by=g.person, at=now())
    flash(closed_words(result))
    return redirect(url_for("calibration.pair", lesson_id=lesson_id, _anchor="finish"))


def closed_words(result: Closing) -> str:
    """What became of one more tap that the talk is finished."""
    return {
        Closing.WAITS: _("Kept. The pair closes when everybody who observed has said so."),
        Closing.BY_ALL: _("This pair is closed. What you agreed is the basis of the summary."),
        Closing.BY_ONE: _("This pair is closed, marked as closed by you alone after a week."),
    }[result]


@blueprint.post("/pairs/<uuid:lesson_id>/waive/<uuid:person_id>")
@requires("waive partner", of=calibration.thing)
def waive(lesson_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Go on without a partner who does not come."""
    with write() as session:
        revealing.waive(session, lesson_id, person_id, by=g.person, at=now())
        name = pairs.person_name(session, person_id)
    flash(_("This lesson goes on without %(name)s.", name=name))
    return redirect(url_for("capture.lesson", lesson_id=lesson_id))


@blueprint.post("/pairs/<uuid:lesson_id>/open-early")
@requires("open pair early", of=calibration.thing)
def open_early(lesson_id: UUID) -> ResponseReturnValue:
    """Seal all records as they stand and let their observers compare."""
    with write() as session:
        revealing.open_early(session, lesson_id, by=g.person, at=now())
    flash(_("The records are sealed as they stood. Their observers can compare them now."))
    return redirect(url_for("capture.lesson", lesson_id=lesson_id))
