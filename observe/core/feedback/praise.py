"""Praise without an example."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from observe.core.feedback import concrete
from observe.core.feedback.borne_out import is_taken_up
from observe.core.feedback.cheers import BOUNDLESS, CHEERS, cheer
from observe.core.feedback.courtesies import ANNOUNCED, MILESTONE, WISHES
from observe.core.feedback.reading import Spot, sentences, without_quotations
from observe.core.feedback.word_forms import turns

_BOUNDLESS = "|".join(sorted(BOUNDLESS))
_TURNS = turns(CHEERS).pattern.replace(" ", r"\s+")
_EVERYDAY = (
    r"great|lovely|perfect(?:ly)?|super|beautiful(?:ly)?|magical|ace|good|nice|positive|"
    r"strong|first[\s-]class"
)
_FINE = rf"{_BOUNDLESS}|{_EVERYDAY}"
_ADVERB = (
    r"(?:(?:so|very|really|just|all|absolutely|truly|simply|quite|pretty|such|overall|"
    r"incredibly|extremely|generally|also|always|clearly|particularly)\s+)*"
)
_WORK = r"""
    lessons?|job|work|teaching|sessions?|stuff|effort|practice|atmosphere|class|performance|start|
    pace|relationships?|
    rapport|delivery|questioning|explanations?|behaviour(?:\s+management)?|things?|example|progress|
    learning|
    classroom|modelling|routines?|subject\s+knowledge|use\s+of|way|energy|engagement|visit|
    morning\s+of\s+learning|
    hour|environment|resources|planning|feedback|teacher|display|attitudes?|ideas?|moments?|
    touch(?:es)?|strategies|techniques?|quality\s+(?:teaching|learning)|ethos|culture
"""
_COURTESY = re.compile(
    rf"""
      \b(?:{_FINE}|warm|kind)\s+(?:and\s+\w+\s+)?(?:welcome|coffee|cake|tea|weekend|half[\s-]?term|
          break|day|
        evening|christmas|easter|summer|holiday|week|deal|many|britain|expectations|fire|war|hall)\b
    | \b(?:{_FINE}|pleasure|joy|treat|delight|privilege)\s+(?:to|for\s+(?:me|us)\s+to)\s+
        (?:see|meet|visit|be(?!\s+part\s+of\W*$)|talk|come|hear|speak|join|catch|spend|have|read)\s+\w+
    | \b(?:pleasure|joy|treat|delight|privilege)\s+(?:of\s+\w+ing\b|for\s+(?:me|us|
        both\s+of\s+us)\b)
    | ^\W*(?:seeing|visiting|meeting|being|coming)\b[^.!?]*\b(?:pleasure|joy|treat|delight|
        privilege)\b
    | \b(?:good|great|lovely|nice|kind)\s+of\s+you\b
    | {WISHES} | {MILESTONE} | {ANNOUNCED}
    | \bgood\s+(?:luck|morning|afternoon|evening)\b | \bas\s+well\s+as\b | \bperfect\s+(?:square|
        tense|number|fifth|cadence)s?\b | \bsuper\s*(?:script|market)\w*
    | \b(?:smel(?:t|led|ls|ling)|tast(?:ed|es|ing))\s+(?:\w+\s+)?(?:{_FINE})\b
    | \bbrilliant\s+(?:white|blue|red|green)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PRAISE = re.compile(
    rf"""
      {_TURNS}
    | \b(?:{_BOUNDLESS})\b(?:\s+(?:and\s+)?(?:\w+\s+)?(?:{_WORK})\b)?
    | \b(?:was|is|were|are|been|it['’]s)\s+{_ADVERB}(?:great|lovely|perfect|super|beautiful|
        magical|first[\s-]class|enjoyable|gorgeous|sublime|spectacular|a\s+cut\s+above|
        a\s+triumph|out\s+of\s+this\s+world|on\s+fire|
        beyond\s+praise)\b(?!\s+(?:to|of|that|for)\b)
    | \b
        (?:{_EVERYDAY})\s+(?:and\s+\w+\s+|,\s*\w+\s+|\w+\s+)?(?:{_WORK})\b
    | \b(?:very|really|so|all|extremely|pretty)\s+(?:very\s+|really\s+)?(?:good|nice|strong|
        positive)\b(?:\s+(?:\w+\s+)?(?:{_WORK})\b)?(?!\s+\w+ing\b)
    | ^\W*(?:(?:absolute|real|proper|total|pure)(?:ly)?\s+)?
        (?:star|top|solid|proper|quality|class|mega|grand)\s+(?:stuff|turn|show|shift|job|effort|work|session|lesson|performance)\b
    | \b(?:do|does|doing|work|works|working)\s+wonders\b
    | \b(?:nobody|no\s+one)\s+(?:does|could|can)\s+(?:\w+\s+){0, 2}?(?:better|finer)\b
    | \b(?:lesson|everything|teaching|session|it|things|all|hour|morning|behaviour|pace|start|
        talk)\s+
        (?:all\s+)?(?:was|were|went|is|goes|ran|flowed|worked)\s+{_ADVERB}(?:well(?!\s+\w+(?:ed|
        nt|t)\b)|good|nice|great)\b
        (?!\s+(?:to|for\s+us|of\s+you|that\s+you))
    | \byou\s+(?:{_ADVERB})(?:did|do|have\s+done|taught|teach)\s+(?:this\s+|it\s+|so\s+|really\s+|
        very\s+|them\s+)*well\b
    | \b(?:loved?|loves|adored?|enjoy(?:ed|s)?|liked)\s+(?:all\s+of\s+)?(?:it|everything|(?:your|
        the|this|every|being\s+in)\s+
        (?:\w+\s+)?(?:lessons?|teaching|minute|session|class(?:room)?|moment\s+of\s+it|hour|visit|
            bit|second)|
        what\s+(?:i|we)\s+saw|watching\s+you(?:\s+teach)?|seeing\s+you\s+teach)\b
    | \b(?:many|lots\s+of|lots\s+and\s+lots\s+of|a\s+lot\s+of|so\s+many|plenty\s+of|several|
        numerous)\s+
        (?:\w+\s+)?(?:strengths|positives|good\s+\w+|great\s+\w+)\b
    | \b(?:couldn['’]?t|could\s+not|can['’]?t|cannot)\s+(?:fault|have\s+asked\s+for|ask\s+for|
        have\s+been\s+better)\b
    | \b(?:really|so|thoroughly|very\s+much|absolutely)\s+(?:enjoyed|loved|liked)\s+(?:it|this|that|
        being|watching|seeing)\b
    | \b(?:lots|so\s+much|plenty|much|a\s+lot|loads)\s+to\s+(?:celebrate|like|love|praise|admire|
        be\s+(?:proud|pleased))\b
    | \bpraise\s+(?:you|this|it)\b
    | \bhigh[\s-](?:quality|class|calibre)\s+(?:{_WORK})\b
    | \b(?:exactly|just)\s+what\s+(?:we|i|everyone|ofsted|you)\s+(?:want|need|like|love)s?\b
    | \b(?:a|an)\s+(?:absolute\s+|real\s+|true\s+|total\s+|complete\s+|sheer\s+)?(?:joy|treat|
        pleasure|delight|privilege|
        triumph|inspiration|masterclass|credit\s+to)\b
    | \b(?:really|so|very|absolutely|thoroughly)\s+(?:pleased|happy|thrilled|
        chuffed)\s+with\s+(?:how|it|this|that|
        everything|the\s+lesson|your\s+lesson|what)\b
    | \byou\s+(?:make|made)\s+(?:it|that|this|teaching)\s+(?:all\s+)?look\s+(?:so\s+|
        very\s+)?(?:easy|effortless|simple)\b
    | \b(?:on|in)\s+(?:top|great|fine|good|cracking|splendid)\s+form\b
    | \b(?:second\s+to\s+none|best\s+(?:lesson|teaching|practice)|no\s+complaints|
        nothing\s+but\s+praise|
        what\s+a\s+(?:\w+\s+)?(?:lesson|class|teacher|treat|session|start|performance|team|hour)|
        star\s+of\s+the)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)

# What was well done is named: `a nice touch to have the coins in a bag`.
_TO_DO = re.compile(
    r"\b(?:touch|idea|move|choice|decision)\s+to\s+(?:[\w’'-]+,?\s+){3}", re.IGNORECASE
)
_DEED = re.compile(r"\b(?:for|on|in)\s+(?:\w+ly\s+)?\w+ing\b", re.IGNORECASE)
_HOPED = re.compile(r"\W*(?:(?:i|we)\s+)?(?:do\s+)?hope\b", re.IGNORECASE)


def vague(text: str) -> Iterator[Spot]:
    """Where the text cheers, or praises and neither that sentence nor the next one gives an example."""
    told = sentences(text)
    for sentence, following in zip_longest(told, told[1:]):
        found = _found(sentence.text, following.text if following else "")
        if found:
            yield Spot(found[0].strip(), sentence.start + found.end() - len(found[0].lstrip()))


def _found(sentence: str, following: str) -> re.Match[str] | None:
    if _cheered(sentence):
        return _praised(sentence) or _cheered(sentence)
    return None if _illustrated(sentence) or _goes_on(sentence, following) else _praised(sentence)


def _goes_on(sentence: str, following: str) -> bool:
    """Whether the sentence after gives the example of what is praised in this one."""
    named = _DEED.search(sentence) or is_taken_up(sentence, following)
    return bool(named) and _follows_up(following)


def _cheered(sentence: str) -> re.Match[str] | None:
    told = without_quotations(sentence)
    return None if _COURTESY.search(told) else cheer(told)


def _praised(sentence: str) -> re.Match[str] | None:
    told = without_quotations(sentence)
    if told.rstrip(")").endswith("?"):
        return None
    return _PRAISE.search(_COURTESY.sub(lambda found: "·" * len(found[0]), told))


def _illustrated(sentence: str) -> bool:
    return (
        concrete.is_shown(sentence) or concrete.has_event(sentence) or bool(_TO_DO.search(sentence))
    )


def _follows_up(sentence: str) -> bool:
    """Whether the sentence after gives the example; what the writer hopes for is none."""
    if _HOPED.match(sentence):
        return False
    return concrete.is_shown(sentence) or concrete.is_told(sentence)
