"""Whether a sentence proposes something to do: the next step of a letter that has no headings."""

import re

from observe.core.feedback.reading import without_quotations
from observe.core.feedback.steps_by_build import is_step

_DO = """
    break cap chunk clap dedicate direct greet halve hang hide hum insert jot lay lend lock nominate
    pin recap recast
    scan skip space stagger tackle tap touch trade trust unpack weave welcome widen withhold close
    colour cover double
    drill intervene mention mix ring rotate shape sing target warn
    act do.it do.this do.that do.so do.the.same add adapt adjust agree aim allow announce arrange ask assign
    assess avoid begin bring build call change
    check choose circulate collect come comment compare complete consider continue count create cut decide
    delegate delay design develop demonstrate differentiate discuss display divide draw drop edit embed
    encourage end ensure establish evaluate expect experiment explain explore extend film find finish focus
    follow follow.up free gather get give go group hand have hold identify include increase insist introduce
    invite involve keep leave let limit link list listen look.at look.for look.to lower make map mark match
    measure meet model monitor move name narrate note observe offer open organise pair pass pause pick place
    plan play point post practise praise prepare present press print probe prompt provide pull push put
    question raise read rearrange record reduce refer rehearse reinforce remember remind remove reorder
    repeat rephrase replace require reserve respond return reuse review revisit reward rotate route run save
    say scaffold script seat secure select send separate set share shift shorten show signal simplify sit
    slow sort speak split spend stand start stay steer stick stop store strengthen stretch structure swap
    switch take talk teach tell test think tidy time track trial trim try turn use vary visit wait walk
    watch work write
"""
_NOT_A_STEP = r"""
    (?:let\s+(?:me|us)\s+know|let['’]s\s+(?:talk|chat|speak|catch\s+up|say)\b|keep\s+(?:it\s+)?up|
        keep\s+up|
    keep\s+(?:on\s+)?doing|keep\s+in\s+touch|have\s+a\s+(?:good|great|lovely|restful|nice|relaxing|
    well[\s-]deserved)|do\s+(?:pass|let|give|get|feel|thank|say)|give\s+(?:my|our|the\s+class\s+my)|
    find\s+(?:[\w’']+\s+){0,4}(?:attached|enclosed|below)|pass\s+on|take\s+care|see\s+you|
    find\s+(?:attached|enclosed|below)|please\s+find|
    say\s+(?:hello|thank)|tell\s+(?:the\s+)?(?:class|children|pupils)|read\s+on|note\s+that|
    get\s+in\s+touch|thank|look\s+after\s+yourself)
"""


def _any_of(words: str) -> str:
    return "|".join(word.replace(".", r"\s+") for word in words.split())


_BEFORE = r"""
    (?:(?:please|perhaps|maybe|then|so|also|instead|now|and|first|second|finally|simply|just|again|
        always|
    never|next\s+time|this\s+time|next|in\s+(?:the\s+)?future|going\s+forwards?|moving\s+forwards?|
    from\s+here|from\s+now\s+on|to\s+begin\s+with|to\s+start|for\s+now|for\s+next\s+time|
    (?:from|by|on|in|before|after|until|over|within|during|for|at|once|when|if|where|to|between|
        w/?[bc]|
    this|next|as)\s+[^,;.!?]{2,60}[,:–—-]|
    (?:from|by|on|before|until|after|next|this)\s+(?:next\s+)?(?:now\s+on|tomorrow|\w+day|
        half[\s-]term|week|term|christmas|
    lesson|session|visit|month|year|fortnight|morning|afternoon|time\s+(?:round|around)|meeting|
    easter|\d{1,2}\w*\s+\w+))\s*[,:–—-]?\s+)*
"""
_TOLD = (
    r"\s+(?:(?!(?:that|what|who|which|how|whether|if|when|where|sure|whatever)\b)[\w’'-]+\s+){0,3}?"
    r"(?:was|were|is|are|had|has|did|went|took|came|began|got|needed|seemed|showed)\b"
)
_ORDER = re.compile(
    rf"^\W*{_BEFORE}(?!{_NOT_A_STEP})(?:please\s+)?(?:don['’]t\s+|do\s+not\s+|do\s+|to\s+)?"
    rf"(?:{_any_of(_DO)})\b(?!{_TOLD})(?!\s*:)(?!\s*[.?]?\s*$)",
    re.IGNORECASE | re.VERBOSE,
)
_PERCEIVED = r"(?:see|hear|tell|feel|have\s+heard|be\s+(?:\w+\s+)?(?:proud|pleased|happy))"
_ASKED = (
    r"(?:see|hear|tell|feel|say|remember|imagine|believe|recall|explain|describe|know|guess|think|"
    r"have)\b"
)
_SUGGESTED = re.compile(
    rf"""
      \b(?:pupils|children|they|the\s+class|each\s+\w+|every\s+\w+|everyone)\s+(?:(?:should|
          ought\s+to|need\s+to|must)\b(?!\s+have\s+(?:been|had|\w+ed)\b)(?!\s+(?:all\s+)?be\s+(?:\w+\s+)?(?:proud|pleased|happy))|
        (?:could|might)\s+(?:be\s+(?:asked|given|encouraged|invited|shown|taught|challenged)|
            instead|also|first)\b)
    | \b(?:you|we|one)\s+
        (?:could|might|may\s+(?:like|want|wish|find|well)|should|ought\s+to|need(?:s)?\s+to|must|
           can\s+now|would\s+(?:do\s+well|benefit|be\s+wise))\b
        (?!\s+(?:also\s+|all\s+|really\s+|be\s+)*{_PERCEIVED}\b)(?!\s+(?:know|like\s+to\s+know|
            remember))
    | \b(?:could|would|can|will|might)\s+you\s+(?:please\s+|also\s+|perhaps\s+|now\s+|like\s+to\s+|
        be\s+(?:willing|able|happy|prepared)\s+to\s+|consider\s+|be\s+up\s+for\s+)*
        (?:(?:{_any_of(_DO)}|be|try|willing)\b|\w+ing\b)
    | ^\W*(?:could|would|can|will)\s+you\s+(?!{_ASKED})\w+\b(?=[^?]*\?)
    | ^\W*(?:could|can|shall|might)\s+we\s+(?:please\s+|also\s+)?(?!talk|meet|chat|speak|
        catch)(?:see|have|{_any_of(_DO)})\b
    | \bplease\s+(?:would|could|will|can)\s+you\b
    | \b(?:i|we)(?:['’]d|\s+would|\s+do|\s+really)?\s+(?:like|want|ask|suggest|recommend|encourage|
        urge|invite|
        advise|propose|love)\s+(?:to\s+(?:suggest|see|propose|recommend|invite|encourage|ask)|
        you\s+to|that\s+you|
        (?:every|each|all|both|your|the)\s+(?:[\w-]+\s+){{1,3}}to\s|
        (?:you\s+)?\w+ing|(?:a|an|the|one|two)\s)
    | \b(?:i|we)(?:['’]d|\s+(?:may|might|can|could))?\s+(?:suggest|recommend|propose|advise|encourage)\b
    | \b(?:my|our|one|a|another|the)\s+(?:\w+\s+)?(?:suggestion|advice|recommendation|challenge|
        idea|way)s?\s+
        (?:for\s+you\s+)?(?:is|would\s+be|might\s+be|could\s+be)\b
    | \bi(?:['’]d|\s+would)\s+(?:also\s+|now\s+|perhaps\s+)?(?!(?:say|rate|grade|give\s+(?:this|that|it|you|
          the\s+lesson|an?\s+(?-i:[\dA-F])\b)|put\s+(?:this|
        that|it|you|the\s+lesson)|call|
        score|tell|come|meet|see|talk|
        have|read|find|describe|love|judge)\b)(?:{_any_of(_DO)})\b
    | \bi\s+wonder(?:ed)?\s+(?:whether|if)\s+(?:you|it|there|we|pupils)\s+(?:might|could|would|
        should)\b
    | \bif\s+you\s+were\s+to\s+(?:{_any_of(_DO)})\b
    | \bit(?:['’]d|\s+would)\s+be\s+(?:really\s+|so\s+|very\s+)?(?:great|lovely|nice|brilliant|
        super|fantastic|
        wonderful|interesting|ideal|ace|fab)\s+
        (?:if\s+(?:you|they|the|pupils|children)|to\s+(?:see|hear|have|get|give|let|try|know)\s+
        (?!you\b|your\s+(?:class|lesson)\b|from\s+you|back\b|how\b))
    | \b(?:it(?:['’]d|\s+(?:would|might|may|could))\s+(?:be\s+|also\s+be\s+)?(?:worth|help|useful|
        good|better|
        pay|wise|interesting|beneficial|sensible|advisable|desirable|preferable|
        a\s+good\s+idea|benefit|strengthen)|it['’]s\s+worth|(?:is|be)\s+worth\s+\w+ing|
        worth\s+\w+ing)\b
    | ^\W*(?:(?:perhaps|maybe|so|or|and|then)[\s,]+)*(?:could|might)\s+(?:the|they|it|there|this|
        that|these|those|some|each|every|
        one|all|pupils|children|your|he|she|someone|somebody|another|a|
        an)\b(?![^?]*\bhave\s+(?:been|had|known|found|made|
        said|seen|done|\w+ed)\b)(?![^?]*\bsee\b)[^?]*\?
    | ^\W*(?:would\s+it\s+(?:be\s+(?:possible|worth|better|an\s+idea|easier|good|useful)|help|
        work|pay)|
        is\s+(?:it\s+(?:possible|worth)|there\s+(?:a|any)\s+way)|
        have\s+you\s+(?:ever\s+|also\s+)?(?:thought\s+(?:of|about)|considered|tried)|
        what\s+would\s+happen\s+if)\b
    | ^\W*(?!(?:i|we|it|this|that|thank)\b)(?:[\w’'-]+[\s,:]+){{1,14}}?(?:would|might|
        may)\s+(?:also\s+|then\s+|perhaps\s+|well\s+|really\s+)*
        (?:help|let\s+\w+|allow|give\s+\w+|make\s+it|make\s+(?:\w+\s+){{1,4}}(?:easier|clearer|simpler|quicker|calmer|fairer)|save|free|lead|keep\s+\w+|bring|enable|
        support|mean|show|stop|sort|solve|fix|cure|mend|settle|be\s+(?:worth|
        useful|better|a\s+(?:good|better|way|start)|enough|easier))\b(?!\s+(?:been|have)\b)
    | (?:^|[,;:–—]|\b(?:and|but|so|then|think|feel|suspect)(?:\s+that)?)\s*(?:this|that|it)\s+
        (?:would|might|could|may)\s+(?:really\s+|also\s+)?(?:help|work|
        be\s+worth)\b
    | ^\W*(?:something|one\s+thing|a\s+thing|an\s+idea)\s+to\s+\w+[^.:?!–—]{{0,40}}\s*[:–—]
    | \b(?:pupils|children|they|lesson|class|plenary|starter|ending|start|it|this|that|you|we|table|
        group)\s+
        could\s+(?:all\s+|really\s+|perhaps\s+)?do\s+with\b
    | ^\W*(?:my|a|one|top)\s+(?:top\s+|quick\s+|small\s+|little\s+)?tips?\b[^.?!:]{{0,25}}(?::|
        \bis\b|\bwould\b)
    | \bworth\s+a\s+(?:try|go|shot|thought|look|punt|whirl)\b
    | \bi(?:['’]d|\s+would)\s+be\s+(?:tempted|inclined)\s+to\b | \bif\s+(?:i\s+were\s+you|it\s+were\s+me)\b
    | \bi(?:['’]d|\s+would)\s+have\s+(?:them|him|her|everyone|everybody|(?:the|your|each|every|
        both)\s+\w+)\s+
        (?:all\s+)?(?:{_any_of(_DO)})\b
    | \b(?:any\s+mileage\s+in|why\s+don['’]t\s+(?:you|we)|fancy\s+\w+ing|how\s+would\s+it\s+be\s+(?:to|if)|
        how\s+(?:do|would)\s+you\s+feel\s+about\s+\w+ing|have\s+a\s+(?:go\s+at|play\s+with|think\s+about))\b
    | \b(?:what\s+about|how\s+about|what\s+if\s+you|why\s+not)\b
    | \b(?:we|you)(?:['’]ve|\s+have)?\s+agreed\s+(?:that\s+(?:you|from|one|each|we|by|on|every|
        next)|to\s|on\s+an?\s)
    | \byou(?:['’]ve)?\s+(?:told|said|agreed|offered|promised|plan|planned|want|wanted|decided|
        chose|intend)\b
        (?:[^.?!]{{0,25}}\b(?:you\s+will|you['’]ll|you\s+would|you['’]d)\s+|
            \s+to\s+)(?:{_any_of(_DO)})\b
    | \b(?:you['’]ll|you\s+will)\s+(?!(?:remember|find|have|know|see|hear|note|notice|
        think)\b)(?:{_any_of(_DO)})\b
    | \b(?:your|the|one|a|our|my|this|next|main|agreed)\s+(?:\w+\s+)?(?:next\s+step|target|goal|
        action|thing|focus|priority|
        area\s+for\s+development|development\s+point|aim)s?\s+
        (?:now\s+|to\s+\w+\s+(?:on\s+)?|for\s+\w+\s+|going\s+forwards?\s+)?(?:is|are|will\s+be|
        could\s+be|might\s+be|
            would\s+be|should\s+be)\b(?!\s+(?:on|about|in)\b)
    | \b(?:so\s+)?the\s+aim\s+is\b
    | \b(?:one|a|another)\s+(?:small\s+)?(?:thing|idea|point)\s+(?:to\s+(?:try|work\s+on|
        think\s+about|consider|develop)|
        you\s+(?:could|might)|(?:that\s+)?i['’]d)\b
    | \bwhat\s+i['’]d\s+(?:like|suggest)\b | ^\W*what\s+(?:i['’]d|i\s+would|would|might|
        could)\s+(?:\w+\s+)+?is\b(?!.*\?)
    | \bthere(?:['’]s|\s+is)\s+(?:\w+\s+)?(?:room|scope)\s+(?:for|to)\b
    | \bdo\s+(?:make\s+sure|remember\s+to|try|consider|have\s+a\s+go)\b
    | ^\W*(?:one|something|a\s+thing)\s+for\s+(?:the\s+)?next\b
    | \bneeds?\s+to\s+be\s+(?:used|given|asked|shown|made|planned|taught|checked|set)\b
    | \blet['’]s\s+(?:keep|try|work|build|make|aim|focus|see\s+if|agree|get)\b
    | \b(?:ebi|even\s+better\s+if|to\s+(?:develop|improve|strengthen|build\s+on|extend|
        take)\s+(?:this|it|that|your|the|further))\b
    | \b(?:to\s+(?:develop|improve|try|work\s+on|do|change))\s*[:–—]
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NOT_SUGGESTED = re.compile(
    r"^\W*(?:what|how|which|who|why|where)\s+(?:would|could|might|do|did|will|can|"
    r"should)\b(?!\s+(?:about|if|it\s+be\s+(?:to|if)|you\s+feel\s+about\s+\w+ing)|(?!.*\?))"
    r"|^\W*(?:i\s+hope|i\s+look\s+forward|thank)"
    r"|(?<!\bi\s)\b(?:asked|debated|argued|discussed)\s+(?:\w+\s+){0,3}(?:whether|if|how|why|where|what)\b",
    re.IGNORECASE,
)

_WISHED = re.compile(rf"^\W*{_BEFORE}{_NOT_A_STEP}", re.IGNORECASE | re.VERBOSE)
_TRIED = re.compile(r"^\W*try\s+(?!to\b)", re.IGNORECASE)


def proposes(sentence: str) -> bool:
    """Whether a sentence says what to do: an order, a suggestion, or what was agreed."""
    told = without_quotations(sentence)
    if _NOT_SUGGESTED.search(told):
        return False
    built = is_step(told) and not _WISHED.match(told)
    return built or bool(_SUGGESTED.search(told) or _orders(told))


def _orders(told: str) -> bool:
    ordered = _ORDER.search(told) or _ORDER.search(told.partition(": ")[2])
    asks = told.rstrip().endswith(("?", "?”")) and not _TRIED.match(told)
    return bool(ordered) and not asks
