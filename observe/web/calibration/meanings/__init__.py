"""What each figure says, how it is worked out, how sure it is, and whose it is."""

from collections.abc import Iterable

from observe.web.calibration.meanings import lessons, levels, observers
from observe.web.calibration.meanings.meaning import Meaning

PAIR = (
    *("same", "luck", "within", "alpha", "alpha-all", "ac", "difference"),
    *("probability", "trend", "few"),
)
GROUP = tuple(key for key in PAIR if key != "trend")
CRITERION = (
    *("same", "luck", "within", "alpha", "ac", "kappa", "icc", "difference"),
    *("probability", "beside", "mcnemar", "few"),
)
TAPS = ("taps", "alpha", "icc", "difference", "few")
FEW = ("few",)
PLANNING = ("narrower", "reliability", "luck", "few")

MEANINGS = (
    *(levels.same, levels.luck, levels.within, levels.alpha, levels.alpha_all),
    *(levels.ac, levels.kappa, levels.icc, observers.difference),
    *(lessons.probability, lessons.beside, observers.mcnemar, observers.trend),
    *(observers.leniency, observers.infit, observers.drift, observers.habits),
    *(lessons.narrower, lessons.reliability, levels.taps, lessons.few),
)


def meanings(keys: Iterable[str] = ()) -> list[Meaning]:
    """Every meaning, or those of these keys, in the order of MEANINGS."""
    asked, every = tuple(keys), (make() for make in MEANINGS)
    return [each for each in every if not asked or each.key in asked]
