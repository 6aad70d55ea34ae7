"""Words that give a level away, which only the observers may read when a rubric is ungraded."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from observe.core.feedback.grade_frames import framed, is_pupils
from observe.core.feedback.reading import Spot, quotations
from observe.core.rubric import Rubric

_WORD = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_NUMBER = rf"(?:[1-9]\d?|{_WORD})"
_JUDGED = (
    r"(?:judged?|rat(?:ed|e|ing)|grad(?:ed|e|ing)|scor(?:ed|e|ing)|marked|assessed|"
    r"classed|put|called|deemed|considered)"
)
_ENDS = (
    r"(?=\s*(?:[.,;:!?)”’\"]|$|for\b|on\b|overall\b|because\b|at\b|after\b|or\b|here\b|"
    r"from\b|this\s+(?:time|lesson|week|term|visit)\b|today\b|again\b|now\b|throughout\b|"
    r"across\b|all\s+round\b|"
    r"to\s+an?\s+\d|and\b|but\b|as\b|so\b|to\b|maybe\b|if\b|"
    r"in\s+(?:\w+\s+)?\w+(?:ing|ment|our)\b))"
)
_ADJECTIVE = (
    r"(?:outstanding|inadequate|requires?\s+improvement|requiring\s+improvement|"
    r"unsatisfactory|satisfactory|exceptional|good|excellent|strong|weak|secure|emerging|"
    r"developing|exceeding)"
)
_ABOUT = (
    r"(?:teaching|behaviour|pace|questioning|overall|judgement|judgment|assessment|"
    r"marking|challenge|planning|quality|routines?|lesson|grade|level|score|rating|"
    r"feedback|talk|engagement|progress|structure|rated|graded|start|starter|plenary|"
    r"differentiation|"
    r"modelling|opening|climate|effectiveness|attitudes|provision|"
    r"quality\s+of\s+education|subject\s+knowledge|outcome|result|ofsted)"
)

# What a whole lesson or teacher is called, in words that no scale has to print.
_VERDICTS = rf"""
    (?:on\s+(?:the|its|your)\s+way\s+to|close\s+to|verging\s+on|bordering\s+on|nudging|touching|
    short\s+of)\s+{_ADJECTIVE}
        (?=\s*(?:[.,;!]|$|and\b|but\b|here\b|overall\b))
    | \b(?:lower|upper|top|bottom|higher)\s+end\s+of\s+{_ADJECTIVE}\b
    | \b(?:off|top|bottom|end)\s+of\s+(?:our|the)\s+scale\b
    | \bup\s+to\s+(?:the\s+)?(?:standard|scratch)\b
    | \b(?:solidly|securely|firmly|comfortably|well)\s+(?:expected|emerging|developing|exceeding)\b
    | \b(?:is|was|be|been|it['’]s|call(?:ed)?\s+(?:it|this)|as)\s+an?\s+(?:\w+\s+)?
        (?:weak|poor|sound|decent|inadequate|mediocre|average|below[\s-]average)\s+(?:lesson|session)\b
    | \b(?:judge?ment|outcome|verdict|standards?(?:\s+\d)?)\s*[:–—]\s*(?:\w+\s+)?(?:un|not\s+)?met\b
    | \b(?:is|was|it['’]s)\s+an?\s+(?:\w+\s+)?(?:pass|fail|merit|distinction)\b(?=\s*(?:[.,;!]|$|
        but\b|for\s+me\b))
    | \byou\b[^.!?\n]{{0,30}}?\bworking\s+(?:at|towards|within|below|above|beyond)\s+(?:greater\s+depth|
        (?:the\s+)?expected|age[\s-]related)
    | \b(?:{_ADJECTIVE}|expected|mastered)[”"'’]\s+(?:column|box|row|section|category|criteria)\b
    | \b(?:met|meets?|passed|reach(?:ed|es)?|below|above|short\s+of)\s+(?:the|our)\s+(?:benchmark|
        threshold|pass\s+mark)\b
"""
_SURE = re.compile(
    rf"""
      \b(?:
      {_VERDICTS} |
      \b(?:levels?|ratings?|scores?|bands?)\s*(?:of|:|=|was|is|
          at)?\s*(?:an?\s+)?{_NUMBER}\b(?![:.]\d|\s*-\s*\w)
        (?!\s+(?:questions?|diplomas?|btec|qualifications?|course|students|unit|task|reading|book|
            challenge|goals?|points?
        |(?:(?!(?:today|now|then|here|again|overall|and|but|as|so|when)\b)\w+\s+)?pupils|to\s+\d|
        all|each))
    | (?<!aiming\ for\ )(?<!predicted\ )(?<!gcse\ )(?<!target\ )(?<!piano\ )(?<!music\ )
        \bgrades?\s*(?:of|:|=|was|is)?\s*(?:an?\s+)?(?:{_NUMBER}|[A-E][*+-]?)(?!\w|[:.]\d)
        (?!\s+(?:piece|exam|question|paper|listed|boundar\w+|music|piano|violin|flute|student|pupil|
            answer|target))
    | \b(?:you|lesson|this|that|it|we|i)(?:['’]d|\s+would|\s+was|\s+were|\s+is|\s+have|\s+had|
        \s+should|\s+can|\s+could|\s+only)*
        \s+(?:have\s+|be\s+)?(?:scored|rated|graded|rate\s+(?:this|it|the|your|you)|grade\s+(?:this|
        it|the|your|you)|score\s+(?:this|it|the|your))\b
    | \b(?:scored|rated|graded|judged|grade|rate)\s+(?:(?:to\s+be|as|at|it|this|
        you)\s+)*(?:an?\s+)?[“"'‘]?(?:{_NUMBER}|{_ADJECTIVE}|amber|green|red)\b
        (?!\s+(?:adverts?|pupils|books|goals?|sheets?|points?|answers?|texts?|poems?|sources?))
    | \b(?:grading|scoring|rating|judging)\s+(?:this|it|you|the\s+lesson|today)\b
        [^.!?\n]{{0,40}}?\b{_NUMBER}\b
    | \b(?:rag[\s-]rat\w+|(?:amber|green|red)[\s-]rated)\b
    | \b(?:an?\s+)?{_NUMBER}\s+out\s+of\s+(?:4|5|6|7|10|four|five|six|seven|ten)\b{_ENDS}
    | \b(?:scor\w+|rat(?:e|ed|ing)|grad(?:e|ed|ing)|g[ai]ve|given|got|gets?|award\w*|
        marked)\b[^.!?\n]{{0,40}}?\b\d{{1,2}}\s*/\s*(?:4|5|6|7|10)\b
    | \b{_ABOUT}\s*[:=–-]\s*(?:an?\s+)?(?:(?:solid|secure|high|low|strong|
        weak)\s+)?(?:[1-9](?:\s*/\s*\d+)?|[A-E][*+-]?|RI|{_ADJECTIVE})(?=\s*(?:[.,;!)]|$|\n|
        overall\b|with\b|on\b|for\b))
    | \b(?:an?|the|my|your|at|weak|nearly|almost|maybe)?\s*(?:clear|solid|strong|secure|weak|low|
        high|good|bare|borderline|comfortable|firm|safe|definite|sound)
        \s+(?:[1-9]|{_WORD}(?=\s*(?:[.,;!?)]|$|for\b|overall\b|on\b)))(?![:.]\d|[%\d]|\s*(?:%|
        pupils|
        children|minutes|out|of|to|or\s+\d\s+\w))\b
    | \b(?:is|was|be|been|had|earn(?:ed|s)?|it|it['’]s|that['’]s|this|you|got|achiev(?:e|ed)|
        earn(?:ed|s)?|merits?|down\s+as|from|gets?|gave|give|given|award(?:ed)?|call|called|say|
        said|maybe|perhaps|probably|nearly|almost|only|just|
        dipped\s+to|dropped\s+to|rose\s+to|moved\s+to|up\s+to|down\s+to|as|at|for|worth|
        of)\s+(?:(?:still|easily|clearly|only|just|probably|definitely|nearly|almost|about|at\s+least)\s+)?
        an?\s+(?:(?:[1-5]|[6-9](?!\s+or\b))(?:[+-])?(?!\.\d){_ENDS}|[“‘"']?{_WORD}[”’"']?(?=\s*(?:,|\.|$)|
        \s+(?:for|on|overall)\b))
    | \b(?:get|got|give|gave|given|was|is|be|worth|had|earn(?:ed|s)?|deserves?|
        an?\s+overall)\s+(?:you\s+|this\s+|it\s+)?an?\s+(?:A\*|[A-E][+-]|[A-E](?=\s*(?:[.,;!]|$|
        for\b|overall\b|from\s+(?:me|us)\b|this\s+time\b|today\b|again\b|now\b|in\s+my\b)))
    | \byou(?:['’]re|\s+are)\s+(?:now\s+|already\s+|clearly\s+|still\s+|mostly\s+)*(?:secure|
        exceeding|meeting|emerging|developing)
        (?=\s*(?:[.,;:]|$)|\s+(?:in|for|on|rather|overall|here)\b)
    | \b(?:at\s+times|sometimes|rather\s+than|even|or|and|nearly|
        almost)\s+exceeding\b(?=\s*(?:[.,;:]|$)|\s+(?:in|for|on|here)\b)
    | \ban?\s+[1-5]\s+or\s+(?:an?\s+)?[1-5]\b | \b(?:amber|green|red)\s+(?:for|on)\s+{_ABOUT}\b
    | \bfrom\s+(?:red|amber|green)\s+(?:\w+\s+)?(?:in)?to\s+(?:red|amber|green)\b(?!\s+(?:light|
        paint|pencil|traffic))
    | \b{_ABOUT}\s+(?:\w+\s+){{0,3}}?(?:is|was|are|were|stays?|stayed|remains?|remained|turned|
        went)\s+(?:still\s+|now\s+|just\s+)?
        (?:red|amber|green)\b(?=\s*(?:[.,;!]|$|this\b|on\b|for\b|again\b))
    | \b(?:gone|go|goes|went|moved?|risen|rose|climbed|improved|dropped|fallen|fell|slipped|
        jumped|progressed|up|down|band|
        grade|level|rating|judgement|
        score)\s+(?:\w+\s+){{0,3}}?from\s+(?:an?\s+)?[“"'‘]?(?:(?-i:[A-E])|
        [1-5](?=[”"'’]?\s+to\s+an?\s)|(?<=a\s)[1-5]|
        {_ADJECTIVE})[”"'’]?\s+to\s+(?:an?\s+)?[“"'‘]?(?:(?-i:[A-E])|[1-5]|
        {_ADJECTIVE})\b(?!\s+(?:degrees|pupils|minutes|flat|sharp|minor|major))
    | \b(?:top|middle|bottom|upper|lower|higher|highest|lowest|second|third|fourth)\s+(?:band|
        grade|bracket|judgement|descriptor|
        rating|mark\s+band)s?\b(?!\s+of\s+(?:colou?r|rock|light))
    | \b(?:at|on|in|into|reach(?:es|ed)?|to)\s+(?:the\s+|our\s+)?(?:top|second|third|fourth|
        highest|lowest|bottom)\s+level\b(?!\s+of\s+the)
    | \b(?:on|of|by)\s+(?:our|the|a|this)\s+(?:{_NUMBER})[\s-](?:point|level|grade)\s+(?:scale|
        rubric)\b
    | (?:^|(?<=\n)|(?<=[.;!]\s))[-*•·\s]*(?!(?:\w+\s+)*?(?:answers?|fractions?|results?|
        questions?|q|sum|shaded|pupils?|halves|half|
        quarters?|example|number|probability|date|by|on|page|p|when|review|deadline|
        due)\b)(?-i:[A-Z])[\w’'&-]*(?:\s+[\w’'&-]+){{0,4}}?\s*[:=–-]?\s*
        (?<![\w/])\d{{1,2}}\s*/\s*(?:4|5|6|7|10|20|100)(?=\s*(?:[.,;!)]|$|\n))
    | \bmake\s+(?:that|this|it)\s+an?\s+(?:[1-5]|(?-i:[A-E]))\b{_ENDS}
    | \bat\s+(?:the|an?)\s+[“"'‘]?(?:emerging|developing|secure|exceeding|
        expected)[”"'’]?\s+(?:stage|level|step)\b
    | \b{_ABOUT}\s*\([1-5]\)
    | \b(?:scor|rat|grad|judg)(?:ed|es?|ing)\s+(?:(?:as|at)\s+)?[“"'‘](?=\w)[\w\s]{{2,25}}[”"'’]
    | \b{_ADJECTIVE}\s+(?:descriptors?|judgements?|category)\b
    | \b(?:secure|solid|strong|clear|borderline|low|high)\s+good\b(?!\s+\w+ing)
    | \b(?:put|plac(?:e|ed|ing)|pitch(?:ed)?|peg(?:ged)?|hav(?:e|ing)|see|saw|view|describe|mark(?:ed)?)\s+
        (?:this|that|it|you|the\s+\w+|your\s+\w+)(?:\s+(?:lesson|teaching|one|hour|session|visit|
        practice))?\s+
        (?:down\s+)?(?:at|as)\s+(?:at\s+least\s+|about\s+|around\s+|just\s+|
        nearly\s+)?(?:an?\s+)?{_ADJECTIVE}
        (?=\s*(?:[.,;:!)]|$|with\b|overall\b|for\b|to\b|or\b|and\b|plus\b|now\b|today\b))
    | \b(?:com(?:es?|ing)|came)\s+out\s+(?:overall\s+)?(?:as|at)\s+(?:an?\s+)?(?:{_ADJECTIVE}|
        embedd(?:ed|ing)|mastered)
        (?=\s*(?:[.,;:!)]|$|overall\b|for\b|on\b|and\b))
    | \b(?:sit(?:s|ting)?|lands?|landed|falls?|fell|comfortably|securely|firmly|well)\s+
        (?:comfortably\s+|securely\s+|firmly\s+)?(?:within|in|into|inside)\s+{_ADJECTIVE}
        (?=\s*(?:[.,;:!)]|$|overall\b|for\b|on\b))
    | \bover\s+time\s+(?:is|are|was|were|has\s+been)\s+{_ADJECTIVE}\b
    | \b[1-9]\s+for\s+{_ABOUT}\b | \b\d{{1,2}}\s*/\s*(?:4|5|10)\s+(?:for|overall)\b
    | \bjudged?\b[^.!?\n]{{0,50}}?\b(?:to\s+be|as)\s+{_ADJECTIVE}\b
    | \b(?:is|are|at)\s+[“"'‘]{_ADJECTIVE}[”"'’]
    | \b(?i:RI)\b(?<=RI)
    | \b(?:requires?|requiring|needs)\s+improvement\b | \bspecial\s+measures\b |
        \bserious\s+weaknesses\b
    | \b(?:met|meets?|meeting|exceed(?:s|ed|ing)?|below|above|at|towards|beyond|within|under|
        reach(?:ed|es|ing)?|not\s+at)\s+
        (?:(?:the|our|your|all|age[\s-]related|national|expected|required|school['’]?s?|
            teachers['’]?|teaching|minimum)\s+)*
        (?:standards?|expectations?|expected\s+level)\b(?!\s+(?:of\s+behaviour\s+were\s+set|lamp))
    | \bexpected\s+standard\b | \b(?:you\s+are|you['’]re|is|was|are|were)\s+(?:now\s+|already\s+|
        clearly\s+)?(?:exceeding|emerging)\b
    | \b(?:a|your|my|our|overall|final|top|best|worst|high|higher|highest|low|lower|lowest)\s+
        (?:overall\s+|final\s+)?(?:grade|rating|score)s?\b(?!\s+(?:of\s+(?:\d+\s*[-–]\s*\d+|
            the\s+match)|boundar\w+|draw|in\s+the\s+match|for\s+(?:the\s+)?(?:film|music)))
    | \b(?:the|this)\s+(?:rating|(?:overall\s+|final\s+)?grade(?=\s+(?:for|is|was|would|i|we)\b))\b
    | \b(?:your|overall|final|top|highest|lowest)\s+level\b(?=\s*(?:was|is|would|[.,;!]|$))
    | (?<!scored\ )(?<!gained\ )\b(?:top|full)\s+marks\b(?!\s+(?:in|on)\s+(?:the|a)\s+(?:quiz|test))
    | \bofsted\b[^.!?\n]{{0,60}}?\b{_ADJECTIVE}\b | \b{_ADJECTIVE}\b[^.!?\n]{{0,30}}?\bofsted\b
    | \bofsted['’]?s?\s+(?:grade|rating|judgement|would|might|framework\s+(?:grade|descriptor)s?|
        criteria|category|terms)\b
      )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ADJECTIVES = re.compile(
    r"""
      \b(?:
      \boutstanding\b(?!\s+(?:questions?|homework|tasks?|issues?|items?|marking|payments?|matters?|
          actions?|books|
        assignments?|forms?|coursework|natural|debts?|balance|jobs?|pieces?|corrections?))
    | \b(?:inadequate|unsatisfactory)\b(?!\s+(?:light(?:ing)?|heating|equipment|resources|space|
        ventilation|supply))
    | \b(?:less\s+than\s+)?satisfactory\b(?!\s+(?:answer|explanation|conclusion|ending|solution|
        reply))
    | \b(?:is|was|as|at\s+least|not\s+yet|securely|solidly|nearly|now|consistently|already|still|
        currently|almost|just|
        borderline|comfortably|only|merely|overall)[\s,:]+(?:at\s+least\s+|not\s+yet\s+|securely\s+|
        solidly\s+|overall\s+|an?\s+|strong\s+|solid\s+|clear\s+|secure\s+)*
        (?-i:Good|Strong|Secure|Excellent|Exceptional|Emerging|Developing|Urgent\s+Improvement|
            Needs\s+Attention|Expected\s+Standard)\b
    | \b(?:say|said|call(?:ed)?|judged?|rated?|put|down\s+as|deem(?:ed)?)\s+(?:(?:it|this|you|that|
        as|at)\s+)*
        (?-i:Good|Strong|Secure|Excellent|Exceptional|Emerging|Developing)\b
    | (?<![^.!?\n]\s)(?<![^\s.!?])\b(?-i:RI|Emerging|Developing|Secure|Exceeding|Inadequate|
        Satisfactory|Exceptional)\s*[:–—]\s
    | \b(?:at\s+least|not\s+yet|securely|solidly|borderline|consistently|comfortably|short\s+of|
        almost)\s+good\b(?!\s+(?:enough|at|to|for|friends))
    | \bgood[\s,-]+(?:to|with|bordering\s+on|verging\s+on|and\s+in\s+parts|or|
        /)\s*(?:some\s+)?outstanding(?:\s+features)?\b
    | \b(?:a|an|this|such\s+a|very|really|solid|solidly|secure|
        overall)[\s,]+(?:\w+\s+)?good\s+(?:lesson|teaching|practice)\b(?!\s+(?:for|to|plan|because|
        in\s+which|where))
    | \bgood\s+(?:lesson|teaching)?,?\s*overall\b |
        \boverall[\s,:]+(?:\w+\s+){0,4}(?:a\s+)?good\b(?=\s*(?:lesson|teaching|session|[.,;!]|$))
      )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_HINTS = re.compile(
    rf"\([1-5]\)|\bstage\b|\b(?:way\s+to|close\s+to|verging|bordering|nudging|touching|short\s+of|"
    rf"end\s+of|scratch|solidly|firmly|lesson|session|[jJ]udge?ment|[oO]utcome|[vV]erdict|pass|fail|merit|"
    rf"distinction|depth|column|box|row|benchmark|threshold)\b|"
    rf"\b(?:[lL]evel|[aA]mber|[gG]reen|[rR]ed\b|scale|rubric|bracket|from\s|"
    rf"[gG]rad[ei]|[rR]at(?:e|ing)|[sS]cor[ei]|[bB]ands?\b|[rR][aA][gG]\b|"
    rf"[oO]utst|[iI]nadeq|[uU]?n?[sS]atisf|RI\b|"
    rf"improvement|[sS]pecial\s|[sS]erious\s|[sS]tandard|[eE]xpect|[eE]xceed|[eE]merg|"
    rf"[oO]fsted|OFSTED|marks|out\s+of|[jJ]udg|good\b|"
    rf"(?-i:Good|Strong|Secure|Excellent|Exceptional|Developing|Urgent|Needs)\b|[oO]verall|"
    rf"an?\s+[“‘\"']?(?:\d|[A-E]\b|{_WORD}\b)|"
    rf"(?:clear|solid|strong|secure|weak|low|high|bare|borderline|comfortable|firm|safe|"
    rf"definite|sound)\s+(?:\d|{_WORD}\b))"
    rf"|\b(?:at|as|in|into|within|inside|out)\s+(?:[\w]+\s+){{0,2}}?(?:{_ADJECTIVE}|embedd|mastered)"
    rf"|[:=–-]\s*(?:\d|[A-E]\b|{_ADJECTIVE}\b)|\d\s*/\s*\d"
)
SHORTEST_TELLING = 5
LONGEST_LABEL = 3
_SPOKEN = re.compile(
    r"\b(?:said|say|says|asked|answered|wrote|writes?|told|heard|shouted|read|whispered|"
    r"replied|called\s+out|the\s+words?)"
    r"[^.!?]{0,20}$",
    re.IGNORECASE,
)


def labels(rubric: Rubric) -> tuple[str, ...]:
    """The words of every level in the rubric, the longest first."""
    found = {level.label for scale in rubric.scales if scale.has_levels for level in scale.levels}
    return tuple(sorted(found, key=lambda label: (-len(label), label)))


def spots(text: str, level_labels: Iterable[str] = ()) -> Iterator[Spot]:
    """Where a text speaks of a level as a level: "level 3", "graded good", "at ‘Mostly’".

    An adjective such as “outstanding” in words that somebody said is theirs; a number is told either way.
    """
    sure = [*_found(_SURE, text), *framed(text)] if _may_tell(text) else [*framed(text)]
    spoken = _found(_ADJECTIVES, _without_speech(text)) if _may_tell(text) else ()
    yield from _apart(text, [*(spot for spot in sure if not is_pupils(text, spot)), *spoken])
    for label in level_labels:
        yield from _found(_as_level(label), text)


def told(text: str, level_labels: Iterable[str] = ()) -> Iterator[str]:
    """The words of each of those places, whoever said them."""
    sure = (_SURE, _ADJECTIVES) if _may_tell(text) else ()
    for pattern in (*sure, *map(_as_level, level_labels)):
        yield from (spot.text for spot in _found(pattern, text))


def hinted(text: str, level_labels: Iterable[str]) -> bool:
    """Whether a text speaks of a level, or has a label as a word however harmless it is there."""
    return any(told(text)) or any(_as_word(label).search(text) for label in level_labels)


def _may_tell(text: str) -> bool:
    """Whether a closer look is worth its time: a draft asks this of many notes and phrases."""
    return bool(_HINTS.search(text))


def _found(pattern: re.Pattern[str], text: str) -> Iterator[Spot]:
    for found in pattern.finditer(text):
        yield Spot(found[0].strip(), found.end() - len(found[0].lstrip()))


def _apart(text: str, found: Iterable[Spot]) -> Iterator[Spot]:
    """The places in their order, those that overlap as one."""
    whole: Spot | None = None
    for spot in sorted(found, key=lambda one: (one.start, -one.end)):
        if whole and spot.start < whole.end:
            whole = Spot(text[whole.start : max(whole.end, spot.end)], whole.start)
            continue
        if whole:
            yield whole
        whole = spot
    if whole:
        yield whole


def _without_speech(text: str) -> str:
    """The text with dots in the place of what somebody said; a quoted label is not speech."""
    spoken = [quoted for quoted in quotations(text) if _is_speech(text, quoted)]
    for quoted in spoken:
        text = text[: quoted.start()] + "·" * len(quoted[0]) + text[quoted.end() :]
    return text


def _is_speech(text: str, quoted: re.Match[str]) -> bool:
    return len(quoted[0].split()) > LONGEST_LABEL or bool(_SPOKEN.search(text[: quoted.start()]))


@cache
def _as_level(label: str) -> re.Pattern[str]:
    word = re.escape(label)
    in_marks = rf"[“‘\"']{word}[”’\"']"
    capitalised = rf"(?<=[\w,] ){word}\b(?=\s*(?:[.,;:!)”’]|$|on\b|for\b|in\b|overall\b))"
    judged = rf"\b(?:judged|rated|graded|level)\s+(?:as\s+|at\s+|was\s+)?(?i:{word})\b"
    return re.compile(rf"{in_marks}|{capitalised}|{judged}")


@cache
def _as_word(label: str) -> re.Pattern[str]:
    if len(label) < SHORTEST_TELLING:  # "Yes" and "No" are in half of all notes
        return _as_level(label)
    return re.compile(rf"\b{re.escape(label)}\b", re.IGNORECASE)
