"""What a draft could not say, in sentences for its author."""

from collections.abc import Iterator, Mapping, Sequence

from observe.core.feedback.choosing import Agreements, Candidate, notes_on, sided
from observe.core.feedback.facts import CLAIMS, Evidence, OpenTarget, Part
from observe.core.feedback.spoken import listed, quoted
from observe.core.rubric import Rubric

NOTHING = {
    Part.STRENGTH: "No strength has evidence yet. Tag a note that shows what helped.",
    Part.NEXT_STEP: "No next step has evidence yet. Tag a note that shows what got in the way.",
}
UNNOTED = "No note is tagged to {titles}, so the draft says nothing of {it}."
UNQUOTABLE = "The notes on {titles} cannot be quoted as they stand, so the draft leaves {it} out."
TARGET_UNNOTED = "No note speaks to the open target “{text}”."


def what_is_missing(
    rubric: Rubric,
    agreements: Agreements,
    evidence: Sequence[Evidence],
    chosen: Mapping[Part, Sequence[str]],
    *,
    target: OpenTarget | None,
) -> Iterator[str]:
    """Sentences on strengths and next steps without usable notes, and on the open target."""
    on_a_side = list(sided(rubric, agreements, evidence))
    yield from (NOTHING[side] for side in CLAIMS if not chosen[side])
    yield from _about(UNNOTED, [one for one in on_a_side if not one.notes])
    yield from _about(UNQUOTABLE, _passed_over(on_a_side, chosen))
    if target and target.criterion and not notes_on(target.criterion, evidence):
        yield TARGET_UNNOTED.format(text=target.text.strip(" ."))


def _passed_over(
    on_a_side: Sequence[Candidate], chosen: Mapping[Part, Sequence[str]]
) -> list[Candidate]:
    """With notes, but not chosen although there was room: nothing in them could be quoted."""
    return [one for one in on_a_side if one.notes and not chosen[one.side]]


def _about(sentence: str, found: Sequence[Candidate]) -> Iterator[str]:
    if found:
        titles = listed([quoted(one.criterion.title) for one in found])
        yield sentence.format(titles=titles, it="it" if len(found) == 1 else "them")
