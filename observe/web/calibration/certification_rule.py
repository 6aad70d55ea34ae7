"""The rule of certification as the facilitator chooses and changes it, and its history."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.certification_rule import DEFAULT, PRESETS, Rule
from observe.core.errors import Invalid, ObserveError
from observe.core.rubric import Rubric
from observe.core.typed import number_in
from observe.services import certification_rules
from observe.services.certification_rules import Kept, errs
from observe.storage.database import NetworkSession
from observe.web.calibration import certification_words
from observe.web.calibration.blueprint import blueprint
from observe.web.calibration.certification_form import (
    Typed,
    faults_at,
    form_of,
    parts_open,
    read_typed,
    rule_in,
)
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.words import gettext as _


@blueprint.get("/certification/rule")
@requires("set certification rule")
def certification_rule() -> ResponseReturnValue:
    """The rule in force and its history, ready-made rules with how often they err, and the form."""
    return _page(request.args.get("from", ""))


@blueprint.post("/certification/rule")
@requires("set certification rule")
def set_certification_rule() -> ResponseReturnValue:
    """Put a rule in force; or, when asked to try it, show how often it would err."""
    typed = read_typed(request.form)
    show_again(lambda refusal: _page(typed=typed, refusal=refusal))
    with read() as session:
        rule = _rule_in(session, typed)
    if "try" in request.form:
        return _page(typed=typed, tried=rule)
    with write() as session:
        certification_rules.put_in_force(session, rule, expected=_expected(), by=g.person, at=now())
    flash(_("The rule is in force. What was judged before stays as it is."))
    return redirect(url_for("calibration.certification"))


def _rule_in(session: NetworkSession, typed: Typed) -> Rule:
    """The rule that was typed; Invalid, with all that is to mend in `typed.wrong`."""
    rule = rule_in(typed, certification_rules.rubrics_by_key(session))
    typed.wrong = faults_at(certification_rules.faults_of(session, rule)) | typed.wrong
    if typed.wrong:
        raise Invalid(_("Mend what is marked."))
    return rule


def _expected() -> int:
    return number_in(request.form.get("expected", "")) or 0


@blueprint.post("/certification/rule/end")
@requires("set certification rule")
def end_certification_rule() -> ResponseReturnValue:
    """Take the rule out of force."""
    with write() as session:
        certification_rules.end(session, expected=_expected(), by=g.person, at=now())
    flash(_("No rule is in force now. What was judged stays."))
    return redirect(url_for("calibration.certification_rule"))


def _page(
    source: str = "",
    *,
    typed: Typed | None = None,
    refusal: ObserveError | None = None,
    tried: Rule | None = None,
) -> str:
    with read() as session:
        kept = certification_rules.kept(session)
        beside = _beside_the_form(session, kept) | _tried(session, tried)
    in_force = kept[0].version if kept and kept[0].version.ended_at is None else None
    start = PRESETS.get(source) or (in_force.rule if in_force else DEFAULT)
    return render_template(
        "calibration/certification_rule.html",
        kept=kept,
        in_force=in_force,
        newest=kept[0].version.number if kept else 0,
        sent=typed is not None,
        chosen=source,
        words=certification_words,
        **_form(typed.fields if typed else form_of(start), _errors(typed, refusal)),
        **beside,
    )


def _form(fields: Mapping[str, str], errors: Mapping[str, str]) -> dict[str, Any]:
    return {"fields": fields, "errors": errors, "opened": parts_open(fields, errors)}


def _beside_the_form(session: NetworkSession, kept: Sequence[Kept]) -> dict[str, Any]:
    return {
        "presets": {key: (rule, errs(session, rule)) for key, rule in PRESETS.items()},
        "luck": certification_words.luck(*certification_rules.luck(session)),
        "rubric_choices": _choices(session),
        "rubric_of": _rubrics_of(session, kept),
    }


def _tried(session: NetworkSession, rule: Rule | None) -> dict[str, Any]:
    if rule is None:
        return {"tried": None}
    rubric = certification_rules.rubric_of(session, rule)
    return {"tried": (rule, errs(session, rule)), "rubric_tried": rubric}


def _choices(session: NetworkSession) -> Sequence[tuple[str, str]]:
    """(key, title) of each rubric, once whatever languages it has."""
    return list({each.rubric: each.title for each in certification_rules.offered(session)}.items())


def _rubrics_of(session: NetworkSession, kept: Sequence[Kept]) -> Mapping[int, Rubric | None]:
    return {
        each.version.number: certification_rules.rubric_of(session, each.version.rule)
        for each in kept
    }


def _errors(typed: Typed | None, refusal: ObserveError | None) -> Mapping[str, str]:
    """What is to mend, by field; a refusal that no field explains stands at the top."""
    wrong = typed.wrong if typed else {}
    return wrong if wrong or refusal is None else {"name": refusal.sentence}
