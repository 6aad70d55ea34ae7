"""The only place that says who sees and does what.

What is not in the table is refused. A thing of another network is refused before the table is read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from observe.core.errors import Refused


class RoleKind(StrEnum):
    """What somebody is in a school or in the network."""

    HEAD = "head"
    ADVISER = "adviser"
    LEADER = "leader"
    TEACHER = "teacher"
    FACILITATOR = "facilitator"
    DEPUTY = "deputy"
    DATA_PROTECTION = "data protection"


OBSERVERS = (RoleKind.HEAD, RoleKind.ADVISER, RoleKind.LEADER)
WHOLE_SCHOOL = (RoleKind.HEAD, RoleKind.ADVISER)


@dataclass(frozen=True, slots=True)
class Role:
    """One role, with the school or team that it is held in."""

    kind: RoleKind
    school_id: UUID | None = None
    team_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who asks for something."""

    id: UUID
    network_id: UUID
    name: str
    roles: tuple[Role, ...] = ()

    def has(self, *kinds: RoleKind) -> bool:
        """Whether the person holds one of these roles anywhere."""
        return any(role.kind in kinds for role in self.roles)

    def schools(self, *kinds: RoleKind) -> frozenset[UUID]:
        """The schools in which the person holds one of these roles."""
        return frozenset(r.school_id for r in self.roles if r.kind in kinds and r.school_id)

    def teams(self, kind: RoleKind) -> frozenset[UUID]:
        """The teams in which the person holds this role."""
        return frozenset(r.team_id for r in self.roles if r.kind == kind and r.team_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What somebody asks for, with the people and places that decide who may have it."""

    network_id: UUID
    school_id: UUID | None = None
    team_id: UUID | None = None
    author_id: UUID | None = None
    teacher_id: UUID | None = None
    observer_ids: frozenset[UUID] = field(default_factory=frozenset)
    planned_by: UUID | None = None
    reader_ids: frozenset[UUID] = field(default_factory=frozenset)
    taking_part: frozenset[UUID] = field(default_factory=frozenset)
    revealed: bool = False
    submitted: bool = False
    released: bool = False
    opened: bool = False
    enough: bool = False

    @property
    def opened_and_enough(self) -> bool:
        """Whether figures were opened and rest on lessons and partners enough for a facilitator."""
        return self.opened and self.enough


class Relation(StrEnum):
    """How a person stands to a thing."""

    MEMBER = "member of the network"
    AUTHOR = "author"
    OBSERVER = "observer of the lesson"
    PLANNER = "who planned the lesson"
    TEACHER = "teacher observed"
    LEADER = "leader of the teacher's team"
    HEAD = "head of the school"
    ADVISER = "adviser of the school"
    FACILITATOR = "facilitator"
    DEPUTY = "deputy of the facilitator"
    READER = "who was asked to read it"
    TAKES_PART = "who takes part in it"
    PLANS = "somebody who may plan lessons"
    OBSERVES = "somebody who observes"
    CALIBRATES = "an adviser or a head"
    ADVISES = "an adviser"
    PROTECTS = "who holds data protection"
    HEADS = "a head"


def relations(person: Person, thing: Thing) -> frozenset[Relation]:
    """How this person stands to this thing; a person observed is never their own leader or head."""
    about_self = thing.teacher_id == person.id
    stands = {
        Relation.MEMBER: True,
        Relation.AUTHOR: thing.author_id == person.id,
        Relation.OBSERVER: person.id in thing.observer_ids,
        Relation.PLANNER: thing.planned_by == person.id,
        Relation.TEACHER: about_self,
        Relation.LEADER: thing.team_id in person.teams(RoleKind.LEADER) and not about_self,
        Relation.HEAD: thing.school_id in person.schools(RoleKind.HEAD) and not about_self,
        Relation.ADVISER: thing.school_id in person.schools(RoleKind.ADVISER),
        Relation.FACILITATOR: person.has(RoleKind.FACILITATOR),
        Relation.DEPUTY: person.has(RoleKind.DEPUTY) and not about_self,
        Relation.READER: person.id in thing.reader_ids and not about_self,
        Relation.TAKES_PART: person.id in thing.taking_part,
        Relation.PLANS: person.has(*OBSERVERS, RoleKind.FACILITATOR),
        Relation.OBSERVES: person.has(*OBSERVERS),
        Relation.CALIBRATES: person.has(*WHOLE_SCHOOL),
        Relation.ADVISES: person.has(RoleKind.ADVISER),
        Relation.PROTECTS: person.has(RoleKind.DATA_PROTECTION),
        Relation.HEADS: person.has(RoleKind.HEAD),
    }
    return frozenset(relation for relation, holds in stands.items() if holds)


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may do something, in which state of the thing (`revealed`, ...), and who never may."""

    who: frozenset[Relation]
    when: str = ""
    never: Relation | None = None


def _only(*who: Relation, when: str = "", never: Relation | None = None) -> Rule:
    return Rule(frozenset(who), when, never)


R = Relation
RULES: Mapping[str, tuple[Rule, ...]] = {
    # everybody who is signed in
    "see own page": (_only(R.MEMBER),),
    "see today": (_only(R.MEMBER),),
    # people: the facilitator's first week
    "manage people": (_only(R.FACILITATOR),),
    "give roles": (_only(R.FACILITATOR, never=R.AUTHOR),),
    # what is kept for how long; only whoever holds data protection erases before Observe does by itself
    "see what is kept": (_only(R.FACILITATOR, R.PROTECTS),),
    "set what is kept": (_only(R.FACILITATOR, R.PROTECTS),),
    "erase": (_only(R.PROTECTS),),
    # what is kept about somebody is handed to them, and what a network owns to itself
    "make pack": (_only(R.PROTECTS),),
    "see rights": (_only(R.FACILITATOR, R.PROTECTS),),
    "end visits": (_only(R.FACILITATOR, R.PROTECTS),),
    "export network": (_only(R.PROTECTS),),
    "end network": (_only(R.PROTECTS),),
    "keep network": (_only(R.FACILITATOR, R.PROTECTS),),
    # lessons
    "plan lesson": (_only(R.PLANS),),
    "see lesson": (_only(R.OBSERVER, R.PLANNER, R.LEADER, R.HEAD, R.ADVISER, R.FACILITATOR),),
    "change lesson": (_only(R.OBSERVER, R.PLANNER, R.LEADER, R.HEAD),),
    "see planner": (_only(R.PLANS),),
    "set visit cap": (_only(R.HEAD, R.FACILITATOR),),
    # what feedback needs of a school: its holidays, and names of pupils that no summary says
    "set school days": (_only(R.HEAD, R.FACILITATOR),),
    "keep class lists": (_only(R.HEAD, R.FACILITATOR),),
    "set checks": (_only(R.FACILITATOR),),
    "keep free times": (_only(R.MEMBER),),
    "waive partner": (_only(R.LEADER, R.HEAD),),
    "open pair early": (_only(R.LEADER, R.HEAD, never=R.OBSERVER),),
    # capture
    "record lesson": (_only(R.AUTHOR),),
    "use the tablet": (_only(R.MEMBER),),
    "rescue records": (_only(R.AUTHOR, R.FACILITATOR),),
    # records and the talk
    "read record": (_only(R.AUTHOR), _only(R.OBSERVER, when="revealed")),
    "compare records": (_only(R.OBSERVER, when="revealed"),),
    "read agreed record": (
        _only(R.OBSERVER, when="revealed"),
        _only(R.LEADER, R.HEAD, when="revealed"),
    ),
    "write agreed record": (_only(R.OBSERVER, when="revealed"),),
    # what somebody writes on their own observing is theirs alone, whatever becomes of the pair
    "keep reflection": (_only(R.AUTHOR), _only(R.OBSERVER, when="revealed")),
    "see own observing": (_only(R.OBSERVES),),
    # a third reader sees one criterion of a lesson at which they were not, and nobody one about themselves
    "see third readings": (_only(R.CALIBRATES, R.FACILITATOR),),
    "read as third": (_only(R.READER, when="revealed", never=R.OBSERVER),),
    "assign third reader": (_only(R.FACILITATOR, when="revealed", never=R.TEACHER),),
    # figures
    "see pairs": (_only(R.OBSERVES),),
    "see own figures": (_only(R.AUTHOR),),
    "see figures of a person": (
        _only(R.AUTHOR),
        _only(R.ADVISER, when="opened"),
        _only(R.FACILITATOR, when="opened_and_enough"),
    ),
    "see figures of a pair": (_only(R.OBSERVER),),
    "see group figures": (_only(R.FACILITATOR, R.OBSERVES),),
    "see observers": (_only(R.FACILITATOR, R.OBSERVES),),
    # certification: a person judges their own look first
    "see certification": (_only(R.FACILITATOR, R.OBSERVES),),
    "be certified": (_only(R.OBSERVES),),
    "judge certification": (
        _only(R.AUTHOR),
        _only(R.ADVISER, when="opened"),
        _only(R.FACILITATOR, when="opened_and_enough"),
    ),
    "set certification rule": (_only(R.FACILITATOR),),
    # the day of a certificate stands beside names for whoever plans; re-checks are never one's own
    "see certificates": (_only(R.PLANS),),
    "set certificate by hand": (_only(R.FACILITATOR, never=R.AUTHOR),),
    "see re-checks": (_only(R.ADVISES, R.FACILITATOR),),
    "plan re-check": (_only(R.ADVISER, R.FACILITATOR, never=R.AUTHOR),),
    "set re-check limits": (_only(R.FACILITATOR),),
    # rules from talks: whoever publishes rubrics looks after them
    "see rules": (_only(R.FACILITATOR, R.OBSERVES),),
    "doubt rule": (_only(R.OBSERVES),),
    "keep rules": (_only(R.FACILITATOR),),
    # exercises: their experts stand as observers, and revealed is when both have sealed
    "see practice": (_only(R.OBSERVES, R.FACILITATOR),),
    "make exercises": (_only(R.FACILITATOR),),
    "see exercise": (_only(R.FACILITATOR, R.OBSERVER),),
    "take exercise": (_only(R.OBSERVES),),
    "go on with exercise": (_only(R.AUTHOR),),
    "settle exercise": (_only(R.OBSERVER, when="revealed"),),
    "publish exercise": (_only(R.FACILITATOR, R.OBSERVER, when="revealed"),),
    "lead group": (_only(R.FACILITATOR),),
    # feedback
    "see feedback": (_only(R.MEMBER),),
    "see themes": (_only(R.HEAD),),
    "write summary": (_only(R.AUTHOR),),
    # phrases: whoever observes may write summaries, and each keeps their own
    "keep phrases": (_only(R.OBSERVES),),
    "change phrase": (_only(R.AUTHOR),),
    "read draft summary": (_only(R.AUTHOR, R.OBSERVER), _only(R.READER, when="submitted")),
    "review summary": (_only(R.READER, when="submitted", never=R.AUTHOR),),
    "recall summary": (_only(R.AUTHOR, R.READER, when="released"),),
    "read released summary": (
        _only(R.AUTHOR, R.OBSERVER, R.TEACHER, R.READER, R.LEADER, R.HEAD, when="released"),
    ),
    "reply to summary": (_only(R.TEACHER, when="released"),),
    "answer reply": (_only(R.AUTHOR, R.READER, when="released", never=R.TEACHER),),
    # targets: a teacher's own, and whoever leads them decides with them what becomes of one
    "see targets": (_only(R.MEMBER),),
    "follow target": (_only(R.AUTHOR, R.TEACHER, R.READER, R.LEADER, R.HEAD, when="released"),),
    "decide on target": (_only(R.TEACHER, R.LEADER, R.HEAD, when="released"),),
    # a programme: its author is who leads it; how far somebody is tells nothing of their records
    "see programmes": (_only(R.OBSERVES, R.FACILITATOR),),
    "see programme": (_only(R.AUTHOR, R.TAKES_PART, R.ADVISES, R.FACILITATOR),),
    "take up programme": (_only(R.HEADS, R.FACILITATOR),),
    "keep programme": (_only(R.AUTHOR, R.FACILITATOR),),
    "see group progress": (_only(R.AUTHOR, R.FACILITATOR),),
    "see progress of a person": (_only(R.AUTHOR, R.READER, R.ADVISER, R.FACILITATOR),),
    "sign off stage": (_only(R.READER),),
    # leadership feedback: nobody runs a round about themselves, and only the leader reads what came of it
    "see leadership feedback": (_only(R.MEMBER),),
    "begin leadership feedback": (_only(R.FACILITATOR),),
    "run leadership feedback": (_only(R.FACILITATOR, never=R.AUTHOR),),
    "read leadership feedback": (_only(R.AUTHOR, when="revealed"),),
    # coaching is the two's alone, and what one logs of it is theirs alone
    "see coaching": (_only(R.OBSERVES),),
    "take part in coaching": (_only(R.TAKES_PART),),
    "keep learning log": (_only(R.AUTHOR),),
    # improvement: a head's own is open to those who take part, a group's to the facilitator too
    "see cycles": (_only(R.OBSERVES, R.FACILITATOR),),
    "see cycle": (_only(R.TAKES_PART), _only(R.FACILITATOR, when="opened")),
    "change cycle": (_only(R.TAKES_PART),),
    # newsletters
    "see newsletters": (_only(R.MEMBER),),
    "read newsletter": (_only(R.FACILITATOR), _only(R.MEMBER, when="released")),
    "write newsletters": (_only(R.FACILITATOR),),
    # how somebody observes: they themselves and whoever assesses, each blind to the other until both seal
    "see assessments": (_only(R.OBSERVES, R.FACILITATOR),),
    "look at observing": (_only(R.AUTHOR, R.READER),),
    "compare looks": (_only(R.AUTHOR, R.READER, when="revealed"),),
    "suggest for observing": (_only(R.READER, never=R.AUTHOR),),
    "answer suggestion": (_only(R.AUTHOR, when="revealed"),),
}


def may(person: Person, action: str, thing: Thing) -> bool:
    """Whether this person may do this with this thing; an action that is not listed is a KeyError."""
    rules = RULES[action]
    if person.network_id != thing.network_id:
        return False
    stands = relations(person, thing)
    return any(_allows(rule, stands, thing) for rule in rules)


def _allows(rule: Rule, stands: frozenset[Relation], thing: Thing) -> bool:
    fits = bool(rule.who & stands) and rule.never not in stands
    return fits and (not rule.when or bool(getattr(thing, rule.when)))


def check(person: Person, action: str, thing: Thing) -> None:
    """Refused, in a sentence, unless the person may."""
    if not may(person, action, thing):
        raise Refused("This is not open to you. Ask whoever set up Observe in your schools.")
