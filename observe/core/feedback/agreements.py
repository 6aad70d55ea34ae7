"""What is planned or agreed: `You will try …`, `We settled on …`, `From Monday the spelling …`."""

import re
from itertools import pairwise

from observe.core.feedback.pieces import Piece, Words, tells
from observe.core.feedback.step_words import (
    ADVERBS,
    AGREED,
    DAYS,
    DEPENDENT,
    FINITE,
    MINDED,
    PERSONS,
    VERBS,
    WRITERS,
)

_FORMAL = (
    "it is suggested that",
    "it is recommended that",
    "it is advised that",
    "it is proposed that",
    "it was agreed that",
    "is asked to",
    "are asked to",
    "are encouraged to",
)
_IF = ("if i were you", "if it were me", "if i may suggest", "if you can")
_WHEN = {"on", "from", "next", "tomorrow", "now", "w/b", "this"} | DAYS
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_DEPENDS = DEPENDENT - {"that"}


def plans(piece: Piece) -> bool:
    """Whether a piece says what somebody will do, or what goes from a day on."""
    if piece.words[0] == "let's":
        return len(piece.words) > 1
    if piece.has(*_IF) or piece.has(*_FORMAL):
        return True
    return _will_do(piece.words) or _agreed(piece.words) or _lasts(piece)


def _will_do(words: Words) -> bool:
    """`You'll be trying talk partners`, `You are going to try …`."""
    told = " ".join(words)
    if not re.search(r"\byou(?:'ll|'re going to| will| are going to)\b", told):
        return False
    place = next(n for n, word in enumerate(words) if word.startswith("you"))
    skipped = ADVERBS | {"will", "are", "going", "to", "be"}
    rest = [word for word in words[place + 1 :] if word not in skipped]
    if not rest or place > 2 or set(words[:place]) & DEPENDENT:
        return False
    does = rest[0] in VERBS or rest[0].endswith("ing")
    return does and rest[0] not in MINDED | {"find", "have", "note", "meet"}


def _agreed(words: Words) -> bool:
    places = (place for place, word in enumerate(words) if word in AGREED and place)
    return any(_agreed_at(words, place) for place in places)


def _agreed_at(words: Words, told: int) -> bool:
    who = set(words[max(0, told - 3) : told]) & {"we", "you", "you've", "we've", "what"}
    if not who or "not" in words[:told] or set(words[: told - 1]) & {"when", "if", "as", "because"}:
        return False
    after = words[told + 1 : told + 9]
    if after[:1] == ("to",):
        return after[1:2] != () and after[1] in (VERBS - {"talk"}) | {"have", "be"}
    if words[told] in ("agreed", "settled", "decided"):
        return after[:1] in (("that",), ("on",)) and not tells(after)
    return _says_will(after)


def _says_will(words: Words) -> bool:
    """`you told us you'd try it`, not `you said you would like to`."""
    kept = [word for word in words if word not in ADVERBS | {"have", "go"}]
    done = (VERBS | {"a"}) - {"think", "look"}
    return any(
        one in ("you'll", "you'd", "will", "would") and two in done for one, two in pairwise(kept)
    )


def _lasts(piece: Piece) -> bool:
    """`Whiteboards first, from Monday`, `Cards by next Wednesday`."""
    words = piece.before + piece.words
    if tells(words) or set(piece.words[:2]) & (PERSONS - {"you"}) or len(words) < 3:
        return False
    if piece.words[0] in WRITERS | {"look", "have", "bring"}:
        return False
    return (_starts(words) and not piece.asks) or _is_due(piece.words)


def _starts(words: Words) -> bool:
    kept = (word for word in words if word != "the")
    return any(
        one in ("starting", "beginning", "from") and (two in _WHEN or _ORDINAL.fullmatch(two))
        for one, two in pairwise(kept)
    )


def _is_due(words: Words) -> bool:
    kept = (word for word in words if word != "the")
    due = any(one == "by" and two in DAYS for one, two in pairwise(kept))
    return due and not set(words) & (FINITE | {"i'd"})
