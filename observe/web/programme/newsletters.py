"""Newsletters: read by everybody, written by facilitators from what is found without names."""

from collections.abc import Mapping
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import Invalid, ObserveError, Stale
from observe.core.newsletter import LONGEST, MOST_PARTS, Newsletter, Part, moved
from observe.core.permissions import Thing, may
from observe.core.typed import line_in, lines_in, number_in
from observe.services import newsletter_findings
from observe.services import newsletters as services
from observe.storage import newsletters as kept
from observe.storage import people
from observe.storage.database import NetworkSession
from observe.web.database import now, read, write
from observe.web.dates import clock
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.programme.blueprint import blueprint
from observe.web.programme.finding_words import offered
from observe.web.words import gettext as _


def _thing(session: NetworkSession, newsletter_id: UUID) -> Thing:
    return kept.thing(session, newsletter_id)


@blueprint.get("/newsletters")
@requires("see newsletters")
def newsletters() -> ResponseReturnValue:
    """Those that are published; for a facilitator the drafts too."""
    return _list()


@blueprint.post("/newsletters")
@requires("write newsletters")
def begin_newsletter() -> ResponseReturnValue:
    """Begin a draft."""
    show_again(_list)
    title = request.form.get("title", "")
    with write() as session:
        newsletter_id = services.begin(session, title, by=g.person, at=now())
    return redirect(url_for("programme.edit_newsletter", newsletter_id=newsletter_id))


def _list(refusal: ObserveError | None = None) -> str:
    writes = _writes()
    with read() as session:
        g.zone = people.zone_of(session, g.person)
        out = services.published(session, by=g.person)
        drafts = kept.drafts(session) if writes else []
    told = {"published": out, "drafts": drafts, "writes": writes, "typed": request.form}
    errors = {refusal.field or "title": refusal.sentence} if refusal else {}
    return render_template("programme/newsletters.html", errors=errors, **told)


def _writes() -> bool:
    return may(g.person, "write newsletters", Thing(network_id=g.person.network_id))


@blueprint.get("/newsletters/<uuid:newsletter_id>")
@requires("read newsletter", of=_thing)
def newsletter(newsletter_id: UUID) -> ResponseReturnValue:
    """One of them as somebody reads it, to be read and printed."""
    with read() as session:
        g.zone = people.zone_of(session, g.person)
        found = services.as_read(kept.find(session, newsletter_id), by=g.person)
        network = people.network_name(session)
    told = {"found": found, "network": network, "writes": _writes()}
    return render_template("programme/newsletter.html", **told)


@blueprint.get("/newsletters/<uuid:newsletter_id>/edit")
@requires("write newsletters", of=_thing)
def edit_newsletter(newsletter_id: UUID) -> ResponseReturnValue:
    """A draft with what could be put in."""
    with read() as session:
        found = kept.find(session, newsletter_id)
    if found.published_at:
        return redirect(url_for("programme.newsletter", newsletter_id=newsletter_id))
    return _editor(found)


@blueprint.post("/newsletters/<uuid:newsletter_id>/edit")
@requires("write newsletters", of=_thing)
def keep_newsletter(newsletter_id: UUID) -> ResponseReturnValue:
    """Keep what is typed, whatever the button does beside."""
    show_again(lambda refusal: _again(newsletter_id, refusal))
    form = request.form
    revision, do = number_in(form.get("revision", "")) or 0, form.get("do", "save")
    parts = _changed(_typed(), do)
    with write() as session:
        told = newsletter_id, form.get("title", ""), parts
        services.keep(session, *told, revision=revision, by=g.person, at=now())
    if do == "publish":
        return _publish(newsletter_id)
    if request.accept_mimetypes.best == "application/json":
        return _saved(newsletter_id)
    flash(_("Saved."))
    place = _anchor(do, len(parts))
    return redirect(
        url_for("programme.edit_newsletter", newsletter_id=newsletter_id, _anchor=place)
    )


def _saved(newsletter_id: UUID) -> ResponseReturnValue:
    """What a script is told that saves while one types."""
    with read() as session:
        revision = kept.find(session, newsletter_id).revision
    return {"saved": _("Saved at %(time)s.", time=clock(now())), "revision": revision}


def _publish(newsletter_id: UUID) -> ResponseReturnValue:
    meant = request.form.get("meant") == "yes"
    with write() as session:
        services.publish(session, newsletter_id, names_meant=meant, by=g.person, at=now())
    flash(_("Published. Everybody in your schools finds it under Newsletter."))
    return redirect(url_for("programme.newsletter", newsletter_id=newsletter_id))


def _typed() -> list[Part]:
    """The parts in their order, as many as the form says."""
    form = request.form
    many = min(number_in(form.get("parts", "")) or 0, MOST_PARTS + 1)
    headings = (line_in(form.get(f"heading-{n}", "")) for n in range(many))
    texts = (lines_in(form.get(f"text-{n}", "")) for n in range(many))
    figures = (form.get(f"figures-{n}") == "yes" for n in range(many))
    return [Part(*told) for told in zip(headings, texts, figures, strict=True)]


def _changed(parts: list[Part], do: str) -> list[Part]:
    """The parts after a button: one more, one that was found, or one moved or taken out."""
    what, _dash, which = do.partition("-")
    if what == "add":
        return [*parts, Part()]
    if what == "put":
        return [*(part for part in parts if not part.empty), _found(which)]
    place = number_in(which)
    return list(moved(parts, place, what)) if place is not None else parts


def _found(which: str) -> Part:
    part = _offered().get(which)
    if part is None:
        raise Invalid(_("This cannot be told any more."), field="title")
    return part


def _offered() -> Mapping[str, Part]:
    with read() as session:
        g.zone = people.zone_of(session, g.person)
        return offered(newsletter_findings.found(session, by=g.person, at=now()))


def _anchor(do: str, many: int) -> str | None:
    """The last part where one was put or added."""
    return f"heading-{many - 1}" if do.startswith(("add", "put")) else None


def _again(newsletter_id: UUID, refusal: ObserveError) -> str:
    """What was typed once more, with what is to mend; beside it what stands there meanwhile."""
    with read() as session:
        stands = kept.find(session, newsletter_id)
    typed = Newsletter(
        id=newsletter_id,
        title=request.form.get("title", ""),
        parts=tuple(_typed()),
        revision=stands.revision,
        changed_at=stands.changed_at,
    )
    return _editor(typed, refusal, clash=stands if isinstance(refusal, Stale) else None)


def _editor(
    found: Newsletter, refusal: ObserveError | None = None, *, clash: Newsletter | None = None
) -> str:
    with read() as session:
        names = services.names_in(session, found)
    return render_template(
        "programme/newsletter_edit.html",
        found=found,
        clash=clash,
        names=names,
        offered=_offered(),
        longest=LONGEST,
        errors={refusal.field or "title": refusal.sentence} if refusal else {},
    )


@blueprint.post("/newsletters/<uuid:newsletter_id>/withdraw")
@requires("write newsletters", of=_thing)
def withdraw_newsletter(newsletter_id: UUID) -> ResponseReturnValue:
    """Let it be a draft again."""
    with write() as session:
        services.withdraw(session, newsletter_id, by=g.person, at=now())
    flash(_("Withdrawn. It is a draft again, which only facilitators read."))
    return redirect(url_for("programme.edit_newsletter", newsletter_id=newsletter_id))


@blueprint.post("/newsletters/<uuid:newsletter_id>/throw-away")
@requires("write newsletters", of=_thing)
def throw_newsletter_away(newsletter_id: UUID) -> ResponseReturnValue:
    """Delete a draft for good."""
    with write() as session:
        services.throw_away(session, newsletter_id, by=g.person, at=now())
    flash(_("The draft is deleted."))
    return redirect(url_for("programme.newsletters"))
