"""How far one person agrees with each partner: the list, the page of two people, and its rows."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response, g, render_template, request
from flask.typing import ResponseReturnValue

from observe.core.permissions import RoleKind, Thing
from observe.services import figures
from observe.services.figures import PairFigures
from observe.storage.database import NetworkSession
from observe.web.calibration import figure_words, plots, rows_file, talk_words
from observe.web.calibration.blueprint import blueprint
from observe.web.calibration.figure_words import Sides
from observe.web.database import now, read, write
from observe.web.dates import day_short
from observe.web.guard import requires
from observe.web.words import gettext as _

OBSERVERS = (RoleKind.HEAD, RoleKind.ADVISER, RoleKind.LEADER)


def _pair_thing(session: NetworkSession, person_id: UUID) -> Thing:
    return figures.pair_thing(session, person_id, by=g.person.id)


@blueprint.get("/agreement")
@requires("see group figures")
def agreement() -> ResponseReturnValue:
    """The people one observes with, and the way to the groups."""
    with read() as session:
        found = figures.partners(session, g.person.id)
        seen_before = figures.opened_at(session, g.person.id)
    if found and not seen_before:
        _note_opened()
    observes = g.person.has(*OBSERVERS)
    return render_template(
        "calibration/agreement.html", partners=found, observes=observes, say=figure_words
    )


@blueprint.get("/agreement/with/<uuid:person_id>")
@requires("see figures of a pair", of=_pair_thing)
def with_partner(person_id: UUID) -> ResponseReturnValue:
    """What two people's ratings say about how far they agree; counts only for fewer than 5 lessons."""
    found = _figures(person_id)
    if found.few:
        rows = plots.rows_of(plots.forest(found.report, found.rubric))
        return render_template("calibration/few.html", figures=found, rows=rows, say=figure_words)
    return render_template("calibration/with.html", **_shown(found))


@blueprint.get("/agreement/with/<uuid:person_id>.csv")
@requires("see figures of a pair", of=_pair_thing)
def with_partner_csv(person_id: UUID) -> Response:
    """The very rows from which these figures are counted."""
    found = _figures(person_id)
    lines = rows_file.of_pair(found, me=g.person.name)
    return rows_file.answer(lines, name=f"{g.person.name} {found.partner}")


def _figures(person_id: UUID) -> PairFigures:
    asked = request.args.get("rubric", "")
    with read() as session:
        found = figures.with_partner(session, g.person.id, person_id, digest=asked, at=now())
        seen_before = figures.opened_at(session, g.person.id)
    if not seen_before:
        _note_opened()
    return found


def _note_opened() -> None:
    with write() as session:
        figures.note_opened(session, g.person.id, at=now())


def _shown(found: PairFigures) -> dict[str, Any]:
    groups = plots.forest(found.report, found.rubric)
    rows = plots.rows_of(groups)
    short = found.partner.split()[0]
    sides = Sides(_("You"), short, _("you"), short, _("You were"))
    return {
        "figures": found,
        "groups": groups,
        "rows": rows,
        "short": short,
        "sides": sides,
        "norm": plots.norm_of(found.report),
        "weakest": plots.weakest(rows, found.report.pooled.exact),
        "chosen": plots.chosen(rows, request.args.get("criterion", "")),
        "differing": plots.differences(rows),
        "causes": talk_words.cause_words(),
        "trend": _trend(found),
        "plots": plots,
        "say": figure_words,
    }


@dataclass(frozen=True, slots=True)
class DrawnTrend:
    """The same level over time, ready to be drawn and read aloud."""

    dots: list[tuple[float, float]]
    line: tuple[float, float, float, float] | None
    luck: float | None
    first: str
    last: str
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
        luck=None if chance is None else plots.height(chance),
        first=days[0],
        last=days[-1] if len(days) > 1 else "",
        sentence=figure_words.trend_sentence(line),
        words=", ".join(
            f"{day_short(line.observed_on)} {figure_words.percent(line.same)}"
            for line in found.lines
        ),
    )
