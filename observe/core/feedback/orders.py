"""An order: a verb without a subject at the head of a piece, and what is to be done."""

import re

from observe.core.feedback.pieces import Piece, Words, has_subject, main_words, tells
from observe.core.feedback.step_words import (
    BOTH_FORMS,
    FINITE,
    MINDED,
    NO_ORDER,
    OBJECTS,
    PARTICLES,
    URGING,
    VERBS,
)

_NO_VERB = re.compile(r"(?:ed|ing|ly|day|[^s]s)$")
_NEAR = 6


def orders(piece: Piece) -> bool:
    """`Ask the back row first`, `Never answer your own question`, `Do make sure they write`."""
    words = _urged(piece.words)
    if not words or not _may_begin(piece) or (piece.asks and words[0] != "try"):
        return False
    if words[0] == "have" and not piece.asks:
        return len(words) > 1 and words[1] not in MINDED
    return words[:2] == ("make", "sure") or _is_order(words, timed=piece.timed)


def _urged(words: Words) -> Words:
    """The words without `don't`, `never`, `do` or `to` before the verb."""
    if words[:2] == ("do", "not"):
        return words[2:]
    does = words[0] == "to" or (words[0] == "do" and words[1:2] != () and words[1] in VERBS)
    return words[1:] if does or words[0] in URGING else words


def _may_begin(piece: Piece) -> bool:
    """Whether nothing told before goes on in this piece: `You stopped, waited, and put …`."""
    if piece.led or piece.words[0] == "do":
        return True
    free = not has_subject(piece.before) and not tells(piece.before)
    return piece.joined and piece.words[0] != "to" and free


def _is_order(words: Words, *, timed: bool) -> bool:
    near = main_words(words[:_NEAR])[1:]
    if len(words) < 2 or tells(near) or words[1] in FINITE or set(near[:4]) & FINITE:
        return False
    if words[0] in BOTH_FORMS and timed:
        return False
    if len(words) == 2 and words[1] not in OBJECTS | PARTICLES:
        return False
    return (words[0] in VERBS and words[1] != "of") or _is_open_order(words)


def _is_open_order(words: Words) -> bool:
    """A word that may be a verb, whatever it is, and what it is done to: `Laminate the …`."""
    verb = words[0]
    if verb in NO_ORDER or "'" in verb or not verb[0].isalpha() or _NO_VERB.search(verb):
        return False
    place = 2 if words[1] in PARTICLES else 1
    return len(words) > place + 1 and words[place] in OBJECTS
