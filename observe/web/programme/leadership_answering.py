"""Answering as a rater: at a secret link, without a sign-in, saved at each change."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import ObserveError
from observe.core.exercises import Given
from observe.core.leadership import LONGEST, Question, RaterGroup
from observe.core.typed import lines_in
from observe.services import leadership_answering
from observe.services.leadership_answering import Sheet
from observe.web.database import database, now
from observe.web.errors import show_again
from observe.web.guard import open_to_all
from observe.web.programme import leadership_words
from observe.web.programme.blueprint import blueprint
from observe.web.words import gettext as _

PLACE = "/leadership/answer/<token>"


@blueprint.get(PLACE)
@open_to_all
def answer_leadership(token: str) -> ResponseReturnValue:
    """What is asked, with what one answered so far."""
    return _page(token)


def _page(token: str, refusal: ObserveError | None = None) -> str:
    sheet = leadership_answering.look(database(), token, today=_today())
    return render_template(
        "programme/leadership_answer.html",
        token=token,
        sheet=sheet,
        rows=[(criterion, Given(value)) for criterion, value in sheet.rows],
        own=sheet.group is RaterGroup.SELF,
        questions=tuple(Question),
        longest=LONGEST,
        counted=_counted(sheet),
        errors={refusal.field or "answer": refusal.sentence} if refusal else {},
        words=leadership_words,
    )


def _today() -> date:
    return now().date()


@blueprint.post(f"{PLACE}/criteria/<criterion>")
@open_to_all
def rate_leadership(token: str, criterion: str) -> ResponseReturnValue:
    """Keep one level."""
    show_again(lambda refusal: _page(token, refusal))
    value = request.form.get("value", "")
    sheet = leadership_answering.rate(database(), token, criterion, value, at=now())
    return _kept(token, sheet, f"c-{criterion}")


@blueprint.post(f"{PLACE}/words/<question>")
@open_to_all
def write_leadership(token: str, question: str) -> ResponseReturnValue:
    """Keep what is answered in words."""
    show_again(lambda refusal: _page(token, refusal))
    text = lines_in(request.form.get("words", ""))
    sheet = leadership_answering.write(database(), token, question, text, at=now())
    return _kept(token, sheet, f"c-{question}")


def _kept(token: str, sheet: Sheet, anchor: str) -> ResponseReturnValue:
    if request.accept_mimetypes.best == "application/json":
        return {"saved": " ".join((_("Everything is saved."), _counted(sheet)))}
    flash(_("Saved."))
    return redirect(url_for("programme.answer_leadership", token=token, _anchor=anchor))


def _counted(sheet: Sheet) -> str:
    return _("%(done)s of %(all)s answered.", done=sheet.answered, all=len(sheet.rows))


@blueprint.post(f"{PLACE}/done")
@open_to_all
def end_answer(token: str) -> ResponseReturnValue:
    """Thank whoever answered; they can come back until the last day."""
    sheet = leadership_answering.look(database(), token, today=_today())
    return render_template("programme/leadership_thanks.html", token=token, sheet=sheet)
