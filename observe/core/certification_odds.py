"""How often a rule errs: what it does with observers whose true share is known, by simulation."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from observe.core.agreement.ratings import Booleans
from observe.core.certification_rule import Rule, Statistic
from observe.core.certifying import ALIKE, ROUNDING, Decision, Evidence, verdict

TRUE_LOW, TRUE_HIGH = 0.75, 0.85
CELLS = 16
FURTHER = 1 / 8
TIMES = 4000
MOST_CELLS = 2_600_000
SEED = 20

Small = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Odds:
    """What becomes of observers with this true share in one attempt, as shares of 0 to 1.

    `lessons` is how many are needed on average until it is over.
    """

    true: float
    passed: float
    sent_back: float
    left_open: float
    lessons: float


def odds(
    rule: Rule, true: float, *, cells: int = CELLS, alike: float = ALIKE, seed: int = SEED
) -> Odds:
    """What the rule does with observers who truly reach this share, `cells` criteria a lesson.

    A lesson's own share is drawn from a beta distribution around the true one, so that its cells are
    `alike` to that degree (their correlation; 0 for cells that know nothing of each other). Of the
    cells that differ one in eight is a level further apart, and of these one in eight again, as on
    the OECD's lessons.
    """
    drawn = _draw(rule, true, cells, alike, np.random.default_rng(seed))
    open_, ends = np.ones(len(drawn.points), np.bool_), np.full(len(drawn.points), rule.looks[-1])
    passed, back = np.zeros_like(open_), np.zeros_like(open_)
    for look in rule.looks:
        passes, trains = _at(rule, drawn, look)
        passed |= open_ & passes
        back |= open_ & trains
        ends[open_ & (passes | trains)] = look
        open_ &= ~(passes | trains)
    return Odds(
        true=true,
        passed=float(passed.mean()),
        sent_back=float(back.mean()),
        left_open=float(open_.mean()),
        lessons=float(ends.mean()),
    )


@dataclass(frozen=True, eq=False, slots=True)
class _Drawn:
    """`points` times x lessons x cells, and whether so far a gap was too large, times x lessons."""

    points: Small
    too_far: Booleans


def _draw(
    rule: Rule, true: float, cells: int, alike: float, generator: np.random.Generator
) -> _Drawn:
    lessons = rule.looks[-1]
    times = max(200, min(TIMES, MOST_CELLS // (lessons * cells)))
    hit = _share_of_hits(rule, true)
    own = np.full((times, lessons), hit)
    if alike > 0 and 0 < hit < 1:
        spread = (1 - alike) / alike
        own = generator.beta(hit * spread, (1 - hit) * spread, (times, lessons))
    miss = (1 - own)[..., np.newaxis].astype(np.float32)
    place = generator.random((times, lessons, cells), dtype=np.float32)  # from the furthest gap up
    points = (place >= miss).astype(np.float32)
    if rule.statistic is Statistic.POINTS:
        near = (place >= miss * FURTHER) & (place < miss)
        points += np.float32(rule.adjacent_part or 0) * near
    return _Drawn(points, _too_far(rule, place, miss))


def _share_of_hits(rule: Rule, true: float) -> float:
    """How often a cell has full points when its mean points are the true share."""
    if rule.statistic is not Statistic.POINTS:
        return true
    near = (rule.adjacent_part or 0) * (1 - FURTHER)
    return max((true - near) / (1 - near), 0.0)


def _too_far(rule: Rule, place: Small, miss: Small) -> Booleans:
    if rule.max_gap is None:
        return np.zeros(place.shape[:2], np.bool_)
    allowed = 1 if rule.statistic is Statistic.WITHIN_ONE else 0
    far = (place < miss * FURTHER ** (rule.max_gap - allowed)).any(axis=2)
    return np.asarray(np.logical_or.accumulate(far, axis=1))


def _at(rule: Rule, drawn: _Drawn, look: int) -> tuple[Booleans, Booleans]:
    """Who passes and who trains again at a look, each an array over the simulated observers."""
    points = drawn.points[:, :look]
    far = drawn.too_far[:, look - 1]
    last = rule.next_look(look) is None
    passes, trains = _row(rule, points, last) if rule.in_a_row else _whole(rule, points)
    low = _below_floor(rule, points)
    return passes & ~low & ~far, trains | far | (passes & low & last)


def _whole(rule: Rule, points: Small) -> tuple[Booleans, Booleans]:
    """The points of all cells against the two points between which it stays open."""
    _, lessons, cells = points.shape
    every = lessons * cells
    total = points.sum(axis=(1, 2), dtype=np.float64)

    def comes_to(decision: Decision, k: float) -> bool:
        return verdict(rule, Evidence(lessons, every, k))[0] is decision

    passing = _least(lambda k: comes_to(Decision.PASS, k), every)
    staying = _least(lambda k: not comes_to(Decision.TRAIN, k), every)
    return total >= passing - 1e-4, total < staying - 1e-4


def _least(holds: Callable[[float], bool], most: float) -> float:
    """The least number of points at which something holds that then goes on to hold."""
    low, high = 0.0, float(most)
    if holds(low) or not holds(high):
        return low if holds(low) else float("inf")
    while high - low > 1e-5:
        middle = (low + high) / 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def _row(rule: Rule, points: Small, last: bool) -> tuple[Booleans, Booleans]:
    latest = points[:, -(rule.in_a_row or 1) :].mean(axis=2, dtype=np.float64)
    passes = np.asarray((latest >= rule.threshold - ROUNDING).all(axis=1))
    return passes, ~passes if last else np.zeros_like(passes)


def _below_floor(rule: Rule, points: Small) -> Booleans:
    """Whether any criterion stays below its floor; floors of single criteria fall on the first ones."""
    whole = rule.floor_of("")
    own = [floor.share for floor in rule.floors if floor.criterion]
    floors = np.array([*own, *[whole or 0.0] * points.shape[2]])[: points.shape[2]]
    if not floors.any():
        return np.zeros(len(points), np.bool_)
    share = points.mean(axis=1, dtype=np.float64)
    return np.asarray((share < floors - ROUNDING).any(axis=1))
