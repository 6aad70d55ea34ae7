"""What is kept for how long, what is over, and certificates of what was erased."""

from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import Invalid, ObserveError
from observe.core.retention import SENSE, Kind, kept_from
from observe.services import certificates_of_erasure, people_register, retention, washing
from observe.services.erased_things import by_thing, thing_of
from observe.services.people_register import Asked
from observe.web.database import database, now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.people import keeping_words
from observe.web.people.blueprint import blueprint
from observe.web.words import gettext as _

WORD = "erase"


@blueprint.get("/people/keeping")
@requires("see what is kept")
def keeping() -> ResponseReturnValue:
    """What is kept for how long, and what was erased."""
    return _page()


@blueprint.post("/people/keeping")
@requires("set what is kept")
def choose_keeping() -> ResponseReturnValue:
    """Keep things longer or shorter."""
    show_again(_page)
    wanted = {kind: request.form.get(kind.value, type=int) for kind in Kind}
    revision = request.form.get("revision", 0, type=int)
    with write() as session:
        retention.choose(session, wanted, revision=revision, by=g.person, at=now())
    flash(_("Saved. What is over by this is erased with the next daily round."))
    return redirect(url_for("people.keeping"))


def _page(refusal: ObserveError | None = None) -> str:
    search = request.args.get("q", "")[:100]
    with read() as session:
        kept = retention.kept(session)
        certificates = certificates_of_erasure.listed(session)
        asked = Asked(search=search, left=True, with_erased=False)
        back = certificates_of_erasure.to_erase_again(session) if _may_erase() else ()
        left = people_register.listed(session, asked, at=now()) if _may_erase() else None
    return render_template(
        "people/keeping.html",
        kept=kept,
        sense=SENSE,
        words=keeping_words,
        until={kind: kept_from(kind, now().date(), kept.months) for kind in Kind},
        certificates=certificates,
        come_back=back,
        left=left,
        search=search,
        today=now().date(),
        errors={refusal.field or "notes": refusal.sentence} if refusal else {},
    )


def _may_erase() -> bool:
    return bool(g.person.has("data protection"))


@blueprint.get("/people/keeping/due")
@requires("see what is kept")
def due() -> ResponseReturnValue:
    """The list of what is over today."""
    return _due()


def _due(refusal: ObserveError | None = None) -> str:
    with read() as session:
        found = retention.due(session, today=now().date())
        kept = retention.kept(session)
    heaps: dict[Any, tuple[int, Any]] = {}
    for heap in found.heaps:
        number, oldest = heaps.get(thing_of(heap.table), (0, heap.oldest))
        heaps[thing_of(heap.table)] = (number + heap.number, min(oldest, heap.oldest))
    return render_template(
        "people/keeping_due.html",
        due=found,
        heaps=heaps,
        kept=kept,
        words=keeping_words,
        may_erase=_may_erase(),
        errors={refusal.field or "typed": refusal.sentence} if refusal else {},
    )


@blueprint.post("/people/keeping/run")
@requires("erase")
def erase_due() -> ResponseReturnValue:
    """Erase what is over now, once the word was typed."""
    show_again(_due)
    if request.form.get("typed", "").strip().casefold() != WORD:
        raise Invalid(_("Type the word erase."), field="typed")
    with write() as session:
        made = retention.run(session, by=g.person.id, at=now())
    if made is None:
        flash(_("Nothing was over, so nothing was erased."))
        return redirect(url_for("people.keeping"))
    washing.wash_if_small(database(), g.person.network_id, at=now())
    return redirect(url_for("people.erasure", erasure_id=made))


@blueprint.get("/people/keeping/certificates/<uuid:erasure_id>")
@requires("see what is kept")
def erasure(erasure_id: UUID) -> ResponseReturnValue:
    """One certificate, to read and to print."""
    with read() as session:
        found = certificates_of_erasure.find(session, erasure_id)
    lines = [keeping_words.counted(*each) for each in by_thing(found.counts).items()]
    return render_template("people/erasure.html", certificate=found, lines=lines)
