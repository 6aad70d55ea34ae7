"""How a word begins inside and at the head of a sentence."""

import re

_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_MONTHS = """
    January February March April May June July August September October November December
"""
_LANGUAGES = """
    English Welsh Irish Gaelic French German Spanish Italian Latin Greek Polish Russian Portuguese
    Mandarin Chinese Japanese Arabic Urdu Bengali Punjabi Hebrew Turkish Christian Islamic Cymraeg
    Scots Cornish Dutch Danish Norwegian Swedish Somali Farsi Persian Hindi Gujarati Tamil Sanskrit
    Jewish Buddhist Hindu Sikh Muslim British Scottish European African American Indian Victorian Roman
    Tudor Viking Saxon Egyptian Shakespeare Cambridge Oxford Makaton Duke Edinburgh Britain England
    Wales Scotland Ireland Europe Africa Asia America India
"""
WEEKDAYS, MONTHS = tuple(_DAYS.split()), tuple(_MONTHS.split())
PROPER = frozenset(
    (*_LANGUAGES.split(), *WEEKDAYS, *(f"{day}s" for day in WEEKDAYS), *MONTHS, "Year", "I")
)
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"([.!?…]\s+)")
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.g|i\.e|approx|ca?|no|vs?|pp?|mins?|secs?|[ap]\.?m|mr|mrs|ms|dr|st|fig|ex|ext|max|min|opp|dept|incl|"
    r"(?-i:[A-Z]))|^(?-i:[A-Z]))\.\s+$",
    re.IGNORECASE,
)


def capital(text: str) -> str:
    """The text with a capital first letter, unless its first word is spelt so on purpose."""
    if text.startswith("‘"):
        return text[0] + capital(text[1:])
    word = _WORD.match(text)
    if word is None or not text[0].islower():
        return text
    after = text[word.end() : word.end() + 3]
    deliberate = after[:1].isdigit() or after[:1] in ("=", "^") or after == "://"
    alone = word.end() == 1 and text[0] not in "ai" and after[:1] not in ("’", "'")
    return text if deliberate or alone or not word.group().islower() else text[0].upper() + text[1:]


def lowered(text: str) -> str:
    """The text as it goes on inside a sentence: `Count to three` but `English books`, `TAs`, `I`."""
    word = _WORD.match(text)
    if word is None or word.group() in PROPER or word.group()[1:].lower() != word.group()[1:]:
        return text
    return text[0].lower() + text[1:]


def capitals(text: str) -> str:
    """The text with a capital at the head of each of its sentences."""
    pieces = _SENTENCE_END.split(text)
    told = ""
    for sentence, end in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        told += (
            sentence if _ABBREVIATED.search(told) or "… " in told[-2:] else capital(sentence)
        ) + end
    return told
