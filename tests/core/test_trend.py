import pytest

from observe.core.trend import trend


def test_a_straight_rise_has_its_slope_and_no_doubt() -> None:
    found = trend([0.1, 0.2, 0.3, 0.4, 0.5])
    assert found is not None
    assert (found.slope, found.first, found.last) == pytest.approx((0.1, 0.1, 0.5))
    assert found.is_clear


def test_four_lessons_say_nothing_about_change() -> None:
    assert trend([0.1, 0.2, 0.3, 0.4]) is None


def test_ups_and_downs_leave_the_direction_open() -> None:
    found = trend([0.5, 0.8, 0.4, 0.9, 0.6, 0.5])
    assert found is not None
    assert not found.is_clear


def test_limits_are_those_of_a_least_squares_slope() -> None:
    """Worked by hand: slope 0.6, residual sum of squares 2.4, so SE sqrt(0.8 / 10), t(3) 3.1824."""
    found = trend([2.0, 4.0, 5.0, 4.0, 5.0])
    assert found is not None
    assert found.slope == pytest.approx(0.6)
    assert found.high - found.slope == pytest.approx(3.182446 * (0.8 / 10) ** 0.5, rel=1e-6)


def test_the_band_of_the_line_is_narrowest_in_the_middle() -> None:
    """By hand, as above: in the middle t(3) sqrt(0.8 / 5); at an end t(3) sqrt(0.8 (1/5 + 4/10))."""
    found = trend([2.0, 4.0, 5.0, 4.0, 5.0])
    assert found is not None
    half = [(high - low) / 2 for low, high in found.band]
    assert half[2] == pytest.approx(3.182446 * 0.16**0.5, rel=1e-6)
    assert half[0] == half[4] == pytest.approx(3.182446 * 0.48**0.5, rel=1e-6)
    assert sum(found.band[2]) / 2 == pytest.approx(4.0)
