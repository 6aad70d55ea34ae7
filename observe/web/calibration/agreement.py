"""How far one person agrees with each partner: the list, the page of two people, and its rows."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.permissions import OBSERVERS, Thing
from observe.core.typed import id_in
from observe.services import feedback_choice, figures
from observe.services.figures import PairFigures
from observe.storage.database import NetworkSession
from observe.web import spreadsheets
from observe.web.addresses import said
from observe.web.calibration import (
    asked,
    criterion,
    criterion_words,
    figure_words,
    figures_file,
    how,
    likelihood,
    meanings,
    picks_words,
    plots,
    rows_file,
    talk_words,
)
from observe.web.calibration.blueprint import blueprint
from observe.web.calibration.figure_words import Sides
from observe.web.calibration.opened import note_opened
from observe.web.calibration.overview import over_all
from observe.web.database import now, read
from observe.web.dates import day_short, term_name
from observe.web.guard import requires
from observe.web.spreadsheets import Line, Sheet
from observe.web.words import gettext as _


def _partner_id(person_id: UUID) -> UUID:
    """The partner; whoever was sent the address of a view of themselves sees it from their own side."""
    sent_by = id_in(request.args.get("of", ""))
    return sent_by if sent_by and person_id == g.person.id else person_id


def pair_thing(session: NetworkSession, person_id: UUID) -> Thing:
    """The figures of the two whom the address names."""
    return figures.pair_thing(session, _partner_id(person_id), by=g.person.id)


@blueprint.get("/agreement")
@requires("see group figures")
def agreement() -> ResponseReturnValue:
    """The people one observes with; who observes with nobody and never will is led to the groups."""
    with read() as session:
        found = figures.partners(session, g.person.id)
    if found:
        note_opened()
    if not found and not g.person.has(*OBSERVERS):
        return redirect(url_for("calibration.group"))
    return render_template("calibration/agreement.html", partners=found, say=figure_words)


@blueprint.get("/agreement/with/<uuid:person_id>")
@requires("see figures of a pair", of=pair_thing)
def with_partner(person_id: UUID) -> ResponseReturnValue:
    """What two people's ratings say about how far they agree, over all or on one criterion."""
    found = figures_with(person_id)
    key = request.args.get("criterion", "")
    if key in {each.criterion.key for each in found.report.criteria}:
        return criterion.page_of_pair(found, key, sides=sides_of(found), address=_address(found))
    if found.few:
        return render_template("calibration/few.html", **_few(found))
    return render_template("calibration/with.html", **_shown(found))


@blueprint.get("/agreement/with/<uuid:person_id>.csv")
@requires("see figures of a pair", of=pair_thing)
def with_partner_csv(person_id: UUID) -> Response:
    """The very rows from which these figures are counted."""
    found = figures_with(person_id)
    return spreadsheets.as_csv(row_lines(found), name=file_name(found))


@blueprint.get("/agreement/with/<uuid:person_id>.xlsx")
@requires("see figures of a pair", of=pair_thing)
def with_partner_excel(person_id: UUID) -> Response:
    """The same rows as a workbook, with all figures and how they were worked out."""
    found = figures_with(person_id)
    key = request.args.get("criterion", "")
    sheets = (
        Sheet(_("Rows"), row_lines(found)),
        Sheet(_("Figures"), figures_file.of_report(found.report, criterion=key)),
        Sheet(_("How worked out"), how.as_lines(_worked(found), about=asked_for(found))),
    )
    return spreadsheets.as_workbook(sheets, name=file_name(found))


def row_lines(found: PairFigures) -> Iterable[Line]:
    """The very rows from which these figures are counted."""
    return rows_file.of_pair(found, me=g.person.name, criterion=request.args.get("criterion", ""))


def file_name(found: PairFigures) -> str:
    """What a file about the two is called."""
    return f"{g.person.name} {found.partner}"


def asked_for(found: PairFigures) -> Iterator[tuple[str, str]]:
    """What the address chose, for the sheet that says how figures were worked out."""
    yield _("Who"), _("%(first)s and %(second)s", first=g.person.name, second=found.partner)
    if found.narrowed.school_id:
        yield _("School"), found.schools[found.narrowed.school_id]
    if found.narrowed.term:
        yield _("Term"), _term_name(found)
    if found.narrowed.who:
        told = asked.pair_whos(found.whos, found.partner)
        yield _("As what"), told[found.narrowed.who]
    yield _("Made on"), now().date().isoformat()


def _term_name(found: PairFigures) -> str:
    (term,) = (each for each in found.terms if each.key == found.narrowed.term)
    return term_name(term)


def figures_with(person_id: UUID) -> PairFigures:
    """The figures with somebody, of the lessons that the address names; from now on they were seen."""
    with read() as session:
        found = figures.with_partner(
            session,
            g.person.id,
            _partner_id(person_id),
            digest=request.args.get("rubric", ""),
            narrowed=asked.narrowed_pair(),
            at=now(),
        )
    note_opened()
    return found


def _address(found: PairFigures) -> Callable[..., str]:
    """Addresses of this view, so that the partner who opens one sees the same lessons."""
    kept = {
        "of": g.person.id,
        "rubric": found.digest,
        "school": found.narrowed.school_id,
        "term": found.narrowed.term,
        "who": found.narrowed.who,
    }

    def address(endpoint: str, **more: str) -> str:
        return url_for(endpoint, person_id=found.partner_id, **said(**kept | more))

    return address


def _worked(found: PairFigures) -> how.Worked:
    about = meanings.FEW if found.few else meanings.PAIR
    return how.worked(found.report, found.rubric, found.left_out, about=about)


def sides_of(found: PairFigures) -> Sides:
    """Whoever asks, and the partner."""
    short = found.partner.split()[0]
    return Sides(_("You"), short, _("you"), short, _("You were"))


def common(found: PairFigures) -> dict[str, Any]:
    """What each page about two people needs."""
    return {
        "picks": _picks(found),
        "figures": found,
        "short": found.partner.split()[0],
        "sides": sides_of(found),
        "address": _address(found),
        "worked": _worked(found),
        "asked": asked,
        "plots": plots,
        "say": figure_words,
    }


def _picks(found: PairFigures) -> str:
    """How often the two would have told the teacher the same; nothing where they never both picked."""
    held = [line.lesson_id for line in found.lines]
    with read() as session:
        picks = feedback_choice.same_picks(session, held, g.person.id, found.partner_id)
    return picks_words.sentence(picks, found.partner.split()[0]) if picks else ""


def _few(found: PairFigures) -> dict[str, Any]:
    rows = plots.rows_of(plots.forest(found.report, found.rubric))
    taps = plots.taps(found.report, found.rubric, found.counted)
    return {**common(found), "rows": [*rows, *taps]}


def _shown(found: PairFigures) -> dict[str, Any]:
    both = criterion_words.both(sides_of(found))
    return {
        **common(found),
        **over_all(found.report, found.rubric, found.counted),
        "words": criterion_words,
        "likely": likelihood.over_all(found.report.pooled, both),
        "causes": talk_words.cause_words(),
        "trend": _trend(found),
    }


@dataclass(frozen=True, slots=True)
class DrawnTrend:
    """The same level over time, ready to be drawn and read aloud."""

    dots: list[tuple[float, float]]
    line: tuple[float, float, float, float] | None
    luck: float | None
    first: str
    last: str
    band: str
    sentence: str
    words: str


def _trend(found: PairFigures) -> DrawnTrend:
    across = plots.spread_out(len(found.lines))
    chance = found.report.pooled.exact.chance
    days = [day_short(line.observed_on) for line in found.lines] or [""]
    line = found.trend
    ends = (
        (across[0], plots.height(line.first), across[-1], plots.height(line.last)) if line else None
    )
    return DrawnTrend(
        dots=[(x, plots.height(line.same)) for x, line in zip(across, found.lines, strict=True)],
        line=ends,
        band=plots.band_path(across, line.band) if line else "",
        luck=None if chance is None else plots.height(chance),
        first=days[0],
        last=days[-1] if len(days) > 1 else "",
        sentence=figure_words.trend_sentence(line),
        words=", ".join(
            f"{day_short(line.observed_on)} {figure_words.percent(line.same)}"
            for line in found.lines
        ),
    )
