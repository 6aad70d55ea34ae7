"""One criterion: its table, its picture, all its figures, and why people differed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from observe.core.agreement.figures import FEWEST_LESSONS, CriterionReport, Report
from observe.core.agreement.kept import Cells
from observe.core.errors import Missing
from observe.core.pairing import LeftOut
from observe.core.rubric import Rubric
from observe.services import group_planning
from observe.services.figures import Gap, PairFigures
from observe.services.group_figures import GroupFigures
from observe.web.calibration import (
    asked,
    criterion_words,
    figure_words,
    group,
    how,
    likelihood,
    meanings,
    plots,
    talk_words,
)
from observe.web.calibration.blueprint import blueprint
from observe.web.calibration.figure_words import Sides
from observe.web.calibration.likelihood import Likely
from observe.web.calibration.plots import Bubbles, Row
from observe.web.database import read
from observe.web.guard import requires
from observe.web.words import gettext as _


@dataclass(frozen=True, slots=True)
class Shown:
    """One criterion as its page shows it; no table and no picture where levels may not leave."""

    row: Row
    number: int
    rows: Sequence[Row]
    sentence: str
    lines: Sequence[criterion_words.Line]
    levels: bool
    bubbles: Bubbles | None
    worked: how.Worked
    likely: Likely | None = None
    split: str = ""
    causes: Sequence[Gap] = ()

    @property
    def before(self) -> Row | None:
        """The criterion before it in the rubric."""
        return self.rows[self.number - 1] if self.number > 0 else None

    @property
    def after(self) -> Row | None:
        """The criterion after it in the rubric."""
        return self.rows[self.number + 1] if self.number + 1 < len(self.rows) else None


@dataclass(frozen=True, slots=True)
class Behind:
    """What the figures of a page rest on: of two people or of a group."""

    report: Report
    rubric: Rubric
    left_out: Mapping[LeftOut, int]
    tables: Mapping[str, plots.Table]
    sides: Sides
    both: str
    levels: bool
    signed: bool
    cells: Mapping[str, Cells]


def shown(behind: Behind, key: str, causes: Sequence[Gap] = ()) -> Shown:
    """One criterion of them; Missing where the rubric has none of this key."""
    rows = _rows(behind)
    number = next((i for i, row in enumerate(rows) if row.key == key), None)
    if number is None:
        raise Missing(_("This rubric has no such criterion."))
    row, sides = rows[number], behind.sides
    enough = meanings.TAPS if row.is_counted else meanings.CRITERION
    about = enough if row.report.n >= FEWEST_LESSONS else meanings.FEW
    trained = plots.norm_of(behind.report) is not None and row.report.criterion.pooled
    return Shown(
        row=row,
        number=number,
        rows=rows,
        sentence=_sentence(row, behind.both),
        lines=criterion_words.lines(row.report, trained=trained, levels=behind.levels),
        levels=behind.levels,
        bubbles=_bubbles(behind, row),
        worked=how.worked(
            behind.report, behind.rubric, behind.left_out, about=about, criterion=row.report
        ),
        likely=likelihood.of_criterion(row.report, behind.both),
        split=likelihood.split_words(row.report.mcnemar, sides, _higher(row.report, behind.rubric)),
        causes=causes,
    )


def _sentence(row: Row, both: str) -> str:
    told = criterion_words.taps_sentence if row.is_counted else criterion_words.sentence
    return told(row.report, both)


def _higher(report: CriterionReport, rubric: Rubric) -> str:
    """The higher of two levels, in the rubric's words without its number."""
    if report.mcnemar is None:
        return ""
    label = figure_words.level_labels(report, rubric)[-1][1]
    return label.partition(" ")[2] or label


def _rows(behind: Behind) -> list[Row]:
    return plots.every_row(behind.report, behind.rubric, behind.tables, behind.cells)


def _bubbles(behind: Behind, row: Row) -> Bubbles | None:
    """The difference plot, where the levels have an order and first and second mean the same throughout."""
    if not (behind.signed and behind.levels):
        return None
    if row.is_counted:
        return plots.bubbles_of_taps(row)
    ordered = row.report.criterion.has_neighbours
    return plots.bubbles(row.table, row.report.mean_difference) if ordered and row.table else None


def page_of_pair(found: PairFigures, key: str, *, sides: Sides, address: Any) -> str:
    """The page of one criterion of two people."""
    both = criterion_words.both(sides)
    behind = Behind(
        *(found.report, found.rubric, found.left_out, {}, sides, both),
        levels=True,
        signed=True,
        cells=found.counted,
    )
    seen = shown(behind, key, found.causes_by.get(key.partition(":")[0], ()))
    return render_template(
        "calibration/criterion.html",
        **_common(seen, behind),
        figures=found,
        asked=asked,
        of_pair=True,
        address=lambda other: address("calibration.with_partner", criterion=other),
        back_address=address("calibration.with_partner"),
        back_words=_("You and %(name)s", name=found.partner),
        whose=_("You and %(name)s", name=found.partner),
        csv=address("calibration.with_partner_csv", criterion=key),
        excel=address("calibration.with_partner_excel", criterion=key),
    )


def _common(seen: Shown, behind: Behind) -> dict[str, Any]:
    return {
        "seen": seen,
        "row": seen.row,
        "report": seen.row.report,
        "rubric": behind.rubric,
        "sides": behind.sides,
        "norm": plots.norm_of(behind.report),
        "cause_words": talk_words.cause_words(),
        "plots": plots,
        "say": figure_words,
        "words": criterion_words,
    }


@blueprint.get("/agreement/criterion/<key>")
@requires("see group figures")
def criterion(key: str) -> ResponseReturnValue:
    """One criterion of the group that the address names."""
    with read() as session:
        found = asked.group(session)
        causes = group_planning.causes(session, found, key.partition(":")[0]) if found else []
    if found is None or found.report is None or key in found.held_back:
        return group.too_small(found)
    behind = _behind(found, found.report)
    kept, whose = asked.kept(found), asked.title(found)
    return render_template(
        "calibration/criterion.html",
        **group.common(found) | _common(shown(behind, key, causes), behind),
        figures=found,
        address=lambda other: url_for("calibration.criterion", key=other, **kept),
        back_address=url_for("calibration.group", **kept),
        back_words=whose,
        whose=whose,
        csv=url_for("calibration.group_csv", criterion=key, **kept),
        excel=url_for("calibration.group_excel", criterion=key, **kept),
    )


def _behind(found: GroupFigures, report: Report) -> Behind:
    sides, both = asked.sides(found), asked.both(found)
    return Behind(
        *(report, found.rubric, found.left_out, found.tables, sides, both),
        levels=found.rubric.graded,
        signed=found.selection.by_role,
        cells=found.counted,
    )
