"""A stable choice by weights."""

from __future__ import annotations

import numpy as np
import pytest

from sim.future.popularity import choose

KEYS = np.random.default_rng(1).integers(0, 2**64, 60_000, dtype=np.uint64)


@pytest.mark.parametrize(
    "weights",
    [
        [1.0],
        [1.0, 1.0],
        [5.0, 1.0, 3.0],
        [0.0, 2.0, 0.0, 1.0],
        [0.01, 4.0, 0.3],
        [1.0] * 40,
        [3.0, 0.0, 3.0, 2.0],
    ],
)
def test_each_gets_its_share(weights: list[float]) -> None:
    """Chi-squared of the counts below mean + 6 standard deviations.

    With other keys this would fail by chance less than once in ten thousand.
    """
    counts = np.bincount(choose(KEYS, np.array(weights)), minlength=len(weights))
    expected = np.array(weights) / sum(weights) * len(KEYS)
    some = expected > 0
    assert counts[~some].sum() == 0
    degrees = max(1, int(some.sum()) - 1)
    chi_squared = ((counts[some] - expected[some]) ** 2 / expected[some]).sum()
    assert chi_squared <= degrees + 6 * np.sqrt(2 * degrees)


@pytest.mark.parametrize("weight", [0.1, 1.0, 50.0])
def test_one_more_takes_from_all_and_moves_nobody_else(weight: float) -> None:
    """A weight appended: a key keeps its choice or goes to the new one; the new one's share comes from all alike."""
    before = np.array([2.0, 1.0, 3.0])
    one, two = choose(KEYS, before), choose(KEYS, np.append(before, weight))
    moved = one != two
    assert (two[moved] == 3).all()
    share = weight / (6 + weight)
    for option in range(3):
        here = one == option
        assert abs(moved[here].mean() - share) <= 5 * np.sqrt(share * (1 - share) / here.sum())


def test_a_key_decides_alone() -> None:
    """The other keys, and how many there are, do not matter."""
    weights = np.array([2.0, 1.0, 3.0])
    assert np.array_equal(choose(KEYS, weights)[1_000:2_000], choose(KEYS[1_000:2_000], weights))
    assert len(choose(KEYS[:0], weights)) == 0
