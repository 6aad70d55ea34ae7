"""Notes in which nobody is named: the pupils of a list become `one pupil`, `another pupil`."""

import re
from collections.abc import Iterator, Sequence

from observe.core.feedback.names import Named, named
from observe.core.feedback.short_words import DOES

NUMBERED = 9
NUMBERS = ("no", "one", "two", "three", "four", "five", "six")
_COUNTED = re.compile(
    r"\bone pupil(?:(?:, | ?/ ?)another pupil)*(?:,? (?:and|&|\+) |, )another pupil\b(?![’'])"
)
_ENDS = re.compile(r"[\"”.!?,]")
_SPEAKS = re.compile(r"\s*:")
_INITIAL = re.compile(r"\s([A-Z])\b\.?(?![\w’'])")
_SPOKEN_TO = re.compile(
    r"\b(?:thank\s+you|thanks|well\s+done|please|good\s+morning),?\s+$", re.IGNORECASE
)
_HEAD = re.compile(
    r"(?:^|(?<=[.!?;\n]\s))(?P<name>[^\W\d_]+(?:-[^\W\d_]+)*)"
    rf"(?=['’]s\s(?!(?:see|all)\b)|\s*:|(?:,|\s+(?:and|&))\s+(?-i:[A-Z])|\s+(?:{'|'.join(DOES)})\b)",
    re.MULTILINE | re.IGNORECASE,
)


def without_names(text: str, pupils: Sequence[str], staff: Sequence[str] = ()) -> str:
    """The text with each pupil's name put otherwise; as it is where no pupil is known."""
    found = sorted(_found(text, pupils, staff), key=lambda one: one.start) if pupils else []
    order = {pupil: place for place, pupil in enumerate(dict.fromkeys(one.pupil for one in found))}
    return _COUNTED.sub(_together, "".join(_pieces(text, found, order)))


def _together(listed: re.Match[str]) -> str:
    """`one pupil, another pupil and another pupil` as `three pupils`."""
    count = len(re.findall("pupil", listed[0]))
    return f"{NUMBERS[count]} pupils" if count < len(NUMBERS) else "several pupils"


def _found(text: str, pupils: Sequence[str], staff: Sequence[str]) -> Iterator[Named]:
    """Who is named, also by a name such as Grace or Will that begins what somebody does or says."""
    certain = list(named(text, pupils, staff=staff))
    yield from certain
    for head in _HEAD.finditer(text):
        whose = next((each for each in pupils if head["name"].casefold() in _parts(each)), None)
        if whose and not any(one.start <= head.start() < one.end for one in certain):
            yield Named(head["name"], whose, head.start())


def _parts(pupil: str) -> list[str]:
    return re.split(r"[\s,]+", pupil.casefold())


def _pieces(text: str, found: Sequence[Named], order: dict[str, int]) -> Iterator[str]:
    end, seen = 0, set[str]()
    for one in found:
        yield text[end : one.start]
        yield _instead(text, one, order[one.pupil], again=one.pupil in seen)
        seen.add(one.pupil)
        end = _end(text, one)
    yield text[end:]


def _is_called(text: str, one: Named) -> bool:
    """Whether somebody is spoken to by name inside quotation marks: `“Sit down, Ryan!”`."""
    before, after = text[: one.start].rstrip(), text[one.end :]
    inside = before.rfind("“") > before.rfind("”") or before.count('"') % 2 == 1
    return inside and before.endswith((",", "“", '"')) and bool(_ENDS.match(after))


def _end(text: str, one: Named) -> int:
    """Where the name ends, with the initial of the surname: `Ellie M`."""
    initial = _INITIAL.match(text, one.end)
    families = {part[:1] for part in _parts(one.pupil)}
    return initial.end() if initial and initial[1].casefold() in families else one.end


def _instead(text: str, one: Named, place: int, *, again: bool) -> str:
    """`P1` for who speaks, nobody for who is thanked; else who it was, without the name."""
    if _SPOKEN_TO.search(text, 0, one.start) or _is_called(text, one):
        return "…"
    if _SPEAKS.match(text, one.end):
        return f"P{place + 1}" if place < NUMBERED else "P"
    if again:
        return "that pupil" if place == 0 else "the other pupil"
    return "one pupil" if place == 0 else "another pupil"
