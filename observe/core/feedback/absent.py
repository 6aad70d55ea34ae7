"""What a draft could not say, in sentences for its author."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from observe.core.feedback.choosing import (
    CHOSEN,
    Agreements,
    Candidate,
    notes_on,
    side_by_levels,
    sided,
)
from observe.core.feedback.facts import CLAIMS, Agreement, Evidence, OpenTarget, Part
from observe.core.feedback.proof import why_not
from observe.core.feedback.spoken import listed, quoted
from observe.core.feedback.typed import finished, plain
from observe.core.feedback.untold import Discretion
from observe.core.pairing import Outcome
from observe.core.rubric import Criterion, Rubric

NOTHING = {
    Part.STRENGTH: "No strength has evidence yet. Tag a note that shows what helped.",
    Part.NEXT_STEP: "No next step has evidence yet. Tag a note that shows what got in the way.",
}
UNNOTED = "No note is tagged to {titles}, so the draft says nothing of {it}."
UNQUOTABLE = (
    "The notes on {{titles}} cannot be quoted as they stand, so the draft leaves {{it}} out: "
    "they {why}."
)
AGAIN = "are quoted already"
UNMARKED = (
    "The notes on {titles} do not say whether it helped or hindered, so the draft says nothing of {it}. "
    "Mark them + or −."
)
UNAGREED = "No level is agreed for {titles}, so the draft says nothing of {it}."
DIFFERING = "The observers still differ on {titles}, so the draft says nothing of {it}."
THE_TARGET = "the open target “{text}”"
TARGET_UNNOTED = "No note speaks to {target}."
TARGET_EVEN = "The notes on {target} point neither way, so the draft does not speak of it."
TARGET_LOOSE = "No criterion belongs to {target}, so the draft does not speak of it."


def what_is_missing(
    rubric: Rubric,
    agreements: Agreements,
    evidence: Sequence[Evidence],
    chosen: Mapping[Part, Sequence[str]],
    *,
    target: OpenTarget | None,
    keeps: Discretion,
) -> Iterator[str]:
    """Sentences on strengths and next steps without usable notes, and on the open target."""
    on_a_side = list(sided(rubric, agreements, evidence))
    yield from (NOTHING[side] for side in CLAIMS if not chosen[side])
    yield from _about(UNNOTED, [one.criterion for one in on_a_side if not one.notes], keeps)
    yield from _unquotable(_passed_over(on_a_side, chosen), keeps)
    if rubric.graded:
        yield from _unsettled(rubric, agreements, evidence, keeps)
    if not all(chosen[side] for side in CLAIMS):
        yield from _about(UNMARKED, list(_unmarked(rubric, evidence)), keeps)
    if target:
        yield from _of_target(
            target, evidence, {one.criterion.criterion for one in on_a_side}, keeps
        )


def _unquotable(found: Sequence[Candidate], keeps: Discretion) -> Iterator[str]:
    """Each criterion once, with those that are left out for the same reason."""
    reasons = [_reason(one, keeps) for one in found]
    for why in dict.fromkeys(reasons):
        about = [one.criterion for one, own in zip(found, reasons, strict=True) if own == why]
        yield from _about(UNQUOTABLE.format(why=why), about, keeps)


def _reason(one: Candidate, keeps: Discretion) -> str:
    """Why none of its notes can be quoted: `hold no words, or are marked the other way`."""
    told = (why_not(note, one.side, keeps) for note in one.notes)
    return ", or ".join(dict.fromkeys(why for why in told if why)) or AGAIN


def _unsettled(
    rubric: Rubric, agreements: Agreements, evidence: Sequence[Evidence], keeps: Discretion
) -> Iterator[str]:
    """Criteria with notes whose levels put them on no side: none was agreed, or they lie apart."""
    noted = [
        one
        for one in rubric.criteria()
        if one.scale.has_levels and notes_on(one.criterion, evidence)
    ]
    told = {one.criterion: agreements.get(one.criterion) for one in noted}
    apart = [one for one in noted if _lie_apart(one, told[one.criterion])]
    yield from _about(UNAGREED, [one for one in noted if _is_open(told[one.criterion])], keeps)
    yield from _about(DIFFERING, apart, keeps)


def _unmarked(rubric: Rubric, evidence: Sequence[Evidence]) -> Iterator[Criterion]:
    """Criteria whose marks decide, with notes of which none has a mark."""
    for one in rubric.criteria():
        notes = notes_on(one.criterion, evidence)
        decides = not (rubric.graded and one.scale.has_levels) and (one.strengths or one.next_steps)
        if decides and notes and not any(note.mark for note in notes):
            yield one


def _is_open(agreement: Agreement | None) -> bool:
    return agreement is None or (agreement.level is None and agreement.outcome != Outcome.DIFFER)


def _lie_apart(criterion: Criterion, agreement: Agreement | None) -> bool:
    differ = agreement is not None and agreement.outcome == Outcome.DIFFER
    return differ and side_by_levels(criterion.scale, agreement) is None


def _of_target(
    target: OpenTarget, evidence: Sequence[Evidence], on_a_side: Collection[str], keeps: Discretion
) -> Iterator[str]:
    """Why the draft does not speak of the open target, where it cannot."""
    told = "the open target"
    if target.text.strip() and not keeps.tells(target.text):
        told = THE_TARGET.format(text=finished(plain(target.text)))
    if target.criterion is None:
        yield TARGET_LOOSE.format(target=told)
    elif not notes_on(target.criterion, evidence):
        yield TARGET_UNNOTED.format(target=told)
    elif target.criterion not in on_a_side:
        yield TARGET_EVEN.format(target=told)


def _passed_over(
    on_a_side: Sequence[Candidate], chosen: Mapping[Part, Sequence[str]]
) -> list[Candidate]:
    """With notes, but not chosen although there was room: nothing in them could be quoted."""
    return [one for one in on_a_side if one.notes and _has_room(one, chosen[one.side])]


def _has_room(one: Candidate, chosen: Sequence[str]) -> bool:
    return len(chosen) < CHOSEN[one.side] and one.criterion.criterion not in chosen


def _about(sentence: str, found: Sequence[Criterion], keeps: Discretion) -> Iterator[str]:
    if found:
        titles = listed([_called(one, keeps) for one in found])
        yield sentence.format(titles=titles, it="it" if len(found) == 1 else "them")


def _called(criterion: Criterion, keeps: Discretion) -> str:
    """The title of a criterion; its code where the title tells a level."""
    return criterion.code if keeps.tells(criterion.title) else quoted(criterion.title)
