"""Means, intervals, paired differences and their correction, against scipy and numbers worked by hand."""

import numpy as np
import pytest
from scipy import stats

from experiments.statistics import estimate, holm, paired_difference

NAN = np.nan


def test_the_interval_is_students_t() -> None:
    """Mean and interval equal scipy's."""
    values = np.random.default_rng(1).normal(5, 2, (12, 3))
    found = estimate(values)
    low, high = stats.t.interval(0.95, 11, values.mean(axis=0), stats.sem(values, axis=0))
    np.testing.assert_allclose([found.low, found.high], [low, high], rtol=1e-12)
    np.testing.assert_allclose(found.mean, values.mean(axis=0), rtol=1e-12)
    assert found.count.tolist() == [12, 12, 12]


def test_one_replication_has_a_mean_but_no_interval() -> None:
    """With one value nothing is known about the spread: NaN, not zero."""
    found = estimate(np.array([3.0]))
    assert found.mean == 3.0
    assert np.isnan([found.low, found.high, found.sd]).all()


def test_what_is_undefined_is_left_out() -> None:
    """NaN counts as no value; a column of NaN has a NaN mean and no warning."""
    found = estimate(np.array([[1.0, NAN], [NAN, NAN], [3.0, NAN]]))
    assert found.mean[0] == 2.0
    assert found.count.tolist() == [2, 0]
    assert np.isnan(found.mean[1])


def test_equal_values_have_a_spread_of_exactly_zero() -> None:
    """Rounding in the mean must not make a spread out of nothing."""
    found = estimate(np.full(3, 0.1))
    assert found.sd == 0.0


def test_the_difference_is_paired() -> None:
    """The p-value and the interval equal scipy's paired t-test."""
    rng = np.random.default_rng(2)
    base = rng.normal(10, 3, 15)
    point = base + rng.normal(0.4, 0.5, 15)
    found, reference = paired_difference(point, base), stats.ttest_rel(point, base)
    interval = reference.confidence_interval()
    np.testing.assert_allclose(
        [found.estimate.low, found.estimate.high], [interval.low, interval.high], rtol=1e-10
    )
    np.testing.assert_allclose(found.p, reference.pvalue, rtol=1e-9)


def test_only_pairs_count() -> None:
    """A replication in which either point is undefined tells nothing about their difference."""
    found = paired_difference(np.array([1.0, NAN, 4.0]), np.array([0.0, 9.0, 1.0]))
    assert (found.estimate.mean, found.estimate.count, found.base) == (2.0, 2, 0.5)


def test_the_variance_ratio_says_what_common_futures_are_worth() -> None:
    """(1 + 1) / 0.5: by hand, for points that move together except for a small part."""
    base = np.array([-1.0, 0.0, 1.0])
    point = np.array([-1.5, 0.5, 1.0])
    expected = (np.var(point, ddof=1) + 1.0) / np.var(point - base, ddof=1)
    assert paired_difference(point, base).variance_ratio == pytest.approx(expected, rel=1e-12)


def test_points_that_never_differ_are_certainly_equal() -> None:
    """Two equal points have difference 0, p 1 and no spread."""
    found = paired_difference(np.array([1.0, 2.0]), np.array([1.0, 2.0]))
    assert (found.estimate.mean, found.estimate.high, found.p) == (0.0, 0.0, 1.0)


def test_holm_by_hand() -> None:
    """0.01·4, then 0.02·3, then 0.03·2 lifted to 0.06, then 0.5; NaN is no comparison."""
    corrected = holm(np.array([0.03, 0.01, NAN, 0.5, 0.02]))
    np.testing.assert_allclose(corrected, [0.06, 0.04, NAN, 0.5, 0.06], rtol=1e-12)


def test_holm_never_exceeds_one_and_works_column_by_column() -> None:
    """Each indicator is corrected for its own comparisons."""
    corrected = holm(np.array([[0.9, 0.01], [0.8, NAN]]))
    np.testing.assert_allclose(corrected, [[1.0, 0.01], [1.0, NAN]])


@pytest.mark.statistical
def test_the_interval_covers_the_truth_as_often_as_it_says() -> None:
    """4 000 intervals of 95 %: outside 93.5 … 96.5 % with probability below 2e-5 (normal approximation)."""
    found = estimate(np.random.default_rng(3).normal(0, 1, (6, 4_000)))
    assert 0.935 < np.mean((found.low < 0) & (found.high > 0)) < 0.965
