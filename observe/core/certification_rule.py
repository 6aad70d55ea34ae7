"""A rule by which observers are certified, as data: what is asked, how it is decided, and what follows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, partial
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import TypeAdapter

FEWEST_LESSONS = 5
MOST_LESSONS = 200
MOST_LOOKS = 40
LONGEST_NAME = 80


class Statistic(StrEnum):
    """What is asked of the levels that two observers gave."""

    EXACT = "same level"
    WITHIN_ONE = "at most one apart"
    POINTS = "points"

    @property
    def needs_neighbours(self) -> bool:
        """Whether two levels are too few for it."""
        return self is not Statistic.EXACT


class DecideBy(StrEnum):
    """On what the decision rests: the share itself, its lower 95 % limit, or how probable it is."""

    POINT = "point"
    LOWER_LIMIT = "lower limit"
    PROBABILITY = "probability"


class Beside(StrEnum):
    """Whose levels an observer's are compared with."""

    ANYBODY = "anybody"
    ADVISER = "adviser"


class Source(StrEnum):
    """What is judged: lessons beside somebody, exercises beside their reference, or each apart."""

    LESSONS = "lessons"
    EXERCISES = "exercises"
    EITHER = "lessons or exercises"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What counts: beside whom, with which rubric (empty: any) of how many levels or more.

    `every_exercise` asks all exercises that are published as tests of the rubric, whatever their number.
    """

    beside: Beside = Beside.ANYBODY
    rubric: str = ""
    levels: int = 2
    source: Source = Source.LESSONS
    every_exercise: bool = False

    @property
    def sources(self) -> tuple[Source, ...]:
        """What is judged, each apart from the other."""
        if self.source is Source.EITHER:
            return Source.LESSONS, Source.EXERCISES
        return (self.source,)

    @property
    def asks_exercises(self) -> bool:
        """Whether exercises are judged."""
        return Source.EXERCISES in self.sources


@dataclass(frozen=True, slots=True)
class Cuts:
    """From which probability one passes, and down to which one trains again."""

    pass_from: float
    train_to: float


@dataclass(frozen=True, slots=True)
class Floor:
    """The share that a criterion must reach by itself; without a criterion each of them."""

    share: float
    criterion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What somebody must reach to be certified.

    `looks` are the numbers of lessons after which it is decided, or of exercises where only these are
    judged; `exercise_looks` those of exercises where either is. Shares are of 0 to 1. `in_a_row` asks the
    threshold of each of the last lessons by itself. None is always "not asked" or "without end".
    """

    name: str
    statistic: Statistic
    threshold: float
    decide_by: DecideBy
    looks: tuple[int, ...]
    scope: Scope = Scope()
    cuts: Cuts | None = None
    adjacent_part: float | None = None
    in_a_row: int | None = None
    max_gap: int | None = None
    floors: tuple[Floor, ...] = ()
    window_days: int | None = None
    expiry_months: int | None = None
    attempts: int | None = None
    wait_days: int = 0
    recheck_every: int | None = None
    exercise_looks: tuple[int, ...] = ()

    @property
    def first_look(self) -> int:
        """The fewest lessons after which it may be decided: fewer show no figure."""
        return self.in_a_row or FEWEST_LESSONS

    def of_source(self, source: Source, published: int = 0) -> "Rule":
        """The rule as it judges lessons alone, or exercises alone of which so many are published.

        Where all that are published are asked there is no look while they are too few.
        """
        looks = self.looks
        if source is Source.EXERCISES and self.scope.every_exercise:
            looks = (published,) if published >= self.first_look else ()
        elif source is Source.EXERCISES and self.scope.source is Source.EITHER:
            looks = self.exercise_looks
        return replace(
            self, looks=looks, exercise_looks=(), scope=replace(self.scope, source=source)
        )

    @property
    def recheck(self) -> "Rule":
        """The rule as it judges one lesson by itself: a re-check sends back only where it is sure."""
        return replace(self, looks=(1,), in_a_row=None, floors=(), exercise_looks=())

    def next_look(self, after: int) -> int | None:
        """The first look at more lessons than this; None after the last."""
        return next((look for look in self.looks if look > after), None)

    def floor_of(self, criterion: str) -> float | None:
        """What a criterion must reach by itself, its own floor before that of all."""
        shares = {floor.criterion: floor.share for floor in self.floors}
        return shares.get(criterion, shares.get(""))


@cache
def _plain() -> "TypeAdapter[Rule]":
    """Rule from and to plain values; made when the first rule is read, for it takes long."""
    from pydantic import TypeAdapter

    return TypeAdapter(Rule)


def as_json(rule: Rule) -> dict[str, Any]:
    """The rule as plain values."""
    return dict(_plain().dump_python(rule, mode="json"))


def from_json(body: Mapping[str, Any]) -> Rule:
    """The rule that these plain values say."""
    return _plain().validate_python(dict(body))


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a rule, at which of its parts, in a sentence."""

    part: str
    sentence: str


def faults(rule: Rule) -> list[Fault]:
    """All that is wrong with a rule; nothing if it can be put in force."""
    return [Fault(part, sentence) for part, sentence, wrong in _checks(rule) if wrong]


Check = tuple[str, str, bool]


def _checks(rule: Rule) -> Iterator[Check]:
    yield (
        "name",
        f"Give the rule a name of at most {LONGEST_NAME} letters.",
        not 0 < len(rule.name.strip()) <= LONGEST_NAME,
    )
    yield (
        "threshold",
        "The share to reach lies above 0 and at most at 100 %.",
        not 0 < rule.threshold <= 1,
    )
    yield from _of_looks(rule)
    yield from _of_deciding(rule)
    yield from _of_cuts(rule)
    yield from _of_points(rule)
    yield from _of_criteria(rule)
    yield from _of_time(rule)


def _of_looks(rule: Rule) -> Iterator[Check]:
    scope = rule.scope
    counted = "exercises" if scope.source is Source.EXERCISES else "lessons"
    if not (scope.source is Source.EXERCISES and scope.every_exercise):
        yield from _of_numbers("looks", rule.looks, rule.first_look, counted)
    if scope.source is Source.EITHER and not scope.every_exercise:
        yield from _of_numbers("exercise_looks", rule.exercise_looks, rule.first_look, "exercises")
    yield (
        "exercise_looks",
        "Only a rule about lessons or exercises counts exercises by themselves.",
        bool(rule.exercise_looks) and scope.source is not Source.EITHER,
    )
    yield (
        "rubric",
        "Choose the rubric of which all exercises are asked.",
        scope.every_exercise and scope.asks_exercises and not scope.rubric,
    )


def _of_numbers(part: str, looks: tuple[int, ...], first: int, counted: str) -> Iterator[Check]:
    rising = all(one < other for one, other in pairwise(looks))
    yield part, f"Say after how many {counted} is decided.", not looks
    yield part, f"Each number of {counted} is larger than the one before.", not rising
    yield (
        part,
        f"It is decided after {MOST_LESSONS} {counted} at most.",
        bool(looks) and max(looks) > MOST_LESSONS,
    )
    yield part, f"It is decided {MOST_LOOKS} times at most.", len(looks) > MOST_LOOKS
    yield (
        part,
        f"It is decided after {first} {counted} or more: fewer show no figure.",
        bool(looks) and looks[0] < first,
    )


def _of_deciding(rule: Rule) -> Iterator[Check]:
    yield (
        "decide_by",
        "Lessons in a row are decided by the share of each, without limits.",
        rule.in_a_row is not None and rule.decide_by is not DecideBy.POINT,
    )
    yield (
        "in_a_row",
        "Lessons in a row are two or more.",
        rule.in_a_row is not None and rule.in_a_row < 2,
    )


def _of_cuts(rule: Rule) -> Iterator[Check]:
    by_probability = rule.decide_by is DecideBy.PROBABILITY
    yield (
        "cuts",
        "A decision by probability needs the two probabilities at which it falls.",
        by_probability and rule.cuts is None,
    )
    yield (
        "cuts",
        "Only a decision by probability has cuts.",
        not by_probability and rule.cuts is not None,
    )
    cuts = rule.cuts or Cuts(1, 0)
    yield (
        "cuts",
        "One trains again at a probability below one half and passes above it.",
        not 0 <= cuts.train_to < 0.5 < cuts.pass_from <= 1,
    )


def _of_points(rule: Rule) -> Iterator[Check]:
    part = rule.adjacent_part
    yield (
        "adjacent_part",
        "Points need the part that a level one apart is worth, from 0 to 99 %.",
        rule.statistic is Statistic.POINTS and (part is None or not 0 <= part < 1),
    )
    yield (
        "adjacent_part",
        "Only points give a part for a level one apart.",
        rule.statistic is not Statistic.POINTS and part is not None,
    )


def _of_criteria(rule: Rule) -> Iterator[Check]:
    names = [floor.criterion for floor in rule.floors]
    yield (
        "floors",
        "The floor of a criterion lies above 0 and at most at 100 %.",
        any(not 0 < floor.share <= 1 for floor in rule.floors),
    )
    yield "floors", "A criterion has one floor.", len(set(names)) < len(names)
    yield (
        "floors",
        "Choose the rubric before you give its criteria floors of their own.",
        any(names) and not rule.scope.rubric,
    )
    yield (
        "max_gap",
        "The largest gap allowed is 1 level or more.",
        rule.max_gap is not None and rule.max_gap < 1,
    )
    fewest = 3 if rule.statistic.needs_neighbours else 2
    yield (
        "levels",
        f"This needs criteria of {fewest} levels or more.",
        not fewest <= rule.scope.levels <= 20,
    )


def _of_time(rule: Rule) -> Iterator[Check]:
    lasting: Mapping[str, tuple[int | None, int, str]] = MappingProxyType(
        {
            "window_days": (rule.window_days, 3650, "Lessons count for 1 to 3650 days."),
            "expiry_months": (rule.expiry_months, 120, "A certificate lasts 1 to 120 months."),
            "attempts": (rule.attempts, 20, "There are 1 to 20 attempts."),
            "recheck_every": (
                rule.recheck_every,
                MOST_LESSONS,
                f"A re-check comes every 1 to {MOST_LESSONS} lessons.",
            ),
        }
    )
    for part, (value, most, sentence) in lasting.items():
        yield part, sentence, value is not None and not 1 <= value <= most
    yield "wait_days", "One waits 0 to 365 days.", not 0 <= rule.wait_days <= 365


_once_by_share = partial(Rule, decide_by=DecideBy.POINT, looks=(FEWEST_LESSONS,))

DEFAULT = Rule(
    name="Probably 80 % within one level",
    statistic=Statistic.WITHIN_ONE,
    threshold=0.8,
    decide_by=DecideBy.PROBABILITY,
    looks=(5, 10, 20, 40),
    scope=Scope(levels=3),
    cuts=Cuts(pass_from=0.9, train_to=0.1),
)
CLASS_LIKE = _once_by_share(
    name="80 % within one of seven levels, every year",
    statistic=Statistic.WITHIN_ONE,
    threshold=0.8,
    scope=Scope(beside=Beside.ADVISER, levels=7),
    expiry_months=12,
)
BY_POINTS = _once_by_share(
    name="80 % of the points",
    statistic=Statistic.POINTS,
    threshold=0.8,
    scope=Scope(levels=3),
    adjacent_part=0.5,
)
NONE_FAR_APART = _once_by_share(
    name="75 % exact and none more than one apart",
    statistic=Statistic.EXACT,
    threshold=0.75,
    max_gap=1,
)
THREE_IN_A_ROW = Rule(
    name="Three in a row, then every tenth",
    statistic=Statistic.EXACT,
    threshold=0.8,
    decide_by=DecideBy.POINT,
    looks=tuple(range(3, 21)),
    in_a_row=3,
    recheck_every=10,
)
PRESETS: Mapping[str, Rule] = MappingProxyType(
    {
        "default": DEFAULT,
        "class-like": CLASS_LIKE,
        "points": BY_POINTS,
        "none-far-apart": NONE_FAR_APART,
        "three-in-a-row": THREE_IN_A_ROW,
    }
)
