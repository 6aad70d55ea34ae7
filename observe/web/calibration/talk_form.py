"""The form under each criterion: reading it, and keeping what was typed when it cannot be saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from observe.core.pairing import Agreed, Cause, Outcome
from observe.core.rubric import Criterion
from observe.core.typed import level_in, line_in, number_in
from observe.services.talking import LONGEST_RULE, Said, Talk
from observe.web.calibration.precedent_words import rule_names_words
from observe.web.words import gettext as _

DIFFER = "differ"
AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form of one criterion, what is to mend, and what a partner saved meanwhile.

    `sure` is a rule that may name somebody: sent a second time, it is kept as it is.
    """

    agreed: str = ""
    cause: str = ""
    rule: str = ""
    third: bool = True
    revision: str = "0"
    fault: str = ""
    clash: Agreed | None = None
    sure: str = ""


def read_typed(form: Mapping[str, str]) -> Typed:
    """What was sent, as it was typed."""
    return Typed(
        agreed=form.get("agreed", ""),
        cause=form.get("cause", ""),
        rule=form.get("rule", ""),
        third=form.get("third") == "yes",
        revision=form.get("revision", ""),
        sure=form.get("sure", ""),
    )


def signed_in(text: str) -> int | None:
    """The whole number that a text spells, with a sign or without; None for anything else."""
    bare = text.strip().replace("\N{MINUS SIGN}", "-")
    number = number_in(bare.lstrip("+-"))
    return -number if number and bare.startswith("-") else number


def said_in(typed: Typed, criterion: Criterion) -> Said | Typed:
    """What two people said, or the form with a sentence on what is to mend."""
    fault = _fault(typed, criterion)
    if fault:
        return replace(typed, fault=fault)
    differ, level = typed.agreed == DIFFER, typed.agreed
    return Said(
        outcome=Outcome.DIFFER if differ else Outcome.AGREED,
        level=level_in(level),
        cause=Cause(typed.cause) if typed.cause in list(Cause) else None,
        rule=line_in(typed.rule),
        third=typed.third,
        revision=number_in(typed.revision) or 0,
    )


def _fault(typed: Typed, criterion: Criterion) -> str:
    if typed.agreed not in _choices(criterion):
        return _("Choose what you agree on, or say that you still differ.")
    if len(typed.rule) > LONGEST_RULE:
        return _("A rule is one line of at most %(most)d letters.", most=LONGEST_RULE)
    return ""


def naming(typed: Typed, rule: str, names: Sequence[str]) -> Typed:
    """The form of a rule that may name somebody of these schools: asked once, never changed."""
    return replace(typed, fault=rule_names_words(names), sure=rule)


def _choices(criterion: Criterion) -> set[str]:
    levels = {str(level.value) for level in criterion.scale.levels}
    return (levels or {AGREED}) | {DIFFER}


def form_of(talk: Talk, key: str) -> Typed:
    """The form with what is saved; a third reader is asked unless they were not."""
    there = talk.agreed.get(key)
    if there is None:
        return Typed()
    chosen = DIFFER if there.outcome is Outcome.DIFFER else str(there.level or AGREED)
    return Typed(
        chosen,
        there.cause or "",
        talk.rules.get(key, ""),
        there.outcome is Outcome.AGREED or key in talk.thirds,
        str(there.revision),
    )


def clashing(typed: Typed, there: Agreed) -> Typed:
    """What was typed, above what the partner saved; sent again it takes its place."""
    return replace(typed, clash=there, revision=str(there.revision))
