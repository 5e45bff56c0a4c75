"""Means, intervals and paired differences of indicators over replications.

Arrays of values have the shape (replications, …): the first axis is averaged over, NaN is left out. Points that are
compared met the same futures, so their differences are taken replication by replication (common random numbers).
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Estimate:
    """A mean with its interval; each field has the shape of the values without their first axis.

    Attributes:
        mean: Over the replications in which there is a value; NaN without any.
        sd: Sample standard deviation (n − 1); NaN with fewer than two values.
        low, high: Interval of the mean; NaN with fewer than two values: one replication tells nothing about the spread.
        count: Replications with a value.
    """

    mean: Floats
    sd: Floats
    low: Floats
    high: Floats
    count: NDArray[np.int64]


@dataclass(frozen=True)
class Difference:
    """A point against the base point in the same futures.

    Attributes:
        estimate: Of point − base.
        p: Two-sided p of "no difference" in the paired t-test; 1 where every difference is 0.
        variance_ratio: (Var point + Var base) ÷ Var (point − base): how many times fewer replications the common
            futures need for the same width of interval; infinite where the difference does not vary.
        base: Mean of the base point over the replications that both have.
    """

    estimate: Estimate
    p: Floats
    variance_ratio: Floats
    base: Floats


def estimate(values: Floats, confidence: float = CONFIDENCE) -> Estimate:
    """Mean and Student's t interval: mean ± t·sd ÷ √n with n − 1 degrees of freedom.

    >>> e = estimate(np.array([1.0, 2.0, 3.0]))
    >>> float(e.mean), float(e.sd), round(float(e.high), 4)
    (2.0, 1.0, 4.4841)
    """
    from scipy.special import stdtrit  # scipy takes its time to import, and only a finished study needs it

    count = np.sum(~np.isnan(values), axis=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # "mean of empty slice" is what NaN says
        mean = np.nanmean(values, axis=0)
        sd = np.nanstd(values, axis=0, ddof=1)
    sd = np.where(count < 2, np.nan, sd)
    # Equal values differ from their mean in the last bit; their spread is none.
    sd = np.where(
        np.nanmax(values, axis=0, initial=-np.inf) == np.nanmin(values, axis=0, initial=np.inf), 0 * sd, sd
    )
    half = stdtrit(np.maximum(count - 1, 1), 0.5 + confidence / 2) * sd / np.sqrt(np.maximum(count, 1))
    return Estimate(mean, sd, mean - half, mean + half, count)


def paired_difference(values: Floats, base: Floats, confidence: float = CONFIDENCE) -> Difference:
    """Point − base, replication by replication; replications in which either is undefined are left out."""
    from scipy.special import stdtr

    both = ~np.isnan(values) & ~np.isnan(base)
    ours, theirs = np.where(both, values, np.nan), np.where(both, base, np.nan)
    found = estimate(ours - theirs, confidence)
    theirs_estimate = estimate(theirs)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.abs(found.mean) / (found.sd / np.sqrt(found.count))
        ratio = (estimate(ours).sd ** 2 + theirs_estimate.sd**2) / found.sd**2
    p = 2 * stdtr(np.maximum(found.count - 1, 1), -t)
    p = np.where((found.sd == 0) & (found.mean == 0), 1.0, p)
    return Difference(found, np.where(found.count < 2, np.nan, p), ratio, theirs_estimate.mean)


def holm(p: Floats) -> Floats:
    """Holm's correction along the first axis: the k-th smallest of m becomes (m − k + 1)·p, rising, at most 1.

    Keeps the probability of one false alarm or more, among all points compared, below the level (Holm 1979).
    NaN is no comparison and stays NaN.

    >>> holm(np.array([0.01, 0.04, 0.03])).tolist()
    [0.03, 0.06, 0.06]
    """
    order = np.argsort(p, axis=0)  # NaN last
    ranked = np.take_along_axis(p, order, axis=0)
    compared = np.sum(~np.isnan(p), axis=0)
    step = np.arange(len(p)).reshape((-1,) + (1,) * (p.ndim - 1))
    corrected = np.fmin(1.0, np.fmax.accumulate(ranked * (compared - step), axis=0))
    corrected = np.where(np.isnan(ranked), np.nan, corrected)
    result = np.empty_like(p)
    np.put_along_axis(result, order, corrected, axis=0)
    return result
