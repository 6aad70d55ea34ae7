"""Which notes a line rests on, and how they are quoted in it."""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from observe.core.feedback.bare import is_bare, is_brief, is_kept_back, is_thin, points_elsewhere
from observe.core.feedback.choosing import Candidate
from observe.core.feedback.facts import Evidence, Part
from observe.core.feedback.quoting import Quotation, quotation
from observe.core.feedback.untold import Discretion

MOST = 2
TELLS = "hold a level or a word of the scale, which a draft from this rubric keeps to itself"
BARE = "say how good it was and not what happened"
THIN = "say too little to be understood by somebody who was not there"
KEPT_BACK = "say themselves that they are not to be passed on"
POINTING = "only point at another note"
WORDLESS = "hold no words"
OTHER_WAY = "are marked the other way"
FITTING = {Part.STRENGTH: "+", Part.NEXT_STEP: "-"}


def proof(
    candidate: Candidate, *, used: Collection[Quotation], keeps: Discretion
) -> tuple[Quotation, ...]:
    """The best quotable note of each of two observers, in order of time.

    A note that says the opposite is not used, one that another line quotes only if there is no other,
    and one that tells a level which the draft `keeps` to itself never.
    """
    ids = {told.note_id for told in used}
    found: dict[str, tuple[Evidence, Quotation]] = {}
    for note in sorted(candidate.notes, key=lambda note: _rank(note, candidate.side, ids)):
        told = None if note.observer in found else _quotable(note, candidate.side, keeps)
        others = [other for _, other in found.values()]
        others += [other for other in used if other.note_id != note.id]
        if told and not _repeats(told, others):
            found[note.observer] = (note, told)
        if len(found) == min(MOST, candidate.observers):
            break
    return _in_order(found.values(), ids)


def _in_order(
    best: Iterable[tuple[Evidence, Quotation]], used: Collection[str]
) -> tuple[Quotation, ...]:
    """What no other line quotes, in order of time; else one that is named and not quoted again."""
    ordered = sorted(best, key=lambda pair: _when(pair[0]))
    fresh = tuple(told for note, told in ordered if note.id not in used)
    return fresh or tuple(replace(told, again=True) for _, told in ordered[:1])


def _rank(
    note: Evidence, side: Part, used: Collection[str]
) -> tuple[bool, bool, bool, int, str, int, str]:
    """What is fresh, what fits, what tells something, what speaks of this alone; then what came first."""
    fits = note.mark == FITTING[side]
    return note.id in used, not fits, is_brief(note.text), len(note.criteria), *_when(note)


def _when(note: Evidence) -> tuple[str, int, str]:
    return note.at.isoformat() if note.at else "", note.minute or 0, note.id


def _quotable(note: Evidence, side: Part, keeps: Discretion) -> Quotation | None:
    if note.mark not in (FITTING[side], None):
        return None
    told = _quoted(note)
    return told if told and not unfit(note, told, keeps) else None


def why_not(note: Evidence, side: Part, keeps: Discretion) -> str | None:
    """Why a note cannot stand for a side, as a sentence for the author goes on; None if it can."""
    if note.mark not in (FITTING[side], None):
        return OTHER_WAY
    told = _quoted(note)
    return unfit(note, told, keeps) if told else WORDLESS


def unfit(note: Evidence, told: Quotation, keeps: Discretion) -> str | None:
    """Why what is quoted bears nothing out, or may not be told."""
    if keeps.tells(f"{note.text} {told.said}"):
        return TELLS
    if is_kept_back(note.text):
        return KEPT_BACK
    if points_elsewhere(told.words):
        return POINTING
    if told.said_by:
        return None
    if is_bare(told.words):
        return BARE
    return THIN if is_thin(told.words) else None


def _quoted(note: Evidence) -> Quotation | None:
    return quotation(
        *(note.id, note.text),
        at=note.at,
        speaker=note.speaker,
        kind=note.kind,
        minute=note.minute,
    )


def _repeats(told: Quotation, others: Iterable[Quotation]) -> bool:
    """Two observers may write the same words and count differently, or one of them less."""
    return any(_uncounted(told.words) in _uncounted(other.said) for other in others)


def _uncounted(words: str) -> str:
    return re.sub(r"\W+|\d+", " ", words.casefold()).strip()
