"""The map of observers: who has observed with whom, who should next; and the links as files."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from uuid import UUID

from flask import Response, g, render_template, request
from flask.typing import ResponseReturnValue

from observe.core.permissions import OBSERVERS
from observe.core.typed import id_in
from observe.services import network_map, next_pairs
from observe.services.network_map import ALL_TIME, Asked, NetworkMap
from observe.web import proposal_words, spreadsheets
from observe.web.addresses import said
from observe.web.calibration import asked, observers_words
from observe.web.calibration.blueprint import blueprint
from observe.web.database import now, read
from observe.web.guard import requires
from observe.web.spreadsheets import Line, Sheet
from observe.web.words import gettext as _

NAME = "observers"
WITHOUT_NAMES = "no"
LISTED = 10


@blueprint.get("/observers")
@requires("see observers")
def observers() -> ResponseReturnValue:
    """The map as far as this reader may see it, and the pairs that would do most good next."""
    with read() as session:
        found = network_map.of_network(session, _asked(), by=g.person, at=now())
        known = found.known if found else None
        proposals = next_pairs.proposals(session, by=g.person, at=now(), known=known)
    return render_template(
        "calibration/observers.html",
        found=found,
        proposals=proposals,
        why=proposal_words.why,
        observes=g.person.has(*OBSERVERS),
        words=observers_words,
        asked=asked,
        kept=_kept(found) if found else {},
        listed=LISTED,
    )


@blueprint.get("/observers.csv")
@requires("see observers")
def observers_csv() -> Response:
    """A line for each two people who met, numbered and named; only numbered with `names=no`."""
    found = _found()
    named = request.args.get("names") != WITHOUT_NAMES
    return spreadsheets.as_csv(_links(found, named=named), name=NAME)


@blueprint.get("/observers.xlsx")
@requires("see observers")
def observers_xlsx() -> Response:
    """The same as a sheet, everybody on another, and for a facilitator what hangs on one link."""
    return spreadsheets.as_workbook(_sheets(_found()), name=NAME)


def _found() -> NetworkMap | None:
    with read() as session:
        return network_map.of_network(session, _asked(), by=g.person, at=now())


def _asked() -> Asked:
    named = request.args
    return Asked(
        rubric_digest=named.get("rubric", ""),
        since=named.get("since", ""),
        school_id=id_in(named.get("school", "")),
    )


def _kept(found: NetworkMap) -> dict[str, str]:
    """What an address says so that a colleague who opens it sees the same lessons."""
    choices = found.choices
    return said(
        rubric=choices.window.rubric_digest,
        since=choices.since.key if choices.since else ALL_TIME,
        school=choices.window.school_id,
    )


def _links(found: NetworkMap | None, *, named: bool) -> Iterator[Line]:
    names = ("name_a", "name_b") if named else ()
    yield ("observer_a", "observer_b", *names, "group", "lessons", "first_day", "last_day")
    if found is None:
        return
    numbers = _numbers(found)
    for each in found.seen.met:
        yield (
            *(numbers[person_id] for person_id in each.both),
            *(found.observers[person_id].name for person_id in each.both if named),
            *(found.group_of.get(each.first, 0), each.lessons),
            *(each.first_day.isoformat(), each.last_day.isoformat()),
        )


def _numbers(found: NetworkMap) -> dict[UUID, int]:
    """A number for each person, always the same and in no order that tells who it is."""
    shuffled = sorted(found.seen.people, key=lambda each: sha256(each.bytes).digest())
    return {person_id: number for number, person_id in enumerate(shuffled, start=1)}


def _sheets(found: NetworkMap | None) -> Iterator[Sheet]:
    yield Sheet(_("Pairs"), _links(found, named=True))
    if found is None:
        return
    yield Sheet(_("People"), _people(found))
    if found.sees_all:
        yield Sheet(_("What hangs on little"), _thin(found))


def _people(found: NetworkMap) -> Iterable[Line]:
    yield ("number", "name", "role", "group", "partners", "lessons_beside", "last_day")
    numbers = _numbers(found)
    for person_id, line in zip(found.seen.people, observers_words.people(found), strict=True):
        days = [met.last_day.isoformat() for met in line.met]
        beside = sum(met.lessons for met in line.met)
        yield (
            *(numbers[person_id], line.name, line.role, line.group, line.partners),
            *(beside, max(days, default="")),
        )


def _thin(found: NetworkMap) -> Sequence[Line]:
    """Every sentence about links, schools and people at the edge."""
    words = observers_words
    every = [*words.bridges(found), *words.thin_schools(found), *words.edge(found)]
    return [("what",), *((sentence,) for sentence in every)]
