"""Claims about a lesson that a plain text leaves without evidence.

A claim is a sentence that judges teaching, learning or behaviour, or speaks of them in general, and that
in the general words of teaching alone: one that names things of its own lesson shows them. It is borne
out where that sentence, or the next one of its paragraph, shows what happened: a time of day, a number,
words that were said, an example, or an act that can be seen. The sentence before bears it out, too, where
the claim points back to it (`this`, `that`, `so`, `as a result`).
"""

import re
from collections.abc import Iterator

from observe.core.feedback import concrete
from observe.core.feedback.courtesies import ANNOUNCED, MILESTONE, WISHES
from observe.core.feedback.days import dated
from observe.core.feedback.general_words import is_general
from observe.core.feedback.reading import Spot, sentences, without_quotations

_JUDGING = r"""
    effective(?:ly|ness)?|ineffective|clear(?:ly|er)?|unclear|appropriate(?:ly)?|skil(?:l?ed|ful|
    fully)|
    secure(?:ly)?|insecure|strong(?:ly|er)?|weak(?:er|ness)?|good|better|best|excellent|outstanding|
    great|poor(?:ly)?|
    high(?:ly)?|low(?:er)?|lack(?:s|ed|ing)?|limited|rush(?:ed|ing)|inconsistent|consistent(?:ly)?|
    throughout|
    always|never|rarely|seldom|often|usually|mostly|generally|sometimes|frequently|overlooked|
        neglected|excluded|
    sensibl[ey]|prompt(?:ly)?|logical(?:ly)?|accurate(?:ly)?|diligent(?:ly)?|nicely|
    swiftly|beautifully|efficient(?:ly)?|evident|evidence\s+of|developed|embedded|established|
    purposeful(?:ly)?|calm(?:ly)?|smooth(?:ly)?|
    positive|negative|productive|engaging|thorough|careful(?:ly)?|thoughtful(?:ly)?|
    confident(?:ly)?|enthusias\w+|
    articulate|fluent(?:ly)?|impressive|successful(?:ly)?|unsuccessful|rapid|brisk|slow|dull|noisy|
    chaotic|
    creative(?:ly)?|imaginative(?:ly)?|rich|varied|detailed|precise|suitable|relevant|sufficient|
    insufficient|
    adequate|plenty|ample|safe|supportive|inclusive|respectful(?:ly)?|warm|friendly|welcoming|
    polite(?:ly)?|
    attentive|independent(?:ly)?|independence|resilien\w+|motivated|demotivated|interested|bored|
    keen|eager|
    responsive|reflective|ambitious|accessible|proud|pride|disruptive|
    too\s+(?:much|little|many|few|slow|fast|long|short|easy|hard|difficult|quick(?:ly)?|often|quiet|
    loud)|
    enough|(?<!as\s)well|really|fully|at\s+times|on\s+task|off\s+task|at\s+ease|a\s+lot\s+of|
        lots\s+of|
    range\s+of|
    variety\s+of|right\s+for\s+(?:most|all|some|many|the\s+class)|tendency|tend(?:s|ed)?\s+to|
    crept\s+in|un(?:challenged|addressed|noticed|met|resolved|supported|focus+ed|tapped)|
    under-?(?:developed|used|challenged)|levels?\s+of|quality|ethos|as\s+expected|quickly|hard|
    buzz(?:ing)?|sense\s+of|feeling\s+of|air\s+of|mood|excitement|real\s+value|added\s+value|
        cohesive|pitched|regularly|tense|relaxed|passengers|marked|tailored|
    matched|prioritised?|prioritised|(?:a|the|real)\s+love\s+(?:of|for)|cater(?:s|ed)?\s+for|tak(?:e|es|ing)\s+account|meet(?:s|ing)?\s+(?:the\s+|
        their\s+)?needs|starting\s+points|
    access(?:ed|es)?\s+(?:the|to)|benefit(?:s|ed)?|longer\s+to|more\s+(?:time|support|challenge|
        help|practice)
"""
_MANY = r"""
    (?:not|n['’]t|all|some|most|many|few(?:er)?|every|each|several)\s+(?:of\s+)?(?:the\s+|your\s+)?
        (?:\w+\s+)?(?:pupils|children|learners|students|child|pupil|learner|student|class|boys|
            girls)
"""
_STATES = r"""
    engag(?:ed?|es|ing|ement)|behav(?:ed?|es|ing|iour)|motivat\w+|respect(?:ed|s)?|underst(?:and|
    ands|ood|anding)|
    enjoy(?:ed|s|ing|ment)?|struggl(?:ed?|es|ing)|succe(?:ed|eds|eded|ss|sses)|achiev\w+|
    progress(?:ed|es)?|
    challeng(?:ed?|es|ing)|stretch(?:ed|es|ing)?|support(?:ed|s|ing)?|adapt(?:ed|s|ing)?|
    differentiat\w+|
    scaffold\w*|consolidat\w+|deepen(?:ed|s|ing)?|extend(?:ed|s|ing)?|enabl(?:ed?|es|ing)|
    convey(?:ed|s)?|
    encourag(?:ed?|es|ing)|promot(?:ed?|es|ing)|develop(?:s|ing)|facilitat\w+|foster(?:ed|s)?|
    inspir(?:ed?|es|ing)|
    captur(?:ed?|es)|demonstrat(?:ed?|es|ing)|ensur(?:ed?|es|ing)|address(?:ed|es)|involv(?:ed|
    ement)|
    deploy(?:ed|s|ment)?|utilis\w+|manag(?:ed?|es|ing|ement)|monitor(?:ed|s|ing)?|model(?:led|s|
    ling)?|
    confus(?:ed?|es|ing|ion)|distract(?:ed|ion|ing|s)?|disrupt(?:ed|ion|s)?|disengag\w+|
    passive(?:ly)?|
    (?:pupils|children|students|learners|they|everyone|nobody)\s+(?:\w+ly\s+)?(?:feel|felt|need|
        needed|gain|gained|sustain\w*|
        matter|relied|rely|contribute|contributed|participat\w+|apply|applied|retain\w*|
        remember(?:ed)?)|
    know(?:s|n)?|knew|learn(?:s|ed|t|ing)?|help(?:s|ed|ing)?|responds?|responded|focus(?:ed|es)?|
    concentrat\w+|
    improv(?:ed?|es|ement|ing)|appreciat\w+|valu(?:ed|es)|thriv(?:ed?|es|ing)|flourish\w*|
    built\s+upon|
    resourced|deteriorat\w+|includ(?:ed|es|ing)|closed|open-ended|
    (?:pace|engagement|energy|focus|noise|behaviour|attention|interest)\s+(?:\w+\s+)?(?:dipped|
        dropped|fell|waned|declined|
    flagged|drifted|rose|grew|suffered|slipped)|paced|structured|organi[sz]ed|sequenced|linked|
    shared|collaborat\w+|cooperat\w+|
    work(?:s|ed)?\s+(?:together|independently|hard|well|collaboratively|in\s+silence)|lost|
    got\s+in\s+the\s+way|
    moved\s+learning|made\s+(?:\w+\s+)?(?:progress|gains)|push(?:ed|es)|has\s+come\s+on|
    have\s+come\s+on
"""
_TOPICS = r"""
    questioning|questions|pace|routines?|relationships?|rapport|expectations?|modelling|feedback|
    marking|
    assessment|afl|misconceptions?|subject\s+knowledge|transitions?|environment|atmosphere|climate|
    disruption|
    confidence|praise|language|oracy|retrieval|objectives?|criteria|explanations?|instructions?|
    plenary|starter|
    planning|resources|structure|lessons?|teaching|learning|pedagogy|presentation|classroom|
    discussions?|talk|
    opportunit(?:y|ies)|thinking|activit(?:y|ies)|tasks?|group\s+work|pair\s+work|homework|literacy|
    numeracy|
    phonics|vocabulary|reasoning|dialogue|interactions?|organisation|discipline|delivery|
    scaffolding|recap|
    differentiation|inclusion|send|eal|sen|reading|writing|attainment|outcomes|display|displays|
    walls?
"""
_VERB = (
    r"(?:is|are|was|were|has|have|had|been|be|isn['’]t|aren['’]t|wasn['’]t|weren['’]t|"
    r"didn['’]t|did|need(?:s|ed)?|could|made|make|makes|\w+ly|takes?|took|adds?|added|meets?|"
    r"reflects?|reflected|provides?|provided|offers?|offered|gives?|gave|builds?|built|allows?|"
    r"allowed|goes|went|flows?|flowed|runs?|ran|leads?|led|contribute[sd]?|keeps?|kept|falls?|fell|"
    r"drops?|dropped|feels?|felt|matters?)"
)

_CLAIM = re.compile(rf"\b(?:{_JUDGING}|{_MANY}|{_STATES})(?!\w)", re.IGNORECASE | re.VERBOSE)
_JUDGED = re.compile(rf"\b(?:{_JUDGING})(?!\w)", re.IGNORECASE | re.VERBOSE)
_TOPIC = re.compile(
    rf"\b(?:{_TOPICS})\b(?:\s+[\w’'-]+){{0,6}}?\s+{_VERB}\b", re.IGNORECASE | re.VERBOSE
)
_NO_CLAIM = re.compile(
    rf"""
      ^\W*(?:dear|hi|hello|diolch)\b | \bthank(?:s|\s+you)\b
    | ^\W*(?:so\s+|and\s+|as\s+)?(?:i|we)(?:['’](?:ve|d|ll|m)|\s+(?:have|had|am|are|was|were|will|
        shall|would|also|both|
        just|only))*\s+(?:came|come|coming|visit(?:ed)?|look(?:ing)?\s+forward|hope|wonder(?:ed)?|
        agreed|talked|met|
        agree|joined|(?:(?:very\s+much\s+|really\s+|much\s+)?(?:enjoyed|appreciated|liked|loved|
        valued)\s+(?:our|
        being|talking|meeting|seeing|visiting|coming|spending|joining|hearing|sitting|working|
        the\s+(?:chance|opportunity|visit|
        invitation|time)))|written|put|sat\s+(?:in|at|with|by)|
        focus(?:ed)?|glad|grateful|thought\s+(?:that\s+)?you(?:['’]d|\s+(?:would|might))|
        happy|sorry|interested|delighted|pleased|see\s+you|discussed|spoke|visiting|observing|
        keen)\b
    | ^\W*(?:(?:it\s+(?:was|is)\s+)?(?:really\s+|very\s+|so\s+)?(?:good|lovely|great|nice|kind|
        a\s+(?:real\s+)?pleasure)\s+
        (?:of\s+you|to\s+(?:see|meet|visit|be|talk|come|hear|speak|join|catch)\s+(?:you|your|in|
            with|from|again|up|to|back)))
    | \byou(?:['’]d|\s+had|\s+have|['’]ve)?\s+(?:asked|told|wanted|invited|said\s+(?:that\s+)?you|
        mentioned|chose|hoped|explained\s+to)\s+(?:me|us|that|to|we|i|a|what)\b
    | \b(?:let\s+me\s+know|we\s+will\s+know|we['’]ll\s+know|we(?:['’]ll|\s+will|\s+shall|\s+can)|
        i(?:['’]ll|\s+will|\s+shall))\b
    | ^\W*(?:this|that|it|these)\s+(?:will|would|should|might|could|may)\b
    | ^\W*(?:enjoy|have)\s+(?:the|your|a)\s+(?:\w+\s+){{0,2}}(?:holidays?|break|weekend|week|rest|
        summer|christmas|easter|half[\s-]?term|evening|day)\b
    | ^\W*(?:there\s+(?:is|are)\s+)?(?:one|two|three|some|a\s+few)\s+things?\s+(?:worked\s+well|
        went\s+well|helped|to\s+keep)\b
        [^.]*\b(?:one|two|some)\b
    | ^\W*good\s+(?:luck|morning|afternoon|evening)\b | ^\W*you\s+(?:are|were)\s+(?:so\s+|
        very\s+)?(?:good|kind)\s+to\b
    | ^\W*(?:please|let['’]s|if\s+you)\b
    | ^\W*(?:so\s+|very\s+|really\s+|always\s+)?(?:proud|happy|glad|delighted|honoured|pleased|
        lucky|sorry)\s+
        to\s+(?:be|have|work|help|talk|chat|come|meet|share|discuss|join|answer|read|show|lend|pop)\b
    | {WISHES} | {MILESTONE} | {ANNOUNCED}
    | ^\W*(?:here|below|above)\s+(?:is|are)\b
    | ^\W*(?:you\s+are\s+(?:two|three|now|teaching|asked|welcome)|you['’]re\s+(?:teaching|asked|
        welcome|right))\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# What the writer wished for, or could not see, judges nothing unless it has a word of judgement in it.
_MODEST = re.compile(
    r"""
      ^\W*as\s+(?:you|we|i)\s+(?:all\s+|both\s+)?know\b
    | ^\W*(?:and\s+|but\s+|though\s+|personally,?\s+)?(?:i|we)(?:
        \s+know
      | (?:['’]d|\s+would)\s+(?:\w+\s+)?(?:have\s+)?(?:liked?|loved?|preferred|welcomed)\s+to
      | \s+(?:was|am|were|are)(?:n['’]t|\s+not)\s+(?:\w+\s+)?(?:sure|certain|clear)
      | ['’]m\s+not\s+(?:\w+\s+)?(?:sure|certain|clear)
      | \s+(?:do|did|could|can)(?:n['’]t|\s+not)\s+(?:\w+\s+)?(?:know|tell|hear|catch|make\s+out|
          say|find\s+out|follow)
      | \s+could(?:n['’]t|\s+not)\s+(?:\w+\s+)?see
      | \s+(?:missed|lost\s+(?:sight|track)|can['’]t|cannot)
      )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_POINTS_BACK = re.compile(
    r"^\W*(?:this|that|these|those|so|as\s+a\s+result|because\s+of\s+(?:this|that)|which|"
    r"it|here|such|hence|each(?:\s+one)?(?:\s+of\s+(?:them|these|those))?|"
    r"therefore|in\s+this\s+way|doing\s+(?:so|this)|both|they|then|all\s+of\s+(?:this|them))\b",
    re.IGNORECASE,
)
FEWEST_WORDS = 3
LONGEST_TITLE = 12


def unproven(text: str) -> Iterator[Spot]:
    """The claims of a paragraph that nothing bears out, in order."""
    told = sentences(text)
    for place, sentence in enumerate(told):
        general = is_claim(sentence.text) and is_general(without_quotations(sentence.text))
        if general and not any(_bears_out(told, place)):
            yield sentence


def is_claim(sentence: str) -> bool:
    """Whether a sentence judges the lesson, or speaks of it in general."""
    told = without_quotations(sentence)
    if told.rstrip(")").endswith("?") or _NO_CLAIM.search(told) or _is_title(told):
        return False
    if (len(told.split()) < FEWEST_WORDS or _MODEST.search(told)) and not _JUDGED.search(told):
        return False
    return bool(_CLAIM.search(told) or _TOPIC.search(told))


def _is_title(told: str) -> bool:
    """Whether words only say what a text is about and of which day: `Learning walk, 22 September`."""
    return told[-1:] not in ".!" and len(told.split()) <= LONGEST_TITLE and bool(dated(told))


def _bears_out(told: list[Spot], place: int) -> Iterator[bool]:
    sentence = told[place].text
    yield shows(sentence)
    yield place + 1 < len(told) and shows(told[place + 1].text)
    yield bool(place and _POINTS_BACK.search(sentence)) and shows(told[place - 1].text)


def shows(sentence: str) -> bool:
    """Whether a sentence shows what happened; what is judged in it needs more than a verb of action."""
    if concrete.is_shown(sentence):
        return True
    judged = _JUDGED.search(without_quotations(sentence))
    return concrete.is_told(sentence) and (not judged or concrete.has_event(sentence))
