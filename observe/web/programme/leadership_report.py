"""What a leader reads of a closed round: groups of five or more, beside their own look, and as a file."""

from collections.abc import Iterator
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from observe.core.leadership import Question
from observe.services import leadership, leadership_told
from observe.services.leadership_told import Report
from observe.web.database import read
from observe.web.guard import requires
from observe.web.programme import leadership_words
from observe.web.programme.blueprint import blueprint
from observe.web.spreadsheets import Line, as_csv
from observe.web.words import gettext as _

HEAD = ("group", "answers", "criterion", "title", "level", "label", "times", "own", "said")


@blueprint.get("/leadership/<uuid:round_id>/report")
@requires("read leadership feedback", of=leadership.thing)
def leadership_report(round_id: UUID) -> ResponseReturnValue:
    """Criterion by criterion, each group by itself."""
    with read() as session:
        report = leadership_told.of_round(session, round_id)
    return render_template(
        "programme/leadership_report.html",
        report=report,
        questions=tuple(Question),
        words=leadership_words,
    )


@blueprint.get("/leadership/<uuid:round_id>/report.csv")
@requires("read leadership feedback", of=leadership.thing)
def leadership_report_file(round_id: UUID) -> ResponseReturnValue:
    """The same as the page, and nothing more."""
    with read() as session:
        report = leadership_told.of_round(session, round_id)
    return as_csv([HEAD, *_lines(report)], name=_("leadership feedback"))


def _lines(report: Report) -> Iterator[Line]:
    """A line for each level of each criterion and group; one in words where levels are not told."""
    for group in report.told.groups:
        who = leadership_words.groups_words(group.groups)
        for criterion in report.asked:
            cell, key = report.cell(group, criterion), criterion.criterion
            begun = (who, group.size, key, criterion.title)
            own = report.told.own.get(key, "")
            if not cell.counts:
                said = leadership_words.cell_words(criterion, cell)
                yield (*begun, "", "", "", own, said)
            for level, times in cell.counts:
                yield (*begun, level, criterion.scale.label(level), times, own, "")
