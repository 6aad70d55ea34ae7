import math

import pytest

from observe.core.agreement.quantiles import (
    beta_share,
    f_quantile,
    normal_quantile,
    t_quantile,
)

T = [
    (0.975, 1, 12.706204736174698),
    (0.975, 2, 4.302652729749464),
    (0.975, 4, 2.7764451051977934),
    (0.975, 30, 2.0422724563012378),
    (0.95, 5, 2.0150483733330233),
    (0.025, 4, -2.7764451051977934),
    (0.5, 7, 0.0),
]


@pytest.mark.parametrize(("share", "degrees", "known"), T)
def test_t_is_as_in_the_tables(share: float, degrees: float, known: float) -> None:
    assert t_quantile(share, degrees) == pytest.approx(known, abs=1e-9)


@pytest.mark.parametrize("degrees", [4, 10, 100, 998, 1000, 5000, 100_000])
def test_t_gives_its_share_back_by_the_finite_sum_of_even_degrees(degrees: int) -> None:
    angle = math.atan(t_quantile(0.975, degrees) / math.sqrt(degrees))
    term, added = 1.0, 1.0
    for k in range(1, degrees // 2):
        term *= (2 * k - 1) / (2 * k) * math.cos(angle) ** 2
        added += term
    assert math.sin(angle) * added == pytest.approx(0.95, abs=1e-11)


@pytest.mark.parametrize("below", [1, 3, 10, 39.75, 4000.5])
def test_f_with_two_degrees_above_is_a_power(below: float) -> None:
    assert f_quantile(0.95, 2, below) == pytest.approx(below / 2 * (0.05 ** (-2 / below) - 1), 1e-9)


def test_f_of_one_degree_above_is_t_squared() -> None:
    assert f_quantile(0.95, 1, 17) == pytest.approx(t_quantile(0.975, 17) ** 2, rel=1e-9)


def test_the_low_end_of_f_is_the_high_end_turned_over() -> None:
    assert f_quantile(0.025, 5, 15) == pytest.approx(1 / f_quantile(0.975, 15, 5), rel=1e-12)


def test_many_degrees_are_normal() -> None:
    assert t_quantile(0.975, 1e9) == pytest.approx(normal_quantile(0.975), abs=1e-8)
    assert normal_quantile(0.975) == pytest.approx(1.959963984540054, abs=1e-12)


def test_beta_with_whole_numbers_is_a_binomial_sum() -> None:
    known = sum(math.comb(10, k) * 0.3**k * 0.7 ** (10 - k) for k in range(4, 11))
    assert beta_share(4, 7, below=0.3) == pytest.approx(known, abs=1e-12)
