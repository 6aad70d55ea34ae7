"""What each of the two writes alone: a learning log that saves itself, and a look back on half a year."""

from dataclasses import dataclass
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.coaching import LONGEST, LogEntry
from observe.core.errors import ObserveError, Stale
from observe.core.ids import new_id
from observe.core.permissions import Thing
from observe.core.typed import lines_in, number_in
from observe.services import coaching_feedback, coaching_log
from observe.storage import coaching, coaching_words, people
from observe.storage.database import NetworkSession
from observe.web.database import now, read, write
from observe.web.dates import clock
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.programme.blueprint import blueprint
from observe.web.words import gettext as _


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in the form: what is kept, or what was typed and could not be, and why not."""

    text: str = ""
    revision: int = 0
    wrong: str = ""
    clash: LogEntry | None = None
    deleted: bool = False


def _thing(session: NetworkSession, partnership_id: UUID, entry_id: UUID) -> Thing:
    return coaching_log.thing(session, partnership_id, entry_id, by=g.person)


@blueprint.get("/coaching/<uuid:partnership_id>/log")
@requires("take part in coaching", of=coaching.thing)
def learning_log(partnership_id: UUID) -> ResponseReturnValue:
    """One's own entries, the latest first."""
    with read() as session:
        g.zone = people.zone_of(session, g.person)
        found = coaching.find(session, partnership_id)
        entries = coaching_words.log(session, partnership_id, g.person.id)
    new = new_id(now())
    return render_template("programme/learning_log.html", found=found, entries=entries, new=new)


@blueprint.get("/coaching/<uuid:partnership_id>/log/<uuid:entry_id>")
@requires("keep learning log", of=_thing)
def log_entry(partnership_id: UUID, entry_id: UUID) -> ResponseReturnValue:
    """One entry, to be written."""
    with read() as session:
        kept = coaching_log.own(session, entry_id, by=g.person)
        shown = Shown(kept.text, kept.revision) if kept else Shown()
        return _entry(session, partnership_id, entry_id, shown)


@blueprint.post("/coaching/<uuid:partnership_id>/log/<uuid:entry_id>")
@requires("keep learning log", of=_thing)
def keep_log_entry(partnership_id: UUID, entry_id: UUID) -> ResponseReturnValue:
    """Keep it; a script is told so, a form goes back to the log."""
    show_again(lambda refusal: _unsaved(partnership_id, entry_id, refusal))
    revision = number_in(request.form.get("revision", "")) or 0
    with write() as session:
        write_it = coaching_log.write
        about = partnership_id, entry_id, _typed()
        revision = write_it(session, *about, revision=revision, by=g.person, at=now())
    if request.accept_mimetypes.best == "application/json":
        return {"saved": _("Saved at %(time)s.", time=clock(now())), "revision": revision}
    flash(_("Saved. Only you read it."))
    return redirect(url_for("programme.learning_log", partnership_id=partnership_id))


@blueprint.post("/coaching/<uuid:partnership_id>/log/<uuid:entry_id>/delete")
@requires("keep learning log", of=_thing)
def delete_log_entry(partnership_id: UUID, entry_id: UUID) -> ResponseReturnValue:
    """Delete it; its words stand in the form once more, so that a save takes it back."""
    with write() as session:
        stood = coaching_log.delete(session, entry_id, by=g.person, at=now())
        return _entry(session, partnership_id, entry_id, Shown(stood, deleted=True))


def _typed(name: str = "text") -> str:
    return lines_in(request.form.get(name, ""))


def _unsaved(partnership_id: UUID, entry_id: UUID, refusal: ObserveError) -> str:
    """What was typed once more, with what is to mend; beside it what was kept meanwhile."""
    with read() as session:
        kept = coaching_log.own(session, entry_id, by=g.person)
        clash = kept if isinstance(refusal, Stale) else None
        revision = kept.revision if kept else 0
        shown = Shown(_typed(), revision, refusal.sentence, clash)
        return _entry(session, partnership_id, entry_id, shown)


def _entry(session: NetworkSession, partnership_id: UUID, entry_id: UUID, shown: Shown) -> str:
    g.zone = people.zone_of(session, g.person)
    return render_template(
        "programme/log_entry.html",
        found=coaching.find(session, partnership_id),
        entry_id=entry_id,
        shown=shown,
        longest=LONGEST,
    )


@blueprint.get("/coaching/<uuid:partnership_id>/look-back")
@requires("take part in coaching", of=coaching.thing)
def look_back(partnership_id: UUID) -> ResponseReturnValue:
    """What was said of the coaching, and what is asked now."""
    return _look_back(partnership_id)


@blueprint.post("/coaching/<uuid:partnership_id>/look-back")
@requires("take part in coaching", of=coaching.thing)
def say_of_coaching(partnership_id: UUID) -> ResponseReturnValue:
    """Say what one thinks of it."""
    show_again(lambda refusal: _look_back(partnership_id, refusal))
    form = request.form
    number = number_in(form.get("number", "")) or 0
    helped, differently = (_typed(name) for name in ("helped", "differently"))
    with write() as session:
        told = coaching_feedback.said_in(helped, differently, form.get("onward", ""))
        say = coaching_feedback.say
        both = say(session, partnership_id, number, told, by=g.person, at=now())
    flash(_("You have both answered: read each other.") if both else _("Kept until both answered."))
    return redirect(url_for("programme.look_back", partnership_id=partnership_id))


def _look_back(partnership_id: UUID, refusal: ObserveError | None = None) -> str:
    with read() as session:
        g.zone = people.zone_of(session, g.person)
        found = coaching.find(session, partnership_id)
        looks = coaching_feedback.of(session, partnership_id, by=g.person, at=now())
        next_day = coaching_feedback.next_day(session, found, by=g.person, at=now())
    return render_template(
        "programme/look_back.html",
        found=found,
        looks=looks,
        next_day=next_day,
        typed=request.form,
        errors={refusal.field or "helped": refusal.sentence} if refusal else {},
    )
