"""A place on a scale in the frame of a verdict, and whose level it is.

The places are few: a number, a letter, a band, a word that a scale prints. The frames say that they
are meant: a writer who calls or gives, a lesson that sits or lands, a sentence that is nothing else. A
level of a pupil, a course, a question or a game is none of the teaching.
"""

import re
from collections.abc import Iterator

from observe.core.feedback.reading import Spot


def _one_of(words: str) -> str:
    """Words as one group of alternatives; a dot in a word stands for a space."""
    return "(?:" + "|".join(word.replace(".", r"\s+") for word in words.split()) + ")"


_COUNT = _one_of("one two three four five six seven eight nine ten")
_NUMBER = rf"(?:[1-9]\d?|{_COUNT})"
_LETTER = r"(?-i:[A-E])(?:\s?[*+-]|\s(?:plus|minus|star)\b|-(?:plus|minus|star)\b)?(?![\w’'*+-])"
_DEGREE = (
    _one_of("""
    very clear solid strong secure weak low high good bare borderline comfortable firm safe
    definite sound straight easy narrow resounding fair decent near mid upper lower big fat
    generous grudging respectable convincing
    """)
    + r"\s+"
)
_HONOUR = _one_of("""
    pass fail merit distinction first[\\s-]class second[\\s-]class third[\\s-]class gold silver
    bronze top.marks full.marks gold.standard
""")
_LABEL = _one_of("""
    outstanding inadequate requires?.improvement requiring.improvement RI unsatisfactory
    satisfactory exceptional good excellent strong weak secure emerging developing exceeding
    embedded embedding mastered mastering proficient consolidating enhancing accomplished expected
    meeting established consistent effective highly.effective novice expert leading exemplary
    capable competent advanced basic limited partial sustained refining beginning distinguished
    thriving transforming
""")
_CAPITAL_LABEL = rf"(?=(?-i:[A-Z])){_LABEL}"
_QUOTED = r"[“\"‘'](?=\w)[\w\s-]{2,28}[”\"’']"
_QUOTED_LABEL = rf"[“\"‘'](?:\w+\s+){{0,2}}{_LABEL}(?:\s+\w+){{0,2}}[”\"’']"
_STEP = _one_of("""
    bands? grades? tiers? brackets? descriptors? category categories box(?:es)? columns? stages?
    levels? rungs? phases? steps? notch(?:es)? rows?
""")
_FRAMEWORK = _one_of(
    "scale framework rubric criteria descriptors? grid matrix policy standards money terms"
)
_GOES_ON = _one_of("""
    a against and as at because but by for from here if in now
    of.(?:4|5|6|7|10|four|five|six|seven|ten) on or out overall over so such than this though to
    today too under when with
""")
_END = rf"(?=\s*(?:[.,;:!?()”’\"]|$)|\s+{_GOES_ON}\b)"
_PLACE = rf"""
    (?:(?:an?|the)\s+(?:{_DEGREE})?(?:{_NUMBER}[+-]?|{_LETTER}|{_HONOUR}){_END}
    | (?:level|grade|band|stage|tier|mark|category)\s+(?:{_NUMBER}\b|{_LETTER})
    | {_QUOTED_LABEL} | (?:{_DEGREE})?(?:grade\s+)?{_CAPITAL_LABEL}\b)
"""
_WRITER = _one_of("""
    i we i['’]d we['’]d i['’]ve we['’]ve i['’]m we['’]re both.of.us the.panel the.team
    the.two.of.us the.pair.of.us
""")
_JUDGES = _one_of("""
    call make give gave given put have had mark marked grade graded rate rated place placed see
    saw judge judged award awarded sign circled? ticked? settled? settle agreed agree say said
    class peg pitch think thought feel felt reckon
""")
_GRANTS = _one_of("give gave given award awarded grade graded rate rated judge judged place placed")
_JUDGED = _one_of("""
    it this that you your the practice teaching lesson hour visit session \\w+.off off down both
    firmly here is was him her
""")
_LANDS = _one_of("""
    sits? sat lands? landed earns? earned deserves? falls? fell comes? came scraped? got gets?
    merits? stands? would reach(?:es|ed)? be
""")
_SOMEHOW = _one_of("""
    out up down comfortably securely firmly squarely just overall have got somewhere nicely well
    scraped earned about in at as on into a an
""")
_OURS = rf"{_one_of('from for')}\s+{_one_of('me us the.pair.of.us the.two.of.us both.of.us')}\b"
_BEGINS = _one_of("definitely probably easily overall verdict for.me in.short so")
_WHOSE = _one_of("the our your this a an ofsted old all")
_BRINK = _one_of("cusp borderline brink verge edge border threshold")
_ASPECT = _one_of("""
    behaviour teaching progress achievement routines? questioning modelling climate pace challenge
    assessment planning safety marking feedback engagement attitudes provision quality knowledge
    leadership behaviour.and.\\w+ subject.knowledge quality.of.\\w+
""")
_SIGN = r"\s*(?:[=:–]|\s-\s)\s*(?:[1-9]|amber|green|red|(?-i:[A-E])\b)(?:/\d+)?"

_FRAMES = (
    # The writer judges: `I have you down as an A`, `We settled on “secure”`.
    rf"\b{_WRITER}\s+(?:\w+\s+){{0,3}}?{_JUDGES}\s+(?:{_JUDGED}\s+){{0,5}}?"
    rf"(?:{_one_of('as at on in to a')}\s+)??{_PLACE}",
    rf"\b{_WRITER}\s+(?:\w+\s+)?{_GRANTS}\s+(?:[\w-]+\s+){{1,4}}?(?:{_one_of('as at in to')}\s+)?{_PLACE}",
    rf"\bha(?:d|ve)\s+(?:you|it|this)\s+down\s+(?:as|for|at)\s+(?:an?\s+)?(?:\w+\s+)?{_PLACE}",
    rf"\b{_WRITER}\s+(?:\w+\s+)?(?:circled|ticked)\s+the\s+[\w-]+\s+{_STEP}\b",
    rf"\b(?:circled|ticked)\s+(?:{_NUMBER}\s+for\b|(?:the\s+)?(?:top|second|third|bottom|first|last)\s+{_STEP}\b)",
    rf"\bthat\s+makes\s+(?:it|this|you)\s+{_PLACE}",
    r"\b(?:i|we)(?:['’]d|\s+would)?\s+(?:happily\s+|gladly\s+)?(?:pass|fail)\s+(?:you|this)\b",
    r"\b(?:panel|team|we|i)\b[^.!?\n]{0,25}?\b(?:award\w*|g[ai]ven?)\s+(?:you\s+|this\s+|it\s+)?\d+\s+(?:points|marks)\b",
    r"\b(?:scor(?:ed?|es)|rat(?:ed?|es)|grad(?:ed?|es)|marked|g[ai]ve)\b[^.!?\n]{0,40}?"
    r"\b\d{1,2}\s*/\s*(?:4|5|6|7|10)\b",
    # A sentence that is nothing else: `A straight A.`, `A secure 3 from the pair of us.`
    rf"(?<![^.!?\n“\"]\s)(?<![^\s.!?“\"-])(?:{_BEGINS}[\s,:–-]+)?{_PLACE}"
    rf"(?:\s*[.!]|\s+(?:from|for)\s+(?:me|us|the|both)\b|,\s+(?:nearly|almost|maybe|perhaps)\b)",
    rf"{_PLACE}[^.!?\n]{{0,30}}?\b{_OURS}",
    rf"\b(?:(?:for|from)\s+me|in\s+my\s+(?:book|view|eyes)|if\s+pushed|by\s+my\s+reckoning|"
    rf"(?:at|for)\s+(?:present|the\s+moment|now)|not\s+(?:yet|there\s+yet))\b[^.!?\n]{{0,25}}?"
    rf"\ban?\s+(?:{_DEGREE})?(?:{_NUMBER}[+-]?|{_LETTER}){_END}",
    # A framework and a place on it: `On the rubric you come out as “proficient”`.
    rf"\b(?:on|by|against|in|under)\s+(?:{_WHOSE}\s+)+(?:[\w’'-]+\s+){{0,2}}?"
    rf"{_FRAMEWORK}\b[^.!?\n]{{0,50}}?(?:{_PLACE}|{_QUOTED}|\b(?:first|second|third|fourth|one|two|three)\s+"
    rf"(?:out\s+)?of\s+(?:three|four|five|six)\b|\byou(?:\s+are|['’]re)\s+"
    rf"(?:meeting|exceeding|below|above|secure|emerging|developing)\b|\b{_HONOUR}\b|,\s+an?\s+{_NUMBER}\b)",
    rf"{_PLACE}\s+(?:on|by|against|under)\s+(?:the|our|your|this|any)\s+(?:[\w’'-]+\s+){{0,2}}?{_FRAMEWORK}\b",
    # The lesson lands: `This lesson sat comfortably at a 2`, `It falls in band B`.
    rf"\b(?:lesson|teaching|practice|session|this|that|it|you|work|hour)\b(?:\s+\w+){{0,4}}?\s+{_LANDS}\s+"
    rf"(?:{_SOMEHOW}\s+){{0,4}}?(?:(?:as|at|in|on|into|within)\s+)?{_PLACE}",
    # What teaching is made of lands, too: `Peer critique rates a 4`, `from Developing to Established`.
    rf"\b(?:rates?|(?:sits?|sat|stands?|stood|lands?|landed)\s+at)\s+(?:\w+ly\s+)?{_PLACE}",
    rf"\bfrom\s+{_CAPITAL_LABEL}\s+(?:up\s+|right\s+)?to\s+{_CAPITAL_LABEL}",
    rf"\b{_FRAMEWORK}\s+(?:would\s+)?(?:calls?|terms?|names?)\s+(?:an?\s+)?(?:{_QUOTED}|{_CAPITAL_LABEL})",
    rf"\byou(?:\s+are|['’]re)\s+(?:\w+ly\s+|now\s+|still\s+)?{_CAPITAL_LABEL}\b",
    rf"\b(?:at|in|on|into|within|under)\s+(?:the|our|its|your)\s+(?:{_QUOTED}|{_LABEL})\s+{_STEP}\b",
    rf"\b{_BRINK}\s+(?:of|between|with)\s+(?:being\s+)?"
    rf"(?:an?\s+)?(?:{_LABEL}|{_NUMBER}|{_LETTER})",
    # Steps of a scale: `top-band coaching`, `up a level`, `five stars`.
    r"\b(?:gold[\s-]standard|first[\s-]class\s+honours|(?:five|four|three|two|5|4|3|2)[\s-]stars?\b"
    r"(?!\s+(?:were|was|on|in|of|hotel)))",
    r"\b(?:top|first|second|third|middle|upper|lower|bottom|highest)[\s-](?:band|grade|tier|bracket|descriptor)\b"
    r"(?!\s+(?:of\s+(?:colou?r|rock|light)|answers?|essays?|pupils|students|scripts?|responses?))",
    r"\b(?:up|down)\s+an?\s+(?:whole\s+)?(?:grade|level|band|notch|tier)\b",
    r"\b(?:an?|one)\s+(?:whole\s+)?(?:grade|level|band|notch|tier)\s+(?:up|down|below|above|"
    r"higher|lower|short)\b",
    r"\btraffic\s+lights?\b[^.!?\n]{0,30}?\b(?:green|amber|red)\b",
    # An entry of a form: `Grade awarded: B+`, `Routines 4, questioning 3`.
    rf"\b{_one_of('grade mark rating score judge?ment outcome verdict level band')}s?"
    rf"(?:\s+(?:awarded|given|agreed|overall|today|for\s+\w+|this\s+\w+))?\s*[:=–]\s*(?:an?\s+)?(?:{_DEGREE})?"
    rf"(?:\d|{_LETTER}|{_LABEL}|{_COUNT}\b|{_HONOUR})",
    rf"\b(?:judge?ment|rating|grade|score)\s+{_NUMBER}\b{_END}",
    rf"(?:^|(?<=[.;,]\s)){_ASPECT}\s*[:–-]?\s*[1-9][+-]?(?=\s*(?:[.,;]|$)|\s+and\b)",
    rf"(?<=[=:–-]\s){_CAPITAL_LABEL}(?=\s*(?:[.,;(]|$))",
    rf"\b[a-z]{{4,}}{_SIGN}\s*[,;]\s*(?:and\s+)?(?:\w+\s+){{0,2}}[a-z]{{4,}}{_SIGN}",
)
_FRAMED = re.compile("|".join(_FRAMES), re.IGNORECASE | re.VERBOSE)

_PUPILS = _one_of("""
    pupils? students?['’]? learners? child(?:ren)? boys? girls? they them their he she his her him
    class groups? pairs (?<!the\\s)pair candidates? quiz tests? exams? mocks? gcse btec nvq
    a[\\s-]levels? ks\\d certificates? diplomas? qualifications? award piano violin clarinet flute
    music papers? questions? essays? answers? scripts? dice scores predicted coursework sample
    model exemplar swimmers? match game half.time year.\\d+ y\\d+ sets?(?:.\\d)? aloud table
    number.line boundary speaking pieces? books? titration fractions? sum reading.age
""")
_YOU = r"you(?:['’](?:d|re|ve))?"
_TEACHING = re.compile(
    rf"\b(?:lesson|teaching|practice|overall|judge?ments?|judged|framework|rubric|ofsted|inspect\w+|"
    rf"teachers['’]?\s+standards|"
    rf"{_YOU}\s+{_one_of('are were got scored earned? achieved would have moved come came sit meet met')}|"
    r"i|we|i['’]d|we['’]d|(?:from|for)\s+me|from\s+us|your\s+(?:score|grade|rating|teaching|practice|questioning|"
    r"level|overall)|behaviour|progress|pace|climate|questioning|modelling|routines|plenary|starter|coaching|"
    r"as\s+a\s+practitioner)\b",
    re.IGNORECASE,
)
_OF_PUPILS_BEFORE = re.compile(rf"\b{_PUPILS}\b", re.IGNORECASE)
_OF_PUPILS_AFTER = re.compile(
    r"^\W*(?:(?:to|on|in)\s+(?:one|a|an|each|the|every|their)\s+)?"
    r"(?!(?:with|from|for|because|and|at|but|so|out|by)\b)(?:[\w-]+\s+)?"
    rf"\b{_PUPILS}\b|^\s+out\s+of\s+\d+\s+(?:pupils|students|children)",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    rf"\d|\b(?:grades?|levels?|bands?|scores?d?|marks?|amber|red|green|a\s+[A-E]|expected|{_COUNT})\b",
    re.IGNORECASE,
)
# A class or a course that is called by its level: `your Level 3 Business group`, `shared with Grade 5`.
_COURSE = re.compile(
    rf"""
      \b(?:the|your|our|my|their|this|in|with|for|to|of|and)\s+(?-i:Level|Grade)\s+\d+\s+(?!{_GOES_ON}\b)
        (?!(?:teaching|practice|performance|standard|overall)\b)[a-z]
    | \b(?:with|for|of|and|both)\s+(?-i:Grade)\s+\d+\s*[.,?]
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NEAR = 60


def framed(text: str) -> Iterator[Spot]:
    """Places on a scale that stand in the frame of a verdict."""
    for found in _FRAMED.finditer(text):
        yield Spot(found[0].strip(), found.end() - len(found[0].lstrip()))


def is_pupils(text: str, spot: Spot) -> bool:
    """Whether a level is that of a pupil, a course, a question or a game, and not of the teaching."""
    if not _NUMERIC.search(spot.text):
        return False
    begun = max(text.rfind(mark, 0, spot.start) for mark in ".!?\n") + 1
    before, after = text[begun : spot.start], text[spot.end : spot.end + _NEAR]
    if _COURSE.search(before[-_NEAR:] + spot.text + after):
        return True
    theirs = _OF_PUPILS_BEFORE.search(before) or _OF_PUPILS_AFTER.search(after)
    return bool(theirs) and not _TEACHING.search(before + spot.text)
