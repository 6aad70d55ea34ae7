"""Whether one of two observers says "yes" more often than the other, on a criterion of two levels."""

from __future__ import annotations

from dataclasses import dataclass

from observe.core.agreement.quantiles import beta_share
from observe.core.agreement.ratings import Floats

NEVER_APART = "they never gave different levels"


@dataclass(frozen=True, slots=True)
class McNemar:
    """On how many lessons only the first, or only the second, gave the higher level.

    `p` is the chance of so uneven a split, or one more uneven, if both were as ready to give it.
    """

    first_only: int
    second_only: int
    p: float | None = None
    reason: str | None = None


def mcnemar(table: Floats, *, missing: str | None = None) -> McNemar:
    """The exact test on a table of two levels (2 x 2, lower level first; first observer down).

    `missing` is why no p may be shown. Source: McNemar 1947, Psychometrika 12:153, by the binomial.
    """
    first_only, second_only = round(float(table[1, 0])), round(float(table[0, 1]))
    apart = first_only + second_only
    reason = missing or (None if apart else NEVER_APART)
    p = None if reason else _two_sided(min(first_only, second_only), apart)
    return McNemar(first_only, second_only, p, reason)


def _two_sided(fewer: int, apart: int) -> float:
    """Twice the share of a fair binomial at the smaller count or below, as a beta."""
    return min(1.0, 2 * beta_share(apart - fewer, fewer + 1, below=0.5))
