"""Which notes a line rests on, and how they are quoted in it."""

import re
from collections.abc import Collection, Iterable

from observe.core.feedback import grade_words
from observe.core.feedback.choosing import Candidate
from observe.core.feedback.facts import Evidence, Part
from observe.core.feedback.quoting import Quotation, quotation

MOST = 2
FITTING = {Part.STRENGTH: "+", Part.NEXT_STEP: "-"}


def proof(
    candidate: Candidate, *, used: Collection[str], labels: Iterable[str]
) -> tuple[Quotation, ...]:
    """The best quotable note of each of two observers, in order of time.

    A note that says the opposite is not used, one that another line quotes only if there is no other,
    and one that holds one of the `labels` of levels never.
    """
    found: dict[str, tuple[Evidence, Quotation]] = {}
    for note in sorted(candidate.notes, key=lambda note: _rank(note, candidate.side, used)):
        told = _quotable(note, candidate.side, labels)
        if told and note.observer not in found and not _repeats(told, found.values()):
            found[note.observer] = (note, told)
    best = list(found.values())[:MOST]
    fresh = [pair for pair in best if pair[0].id not in used] or best[:1]
    return tuple(told for _, told in sorted(fresh, key=lambda pair: _when(pair[0])))


def _rank(note: Evidence, side: Part, used: Collection[str]) -> tuple[bool, bool, str, str]:
    return note.id in used, note.mark != FITTING[side], *_when(note)


def _when(note: Evidence) -> tuple[str, str]:
    return note.at.isoformat() if note.at else "", note.id


def _quotable(note: Evidence, side: Part, labels: Iterable[str]) -> Quotation | None:
    if note.mark not in (FITTING[side], None) or (labels and grade_words.hinted(note.text, labels)):
        return None
    return quotation(note.id, note.text, at=note.at, speaker=note.speaker, kind=note.kind)


def _repeats(told: Quotation, others: Iterable[tuple[Evidence, Quotation]]) -> bool:
    """Two observers may write the same words and count differently."""
    return any(_uncounted(told) == _uncounted(other) for _, other in others)


def _uncounted(told: Quotation) -> str:
    return re.sub(r"\d+", "", told.words.casefold())
