"""A private reflection on one's own observing: three questions, saved as they are answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import ObserveError, Stale
from observe.core.permissions import Thing
from observe.core.reflections import LONGEST, Answers, Reflection
from observe.core.typed import id_in, lines_in, number_in
from observe.services import reflecting
from observe.storage import lessons
from observe.storage.database import NetworkSession
from observe.web.calibration.blueprint import blueprint
from observe.web.database import now, read, write
from observe.web.dates import clock
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.words import gettext as _

WAYS_BACK = {"today": "capture.today", "observing": "calibration.observing"}


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in the form: what is kept, or what was typed and could not be, and why not."""

    answers: Answers = field(default_factory=Answers)
    revision: int = 0
    errors: Mapping[str, str] = field(default_factory=dict)
    clash: Reflection | None = None
    deleted: bool = False


def _thing(session: NetworkSession, lesson_id: UUID) -> Thing:
    return reflecting.thing(session, lesson_id, by=g.person)


@blueprint.get("/pairs/<uuid:lesson_id>/reflection")
@requires("keep reflection", of=_thing)
def reflection(lesson_id: UUID) -> ResponseReturnValue:
    """The three questions with what one answered."""
    with read() as session:
        kept = reflecting.own(session, lesson_id, by=g.person)
        shown = Shown(kept.answers, kept.revision) if kept else Shown()
        return _page(session, lesson_id, shown)


@blueprint.post("/pairs/<uuid:lesson_id>/reflection")
@requires("keep reflection", of=_thing)
def keep_reflection(lesson_id: UUID) -> ResponseReturnValue:
    """Keep the answers; a script is told so, a form goes back to the page."""
    show_again(lambda refusal: _unsaved(lesson_id, refusal))
    asked = number_in(request.form.get("revision", "")) or 0
    with write() as session:
        revision = reflecting.write(
            session, lesson_id, _typed(), revision=asked, by=g.person, at=now()
        )
    if request.accept_mimetypes.best == "application/json":
        return {"saved": _("Saved at %(time)s.", time=clock(now())), "revision": revision}
    flash(_("Saved. Only you read it."))
    return redirect(url_for("calibration.reflection", lesson_id=lesson_id))


@blueprint.post("/pairs/<uuid:lesson_id>/reflection/delete")
@requires("keep reflection", of=_thing)
def delete_reflection(lesson_id: UUID) -> ResponseReturnValue:
    """Delete it; its words stand in the form once more, so that a save takes it back."""
    with write() as session:
        stood = reflecting.delete(session, lesson_id, by=g.person, at=now())
        return _page(session, lesson_id, Shown(stood or Answers(), deleted=True))


@blueprint.post("/pairs/<uuid:lesson_id>/reflection/tried")
@requires("keep reflection", of=_thing)
def tick_reflection(lesson_id: UUID) -> ResponseReturnValue:
    """Tick off what one wanted to try, or open it again."""
    done = request.form.get("done") == "yes"
    with write() as session:
        reflecting.tick(session, lesson_id, done=done, by=g.person, at=now())
    flash(_("Ticked off. It stands on your own page.") if done else _("It is to be tried again."))
    return redirect(_way_back())


def _way_back() -> str:
    """The page from which it was ticked off: a lesson's, Today, or one's own."""
    lesson_id = id_in(request.form.get("lesson", ""))
    if lesson_id:
        return url_for("capture.lesson", lesson_id=lesson_id)
    return url_for(WAYS_BACK.get(request.form.get("back", ""), WAYS_BACK["observing"]))


def _typed() -> Answers:
    form = request.form
    told = (lines_in(form.get(name, "")) for name in Answers.__slots__)
    return Answers(*told)


def _unsaved(lesson_id: UUID, refusal: ObserveError) -> str:
    """What was typed once more, with what is to mend; beside it what was kept meanwhile."""
    with read() as session:
        kept = reflecting.own(session, lesson_id, by=g.person)
        clash = kept if isinstance(refusal, Stale) else None
        revision = kept.revision if kept else 0
        errors = {refusal.field or "looked_at": refusal.sentence}
        return _page(session, lesson_id, Shown(_typed(), revision, errors, clash))


def _page(session: NetworkSession, lesson_id: UUID, shown: Shown) -> str:
    lesson = lessons.find(session, lesson_id)
    g.zone = lesson.zone
    return render_template(
        "calibration/reflection.html",
        lesson=lesson,
        shown=shown,
        longest=LONGEST,
        to_try=reflecting.to_try(session, g.person.id, but=lesson_id),
    )
