"""A group at an exercise: the room before the reveal, the spread after it, projected and as a file."""

from collections.abc import Iterable
from uuid import UUID

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import Missing, ObserveError
from observe.core.permissions import Thing
from observe.core.typed import day_in, id_in, number_in
from observe.services import exercise_groups
from observe.services.exercise_groups import Room
from observe.storage.database import NetworkSession
from observe.web.calibration import exercise_words
from observe.web.calibration.blueprint import blueprint
from observe.web.calibration.exercise import of as of_exercise
from observe.web.calibration.exercise import page as exercise_page
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.spreadsheets import Line, Sheet, as_csv, as_workbook
from observe.web.words import gettext as _


def of(session: NetworkSession, group_id: UUID) -> Thing:
    """The group that an address names."""
    return exercise_groups.thing(session, group_id)


@blueprint.post("/practice/exercises/<uuid:exercise_id>/groups")
@requires("lead group", of=of_exercise)
def open_group(exercise_id: UUID) -> ResponseReturnValue:
    """Open a group for a day, with those who are asked and letters for those in the room."""
    show_again(lambda refusal: exercise_page(exercise_id, refusal))
    asked = [found for each in request.form.getlist("asked") if (found := id_in(each))]
    day = day_in(request.form.get("held_on", ""))
    number = number_in(request.form.get("number", ""))
    with write() as session:
        group = exercise_groups.open_group(
            session, exercise_id, held_on=day, asked=asked, number=number, by=g.person, at=now()
        )
    return redirect(url_for("calibration.exercise_group", group_id=group.id))


@blueprint.get("/practice/groups/<uuid:group_id>")
@requires("lead group", of=of)
def exercise_group(group_id: UUID) -> ResponseReturnValue:
    """How many have sealed; after the reveal the spread, on a screen one criterion at a time."""
    return _page(group_id)


def _page(group_id: UUID, refusal: ObserveError | None = None) -> str:
    room = _room(group_id)
    projected = "screen" in request.args and bool(room.spreads)
    page = "exercise_screen.html" if projected else "exercise_group.html"
    return render_template(
        f"calibration/{page}",
        room=room,
        fault=refusal.sentence if refusal else "",
        words=exercise_words,
        **(_on_screen(room) if projected else {}),
    )


def _room(group_id: UUID) -> Room:
    with read() as session:
        return exercise_groups.room(session, group_id)


def _on_screen(room: Room) -> dict[str, object]:
    """The spread on the screen, and the criteria before and after it."""
    criteria = [each.criterion for each in room.spreads]
    keys = [each.criterion for each in criteria]
    named = request.args.get("at", "")
    place = keys.index(named) if named in keys else 0
    return {
        "spread": room.spreads[place],
        "before": criteria[place - 1] if place else None,
        "after": criteria[place + 1] if place + 1 < len(criteria) else None,
        "number": place + 1,
    }


@blueprint.get("/practice/groups/<uuid:group_id>/count")
@requires("lead group", of=of)
def group_count(group_id: UUID) -> ResponseReturnValue:
    """How many take part and have sealed, for the page that waits."""
    with read() as session:
        found = exercise_groups.counted(session, group_id)
    said = exercise_words.sealed_words(found.sealed, found.asked)
    return {"asked": found.asked, "sealed": found.sealed, "words": said}


@blueprint.post("/practice/groups/<uuid:group_id>/reveal")
@requires("lead group", of=of)
def reveal_group(group_id: UUID) -> ResponseReturnValue:
    """Show the spread to everybody who takes part."""
    show_again(lambda refusal: _page(group_id, refusal))
    with write() as session:
        exercise_groups.reveal(session, group_id, by=g.person, at=now())
    flash(_("The spread is shown, here and to everybody who took part."))
    return redirect(url_for("calibration.exercise_group", group_id=group_id))


@blueprint.post("/practice/groups/<uuid:group_id>/call-off")
@requires("lead group", of=of)
def call_off_group(group_id: UUID) -> ResponseReturnValue:
    """End a group that does not take place."""
    with write() as session:
        exercise_groups.call_off(session, group_id, by=g.person, at=now())
    flash(_("Called off. What was rated stays sealed and counts in nothing."))
    return redirect(url_for("calibration.exercise_group", group_id=group_id))


@blueprint.get("/practice/groups/<uuid:group_id>/spread.csv")
@requires("lead group", of=of)
def spread_csv(group_id: UUID) -> Response:
    """How many gave each level of each criterion, without names; where five or more did."""
    room = _room(group_id)
    return as_csv(_lines(room), name=room.exercise.title)


@blueprint.get("/practice/groups/<uuid:group_id>/spread.xlsx")
@requires("lead group", of=of)
def spread_xlsx(group_id: UUID) -> Response:
    """The same as an Excel file."""
    room = _room(group_id)
    return as_workbook([Sheet(_("Spread"), _lines(room))], name=room.exercise.title)


def _lines(room: Room) -> Iterable[Line]:
    if not room.spreads:
        raise Missing(_("The spread is not shown yet."))
    yield ("criterion", "title", "level", "people", "is_reference", "reason")
    for each in room.spreads:
        for place, level in enumerate(each.criterion.scale.levels):
            people = "" if each.counts is None else each.counts[place]
            here = place == each.reference
            yield (
                *(each.criterion.criterion, f"{each.criterion.code} {each.criterion.title}"),
                *(level.value, people, here, each.reason if here else ""),
            )
