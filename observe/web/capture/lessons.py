"""One lesson: its page, changing it, cancelling it, and joining it with a partner's."""

from collections.abc import Sequence
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import Invalid, ObserveError
from observe.core.lesson import Lesson
from observe.core.permissions import may
from observe.core.planner import Doubt
from observe.core.typed import id_in
from observe.services import joining, parting, planning, sitting, today
from observe.storage import lessons, pairs, people
from observe.storage.database import NetworkSession
from observe.web.capture import lesson_help
from observe.web.capture.blueprint import blueprint
from observe.web.capture.lesson_form import Typed, as_typed, read_wish, with_observers
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.words import gettext as _


@blueprint.get("/lessons")
@requires("plan lesson")
def lesson_list() -> ResponseReturnValue:
    """Lessons to come that this person answers for, and past ones that wait for a record."""
    with read() as session:
        g.zone = people.zone_of(session, g.person)
        around = today.around(session, g.person, at=now())
    return render_template("capture/lessons.html", around=around)


@blueprint.get("/lessons/<uuid:lesson_id>")
@requires("see lesson", of=lessons.thing)
def lesson(lesson_id: UUID) -> ResponseReturnValue:
    """What is planned and how far each observer is, in words."""
    with read() as session:
        found = _found(session, lesson_id)
        if found.alias_of:
            return redirect(url_for("capture.lesson", lesson_id=found.alias_of))
        thing = lessons.thing(session, lesson_id)
        mine = found.seat_of(g.person.id)
        takes_part = mine is None or mine.takes_part
        opened = takes_part and may(g.person, "compare records", thing)
        context = {
            "lesson": found,
            "events": lessons.events(session, lesson_id),
            "may_change": may(g.person, "change lesson", thing),
            "may_compare": opened,
            "revealed": thing.revealed,
            "books": sitting.books(session, found, by=g.person, opened=opened),
            "may_see_pair": may(g.person, "waive partner", thing),
            "candidates": joining.candidates(session, found, by=g.person),
            "own": _own_again(session, found),
            "to_try": today.to_try(session, found, g.person),
        }
    return render_template("capture/lesson.html", **context, mine=mine)


def _own_again(session: NetworkSession, found: Lesson) -> UUID | None:
    """One's own lesson, if a join of two can be taken back; else None."""
    last = parting.wrong_join(session, found)
    return parting.own_of(last, found, g.person) if last else None


@blueprint.get("/lessons/<uuid:lesson_id>/change")
@requires("change lesson", of=lessons.thing)
def change(lesson_id: UUID) -> ResponseReturnValue:
    """The form with what is planned now."""
    with read() as session:
        found = _found(session, lesson_id)
        planning.open_to_change(found)
        return _change_form(session, found, as_typed(found) | request.args.to_dict(), {})


@blueprint.post("/lessons/<uuid:lesson_id>/change")
@requires("change lesson", of=lessons.thing)
def change_lesson(lesson_id: UUID) -> ResponseReturnValue:
    """Change it, or show what was typed with what is to mend."""
    with write() as session:
        found = _found(session, lesson_id)
        planning.open_to_change(found)
        typed = with_observers(request.form.to_dict(), found)
        if typed.get("revision") != str(found.revision):
            return _change_form(session, found, typed, {}, stale=True), 412
        wish, faults = read_wish(typed, found.zone)
        if wish:
            faults = planning.faults_of_change(session, found, wish, by=g.person, at=now())
        offered = planning.choices_for_change(session, found, by=g.person)
        typed = lesson_help.taken(session, offered, typed)
        if lesson_help.is_asked(typed):
            return _change_form(session, found, typed, {})
        if not wish or faults:
            return _change_form(session, found, typed, faults), 400
        if doubts := lesson_help.doubts(session, offered, wish, typed, but=lesson_id):
            return _change_form(session, found, typed, {}, doubts=doubts), 409
        planning.change(session, lesson_id, wish, revision=found.revision, by=g.person, at=now())
    flash(_("The lesson is changed."))
    return redirect(url_for("capture.lesson", lesson_id=lesson_id))


@blueprint.get("/lessons/<uuid:lesson_id>/cancel")
@requires("change lesson", of=lessons.thing)
def cancel(lesson_id: UUID) -> ResponseReturnValue:
    """Ask why, and whether it is meant."""
    with read() as session:
        found = _found(session, lesson_id)
    planning.open_to_change(found)
    return render_template("capture/cancel.html", lesson=found, errors={}, reason="")


@blueprint.post("/lessons/<uuid:lesson_id>/cancel")
@requires("change lesson", of=lessons.thing)
def cancel_lesson(lesson_id: UUID) -> ResponseReturnValue:
    """Cancel it with a reason."""
    reason = request.form.get("reason", "").strip()
    with write() as session:
        found = _found(session, lesson_id)
        if not reason:
            errors = {"reason": _("Say why; the other observers will read it.")}
            return render_template("capture/cancel.html", lesson=found, errors=errors), 400
        planning.cancel(session, lesson_id, reason, by=g.person, at=now())
    flash(_("The lesson is cancelled and no longer on the lists of its observers."))
    return redirect(url_for("capture.lesson", lesson_id=lesson_id))


@blueprint.get("/lessons/<uuid:lesson_id>/join")
@requires("change lesson", of=lessons.thing)
def join(lesson_id: UUID) -> ResponseReturnValue:
    """The lessons of that teacher and day that others observe alone."""
    return _join_page(lesson_id)


def _join_page(lesson_id: UUID, refusal: ObserveError | None = None) -> str:
    with read() as session:
        found = _found(session, pairs.joined(session, lesson_id))
        others = joining.candidates(session, found, by=g.person)
    errors = {"other": refusal.sentence} if refusal else {}
    return render_template("capture/join.html", lesson=found, candidates=others, errors=errors)


@blueprint.post("/lessons/<uuid:lesson_id>/join")
@requires("change lesson", of=lessons.thing)
def join_lesson(lesson_id: UUID) -> ResponseReturnValue:
    """Make one pair of the two; or show who can be joined now, with what stands against it."""
    show_again(lambda refusal: _join_page(lesson_id, refusal))
    other = id_in(request.form.get("other", ""))
    if other is None:
        raise Invalid(_("Choose the lesson of your partner."), field="other")
    with write() as session:
        stays = joining.join(session, lesson_id, other, by=g.person, at=now())
    flash(_("You are a pair now. You see each other's record when both are sealed."))
    return redirect(url_for("capture.lesson", lesson_id=stays))


@blueprint.post("/lessons/<uuid:lesson_id>/separate")
@requires("change lesson", of=lessons.thing)
def separate_lesson(lesson_id: UUID) -> ResponseReturnValue:
    """Make two lessons again of two that were joined by mistake."""
    with write() as session:
        mine = parting.separate(session, lesson_id, by=g.person, at=now())
    flash(_("They are two lessons again, each with the record of its own observer."))
    return redirect(url_for("capture.lesson", lesson_id=mine))


def _found(session: NetworkSession, lesson_id: UUID) -> Lesson:
    """The lesson, with its page telling the time of its school."""
    found = lessons.find(session, lesson_id)
    g.zone = found.zone
    return found


def _change_form(
    session: NetworkSession,
    found: Lesson,
    typed: Typed,
    faults: dict[str, str],
    *,
    stale: bool = False,
    doubts: Sequence[Doubt] = (),
) -> str:
    offered = planning.choices_for_change(session, found, by=g.person)
    beside = lesson_help.beside(session, offered, typed, lesson=found)
    shown = {"errors": faults, "stale": stale, "doubts": doubts}
    return render_template(
        "capture/change.html", lesson=found, offered=offered, typed=typed, **shown, **beside
    )
