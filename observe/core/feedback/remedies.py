"""Which request answers what was noted: a queue asks for things laid out, not for a better signal."""

import re
from collections.abc import Iterator

# What a request says, and below it what observers write where it would help.
_TABLE = r"""
hands (stay )?down | choose who answers
    same (\w+ ){0,2}(hands?|few|pupils|children|boys|girls|three|four|five|[3-6])\b
    | volunteers? | first hand | only hands | back row | front row | to [1-4] pupils | hands[ -]up
how do you know
    no (reason|why|follow) | not asked why | answers? (just )?accepted|accepts?
memory | what if
    recall | closed q | yes ?/ ?no | yes or no | one[- ]word | from memory
in place of asking | instead of asking
    (is|are|all|any|every\w*|that)\W+(you\W+|it\W+|that\W+)?(clear|ok(ay)?|happy|good)\b\W*\?
    | any (more )?questions\W*\?
    | \b(ok(ay)?|understood?|got (it|that)|makes? sense)\W*\? | all say yes | all nod
whiteboards
    one (pupil|child) (answers|asked) | copy\w* (their )?neighbours? | chant
    | only (two|three|[1-4])( or \w+)? (asked|boards|books)
    | [1-4] (whiteboards|books|boards) of | can['’]?t tell who | volunteers
half the class has it wrong
    not read | drawer | regardless | anyway | moves? on | next slide | goes on | on we go
    | \d down | half (the class|of them)? ?(wrong|lost) | no change
three seconds
    no (wait|pause|time to think) | bear (the )?silence | rephrases | fills? (the|every) silence
    | < ?1 ?s | half a second | straight ?away | at once | immediately | before (anybody|anyone)
    | answers? (his |her |their )?own q
    | answers? (it )?(him|her|them)self | question → answer
pairs talk
    no (talk|pairs|partners?) | same (three|four|[3-6])
lay out | lie ready
    queu | line of | fetch | (hands?|handing|gives?|giving|gave) out | equip | goggles
    | not enough | missing | log ?-?(in|on) | no (pens?|glue|scissors|books|mats?)\b | sharpen
hand over the organising
    (hands?|handing|gives?|giving) out | organis | sorting | sets? up | equip
walking round and looking
    at (his |her |the )?(desk|computer|screen|front) | sits? at
shorten
    tidy | pack(s|ed|ing)? (up|away) | transition | changeover | from carpet | carpet to
    | to tables | swap (rooms|places|groups)
door opens
    register | com(e|es|ing) in | slow start | start(s|ed)? late | late start | first \d+ min
instruction
    instructions? (given|repeated|again|unclear|\d) | repeats? instr
    | what (do we|are we|should we) do | don['’]?t know what to do | asks? what to do
drift
    off[ -]task | drift | phones? | chat(s|ting)?\b | wander | doodl | daydream | heads? on desk
silence | one signal
    talk(s|ed|ing)? over | over (the )?(noise|chatter|class|it) | guys | shh | countdown
    | chatter
how loud
    noisy | too loud | noise | shout(s|ing|ed)?
who did not know
    dunno | don['’]?t know | shrug | opts? out
whole sentences
    (one|single|\d)[- ]word | short answers?
good work looks | careful work | finished work looks
    messy | scruff | careless | rushed | untid
apart from what they will do | able to do at the end
    (L\.?O\.?|W\.?A\.?L\.?T\.?|aim|objective|title)\b.*(copied|underlined|board|date)
    | what .{0,20}(learning|learn)\W+.{0,9}(page|sheet|dunno|don) | copied down
come back to the (purpose|aim)
    not mentioned again | never (mentioned|returned) | no plenary | not (returned|referred)
    | aim lost
already know | what pupils remember
    no link | not linked | no recap | not .{0,12}last (lesson|week|time)
aloud
    skips? | skipped | steps? (missing|left out) | just the answer | no reasons?
    | in (his|her) head | silently
second example | differs in one thing
    (one|1|single|only) (worked )?example
common mistake | find the mistake
    same mistake | common mistake | misconception | mistakes? in (most|many|\d)
first new thing ends | explaining to letting | long stretch of listening
    too (much|many|fast) | fast | explain\w* (for )?\d+
    | \d+ (new|labels|slides|steps|points|minutes of expl) | talks? for \d+ | still explaining
    | (teacher|t) talk
only when most pupils
    moves? on | goes on | on we go | next slide | ploughs on
together before pupils work alone
    straight (from|to|into|on) | left alone
at the board
    (one|1) (pupil|child) (at|on) (the )?(board|visualiser) | others watch | rest (sit|watch)
    | class watch
quiet work
    interrupt | stops? (the class|them|everyone|work)
something to do when they are stuck
    stuck | hands? up | waits? for help | sownd
hint card | next task where pupils can take it | go on with
    finish(ed|es)? | done early | nothing (left )?to do | read (own )?books? | waiting
    | nothing to go on with | queu | in line | line of | waits? for
go first
    can(no|['’])?t (start|begin|read) | not started | not begun | too hard | struggl
deeper
    more of the same | next page | extra sums
one thing (that works and one )?to change
    ticks? only | only ticks | ticked | no comment | general comment | good work!
act on feedback
    unanswered | not (acted|answered|done|followed) | nobody (looks|acts|reads|answers)
    | nothing done | no time to (act|respond|improve|correct) | never (acted|followed)
reason with your praise
    (well done|good (boy|girl|job|work)|praise)
let (a )?pupils? finish
    cuts? .{0,15}(off|short|in) | interrupts | talks? over (pupil|child|a|him|her)
    | finishes (his|her|their) sentence
wrong answer kindly | words for disagreeing
    laugh(s|ed|ing)? at | giggl | groan | mocked
quieter pupils | not been spoken with | at the edge
    (not|never|hardly) (spoken|asked|heard|looked) | passed by | back table | edge
got to a wrong answer | how a wrong answer came about | how you got there
    not quite | anyone else | anybody else | wrong answer | corrects | puts? (it )?right
    | (gives?|tells?) (them )?the answer | no[,.!]
pass an answer on
    (right|correct|yes|yep|good|lovely|brilliant)[,!.’']
finish a half-right answer
    half[- ]right | nearly (right|there) | partly right | completes? (it|the answer)
let pupils answer each other
    teacher (talks|reads|answers) .{0,20}(all|whole|most)
fill-in
    cloze | fill[- ]?in | gap[- ]?fill | worksheet after | same answers? in
decide something for themselves
    copied | copy
more practice
    met once | once .{0,12}then
time to finish
    unfinished | half (blank|done|finished) | not finished
first word to the teacher
    nods | says nothing | tells? (her|him|the teacher|them) | own (\d )?points?
    | leader (starts|tells|talks)
a day and a sign
    no (date|day|deadline) | have a go | see how it goes | nothing (written|agreed)
keep one point
    (three|four|five|six|[3-9]) (points|targets|things|steps) | long list
praised thing
    lovely | great lesson | well done
try the step
    no rehears | no practice | not tried | just told | work it out
"""


def _rows() -> Iterator[tuple[re.Pattern[str], re.Pattern[str]]]:
    asked, noted = "", ""
    for line in (*_TABLE.strip().splitlines(), ""):
        if line.startswith(" "):
            noted += line
            continue
        if asked:
            yield _any(noted), _any(asked)
        asked, noted = line, ""


def _any(words: str) -> re.Pattern[str]:
    told = (each.strip() for each in words.split(" | "))
    return re.compile("|".join(rf"\b(?:{each})" for each in told if each), re.IGNORECASE)


_ROWS = tuple(_rows())


def answers(noted: str, request: str) -> int:
    """How many things that were noted a request speaks to."""
    return sum(bool(asked.search(request) and seen.search(noted)) for seen, asked in _ROWS)
