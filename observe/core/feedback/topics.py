"""What a lesson was about, as it stands inside a sentence: names keep their capitals."""

import re

from observe.core.feedback.typed import finished, plain, unquoted
from observe.core.feedback.writing import PROPER, capital

_LEADING = """
    the how what why when where who which using making finding telling to from in on with into some our
    my your more two three four five number numbers word words story stories
"""
_ORDINARY = """
    a an acids adjectives adverbs algebra alliteration angles animals apostrophes area arrays art atoms
    averages balance bases batteries birds bones bridges calculus cells charts chords circles circuits
    cities climate clauses clocks coasts coding coins colour colours columns comedy commas computers
    cooking coordinates crystals cubes dance data decimals democracy deserts diagrams diaries digestion
    diet drama
    earthquakes ecology ecosystems elections energy enzymes equations evolution factors fairy families
    farming fiction films fire fish flight floods flowers food forces forests form fractions fronted
    fruit gases genes genetics geometry gothic grammar graphs gravity habitats healthy hinge homes
    horses indices insects instruments ions islands kings knights lakes landscapes languages leaves
    letters life light lines map liquids living machines magnets mammals maps markets mass materials maths
    melody metals metaphors migration minerals mirrors mixtures moles money mountains multiples music
    myths narrative negative newspapers non-fiction nouns numbers nutrition oceans orbits paragraphs
    parts patterns percentages perimeter personification persuasive phonics photosynthesis pitch place
    planets plants plays plot poems poetry pollution polygons population power powers prefixes
    prepositions pressure primes prisms probability profit pronouns proof properties proportion proteins
    punctuation puppets quadratic quadratics queens ratio reactions recipes recycling reflection
    respiration rhyme rhythm rivers rocks roots rotation sampling satellites school seasons seeds
    sequences sentences settlements shadows shapes similes skeletons soil solids sonnets sound space
    speech speed spelling spellings statistics strings subtraction suffixes surds symmetry symbols taxes
    teeth temperature tenses texture tides time times toys trade transport travel trees triangles
    trigonometry units variables vectors verbs vertebrates villages viruses vocabulary volcanoes volume
    war water waves weather weight wheels wind winter world worms writing
"""
_ENDINGS = (
    "ing", "ation", "ations", "ition", "sion", "sions", "ction", "ctions", "ment", "ments", "ity",
    "ness", "ology", "graphy", "ometry", "ysis", "ency", "ics", "ball", "ance", "ence", "ture", "hood",
)  # fmt: skip
_DESCRIBES = ("ous", "al", "ic", "ive", "ary", "able", "ible", "ed", "ful")
_NAMED = """
    reformation restoration prohibition reconstruction beijing christianity nativity enlightenment
    renaissance romans vikings tudors stuarts victorians normans saxons anglo-saxons egyptians greeks
    celts aztecs mayans maya incas christians muslims jews hindus sikhs buddhists islam hinduism judaism
    sikhism buddhism easter christmas advent diwali hanukkah eid ramadan holi passover arctic antarctic
    baltic atlantic pacific celtic islamic catholic portugal senegal nepal nigeria kenya brazil
"""
_NAMES = frozenset(_NAMED.split())
_ARTICLES = frozenset(("the", "a", "an", "of"))
_BEGINS = frozenset(_LEADING.split())
_KNOWN = frozenset(_ORDINARY.split())
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_ASKS = re.compile(
    r"(?:who|what|where|when|why|how|which)\s+(?:is|are|was|were|do|does|did|can|could|should|has|have|"
    r"will|would|might|much|many|\w+\s+(?:is|are|was|were|did|do))\b|(?:is|are|was|were|do|does|did|can|"
    r"could|should|has|have|will|would)\b",
    re.IGNORECASE,
)


def topic_told(topic: str) -> str:
    """A topic as it goes on after `about`: `fractions`, `Ohm’s law`, `the question “Who was Boudica?”`."""
    bare = unquoted(plain(topic))
    words = finished(bare)
    if not words.strip("?!…. "):
        return ""
    if words.endswith("?") or _ASKS.match(words):
        return f"the question “{capital(words.rstrip('?!…. '))}?”"
    return _inside(words.rstrip("!…. ")) if bare == plain(topic) else f"“{words}”"


def _inside(words: str) -> str:
    """With a small letter where the first word is an ordinary one; what may be a title in its marks."""
    first = _WORD.match(words)
    if not first or first[0][0].islower():
        return re.sub(r"^‘([^’]*)’", r"“\1”", words)
    rest = words[first.end() :]
    if _is_ordinary(first[0], rest):
        return words[0].lower() + words[1:]
    return words if _is_name(first[0], rest) else f"“{words}”"


def _is_name(word: str, rest: str) -> bool:
    """Whether it is surely a name, such as `Ohm’s law`, `Great Fire of London`, `WW1` or `Romans`."""
    if word.lower() in _ARTICLES:
        return False
    titled = re.match(r"\s+[A-Z]", rest) or "’" in word or rest[:1].isdigit()
    return bool(titled) or word.isupper() or word in PROPER or word.lower() in _NAMES


def _is_ordinary(word: str, rest: str) -> bool:
    lower = word.lower()
    if word in PROPER or word[1:] != lower[1:] or lower in _NAMES or "’" in word:
        return False
    titled = re.match(r"\s+[A-Z]", rest) is not None
    if lower in _BEGINS or (len(word) > 5 and lower.endswith("ing")):
        return True
    if lower.endswith(_DESCRIBES) and re.match(r"\s+[a-z]", rest):
        return True
    return not titled and (lower in _KNOWN or (len(word) > 6 and lower.endswith(_ENDINGS)))
