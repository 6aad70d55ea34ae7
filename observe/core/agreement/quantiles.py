"""Quantiles of Student's t, of F and of the normal distribution, without a statistics library."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from statistics import NormalDist

MANY_DEGREES = 1000.0
TINY = 1e-300
CLOSE = 1e-15
SMALL_STEP = 1e-8  # the next one would be its square


def normal_quantile(share: float) -> float:
    """The z below which this share of a standard normal lies (Wichura 1988, AS 241)."""
    return NormalDist().inv_cdf(share)


def beta_share(a: float, b: float, *, below: float) -> float:
    """The share of Beta(a, b) below a point of 0 to 1."""
    return incomplete_beta(a, b, below, 1 - below)


def incomplete_beta(a: float, b: float, x: float, y: float) -> float:
    """Regularised I_x(a, b) with y = 1 - x given apart, so that no digit of a small tail is lost.

    Source: Abramowitz and Stegun 1964, 26.5.8, by the continued fraction of Lentz.
    """
    if x <= 0 or y <= 0:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - _lower_part(b, a, y, x)
    return _lower_part(a, b, x, y)


def _lower_part(a: float, b: float, x: float, y: float) -> float:
    log_front = a * math.log(x) + b * math.log(y) - _log_beta(a, b)
    return math.exp(log_front) * _continued_fraction(a, b, x) / a


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def _continued_fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    fraction, m, moved = d, 1, True
    while moved:
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        step = 1.0
        for term in (even, odd):
            c = _away_from_zero(1 + term / c)
            d = 1 / _away_from_zero(1 + term * d)
            step = c * d
            fraction *= step
        m, moved = m + 1, abs(step - 1) > CLOSE and m < 10_000
    return fraction


def _away_from_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY


def t_share(t: float, degrees: float) -> float:
    """The share of Student's distribution below t."""
    tail = _t_tail(abs(t), degrees)
    return tail if t < 0 else 1 - tail


def f_share(f: float, above: float, below: float) -> float:
    """The share of F below a point of 0 or more; degrees above and below the line."""
    return 1 - _f_tail(f, above, below)


@lru_cache(maxsize=4096)
def t_quantile(share: float, degrees: float) -> float:
    """The t below which this share of Student's distribution lies; degrees above 0, may be broken."""
    if share < 0.5:
        return -t_quantile(1 - share, degrees)
    if share == 0.5:
        return 0.0
    if degrees >= MANY_DEGREES:
        return _t_of_many_degrees(normal_quantile(share), degrees)
    return _solve_upper_tail(
        1 - share,
        lambda t: _t_tail(t, degrees),
        lambda t: _t_density(t, degrees),
        normal_quantile(share),
    )


def _t_of_many_degrees(z: float, degrees: float) -> float:
    """The expansion of t in 1/degrees, to the fourth power (Abramowitz and Stegun 26.7.5)."""
    g1 = (z**3 + z) / 4
    g2 = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    g3 = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    g4 = (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160
    return z + g1 / degrees + g2 / degrees**2 + g3 / degrees**3 + g4 / degrees**4


def _t_tail(t: float, degrees: float) -> float:
    whole = degrees + t * t
    return incomplete_beta(degrees / 2, 0.5, degrees / whole, t * t / whole) / 2


def _t_density(t: float, degrees: float) -> float:
    log_height = -_log_beta(degrees / 2, 0.5) - math.log(degrees) / 2
    return math.exp(log_height - (degrees + 1) / 2 * math.log1p(t * t / degrees))


@lru_cache(maxsize=4096)
def f_quantile(share: float, above: float, below: float) -> float:
    """The F below which this share lies; degrees of the figure above and below the line."""
    if share < 0.5:
        return 1 / f_quantile(1 - share, below, above)
    return _solve_upper_tail(
        1 - share,
        lambda f: _f_tail(f, above, below),
        lambda f: _f_density(f, above, below),
        1.0,
    )


def _f_tail(f: float, above: float, below: float) -> float:
    whole = above * f + below
    return incomplete_beta(below / 2, above / 2, below / whole, above * f / whole)


def _f_density(f: float, above: float, below: float) -> float:
    x, y = above * f / (above * f + below), below / (above * f + below)
    log_height = -_log_beta(above / 2, below / 2) - math.log(f)
    return math.exp(log_height + above / 2 * math.log(x) + below / 2 * math.log(y))


def _solve_upper_tail(
    tail: float,
    tail_at: Callable[[float], float],
    density_at: Callable[[float], float],
    start: float,
) -> float:
    """Newton on log tail against log point, where both distributions are nearly straight."""
    point = start
    for _ in range(100):
        now = tail_at(point)
        step = math.log(now / tail) * now / (point * density_at(point))
        point *= math.exp(max(-2.0, min(2.0, step)))
        if abs(step) < SMALL_STEP:
            break
    return point
