"""Answering as a rater: at a secret link, without a sign-in, sent whole, and never shown again."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import ObserveError
from observe.core.exercises import Given, read_value
from observe.core.leadership import LONGEST, Question, RaterGroup
from observe.core.typed import lines_in
from observe.services import leadership_answering
from observe.web.database import database, now
from observe.web.errors import show_again
from observe.web.guard import open_to_all
from observe.web.programme import leadership_words
from observe.web.programme.blueprint import blueprint
from observe.web.words import gettext as _

PLACE = "/leadership/answer/<token>"
LEVEL, WORDS = "level-", "words-"


@blueprint.get(PLACE)
@open_to_all
def answer_leadership(token: str) -> ResponseReturnValue:
    """What is asked, and never what was answered."""
    return _page(token)


def _page(token: str, refusal: ObserveError | None = None) -> str:
    sheet = leadership_answering.look(database(), token, today=_today())
    typed = _typed(LEVEL)
    return render_template(
        "programme/leadership_answer.html",
        token=token,
        sheet=sheet,
        rows=[(each, Given(read_value(typed.get(each.criterion, "")))) for each in sheet.asked],
        written=_typed(WORDS),
        own=sheet.group is RaterGroup.SELF,
        questions=tuple(Question),
        longest=LONGEST,
        errors={refusal.field or "answer": refusal.sentence} if refusal else {},
        words=leadership_words,
    )


def _today() -> date:
    return now().date()


def _typed(begun: str) -> dict[str, str]:
    """The fields of this form whose names begin so, by the rest of their names."""
    found = request.form.items()
    return {name.removeprefix(begun): text for name, text in found if name.startswith(begun)}


@blueprint.post(PLACE)
@open_to_all
def send_answer(token: str) -> ResponseReturnValue:
    """Keep an answer, in place of an earlier one."""
    show_again(lambda refusal: _page(token, refusal))
    words = {question: lines_in(text) for question, text in _typed(WORDS).items()}
    leadership_answering.send(database(), token, _typed(LEVEL), words, at=now())
    return redirect(url_for("programme.answer_sent", token=token))


@blueprint.get(f"{PLACE}/sent")
@open_to_all
def answer_sent(token: str) -> ResponseReturnValue:
    """Thank whoever answered; they can answer anew until the last day."""
    sheet = leadership_answering.look(database(), token, today=_today())
    return render_template("programme/leadership_thanks.html", token=token, sheet=sheet)


@blueprint.post(f"{PLACE}/take-back")
@open_to_all
def take_answer_back(token: str) -> ResponseReturnValue:
    """Count nothing that was answered by this link."""
    leadership_answering.take_back(database(), token, at=now())
    flash(_("Nothing that was sent by this link is counted now."))
    return redirect(url_for("programme.answer_leadership", token=token))
