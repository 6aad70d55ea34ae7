"""A suggestion: something could, might, should or need be so, and is not told of what has been."""

from collections.abc import Callable

from observe.core.feedback.pieces import Piece, Words, is_past, tells
from observe.core.feedback.requests import have_done
from observe.core.feedback.step_words import (
    ABLE,
    ADDS,
    ADVERBS,
    COUNTING,
    DEPENDENT,
    EVALUATING,
    GROUPS,
    MINDED,
    NAMING,
    OPENING_ROOM,
    PERSONS,
    PLEASED,
    PUPILS,
    THINKING,
    WISHED,
)
from observe.core.feedback.wishes import is_visit

_ASKING_WHAT = {"what", "how", "who", "which", "why", "where", "when", "whose"}
_MEETING = {"talk", "meet", "catch", "chat", "celebrate"}
_HARDLY = {"not", "only", "barely", "hardly", "easily", "never"}
_ARTICLES = (("a",), ("an",), ("the",), ("my",))


def suggests(piece: Piece) -> bool:
    """`The instructions could be on the board`, `You might ask …`, `Whoever finishes should …`."""
    if piece.asks and piece.words[0] in _ASKING_WHAT:
        return False
    places = (place for place, word in enumerate(piece.words) if word in MODALS)
    return any(_suggests_at(piece, place) for place in places)


def _suggests_at(piece: Piece, place: int) -> bool:
    modal, subject = piece.words[place], without_thought(piece.words[:place])
    rest = tuple(word for word in piece.words[place + 1 :] if word not in ADVERBS)
    alone = not subject and bool(piece.before) and not piece.asks
    if alone and piece.joined:
        return False
    subject = piece.before if alone else subject
    if not rest or have_done(rest) or depends(subject) or _is_state(piece, modal, subject, rest):
        return False
    told = tells(subject) and not (alone and modal in ("might", "would"))
    return not told and MODALS[modal](subject, rest)


def _is_state(piece: Piece, modal: str, subject: Words, rest: Words) -> bool:
    """Whether somebody should be proud, or was able: no step."""
    proud = rest[0] == "be" and set(rest[1:4]) & PLEASED
    return bool(proud) or (modal == "could" and _is_able(piece, subject, rest))


def without_thought(words: Words) -> Words:
    """The words without `I think that` before them."""
    if words[:1] not in (("i",), ("we",)):
        return words
    place = next((n for n, word in enumerate(words[:4]) if word in THINKING), -1)
    joined = words[place + 1 : place + 2] in (("that",), ("if",), ("whether",))
    return words[place + 1 + joined :] if place > 0 else words


def _is_able(piece: Piece, subject: Words, rest: Words) -> bool:
    """Whether `could` tells what somebody was able to do, or how something was."""
    numbered = any(word[:1].isdigit() for word in (*subject[:1], *subject[-1:]))
    counted = set(subject) & COUNTING and set(subject) & (PUPILS | GROUPS)
    people = set(subject[-3:]) & (PUPILS | GROUPS)
    how = rest[:1] == ("be",) and len(rest) > 1 and _compares(rest[1])
    return numbered or bool(counted) or (bool(people) and piece.told) or how


def _compares(word: str) -> bool:
    return word in ("more", "better", "heard", "seen", "felt") or word.endswith("er")


def depends(subject: Words) -> bool:
    """Whether the words before a verb belong to a clause that only explains: `so that all`, `what he`."""
    if subject == ("if", "you"):
        return False
    return any(
        word in DEPENDENT and not _is_free(subject, place) for place, word in enumerate(subject)
    )


def _is_free(subject: Words, place: int) -> bool:
    thought = place > 0 and subject[place - 1] in THINKING
    first = place == 0 and subject[0] == "that"
    return (
        thought or first or (subject[place] == "as" and subject[place + 1 : place + 2] in _ARTICLES)
    )


def _could(subject: Words, rest: Words) -> bool:
    who = subject[-1] if subject else ""
    if not who:
        return rest[:2] == ("do", "with") or rest[0] in ("be", "help", "pay", "use")
    if who == "i":
        return rest[0] in WISHED
    if who == "you" and rest[:2] == ("like", "to"):
        return rest[2:3] not in (("know",), ("hear",))
    if who in ("you", "we", "one"):
        return rest[0] not in MINDED and rest[:2] != ("be", "sure")
    if set(subject) & PUPILS:
        return not set(subject) & COUNTING and rest[0] not in ABLE | MINDED | {"not", "only"}
    return rest[0] not in MINDED | _HARDLY


def _should(subject: Words, rest: Words) -> bool:
    who = subject[-1] if subject else ""
    return who not in ("", "i", "this", "that", "which") and rest[0] not in MINDED | _MEETING


def _would(subject: Words, rest: Words) -> bool:
    who = subject[-1] if subject else ""
    if who in ("i", "we", "i'd", "we'd"):
        return False
    if who in PERSONS | PUPILS or set(subject[:1]) & (PERSONS | PUPILS):
        return rest[:2] in (("do", "well"), ("be", "wise")) or rest[0] == "benefit"
    if rest[0] == "be":
        return _would_be(who, subject, rest)
    return bool(who) and rest[0] not in MINDED | {"have", "seem", "never", "not"}


def _would_be(who: str, subject: Words, rest: Words) -> bool:
    """`It would be good to …`, `My tip would be …`, `There would be value in …`."""
    if set(rest[1:5]) & EVALUATING:
        return _has_complement(rest)
    named = who not in ("it", "that", "this", "there", "") and bool(set(subject) & NAMING)
    return named or (who == "there" and bool(set(rest) & OPENING_ROOM))


def _has_complement(rest: Words) -> bool:
    """Whether it is said what would be good to do, and not to come again, to hear or to talk."""
    for place, word in enumerate(rest):
        if word in ("to", "if", "in", "for", "that", "were") or (
            word.endswith("ing") and place > 1
        ):
            return not (word == "to" and is_visit(rest[place + 1 :]))
    return "worth" in rest


def _need(subject: Words, rest: Words) -> bool:
    if not subject or subject[-1] == "i" or rest[0] in ("not", "know"):
        return False
    if rest[0] == "to":
        return len(rest) > 1 and rest[1] not in MINDED | {"worry", "apologise"}
    changes = rest[0] in ("a", "an", "the") and len(rest) > 1 and rest[1].endswith("er")
    return rest[0].endswith("ing") or changes or rest[0] in ADDS


def _want(subject: Words, rest: Words) -> bool:
    """`The scissors want counting`."""
    return subject != () and subject[-1] not in PERSONS and rest[0].endswith("ing")


def _may(subject: Words, rest: Words) -> bool:
    if subject[-1:] == ("it",):
        return (rest[0] == "be" and bool(set(rest[:5]) & EVALUATING)) or rest[0] in ("help", "pay")
    offered = rest[0] in ("like", "want", "wish", "find", "well", "need")
    told = rest[1:3] in (("to", "know"), ("to", "hear"))
    return subject[-1:] == ("you",) and offered and not told


def _must(subject: Words, rest: Words) -> bool:
    who = subject[-1] if subject else ""
    if rest[0] == "be":
        done = len(rest) > 1 and is_past(rest[1])
        return "by" in rest if who in ("they", "it") else done and who not in ("", "i", "you")
    return who not in ("", "i") and rest[0] not in MINDED | _MEETING | {"have"}


def _it_would(_: Words, rest: Words) -> bool:
    return _would(("it",), rest)


MODALS: dict[str, Callable[[Words, Words], bool]] = {
    "could": _could,
    "might": _could,
    "should": _should,
    "ought": _should,
    "would": _would,
    "need": _need,
    "needs": _need,
    "wants": _need,
    "want": _want,
    "may": _may,
    "must": _must,
    "it'd": _it_would,
    "that'd": _it_would,
}
