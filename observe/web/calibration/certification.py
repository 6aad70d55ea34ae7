"""Certification: where one stands, the results that one may see, and what is due to be decided."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from flask import Response, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from observe.core.certificates import ByHand
from observe.core.certification_standing import Result
from observe.core.permissions import OBSERVERS, RoleKind, Thing, may
from observe.services import certification_rules, certification_seen, certifying
from observe.storage import certificates, people
from observe.storage.database import NetworkSession
from observe.web import certificate_words
from observe.web.calibration import (
    certification_asked,
    certification_how,
    certification_told,
    certification_why,
    certification_words,
)
from observe.web.calibration.blueprint import blueprint
from observe.web.database import now, read, write
from observe.web.guard import requires
from observe.web.reading import note_reading
from observe.web.spreadsheets import Line, Sheet, as_csv, as_workbook
from observe.web.words import gettext as _

SHARES = ("share", "low", "high", "probability", "chance")
COLUMNS = (
    *("person", "rule_version", "attempt", "look", "decision", "clause", "criterion"),
    *("ratings", "points", "share", "low", "high", "probability", "luck_alone"),
    *("next_look", "judged_on", "certified_until", "lessons", "judged", "kind", "by", "reason"),
)
HAND = "by hand"
WORDS = {
    "words": certification_words,
    "told": certification_told,
    "why": certification_why.why,
    "dates": certificate_words,
}


def of(session: NetworkSession, person_id: UUID) -> Thing:
    """The figures of whom an address names, as certification tells them."""
    return certifying.figures_thing(session, person_id, by=g.person, at=now())


def _judging(session: NetworkSession, person_id: UUID) -> Thing:
    return certifying.judging_thing(session, person_id, by=g.person, at=now())


@blueprint.get("/certification")
@requires("see certification")
def certification() -> ResponseReturnValue:
    """Where one stands oneself, the rule in force, and the results of others that one may see."""
    with read() as session:
        place = certifying.place_of(session, g.person.id, at=now())
        narrowed = certification_asked.narrowed()
        others = certification_seen.others(session, by=g.person, at=now(), narrowed=narrowed)
        choices = certification_seen.choices(session, by=g.person)
        rule = place.version.rule if place.version else None
        errs = certification_rules.errs(session, rule) if rule else []
        agreed = certificates.agreed(session)
    return render_template(
        "calibration/certification.html",
        where=place,
        sentences=[certification_told.own_stand(track) for track in place.tracks],
        others=others,
        choices=choices,
        narrowed=narrowed,
        kept=certification_asked.kept(narrowed),
        asked=certification_asked,
        errs=errs,
        observes=g.person.has(*OBSERVERS),
        rechecks=g.person.has(RoleKind.FACILITATOR, RoleKind.ADVISER),
        limits=agreed.limits,
        today=now().date(),
        worked=certification_how.sentences(),
        **WORDS,
    )


@blueprint.post("/certification/look")
@requires("be certified")
def look() -> ResponseReturnValue:
    """Decide on oneself where it is due: a person sees their own result first."""
    with write() as session:
        found = certifying.judge(session, g.person.id, by=g.person, at=now())
    if not found:
        flash(_("Nothing is due to be decided yet."))
    return redirect(url_for("calibration.certification"))


@blueprint.get("/certification/of/<uuid:person_id>")
@requires("see figures of a person", of=of)
def certification_of(person_id: UUID) -> ResponseReturnValue:
    """Where somebody else stands and what was decided."""
    with read() as session:
        place = certifying.place_of(session, person_id, at=now())
        thing = _judging(session, person_id)
    page = render_template(
        "calibration/certification_of.html",
        where=place,
        sentences=[certification_told.stand_of(place.name, track) for track in place.tracks],
        may_judge=certifying.may_judge(thing, by=g.person),
        sets_by_hand=may(g.person, "set certificate by hand", thing),
        today=now().date(),
        **WORDS,
    )
    return note_reading(page, "certification", person_id)


@blueprint.post("/certification/of/<uuid:person_id>/look")
@requires("judge certification", of=_judging)
def look_at(person_id: UUID) -> ResponseReturnValue:
    """Decide on somebody who has not opened what is due for 28 days."""
    with write() as session:
        certifying.judge(session, person_id, by=g.person, at=now())
    return redirect(url_for("calibration.certification_of", person_id=person_id))


@blueprint.get("/certification.csv")
@requires("see certification")
def certification_csv() -> Response:
    """A line for each result that the page shows to the same reader, with the lessons used."""
    with read() as session:
        found = _shown(session)
        lines = list(_results(session, found))
    return as_csv(lines, name="certification")


@blueprint.get("/certification.xlsx")
@requires("see certification")
def certification_xlsx() -> Response:
    """The same results, one's own lessons that count now, and how it is worked out, a sheet each."""
    with read() as session:
        found = _shown(session)
        place = certifying.place_of(session, g.person.id, at=now())
        sheets = list(_sheets(session, found, place))
    return as_workbook(sheets, name="certification")


def _shown(session: NetworkSession) -> Sequence[tuple[str, Result]]:
    """The results that the page of the same address shows, and one's own."""
    narrowed = certification_asked.narrowed()
    return certification_seen.results_shown(session, by=g.person, at=now(), narrowed=narrowed)


def _sheets(
    session: NetworkSession, found: Sequence[tuple[str, Result]], place: certifying.Place
) -> Iterator[Sheet]:
    yield Sheet(_("Results"), list(_results(session, found)))
    if g.person.has(*OBSERVERS):
        yield Sheet(_("Your lessons that count"), _gaps(place))
    if place.version:
        rule = place.version.rule
        errs = certification_rules.errs(session, rule)
        told = certification_how.as_lines(place.version, place.rubric, errs)
        yield Sheet(_("How worked out"), told)


def _results(session: NetworkSession, found: Sequence[tuple[str, Result]]) -> Iterable[Line]:
    """A line for each result, and one for each certificate that was set by hand, by name and time."""
    yield COLUMNS
    said = certification_seen.by_hand_shown(
        session, by=g.person, at=now(), narrowed=certification_asked.narrowed()
    )
    names = people.names(session, {each.by for _, each in found} | {each.by for _, each in said})
    lines = [(name, each.at, _line(name, each, names)) for name, each in found]
    lines += [(name, each.at, _hand(name, each, names)) for name, each in said]
    yield from (line for *_, line in sorted(lines, key=lambda each: (each[0].casefold(), each[1])))


def _line(name: str, result: Result, names: Mapping[UUID, str]) -> Line:
    shares = (getattr(result, share) for share in SHARES)
    return (
        *(name, result.version, result.attempt, result.look),
        *(str(result.decision), str(result.clause), result.criterion, result.cells, result.points),
        *("" if share is None else round(share, 4) for share in shares),
        *(result.next_look or "", result.at.date().isoformat(), _iso(result.expires_on)),
        " ".join(map(str, result.lessons)),
        *(str(result.source), str(result.kind), names.get(result.by, ""), ""),
    )


def _hand(name: str, said: ByHand, names: Mapping[UUID, str]) -> Line:
    empty = ("",) * 10
    return (
        *(name, "", "", "", str(said.hand), *empty),
        *(said.at.date().isoformat(), _iso(said.until)),
        *("", "", HAND, names.get(said.by, ""), said.reason),
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


@blueprint.get("/certification/lessons.csv")
@requires("be certified")
def certification_lessons_csv() -> Response:
    """The very gaps of one's own lessons that count now, a line for each."""
    with read() as session:
        place = certifying.place_of(session, g.person.id, at=now())
    return as_csv(_gaps(place), name="lessons that count")


def _gaps(place: certifying.Place) -> Iterable[Line]:
    yield ("lesson", "observed_on", "criterion", "levels_apart", "levels", "judged")
    for track in place.tracks:
        for lesson in track.standing.lessons:
            for cell in lesson.cells:
                yield (
                    str(lesson.lesson_id),
                    lesson.observed_on.isoformat(),
                    *cell,
                    str(track.source),
                )
