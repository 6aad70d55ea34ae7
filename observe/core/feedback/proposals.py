"""Whether a sentence looks forward: an order, a request, a suggestion, a wish, a plan, a step by name.

Each piece of a sentence is known by its small words and by the place of its verb, not by what it is
about. What tells of something that has been is no step, nor is what the writer asks for himself.
"""

from collections.abc import Callable
from itertools import pairwise

from observe.core.feedback.agreements import plans
from observe.core.feedback.orders import orders
from observe.core.feedback.pieces import Piece, Words, main_words, pieces, tells
from observe.core.feedback.requests import asks
from observe.core.feedback.step_courtesies import is_courteous
from observe.core.feedback.step_words import (
    ADDS,
    AHEAD,
    DAYS,
    EVALUATING,
    FINITE,
    NAMING,
    NO_ORDER,
    OPENING_ROOM,
    PERSONS,
    PUPILS,
    URGENT,
    VERBS,
    WRITERS,
    set_of,
)
from observe.core.feedback.suggestions import suggests, without_thought
from observe.core.feedback.wishes import is_visit, wishes

_OWNERS = set_of(
    "my your our one a another main agreed next small two this only quick first top an the"
)
_COUNTED = {"first", "second", "third", "other", "next", "last"}
_KEPT = {"keep", "carry", "hold", "celebrate", "say"}
_BEGUN = (("one", "for", "next"), ("next", "up"), ("now", "for"), ("next", "on", "the", "list"))
_FEW = (("no", "more"), ("only", "one"), ("just", "one"), ("one", "at"), ("at", "least"))
_MEANT = (("i", "reckon"), ("i", "suggest"), ("we", "suggest"), ("i", "think"), ("i'd", "say"))
_FURTHEST = 7


def proposes(sentence: str) -> bool:
    """Whether a sentence says what to do: an order, a suggestion, or what was agreed."""
    return any(
        not is_courteous(piece.words) and any(way(piece) for way in WAYS)
        for piece in pieces(sentence)
    )


def looks_ahead(sentence: str) -> bool:
    """Whether a note names a day to come, tells nothing of the past and plans nothing for its writer."""
    kept = list(pieces(sentence))
    days = (pair for piece in kept for pair in pairwise(piece.words))
    ahead = any(one in AHEAD and two in DAYS for one, two in days)
    return ahead and not any(
        piece.told or is_courteous(piece.words) or set(piece.words) & WRITERS for piece in kept
    )


def is_verbless(sentence: str) -> bool:
    """Whether a note has no verb that tells of something: `Deadline: Friday 5 December`."""
    words = [word for piece in pieces(sentence) for word in piece.words]
    return not tells(tuple(words)) and not any(_is_verb(word) for word in words)


def _is_verb(word: str) -> bool:
    whose = word.endswith("'s") and word[:-2] not in DAYS
    return whose or word in FINITE | PERSONS


def _names(piece: Piece) -> bool:
    """`One tweak: …`, `Your next step is …`, `Transitions are the thing to sort`, `Even better if …`."""
    words = without_thought(piece.words)
    if words[:1] == ("ebi",) or words[:3] == ("even", "better", "if"):
        return True
    if not words or piece.asks:
        return any(words[: len(run)] == run for run in _BEGUN)
    begun = any(words[: len(run)] == run for run in _BEGUN)
    counted = words[0] == "the" and piece.at(1) in _COUNTED and words[2:4] == ("is", "to")
    return (
        begun or counted or _says_what(piece, words) or _is_urgent(words) or _names_at(piece, words)
    )


def _says_what(piece: Piece, words: Words) -> bool:
    """`What I'd try is …`, `It is my request that …`."""
    wished = words[0] == "what" and piece.at(1) in (
        "i'd",
        "we'd",
        "would",
        "might",
        "could",
        "to",
        "i",
    )
    asked = words[:2] == ("it", "is") and bool(set(words[2:5]) & NAMING) and words[2] in _OWNERS
    return asked or (wished and ("is" in words or piece.named) and not tells(words))


def _is_urgent(words: Words) -> bool:
    """`It is better to check with whiteboards first`."""
    if words[0] not in ("it's", "it") or not set(words[1:4]) & URGENT or "to" not in words[2:6]:
        return False
    return not is_visit(words[words.index("to", 2) + 1 :]) and not tells(words)


def _names_at(piece: Piece, words: Words) -> bool:
    place = next((n for n, word in enumerate(words[:_FURTHEST]) if word in NAMING), -1)
    if place < 0 or tells(words[: place + 2]) or not piece.led:
        return False
    before, after = words[:place], words[place + 1 :]
    if set(after[:3]) & _KEPT or set(before) & (FINITE - {"is", "are"}):
        return False
    if before[-1:] == ("the",) and set(before) & {"is", "are"} and after[:1] == ("to",):
        return True
    return (not before or words[0] in _OWNERS) and _is_said_of(piece, before, after)


def _is_said_of(piece: Piece, before: Words, after: Words) -> bool:
    """Whether what is named as next is told: by a colon, or by `is`."""
    if piece.named and after[:1] == ("to",) and len(after) > 1:
        return True
    if (piece.named and piece.told and "i'd" not in after) or not (before or piece.named):
        return False
    linked = set(after[:6]) & {"is", "are", "would", "could", "might", "remains"}
    praised = before[:1] == ("the",) and set(after) & {"clear", "good", "met", "about", "in"}
    short = piece.named and len(after) < 6 and not {*before, *after} & FINITE
    return (bool(linked) and not praised and "where" not in after) or short


def _makes_room(piece: Piece) -> bool:
    """`Worth a try`, `There is scope for …`, `It could do with …`."""
    if tells(piece.words) or (tells(piece.before) and not piece.led) or piece.asks:
        return False
    if "worth" in piece.words:
        after = piece.at(piece.words.index("worth") + 1)
        return after.endswith("ing") or after in ("a", "an", "the", "your", "some", "one", "two")
    return piece.has("could do with", "would do") or _has_room(piece.words)


def _has_room(words: Words) -> bool:
    room = next((n for n, word in enumerate(words) if word in OPENING_ROOM), 0)
    has = {"there's", "there", "you've", "have", "see", "still"} & set(words[:room])
    return (
        bool(has)
        and words[room + 1 : room + 2] in (("for",), ("to",), ("in",))
        and "no" not in words
    )


def _lists(piece: Piece) -> bool:
    """A note without a verb: `Fewer slides`, `Pupils to self-mark`, `Exit cards in every lesson`."""
    words = piece.words
    if piece.asks or tells(words) or set(words) & FINITE or not piece.led:
        return False
    if words[0] in ADDS and len(words) > 1 and "than" not in words:
        return words[1] not in EVALUATING | {"to", "of", "on", "about"} and not piece.told
    return words[:2] in _FEW or _is_for_each(piece) or _is_charged(words)


def _is_for_each(piece: Piece) -> bool:
    """`Exit cards in every lesson`."""
    each = any(
        one in ("in", "at", "for", "before", "after") and two in ("every", "each")
        for one, two in pairwise(piece.words)
    )
    return each and not set(piece.words) & (PERSONS | PUPILS) and not piece.told


def _is_charged(words: Words) -> bool:
    """`Pupils to self-mark`, `J. to bring three answers`, `Seating plan to be redone`."""
    if "to" not in words[1:5]:
        return False
    place = words.index("to", 1)
    following = words[place + 1 : place + 3]
    staff = PUPILS | {"staff", "teachers", "ta", "tas", "groups", "each", "every"}
    whose = words[0] in staff or (len(words[0]) <= 2 and words[0] not in NO_ORDER | VERBS)
    done = following[:1] == ("be",) and (
        tells(following[1:]) or following[1:] in (("redone",), ("set",))
    )
    return (whose and following[:1] != () and following[0] in VERBS) or done


def _begs(piece: Piece) -> bool:
    """`A question every third slide, please`, `Clipboards for the substitutes, I reckon`."""
    if "please" in piece.whole and (piece.first == "please" or "please" in piece.words):
        return not tells(main_words(piece.words)) and len(piece.before + piece.words) > 1
    return piece.words[-2:] in _MEANT and not tells(piece.before) and not piece.asks


WAYS: tuple[Callable[[Piece], bool], ...] = (
    orders,
    asks,
    suggests,
    wishes,
    plans,
    _names,
    _makes_room,
    _lists,
    _begs,
)
