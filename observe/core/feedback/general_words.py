"""The general words in which teaching is spoken of: a sentence of these alone shows nothing of one lesson.

Whoever tells what happened names things that belong to that lesson (`beaker`, `Tudors`, `whiteboards`), and
these are too many to be listed. What speaks in general needs few words, and they are always the same: small
words, words of school, words of judgement, and those that are built as abstract words are (`readiness`).
"""

import re

from observe.core.feedback.judgement_words import IDIOM, JUDGING, SHARP
from observe.core.feedback.word_forms import compared, forms, turns

_SMALL = """
    a about above accordingly across add added adding address addressed addresses addressing adds after
    again against ago ah ahead ain all along alongside already also although altogether always am among
    amongst an and another any anybody anyone anything anywhere apart are aren around as aside at away
    back be because been before beginning behind being below beneath beside besides between beyond bit
    both build building builds built but by can cannot certainly could couldn d despite did didn do does
    doesn doing don done down during each early either else elsewhere end ended ending ends enough
    entire even ever every everybody everyone everything everywhere except few final finish first
    firstly for former forward forwards from furthermore had hadn has hasn have haven having hence here
    how however i if im in indeed instead into is isn it its itself just kind knowledge last lastly late
    later latter least less let lets like ll lot m main many may maybe me meanwhile middle might mine
    more moreover most much must mustn my myself near need needed needing needn needs neither
    nevertheless next no nobody none nonetheless nor not nothing now nowhere of off oh ok okay on once
    one ones oneself only onto or other others otherwise ought our ours ourselves out over overall part
    parts per perhaps piece please previous quite rather re regardless s same several shall should
    shouldn since so some somebody someone something somewhere soon sort start still such surely t than
    that the their theirs them themselves then there therefore these they this those though through
    throughout thus to today together too toward towards type under unless unlike until up upon us ve
    very via was wasn way ways we were weren what whatever when whenever where whereas wherever which
    whichever while whilst who whoever whole whom whose why will with within without won would wouldn
    yes yet you your yours yourself yourselves youve
"""
_SCHOOL = """
    ability able absence absent academic achiever achievers act action active activity admin adult
    adults advice adviser afl age agenda aide aim alike alone aloud analysis apparatus appear appeared
    appears appetite application approach area arts ask aspect assembly assess assessor assistance
    assistant assume assumption atmosphere attainer attainers attainment attempt attend attention
    attitude aura aural authority aware baby background backgrounds base based basis became become
    becomes began begin begins begun behave behaviour being body book books boundary boy boys brain
    bring brings british brought building came capacity capital carousel carried carry chance character
    chat check child children childrens choice choose chose chosen circulate class classes classmate
    classroom clue coach code cohort colleague collective college come comes comment common communal
    community computing concept concern conclude condition conduct confer consequence consider content
    context continue contrast control conversation cooperation core corner correct corridor course
    coverage craft create creation criteria criterion critical critique cross cue cultural culture
    current curricula curricular curriculum cut cycle daily data day deadline deal dealt debate decision
    deeper define degree delivery demand depend deploy deployment depth describe design detail determine
    developing dialogic dialogue difference different difficult difficulty digital direct discipline
    discourse discovery discuss discussion display displays diverse divide documentation domain drive
    driven drove dynamic eal ebi educate education effect efl ehcp elder element elements else emotion
    emotional employ engagement english enquiry enrichment ensemble entry environment episode equipment
    error essence ethic event eventual everybody evidence exam example exchange exercise expect
    expectation experience experiment explain explanation explore exposition express extra
    extracurricular eye eyfs fact factor faculty family fashion feature fed feed feedback feel felt
    female females field figure find finish fit flavour fluency fold folk follow form formal format
    formative found foundation framework friend friendship fsm function future game gap gaps gave gcse
    gender genders general geography get gets getting girl girls give given gives go goal goals goes
    going gone got grasp group guidance guide habit handout handouts happen head headline health heaps
    hear heard heart hearts held help heritage higher hinge hint history hold homework hook hour
    humanities humour hygiene idea ideal identify identity imagination impression impulse inclusion
    independence indication individual infant inference influence informal initial input inquiry insight
    instance instruct instruction intent intention interdisciplinary interest intervention intro
    introduce introduction issue item journey judge judgement keep keeps kept key kid kids kinaesthetic
    kit knew know knowing known ks lac lad lads language languages lay lays lead leader leadership
    learner learning leave leaves led left lend lens lent lesson lessons let level levels lie life light
    like linguistic linking listen listener literacy live lives loads look love lower lsa made main make
    maker makes making male males manage management manager manner mark marking mastery material
    materials math mathematical maths matter mean meaning means meant measure media meet mental mention
    message met metacognition method mid middle mind minds mindset mini minute minutes misconception
    missed mistake mode moment moments moral mother move movement much multi musical name narration
    narrative national nature negotiate network new next nil noise norm notch note notes notice notion
    noun numeracy nursery nurture object objective observation observe observer obvious occasion occur
    offer older onset oodles operation opinion opportunity option oracy oral order organisation organise
    origin outcome outlook output outset owe own ownership parent participant participation particular
    partner partnership party pass passage pastoral path pattern pause pedagogic pedagogical pedagogy
    peer peers people perception performance period permission person personal personality perspective
    phase philosophy phonic phonics phrase physical place plan play played player plenaries plenary
    pockets point policy population position possibility possible powerpoint pp practical practice
    practise practitioner pre precedent premium preparation prepare presence present presentation
    previous primary principle prior priority procedure process product profession profile programme
    progression project prompt proof proportion prove provide provision provoke pshe psychological pull
    pupil purpose push pushed put question questioning raise ran rang rapport rate ratio rationale re
    reaction reader reading real reality reason reasoning recall recap receive reception recognise
    record refer reference regard relation relationship remain remained remember report request require
    research resource resources respondent response rest result retrieval reveal review revise revision
    rhythm ring rise role room root rote round routine row rshe rule run running runs safeguarding
    safety said sat saw say scaffold scaffolding scale scenario schedule scheme scholar school science
    sciences scientific seatwork secondary section see seek seem seemed seems seen self sen senco send
    sendco sense sent serve session set setting share show showed shown shows sight signal signs similar
    simple sit situation sixth skill skills slot social some sound space speak speaker speaking
    specialism specific spirit spiritual spoke spoken sport staff staffing stage stance stand standard
    standards start starter starters starting state statement stay stayed step steps stimulus stood stop
    strategy stream structure student study style subject subjects substance success suggest suggests
    summary summative support syllabus symptom system ta take taken talk target targets tas task taught
    teach teacher teaching team teamwork technical technique technology teen teenager tell tells tempo
    tend tended tends terminology test theme theory thing think thinker thinking thought thread through
    throw thrown tie time timing title toddler together told tone tonnes took tools topic touch toward
    trace traces track tradition train training trait transition treat treatment trend tried trust try
    tuition turn turned tutor type understanding upper usage use user using values variation vehicle
    verbal version view vision visit visual vocab vocabulary voice volunteer vulnerable wait walk walls
    want wanted watch wave weekly welfare wellbeing welsh went whiff whole wide widely wider will wish
    won words work worked worker workload workplace worksheet worksheets write writer writing written
    wrote year young younger youngster youth
"""
_NEUTRAL_ADJECTIVES = """
    additional alternative annual big biological central certain characteristic chief chronological
    collective comparative conceptual conscious contemporary cultural different difficult digital direct
    double equal essential ethical everyday existing external familiar final formal former global
    historical human identical immediate important individual innate inner intellectual internal
    irrelevant joint large local long major mental mere moral mutual necessary new old original overt
    particular physical popular possible potential practical present previous prior private probable
    public related relative relevant religious responsible separate serious similar simple single small
    social special specific spiritual standard strange subsequent sudden theoretical traditional
    underlying unique universal unusual urgent verbal visual vocal vulnerable
"""
# Words that are built as abstract words are, and yet name what a lesson is about or what is in the room.
_THINGS = """
    acidity action addition additive adjective ally ambulance ammunition anonymous apartment appliance
    archive armful assembly auction audience balance basement battleship belly bible billy bubble bully
    business butterfly cable caption captive carly carnation carnivorous caution cement charity city
    coalition collision combustion compartment competition composition condensation conductance
    conjunction constable constellation constitution convection crucible crustacean cupful dance dative
    deciduous deforestation density detective digestion dilution discussion distance distillation
    division document dolly election electricity element emily emission emulsion entrance equation
    erosion eruption evaporation evolution excursion execution exhibition experiment expletive explosion
    extinction fable family fence ferrous fertilisation fiction filament filtration finance five
    flagship fly folly fraction fragment france friction garment gaseous genitive germination governess
    government gravity gully handful harness herbivorous hive holly humidity igneous illness immigration
    infection infinitive inheritance instrument insurance invasion invention irrigation italy jelly
    jolly july junction kelly ligament lily lioness locomotive lotion marble measurement milly mission
    molly monument mouthful multiplication narrative native nativity needless negative nervous notation
    nutrition octave octopus ointment olive ornament oxidation parliament pavement percussion
    performance photosynthesis pigment pittance plantation pollination pollution polly population porous
    portion potion preposition procession pronunciation propaganda provence punctuation quotation
    radiation rally ration reaction reduction relative religion reproduction resistance respiration
    revolution rotation sally sanitation science section sediment segment sentence settlement ship
    solubility solution spaceship spoonful stable station substance substitution subtraction suspension
    syllable table television tension tilly timetable township transfusion translation transmission
    transportation trinity trolley university vaccination variable vegetable vegetation velocity
    vibration violence wilderness willy wireless witness
"""
_ABSTRACT = re.compile(
    r"[a-z]{3,}(?:ness(?:es)?|[st]ions?|ity|ities|ments?|[ae]nc(?:e|es|y)|ship|hood|ly|ful|less|[ai]ble|[ai]bly|"
    r"ive|ous|isms?)"
)
_NEUTRAL = turns(
    "as (?:well|far|soon|long)(?: as)?|at least|more or less|well over|just about|of course|so that|"
    "how well|"
    "(?:first|second|latter|final|last) (?:half|part|third|phase|section)"
)
_NAMED = frozenset(_THINGS.split())
_WORD = re.compile(r"[^\W\d_]+")
SMALL = frozenset(_SMALL.split())
GENERAL = JUDGING | SMALL | forms(_SCHOOL.split()) | compared(_NEUTRAL_ADJECTIVES.split())
_BEFORE = (
    "un",
    "in",
    "non",
    "over",
    "under",
    "mis",
    "dis",
    "re",
    "out",
    "well",
    "self",
    "multi",
    "inter",
)


def particular(sentence: str) -> list[str]:
    """The words of a sentence that belong to its own lesson."""
    told = IDIOM.sub("well", _NEUTRAL.sub("", sentence.replace("-", " ")))
    return [
        word for word in _WORD.findall(told.replace("’", "'")) if not _is_general(word.casefold())
    ]


def is_general(sentence: str, *, judged: bool = False) -> bool:
    """Whether its words are general ones; where it judges, one may be another."""
    return len(particular(sentence)) <= judged


def is_judged(sentence: str) -> bool:
    """Whether a sentence says how good something is, or how it went."""
    told = _NEUTRAL.sub("", sentence.replace("-", " "))
    return bool(IDIOM.search(told)) or _has(told, SHARP)


def may_judge(sentence: str) -> bool:
    """Whether it has a word that judges in the mouth of a school, and elsewhere may be a plain fact."""
    return is_judged(sentence) or _has(sentence, JUDGING)


def _has(sentence: str, known: frozenset[str]) -> bool:
    words = (word.casefold() for word in _WORD.findall(sentence))
    return any(word in known or _plain(word) in known for word in words)


def _is_general(word: str) -> bool:
    return word in GENERAL or _plain(word) in GENERAL or _is_abstract(word)


def _is_abstract(word: str) -> bool:
    return bool(_ABSTRACT.fullmatch(word)) and not {word, word.removesuffix("s")} & _NAMED


def _plain(word: str) -> str:
    """A word without what turns it round or makes it stronger: `unclear`, `overused`."""
    return next((word.removeprefix(each) for each in _BEFORE if word.startswith(each)), word)
