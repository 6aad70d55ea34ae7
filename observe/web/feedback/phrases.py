"""The phrase bank: one's own phrases, those that are shared, and what becomes of each."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import ObserveError
from observe.core.feedback.facts import Part, Plan
from observe.services import phrase_bank
from observe.storage import phrases
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.feedback import draft_page
from observe.web.feedback.blueprint import blueprint
from observe.web.feedback.draft_form import read_part
from observe.web.guard import requires
from observe.web.words import gettext as _


@blueprint.get("/feedback/phrases")
@requires("keep phrases")
def phrase_list() -> ResponseReturnValue:
    """One's own phrases and those of others."""
    return _page()


@blueprint.post("/feedback/phrases")
@requires("keep phrases")
def keep_phrase() -> ResponseReturnValue:
    """Keep words for later, from this page or from a line of a draft."""
    form = request.form
    by_script = request.accept_mimetypes.best == "application/json"
    show_again(lambda refusal: _page(refusal))
    part, text = read_part(form.get("part", "")), form.get("text", "")
    plan = Plan(text, form.get("when", ""), form.get("see", "")) if part is Part.TARGET else None
    with write() as session:
        criterion = form.get("criterion") or None
        phrase_bank.keep(session, part, text, criterion=criterion, plan=plan, by=g.person, at=now())
        bank = phrase_bank.bank(session, by=g.person)
    if by_script:
        return {"phrases": draft_page.phrases_told((*bank.own, *bank.of_others))}
    flash(_("The phrase is kept."))
    return redirect(url_for("feedback.phrase_list"))


@blueprint.post("/feedback/phrases/<uuid:phrase_id>/rewrite")
@requires("change phrase", of=phrases.thing)
def rewrite_phrase(phrase_id: UUID) -> ResponseReturnValue:
    """Put it otherwise."""
    show_again(lambda refusal: _page(refusal, about=phrase_id))
    with write() as session:
        text = request.form.get("text", "")
        phrase_bank.rewrite(session, phrase_id, text, by=g.person, at=now())
    return _back(phrase_id)


@blueprint.post("/feedback/phrases/<uuid:phrase_id>/share")
@requires("change phrase", of=phrases.thing)
def share_phrase(phrase_id: UUID) -> ResponseReturnValue:
    """Let all of the network use it; where it may name a pupil or a level it is asked once more."""
    show_again(lambda refusal: _page(refusal, about=phrase_id))
    sure = request.form.get("sure") == "yes"
    with write() as session:
        phrase_bank.share(session, phrase_id, all_the_same=sure, by=g.person, at=now())
    return _back(phrase_id)


@blueprint.post("/feedback/phrases/<uuid:phrase_id>/unshare")
@requires("change phrase", of=phrases.thing)
def unshare_phrase(phrase_id: UUID) -> ResponseReturnValue:
    """Keep it to oneself again."""
    with write() as session:
        phrase_bank.unshare(session, phrase_id, by=g.person, at=now())
    return _back(phrase_id)


@blueprint.post("/feedback/phrases/<uuid:phrase_id>/delete")
@requires("change phrase", of=phrases.thing)
def delete_phrase(phrase_id: UUID) -> ResponseReturnValue:
    """Keep it no longer."""
    with write() as session:
        phrase_bank.delete(session, phrase_id, by=g.person, at=now())
    flash(_("The phrase is deleted."))
    return redirect(url_for("feedback.phrase_list"))


def _back(phrase_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("feedback.phrase_list") + f"#phrase-{phrase_id}")


def _page(refusal: ObserveError | None = None, *, about: UUID | None = None) -> str:
    with read() as session:
        bank = phrase_bank.bank(session, by=g.person)
    return render_template(
        "feedback/phrases.html",
        bank=bank,
        refusal=refusal,
        about=about,
        typed=request.form,
        parts=_parts(),
        place="feedback.index",
    )


def _parts() -> dict[str, str]:
    return {
        Part.STRENGTH.value: _("What worked"),
        Part.NEXT_STEP.value: _("Next step"),
        Part.TARGET.value: _("Target"),
        Part.QUESTION.value: _("Question"),
        Part.OPENING.value: _("Opening"),
    }
