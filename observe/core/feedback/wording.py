"""Labels of a person, praise without an example, and sentences that are hard to read."""

import re
from collections.abc import Iterator
from itertools import zip_longest

_TRAITS = """
    lazy passionate disorganised unorganised organised confident unconfident enthusiastic weak strong gifted
    talented caring kind cold nervous careless impatient patient shy bossy strict friendly unfriendly
    professional unprofessional hard-working hardworking dedicated inspiring inspirational creative boring
    charismatic brilliant excellent good bad poor great wonderful amazing clever messy chaotic fantastic
    outstanding committed uncommitted motivated unmotivated negative positive difficult stubborn defensive
    arrogant timid natural reliable unreliable incompetent competent ineffective effective awful terrible
    dull intelligent sloppy harsh sarcastic aggressive approachable warm calm authoritative ambitious
    conscientious experienced inexperienced skilled skilful unskilled
"""
_NOUNS = """
    teacher practitioner person leader professional star asset natural educator perfectionist communicator
    role.model joy credit pro
"""
_ADVERBS = r"""
    (?:(?:very|so|too|really|clearly|obviously|always|never|not|quite|rather|simply|just|a\s+bit|such|truly|
    genuinely|evidently|often|sometimes|still|naturally|extremely|incredibly|plainly|generally|perhaps)\s+)*
"""
_LACKS = """
    confidence passion enthusiasm authority presence energy warmth commitment motivation charisma talent
"""


def _any_of(words: str) -> str:
    return "|".join(word.replace(".", r"\s+") for word in words.split())


_PERSON = re.compile(
    rf"""
      \b(?:you\s+are|you['’]re|you\s+were|you\s+(?:seem(?:ed)?|appear(?:ed)?)(?:\s+to\s+be)?
        |you\s+(?:come|came)\s+across\s+as|you\s+have\s+always\s+been)\s+{_ADVERBS}
        (?:(?:an?|the)\s+)?(?:[\w-]+,?\s+(?:and\s+)?){{0,2}}?
        (?:(?:{_any_of(_TRAITS)})\b(?!\s+(?:to|enough|about|in\s+(?:how|the\s+way)|with\s+(?:time|pace)))
        |(?:{_any_of(_NOUNS)})\b)
    | \bas\s+an?\s+(?:{_any_of(_TRAITS)})\s+(?:{_any_of(_NOUNS)})\b
    | \byour\s+(?:laziness|passion|enthusiasm|personality|charisma|attitude|talent|weakness(?:es)?|
        character|nerves|negativity|incompetence)\b
    | \byou\s+(?:clearly\s+|just\s+|still\s+)?(?:lack|lacked|have\s+no|show\s+no)\s+(?:any\s+)?
        (?:{_any_of(_LACKS)})\b
    | \b(?:lazy|naughty|weak|dim|thick|stupid|badly\s+behaved|low[\s-]ability|low[\s-]attaining|bottom)
        \s+(?:pupils?|children|child|boys?|girls?|learners?|students?|group|set|kids?)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PRAISING = """
    great good excellent amazing fantastic wonderful brilliant lovely superb awesome nice terrific
    outstanding fabulous impressive incredible tremendous perfect strong super
"""
_PRAISED = """
    lesson job work teaching session stuff effort practice atmosphere class performance start pace
    relationships rapport delivery questioning everything explanation behaviour.management
"""
_PRAISE = re.compile(
    rf"""
      \b(?:{_any_of(_PRAISING)})(?:\s+(?:and|,)\s+[\w-]+)?\s+(?:[\w-]+\s+)?(?:{_any_of(_PRAISED)})\b
    | \b(?:well\s+done|keep\s+(?:it\s+)?up|keep\s+up\s+the|good\s+stuff|top\s+job|bravo)\b
    | \b(?:lesson|everything|teaching|session|it|pace|atmosphere|questioning|explanation)\s+
        (?:all\s+)?(?:was|were|went|is)\s+(?:so\s+|very\s+|really\s+|all\s+|absolutely\s+|just\s+)*
        (?:{_any_of(_PRAISING)}|well)\b(?!\s+(?:to|for\s+us|of\s+you|that\s+you))
    | \b(?:loved|enjoyed|liked)\s+(?:it|everything|your\s+(?:lesson|teaching)|the\s+lesson)\b
    | \bpupils\s+(?:really\s+|clearly\s+|obviously\s+|all\s+)*(?:loved|enjoyed)\s+(?:it|the\s+lesson)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_EXAMPLE = re.compile(
    r"\b\d{1,2}[:.]\d{2}\b|[“\"«]|\d|\b(?:when|because|by\s+\w+ing|for\s+example|for\s+instance|such\s+as|"
    r"after|as\s+soon\s+as|while|where)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»")
_SENTENCE = re.compile(r"[^.!?…]+(?:\.(?=\d)[^.!?…]+)*[.!?…]*[”’)]*\s*")
_SPOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
LONGEST_SENTENCE, FEWEST_JUDGED, HARDEST = 35, 12, 5.0


def labels_of_person(text: str) -> Iterator[str]:
    """Where the text says what somebody is; what is quoted was said by somebody else."""
    yield from (found[0].strip() for found in _PERSON.finditer(without_quotations(text)))


def vague_praise(text: str) -> Iterator[str]:
    """Where the text praises and neither that sentence nor the next one gives an example."""
    told = sentences(text)
    for sentence, following in zip_longest(told, told[1:], fillvalue=""):
        found = _PRAISE.search(without_quotations(sentence))
        if found and not _EXAMPLE.search(sentence) and not _EXAMPLE.search(following):
            yield found[0]


def hard_sentences(text: str) -> Iterator[str]:
    """Sentences of more than 35 words, or of many long ones (reading ease under 5, Flesch 1948)."""
    for sentence in sentences(without_quotations(text)):
        words = _SPOKEN.findall(sentence)
        if len(words) > LONGEST_SENTENCE or _is_dense(words):
            yield sentence


def count(text: str) -> int:
    """How many words a text has."""
    return len(text.split())


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [found[0].strip() for found in _SENTENCE.finditer(text) if found[0].strip()]


def without_quotations(text: str) -> str:
    """The text with as many dots in the place of what is quoted."""
    return _QUOTED.sub(lambda quoted: "“" + "·" * (len(quoted[0]) - 2) + "”", text)


def reading_ease(words: list[str]) -> float:
    """Flesch's reading ease of one sentence: 206.835 - 1.015 words - 84.6 syllables a word."""
    return 206.835 - 1.015 * len(words) - 84.6 * sum(map(_syllables, words)) / len(words)


def _is_dense(words: list[str]) -> bool:
    return len(words) >= FEWEST_JUDGED and reading_ease(words) < HARDEST


def _syllables(word: str) -> int:
    plain = re.sub(r"(?:[^laeiouy]es|ed|[^laeiouy]e)$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouyâêîôûŵŷáéíóúäëïöü]+", plain)))
