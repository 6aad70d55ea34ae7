"""The small words by which a request, a suggestion or an order is known, and the verbs of a classroom."""

from observe.core.feedback.concrete import ACTS


def set_of(words: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(words.split())


ACTS_DONE = set_of(ACTS)
_ORDINALS = frozenset(f"{day}{end}" for day in range(1, 32) for end in ("st", "nd", "rd", "th"))

# Verbs of a classroom, as an order begins with them.
VERBS = set_of("""
    act adapt add address adjust agree aim allow announce arrange ask aspire assess assign
    attempt avoid ban begin break bring build call cap change check choose chunk circulate clap
    close collect colour come compare complete consider continue count cover create cultivate
    cut decide dedicate delay delegate demonstrate deploy design develop differentiate direct
    discuss display ditch divide do double draw drill drop edit embed encourage end ensure
    establish evaluate expect experiment explain exploit explore extend film find finish focus
    follow foster free gather get give go greet group halve hand hang have hide hold hone hum
    identify improve include incorporate increase insert insist intervene introduce invite
    involve jot keep lay leave lend let liaise limit link list listen lock look lower make map
    mark match maximise measure meet mention minimise mix model monitor move name narrate
    nominate note observe offer open organise pair pass pause peer-mark pick pin place plan play
    point post practise prepare present press print probe promote prompt provide pull push put
    question raise read rearrange recap recast recommend record reduce refer refine rehearse
    reinforce remember remind remove reorder repeat rephrase replace require reserve resist
    respond return reuse review revisit reward ring rotate route run save say scaffold scan
    script seat secure seek select self-mark send separate set shape share shift shorten show
    signal simplify sing sit skip slow sort space speak spend split stagger stand start stay
    steer step stick stop store streamline strengthen stretch structure suggest support swap
    switch tackle take talk tap target teach tell test think tidy tighten time touch track trade
    trial trim trust try turn undertake unpack use utilise vary visit wait walk warn watch weave
    welcome widen withhold work write
""")
# Verbs that look the same in an order and in a story.
BOTH_FORMS = set_of("""
    built cut drawn hit hung laid left let lined put read set shut split spread stuck written
""")
# Verbs of a story that do not end in -ed.
PAST = (
    set_of("""
    ate been blew bought caught did didn't done drank drove fell felt flew forgot found got grew
    had hadn't kept knew led lost made met needed rose saw seen shook slept slid sold spent
    sprang stole struck swam swung thought understood was wasn't went were weren't woke won wore
""")
    | ACTS_DONE
)
# Verbs that say how something is.
FINITE = set_of("""
    am are aren't came comes does gets goes had has i'm is isn't it's looks makes means seemed
    seems shown shows takes that's there's was were you're
""")
# Words that begin a sentence and are no order; what is left may be one.
NO_ORDER = (
    set_of("""
    a about above across adore after afternoon again against all almost along also although am
    amid among an and any april are around as at august be because been before behind being
    below beneath beside best bet better between beyond bless both bravo break but by can could
    dear december despite did ditto does down during each eight either eleven enjoy enough even
    evening every everybody everyone everything except fab february felt few five for found four
    from good got great grew had half has have he hear her here his hope how i if in into is it
    its january july june just kept knew least led less like lost love loved lovely lunch made
    many march may meant met might minus month more morning most much must my near nearly
    neither nice nine no nobody nor not nothing november october of off often ok okay on one
    ones only onto opposite or ought our out over paid past per pity plenty plus quite quiz
    rather same saw see september seven several shall shame she should shown since six so some
    somebody someone something sorry spent still such super sure taught ten term than thank
    thanks that the their them there these they this those though thought three through till to
    too towards twelve two under underneath understood unless unlike until up upon very via we
    week well went what when where whether which while who whom whose why will wish with within
    without won wore worse worst would year yes yet you young your
""")
    | ACTS_DONE
)
# What a verb is done to begins with one of these.
OBJECTS = set_of("""
    a all an any both each every everybody everyone half her him his it some the their them
    these this those whatever whoever your
""")
# What a verb may have beside it: `hand out the …`.
PARTICLES = set_of("away back down off out over up")
# What stands before the verb of an order.
URGING = set_of("always don't just never only")
# After these a verb in -ed says how something is.
BEING = set_of("are be been being get gets have i'd is")
# After these a word in -ed belongs to a noun.
ATTACHING = set_of("""
    are be been by five for four in is less more of on own same three two with
""")
# What stands before the words that matter: `And perhaps …`.
CONNECTIVES = set_of("""
    again also alternatively always and anyway but equally finally first firstly hence ideally
    instead just lastly maybe meanwhile never next now ok okay only or otherwise perhaps
    personally please possibly really similarly simply so still then therefore too well yes yet
""")
# What goes on with what was said.
JOINING = set_of("and but or so then")
# What stands between the parts of a verb: `could also be`.
ADVERBS = set_of("""
    all already also always both certainly definitely each even first instead just maybe next
    now often perhaps possibly probably really then usefully well
""")
# What a phrase begins with that says when, where or for whom.
INTRODUCING = set_of("""
    about after around as at because before beginning between by day during each early every for
    friday from given going having here if in instead late lesson looking monday moving next on
    once over p1 p2 p3 p4 p5 p6 period rather same since starting this throughout thursday till
    to tomorrow tuesday under unless until w/b wb wednesday week when whenever where while with
    within without
""")
# What a phrase begins with that says when.
DATING = set_of("""
    after as at before by during each every for friday from going in monday moving next on over
    starting this throughout thursday to tomorrow tuesday until w/b wednesday within
""")
# What such a phrase ends with.
TIMES = set_of("""
    afternoon april around august begin break christmas day december easter end february
    fortnight forward forwards friday future half-term here january july june lesson lessons
    lunch march may meeting monday month morning november now october on round september session
    start term thursday time tomorrow tuesday visit wednesday week week's year
""")
# What stands before a day to come.
AHEAD = set_of("before by from next on this until")
# Days, months and holidays.
DAYS = (
    set_of("""
    april august christmas december easter february fri friday half-term january july june march
    may mon monday next november october september thu thur thurs thursday tomorrow tue tues
    tuesday wed wednesday weds
""")
    | _ORDINALS
)
# What a clause begins with that depends on another.
SUBORDINATE = set_of("""
    after although as because before how if once since that though till unless until what what's
    when whenever where whereas whether which while who
""")
# What makes a verb explain and not propose: `so that all could`.
DEPENDENT = set_of("""
    although as because how if so than that though what when where whether which while who whose
    why
""")
# What somebody was set to do follows these.
SETTING = set_of("""
    asked asks called challenge gave instruction question read rule said says set task tell told
    words wrote
""")
# Who is spoken of.
PERSONS = set_of("he i i'd i'm she they they'd we we'd we've you you'd you've")
# What tells of the writer.
WRITERS = set_of("""
    enjoy good happy i i'd i'll i'm looking me my our roll see shall thank thanks us we we'd
    we'll
""")
# Pupils, however they are called.
PUPILS = set_of("""
    all boys children class everybody everyone few girls he many most nobody pupils she some
    students they
""")
# One of them, or some.
GROUPS = set_of("boy child girl group pair pupil table them")
# How many of them.
COUNTING = set_of("""
    all both each every everybody everyone few half many most nobody none only
""")
# What a request begins with.
ASKING = set_of("""
    can can't could couldn't may might shall should will won't would wouldn't
""")
# What somebody thinks, feels or perceives: `you could hear a pin drop`.
MINDED = set_of("""
    agree believe describe enjoy expect feel guess hear imagine know like love mind notice
    recall remember say see sense smell tell thank understand
""")
# What pupils could do, where nothing is proposed.
ABLE = set_of("""
    answer count describe do explain find hear name read recall recite remember say see show
    spell tell
""")
# What somebody should be, where nothing is proposed.
PLEASED = set_of("""
    applauded celebrated commended congratulated delighted forgiven glad grateful happy honoured
    noted pleased praised proud reassured reassuring said thanked thrilled
""")
# What the writer does who suggests.
WISHED = set_of("""
    advise ask challenge encourage invite propose recommend request suggest urge
""")
# What the writer does who thinks something useful.
THINKING = set_of("""
    agreed believe ensure feel hunch propose reckon recommend suggest suggestion sure suspect
    think wonder wondered wondering
""")
# What the writer would like to do, and no teacher.
VISITING = set_of("""
    be catch chat come drop hear know learn meet pop read return speak talk visit
""")
# What the writer does who judges.
VERDICTS = set_of("""
    award call class describe give grade have judge mark place put rate say score
""")
# What the writer would do, and no teacher: `I'd say`.
SELDOM_STEPS = set_of("""
    add award call class come describe find grade judge mark meet rate read remember say score
    see speak talk
""")
# What teacher and writer did when they planned.
AGREED = set_of("""
    agreed chose decided intend meant offered plan planned promised said settled told want
    wanted
""")
# What a step is called.
NAMING = set_of("""
    action advice aim alternative ask bit challenge change development experiment fix focus goal
    hint homework idea job mission move option plan plea point priority proposal question-free
    recommendation recommendations request something step steps suggestion suggestions target
    targets task thing thought tip trick tweak tweaks way wish wishes
""")
# How good something would be.
EVALUATING = set_of("""
    ace advisable beneficial best better brilliant calmer clearer desirable easier excellent fab
    fairer fantastic fun good great handy helpful idea ideal interesting kinder lovely
    marvellous nice preferable quicker safer sensible shame simpler smashing super treat useful
    wise wonderful worth
""")
# How it is to do something: `It is better to …`.
URGENT = set_of("""
    advisable best better crucial easier essential fairer imperative important necessary quicker
    recommended safer sensible simpler time vital wise wiser worth
""")
# What there is for something to do.
OPENING_ROOM = set_of("""
    call case chance merit mileage need possibility potential room scope sense space time value
    way
""")
# How something should be another time.
ADDS = set_of("""
    bigger clearer earlier fewer later less longer more quieter sharper shorter simpler slower
    smaller tighter
""")
# Questions that propose something, by their first words.
QUESTIONING = tuple(
    tuple(run.split())
    for run in (
        "any chance",
        "any mileage",
        "are you able to",
        "are you up for",
        "are you willing to",
        "do you fancy",
        "do you think it might",
        "do you think there might",
        "do you think we could",
        "do you think you could",
        "do you think you might",
        "fancy",
        "have you also considered",
        "have you also tried",
        "have you considered",
        "have you ever thought",
        "have you ever tried",
        "have you thought about",
        "have you thought of",
        "have you tried",
        "how about",
        "how do you feel about",
        "how would it be",
        "how would you feel about",
        "what about",
        "what if",
        "why don't",
        "why not",
    )
)
