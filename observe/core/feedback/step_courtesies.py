"""What a letter asks for its writer, or wishes its reader: none of it is a step."""

from observe.core.feedback.step_words import ASKING, CONNECTIVES, set_of

_WISHES = tuple(
    tuple(run.split())
    for run in """
thank|enjoy|forgive|excuse|congratulate|hug|rest|relax|celebrate|pass on|take care|see you|please find
find attached|find enclosed|find the attached|find my|read on|note that|look after yourself|get in touch
get some rest|get some sleep|get well|keep in touch|keep up|keep it up|keep going|keep doing|keep on
keep shining|keep smiling|keep being|keep them coming|carry on|stay well|stay warm|stay safe|stay as
feel free|come and|come back|come again|come to|don't worry|don't hesitate|don't mind|don't apologise
don't be|don't feel|don't change|do not worry|do not hesitate|do not be|do not change|never mind|mind the
mind yourself|never change|rest assured|look at that|look at what|watch out|put your feet|treat yourself
pat yourself|give yourself|bring on|roll on|have a good|have a great|have a lovely|have a nice
have a restful|have a well|have a wonderful|have a fab|have a happy|have a peaceful|have a relaxing
have a cracking|have a rest|give my|give our|give them my|send my|pass my|say hello|say thank|say well
say hi|be proud|let's talk|let's chat|let's speak|let's catch|let's say|let's meet|let's hope|let's face
let's be|let's not|let's celebrate|let's just|let's do coffee|let's do lunch|talk soon|speak soon
to be honest|to be fair|to be clear|to say|as i say|count of|let it be
""".strip()
    .replace("\n", "|")
    .split("|")
)
_TELLING = {"tell", "give", "pass", "send", "say", "share", "thank"}
_WRITERS = set_of("i we my our me us i'm we're i've we've")
_SHARED = {"join", "give", "need", "to", "for", "with"}
_NEAR = 5


def is_courteous(words: tuple[str, ...]) -> bool:
    """Whether words ask something for the writer, wish the reader well, or pass on thanks."""
    if words[:1] and words[0] in ASKING and words[1:2] == ("you",):
        words = tuple(word for word in words[2:] if word not in CONNECTIVES)
    if words[:1] == ("do",):
        words = words[1:]
    return bool(words) and (_is_for_writer(words) or _is_wish(words))


def _is_for_writer(words: tuple[str, ...]) -> bool:
    """`tell me`, `let us know`, `give the class my thanks`."""
    if words[1:2] in (("me",), ("us",)) and words[0] not in _SHARED:
        return True
    if words[:3] in (("let", "us", "know"), ("let", "us", "have")):
        return True
    near = words[1 : 1 + _NEAR]
    return words[0] in _TELLING and bool(set(near) & _WRITERS) and near[:1] != ("me",)


def _is_wish(words: tuple[str, ...]) -> bool:
    return any(words[: len(run)] == run for run in _WISHES)
