"""The words in which lessons, learners and teachers are judged, field by field.

Whatever is said in them is a judgement: how good, how much, how often, whether it grows or fails, and in
what state learners are.
"""

from observe.core.feedback.word_forms import compared, forms, turns

_GOOD = """
    accomplished accurate adept adequate admirable adroit affirming agile alive amazing ambitious
    animated apposite appropriate artful articulate assured astute attentive attractive attuned
    authentic awake awesome balanced beautiful beneficial bespoke best better bold bonded brave
    brilliant brisk buoyant busy-ness calm capable captivating careful caring cheerful civil clear
    clever coherent cohesive collegiate comfortable compelling competent complete comprehensive concise
    conducive confident conscientious considerate considered consistent constructive contented
    convincing cordial cosy courteous creative credible crystal crystal-clear curious decent deep deft
    deliberate demanding dependable detailed dialogic diligent discerning disciplined distinctive
    dynamic eager easy economical effective efficient effortless egalitarian electric elegant eloquent
    encouraging energetic engaging enjoyable enthusiastic enviable equitable erudite excellent
    exceptional exciting exemplary expert explicit exquisite extraordinary fabulous fair fair-minded
    fantastic fascinating faultless favourable fearless firm fitting flawless flexible fluent fluid
    focused focussed forensic forthcoming fresh friendly fruitful generous gentle genuine glorious good
    gorgeous graceful gracious grand great gripping groundbreaking grounded happy hard-won harmonious
    healthy heartening hearty helpful high honest humane ideal imaginative immaculate impactful
    impeccable impressive incisive inclusive incredible incremental independent industrious infectious
    informative informed ingenious innovative inquisitive insightful inspirational inspired inspiring
    instructive intelligent interesting intuitive invaluable inventive inviting jolly joyful judicious
    keen knowledgeable laudable legible likeable lively logical lovely loyal lucid lucrative magical
    magnetic magnificent marvellous mastered masterful masterly meaningful memorable methodical
    meticulous mindful multi-sensory mutual neat needs-led nimble notable nuanced nurturing optimal
    optimistic orderly organic organised outstanding painless painstaking palpable passable patient
    peaceful peerless peppy perceptive perfect perky persuasive phenomenal plausible pleasant pleasing
    poised polished polite positive powerful pragmatic praiseworthy precise primed proactive productive
    professional proficient profound prompt proper proud punctual purposeful purposive quick rapid
    rapport-rich rapt rational receptive reflective refreshing relaxed relentless reliable remarkable
    resilient resolute resourceful respectable respectful responsible responsive restorative rewarding
    rich rigorous robust rounded safe sagacious satisfactory satisfying scholarly scintillating seamless
    secure self-assured sensational sensible sensitive serious settled sharp skilful skilled slick smart
    smooth snappy sociable solid sophisticated sparkling spectacular spirited splendid spotless stable
    steady stellar sterling stimulating stirring straightforward strategic striking strong structured
    studious stunning suave substantial subtle successful succinct suitable sunny super superb superior
    supple supportive supreme sure sustained swift sympathetic systematic tactful talented tangible
    tasteful tender terrific textbook thorough thoughtful thrilling tidy tight timely tireless touching
    tranquil transformative transparent tremendous trusting tuneful unflappable unhurried unobtrusive
    unrivalled unwavering upbeat uplifting useful valid valuable varied versatile vibrant vigilant
    vigorous visible vivid watchful watertight welcoming well-judged wholehearted wholesome willing wise
    witty wonderful workmanlike worthwhile worthy wow zestful
"""
_POOR = """
    abrupt absent-minded abysmal adrift aggressive ailing aimless amiss anxious apathetic appalling
    arbitrary arid askew average avoidable awful awkward awry bad baffled baffling bamboozled basic
    becalmed bewildered bewildering bitty bland bleak blurred bogged boisterous bored boring brittle
    brusque careless casual chaotic chatty childish choppy clogged clumsy clunky cluttered cluttery
    coarse compliant complicated compromised concerning confined conflicting confused confusing
    contrived convoluted costly crammed cramped crude cumbersome cursory curt defensive deficient
    deplorable derailed desperate detached diffuse dim dire directionless disaffected disappointed
    disappointing disastrous disconnected discouraging disengaged disgruntled disheartened disheartening
    disjointed dismal disorderly disorganised disparate disrespectful disruptive distracted distracting
    distressing dodgy drab draining dreadful dreary dubious dull dutiful erratic evasive excessive
    exhausted extraneous faltering fatigued faulty feeble fidgety flaky flat flawed flimsy flustered
    forced forgettable fractious fragile fragmented frail fraught frenetic frosty fruitless frustrated
    frustrating fussy fuzzy generic grating grim halting haphazard harsh hasty hazy hectic hesitant
    hollow hopeless humdrum hurried idle impatient impenetrable impersonal imprecise inaccurate
    inadequate inappropriate inattentive inaudible incidental incoherent incomplete inconclusive
    inconsequential inconsistent incorrect indifferent indistinct ineffective inefficient inert
    inflexible insecure insipid insufficient intermittent intrusive irregular irrelevant jaded jerky
    jumbled laboured lacking lacklustre lame lamentable languid lax lazy leaden lethargic lifeless
    limited listless loose lopsided lukewarm mechanical mediocre messy mindless minimal minor miserable
    misguided misjudged mismatched misplaced monotonous muddled mundane muted narrow nebulous needless
    negative neglected negligible nervous noisy off-putting onerous ordinary overambitious overbearing
    overcomplicated overdone overloaded overlong overlooked patchy pedestrian peremptory perfunctory
    peripheral piecemeal plodding pointless poor porous precarious predictable problematic prolonged
    prosaic punitive ragged rambling random raucous regrettable reluctant repetitious repetitive restive
    restricted rigid rocky rowdy rude rudimentary rushed sad sagging sapped scant scanty scrambled
    scrappy scruffy shaky shallow shoddy silly simplistic sketchy skewed slack slapdash sleepy slim
    slipshod sloppy slow sluggish sombre soulless sparse spasmodic spiritless sporadic spotty staid
    stale sterile stilted stodgy strained stuttering sub-par subdued substandard sullen superficial
    superfluous tame tangled tardy tedious tense tentative tenuous tepid terrible threadbare threatening
    tired token tokenistic torpid tortuous tough troubling turgid unambitious uncertain underwhelming
    uneven unfortunate uninspired uninspiring unkempt unproductive unruly unsettled unstructured untidy
    unwieldy vacant vague vapid verbose waffly wasteful weak wearing wearisome weary wishy woeful wooden
    woolly wordy worrisome worrying worse worst
"""
_DEGREE = """
    absolute abundance abundant acceptable altogether always amount ample amply apparent barely
    commonplace considerable constant continual continuous customary definite degree demonstrable
    discernible distinct enormous enough especially evident extensive extreme fairly far forever
    frequent fully glaring greatly growing habitual hardly huge hugely immense increasing increasingly
    infrequent inherent intense invariable mainly manifest massive maximum mega mere mildly minimally
    minimum mostly normal notable noticeable obvious optimum overall overly palpable perennial perpetual
    plain plentiful plethora pretty primarily profuse pronounced rare rarely regular scarce seldom
    significant slightly solely somewhat steep sufficient thoroughly throughout truly typical ultra
    undeniable undoubted unmistakable utmost utter vast virtually widespread
"""
_STANDING = """
    accomplishment achievement advantage appetite asset attribute bedrock benchmark benefit blessing
    bonus boost bottleneck breakthrough buzz calibre celebration chaos clarity climate coherence
    confusion conviction cornerstone credit cumbersome dearth deficit delight detriment dip
    disappointment disaster drawback ease enthusiasm ethos evidence excellence exemplar expertise
    failing failure flair flaw forte foundation frustration fun glory hallmark harmony headway hiccup
    hindrance hitch hunger impact impetus improvement initiative inspiration joy joyous lapse love
    mastery merit mileage milestone mishap momentum mood morale muddle obstacle passenger passion peak
    pinnacle pitfall pleasure pluck potential precision pride privilege progress prowess quality
    quandary reward richness rigour risk rut setback shambles shame shine shortcoming shortfall showcase
    snag spark spirit stamina stellar strength struggle stumbling success talent tendency tension thirst
    thrill treat tribute triumph trouble trust unease urgency value variety verve vigour virtue vitality
    warmth weakness wellbeing worry worth zeal zest
"""
_DOES_WELL = """
    abound absorb absorbed accelerate access accomplish achieve acquire adhere advance afford aid align
    allay anchor appreciate aspire assimilate attain benefit bloom blossom boost brighten broaden bubble
    bustle capitalise captivate care cater celebrate cement challenge champion channel clarify cohere
    collaborate combat commend complement concentrate consolidate contextualise contribute convey
    convince cooperate cope crackle cultivate customise dedicated deepen deliver deserve differentiate
    dovetail embed embody embrace emerge empathise empower enable encourage energise engage engross
    enhance enjoy enrich ensure enthral enthuse equip establish evoke evolve exceed excel excelled
    excite exemplify exercise exploit facilitate fascinate fizz flourish flow focus foster fuel fulfil
    galvanise gel generate gleam glide glow gravitate grip guarantee harness heighten honour hooked hum
    ignite illuminate illustrate immerse impart impress improve individualise inject inspire instil
    integrate intensify internalise intervene intrigue invigorate involve maintain matter maximise
    mentor mesh minimise mobilise modify motivate motivated navigate nourish nurture optimise
    orchestrate outshine overcome permeate personalise pervade pioneer praise prevail prioritise
    progress promote propel prosper provoke pulsate purr quicken radiate reap reassure reciprocate
    refine reign reinforce relate relish resolve resonate retain revel safeguard satisfy scaffold
    sequence shine shone simplify soar solidify spark sparkle stabilise stimulate streamline strengthen
    strive strove succeed surpass sustain tailor thrive throve thrum transform underpin upheld uphold
    utilise validate weave wove woven
"""
_DOES_ILL = """
    abandon alienate backfire bewilder blur breach clutter coast collapse complain compromise confuse
    creak crumble curtail decline detach deter deteriorate detract deviate diminish disadvantage
    disappoint discourage disengage dishearten disregard disrupt dissipate distract distracted droop
    dwindle encroach erode escalate evaporate exclude fade fail falter fester fizzle flag flagged
    flounder fluctuate fragment fritter frustrate fumble hamper hesitate hinder impair impede inhibit
    intrude lack lagged languish linger lull marginalise meander misbehave misfire misjudge mismatch
    misunderstand misunderstood muddle neglect obstruct overcomplicate overload overlook overpower
    overran overrun overwhelm pall passengers patronise peter plateau plummet plunge pose preclude
    rankle recede regress rely rush sag sagged sap slacken slump smother splutter sputter squander
    stagnate stall stifle stray struggle stutter subside swamp taper tumble underachieve underestimate
    undermine underperform underuse underutilise undo undone unravel unsettle unspool unwind vanish
    waffle wane waver weaken wilt wither worsen
"""
_GROWTH = """
    accumulate boom consolidate ebb emerge evolve flux grow increase intensify lessen lighten retreat
    shrank shrink shrunk surge swell upturn
"""
_SOMETIMES = """
    able adapt adequate all almost always answer anything assist at attention avoid aware bare best bit
    bored boring build built busy challenge challenging clean clear climb closed cold command committed
    communicate confidence connect creep crept crisp crowded dated deal demonstrate dense develop
    developing difficult dip display dominate drag dried drift drop dropped dry each easily easy effort
    empty energy engaged engagement every everyone everything expectations extend faint fall fast fell
    few focus focused fresh full fully further gain gap generally grab grabbed grew grow grown handy
    hard heavy help helped helpful highlight hook included inclusion independence independent
    independently industry inform interact interested invested involved involvement issue knew know
    knowledge known lack lagged large late learn learning learnt least less level light limp link little
    lost lot lots loud low manage managed management many mark marked master match matter matters
    measured mess missed missing mixed model modelling modest monitor more most mostly much natural
    nearly neither never nobody none not nothing odd often on open own pace partial participate passive
    patience pitch pitched plan planned planning playful please plenty practice prepare prepared probe
    probing problem pure purpose pushed quiet quite range rapport rarely rather ready real really
    reflect relationship relationships remote resourced respect respond restless right rise risen rose
    rough routines safe sag sank sense share shared short simple sink skill skills slid slide slight
    slip slipped slow small so soar soft some sometimes sound sour standard static stayed stiff still
    stress stretched structure structured struggle suffered suit suited support supported sweet tackle
    tail taught tend tendency tends thin thinking time tired too top total tricky trust understand
    understanding understands understood used useful usually value valued values vary very vocal warm
    waste weaker well whole work worked working wrong
"""
IDIOMS = r"""
    (?:drew|drawn|draws?|pulled|brought|ties?|tied) (?:\w+ ){1,3}together
    |(?:make|makes|made) (?:a|all the) (?:\w+ )?difference|(?:went|go|goes|gone|going|according) to plan
    |a joy|a long way|a mixed bag|a tight ship|a world of|about right|above their heads|across the board
    |add anything|all at sea|all over the place|at ease|at fault|at risk|at sixes and sevens|at the core
    |at the expense|at the heart|at times|back seat|bang on|bear fruit|bearing fruit|bore fruit
    |bread and butter|brings to life|brought to life|by and large|came on|came to life|came together
    |came unstuck|clear to see|come on|come to life|come together|comes on|comes together|coming on
    |could have|creep in|crept in|crept up|down a treat|dried up|easy to|every word|falls apart
    |falls flat|fell apart|fell flat|first class|first rate|fizzled out|from time to time
    |front and centre|gave (?:their|your) all|get on with|gets in the way|gets on with|getting on with
    |gives? (?:their|your) all|goes without saying|got in the way|got on with|hard to|heavy going
    |hit and miss|hit or miss|hit the (?:mark|spot|nail|ground|right)|in abundance|in check|in danger of
    |in depth|in evidence|in full flow|in full swing|in good hands|in hand|in need of|in parts|in places
    |in short supply|in spades|in the air|in the way of|in tune|into account|leaps and bounds
    |left behind|left out|left to chance|lends itself|lesson to us all
    |let (?:the|it|them|you|this|things|us|themselves|itself) (?:\w+ )?down|like a dream|like clockwork
    |lip service|looked after|loose ends
    |lost (?:interest|focus|heart|attention|concentration|momentum|steam|control|confidence)
    |lost its way|lost the thread|lost their way|made sense|made the most|make the most|makes? sense
    |might have|miss the mark|missed a trick|missed the mark|missed the point|moved on
    |moved? (?:them|it|learning|things|everyone|pupils) (?:on|forward)|moves on
    |needs? (?:attention|work|thought|tightening|to)|no end|no mean feat|now and then|nuts and bolts
    |off task|off the boil|off the rails|on a treat|on board|on song|on task|on the ball|on the boil
    |on the edge of|on the same page|on the up|on the whole|on their toes|on track|out of hand
    |out of steam|out of their depth|out of tune|out of your hand|over their heads|paid dividends
    |paid off|palm of your hand|par|part and parcel|pays dividends|pays off|petered out|plain sailing
    |plain to see|ran out|room for|rough (?:edges|and ready)|second fiddle|second nature|second to none
    |short shrift|should have|speaks? for (?:itself|themselves)|speaks? volumes
    |spoke for (?:itself|themselves)|spoke volumes|spot on|switch off|switched off|switched on
    |tailed off|take root|taken care of|taken off|taken root|takes off|takes root
    |takes? (?:pride|ownership|responsibility|care|account)|tells? its own story|the exception|the norm
    |there for all to see|thin on the ground|time and again|to a close|to a halt|to a tee|to be desired
    |to blame|to good effect|to great effect|to the fore|to the full|to the wire
    |too (?:much|little|many|few|slow|fast|long|short|easy|hard|difficult|quick|often|quiet|loud|low|high)
    |took (?:pride|ownership|responsibility|care|account)|took off|took root|top drawer|top notch
    |tuned in|tuned out|under way|up and running|up in the air|up to date|up to scratch|up to speed
    |up to standard|upper hand|well after|went without a hitch|with ease|without a hitch|would have
    |zoned out
"""

SHARP = (
    compared((_GOOD + _POOR + _DEGREE).split())
    | forms((_DEGREE + _STANDING + _DOES_WELL + _DOES_ILL + _GROWTH).split())
    | frozenset(("well",))
)
JUDGING = SHARP | forms(_SOMETIMES.split())
IDIOM = turns(IDIOMS)
