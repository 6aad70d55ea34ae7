"""A letter in plain text → lines with their parts, and where each begins.

Paragraphs stand apart by an empty line. A heading such as “What worked”, “Next steps”, “Target” or
“Question”, alone on its line, says what follows up to the next heading; with a colon and words behind it
(“Next step: …”), what its paragraph is. Where there is no heading the words decide: what proposes something
is a next step to the end of its paragraph, what greets or thanks is the opening, all else tells what was
seen.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from observe.core.feedback.facts import Line, Part
from observe.core.feedback.headings import BULLET, heading
from observe.core.feedback.name_words import PERIODS
from observe.core.feedback.no_proposal import proposes_nothing
from observe.core.feedback.proposals import proposes
from observe.core.feedback.reading import Spot, sentences, without_quotations

_GREETING = re.compile(
    r"[ \t]*(?:dear|hi|hiya|hello|hey|good\s+(?:morning|afternoon|evening)|annwyl|morning|"
    r"helo)\b[^\n.?!]{0,60}$",
    re.IGNORECASE,
)
_FAREWELL = re.compile(
    r"[ \t]*(?:with\s+)?(?:(?:very\s+)?best(?:\s+wishes)?|(?:kind(?:est)?|warm(?:est)?|"
    r"best)\s+(?:regards|wishes)|regards|"
    r"(?:many\s+|with\s+)?thanks(?:\s+again)?|thank\s+you|yours(?:\s+\w+)?|sincerely|"
    r"cheers|ta|warmly|all\s+(?:the\s+)?best|"
    r"take\s+care|cofion(?:\s+\w+)?|diolch(?:\s+\w+){0,2}|speak\s+soon|"
    r"see\s+you(?:\s+\w+){0,3}|(?:with\s+)?(?:much\s+)?love(?:\s+to\s+[\w ]{2,30})?|"
    r"(?:with|in|sunny|lots\s+of)(?:\s+\w+){1,5}(?=[ \t]*,[ \t]*$))"
    r"[ \t]*(?:[,.!–—-]?[ \t]*|[,–—-][ \t]*(?-i:[A-ZÀ-ÞŁŚŻŹĆİŞĞ])[\w.’'-]*(?:[ \t]+(?:(?:and|"
    r"&)[ \t]+)?(?-i:[A-ZÀ-Þ])[\w.’'-]*){0,3})$",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"[ \t]*(?:[A-ZÀ-ÞŁŚŻŹĆİŞĞ][\w.’'-]*|and|&|ap|de|van|"
    r",)(?:[ \t,]+(?:[A-ZÀ-ÞŁŚŻŹĆİŞĞ][\w.’'-]*|and|&|ap|de|van|of))*[ \t]*$"
)
_POST = re.compile(
    r"[ \t]*(?:\([^)\n]{2,40}\)|[,–—-][ \t]*[^.!?\n]{0,25}\b(?:head(?:teacher)?|lead(?:er)?|"
    r"teacher|coach|mentor|advis[eo]r|"
    r"deputy|senco|sendco|department|faculty|team|principal|governor)\b[^.!?\n]{0,20})[ \t]*$",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"^[ \t]*(?:\*{1,2})?(?:teacher|observers?|observed\s+by|seen\s+by|from|to|by|leader|"
    r"adviser|head(?:teacher)?|written\s+by)[ \t]*"
    r"(?:\*{1,2})?:(.+)$",
    re.IGNORECASE | re.MULTILINE,
)
_COURTEOUS = re.compile(
    r"^\W*(?:thank|many\s+thanks|thanks|diolch|it\s+was\s+(?:good|lovely)\s+to)\b", re.I
)
_TITLE = re.compile(r"(?=.*(?:\d|,|\s[–—-]\s)).*[^.!?:\s]\s*")
MOST_SIGNED = 6
LONGEST_TITLE = 15


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of the letter and where it begins in the text, counted in characters from 0."""

    line: Line
    start: int


@dataclass(frozen=True, slots=True)
class PlainLetter:
    """The lines of a text in their order, and the people it greets, names as staff or is signed by."""

    lines: tuple[PlacedLine, ...]
    staff: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph, or one entry of a list; `part` None where the words have to decide."""

    spot: Spot
    part: Part | None


def read_plain(text: str) -> PlainLetter:
    """The lines of a plain text; every character outside headings and greetings is in one."""
    blocks = list(_blocks(text))
    lines = tuple(placed for block in blocks for placed in _lines(block))
    return PlainLetter(lines, tuple(_staff(text)))


def _staff(text: str) -> Iterator[str]:
    yield from (found[1] for found in _ROLE.finditer(text))
    rows = text.splitlines()
    for row in rows:
        if _GREETING.match(row):
            yield row.split(maxsplit=1)[-1]
    yield from (row for row in _signature(rows))


def _signature(rows: list[str]) -> list[str]:
    """The last short rows with nothing but names."""
    told = [row for row in rows if row.strip()]
    kept: list[str] = []
    for row in reversed(told[1:]):
        if not _is_signature(row):
            break
        kept.append(row)
    return kept


def _is_signature(row: str) -> bool:
    named = _POST.sub("", row)
    return bool(_SIGNED.match(named)) and 0 < len(named.split()) <= MOST_SIGNED


def _signed_from(text: str) -> int:
    """Where the names at the end of a letter begin; its length where there are none."""
    begun = end = len(text.rstrip())
    for row in reversed(text.rstrip().split("\n")):
        begun -= len(row) + 1
        if row.strip() and not _is_closing(row):
            break
        end = begun
    return end


def _is_closing(row: str) -> bool:
    """Whether a row at the end is a name and nothing else: no heading, no day of the week."""
    days = {word.strip(".,").casefold() for word in row.split()} & PERIODS
    return _is_signature(row) and not days and not _is_heading(row)


def _blocks(text: str) -> Iterator[_Block]:
    standing: Part | None = None
    parted, signed = False, _signed_from(text)
    for paragraph in _paragraphs(text):
        inline: Part | None = None
        for row in _rows(paragraph):
            announced = heading(row)
            parted = parted or bool(_FAREWELL.match(row.text)) or row.start > signed
            if (parted and _is_signature(row.text)) or _is_title(row, text):
                yield _Block(row, Part.OPENING)
            elif announced is None:
                yield from _block(row, inline or standing)
            elif announced[1]:
                inline = announced[0]
                yield from _block(announced[1], inline)
            else:
                standing = inline = announced[0]


def _is_title(row: Spot, text: str) -> bool:
    """Whether a text begins with what it is about: `Learning walk – maths corridor, 19 November`."""
    first = not text[: row.start].strip() and bool(text[row.end :].strip())
    short = len(row.text.split()) <= LONGEST_TITLE and "\n" not in row.text
    return first and short and bool(_TITLE.fullmatch(row.text)) and not _is_heading(row.text)


def _block(spot: Spot, part: Part | None) -> Iterator[_Block]:
    if _GREETING.match(spot.text) or _FAREWELL.match(spot.text):
        yield _Block(spot, Part.OPENING)
    else:
        yield _Block(spot, None if part in (None, Part.STRENGTH, Part.OPENING) else part)


def _paragraphs(text: str) -> Iterator[Spot]:
    for found in re.finditer(r"(?:[^\n]*\S[^\n]*\n?)+", text):
        yield Spot(found[0], found.start())


def _rows(paragraph: Spot) -> Iterator[Spot]:
    """The pieces of a paragraph: entries of a list, headings, short rows; rows that run on are joined."""
    begun, piece = paragraph.start, ""
    for found in re.finditer(r"[^\n]*\n?", paragraph.text):
        if piece and _begins_anew(piece, found[0]):
            yield Spot(piece.rstrip(), begun)
            begun, piece = paragraph.start + found.start(), ""
        piece += found[0]
    if piece.strip():
        yield Spot(piece.rstrip(), begun)


def _begins_anew(piece: str, row: str) -> bool:
    last = piece.rstrip("\n").rsplit("\n", 1)[-1]
    if not row.strip():
        return False
    if BULLET.match(row) or re.match(r"[ \t]*\d{1,2}[:.]\d{2}\b", row):
        return True
    heads = _is_heading(row) or _is_heading(last) or _GREETING.match(last) or _FAREWELL.match(row)
    return bool(heads) or bool(_FAREWELL.match(last)) or _ends_short(last)


def _ends_short(row: str) -> bool:
    """Whether a row stands for itself: short, as no line of running text would be."""
    return len(row.split()) <= MOST_SIGNED


def _is_heading(row: str) -> bool:
    return heading(Spot(row.rstrip(), 0)) is not None


def _lines(block: _Block) -> Iterator[PlacedLine]:
    part, run = None, list[Spot]()
    for piece, mine in _parted(block):
        if run and mine is not part:
            yield _line(block, run, part)
            run = []
        part = mine
        run.append(piece)
    if run:
        yield _line(block, run, part)


def _line(block: _Block, run: list[Spot], part: Part | None) -> PlacedLine:
    start, end = run[0].start, run[-1].end
    return PlacedLine(
        Line(part or Part.STRENGTH, block.spot.text[start:end]), block.spot.start + start
    )


def _parted(block: _Block) -> Iterator[tuple[Spot, Part]]:
    """The sentences of a block with their parts; what follows a proposal belongs to it."""
    part = block.part
    for sentence in sentences(block.spot.text):
        announced = heading(sentence)
        if announced and announced[1] and announced[0] not in (Part.OPENING, Part.STRENGTH):
            part = announced[0]
        elif part is None and proposes(sentence.text) and not proposes_nothing(sentence.text):
            part = Part.NEXT_STEP
        empty = not announced and proposes_nothing(sentence.text)
        yield sentence, Part.OPENING if empty else part or _told(sentence.text)


def _told(sentence: str) -> Part:
    if without_quotations(sentence).rstrip(")").endswith("?"):
        return Part.QUESTION
    return Part.OPENING if _COURTEOUS.match(sentence) else Part.STRENGTH
