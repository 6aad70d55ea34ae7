"""What luck alone would give of what a rule of certification counts."""

from collections.abc import Sequence

from observe.core.agreement.counts import Counted
from observe.core.agreement.strata import chance_of
from observe.core.certification_rule import Rule, Statistic


def luck_alone(rule: Rule, counted: Sequence[Counted]) -> float:
    """The share of 0 to 1 that chance gives on criteria of which some are counted."""
    strata = [each for each in counted if each.cells]
    same = chance_of(strata, apart=0)
    if rule.statistic is Statistic.EXACT:
        return same
    near = chance_of(strata, apart=1)
    if rule.statistic is Statistic.WITHIN_ONE:
        return near
    return same + (rule.adjacent_part or 0) * (near - same)
