"""Cheers: sentences of nothing but praise, in which small words and words of praise are all there is."""

import re

from observe.core.feedback.general_words import SMALL, particular
from observe.core.feedback.word_forms import compared, forms, turns

_PRAISING = """
    ace admirable amazed amazing astonished astonishing astounding awesome beautiful best blinding blown
    bostin bowled bravo breathtaking brill brilliant bumper buzzing captivated captivating charming
    chuffed classy commendable congrats congratulations corking crackerjack cracking dazzled dazzling
    delicious delighted delightful divine dreamy ecstatic enchanting encouraging enjoyable enthralled
    enthralling entranced epic excellent exceptional exciting exemplary exhilarating exquisite
    extraordinary fab fabulous fantastic faultless finest first-rate flawless formidable genius glorious
    gobsmacked good gorgeous grand great gripped gripping heartwarming heavenly hooray hurrah idyllic
    immaculate impeccable impressed impressive incredible inspirational inspired inspiring jaw-dropping
    joyful joyous kudos lovely lush magic magical magnificent marvellous masterful masterly mega
    memorable mesmerised mesmerising mind-blowing mint neat nice outstanding overjoyed peerless perfect
    perfection phenomenal pleasant pleased pleasing positive priceless proper proud radiant rapt
    ravishing refreshing remarkable riveting sensational smashing smitten solid sparkling spectacular
    speechless spellbinding spellbound splendid stellar sterling striking strong stunned stunning
    sublime sumptuous super superb superior superlative superstar terrific thrilled thrilling tidy
    tiptop top transfixed tremendous triumphant unbeatable unbelievable unforgettable uplifting wicked
    winning wonderful wondrous woohoo world-class wow wowed yay yippee
"""
_CHEERED = """
    accolade ace admiration admire adore applaud applause belter blinder boss brilliance commend
    compliment compliments congratulate corker cracker credit dazzle delight dream enchant enjoy excel
    excellence fan gem gift gold hero highlight hit impress inspiration inspire joy knockout legend love
    magic marvel masterclass masterpiece nail peach perfection plaudits pleasure praise privilege
    quality relish ripper rock rule salute savour sensation shine showstopper slay smash sparkle star
    stunner success superstar thrill tonic treasure treat triumph victory winner wow
"""
_WHOLE = """
    absolute absolutely across afternoon again ah all always any back beginning better big bit board
    came can career carry carrying certainly change class clearly colleague come complete completely
    could day dead deeply definitely did do doing done effort end ever everything face fail fails feel
    felt find finish found frankly from gave genuinely get give given go going gone got had happily have
    honestly hour huge hugely immensely job just keep keeps kept know leave leaving left less lesson
    lessons lot made make makes making massive massively mate minute moment morning myself never nothing
    oh once overall pal part performance period personally piece place please pretty proper pure quite
    rather real really room round said saw say saying school second see seen seriously session sheer
    short show simply smile so start stay stayed stuff such take taught teach teacher teaching term
    thank thanks thing things think thoroughly thought time today tonight total totally true truly under
    utter utterly very visit watch watched watching way week well went whole wholly wish word words
    would year yes yesterday yourself yourselves
"""
CHEERS = r"""
    (?:smashed|nailed|aced|rocked) (?:it|this|that)|a blinder|a class act|a lot to like|all i can say
    |ardderchog|bang up to|beautifully (?:done|handled|taught|executed)|bendigedig|big fan|blew me away
    |blew us away|blown away|bottle it|bottled it|bowled (?:me|us) over|bravo|brought a tear|chapeau
    |chuffed to bits|could not be (?:happier|prouder|better)|could not fault
    |couldn['’]t be (?:happier|prouder|better)|couldn['’]t fault|credit to|cut above
    |da iawn(?: ti| chi)?|did (?:yourself|yourselves) proud|do(?:es)? you credit|feather in your cap
    |first[ -]rate|flying colours|full of admiration|gold star|good (?:on|for) you(?! (?:if|to))
    |goose ?bumps|gwych|hats? off|high praise|highest praise|hip hip|hooray|huge fan|in awe
    |in your element|keep (?:it|this|that) up|keep up the|knocked (?:me|us|my|our)|knocked it|kudos
    |like (?:a dream|clockwork)|lost for words|lucky to have you|lump in my throat|my socks off
    |nothing but (?:praise|good)|of the highest order|on the money|out of the park|over the moon
    |pat on the back|quite something|round of applause|sang your praises|second to none
    |so much to (?:like|love|admire)|spot on|standing ovation|swimmingly|take (?:my|our) hats? off
    |take a bow|tears? (?:in|to) my eyes?|the bee['’]s knees|the bees knees|the cat['’]s whiskers
    |the real deal|thoroughly enjoyed|three cheers|thumbs up|tickled pink|top marks|top[ -]drawer
    |top[ -]notch|tour de force|well done|what a (?:star|gem|legend|hero|treasure|marvel)
    |where do i (?:start|begin)|woohoo|words fail|your a game|your game
"""
# These cheer only in a sentence that says nothing else.
_LOOSE = r"""
    (?:big|huge) smile|(?:ten|10) out of (?:ten|10)|(?:yourself|yourselves) (?:a|on)|all day long
    |as good as it gets|beyond (?:words|praise)|came away|can do no wrong|can['’]t fault
    |change a (?:thing|single thing|word)|class apart|could have (?:stayed|watched)|delight from|envious
    |favourite|first of all|five stars|full marks|how do you do it|how lucky|if only
    |it doesn['’]t get better|jealous|keep (?:on )?doing what you|league of|learn(?:ed|t) so much
    |made (?:our|the) (?:day|week|morning|afternoon|year|term)
    |made my (?:day|week|morning|afternoon|year|term)|more of the same|more of this|more please
    |never been so|never fail to|never seen|no notes|not to (?:like|love)|nothing (?:more )?to add
    |on fire|on point|proud of|raised the bar|rarely (?:seen|been)|seldom seen|set the bar
    |stayed all day|stayed for|the (?:very )?best|the bar high|the business|through the roof|wanted more
    |what an? (?:lesson|session|class|hour|afternoon|morning|day|start|performance|show|teacher|team)
    |what can i say|what it['’]?s all about|what more|worth the wait|wow|you should be
"""
# Words of praise that are plain facts elsewhere (a magic square, the best of three).
_PLAIN = """
    ace beautiful best blown bowled buzzing charming delicious delighted dreamy enchanting encouraging
    epic exciting fine genius good grand great heavenly hooked like lovely lush magic magical mega mint
    moving neat nice perfect perfection pleasant pleased positive proper proud radiant refreshing solid
    sparkling sterling striking strong stunned super superior tidy top wicked winning world-class
"""
_NAMED = forms(_CHEERED.split()) | compared(_PRAISING.split())
BOUNDLESS = frozenset(
    form
    for form in compared(word for word in _PRAISING.split() if word not in _PLAIN.split())
    if not form.endswith(("er", "est"))
)
_KNOWN = _NAMED | frozenset(_WHOLE.split()) | SMALL
_CHEER = turns(f"{CHEERS.rstrip()}|{_LOOSE.strip()}")
_DENIED = re.compile(
    r"\b(?:not|never|less|n['’]t|could\s+be|hardly|nearly|almost|better\s+if|enough)\b",
    re.IGNORECASE,
)
SHORT = 6
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def cheer(told: str) -> re.Match[str] | None:
    """The first word of praise in a sentence that has little more to say."""
    if not _stands(told):
        return None
    turn = _CHEER.search(told)
    if not is_mere(told):
        most = 1 if len(told.split()) <= SHORT else 0
        others = [word for word in particular(told) if word.casefold() not in _KNOWN]
        return None if _is_weakened(told) or len(others) > most else _first(told, BOUNDLESS)
    return turn if turn or _is_weakened(told) else _first(told, _NAMED)


def is_mere(told: str) -> bool:
    """Whether it speaks of nothing: small words and words of praise are all there is."""
    return all(word.casefold() in _KNOWN for word in _WORD.findall(_CHEER.sub("", told)))


def _first(told: str, words: frozenset[str]) -> re.Match[str] | None:
    return next((found for found in _WORD.finditer(told) if found[0].casefold() in words), None)


def _is_weakened(told: str) -> bool:
    return told.rstrip(")").endswith("?") or bool(_DENIED.search(told))


def _stands(told: str) -> bool:
    """Whether it is a sentence, with nothing quoted in it; `Best` and `With love,` are farewells."""
    return (
        "·" not in told and not told.endswith(",") and (told[-1:] in ".!?" or len(told.split()) > 2)
    )
