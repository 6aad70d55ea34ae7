"""What a partner did meanwhile: asked for every few seconds by a page of the talk that lies open."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import Response, g, jsonify, request
from flask.typing import ResponseReturnValue

from observe.core.canonical import hex_digest
from observe.core.lesson import Lesson
from observe.core.pairing import PairState
from observe.services import calibration, feedback_choice
from observe.storage import lessons, pairs, shelf, third_readings
from observe.storage.database import NetworkSession
from observe.web.calibration import talk_words
from observe.web.calibration.blueprint import blueprint
from observe.web.database import read
from observe.web.guard import requires
from observe.web.words import gettext as _


@dataclass(frozen=True, slots=True)
class News:
    """One place of the page as it stands: a mark that changes with it, and who did the last thing.

    `words` tell it to the others; empty where there is nothing to tell.
    """

    place: str
    mark: str
    mine: bool
    words: str


@blueprint.get("/pairs/<uuid:lesson_id>/news")
@requires("compare records", of=calibration.thing)
def news(lesson_id: UUID) -> ResponseReturnValue:
    """How each place of the talk stands; 304 while nothing has changed."""
    with read() as session:
        told = [_as_json(each) for each in news_of(session, lesson_id)]
    answer: Response = jsonify(news=told)
    answer.set_etag(hex_digest(told))
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer.make_conditional(request)


def _as_json(each: News) -> dict[str, str | bool]:
    return {"place": each.place, "mark": each.mark, "mine": each.mine, "words": each.words}


def marks_of(session: NetworkSession, lesson_id: UUID) -> Mapping[str, str]:
    """The mark of each place as a page carries it."""
    return {each.place: each.mark for each in news_of(session, lesson_id)}


def news_of(session: NetworkSession, lesson_id: UUID) -> Iterator[News]:
    """How each place of the talk stands for whoever asks."""
    lesson = lessons.find(session, lesson_id)
    yield from _criteria(session, lesson)
    yield _scripts(session, lesson)
    yield _feedback(session, lesson)
    yield _finish(session, lesson)


def _criteria(session: NetworkSession, lesson: Lesson) -> Iterator[News]:
    thirds = third_readings.of_lesson(session, lesson.id)
    agreed = pairs.agreed(session, lesson.id)
    for criterion in shelf.rubric(session, lesson.rubric_digest).criteria():
        there, third = agreed.get(criterion.criterion), thirds.get(criterion.criterion)
        place = f"c-{criterion.criterion}"
        what = f"{criterion.code} {criterion.title}"
        if third and third.answered_at:
            mark = f"{there.revision if there else 0} read"
            yield News(place, mark, False, _("A third reader has answered on %(what)s.", what=what))
        elif there:
            how = talk_words.agreed_words(criterion, there)
            who = _first_name(lesson, there.by)
            words = _("%(name)s saved %(what)s: %(how)s.", name=who, what=what, how=how)
            yield News(place, str(there.revision), there.by == g.person.id, words)
        else:
            yield News(place, "0", False, "")


def _first_name(lesson: Lesson, person_id: UUID) -> str:
    seat = lesson.seat_of(person_id)
    return seat.name.split()[0] if seat else _("Somebody")


def _scripts(session: NetworkSession, lesson: Lesson) -> News:
    times = pairs.times(session, lesson.id)
    shifts = [(seat, times[seat.observation_id].shift_minutes) for seat in lesson.observers]
    names = [seat.name.split()[0] for seat, minutes in shifts if minutes]
    words = _("No script is moved in time any more.")
    if names:
        words = _("Moved in time: the script of %(names)s.", names=talk_words.listed(names))
    return News("both", ",".join(str(minutes) for _seat, minutes in shifts), False, words)


def _feedback(session: NetworkSession, lesson: Lesson) -> News:
    found = feedback_choice.look(session, lesson, by=g.person.id)
    words = _("Everybody has picked. See whether you would tell the teacher the same.")
    return News("feedback", "open" if found.are_open else "closed", False, words)


def _finish(session: NetworkSession, lesson: Lesson) -> News:
    if pairs.find(session, lesson.id).state == PairState.CLOSED:
        return News("finish", "finished", False, _("This talk is finished."))
    taps = pairs.taps(session, lesson.id)
    others = [s.name.split()[0] for s in lesson.observers if s.person_id in taps - {g.person.id}]
    words = _("%(names)s: the talk is finished.", names=talk_words.listed(others)) if others else ""
    return News("finish", " ".join(sorted(str(tap) for tap in taps)), False, words)
