"""What the writer wishes for the lessons to come: `I'd love to see them lead`, `We recommend …`."""

from observe.core.feedback.pieces import Piece, Words, is_past, tells
from observe.core.feedback.step_words import (
    ADVERBS,
    BOTH_FORMS,
    CONNECTIVES,
    DEPENDENT,
    MINDED,
    NO_ORDER,
    OBJECTS,
    SELDOM_STEPS,
    VERBS,
    VERDICTS,
    VISITING,
    WISHED,
    set_of,
)

_WRITERS = {"i", "we", "i'd", "we'd", "i'm", "we're"}
_LIKING = {
    "like",
    "love",
    "want",
    "prefer",
    "value",
    "welcome",
    "wish",
    "ask",
    "appreciate",
    "asking",
}
_OF_WRITER = {"you", "how", "your", "from", "what", "it", "about", "back", "whether", "if"}
_WANTED = set_of("a an one two that you there more less fewer some the each every all it")
_FILLING = (
    ADVERBS
    | CONNECTIVES
    | set_of("would should can only strongly will quite rather very might may could am are")
)
_EAGER = {"keen", "curious", "interested", "glad", "happy", "intrigued", "delighted"}
_OTHERS = {"them", "him", "her", "everyone", "everybody", "each", "every", "both", "your", "the"}
_FURTHEST = 12


def wishes(piece: Piece) -> bool:
    """Whether the writer asks, suggests, or says what he would do."""
    words = piece.words
    place = next((n for n, word in enumerate(words[:_FURTHEST]) if word in _WRITERS), -1)
    if place < 0:
        return False
    wondered = [n for n, word in enumerate(words) if word in ("wondered", "wondering")]
    if wondered and place < wondered[0] < place + 3:
        return _wonders(words[wondered[0] + 1 :])
    asks = piece.asks and words[place + 1 : place + 2] != ("suggest",)
    return not asks and not _is_told(piece, place) and _wishes_at(words, place)


def _is_told(piece: Piece, place: int) -> bool:
    """Whether the wish is part of a story: `You asked what I would do`."""
    words = piece.words
    before = words[:place]
    leads = any(
        word in DEPENDENT and not (word == "as" and words[n + 1] in ("a", "an", "the", "my"))
        for n, word in enumerate(before)
    )
    past = tells(piece.before) and not piece.led and not words[place].endswith("'d")
    return (
        leads
        or past
        or (words[place] == "we'd" and bool(set(words[place + 1 : place + 2]) & BOTH_FORMS))
    )


def _wishes_at(words: Words, place: int) -> bool:
    would = words[place].endswith("'d") or words[place + 1 : place + 2] == ("would",)
    would = would or words[place + 1 : place + 3] == ("should", "like")
    filling = _FILLING if would else _FILLING | {"do"}
    rest = tuple(word for word in words[place + 1 :] if word not in filling)
    if not rest:
        return False
    return _wishes_for(rest, would=would) if rest[0] in _LIKING else _would_do(rest, would=would)


def _wishes_for(rest: Words, *, would: bool) -> bool:
    verb, after = rest[0], rest[1:]
    if not after or not (would or verb in ("want", "ask", "asking", "wish")):
        return False
    if after[0] == "to":
        return _would_like_to(after[1:])
    if "to" in after[:6] and after[0] != "nothing":
        return True
    copied = after[0] in ("a", "an", "the") and set(after) & {"copy", "cup", "word", "chat"}
    return (after[0] in _WANTED and not copied) or after[0].endswith("ing")


def _would_like_to(after: Words) -> bool:
    """`to see more of them`, not `to see you again`."""
    if after[:1] in (("see",), ("hear",)):
        return len(after) > 1 and after[1] not in _OF_WRITER
    return after != () and after[0] in (WISHED - {"advise", "urge", "request"}) | {"give"}


def _would_do(rest: Words, *, would: bool) -> bool:
    verb, after = rest[0], rest[1:]
    if verb in WISHED - {"ask"}:
        return True
    if not would or is_past(verb):
        return not is_past(verb) and verb == "wonder" and _wonders(after)
    if verb == "be":
        return _is_tempted(after)
    if verb == "have":
        return len(after) > 1 and after[0] in _OTHERS and bool(set(after[1:4]) & VERBS)
    known = verb in VERBS | {"do"} or _takes_object(verb, after)
    return known and verb not in SELDOM_STEPS and not _judges(verb, after)


def _takes_object(verb: str, after: Words) -> bool:
    return after != () and after[0] in OBJECTS and verb not in NO_ORDER | MINDED


def _judges(verb: str, after: Words) -> bool:
    """`I'd put this at …`, `I'd give it a …`."""
    whole = after[:1] in (("this",), ("that",), ("it",), ("you",)) or after[:2] == ("the", "lesson")
    mark = verb == "give" and after[:1] in (("a",), ("an",)) and len(after[1:2] and after[1]) < 2
    return verb in VERDICTS and (whole or mark)


def _is_tempted(after: Words) -> bool:
    if set(after[:3]) & {"tempted", "inclined"}:
        return True
    what_if = set(after) & {"if", "what", "whether"} and set(after) & {"you", "they"}
    return bool(set(after[:3]) & _EAGER) and bool(what_if)


def _wonders(after: Words) -> bool:
    """`about showing the film`, `whether the front row might go last`."""
    if after[:1] == ("about",):
        return any(word.endswith("ing") for word in after[1:4])
    asked = after[:1] in (("whether",), ("if",))
    return asked and bool(set(after) & {"might", "could", "would", "should"})


def is_visit(rest: Words) -> bool:
    """Whether the writer would like to come, or to hear how it went."""
    if rest[:1] == ("see",):
        yours = rest[1:2] in (("you",), ("your",), ("how",), ("back",))
        return yours and not set(rest[2:4]) & VERBS
    return (
        rest[:1] != ()
        and rest[0] in VISITING
        and rest[1:2] not in (("more",), ("from",), ("fewer",))
    )
