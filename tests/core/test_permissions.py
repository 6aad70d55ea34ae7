"""Who sees what: the table of the design, line by line, with everybody else refused."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from observe.core.errors import Refused
from observe.core.permissions import RULES, Person, Role, RoleKind, Thing, check, may

NETWORK, OTHER_NETWORK = uuid4(), uuid4()
SCHOOL, OTHER_SCHOOL, TEAM, OTHER_TEAM = (uuid4() for _ in range(4))


def somebody(*roles: tuple[RoleKind, UUID | None, UUID | None]) -> Person:
    return Person(uuid4(), NETWORK, "Somebody", tuple(Role(*role) for role in roles))


R = RoleKind
PEOPLE = {
    "author": somebody((R.ADVISER, OTHER_SCHOOL, None)),
    "other observer": somebody((R.HEAD, OTHER_SCHOOL, None)),
    "teacher observed": somebody((R.TEACHER, SCHOOL, TEAM)),
    "leader": somebody((R.LEADER, SCHOOL, TEAM)),
    "head": somebody((R.HEAD, SCHOOL, None)),
    "adviser": somebody((R.ADVISER, SCHOOL, None)),
    "facilitator": somebody((R.FACILITATOR, None, None)),
    "deputy": somebody((R.DEPUTY, None, None)),
    "data protection": somebody((R.DATA_PROTECTION, None, None)),
    "another teacher": somebody((R.TEACHER, SCHOOL, TEAM)),
    "leader of another team": somebody((R.LEADER, SCHOOL, OTHER_TEAM)),
    "head elsewhere": somebody((R.HEAD, OTHER_SCHOOL, None)),
    "adviser elsewhere": somebody((R.ADVISER, OTHER_SCHOOL, None)),
    "teacher elsewhere": somebody((R.TEACHER, OTHER_SCHOOL, None)),
    "no role": somebody(),
}
EVERYBODY = tuple(PEOPLE)
OBSERVERS = ("author", "other observer")
LESSON = Thing(
    network_id=NETWORK,
    school_id=SCHOOL,
    team_id=TEAM,
    author_id=PEOPLE["author"].id,
    teacher_id=PEOPLE["teacher observed"].id,
    observer_ids=frozenset(PEOPLE[who].id for who in OBSERVERS),
    reader_ids=frozenset({PEOPLE["leader"].id}),
)
REVEALED = replace(LESSON, revealed=True)
SUBMITTED = replace(REVEALED, submitted=True)
RELEASED = replace(SUBMITTED, released=True)
OPENED = replace(LESSON, opened=True)
ENOUGH = replace(OPENED, enough=True)
TWO = ("author", "head elsewhere")
OF_TWO = replace(LESSON, taking_part=frozenset(PEOPLE[who].id for who in TWO))
WHO_OBSERVES = tuple(who for who in EVERYBODY if PEOPLE[who].has(R.HEAD, R.ADVISER, R.LEADER))
ADVISERS = tuple(who for who in EVERYBODY if PEOPLE[who].has(R.ADVISER))
HEADS = tuple(who for who in EVERYBODY if PEOPLE[who].has(R.HEAD))
CALIBRATE = tuple(who for who in EVERYBODY if PEOPLE[who].has(R.HEAD, R.ADVISER))

LINES: dict[str, tuple[Thing, str, tuple[str, ...]]] = {
    "record before the reveal": (LESSON, "read record", ("author",)),
    "record before the reveal, beside another": (LESSON, "compare records", ()),
    "record before the reveal, in words": (
        LESSON,
        "see lesson",
        (*OBSERVERS, "leader", "head", "adviser", "facilitator"),
    ),
    "record after the reveal": (REVEALED, "read record", OBSERVERS),
    "record after the reveal, beside another": (REVEALED, "compare records", OBSERVERS),
    "record, to write": (LESSON, "record lesson", ("author",)),
    "agreed record before the reveal": (LESSON, "read agreed record", ()),
    "agreed record": (REVEALED, "read agreed record", (*OBSERVERS, "leader", "head")),
    "agreed record, to write": (REVEALED, "write agreed record", OBSERVERS),
    "agreed record before the reveal, to write": (LESSON, "write agreed record", ()),
    "draft summary, to write": (REVEALED, "write summary", ("author",)),
    "draft summary": (REVEALED, "read draft summary", OBSERVERS),
    "draft summary once submitted": (SUBMITTED, "read draft summary", (*OBSERVERS, "leader")),
    "draft summary before it is submitted, to decide": (REVEALED, "review summary", ()),
    "draft summary once submitted, to decide": (SUBMITTED, "review summary", ("leader",)),
    "summary before its release": (SUBMITTED, "read released summary", ()),
    "released summary": (
        RELEASED,
        "read released summary",
        (*OBSERVERS, "teacher observed", "leader", "head"),
    ),
    "released summary, to reply": (RELEASED, "reply to summary", ("teacher observed",)),
    "targets": (LESSON, "see targets", EVERYBODY),
    "a target before its summary is released": (SUBMITTED, "follow target", ()),
    "a target": (RELEASED, "follow target", ("author", "teacher observed", "leader", "head")),
    "what becomes of a target": (
        RELEASED,
        "decide on target",
        ("teacher observed", "leader", "head"),
    ),
    "a reply to a released summary": (RELEASED, "answer reply", ("author", "leader")),
    "released summary, to recall": (RELEASED, "recall summary", ("author", "leader")),
    "figures of one person": (LESSON, "see figures of a person", ("author",)),
    "figures of one person, once opened": (
        OPENED,
        "see figures of a person",
        ("author", "adviser"),
    ),
    "figures of one person, once opened and with lessons enough": (
        ENOUGH,
        "see figures of a person",
        ("author", "adviser", "facilitator"),
    ),
    "figures of one person with lessons enough, before they are opened": (
        replace(LESSON, enough=True),
        "see figures of a person",
        ("author",),
    ),
    "figures of a pair": (LESSON, "see figures of a pair", OBSERVERS),
    "figures of oneself": (LESSON, "see own figures", ("author",)),
    "figures of a group": (LESSON, "see group figures", (*WHO_OBSERVES, "facilitator")),
    "certification": (LESSON, "see certification", (*WHO_OBSERVES, "facilitator")),
    "certification, a look at oneself": (LESSON, "be certified", WHO_OBSERVES),
    "certification, a look at somebody": (LESSON, "judge certification", ("author",)),
    "certification, a look at somebody that has waited": (
        OPENED,
        "judge certification",
        ("author", "adviser"),
    ),
    "certification, a look at somebody with lessons enough that has waited": (
        ENOUGH,
        "judge certification",
        ("author", "adviser", "facilitator"),
    ),
    "rule of certification, to set": (LESSON, "set certification rule", ("facilitator",)),
    "certificates beside names": (LESSON, "see certificates", (*WHO_OBSERVES, "facilitator")),
    "certificate, to set by hand": (LESSON, "set certificate by hand", ("facilitator",)),
    "re-checks": (LESSON, "see re-checks", (*ADVISERS, "facilitator")),
    "re-check, to plan": (LESSON, "plan re-check", ("adviser", "facilitator")),
    "re-checks, to agree on": (LESSON, "set re-check limits", ("facilitator",)),
    "exercises": (LESSON, "see practice", (*WHO_OBSERVES, "facilitator")),
    "exercise, to make": (LESSON, "make exercises", ("facilitator",)),
    "exercise and how far its experts are": (LESSON, "see exercise", (*OBSERVERS, "facilitator")),
    "exercise, to take": (LESSON, "take exercise", WHO_OBSERVES),
    "exercise, what one gave": (LESSON, "go on with exercise", ("author",)),
    "exercise before both experts have sealed, to settle": (LESSON, "settle exercise", ()),
    "exercise, to settle": (REVEALED, "settle exercise", OBSERVERS),
    "exercise before both experts have sealed, to publish": (LESSON, "publish exercise", ()),
    "exercise, to publish": (REVEALED, "publish exercise", (*OBSERVERS, "facilitator")),
    "group at an exercise, to lead": (LESSON, "lead group", ("facilitator",)),
    "pairs": (LESSON, "see pairs", WHO_OBSERVES),
    "third readings": (LESSON, "see third readings", (*CALIBRATE, "facilitator")),
    "third reader before the reveal, to name": (LESSON, "assign third reader", ()),
    "third reader, to name": (REVEALED, "assign third reader", ("facilitator",)),
    "criterion for a third reader before the reveal": (LESSON, "read as third", ()),
    "criterion for a third reader": (REVEALED, "read as third", ("leader",)),
    "rules from talks": (LESSON, "see rules", (*WHO_OBSERVES, "facilitator")),
    "rule from a talk, to doubt": (LESSON, "doubt rule", WHO_OBSERVES),
    "rules from talks, to keep": (LESSON, "keep rules", ("facilitator",)),
    "reflection before the reveal": (LESSON, "keep reflection", ("author",)),
    "reflection, each observer's own": (REVEALED, "keep reflection", OBSERVERS),
    "own observing": (LESSON, "see own observing", WHO_OBSERVES),
    "map of observers": (LESSON, "see observers", (*WHO_OBSERVES, "facilitator")),
    "planner": (LESSON, "see planner", (*WHO_OBSERVES, "facilitator")),
    "visits a year, to set": (LESSON, "set visit cap", ("head", "facilitator")),
    "free times, one's own": (LESSON, "keep free times", EVERYBODY),
    "lesson, to plan": (LESSON, "plan lesson", (*WHO_OBSERVES, "facilitator")),
    "lesson, to change": (LESSON, "change lesson", (*OBSERVERS, "leader", "head")),
    "partner, to waive": (LESSON, "waive partner", ("leader", "head")),
    "pair, to open early": (LESSON, "open pair early", ("leader", "head")),
    "records of a lost tablet": (LESSON, "rescue records", ("author", "facilitator")),
    "holidays of a school": (LESSON, "set school days", ("head", "facilitator")),
    "class lists of a school": (LESSON, "keep class lists", ("head", "facilitator")),
    "checks that hold summaries up": (LESSON, "set checks", ("facilitator",)),
    "people": (LESSON, "manage people", ("facilitator",)),
    "what is kept": (LESSON, "see what is kept", ("facilitator", "data protection")),
    "for how long": (LESSON, "set what is kept", ("facilitator", "data protection")),
    "erasing": (LESSON, "erase", ("data protection",)),
    "making a pack": (LESSON, "make pack", ("data protection",)),
    "ending visits": (LESSON, "end visits", ("facilitator", "data protection")),
    "seeing rights": (LESSON, "see rights", ("facilitator", "data protection")),
    "exporting all": (LESSON, "export network", ("data protection",)),
    "ending a network": (LESSON, "end network", ("data protection",)),
    "keeping a network": (LESSON, "keep network", ("facilitator", "data protection")),
    "roles": (LESSON, "give roles", ("facilitator",)),
    "own page": (LESSON, "see own page", EVERYBODY),
    "today": (LESSON, "see today", EVERYBODY),
    "tablet": (LESSON, "use the tablet", EVERYBODY),
    "feedback": (LESSON, "see feedback", EVERYBODY),
    "phrases, one's own": (LESSON, "keep phrases", WHO_OBSERVES),
    "phrase, to change": (LESSON, "change phrase", ("author",)),
    "themes of a school's summaries": (LESSON, "see themes", ("head",)),
    "programmes": (LESSON, "see programmes", (*WHO_OBSERVES, "facilitator")),
    "programme": (OF_TWO, "see programme", (*ADVISERS, "head elsewhere", "facilitator")),
    "programme, to take up": (LESSON, "take up programme", (*HEADS, "facilitator")),
    "programme, to keep": (OF_TWO, "keep programme", ("author", "facilitator")),
    "progress of a group": (OF_TWO, "see group progress", ("author", "facilitator")),
    "progress of a person": (
        OF_TWO,
        "see progress of a person",
        ("author", "leader", "adviser", "facilitator"),
    ),
    "stage, to sign off": (LESSON, "sign off stage", ("leader",)),
    "coaching, to ask for": (LESSON, "see coaching", WHO_OBSERVES),
    "coaching of two people": (OF_TWO, "take part in coaching", TWO),
    "learning log": (OF_TWO, "keep learning log", ("author",)),
    "improvement": (LESSON, "see cycles", (*WHO_OBSERVES, "facilitator")),
    "improvement of one head": (OF_TWO, "see cycle", TWO),
    "improvement of a group": (
        replace(OF_TWO, opened=True),
        "see cycle",
        (*TWO, "facilitator"),
    ),
    "improvement, to work on": (replace(OF_TWO, opened=True), "change cycle", TWO),
    "leadership feedback": (LESSON, "see leadership feedback", EVERYBODY),
    "leadership feedback, to begin": (LESSON, "begin leadership feedback", ("facilitator",)),
    "leadership feedback, to run": (LESSON, "run leadership feedback", ("facilitator",)),
    "leadership feedback while it is open": (LESSON, "read leadership feedback", ()),
    "what came of leadership feedback": (REVEALED, "read leadership feedback", ("author",)),
    "newsletters": (LESSON, "see newsletters", EVERYBODY),
    "newsletter before it is published": (REVEALED, "read newsletter", ("facilitator",)),
    "newsletter": (RELEASED, "read newsletter", EVERYBODY),
    "newsletter, to write": (LESSON, "write newsletters", ("facilitator",)),
    "how people observe, the list": (LESSON, "see assessments", (*WHO_OBSERVES, "facilitator")),
    "how somebody observes": (LESSON, "look at observing", ("author", "leader")),
    "how somebody observes, before both sealed": (LESSON, "compare looks", ()),
    "how somebody observes, side by side": (REVEALED, "compare looks", ("author", "leader")),
    "suggestions to somebody": (LESSON, "suggest for observing", ("leader",)),
    "suggestions before both sealed, to answer": (LESSON, "answer suggestion", ()),
    "suggestions, to answer": (REVEALED, "answer suggestion", ("author",)),
}


@pytest.mark.parametrize("line", LINES)
def test_a_thing_is_open_to_those_of_its_line_and_to_nobody_else(line: str) -> None:
    thing, action, who = LINES[line]
    assert [name for name in EVERYBODY if may(PEOPLE[name], action, thing)] == [
        name for name in EVERYBODY if name in who
    ]


@pytest.mark.parametrize("line", LINES)
def test_nobody_reaches_into_another_network(line: str) -> None:
    thing, action, _who = LINES[line]
    elsewhere = replace(thing, network_id=OTHER_NETWORK, revealed=True, released=True, opened=True)
    assert not [name for name in EVERYBODY if may(PEOPLE[name], action, elsewhere)]


def test_each_action_has_a_line() -> None:
    assert {action for _thing, action, _who in LINES.values()} == set(RULES)


@pytest.mark.parametrize("action", ["review summary", "read draft summary", "recall summary"])
@pytest.mark.parametrize("who", ["leader", "head", "deputy"])
def test_nobody_decides_about_a_summary_of_themselves(action: str, who: str) -> None:
    about = replace(RELEASED, teacher_id=PEOPLE[who].id, reader_ids=frozenset({PEOPLE[who].id}))
    assert not may(PEOPLE[who], action, about)


def test_nobody_decides_about_what_they_wrote() -> None:
    author = PEOPLE["author"].id
    asked = replace(SUBMITTED, reader_ids=frozenset({author}))
    assert not may(PEOPLE["author"], "review summary", asked)


@pytest.mark.parametrize("who", ["leader", "head"])
def test_an_observer_of_the_lesson_never_opens_the_pair_early(who: str) -> None:
    beside = replace(LESSON, observer_ids=LESSON.observer_ids | {PEOPLE[who].id})
    assert not may(PEOPLE[who], "open pair early", beside)


def test_a_facilitator_never_gives_themselves_a_role() -> None:
    facilitator = PEOPLE["facilitator"]
    own = Thing(network_id=NETWORK, author_id=facilitator.id)
    assert not may(facilitator, "give roles", own)


@pytest.mark.parametrize("who", ["facilitator", "deputy"])
def test_who_sets_up_never_sees_a_record(who: str) -> None:
    seen = ("read record", "compare records", "read agreed record", "read released summary")
    assert not [action for action in seen if may(PEOPLE[who], action, RELEASED)]


def test_an_action_that_is_not_listed_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        may(PEOPLE["head"], "change a rating", LESSON)


def test_a_refusal_says_whom_to_ask() -> None:
    with pytest.raises(Refused, match="Ask whoever set up"):
        check(PEOPLE["another teacher"], "see lesson", LESSON)
