"""The general words in which teaching is judged: a sentence of these alone shows nothing of one lesson.

Whoever tells what happened names things that belong to that lesson (`beaker`, `Tudors`, `whiteboards`), and
these are too many to be listed. What speaks in general needs few words, and they are always the same.
"""

import re

MOST_OTHERS = 1
SHORTEST = 4

_ENDINGS = (
    *("ation", "ement", "ment", "ence", "ance", "ent", "ant", "ion", "ive", "ful", "ness", "able"),
    *("ing", "ied", "ies", "ier", "ily", "ed", "er", "es", "al", "ly", "s", "e", "y"),
)
_WORD = re.compile(r"[^\W\d_]+")
_GENERAL = """
    abilities able about academic access accessible accountable accurate achieve across active
    activity adapt added additional address adequate adult after again all almost already also
    although always ambitious among amount answer anticipate anything apparent apply appreciate
    approach appropriate area aren around articulate artistic ask assess assistant atmosphere attain
    attainer attend attention attentive attitude authority aware away barrier based because become
    been before begin behave behaviour being benefit best better between beyond body bored both boys
    brisk broad build built busy buzz calm came cannot captivate care careful cater certain challenge
    chance chaotic check child children choice chosen circulate class classroom clear climate close
    cohesive collaborate come comes comfortable community compliant concentrate concept conducive
    confident confuse consider consistent consolidate content contribute control convey convince
    cooperate could couldn course courteous create creative criteria cross cultural culture curiosity
    current curriculum daily date dealt deep deepen delight deliver demand demonstrate deploy depth
    detail deteriorate determined develop dialogue didn differ different differentiate differentiation
    difficult digital diligent dip direct discipline discussion disengage disrupt disruption distract
    diverse doesn doing done down drew drive driven during dynamic each eager easy effect effective
    efficient effort either elsewhere embed empathy enable encourage energy engage enjoy enough
    enquiry enrich ensure enthusiasm entire environment equip especially establish ethos even ever
    every everybody everyone everything evident excellent exceptional excite exemplar exemplary expect
    experience expert explain explanation explicit explore extend extent extreme facilitate fair
    familiar fantastic feature feedback feel felt finish firm flourish flow fluent focus follow form
    forward foster found foundation four friendly from full fully fun further gain gave general
    generous genuine geographical girl give given goes going good grasp great group grow guide habit
    hadn handle happen happy hard hasn have haven health heard help helpful high highly historical
    home homework however huge idea imagination impact implement important impress improve include
    inclusive increase incredible independent individual inform initiative innovative input inquiry
    inspire instruct instruction integral intend intention interact interest into introduce
    investigate involve isn issue itself judicious just keen keep kept key kids kind knew know
    knowledge known lack language large last learn learner least leave less lesson level like limit
    linguistic link listen literacy little lively loads logical long lost lots love lovely lower made
    main maintain make manage manner many mark marvellous master match mathematical mature maximise
    mean meaning meet mental methodical middle mind minimal misconception mixed model modelling moment
    moral more most mostly motivate move much musical mutual natural nearly necessary need negative
    neglect never next nice nobody noise noisy none normal nothing notice numeracy objective observe
    obvious offer often once only open opportunity oracy orderly organise other outcome outstanding
    over overall overlook overly own pace parents part participate particular passion passive pastoral
    patient pedagogy people personal phonics physical pitch place plan pleasant pleasure plenary
    plenty point policy polite poor positive potential practice practitioner praise precise prepare
    present pride prior prioritise proactive probe problem process produce productive profession
    proficient progress promote prompt proper proud provide provision pupil purpose push quality
    question quick quiet quite raise range rapid rapport rarely rather reach read ready real really
    recap refer reflect regard regular reinforce relate relation relationship relax relevant reliable
    remain remark remember resilience resource respect respectful respond responsible responsive
    result retain retrieval reward rich right rigorous robust role room routine rush safe safeguard
    safety same scaffold scientific secure seem seen self send sense sensible sensibly sequence
    sequenced session setting several shape share should show significant skilful skill slow small
    smooth social some someone something sometimes sound speak special specific spent spiritual stage
    stamina standard start starter still stimulate strategy strength stretch strive strong structure
    struggle student stuff style subject succeed success suit superb support sure sustain swift tackle
    tailor take talk task taught teach teacher team technology tend terrific text than that their them
    themselves then there these they thing think this thorough those though thought thoughtful thread
    thrive through throughout time timely times together tone took toward track transition tremendous
    true truly trust type unclear underachieve underline underpin understand understood uneven
    unfocused unfortunately until upon used useful using usual utilise valuable value varied variety
    vary very vibrant visible visual vocabulary voice vulnerable wall want warm wasn watch weave
    welcome well wellbeing went were weren what when where which while whole will with within without
    wonder work would wouldn wove write writing written year your yours
"""


def _plain(word: str) -> str:
    """A word without its endings, so that `supported` and `supportive` are one."""
    ending = next((each for each in _ENDINGS if word.endswith(each)), "")
    if ending and len(word) - len(ending) >= SHORTEST - 1:
        return _plain(word[: -len(ending)])
    return _plain(word[:-1]) if word[-2:-1] == word[-1:] else word


_PLAIN = frozenset(_plain(word) for word in _GENERAL.split())


def is_general(sentence: str) -> bool:
    """Whether all but one of its words, those of three letters left out, are general ones."""
    words = (word.casefold() for word in _WORD.findall(sentence) if len(word) >= SHORTEST)
    return sum(_plain(word) not in _PLAIN for word in words) <= MOST_OTHERS
