"""How certification is worked out: one tap away on its page, and a sheet of its workbook."""

from collections.abc import Iterable, Sequence

from observe.core.certification_odds import TRUE_HIGH, TRUE_LOW
from observe.core.certifying import ALIKE
from observe.core.rubric import Rubric
from observe.services.certification_rules import Errs
from observe.storage.certifications import Version
from observe.web.calibration import certification_words
from observe.web.calibration.figure_words import percent
from observe.web.spreadsheets import Line
from observe.web.words import gettext as _


def sentences() -> list[str]:
    """What is counted, how sure it is, how the rule's errors are known, and what is kept."""
    return [_counted(), _sure(), _errs(), _kept()]


def _counted() -> str:
    return _(
        "One rating is one criterion of one lesson to which you and a partner both gave a level,"
        " each without seeing the other's; in an exercise the partner is its reference, and only the"
        " first time counts, if you had not seen the reference before. A rating has as many points as"
        " the rule says: all or nothing, or a part for a level one apart. Ratings that only one of"
        " you gave count nowhere."
    )


def _sure() -> str:
    return _(
        "Ratings of one lesson are somewhat alike, so N ratings are worth N / D, with D = 1 +"
        " %(alike)s (ratings a lesson \u2212 1). With k of N points, how probable it is that the true"
        " share reaches what is asked is read from Beta(k / D + 1, (N \u2212 k) / D + 1); the 95 %%"
        " limits of the share are Wilson's, on N / D ratings.",
        alike=ALIKE,
    )


def _errs() -> str:
    return _(
        "How often the rule errs is simulated: thousands of observers whose true share is %(low)s or"
        " %(high)s are judged after as many lessons as you are.",
        low=percent(TRUE_LOW),
        high=percent(TRUE_HIGH),
    )


def _kept() -> str:
    return _(
        "Each result is kept with the version of the rule that judged it, the clause that decided,"
        " and the lessons it rests on. A changed rule never judges again. A re-check is one lesson by"
        " itself: it takes a certificate only where that one lesson decides it as the rule decides."
    )


def as_lines(version: Version, rubric: Rubric | None, errs: Sequence[Errs]) -> Iterable[Line]:
    """The rule in force, how often it errs, and how it is worked out, as the lines of a sheet."""
    yield (_("What"), _("How"))
    yield (_("Rule"), f"{version.rule.name} ({version.number})")
    yield from ((_("It asks"), told) for told in certification_words.rule(version.rule, rubric))
    yield (_("It errs"), certification_words.errs(errs))
    yield from ((_("It errs"), certification_words.simulated(each)) for each in errs)
    yield from ((_("How worked out"), told) for told in sentences())
