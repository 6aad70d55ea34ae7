"""Pupils' names in a text: found whatever accents or endings they have, seldom where there are none.

A word that is a name and another word, too (Will, Rose, May), is a name only where it stands with a capital
inside a sentence, and not as part of another name (Rose Class, in May, the Summer term).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from observe.core.feedback.name_here import Place, is_a_name, is_period, plain, unowned
from observe.core.feedback.name_words import (
    DETERMINERS,
    FUNCTION,
    OBSERVED,
    PARTICLES,
    PERIODS,
    SHORT_FORMS,
    TITLES,
)

_LETTER = r"[^\W\d_][\u0300-\u036f]*"
_WORD = re.compile(rf"(?:{_LETTER})+(?:[-’'‐‑](?:{_LETTER})+)*")
_TITLE_GOES_ON = re.compile(
    r"\s+(?:and|in|of|or|at)\s+(?:the|his|her|a)\s+(?:\w+\s+)?[A-Z]|\s+(?:of|the)\s+[A-Z]"
)
_STANDS_ALONE = re.compile(r"\s*(?:[,.!?;:)”\"]|$|[-–—]\s|\n)")


@dataclass(frozen=True, slots=True)
class Named:
    """A name where it stands: as it is written, without what it owns, and the pupil's full name."""

    written: str
    pupil: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.written)


def named(text: str, pupils: Iterable[str], *, staff: Iterable[str] = ()) -> Iterator[Named]:
    """The pupils that the text names; where staff are spoken to or signed, the name is theirs."""
    known = _known(tuple(pupils))
    taught = _names_of(tuple(staff))
    found = list(_parts_named(text, known, taught))
    yield from _joined(found)


def initial(pupil: str) -> str:
    """How a pupil may be written instead: `M.` for Maisie."""
    family, _, given = pupil.partition(",")
    return f"{(given or family).strip()[:1].upper()}."


def _joined(parts: Iterable[Named]) -> Iterator[Named]:
    """First name and surname of one pupil as one."""
    whole: Named | None = None
    for part in parts:
        if whole and part.pupil == whole.pupil and part.start == whole.end + 1:
            whole = replace(whole, written=f"{whole.written} {part.written}")
            continue
        if whole:
            yield whole
        whole = part
    if whole:
        yield whole


def _parts_named(
    text: str, known: Mapping[str, tuple[str, ...]], staff: frozenset[str]
) -> Iterator[Named]:
    words = list(_WORD.finditer(text))
    for number, word in enumerate(words):
        bare = unowned(word[0])
        pupils = known.get(plain(bare)) or known.get(plain(word[0])) or _hyphened(bare, known)
        pupils = pupils or _in_two_words(words[number : number + 2], known)
        if not pupils and _lacks_apostrophe(word):
            bare = bare[:-1]
            pupils = known.get(plain(bare), ())
        if not pupils:
            continue
        place = Place(bare, text, word.start(), words, number)
        pupil = _whose(place, pupils)
        if pupil and not (place.name in staff and _is_staff(place, staff)):
            yield Named(bare, pupil, word.start())


def _lacks_apostrophe(word: re.Match[str]) -> bool:
    """Whether a word may be a name and what it owns, typed in haste: `Tadhgs group`."""
    goes_on = re.match(r"\s+[a-z]", word.string[word.end() :])
    return word[0][0].isupper() and word[0].endswith("s") and bool(goes_on)


@lru_cache(maxsize=64)
def _known(pupils: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Each name and short form, and the pupils it may mean."""
    found: dict[str, list[str]] = {}
    for pupil in pupils:
        names = [plain(name) for name in _parts(pupil)]
        whole = [re.sub("[-']", "", name) for name in names if "-" in name or "'" in name]
        for name in [
            *names,
            *whole,
            *(short for one in names for short in SHORT_FORMS.get(one, ())),
        ]:
            found.setdefault(name, []).append(pupil)
    return {name: tuple(whose) for name, whose in found.items()}


@lru_cache(maxsize=64)
def _names_of(people: tuple[str, ...]) -> frozenset[str]:
    return frozenset(plain(name) for person in people for name in _parts(person))


def _parts(person: str) -> list[str]:
    """Given names and surname; `Morley, Catrin` too. Particles and single letters name nobody."""
    parts = _WORD.findall(person)
    return [part for part in parts if len(part) > 1 and plain(part) not in PARTICLES]


def _hyphened(word: str, known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The pupils of a name whose hyphen the list lacks (`Abdul-Rahman`), or of one half."""
    joined = known.get(re.sub(r"[-‐‑]", "", plain(word)), ()) if word[:1].isupper() else ()
    return joined or _of_halves(word, known)


def _in_two_words(
    words: list[re.Match[str]], known: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """The pupil whose double name stands in two words: `Ana Maria` for `Ana-Maria`."""
    if len(words) < 2 or not all(word[0][0].isupper() for word in words):
        return ()
    return known.get(plain(words[0][0] + unowned(words[1][0])), ())


def _of_halves(word: str, known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The pupil whose double name has a known half: `Siân-Elin`, not `half-term`."""
    halves = re.split(r"[-‐‑]", word)
    if len(halves) < 2 or not all(half[:1].isupper() for half in halves):
        return ()
    known_halves = [known[plain(half)] for half in halves if plain(half) in known]
    return known_halves[0] if known_halves else ()


def _whose(place: Place, pupils: tuple[str, ...]) -> str | None:
    """The pupil a word names here, None where it names nobody or somebody else."""
    if _is_titled(place):
        return None
    if place.bare.islower() and all(place.name == _given(pupil)[1] for pupil in pupils):
        return None
    whole = next((pupil for pupil in pupils if _beside_own(place, pupil)), None)
    if whole:
        return whole
    if _is_somebody_else(place, pupils) or not is_a_name(place):
        return None
    return pupils[0]


def _beside_own(place: Place, pupil: str) -> bool:
    """Whether the pupil's other name stands beside it, both with a capital."""
    others = {plain(name) for name in _parts(pupil)} - {place.name}
    beside = [plain(unowned(word)) for word in (place.before, place.after) if word[:1].isupper()]
    initials = {other[0].upper() for other in others} - {"I"}
    return place.bare[0].isupper() and (
        any(word in others for word in beside) or place.after in initials
    )


def _is_titled(place: Place) -> bool:
    titled_before = plain(place.earlier) in TITLES and place.before[:1].isupper()
    return plain(place.before) in TITLES or titled_before


def _is_somebody_else(place: Place, pupils: tuple[str, ...]) -> bool:
    """Whether a surname or a title of a book makes it another person: `Helen Price`, `Lake Rose`."""
    if _TITLE_GOES_ON.match(place.rest):
        return True
    given = [_given(pupil) for pupil in pupils]
    as_surname = place.name not in {name for name, _ in given if name}
    before, after = place.before, place.after
    if as_surname:
        return before[:1].isupper() and plain(before) not in FUNCTION | PERIODS | DETERMINERS
    surnamed = all(family for _, family in given)
    return surnamed and after[:1].isupper() and not is_period(after) and not after.isupper()


def _given(pupil: str) -> tuple[str, str]:
    """The name a pupil goes by, and the family name where the list has one."""
    family, comma, first = pupil.partition(",")
    parts = _parts(first if comma else pupil)
    rest = _parts(family) if comma else parts[1:]
    return (plain(parts[0]) if parts else ""), (plain(rest[-1]) if rest else "")


def _is_staff(place: Place, staff: frozenset[str]) -> bool:
    """Whether the name is here that of the teacher or an observer: spoken to, signed, or one who saw."""
    if plain(place.before) in staff | TITLES or plain(place.after) in staff:
        return True
    alone = bool(_STANDS_ALONE.match(place.rest))
    opened = place.begins or bool(re.search(r",\s*$", place.text[: place.start]))
    together = place.after in {"and", "&"} or place.before in {"and", "with", "&"}
    greeted = plain(place.before) in {
        "dear",
        "hi",
        "hello",
        "hey",
        "annwyl",
        "morning",
        "you",
        "thanks",
    }
    return greeted or (alone and opened) or together or plain(place.after) in OBSERVED
