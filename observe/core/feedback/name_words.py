"""Names that are other words as well, short forms of names, and words that stand beside names."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


COMMON = _set("""
    abbey abbot ace aden alba amber amity angel apple archer art ash asher aspen autumn baker banks
    barber barker baron basil bass bay beacon bear bee beech bell belle berry best bill birch bird
    bishop black blessing bliss blossom blue blythe bond bone bonny books booth bow bower boy branch
    bright brook brooks brown buck bud buddy bull burns bush butcher butler button buttons cadence
    calm cannon canon cape carol carpenter carter case cash caspian cat celeste chance chant chapel
    charity charm chase cherry chip christian chuck church clarion clay clement cliff close clover
    coal comfort constance cook cooper coral cotton court crane crisp crispin cross crown crystal
    cyan daisy dale dark dawn day days dean deer dell den destiny diamond dolly dominion dot dove
    down drake draper dream drew duke dusty eagle earl early east echo elder ember eve ever fable
    fair faith falcon farmer favour fawn fern field fields finch fish fisher fleur flint flora
    flower flowers ford forest forester forward foster fountain fox frank freedom freeman frost
    gable gale gardener gardner garland gates gay gem gene genie gift ginger glass glen glory gold
    golden good goodness goodwin grace grant graves gray green greenwood grey grove guy hale hall
    halo hand handy happy harbour hare harmony harp hart harvest haven hawk haze hazel head heart
    heath heather heaven hedges herb hill hills holiday holly home honey honor honour hood hope
    hopper horn house hunt hunter ideal indigo ink iris isle ivory ivy jack jade jaguar jasmine jay
    jazz jet jewel jig jolly josh joss journey joy joyce judge juniper justice karma keen key keys
    kind king kit knight lace lad lake lamb lance land lane lark last laurel lavender law lawn laws
    leaf legend liberty light lily linden lion little lock long lord lot love lovely low luck lucky
    lyric major maker mallow maple marble march marigold marina mark marks marsh marshall marvel
    masters maverick max may mayor meadow melody memory mercer mercy merit merlin merry mild miles mill
    miller mills mint miracle miss missy mist misty monk moon moor moore moral moss mount myrtle
    narrow neat new newton night noble noel noor north nova oak oasis ocean olive onyx opal orchid
    oriel owl pace pack page paige pail paint park parker parks parrot parsons pass pat patience paw
    pax peace peaches peacock pearl pence penny pepper peregrine petal pike piper pixie plum pole
    pond pool poole pope poppy port porter post potter potts power powers precious price pride
    priest primrose prince princess prior promise prosper prudence queen quest rain rainbow ray read
    reader rebel red reed reef reeve reeves reign rex rhyme rhythm rich ridge ring river rivers
    robbins robin rock rocket rocky rod rodeo rogue rook room rose rosemary rosie rowan rowe royal
    ruby rue rune rush russet rusty saffron sage sailor saint salmon salt sands sandy sapphire
    savage scout sea season sequoia serene serenity sergeant shade sharp shaw shepherd shields shore
    short sierra silver singer skip sky skye slack slater small smart smoke snow solace song sorrel
    south spark sparrow spear speed spirit spring star steel stem sterling stern steward stone
    storey storm story stout strange street strong sugar summer summers sun sunny sunshine swan
    sweet swift tailor tanner tansy tate teal teddy tempest temple thistle thorn thyme tiger till
    timber topaz torch tower town treasure tree trip trott true trust tulip turner tutor unity vale
    valentine van velvet venus vicar victory vine viola violet walker wall walls ward warden warren
    water waters wave way weaver webster welcome well wells west white whitehead wild wilde wilder
    will willow winner winter winters wise wolf wonder wood woods woodward wright yard yates young
    zest zion
""")
PERIODS = _set("""
    may june april august january february march july september october november december monday
    tuesday wednesday thursday friday saturday sunday easter christmas summer autumn winter spring
""")
PLACES = _set("""
    paris florence india chelsea jordan georgia israel chester lincoln kent devon dakota sydney
    austin madison brooklyn london kenya asia china eden york wales ireland france scotland england
    holland milan vienna sienna siena verona venice roma cairo carolina virginia alexandria victoria
    adelaide melbourne perth dallas houston denver phoenix memphis savannah aberdeen ayr lancaster
    bradford preston burton clifton stafford warwick windsor wells bath lourdes bethany bristol
    derby skye iona arran isla erin kerry clare tyrone cork malta cyprus america africa europe
    persia petra troy brazil chad cuba lisbon geneva valencia santiago salem jersey washington
    wellington hamilton nelson stirling montana nevada dundee
""")
SUBJECTS = _set("english welsh french german irish polish spanish latin greek scottish roman day")
OF_TIME = _set(
    "in on by early late mid since until last next this of from before after each every half till during"
)
OF_PLACE = _set("""
    in from to of at near visit visiting called via around into river mount lake port new north south east
    west city
""")
TITLES = _set("""
    mr mrs miss ms mx dr sir madam professor lady lord king queen prince princess saint st captain
    uncle aunt auntie president emperor pope father sister brother count duke earl major colonel
    general reverend rev nurse officer governor mayor
""")
PARTICLES = _set(
    "de la le les van von der den da das do dos du del della di el al bin binti ibn st y e ap ab "
    "ferch ni nic o mc ui af av ter ten te"
)
DETERMINERS = _set("the a an every each our no any some another")
SPEAKING = _set(
    "spoke speak speaking talk talked talking said listen listened turned gave explained back next close"
)
FUNCTION = _set("""
    then when at after did do does ask asked and but while as so if for with to in on once before
    next here there later only even both give let watch by from of or nor than because until till
    where who whom that how why what which yes no well also now today yesterday please was is were
    are had has have will would could can may might should our your my his her their its it we you
    he she they i like about into onto over under near beside behind between told gave let helped
    praised thanked saw heard moved sent took showed called put left met meanwhile eventually
    finally first second third sadly luckily perhaps maybe pupil pupils child girl boy little young poor big
""")
OBSERVED = _set("saw noted wrote watched observed noticed counted visited came joined and")

_SHORT_FORMS = """
    alexander:alex,alec,sandy alexandra:alex,lexi,lexie,sasha alexandria:alex alice:ali
    amelia:millie,amy andrew:andy,drew anthony:tony,ant benjamin:ben,benji,benny bethany:beth
    catherine:cath,cathy,kate,katie charles:charlie,chas charlotte:charlie,lottie
    christopher:chris,kit christina:chris,tina christine:chris daniel:dan,danny daniella:dani
    david:dave,davey teodor:teo theodor:theo theodore:theo,ted,teddy theodora:thea,dora
    beatrix:bea,trixie beatrice:bea
    leonardo:leo sebastian:seb samira:sam augustus:gus angus:gus tobias:toby nathaniel:nate,nathan
    jeremiah:jem deborah:deb,debbie dominic:dom dominik:dom edward:ed,eddie,ted,teddy
    eleanor:ellie,nell,nora elizabeth:liz,lizzie,beth,eliza,betty,libby ellen:nell emily:em,emmy
    frances:fran,frankie francis:frank,frankie frederick:fred,freddie,freddy gabriel:gabe
    gabriella:gabby george:georgie georgina:georgie,gina gregory:greg harriet:hattie,harri
    harrison:harry henry:harry,hal isabel:izzy,bella isabella:izzy,bella,belle jacob:jake
    james:jim,jimmy,jamie jasmine:jas,jaz jennifer:jen,jenny jessica:jess,jessie jonathan:jon,jonny
    joseph:joe,joey josephine:jo,josie joshua:josh katherine:kath,kate,katie,kitty
    kathryn:kath,kate,katie kimberley:kim lawrence:larry leonard:len,lenny lewis:lew
    madeleine:maddie,maddy madison:maddie margaret:maggie,meg,peggy matilda:tilly matthew:matt,matty
    maximilian:max megan:meg melissa:mel melanie:mel michael:mike,mick,mikey mohammed:mo mohamed:mo
    muhammad:mo nathan:nate nathaniel:nat,nate nicholas:nick,nicky nicola:nicky,nic
    oliver:ollie,olly olivia:liv,livvy pamela:pam patricia:pat,trish,tricia patrick:paddy,pat
    peter:pete,petey philip:phil philippa:pippa,pip rebecca:becca,becky,becks
    richard:rich,rick,ricky,dick robert:rob,robbie,bob,bobby roberta:bobbie rosemary:rosie
    rosalind:ros ruth:ruthie samantha:sam,sammy samuel:sam,sammy sarah:sally sebastian:seb
    stephanie:steph stephen:steve,stevie steven:steve,stevie susan:sue,susie tabitha:tabby
    theodore:theo,teddy theresa:tess,terri thomas:tom,tommy timothy:tim,timmy tobias:toby
    victoria:vicky,tori,vic vincent:vince,vinny william:will,bill,billy,liam zachary:zac,zach,zack
    abdulrahman:abdul abdulrahim:abdul abdulaziz:abdul
    abigail:abi,abbie,abby agnieszka:aga zsofia:zsofi katarzyna:kasia malgorzata:gosia aleksandra:ola
    aleksander:olek krzysztof:krzys stanislaw:staszek zuzanna:zuzia myfanwy:myf oluwaseun:seun,oluwa
    oluwatobi:tobi oluwafemi:femi temitope:temi chidinma:chidi,dinma abdullah:abdul ibrahim:ibby
    hussain:huss saoirse:sersh caoimhe:keeva
"""
SHORT_FORMS: dict[str, tuple[str, ...]] = {
    name: tuple(short.split(","))
    for name, short in (pair.split(":") for pair in _SHORT_FORMS.split())
}
