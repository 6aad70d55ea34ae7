"""The very rows behind one's own figures, as lines of a file and as a file."""

from collections.abc import Iterable

from flask import Response, g, request

from observe.services import own_rows
from observe.services.own_rows import OwnRows
from observe.services.rated import codes_of
from observe.storage.database import NetworkSession
from observe.web import spreadsheets
from observe.web.addresses import said
from observe.web.calibration import asked
from observe.web.calibration.blueprint import blueprint
from observe.web.calibration.rows_file import levels_of
from observe.web.database import read
from observe.web.guard import requires
from observe.web.spreadsheets import Line

COLUMNS = (
    *("lesson", "observed_on", "teacher", "criterion", "occasion", "title"),
    *("partner", "my_capacity", "partner_capacity", "my_level", "partner_level"),
)


@blueprint.get("/agreement/own-rows.csv")
@requires("see pairs")
def own_rows_csv() -> Response:
    """Each of one's own levels beside each partner's: only those who observed may have them."""
    with read() as session:
        found = asked_for(session)
    title = found.rubric.title if found else ""
    return spreadsheets.as_csv(lines(found), name=f"{g.person.name} {title}")


def asked_for(session: NetworkSession) -> OwnRows | None:
    """One's own rows of the rubric, term, school and criterion that the address names."""
    named = request.args
    return own_rows.of(
        session,
        g.person.id,
        digest=named.get("rubric", ""),
        narrowed=asked.narrowed(),
        criterion=named.get("criterion", ""),
    )


def kept(found: OwnRows) -> dict[str, str]:
    """What an address says so that it names these rows again."""
    narrowed = found.narrowed
    return said(
        rubric=found.digest,
        term=narrowed.term,
        school=narrowed.school_id,
        criterion=found.criterion,
    )


def lines(found: OwnRows | None) -> Iterable[Line]:
    """A line for each two levels, in order of time and of the rubric."""
    yield COLUMNS
    if found is None:
        return
    levels, codes = levels_of(found.rubric), codes_of(found.rubric)
    place = {key: number for number, key in enumerate(levels)}
    known = [row for row in found.rows if row.criterion in place]
    for row in sorted(known, key=lambda r: (r.observed_on, r.lesson_id, place[r.criterion])):
        lesson = found.lessons.get(row.lesson_id)
        yield (
            lesson.title if lesson else "",
            row.observed_on.isoformat(),
            lesson.teacher if lesson else "",
            *(row.criterion, row.occasion, codes.get(row.criterion, "")),
            found.partners.get(row.partner_id, ""),
            *(row.my_capacity, row.their_capacity),
            *(levels[row.criterion][row.mine], levels[row.criterion][row.theirs]),
        )
