"""What people are said to be and to have by nature, in the words in which schools say it."""

# Of anybody: after `you are`, `she is`, `they are` these tell a nature, whatever follows.
TRAITS = """
    abrasive abrupt absent-minded adorable affable aggressive aloof amateurish amazing amiable angelic
    anxious apathetic approachable argumentative arrogant articulate artistic autocratic awesome awful
    awkward babyish bashful belligerent big-headed bitter blasé blunt boastful bolshie boring bossy
    brainy bright brilliant brittle brusque bubbly cantankerous careless caustic cavalier charismatic
    charming chatty cheeky cheerful childish chirpy clever clingy clueless cocky cold-hearted combative
    complacent conceited condescending conscientious conservative controlling convivial courageous
    cowardly cranky creative cruel curmudgeonly cut-out cynical daft dazzling deceitful dedicated
    defeatist defensive defiant delightful deluded demotivated devoted diffident dim disinterested
    disloyal disorganised disorganized ditzy dogmatic domineering dozy dreadful dreamy driven dull
    dynamic earnest easy-going easygoing eccentric egotistical emotional entitled even-tempered
    exceptional extrovert fabulous fantastic feckless feisty feral fiery flaky flamboyant flappable
    flippant forgetful formidable frosty fun-loving funny fussy gentle gifted glum gobby good-humoured
    gormless grumpy guarded gullible hard-working hardworking harmless haughty headstrong highly-strung
    hopeless horrible hot-headed humble humorous humourless hyper hyperactive idle ignorant illogical
    immature impatient impulsive inarticulate incompetent incorrigible incredible indecisive indolent
    industrious ineffectual inept inexperienced infectious inimitable insecure insensitive inspirational
    inspiring insufferable intelligent intense intimidating intolerant introvert introverted intuitive
    irascible irreplaceable irresponsible irritable jolly jovial joyless kind-hearted kindly
    lackadaisical laid-back lax lazy legendary lethargic level-headed lippy lively lovable loveable
    lovely loyal manipulative maternal mean meek melodramatic messy meticulous mild-mannered miserable
    modest moody mouthy naive nasty naughty needy negative nervous neurotic nice old-fashioned
    old-school opinionated outgoing outspoken outstanding over-anxious overbearing overcautious
    overconfident oversensitive paranoid passionate paternal pathetic pedantic perfectionist personable
    pessimistic petulant philosophical pig-headed pleasant pompous popular predictable priceless prickly
    professional proud punctilious pushy quick-tempered quiet quirky rash rebellious reckless relentless
    resentful reserved restless rude ruthless saintly sanctimonious sarcastic sardonic scary
    scatter-brained scatterbrained scatty scruffy self-absorbed self-assured self-centred self-confident
    self-conscious self-critical self-deprecating self-effacing self-important selfish selfless
    sensitive set-in-your-ways shambolic short-tempered shy silly sincere slack slapdash slick slipshod
    sloppy sly smug snappy snobbish sociable soft soft-hearted softhearted spineless spirited splendid
    spoiled spoilt spoon-fed squeamish standoffish stern stroppy stubborn stupid sulky superb surly
    sweet sycophantic tactless talented talkative tame temperamental tenacious terrible tetchy
    theatrical thick thick-skinned thin-skinned thoughtless tidy timid tireless tough-minded truculent
    trustworthy truthful unambitious unapproachable unassuming uncaring uncommitted unconfident
    unflappable unfriendly unimaginative uninspiring uninterested unkind unmotivated unorganised
    unorganized unpredictable unprofessional unreliable unruly unskilled unsure-of-yourself unteachable
    untidy unworldly upbeat useless vague vain verbose vile vindictive volatile vulnerable warm-hearted
    wasted wayward weak weak-willed weird whimsical wilful wise wishy-washy withdrawn witty wonderful
    wooden work-shy workshy worthless zany zealous
"""
# A nature after `you have`, `you lack`, `you show` or `your`.
GIFTS = """
    ability aptitude arrogance attitude aura authority backbone brain brains calling calm calmness
    carelessness character charisma charm commitment compassion confidence conviction courage creativity
    cynicism decency dedication demeanour determination diffidence diligence disposition drive ego
    empathy energy enthusiasm eye flair fuse genius gentleness gift gifts goodness grace gravitas grit
    gumption guts head heart humanity humility humour imagination impatience incompetence indifference
    ineptitude inexperience instinct instincts integrity intellect intelligence intuition kindness knack
    laziness leadership likeability loyalty magnetism manner mannerisms maturity mettle mind modesty
    mojo nature negativity nerve nerves nervousness nous optimism passion patience perfectionism persona
    personality pessimism pizzazz poise positivity presence pride professionalism qualities quality
    resilience self-belief self-confidence self-discipline selflessness sensitivity shyness sincerity
    skin sloppiness soul spark spirit stamina stardust streak strength-of-character stubbornness swagger
    sweetness tact talent talents temper temperament tenacity timidity tongue touch untidiness vanity
    verve vibe vocation warmth weakness weaknesses wisdom wit work-ethic
"""
# What somebody is, said with no article: `you are gold`, `pure magic`.
STUFF = """
    ace amazingness brilliance class dynamite fab fire gold gold-dust magic perfection poetry quality
    steel sunshine top tops
"""
# After `you are` these tell where somebody stands at present, not what they are.
AT_PRESENT = """
    able about absent actually afraid afterwards again ahead all alone already also always among anxious
    any anyone around as asleep at available aware away back beside best better between both busy by
    careful certain class clear close comfortable concerned conscious correct curious done down due each
    early eight either else enough even ever everyone fine first five for forward four free fresh from
    full further glad going gone grateful happy here how ill in indeed inside interested into involved
    it just keen last late later left less like likely lucky me mine more most much near nearer nearest
    nearly never new next nine nobody none not now observers occupied of off off-site ok okay older on
    one only open or out outside over part pleased poorly prepared present quick quite ready right safe
    same second set seven short sick six so somebody someone soon sorry specific still sure surprised
    ten that the them there third thirty this three through thus tired to today together tomorrow too
    two unable unaware under unhappy unlikely unsure unwell up upset used very warm welcome well what
    where which who why willing with within without worried wrong year yes yet young yourself yourselves
"""
