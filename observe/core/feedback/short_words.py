"""Short forms that are typed in a lesson and mean one word each."""

_FORMS = """
    wrk work | wrks works | wrkg working | wkg working | bk book | bks books | b4 before | brk break
    wbs whiteboards | ppl people | pls please | plz please | bcos because | bcs because
    coz because | cuz because | thru through | tho though | indep independent | indiv individual
    expl explains | expln explanation | vocab vocabulary | esp especially | prev previous
    incl including | hwk homework | qu question | qns questions | ques questions | ans answer
    anss answers | ansrs answers | discs discussion | nxt next | abt about | wld would
    shld should | cld could | whch which | wrtg writing | rdg reading | mths maths | eng English
    yday yesterday | tmrw tomorrow | tday today | gd good | sth something | smth something
    smn someone | evry every | evrybdy everybody | e/one everyone | s/one someone
    w/sheet worksheet | w/sheets worksheets | w/board whiteboard | w/boards whiteboards
    t/board board | h/work homework | h/w homework | msg message | msgs messages | tbl table
    tbls tables | cnr corner | rm room | clrm classroom | stdt student | stdts students
    stds students | grps groups | instr instruction | instrs instructions | obj objective
    objs objectives | behav behaviour | convo conversation | rpts repeats | rptd repeated
    fwd forward | hw homework | pg page | pgs pages | diff different | q question
    wkly weekly | tgthr together | tog together | immed immediately | w/end weekend
    gp group | gps groups | bd board | bds boards | wk week | wks weeks | lsn lesson | lsns lessons
    mtg meeting | mtgs meetings | bc because | w/s worksheet | para paragraph | paras paragraphs
    equip equipment | til till | probs problems | prob probably | diffs differences
    defs definitions | info information | intro introduction
    bkwd backward | hr hour | hrs hours | mk make
"""
_PAIRS = _FORMS.replace("\n", "|").split("|")
SHORT_WORDS = dict(pair.split() for pair in _PAIRS if pair.strip())
_VERBS = """
    is was has had says said asks asked answers answered waits waited writes wrote reads helps helped gets
    got sits sat looks looked gives gave explains explained tells told tries tried puts goes went comes came
    stands stood does did doesn didn hasn hadn isn wasn works worked talks talked needs needed wants shows
    showed starts started finishes finished calls called raises raised holds held draws drew leaves left
    laughs laughed cries cried turns turned takes took makes made uses used points pointed
"""
DOES = tuple(_VERBS.split())
