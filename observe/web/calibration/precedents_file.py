"""Rules from talks as files, for whoever looks after the rubrics; they name nobody."""

from collections.abc import Iterator

from flask import Response, g

from observe.services import precedent_board
from observe.services.precedent_board import Held, OfRubric
from observe.web import spreadsheets
from observe.web.calibration import precedent_words
from observe.web.calibration.blueprint import blueprint
from observe.web.database import read
from observe.web.guard import requires
from observe.web.sources import source_words
from observe.web.spreadsheets import Line, Sheet
from observe.web.words import gettext as _

HEAD = (
    *("rubric", "version", "code", "criterion", "rule", "source", "standing", "reason"),
    *("observers_who_say_it_no_longer_fits", "earlier_words"),
)


@blueprint.get("/precedents.csv")
@requires("keep rules")
def rules_csv() -> Response:
    """A line for each rule, retired ones too."""
    return spreadsheets.as_csv(_lines(_board()), name=_("Rules from talks"))


@blueprint.get("/precedents.xlsx")
@requires("keep rules")
def rules_xlsx() -> Response:
    """The same in one sheet."""
    sheet = Sheet(_("Rules from talks"), _lines(_board()))
    return spreadsheets.as_workbook([sheet], name=_("Rules from talks"))


def _board() -> tuple[OfRubric, ...]:
    with read() as session:
        return precedent_board.board(session, by=g.person)


def _lines(board: tuple[OfRubric, ...]) -> Iterator[Line]:
    yield HEAD
    for of_rubric in board:
        place = {each.criterion: at for at, each in enumerate(of_rubric.rubric.criteria())}
        last = len(place)
        ordered = sorted(of_rubric.rules, key=lambda r: place.get(r.criterion.criterion, last))
        for held in ordered:
            yield _line(of_rubric, held)


def _line(of_rubric: OfRubric, held: Held) -> Line:
    rubric, criterion = of_rubric.rubric, held.criterion
    return (
        *(rubric.title, rubric.version, criterion.code, criterion.title, held.text),
        *(source_words(held.source), precedent_words.standing_words(held.standing)),
        *(held.because, held.doubts, " / ".join(held.earlier)),
    )
