"""Where a text says what somebody is, of the teacher or of pupils, not what happened."""

import re
from collections.abc import Iterator

from observe.core.feedback.labels_by_build import built
from observe.core.feedback.reading import Spot, without_quotations

_ALWAYS = r"""
    lazy|passionate|disorgani[sz]ed|unorgani[sz]ed|unconfident|careless|incompetent|unprofessional|
    professional|
    gifted|talented|charismatic|inspiring|inspirational|arrogant|hopeless|useless|rude|sarcastic|
    aggressive|
    defensive|stubborn|sloppy|boring|dull|moody|grumpy|selfish|thoughtless|ignorant|stupid|thick|
    dim|
    unreliable|untidy|messy|chaotic|amateurish|uninterested|disinterested|unmotivated|demotivated|
    uncommitted|
    inexperienced|unskilled|ineffective|nervous|timid|shy|bossy|overbearing|intimidating|scary|
    abrasive|prickly|brusque|snappy|fussy|flaky|scatty|feisty|headstrong|unflappable|pushy|naughty|
    unfriendly|unapproachable|approachable|hard-?\s?working|dedicated|devoted|conscientious|clever|
    intelligent|
    brilliant|amazing|wonderful|fantastic|awesome|outstanding|excellent|exceptional|incredible|
    superb|great|
    weak|mean|nasty|lovely|nice|pathetic|terrible|awful|dreadful|bad|poor|cynical|negative|immature|
    reckless|
    impatient|insecure|vain|lax|slack|spineless|dishonest|unkind|short-tempered|scatter-?brained|
    forgetful|
    perfectionist|old-fashioned|charming|humorous|funny|witty|popular|legendary|attention-seeking|
    manipulative|
    good\s+at|bad\s+at|poor\s+at|strong\s+at|weak\s+at|badly[\s-]organi[sz]ed|well[\s-]organi[sz]ed|
    unsuited|
    not\s+(?:cut\s+out|suited|fit)|out\s+of\s+your\s+depth|past\s+it|bright|able|experienced|
    highly\s+(?:skilled|competent|effective)
"""
_SOMETIMES = r"""
    organi[sz]ed|confident|enthusiastic|strong|caring|kind|cold|patient|strict|friendly|creative|
    good|committed|
    motivated|positive|difficult|natural|reliable|competent|effective|harsh|warm|calm|authoritative|
    ambitious|
    skilled|skilful|soft|quiet|loud|firm|gentle|distant|energetic|reflective|supportive|thoughtful|
    tough|
    demanding|fair|unfair|honest|tired|stressed|anxious|assertive|empathetic|sensitive|flexible|
    inflexible|rigid|
    resilient|punctual|knowledgeable|respectful|understanding|generous|sincere|tolerant|intolerant
"""
_BOUND = r"""
    to|enough|in\s+how|in\s+the\s+way|when|while|as\s+(?:you|the|they|he|she|we)|because|
    with\s+(?:time|pace|the\s+acid)|
    about\s+(?:what|how|where|when|which|who|this|the\s+(?:time|task))|that\b|if
"""
_NOUN = r"""
    teacher|practitioner|person|leader|professional|educator|communicator|man|woman|lady|guy|bloke|
    manager|
    colleague|individual|planner|listener|speaker|disciplinarian|questioner|mentor|role\s+model
"""
_STAR = r"""
    star|superstar|breath\s+of\s+fresh\s+air|(?:weak|strong|b)est\s+(?:member|link|teacher)|
    worst\s+\w+|natural(?!\s+(?!(?:with|at|in|and|who|teacher|leader)\b)[a-z])|legend|genius|asset|
    credit\s+to|
    joy\s+to|inspiration|role\s+model|perfectionist|pro|gem|treasure|diamond|soft\s+touch|pushover|
    control\s+freak|
    people\s+person|team\s+player|fraud|bully|softie|softy|mother\s+hen|dragon|old\s+hand|workhorse|
        trooper|disaster|disappointment|rock|hero|
    safe\s+pair\s+of\s+hands
"""
_HOW = r"""
    (?:(?:very|so|too|really|clearly|obviously|always|never|not|quite|rather|simply|just|
        a\s+(?:little\s+)?bit|
    a\s+little|such|truly|genuinely|evidently|often|sometimes|still|naturally|extremely|incredibly|
    plainly|
    generally|perhaps|also|frankly|basically|certainly|definitely|inherently|fundamentally|somewhat|
    far|
    already|all|both|as|probably|usually|at\s+times|particularly|more|less|most|by\s+nature|being|
    only|
    exceptionally|highly|honestly|no|equally|that)\s+){0,5}
"""
# A noun for somebody who does something by nature: `worrier`, `perfectionist`, `enthusiast`.
_KIND_OF_PERSON = r"""
    (?:(?:storytell|worri|entertain|talk|pleas|think|dream|daydream|giv|mov|fight|battl|survivo|
        organis|motivat|communicat|
        perform|charm|shout|ditter|chatter|follow|lead|shirk|slack|moan|whing|plodd|drift|coast|
        struggl|quitt|nurtur|planner|doer|
        overthink|procrastinat|self-start|go-gett|people-pleas|high-fli|high-fly|lon|deliver|
        list-mak|speak|listen|
        teach|educat|innovat|complain|whin|fuss|joker|box-tick|time-wast|timewast)(?:er|r|or)|
        \w+(?:iast|ionist|idealist|optimist|pessimist|realist|extrovert|introvert|aholic)|
        \w+\s+(?:person|personality|soul|spirit|character|thinker|type|heart|figure|presence|
        teacher|practitioner)|cynic|
        romantic|diva|dynamo|force\s+of\s+nature|powerhouse|whirlwind|ray\s+of\s+sunshine|
        born\s+\w+|natural\s+(?:at|in|with)|liar|cheat|show-?off|winner|loser|angel|gem|monster|
        delight|maverick|eccentric|
        closed\s+book|early\s+bird|safe\s+pair\s+of\s+hands|rising\s+star|class\s+act|chatterbox|
        handful|nightmare|wallflower)
"""
_BE = r"""
    (?:are(?:n['’]t)?|were(?:n['’]t)?|['’]re|is(?:n['’]t)?|was(?:n['’]t)?|['’]s|seem(?:ed|
        s)?(?:\s+to\s+be)?|
    appear(?:ed|s)?(?:\s+to\s+be)?|(?:come|came|comes)\s+(?:across|over)\s+as|sound(?:ed)?|
    look(?:ed)?|
    (?:have|['’]ve)\s+always\s+been|(?:can|could|will|might|tend\s+to|tended\s+to|
        need\s+to\s+stop)\s+(?:often\s+|sometimes\s+)?be(?:ing)?|
    strike\s+me\s+as|struck\s+me\s+as|being)
"""
_LACKED = r"""
    confidence|passion|enthusiasm|authority|presence|energy|warmth|commitment|motivation|charisma|
    talent|
    patience|empathy|imagination|ambition|drive|self-belief|common\s+sense|organisation|humour|
    sense\s+of\s+humour|
    discipline|resilience|initiative|conviction|maturity|backbone|skill|ability
"""
# What a pupil is called, and what sort of person somebody is said to be.
_CALLED = r"""
    spiteful|(?:bone[\s-])?idle|arrogant|spoiled|entitled|gobby|gormless|feral|clingy|vile|nasty|horrible|useless|
    daft|apathetic|cocky|stroppy|catty|vain|
    lazy|clever|naughty|stupid|bright|thick|dim|rude|weak|badly[\s-]behaved|silly|hopeless|
    unteachable|spoilt|
    sly|dreamy|childish|babyish|work-?shy|feckless|immature|gifted|low[\s-]ability
"""
_SORTS = r"""
    grafter|madam|academic|soul|so-and-so|pickle|live\s*wire|chancer|know-it-all|smart\s+alec|
    tearaway|rascal|
    drama\s+queen|ringleader|sponge|handful|born\s+(?!in|on|at|to|with)\w+
"""
_PUPILS = (
    r"pupils?|children|child|boys?|girls?|learners?|students?|kids?|lads?|lasses|ones|table|row|"
    r"bunch|crew|crowd|gang|parents?|mums?|dads?|mother|father"
)

_PERSON = re.compile(
    rf"""
      \b(?:you|he|she)\s*{_BE}\s+{_HOW}(?:(?:an?|the)\s+{_HOW})?
        (?:(?:{_SOMETIMES}|{_ALWAYS})(?:\s+and\s+|,\s+(?:and\s+)?))*
        (?:(?:{_ALWAYS})\b(?!\s+to\s+(?:let|have|see|offer|come|spend|invite|share|
            help))(?!\s*[-–]?\s*(?:of\s+you|grateful|company))
        |(?:{_SOMETIMES})\b(?!\s+(?:{_BOUND})))
        (?:\s+(?:{_NOUN})\b)?
    | \byou\s*(?:are(?:n['’]t)?|['’]re|have\s+always\s+been|['’]ve\s+always\s+been|(?:come|
        came)\s+(?:across|over)\s+as|
        (?:strike|struck)\s+(?:me|us)\s+as|seem(?:\s+to\s+be)?|appear\s+to\s+be|must\s+be|
        were\s+born|remain)\s+{_HOW}
        (?:(?:a\s+bit|something|rather|quite|such|what\s+i\s+call)\s+(?:of\s+)?)?(?:an?|
        the)\s+{_HOW}(?:[\w-]+\s+){{0,2}}?
        (?:{_KIND_OF_PERSON}|{_STAR})\b
    | \b(?:think\s+of|thought\s+of|see|saw|regard|describe|look\s+on|know|consider|count|
        have\s+you\s+down|view)\s+you\s+
        (?:as\s+)?(?:an?|the|one\s+of)\s+(?:[\w-]+\s+){{0,2}}?(?:{_KIND_OF_PERSON}|{_STAR}|
        {_NOUN})\b
    | \bmakes?\s+you\s+(?:such\s+)?an?\s+(?:[\w-]+\s+){{0,2}}?(?:{_NOUN}|{_STAR})\b
    | \b(?:born\s+(?:to|for)\s+(?!\w+\s+(?:parents|famil))\w+|(?:made|meant|cut\s+out)\s+for\s+(?:teaching|
        this\s+(?:job|work)))\b
    | \b(?:the|your)\s+(?:bottom|top|lower|middle|low|high)\s+(?:set|group|table|lot|
        end)\s+(?:is|are|was|were)\s+{_HOW}(?:{_ALWAYS})\b
    | \bas\s+an?\s+(?:\w+\s+and\s+)?(?:{_ALWAYS}|{_SOMETIMES})\s+(?:{_NOUN})\b
    | \b(?:weak|lazy|poor|bad|born|natural|gifted|talented|inspirational|outstanding|excellent|
        brilliant|fantastic|
        wonderful|amazing|great|good|incompetent|strong|useless)\s+(?:class\s+)?(?:teacher|
        practitioner)\b
    | \byour\s+(?:own\s+|natural\s+|obvious\s+|clear\s+|evident\s+)?(?:laziness|passion|enthusiasm|
        personality|charisma|
        (?:bad\s+|poor\s+|negative\s+)?attitude|talent|weakness(?:es)?|character|nerves|nervousness|
            negativity|
        incompetence|arrogance|temper|lack\s+of\s+(?:{_LACKED})|stubbornness|shyness|kindness(?!\s+(?:to|in)\b)|
        warmth|charm|gift|
        dedication|professionalism|carelessness|impatience|insecurity|
        moods?)\b(?!\s+in\s+the\s+(?:story|play|book))
    | \byou\s+{_HOW}(?:(?:seem|appear|tend)(?:ed)?\s+to\s+)?(?:lack(?:ed)?|have\s+no|
        show(?:ed)?\s+no|don['’]t\s+have|do\s+not\s+have|
        had\s+no|haven['’]t\s+(?:got|the))\s+
        (?:any\s+|the\s+|much\s+|enough\s+|a\s+)?(?:{_LACKED})\b
    | \byou\s+{_HOW}(?:have|had|['’]ve\s+got|possess|exude|ooze|radiate|display)\s+(?:an?\s+|
        such\s+)*(?:real\s+|natural\s+|great\s+|
        lovely\s+|wonderful\s+|bad\s+|poor\s+|negative\s+|positive\s+|strong\s+|warm\s+|cold\s+|
        commanding\s+)*
        (?:attitude|charisma|personality|presence|temper|gift|talent|flair|way\s+about\s+you|manner|
            authority|warmth|
        aura|charm|passion)\b
    | \byou\s+{_HOW}(?:don['’]t|do\s+not|didn['’]t|did\s+not|couldn['’]t)\s+{_HOW}(?:care|bother|
        try\s+hard|like\s+(?:this|these|your|the)\s+
        (?:class|children|pupils))\b
    | \b(?:a\s+|the\s+|real\s+){{0,3}}(?:troublemakers?|attention[\s-]seekers?|time[\s-]wasters?|
        class\s+clowns?|ringleaders?|nuisance|
        little\s+(?:monsters?|devils?|madams?|tinkers?|horrors?|terrors?|angels?)|slackers?|layabouts?|no[\s-]hopers?|
        chatterbox(?:es)?|bullies|bully)\b(?!\s+(?:group|class|club|session|room)\b)
    | \bthe\s+(?:less|more|least|most|lower|higher)[\s-](?:able|bright|gifted)\b
    | \b(?:the\s+)?(?:lazy|naughty|weak(?:er|est)?|dim|thick|stupid|bright(?:er|est)?|clever|
        badly[\s-]behaved|
        well[\s-]behaved|low(?:er|est)?[\s-]?(?:ability|attaining|achieving)|high(?:er|
        est)?[\s-]?ability|bottom|top(?!\s+(?:table|row)\b)|slow(?:er|est)?|
        difficult|challenging|needy|rude|silly|immature|disruptive|able|less[\s-]able|more[\s-]able|
        gifted|chatty|mouthy|dozy|gobby|feral|gormless|daft|sulky|stroppy|cocky|lippy|bolshie|
        pushy)\s+
        (?:(?:little|young|year\s+\d+|older)\s+)?(?:{_PUPILS})\b
    | \b(?:low|high|middle|lower|higher)[\s-](?:ability|attaining|achieving)\s+(?:group|set|class|
        table)s?\b
    | (?:\b(?:who|(?:the|that)\s+(?:boy|girl|lad|lass|child|pupil|one))|
        (?-i:\b(?!\w+(?:ing|tion|ness|ment|ity|our|ance|ence)\b)[A-Z][\w’'-]+))(?:['’]s|\s+(?:is|are|was|were|can\s+be))\s+
        {_HOW}(?:{_CALLED}|talented|disruptive|difficult|an?\s+(?:difficult|lazy|naughty|bright|clever|
        weak)\s+(?:boy|girl|child|pupil|student|one))\b
    | (?:\b(?:you|he|she|who|they|(?:your|this|that)\s+(?:class|lot|group|set|bunch))|
        (?-i:\b(?!It\b|This\b|That\b|There\b|What\b|Here\b)
        [A-Z][\w’'-]+))\s*{_BE}\s+{_HOW}(?:(?:a\s+bit|something|rather|quite|such|much)\s+(?:of\s+)?)?
        (?:an?|the)\s+(?:[\w-]+\s+)?(?:{_SORTS})\b(?!\s+in\s+the\s+(?:story|play|book))
    | \b(?:your|this|that)\s+(?:class|lot|group|set|bunch)\s+(?:is|are|was|
        were)\s+{_HOW}(?:an?\s+)?(?:\w+\s+)?
        (?:delight|joy|pain|nightmare|angels|monsters)\b
    | \b(?:is|was|['’]s)(?:\s+not|n['’]t)\s+(?:\w+\s+)?an?\s+(?:academic|scholar|thinker|
        mathematician|linguist|
        high-?flyer|team\s+player|people\s+person)\b
    | \b(?:is|are|was|were|['’]s|['’]re)(?:\s+not|n['’]t)\s+(?:exactly\s+|quite\s+|always\s+)?the\s+
        (?:sharpest|brightest|quickest|easiest|strongest|most\s+(?:able|academic|motivated|gifted))\b
    | \bin\s+(?:your|his|her|their)\s+(?:dna|blood|bones|genes)\b
    | \bthe\s+(?:sen|send|eal|pp|fsm|lac)\s+(?:kids?|lot|ones|bunch)\b
    | \b(?:s?he)(?:['’]s|\s+(?:is|was|can\s+be))\s+{_HOW}(?:an?|
        the)\s+(?:[\w-]+\s+){{0,1}}?(?:nightmare|handful|monster|
        terror|horror|angel|genius|menace|bully|liar|delight|chatterbox|
        pain)\b(?!\s+in\s+the\s+(?:story|play|book))
    | \b(?:the|your|this|these|those)\s+(?:\w+\s+){{0,2}}?(?:{_PUPILS}|set|group|lot|class)\s+
        (?:simply\s+|just\s+)?(?:can['’]t|cannot|won['’]t|will\s+never|can\s+never)\s+
        (?:cope|behave|concentrate|learn|think|sit\s+still|be\s+trusted)\b
    | \b(?:some|many|most|several|a\s+few|half|both|all|one|two|three|a\s+couple|lots|plenty)\s+
        (?:of\s+(?:them|these|those|(?:the|your)\s+(?:\w+\s+)?(?:{_PUPILS}|class|group|set))\s+
        |(?:{_PUPILS})\s+)(?:is|are|was|were)\s+{_HOW}
        (?:{_CALLED})\b
    | \b(?:the|your|our|those|these|few)\s+(?:\w+\s+)?(?:bright\s+(?:sparks|buttons)|live\s+wires|
        brainboxes|
        clever\s+clogs|smart\s+alecs?|know-?(?:it-?)?alls?|swots|tearaways|rascals|drama\s+queens?|
        bad\s+apples?|(?:tricky|awkward|difficult|tough)\s+customers|cheeky\s+monkeys|usual\s+suspects|
        wallflowers|scallywags|terrors)\b
    | (?-i:\b(?!It\b|This\b|That\b|There\b|What\b|Here\b)[A-Z][\w’'-]+)\s+(?:is|was|can\s+be)\s+{_HOW}
        (?:(?:a\s+bit|something|rather|quite|such)\s+(?:of\s+)?)?(?:an?|the)\s+(?:[\w-]+\s+){{0,1}}?
        (?:control\s+freak|pushover|soft\s+touch|people\s+person|team\s+player|bully|perfectionist|
        worrier|people-pleaser|know-it-all|drama\s+queen|superstar|class\s+clown|born\s+\w+)\b
    | \b(?:lows|low\s+abilit(?:y|ies)|bottom\s+(?:set|group|table)\s+(?:kids?|children|pupils))\b
    | \b(?:difficult|nightmare|horrible|dreadful|awful|lovely|naughty|bad|badly[\s-]behaved|unruly|
        lazy|clever|bright)\s+
        (?:class|group|bunch|lot|set)\b
    | \b(?:the\s+class|(?:your|this|that)\s+(?:class|lot|bunch)|(?:those|these)\s+\w+|
        the\s+\w+\s+(?:set|group|
        table|row|pair)|the\s+(?:boys|girls|lads|children|pupils)(?:\s+(?:on|in|at|by)\s+\w+\s+\w+)?|
        pupils|they)\s+(?:is|are|were|was)\s+
        {_HOW}(?:{_CALLED})\b
    """,
    re.IGNORECASE | re.VERBOSE,
)

_STORY = re.compile(
    r"\b(?:poem|story|stories|(?<!your\s)(?<!their\s)(?<!his\s)(?<!her\s)book|play|novel|tale|film|character|fable|legend|chapter|"
    r"scene|myth|villain|hero|narrator|"
    r"text|author|king|queen)\b",
    re.IGNORECASE,
)
# What a boy says of himself is his own word, not the writer's.
_REPORTED = re.compile(
    r"(?<!i\s)(?<!we\s)\b(?:told|says?|said|thinks?|thought|believe[sd]?|insisted|claimed)\b[^.!?]{0,20}$",
    re.IGNORECASE,
)
NEAR = 60
# So many of something that was named before: `try three slow ones`.
_THINGS = re.compile(r"\b(?:an?|\d+|two|three|four|five|six|ten)\s+\w+\s+ones$", re.IGNORECASE)


def found(text: str) -> Iterator[Spot]:
    """Each label; what is quoted was said by somebody else and is none."""
    told = without_quotations(text)
    listed = list(_PERSON.finditer(told))
    others = (one for one in built(told) if not any(_overlap(one, known) for known in listed))
    for label in (*listed, *others):
        if not _is_told_of(text, label) and not _THINGS.search(text[: label.end()]):
            yield Spot(text[label.start() : label.end()].strip(), label.start())


def _overlap(one: re.Match[str], other: re.Match[str]) -> bool:
    return one.start() < other.end() and other.start() < one.end()


def _is_told_of(text: str, label: re.Match[str]) -> bool:
    """Whether somebody in a story is meant, who is neither the teacher nor a pupil."""
    if label[0].casefold().startswith("you"):
        return False
    before = text[max(0, label.start() - NEAR) : label.start()]
    reported = re.match(r"(?:s?he|they)\b", label[0], re.IGNORECASE) and _REPORTED.search(before)
    return bool(reported or _STORY.search(before))
