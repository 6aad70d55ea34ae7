"""Rules from talks: read by all who observe, looked after by the rubric's owner."""

from dataclasses import dataclass
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.feedback.changes import changes
from observe.core.permissions import OBSERVERS, Thing, may
from observe.core.typed import id_in, line_in
from observe.services import precedent_board, precedents
from observe.services.precedents import LONGEST_REASON, LONGEST_RULE
from observe.storage.database import NetworkSession
from observe.web.calibration import precedent_words
from observe.web.calibration.blueprint import blueprint
from observe.web.database import now, read, write
from observe.web.guard import requires
from observe.web.words import gettext as _


@dataclass(frozen=True, slots=True)
class Tried:
    """What was typed for a rule and could not be kept, with what is to mend; `sure` as in the talk."""

    rule: UUID
    field: str
    typed: str
    fault: str
    sure: str = ""


@blueprint.get("/precedents")
@requires("see rules")
def rules() -> ResponseReturnValue:
    """Every rule by rubric and criterion, and what waits for its owner."""
    with read() as session:
        return _page(session)


def _page(session: NetworkSession, tried: Tried | None = None) -> str:
    network = Thing(network_id=g.person.network_id)
    board = precedent_board.board(session, by=g.person)
    return render_template(
        "calibration/precedents.html",
        board=board,
        tried=tried,
        owner=may(g.person, "keep rules", network),
        observer=g.person.has(*OBSERVERS),
        words=precedent_words,
        changes=lambda before, after: list(changes(before, after)),
    )


def _done(precedent_id: UUID, sentence: str) -> ResponseReturnValue:
    flash(sentence)
    return redirect(url_for("calibration.rules", _anchor=f"rule-{precedent_id}"))


@blueprint.post("/precedents/<uuid:precedent_id>/reword")
@requires("keep rules", of=precedents.thing)
def reword_rule(precedent_id: UUID) -> ResponseReturnValue:
    """Other words for a rule; those before stay readable."""
    text, was = line_in(request.form.get("text", "")), request.form.get("was", "")
    with write() as session:
        tried = _unsaid(session, precedent_id, text, was)
        if tried is None and precedents.reword(
            session, precedent_id, text, was, by=g.person, at=now()
        ):
            return _done(
                precedent_id, _("Kept. Tablets show the new words from their next network.")
            )
        clash = Tried(precedent_id, "text", text, precedent_words.clash())
        return _page(session, tried or clash), 400 if tried else 412


def _unsaid(session: NetworkSession, rule: UUID, text: str, was: str) -> Tried | None:
    """What is to mend in the words of a rule, or to be asked once; None where there is nothing."""
    if fault := _rule_fault(text):
        return Tried(rule, "text", text, fault)
    known = text in (request.form.get("sure"), was)
    names = () if known else precedents.people_named(session, text)
    words = precedent_words.rule_names_words(names)
    return Tried(rule, "text", text, words, sure=text) if names else None


def _rule_fault(text: str) -> str:
    if not text:
        return _("Write the rule, or retire it.")
    if len(text) > LONGEST_RULE:
        return _("A rule is one line of at most %(most)d letters.", most=LONGEST_RULE)
    return ""


@blueprint.post("/precedents/<uuid:precedent_id>/retire")
@requires("keep rules", of=precedents.thing)
def retire_rule(precedent_id: UUID) -> ResponseReturnValue:
    """Take a rule from the sheets, with a reason."""
    because = line_in(request.form.get("because", ""))
    if not because or len(because) > LONGEST_REASON:
        fault = _("Say why, in one line of at most %(most)d letters.", most=LONGEST_REASON)
        with read() as session:
            return _page(session, Tried(precedent_id, "because", because, fault)), 400
    with write() as session:
        precedents.retire(session, precedent_id, because, by=g.person, at=now())
    return _done(precedent_id, _("Retired. It stands on no sheet any more; you can bring it back."))


@blueprint.post("/precedents/<uuid:precedent_id>/merge")
@requires("keep rules", of=precedents.thing)
def merge_rule(precedent_id: UUID) -> ResponseReturnValue:
    """Retire a rule that says the same as another of its criterion."""
    other = id_in(request.form.get("other", ""))
    if other is None:
        fault = _("Choose the rule that stays.")
        with read() as session:
            return _page(session, Tried(precedent_id, "other", "", fault)), 400
    with write() as session:
        say = precedent_words.says_the_same
        precedents.merge(session, precedent_id, other, by=g.person, at=now(), say=say)
    return _done(other, _("One of the two was retired, this one stays."))


@blueprint.post("/precedents/<uuid:precedent_id>/bring-back")
@requires("keep rules", of=precedents.thing)
def bring_back_rule(precedent_id: UUID) -> ResponseReturnValue:
    """Put a retired rule on the sheets again."""
    with write() as session:
        precedents.bring_back(session, precedent_id, by=g.person, at=now())
    return _done(precedent_id, _("It is in use again."))


@blueprint.post("/precedents/<uuid:precedent_id>/keep")
@requires("keep rules", of=precedents.thing)
def keep_rule(precedent_id: UUID) -> ResponseReturnValue:
    """Let a rule hold for the new words of its criterion too."""
    with write() as session:
        version = request.form.get("version", "")
        precedents.keep(session, precedent_id, version, by=g.person, at=now())
    return _done(precedent_id, _("Kept. It stands on the sheets of the new version too."))


@blueprint.post("/precedents/<uuid:precedent_id>/stay")
@requires("keep rules", of=precedents.thing)
def rule_stays(precedent_id: UUID) -> ResponseReturnValue:
    """Answer those who say that a rule no longer fits."""
    with write() as session:
        precedents.stay(session, precedent_id, by=g.person, at=now())
    return _done(precedent_id, _("It stays as it is."))


@blueprint.post("/precedents/<uuid:precedent_id>/doubt")
@requires("doubt rule", of=precedents.thing)
def doubt_rule(precedent_id: UUID) -> ResponseReturnValue:
    """Say in one tap that a rule no longer fits."""
    with write() as session:
        precedents.doubt(session, precedent_id, by=g.person, at=now())
    return _done(
        precedent_id, _("Said. Whoever looks after the rubric decides; nobody sees who said it.")
    )


@blueprint.post("/precedents/<uuid:precedent_id>/no-doubt")
@requires("doubt rule", of=precedents.thing)
def no_doubt_of_rule(precedent_id: UUID) -> ResponseReturnValue:
    """Take that back."""
    with write() as session:
        precedents.no_doubt(session, precedent_id, by=g.person, at=now())
    return _done(precedent_id, _("Taken back."))
