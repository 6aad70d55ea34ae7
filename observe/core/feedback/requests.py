"""A question that asks for something to be done: `Could the class …?`, `Is there any way …?`."""

from observe.core.feedback.pieces import Piece, Words, is_past
from observe.core.feedback.step_words import (
    ABLE,
    ASKING,
    CONNECTIVES,
    MINDED,
    OPENING_ROOM,
    PERSONS,
    PUPILS,
    QUESTIONING,
    WISHED,
)

_MEETING = {"talk", "meet", "chat", "speak", "catch", "be"}
_TOGETHER = {"we", "you", "someone", "somebody"}


def asks(piece: Piece) -> bool:
    """Whether a piece of a question asks somebody to do something."""
    if not piece.asks:
        return False
    if piece.words[0] in ASKING:
        return len(piece.words) > 1 and _asks_to_do(piece.words)
    if any(piece.words[: len(run)] == run for run in QUESTIONING):
        return True
    there = piece.words[0] in ("is", "are") and piece.at(1) in ("there", "it")
    room = there and set(piece.words[2:5]) & (OPENING_ROOM | {"possible", "worth"})
    return bool(room) or (piece.words[0] == "any" and piece.at(1) in OPENING_ROOM | {"mileage"})


def _asks_to_do(words: Words) -> bool:
    modal, subject = words[:2]
    rest = tuple(word for word in words[2:] if word not in CONNECTIVES)
    if subject == "i":
        return rest[:1] != () and rest[0] in WISHED and (rest[0] != "ask" or _is_request(rest[1:]))
    if subject == "we" or modal in ("may", "will", "shall"):
        return subject in _TOGETHER and _is_shared(subject, rest)
    return not _is_wondered(modal, subject, rest)


def _is_request(words: Words) -> bool:
    return words[:1] in (("that",), ("you",), ("for",))


def _is_shared(subject: str, rest: Words) -> bool:
    """`Shall we swap classes?`, not `Shall we meet?`."""
    allowed = {"agree", "see"} if subject == "we" else {"agree"}
    return rest[:1] != () and (rest[0] not in (MINDED - allowed) | _MEETING or rest[0] == "have")


def _is_wondered(modal: str, subject: str, rest: Words) -> bool:
    """Whether a question asks what was, or what somebody thinks: `Could they see it?`."""
    verb = rest[0] if rest else ""
    if any(word == "have" and have_done(rest[place:]) for place, word in enumerate(rest[:4])):
        return True
    people = subject in PERSONS | PUPILS
    willing = verb in ("mind", "like") and modal == "would" and len(rest) > 1 and subject == "you"
    if (people or subject in ("that", "this")) and verb in MINDED and not willing:
        return True
    if "see" in rest[:4] and subject in PUPILS | {"you"}:
        return True
    stood = verb == "be" and not (len(rest) > 1 and is_past(rest[1]))
    return (
        subject in (PUPILS - {"pupils"}) | {"it"} and modal == "could" and (verb in ABLE or stood)
    )


def have_done(rest: Words) -> bool:
    """Whether words go on as `have been`, `have tried`."""
    return rest[:1] == ("have",) and len(rest) > 1 and is_past(rest[1])
