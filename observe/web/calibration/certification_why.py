"""Why something was decided: the clause of the rule that did, in a sentence."""

from observe.core.certification_rule import DecideBy, Rule
from observe.core.certification_standing import Kind, Result
from observe.core.certifying import Clause, Decision
from observe.services.certifying import Place
from observe.web.calibration.certification_words import title_of
from observe.web.calibration.figure_words import percent
from observe.web.words import gettext as _


def why(result: Result, place: Place) -> str:
    """Which clause decided, in a sentence."""
    asked = place.rules[result.version]
    if result.kind is Kind.RECHECK:
        return recheck_why(
            result, asked, title_of(place.rubrics[result.rubric_digest], result.criterion)
        )
    return clause(result, asked, title_of(place.rubrics[result.rubric_digest], result.criterion))


def clause(result: Result, asked: Rule, criterion: str) -> str:
    """Which clause decided, in a sentence; `criterion` is the title of the one that did."""
    if result.clause in (Clause.PROBABLE, Clause.IMPROBABLE, Clause.UNDECIDED, Clause.LAST_LOOK):
        return _by_probability(result, asked) or _open(result, asked)
    if result.clause in (Clause.GAP, Clause.FLOOR):
        return _by_criterion(result, asked, criterion)
    return _by_share(result.clause, asked)


def recheck_why(result: Result, asked: Rule, criterion: str) -> str:
    """Why a re-check kept a certificate or took it; one lesson shows no share."""
    if result.clause is Clause.GAP:
        return _by_criterion(result, asked, criterion)
    if result.decision is not Decision.PASS:
        return _(
            "This one alone fell below the %(asks)s that the rule asks, as surely as the rule decides.",
            asks=percent(asked.threshold),
        )
    if result.clause is Clause.LAST_LOOK:
        return _(
            "This one alone does not make it sure enough that the %(asks)s are missed, so the"
            " certificate stays.",
            asks=percent(asked.threshold),
        )
    return _(
        "This one alone reached the %(asks)s that the rule asks.", asks=percent(asked.threshold)
    )


def _by_criterion(result: Result, asked: Rule, criterion: str) -> str:
    if result.clause is Clause.GAP:
        return _(
            "On %(criterion)s two levels were more than %(gap)s apart, which the rule does not allow.",
            criterion=criterion,
            gap=asked.max_gap,
        )
    return _(
        "All criteria together reached it, but %(criterion)s stayed below its floor of %(floor)s.",
        criterion=criterion,
        floor=percent(asked.floor_of(result.criterion) or 0),
    )


def _by_share(decided: Clause, asked: Rule) -> str:
    values = {"asks": percent(asked.threshold), "num": asked.in_a_row}
    told = {
        Clause.REACHED: _("The share reached the %(asks)s that the rule asks.", **values),
        Clause.MISSED: _(
            "When it was decided for the last time, the share was below the %(asks)s that the rule asks.",
            **values,
        ),
        Clause.LIMIT_ABOVE: _(
            "Even the lower limit reached the %(asks)s that the rule asks.", **values
        ),
        Clause.LIMIT_BELOW: _(
            "Even the upper limit stays below the %(asks)s that the rule asks.", **values
        ),
        Clause.IN_A_ROW: _(
            "Each of the last %(num)s lessons reached %(asks)s by itself.", **values
        ),
        Clause.NOT_IN_A_ROW: _(
            "By the last decision there were not %(num)s lessons in a row that each reached %(asks)s.",
            **values,
        ),
    }
    return told[decided]


def _by_probability(result: Result, asked: Rule) -> str:
    if result.probability is None or asked.cuts is None:
        return ""
    sure = _(
        "It is %(sure)s probable that the true share is %(asks)s or more.",
        sure=probability(result.probability),
        asks=percent(asked.threshold),
    )
    told = {
        Clause.PROBABLE: _("To pass, the rule asks %(cut)s.", cut=percent(asked.cuts.pass_from)),
        Clause.IMPROBABLE: _(
            "At %(cut)s or less the rule says: train again.", cut=percent(asked.cuts.train_to)
        ),
        Clause.LAST_LOOK: _("The last decision leaves it open, which sends nobody back."),
    }
    between = _(
        "The rule passes from %(high)s on and sends back at %(low)s or less; this lies between.",
        high=percent(asked.cuts.pass_from),
        low=percent(asked.cuts.train_to),
    )
    return f"{sure} {told.get(result.clause, between)}"


def _open(result: Result, asked: Rule) -> str:
    asks = percent(asked.threshold)
    if result.clause is Clause.LAST_LOOK:
        return _(
            "The %(asks)s asked lie between the limits: the last decision leaves it open.",
            asks=asks,
        )
    if asked.in_a_row:
        return _(
            "Not each of the last %(num)s lessons reached %(asks)s yet.",
            num=asked.in_a_row,
            asks=asks,
        )
    if asked.decide_by is DecideBy.LOWER_LIMIT:
        return _("The %(asks)s asked still lie between the limits.", asks=asks)
    return _("The %(asks)s asked are not reached yet.", asks=asks)


def probability(share: float) -> str:
    """`97 %`; never a certainty that no number of lessons gives."""
    if share > 0.995:
        return _("more than %(share)s", share=percent(0.99))
    return _("less than %(share)s", share=percent(0.01)) if share < 0.005 else percent(share)
