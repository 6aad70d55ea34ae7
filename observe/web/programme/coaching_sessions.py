"""The sessions of two people: when they meet, what is on the agenda, what was agreed."""

from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.coaching import Meeting
from observe.core.errors import Invalid, ObserveError, Stale
from observe.core.permissions import Thing
from observe.core.typed import day_in, line_in, lines_in, number_in
from observe.services import coaching_sessions as services
from observe.services.coaching_sessions import Wish
from observe.storage import coaching, coaching_sessions, people
from observe.storage.database import NetworkSession
from observe.web import calendars
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.programme.blueprint import blueprint
from observe.web.programme.coaching_told import coaches_told
from observe.web.words import gettext as _

IN_A_WEEK = timedelta(days=7)
USUAL_MINUTES = 60


def _thing(session: NetworkSession, partnership_id: UUID, session_id: UUID) -> Thing:
    coaching_sessions.row(session, partnership_id, session_id)
    return coaching.thing(session, partnership_id)


@blueprint.get("/coaching/<uuid:partnership_id>/sessions/new")
@requires("take part in coaching", of=coaching.thing)
def new_coaching_session(partnership_id: UUID) -> ResponseReturnValue:
    """The form of a session that is not planned yet."""
    return _form(partnership_id, _suggested(now()))


@blueprint.post("/coaching/<uuid:partnership_id>/sessions/new")
@requires("take part in coaching", of=coaching.thing)
def plan_coaching_session(partnership_id: UUID) -> ResponseReturnValue:
    """Plan it, or show the form again with what is wrong."""
    show_again(lambda refusal: _form(partnership_id, request.form, refusal))
    with write() as session:
        wish = _wish(people.zone_of(session, g.person))
        services.plan(session, partnership_id, wish, by=g.person, at=now())
    flash(_("Planned. It stands in the calendar of you both."))
    return redirect(url_for("programme.partnership", partnership_id=partnership_id))


@blueprint.get("/coaching/<uuid:partnership_id>/sessions/<uuid:session_id>")
@requires("take part in coaching", of=_thing)
def coaching_session(partnership_id: UUID, session_id: UUID) -> ResponseReturnValue:
    """One session, with its agenda and what was agreed."""
    return _session(partnership_id, session_id)


@blueprint.post("/coaching/<uuid:partnership_id>/sessions/<uuid:session_id>")
@requires("take part in coaching", of=_thing)
def change_coaching_session(partnership_id: UUID, session_id: UUID) -> ResponseReturnValue:
    """Save what is typed; where the other saved meanwhile, both are shown."""
    show_again(lambda refusal: _session(partnership_id, session_id, refusal))
    revision = number_in(request.form.get("revision", "")) or 0
    with write() as session:
        wish = _wish(people.zone_of(session, g.person))
        change = services.change
        about = partnership_id, session_id
        change(session, *about, wish, revision=revision, by=g.person, at=now())
    flash(_("Saved. You both see it."))
    return _back(partnership_id, session_id)


@blueprint.post("/coaching/<uuid:partnership_id>/sessions/<uuid:session_id>/cancel")
@requires("take part in coaching", of=_thing)
def cancel_coaching_session(partnership_id: UUID, session_id: UUID) -> ResponseReturnValue:
    """Cancel it, or let it take place after all."""
    cancelled = request.form.get("do") != "bring back"
    with write() as session:
        about = partnership_id, session_id
        services.cancel(session, *about, cancelled=cancelled, by=g.person, at=now())
    flash(_("Cancelled.") if cancelled else _("It takes place after all."))
    return _back(partnership_id, session_id)


@blueprint.get("/coaching/<uuid:partnership_id>/sessions/<uuid:session_id>.ics")
@requires("take part in coaching", of=_thing)
def coaching_session_calendar(partnership_id: UUID, session_id: UUID) -> ResponseReturnValue:
    """When and where it is, for a calendar program."""
    with read() as session:
        found = coaching_sessions.find(session, partnership_id, session_id)
    entry = services.entry(found, place=request.host_url.rstrip("/"))
    return calendars.answer([entry], file=f"coaching-{found.starts_at:%Y-%m-%d}.ics")


def _suggested(at: datetime) -> dict[str, str]:
    day = (at + IN_A_WEEK).date().isoformat()
    return {"date": day, "time": "15:30", "minutes": str(USUAL_MINUTES)}


def _as_typed(meeting: Meeting, zone: ZoneInfo) -> dict[str, str]:
    there = meeting.starts_at.astimezone(zone)
    words = {"place": meeting.place, "agenda": meeting.agenda, "agreed": meeting.agreed}
    numbers = {"minutes": str(meeting.minutes), "revision": str(meeting.revision)}
    return {"date": there.date().isoformat(), "time": f"{there:%H:%M}", **words, **numbers}


def _wish(zone: str) -> Wish:
    """What is typed; Invalid, with the field, where its shape is wrong."""
    form = request.form
    minutes = number_in(form.get("minutes", ""))
    if minutes is None:
        raise Invalid(_("Give the minutes as a whole number, for example 60."), field="minutes")
    words = {name: lines_in(form.get(name, "")) for name in ("agenda", "agreed")}
    place = line_in(form.get("place", ""))
    return Wish(starts_at=_moment(ZoneInfo(zone)), minutes=minutes, place=place, **words)


def _moment(zone: ZoneInfo) -> datetime:
    day = day_in(request.form.get("date", ""))
    if day is None or not MINYEAR < day.year < MAXYEAR:
        raise Invalid(_("Give a day, for example 30/10/2026."), field="date")
    try:
        clock = time.fromisoformat(request.form.get("time", ""))
    except ValueError:
        raise Invalid(_("Give a time, for example 13:30."), field="time") from None
    return datetime.combine(day, clock.replace(tzinfo=None), zone).astimezone(UTC)


def _session(partnership_id: UUID, session_id: UUID, refusal: ObserveError | None = None) -> str:
    """The form of a session; where the other changed it meanwhile, with what stands there now."""
    with read() as session:
        found = coaching_sessions.find(session, partnership_id, session_id)
        zone = ZoneInfo(people.zone_of(session, g.person))
    kept = _as_typed(found, zone)
    typed = {**kept, **request.form, "revision": kept["revision"]} if refusal else kept
    clash = kept if isinstance(refusal, Stale) else {}
    return _form(partnership_id, typed, refusal, meeting=found, clash=clash)


def _form(
    partnership_id: UUID,
    typed: Mapping[str, str],
    refusal: ObserveError | None = None,
    *,
    meeting: Meeting | None = None,
    clash: Mapping[str, str] | None = None,
) -> str:
    with read() as session:
        g.zone = people.zone_of(session, g.person)
        found = coaching.find(session, partnership_id)
        goals = coaching.goals(session, partnership_id)
    return render_template(
        "programme/coaching_session.html",
        found=found,
        goals=goals,
        meeting=meeting,
        typed=typed,
        clash=clash or {},
        errors={refusal.field or "date": refusal.sentence} if refusal else {},
        told=coaches_told(found, g.person.id, meeting.starts_at if meeting else None),
        past=meeting is not None and meeting.starts_at <= now(),
    )


def _back(partnership_id: UUID, session_id: UUID) -> ResponseReturnValue:
    here = "programme.coaching_session"
    return redirect(url_for(here, partnership_id=partnership_id, session_id=session_id))
