"""Who gives higher levels: one's own leniency first, then whose one may see; and as files."""

from collections.abc import Iterable, Iterator

from flask import Response, g, render_template, request
from flask.typing import ResponseReturnValue

from observe.core.permissions import OBSERVERS
from observe.core.typed import id_in
from observe.services import leniency_figures
from observe.services import own_rows as rows
from observe.services.leniency_figures import LeniencyFigures, View
from observe.services.leniency_figures import Line as ObserverLine
from observe.services.together import Narrowed
from observe.web import spreadsheets
from observe.web.addresses import said
from observe.web.calibration import (
    asked,
    figure_words,
    leniency_words,
    own_rows,
    plots,
)
from observe.web.calibration.blueprint import blueprint
from observe.web.calibration.opened import note_opened
from observe.web.database import now, read
from observe.web.guard import requires
from observe.web.spreadsheets import Line, Sheet
from observe.web.words import gettext as _

COLUMNS = (
    *("group", "observer", "leniency_logits", "low", "high"),
    *("higher_in_100", "higher_low", "higher_high", "infit", "lessons", "partners", "reason"),
)


@blueprint.get("/agreement/leniency")
@requires("see group figures")
def leniency() -> ResponseReturnValue:
    """One's own leniency in words, and that of others where it may be seen, group by group."""
    found = _asked()
    return render_template(
        "calibration/leniency.html",
        figures=found,
        kept=_kept(found) if found else {},
        named=asked.named_criteria(found.rubric, found.criteria) if found else {},
        asked=asked,
        observes=g.person.has(*OBSERVERS),
        words=leniency_words,
        say=figure_words,
        plots=plots,
    )


@blueprint.get("/agreement/leniency.csv")
@requires("see group figures")
def leniency_csv() -> Response:
    """A line for each observer whom the page shows to the same reader."""
    found = _asked()
    return spreadsheets.as_csv(_lines(found), name=_name(found))


@blueprint.get("/agreement/leniency.xlsx")
@requires("see group figures")
def leniency_xlsx() -> Response:
    """The same as a sheet, and one's own rows as another."""
    found = _asked()
    return spreadsheets.as_workbook(_sheets(found), name=_name(found))


def _asked() -> LeniencyFigures | None:
    digest = request.args.get("rubric", "")
    with read() as session:
        found = leniency_figures.of_network(
            session, by=g.person, digest=digest, view=_view(), at=now()
        )
    if found and found.own and found.own.logits is not None:
        note_opened()
    return found


def _view() -> View:
    """Which rows and whom the address names."""
    named = request.args
    school_id = id_in(named.get("school", ""))
    return View(named.get("term", ""), named.get("criterion", ""), school_id)


def _kept(found: LeniencyFigures) -> dict[str, str]:
    """What an address says so that a colleague who opens it sees the same rows in the fit."""
    view = found.view
    return said(
        rubric=found.digest, term=view.term, criterion=view.criterion, school=view.school_id
    )


def _name(found: LeniencyFigures | None) -> str:
    return f"leniency {found.rubric.title if found else ''}"


def _sheets(found: LeniencyFigures | None) -> Iterator[Sheet]:
    yield Sheet(_("Leniency"), _lines(found))
    if found and found.own:
        with read() as session:
            mine = rows.of(
                session,
                g.person.id,
                digest=found.digest,
                narrowed=Narrowed(found.view.term),
                criterion=found.view.criterion,
            )
        yield Sheet(_("Your rows"), own_rows.lines(mine))


def _lines(found: LeniencyFigures | None) -> Iterable[Line]:
    yield COLUMNS
    for component in found.components if found else ():
        yield from (_line(line) for line in component.lines)


def _line(line: ObserverLine) -> Line:
    each = line.figure
    ends = (each.logits, each.low, each.high)
    return (
        *(each.component, line.name),
        *("" if end is None else round(end, 4) for end in ends),
        *("" if end is None else leniency_words.times(end) for end in ends),
        "" if each.infit is None else round(each.infit, 4),
        *(each.lessons, each.partners, each.reason or ""),
    )
