"""From what an observer typed to words that can be quoted: one line, whole words, marks in pairs."""

import re
import unicodedata

from observe.core.feedback.short_words import SHORT_WORDS
from observe.core.feedback.writing import capital

MOST_WORDS = 24
FEWEST_WORDS = 8

_HOW = (
    "fast|good|slow|clear|quiet|noisy|loud|calm|long|short|few|little|well|big|small|hard|easy|"
    "brief|quick|quickly|busy|keen|happy|late|early|much|strong|weak|nice|polite|settled|confident|"
    "useful|helpful|focused|engaged|different|similar"
)
_DOUBLE = '"“”„‟«»＂'
_BULLET = re.compile(r"^(?:[-–—*•·>#]+\s+|\d{1,2}[:.]\d{2}\s*[-–:]?\s+)")
WHO = r"(?:(?P<T>T|Tchr|Teacher)|(?P<P>(?:Ps?|Pupils?|Ch|Chn|Child|Students?|Sts?)(?:\s?[A-Z0-9])?\b))"
_SPEAKER = re.compile(rf"^{WHO}\s*(?::|>|[-–]\s)\s*", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:^|(?<=[\s;,]))\(?(\d{1,2})[.)]\s+(?=[^\W\d_])")
_WHOLE = re.compile(
    rf"^(?:[{_DOUBLE}](?P<double>[^{_DOUBLE}]+)[{_DOUBLE}]|['‘](?P<single>.+)['’])[.,]?$"
)
_SINGLE_PAIR = re.compile(r"(?<![\w’'])'(?=\S)([^']*(?:\w'\w[^']*)*)'(?!\w)")
_QUOTED = re.compile(rf"[{_DOUBLE}][^{_DOUBLE}]*[{_DOUBLE}]")
_INNER = re.compile(r"(?<!\w)‘((?:[^‘’]|(?<=\w)’(?=\w))*)’(?!\w)")
_CLOSES = re.compile(r"’(?!\w)")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
_INITIALS = re.compile(r"(?<![\w.])[a-zA-Z](?:\.[a-zA-Z])+$")
_CLAUSE_END = re.compile(r"[,;:–—]$")
_SHORTHAND = (
    (re.compile(r"^[&+]\s+"), ""),
    (re.compile(r"\bT(?=\s[+&]\s)"), "teacher"),
    (re.compile(r"(?<=\s)&(?=\s)|(?<=[^\W\d_]{3}\s)\+(?=\s[^\W\d_]{3}|\spupil)"), "and"),
    (re.compile(r"(?<=\s)@(?=\s)"), "at"),
    (re.compile(r"\b4(?=\s\d+\s?(?:min|sec|hr|week|day))"), "for"),
    (re.compile(r"\bw/o(?:ut)?(?=\s)", re.IGNORECASE), "without"),
    (re.compile(r"\bw/(?:\s+(?=\w)|(?=\w{2}))", re.IGNORECASE), "with "),
    (re.compile(r"\bb/c(?=\s)", re.IGNORECASE), "because"),
    (re.compile(r"\b(?:chn|Ps|ps)\b"), "pupils"),
    (re.compile(r"\bChn\b"), "Pupils"),
    (re.compile(r"(?:^|(?<=[.!?] ))T\.?(?=\s+[a-z]{2,})"), "Teacher"),
    (re.compile(r"(?<=\b(?:all|for|the|and) )T(?=[,.;]|$)|(?<=about )T\b(?!\w)"), "teacher"),
    (re.compile(r"(?<=\b(?:told|with|from|asks) )T(?=\s)|(?<=\btells )T(?=\s)"), "teacher"),
    (re.compile(r"(?<=[a-z] )r(?= [a-z]{2})"), "are"),
    (
        re.compile(
            r"(?<=[a-z;,→–’'\"”] )T(?=['’]s\b|\.?\s+[a-z]{2,})(?:\.(?=\s+[a-z]))?"
            r"|(?<![\w’'])t(?=\s+[a-z]{3,}s\b)"
        ),
        "teacher",
    ),
    (re.compile(r"(?<![\w’'])P(?=\s+[a-z]{3,}s\b)"), "pupil"),
    (re.compile(r"\b[qQ]['’]?s\b"), "questions"),
    (re.compile(r"\b[wW][bB]s\b"), "whiteboards"),
    (re.compile(r"(?<![\w.,])\+ve\b"), "positive"),
    (re.compile(r"(?<![\w.,])[-–]ve\b"), "negative"),
    (re.compile(r"\b[tT]chr\b"), "teacher"),
    (re.compile(r"(?<=[a-z] )w(?=\s+[a-z]{2,})"), "with"),
    (re.compile(rf"\bv\.?(?=\s+(?:{_HOW})\b)"), "very"),
    (re.compile(r"\bV\.?(?=\s+(?:{_HOW})\b)".replace("{_HOW}", _HOW)), "Very"),
    (re.compile(r"\b(?<=(?:2nd|1st|3rd|one|the|her|his) )eg\b(?!\s+[a-z])"), "example"),
    (re.compile(r"(?<=[Ww]orked )eg\b"), "example"),
    (re.compile(r"(?<=\d[\s-])yr(?=[\s-]old)"), "year"),
    (re.compile(r"\byr(?=\s+[a-z])"), "your"),
    (re.compile(r"\bno['’]s\b"), "numbers"),
    (re.compile(r"\bi(pads?|phones?)\b", re.IGNORECASE), lambda found: "i" + found[1].capitalize()),
    (re.compile(r"\b[gG]rp(s?)\b"), r"group\1"),
    (re.compile(r"\bbtwn\b"), "between"),
    (re.compile(r"\b[yY]r(?=\s?\d)"), "Year"),
    (re.compile(r"[-=]+>"), "→"),
    (re.compile(r"(?<=[;,–.] )P\d?:(?=\s*[‘'\"“])"), "a pupil:"),
)
_BACK = re.compile(
    r"\b(c[ao]mes?|go(?:es)?|went|g[ai]ve[sn]?|hand(?:s|ed)?|look(?:s|ed)?|turn(?:s|ed)?)\s+bk\b",
    re.IGNORECASE,
)
_QUEUE = re.compile(r"\bq(?=\s?up\b)")
_SHORT = re.compile(
    rf"(?<![\w’'./])(?:{'|'.join(map(re.escape, sorted(SHORT_WORDS)))})(?![\w’'])(?!/)",
    re.IGNORECASE,
)
_UNTIDY = (
    (re.compile(r"\s+(?=[,;.!?»)])|(?<=[«(])\s+"), ""),
    (re.compile(r"(?<=…)\s+(?=[\"'”’»](?!\w))|(?<=[\s(][\"“‘'])\s+(?=…)"), ""),
    (re.compile(r"([?!]),(?=\s)"), r"\1"),
    (re.compile(r"(?<=[a-z]{2}),(?=\w)|(?<=[\"”'’]),(?=[\"“'‘]\w)"), ", "),
    (re.compile(r"([!?,;])\1+"), r"\1"),
    (re.compile(r"(?<=\s)[-–—]+(?=\s)"), "–"),
)
_KEPT_LARGE = "TA TAS SEN SEND EAL PE RE ICT PSHE DT LO AFL MFL I PPT A4 A3"
_SHORT_FORMS = frozenset(_KEPT_LARGE.split())
LONGEST_READ = 600  # characters; 24 words are seldom more than 200
_BRACKETS = str.maketrans("{}", "()")


def plain(text: str) -> str:
    """What was typed, in one line and without what cannot be printed."""
    return " ".join(_printable(text).split())


def one_line(text: str) -> str:
    """A note in one line: its bullets gone, its lines told apart."""
    lines = (
        _BULLET.sub("", " ".join(line.split()))
        for line in _printable(text[:LONGEST_READ]).splitlines()
    )
    joined = ""
    for line in filter(None, lines):
        joined += (" " if not joined or joined[-1] in ".!?;:,…—" else "; ") + line
    return " ".join(re.sub(r"(?:\.\s?){3,}", " … ", _unnumbered(joined)).split())


def _unnumbered(text: str) -> str:
    """`1. Shows 2. Asks 3. Waits` as `Shows; Asks; Waits`: a list that counts from one."""
    counted = [int(found[1]) for found in _NUMBERED.finditer(text)]
    if len(counted) < 2 or counted != list(range(1, len(counted) + 1)):
        return text
    before, *items = (piece.strip(" ;,.") for piece in _NUMBERED.split(text)[::2])
    told = "; ".join(item[:1].lower() + item[1:] if item[1:2].islower() else item for item in items)
    return f"{before} {told}".strip()


def without_speaker(text: str) -> tuple[str, str | None]:
    """The note without `T:` or `P1 -` before it, and who that was."""
    found = _SPEAKER.match(text)
    if not found or found.end() == len(text):
        return text, None
    return text[found.end() :], letter_of(found)


def unquoted(text: str) -> str:
    """The note without quotation marks round the whole of it."""
    found = _WHOLE.match(text.strip())
    if not found or re.search(r"['’](?!\w)|(?<!\w)['‘]", found["single"] or ""):
        return text
    return (found["double"] or found["single"]).strip()


def finished(text: str) -> str:
    """The words of a note, at most 24 of them, with no mark at their end that a sentence minds."""
    text = _spelt_out(_spoken_softly(_tidy(text.translate(_BRACKETS))))
    text = re.sub(r"\S{60,}", lambda long: long[0][:59] + "…", text)
    told = _short(text).strip(" .,;:-–—/|\\→")
    return _nested(told + "." if _INITIALS.search(told) and text.rstrip().endswith(".") else told)


def has_words(text: str) -> bool:
    """Whether there is a letter in it."""
    return any(letter.isalpha() for letter in text)


def letter_of(turn: re.Match[str]) -> str:
    """Whether teacher or pupil is meant by a match of `WHO`."""
    return "T" if turn["T"] else "P"


def _printable(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text)
    return "".join(letter for letter in composed if letter.isspace() or _is_shown(letter))


def _is_shown(letter: str) -> bool:
    """Letters, marks and signs; no control characters, no pictures."""
    kind = unicodedata.category(letter)
    picture = kind in ("So", "Sk") and letter > "\u2190"
    return not (kind[0] == "C" or picture or "\ufe00" <= letter <= "\ufe0f" or letter == "\u20e3")


def _tidy(text: str) -> str:
    """No space before a comma, no mark twice, a dash where a hyphen stands for one."""
    for untidy, tidy in _UNTIDY:
        text = untidy.sub(tidy, text)
    return text


def _spelt_out(text: str) -> str:
    text = _SHORT.sub(_long, _BACK.sub(r"\1 back", _QUEUE.sub("queue", text)))
    for shorthand, word in _SHORTHAND:
        text = shorthand.sub(word, text)
    return text


def _long(short: re.Match[str]) -> str:
    """The whole word, with a capital where its short form has one; initials stay."""
    if short[0].isupper():
        return short[0]
    word = SHORT_WORDS[short[0].lower()]
    return capital(word) if short[0][0].isupper() else word


def _spoken_softly(text: str) -> str:
    """A note all in capitals, as anybody would write it."""
    if not text.isupper() or not re.search(r"[^\W\d_]{4}", text):
        return text
    return " ".join(
        word if word.strip(".,;:!?") in _SHORT_FORMS else word.lower() for word in text.split()
    )


def _short(text: str) -> str:
    if len(text.split()) <= MOST_WORDS:
        return text
    kept = ""
    for sentence in _SENTENCE_END.split(text):
        if len(f"{kept} {sentence}".split()) > MOST_WORDS:
            break
        kept = f"{kept} {sentence}".strip()
    return kept or _cut(text)


def _cut(text: str) -> str:
    """The first words of a long sentence, up to a comma where there is one."""
    words = text.split()[: MOST_WORDS - 2]
    pauses = [place for place, word in enumerate(words, 1) if _CLAUSE_END.search(word)]
    kept = words[: pauses[-1]] if pauses and pauses[-1] >= FEWEST_WORDS else words
    told = " ".join(kept)
    open_bracket = told.rfind("(") if told.count("(") > told.count(")") else len(told)
    return told[:open_bracket].rstrip(" .,;:-–—") + " …"


def _once(quoted: re.Match[str]) -> str:
    """A quotation without the marks inside it, which would be a third kind."""
    inner = _SINGLE_PAIR.sub(r"\1", quoted[0])
    return _INNER.sub(r"\1", inner)


def _nested(text: str) -> str:
    text = _SINGLE_PAIR.sub(r"‘\1’", _QUOTED.sub(_once, text))
    marks, is_open = [], False
    for place, letter in enumerate(text):
        if letter not in _DOUBLE:
            marks.append("’" if letter == "'" else letter)
        elif not is_open and place and text[place - 1].isdigit() and text[place:].count(letter) % 2:
            marks.append("″")
        else:
            marks.append("’" if is_open else "‘")
            is_open = not is_open
    told = "".join(marks) + ("’" if is_open else "")
    told = told[1:] if told.startswith("‘") and not _CLOSES.search(told) else told
    return told.removesuffix(".’") + "’" if told.endswith(".’") else told
