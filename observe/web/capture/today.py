"""Today: one button to start, and what waits."""

from datetime import datetime, timedelta

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from observe.core.permissions import OBSERVERS, RoleKind
from observe.services import newsletters, people_register, programme_today, third_queue
from observe.services import today as services
from observe.storage import people
from observe.web.capture.blueprint import blueprint
from observe.web.capture.prepare_words import prepare_words
from observe.web.database import now, read
from observe.web.dates import clock, day, local
from observe.web.guard import requires


@blueprint.get("/")
@requires("see today")
def today() -> ResponseReturnValue:
    """An observer's day, a facilitator's week, or for a teacher the summaries."""
    if g.person.has(*OBSERVERS):
        return _day()
    if g.person.has(RoleKind.FACILITATOR):
        return _week()
    return redirect(url_for("feedback.index"))


def _day() -> str:
    at = now()
    with read() as session:
        g.zone = people.zone_of(session, g.person)
        desk = services.desk_of(session, g.person, at=at)
        news = newsletters.lately(session, by=g.person, at=at)
    words = prepare_words()
    return render_template("capture/today.html", desk=desk, at=at, words=words, news=news)


def _week() -> str:
    at = now()
    with read() as session:
        g.zone = people.zone_of(session, g.person)
        counts = services.week_of_network(session, g.zone, at=at)
        third = third_queue.waiting_for_anybody(session, by=g.person)
        glance = programme_today.glance(session, g.person, at=at)
        begun = any(counts.values()) or people_register.first_week(session).lessons > 0
    return render_template(
        "capture/week.html", counts=counts, third=third, begun=begun, glance=glance, at=at
    )


@blueprint.app_template_filter()
def day_near(value: datetime) -> str:
    """`Thursday` for the next six days, `17 Nov` for those after and before."""
    there = local(value)
    near = timedelta(0) <= value - now() < timedelta(days=6)
    return f"{there:%A}" if near else f"{there.day} {there:%b}"


@blueprint.app_template_filter()
def moment(iso: str) -> str:
    """A moment kept as text: `Tuesday 17 November, 10:05`."""
    value = datetime.fromisoformat(iso)
    return f"{day(value)}, {clock(value)}"
