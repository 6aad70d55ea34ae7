"""The page of a pair, for whoever asks: the talk, what was agreed, or how far it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import g, render_template

from observe.services import calibration, feedback_choice, precedents
from observe.services.calibration import AgreedRecord, Waiting
from observe.services.talking import Talk
from observe.storage.database import NetworkSession
from observe.web.calibration import picks_words, talk_news, talk_words, third_words
from observe.web.calibration.talk_form import Typed, form_of
from observe.web.database import now, read

PAGES = {
    Talk: "calibration/talk.html",
    AgreedRecord: "calibration/agreed.html",
    Waiting: "calibration/waiting.html",
}


@dataclass(frozen=True, slots=True)
class Turned:
    """How a page is opened: at a criterion, with what was typed and could not be saved, and why not.

    `faults` are sentences by the place on the page; `shifted_from` are the minutes before the last move.
    """

    at: str = ""
    typed: Mapping[str, Typed] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    shifted_from: int | None = None


@dataclass(frozen=True, slots=True)
class Forms:
    """The form of each criterion: what was typed if it could not be saved, else what is saved."""

    talk: Talk
    typed: Mapping[str, Typed]

    def __getitem__(self, key: str) -> Typed:
        return self.typed.get(key) or form_of(self.talk, key)


def page_of(
    session: NetworkSession, seen: Talk | AgreedRecord | Waiting, turned: Turned | None = None
) -> str:
    """The page for what this person may see."""
    g.zone = seen.lesson.zone
    context: dict[str, Any] = {"seen": seen, "lesson": seen.lesson, "say": talk_words, "at": now()}
    if isinstance(seen, Talk):
        context |= talk_context(session, seen, turned or Turned())
    return render_template(PAGES[type(seen)], **context)


def with_fault(lesson_id: UUID, place: str, sentence: str) -> str:
    """The talk once more, with a sentence on what is to mend at one place of it."""
    with read() as session:
        seen = calibration.look(session, lesson_id, by=g.person)
        return page_of(session, seen, Turned(faults={place: sentence}))


def talk_context(session: NetworkSession, talk: Talk, turned: Turned) -> dict[str, Any]:
    """All that the page of a talk says beside the talk itself."""
    turn = next(iter(talk.left or talk.open_criteria), None)
    names = talk_words.short_names(talk.observers)
    choices = feedback_choice.look(session, talk.lesson, by=g.person.id)
    return {
        "names": names,
        "first": dict(zip([one.person_id for one in talk.observers], names, strict=True)),
        "codes": {each.criterion.criterion: each.criterion.code for each in talk.compared},
        "open_at": turned.at or (turn.criterion.criterion if turn else ""),
        "forms": Forms(talk, turned.typed),
        "typed": turned.typed,
        "faults": turned.faults,
        "shifted_from": turned.shifted_from,
        "may_close_alone": talk.one_may_close(now()),
        "causes": talk_words.cause_words(),
        "third_words": third_words,
        "choices": choices,
        "unpicked": picks_words.before_finishing(choices),
        "marks": talk_news.marks_of(session, talk.lesson.id),
        "earlier": precedents.earlier(session, talk.lesson.rubric_digest, talk.lesson.id),
    }
