"""Pupils' names in a text: found whatever accents or endings they have, seldom where there are none."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

_COMMON = """
    abbot amber angel art ash aurora autumn bailey baker barber bay beau bell bill bird bishop blossom
    blue bob brook brooks brown buddy butler cat carol carter chance chase chip christian clay cliff
    clover coal coral cook cooper crystal dale dawn dean dean destiny don drew duke earl eve ever faith
    field fields fisher flora forest fox frank freedom gale gardener gene ginger glen glory grace grant
    gray green grey guy hall happy harmony harp haven hazel heath heather heaven hill hills holly honor
    hope hunter iris ivy jack jade jasper jay jewel joy justice king kit knight lake lance land lane lee
    long love lily lilly mason major marina mark marsh martin may melody mercy merry mike mill miller
    mills miracle moon moss nick noble north norm north ocean olive opal page parker pat patience pat
    pearl penny peace phoenix pierce piper poppy porter potter price prince queen rain ray red reed reef
    rich river rivers rob robin rock rocky rod roman rose ruby rue rusty sage sally sam saint sandy savannah
    scout season serenity shaw shepherd sharp short silver skip sky skye small smart smith sonny spring
    star stone storm story summer sunny sue taylor temple terry terrence thyme timber tom tony trinity tree
    true trust turner tyler vale van victor victory violet ward waters wells west white wild will winter
    wolf wood woods wren wright young
"""
_PERIODS = (
    "may june april august january monday tuesday wednesday thursday friday saturday sunday easter"
)
_PLACES = """
    paris florence india chelsea jordan georgia israel chester lincoln kent devon dakota sydney austin
    madison brooklyn london kenya asia china eden york wales ireland france
"""
_SUBJECTS = "english welsh french german irish polish spanish latin greek"
COMMON, PERIODS = frozenset(_COMMON.split()), frozenset(_PERIODS.split())
PLACES, SUBJECTS = frozenset(_PLACES.split()), frozenset(_SUBJECTS.split())
_TITLES = frozenset(("mr", "mrs", "miss", "ms", "mx", "dr", "sir", "madam", "professor"))
_TIME = "in on by early late mid since until last next this of from before after"
_PLACE = "in from to of at near visit visiting called"
_OF_TIME, _OF_PLACE = frozenset(_TIME.split()), frozenset(_PLACE.split())

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_BEFORE_SENTENCE = re.compile(r"(?:^|[.!?…:;]|[“‘\"(])\s*[“‘\"(]*$")
_OWNED = re.compile(r"(?:['’]s|['’])$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A name where it stands: as it is written, without what it owns, and the pupil's full name."""

    written: str
    pupil: str
    start: int


def plain(word: str) -> str:
    """The word without accents and capitals: `Zoë` as `zoe`, `Łukasz` as `lukasz`."""
    told = word.translate(str.maketrans("łŁøØđĐıßæÆ", "lLoOdDisaA")).replace("’", "'")
    parts = unicodedata.normalize("NFD", told)
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


def named(text: str, pupils: Iterable[str], *, staff: Iterable[str] = ()) -> Iterator[Named]:
    """The pupils that the text names; a staff member's name is not a pupil's."""
    known = dict(_known(tuple(pupils)))
    for name in _names_of(tuple(staff)):
        known.pop(name, None)
    whole: Named | None = None
    for part in _parts_named(text, known):
        if (
            whole
            and part.pupil == whole.pupil
            and part.start == whole.start + len(whole.written) + 1
        ):
            whole = replace(whole, written=f"{whole.written} {part.written}")
            continue
        if whole:
            yield whole
        whole = part
    if whole:
        yield whole


def _parts_named(text: str, known: Mapping[str, str]) -> Iterator[Named]:
    words = list(_WORD.finditer(text))
    for place, word in enumerate(words):
        bare = _OWNED.sub("", word[0])
        pupil = known.get(plain(bare)) or _hyphened(bare, known)
        if pupil and _is_a_name(bare, text, words, place):
            yield Named(bare, pupil, word.start())


def initial(pupil: str) -> str:
    """How a pupil may be written instead: `M.` for Maisie."""
    return f"{pupil.strip()[:1].upper()}."


@lru_cache(maxsize=64)
def _known(pupils: tuple[str, ...]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for pupil in pupils:
        for name in _parts(pupil):
            found.setdefault(plain(name), pupil)
    return found


@lru_cache(maxsize=64)
def _names_of(people: tuple[str, ...]) -> frozenset[str]:
    return frozenset(plain(name) for person in people for name in _parts(person))


def _parts(person: str) -> list[str]:
    """Given names and surname; `Morley, Catrin` too. Particles and single letters name nobody."""
    parts = _WORD.findall(person)
    return [
        part for part in parts if len(part) > 1 and plain(part) not in {"de", "la", "van", "der"}
    ]


def _hyphened(word: str, known: Mapping[str, str]) -> str | None:
    halves = {known.get(plain(half)) for half in re.split(r"[-]", word)} if "-" in word else set()
    return next(iter(halves - {None}), None)


def _is_a_name(word: str, text: str, words: list[re.Match[str]], place: int) -> bool:
    """Whether a word that could be a name is one here."""
    before = plain(words[place - 1][0]) if place else ""
    name, capital = plain(word), word[0].isupper()
    if before in _TITLES:
        return False
    if name in PERIODS and (before in _OF_TIME or _beside_number(text, words[place])):
        return False
    if (name in PLACES and before in _OF_PLACE) or name in SUBJECTS:
        return False
    if name in COMMON or name in PERIODS or name in PLACES or len(name) < 3:
        return capital and not word.isupper() and not _begins(text, words[place].start())
    return True


def _begins(text: str, start: int) -> bool:
    return bool(_BEFORE_SENTENCE.search(text[:start]))


def _beside_number(text: str, word: re.Match[str]) -> bool:
    return bool(
        re.search(r"\d\s*$", text[: word.start()]) or re.match(r"\s*\d", text[word.end() :])
    )
