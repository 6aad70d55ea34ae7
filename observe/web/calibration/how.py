"""How the figures of a page were worked out: one tap away on each, and a sheet of each file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import Response, render_template

from observe.core.agreement.figures import CriterionReport, PooledReport, Report
from observe.core.pairing import LeftOut
from observe.core.rubric import Rubric
from observe.resources import folder
from observe.services.rated import codes_of
from observe.web.calibration import figure_words, meanings
from observe.web.calibration.blueprint import blueprint
from observe.web.calibration.meanings.meaning import Meaning
from observe.web.guard import requires
from observe.web.spreadsheets import Line
from observe.web.words import gettext as _
from observe.web.words import ngettext


@dataclass(frozen=True, slots=True)
class Worked:
    """What was counted, what was not and why, which figures with which limits, and which rubric."""

    counted: Sequence[str]
    left_out: Sequence[str]
    meanings: Sequence[Meaning]
    rubric: str


def worked(
    report: Report,
    rubric: Rubric,
    left_out: Mapping[LeftOut, int],
    *,
    about: Sequence[str],
    criterion: CriterionReport | None = None,
    held_back: frozenset[str] = frozenset(),
) -> Worked:
    """For a page over all criteria, or of one of them; what is held back is named once."""
    over_all = (
        []
        if criterion
        else [_over_all(report.pooled), *_not_pooled(report.pooled, rubric, held_back)]
    )
    alone = _alone([criterion] if criterion else report.criteria)
    return Worked(
        counted=[_counted(report, criterion), _sealed()],
        left_out=[
            *figure_words.left_out(left_out),
            *over_all,
            *_held_back(held_back, rubric),
            *alone,
            *_draws([criterion] if criterion else report.criteria, rubric),
        ],
        meanings=meanings.meanings(about),
        rubric=_("%(title)s, version %(version)s", title=rubric.title, version=rubric.version),
    )


def _sealed() -> str:
    return _(
        "Only first, sealed ratings count; what was agreed afterwards never enters. Ratings of "
        "different versions of a rubric are never put together."
    )


def _counted(report: Report, criterion: CriterionReport | None) -> str:
    if criterion is None:
        told = figure_words.counted(report.pooled.n, report.pooled.n_cells)
        return _("%(counted)s by two observers, over criteria.", counted=told)
    told = figure_words.counted(criterion.n, criterion.n_cells)
    return _("%(counted)s by two observers, on this criterion.", counted=told)


def _over_all(pooled: PooledReport) -> str:
    return ngettext(
        "%(num)d criterion is in the figures over all.",
        "%(num)d criteria are in the figures over all.",
        pooled.criteria,
    )


def _held_back(keys: frozenset[str], rubric: Rubric) -> list[str]:
    """`Held back, because here, or in what a filter leaves out, fewer than five people rated them: 2c.`"""
    codes = dict.fromkeys(code for key, code in codes_of(rubric).items() if key in keys)
    if not codes:
        return []
    told = _(
        "Held back, because here, or in what a filter leaves out, fewer than five people rated them: "
        "%(codes)s.",
        codes=", ".join(codes),
    )
    return [told]


def _not_pooled(pooled: PooledReport, rubric: Rubric, held_back: frozenset[str]) -> list[str]:
    """`Not in them: 2c, 3a (the levels have no order).`, one sentence a reason."""
    codes, why = codes_of(rubric), dict[str, list[str]]()
    for key, told in pooled.left_out:
        if key in held_back:
            continue
        why.setdefault(told, []).append(codes.get(key, key))
    return [
        _(
            "Not in them: %(codes)s (%(reason)s).",
            codes=", ".join(dict.fromkeys(keys)),
            reason=figure_words.reason(told),
        )
        for told, keys in why.items()
    ]


def _alone(criteria: Iterable[CriterionReport]) -> list[str]:
    most = sum(each.alone for each in criteria)
    if not most:
        return []
    told = ngettext(
        "%(num)d rating was given by one of two only; it is counted here and is in no figure.",
        "%(num)d ratings were given by one of two only; they are counted here and are in no "
        "figure.",
        most,
    )
    return [told]


def _draws(criteria: Iterable[CriterionReport], rubric: Rubric) -> list[str]:
    """`Of the 2,000 draws ..., 14 on 2c (alpha) ...`; nothing where every draw gave a value."""
    codes = codes_of(rubric)
    told = [
        _(
            "%(draws)d on %(code)s (%(figure)s)",
            draws=getattr(each, name).dropped,
            code=codes.get(each.criterion.key, each.criterion.key),
            figure=figure,
        )
        for each in criteria
        for name, figure in _drawn()
        if getattr(each, name).dropped
    ]
    if not told:
        return []
    sentence = _(
        "Of the 2,000 draws behind the limits of a figure, those in which only one level came up give "
        "no value (0/0) and were left out: %(told)s.",
        told=", ".join(told),
    )
    return [sentence]


def _drawn() -> list[tuple[str, str]]:
    """The figures whose limits come from draws, with their names."""
    return [
        ("alpha", _("alpha")),
        ("ac1", _("AC1")),
        ("ac2", _("AC2")),
        ("kappa_quadratic", _("kappa, quadratic")),
        ("kappa_linear", _("kappa, linear")),
        ("icc_a1", _("ICC(A,1)")),
    ]


def as_lines(told: Worked, *, about: Iterable[tuple[str, str]]) -> Iterable[Line]:
    """The same as the lines of a sheet; `about` says what was chosen."""
    yield (_("What"), _("How"))
    yield from about
    yield (_("Rubric"), told.rubric)
    yield from ((_("Counted"), sentence) for sentence in told.counted)
    yield from ((_("Left out"), sentence) for sentence in told.left_out)
    for each in told.meanings:
        yield (each.name, " ".join((each.says, each.formula, each.limits, each.source)).strip())


@blueprint.get("/agreement/how")
@requires("see group figures")
def figures_explained() -> str:
    """What each figure says, how it is worked out, and whose it is."""
    return render_template("calibration/how.html", meanings=meanings.meanings())


@blueprint.get("/agreement/statistics.txt")
@requires("see group figures")
def what_docs_say() -> Response:
    """The whole account, as it comes with the program: formulas, simulations, weak places."""
    told = (folder("docs") / "statistics.md").read_text(encoding="utf-8")
    return Response(told, mimetype="text/plain")
