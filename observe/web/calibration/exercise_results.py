"""What one's exercises came to over time: beside the references only, with figures from five on."""

from collections.abc import Iterable
from uuid import UUID

from flask import Response, g, render_template
from flask.typing import ResponseReturnValue

from observe.core.exercises import Mode
from observe.core.permissions import Thing
from observe.services import exercise_results
from observe.services.exercise_results import Results
from observe.storage.database import NetworkSession
from observe.web.calibration import exercise_words, figure_words, plots
from observe.web.calibration.blueprint import blueprint
from observe.web.database import now, read, write
from observe.web.guard import requires
from observe.web.reading import note_reading
from observe.web.spreadsheets import Line, Sheet, as_csv, as_workbook
from observe.web.words import gettext as _

COLUMNS = (
    *("exercise", "version", "mode", "attempt", "finished_on", "knew_the_reference"),
    *("criterion", "title", "my_level", "reference_level", "levels_apart", "note"),
)


def of(session: NetworkSession, person_id: UUID) -> Thing:
    """The figures of whom an address names."""
    return exercise_results.figures_thing(session, person_id, by=g.person, at=now())


@blueprint.get("/practice/results")
@requires("take exercise")
def practice_results() -> ResponseReturnValue:
    """One's own results; from the first figure on they count as opened."""
    with write() as session:
        found = exercise_results.of_person(session, g.person.id)
        if found.enough:
            exercise_results.note_opened(session, g.person.id, at=now())
    return _page(found, mine=True)


@blueprint.get("/practice/results/of/<uuid:person_id>")
@requires("see figures of a person", of=of)
def practice_results_of(person_id: UUID) -> ResponseReturnValue:
    """Somebody else's figures, once they are open."""
    with read() as session:
        found = exercise_results.of_person(session, person_id)
    return note_reading(_page(found, mine=False), "practice figures", person_id)


@blueprint.get("/practice/people")
@requires("see practice")
def practice_people() -> ResponseReturnValue:
    """Whose figures an adviser or a facilitator may see by now."""
    with read() as session:
        found = exercise_results.others(session, by=g.person, at=now())
    return render_template("calibration/exercise_people.html", found=found)


def _page(found: Results, *, mine: bool) -> str:
    return render_template(
        "calibration/exercise_results.html",
        found=found,
        mine=mine,
        words=exercise_words,
        say=figure_words,
        plots=plots,
    )


@blueprint.get("/practice/results.csv")
@requires("take exercise")
def practice_results_csv() -> Response:
    """Each of one's own levels; of a test only how far apart it was, as its page shows it."""
    return as_csv(_lines(_own()), name=_name())


@blueprint.get("/practice/results.xlsx")
@requires("take exercise")
def practice_results_xlsx() -> Response:
    """The same as an Excel file."""
    return as_workbook([Sheet(_("Your exercises"), _lines(_own()))], name=_name())


def _own() -> Results:
    with read() as session:
        return exercise_results.of_person(session, g.person.id)


def _name() -> str:
    return _("%(name)s exercises", name=g.person.name)


def _lines(found: Results) -> Iterable[Line]:
    yield COLUMNS
    for line in reversed(found.lines):
        taking, told = line.taking, line.taking.mode is not Mode.TEST
        for each in line.outcomes:
            levels = each.criterion.scale.levels
            yield (
                *(line.exercise.title, line.exercise.version, str(taking.mode), taking.attempt),
                *(line.at.date().isoformat(), taking.knew),
                *(each.criterion.criterion, f"{each.criterion.code} {each.criterion.title}"),
                each.given.value or "",
                levels[each.reference].value if told else "",
                "" if each.gap is None else each.gap,
                each.given.note,
            )
