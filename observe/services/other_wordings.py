"""Other words for one line of a draft: the rubric's own, the author's phrases, the network's."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from observe.core.feedback.choosing import Candidate, sided
from observe.core.feedback.facts import Evidence, Part
from observe.core.lesson import Lesson
from observe.core.permissions import Person
from observe.core.rubric import Rubric
from observe.services import drafting
from observe.storage import lessons, phrases, shelf, summaries
from observe.storage.database import NetworkSession
from observe.storage.phrases import Phrase

if TYPE_CHECKING:
    from observe.core.feedback.wordings import Wording

SAID = {Part.STRENGTH: Part.STRENGTH, Part.NEXT_STEP: Part.NEXT_STEP, Part.TARGET: Part.NEXT_STEP}


@dataclass(frozen=True, slots=True)
class Offer:
    """What a line could say instead."""

    rubrics: tuple[Wording, ...]
    phrases: tuple[Phrase, ...]


def offer(
    session: NetworkSession,
    summary_id: UUID,
    part: Part,
    *,
    criterion: str | None,
    note_ids: Collection[str],
    by: Person,
) -> Offer:
    """Other words for a line of this part on these notes; phrases for its criterion come first."""
    lesson = lessons.find(session, summaries.row(session, summary_id).lesson_id)
    evidence = [note for note in drafting.evidence_of(session, lesson) if note.id in note_ids]
    about = criterion or next((key for note in evidence for key in note.criteria), None)
    rubrics = _rubrics(session, lesson, part, about, evidence) if about and part in SAID else ()
    return Offer(rubrics, tuple(fitting(phrases.open_to(session, by.id), part, about)))


def fitting(kept: Sequence[Phrase], part: Part, criterion: str | None) -> list[Phrase]:
    """The phrases for a part, those for the criterion first."""
    of_part = [phrase for phrase in kept if phrase.part is part]
    return sorted(of_part, key=lambda phrase: phrase.criterion != criterion)


def _rubrics(
    session: NetworkSession,
    lesson: Lesson,
    part: Part,
    criterion: str,
    evidence: Sequence[Evidence],
) -> tuple[Wording, ...]:
    """What words a line is loaded only here, as is what composes a draft."""
    from observe.core.feedback import wordings
    from observe.core.feedback.untold import discretion

    rubric = shelf.rubric(session, lesson.rubric_digest)
    found = rubric.find(criterion)
    if found is None:
        return ()
    keeps, we = discretion(rubric), "we" if len(drafting.sealed_seats(lesson)) > 1 else "I"
    candidate = _candidate(session, lesson, rubric, SAID[part], criterion)
    return wordings.wordings(part, found, candidate, evidence, keeps=keeps, we=we)


def _candidate(
    session: NetworkSession, lesson: Lesson, rubric: Rubric, side: Part, criterion: str
) -> Candidate | None:
    """The criterion with the levels that were given, if it is on this side."""
    agreed = {each.criterion: each for each in drafting.agreements_of(session, lesson, rubric)}
    found = sided(rubric, agreed, drafting.evidence_of(session, lesson))
    those = (one for one in found if one.criterion.criterion == criterion and one.side is side)
    return next(those, None)
