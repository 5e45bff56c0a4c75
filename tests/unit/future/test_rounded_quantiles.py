"""Lead times from tables: the same minutes as from the quantiles themselves."""

from __future__ import annotations

import numpy as np
import pytest

from sim.future.quantiles import quantiles_min
from sim.market.distributions import Gamma, Lognormal
from sim.units import to_minutes_array

DRAWN = np.concatenate(
    [np.random.default_rng(1).random(40_000), [0.0, 2.0**-53, 2.0**-12, 0.5, 1 - 2.0**-12, 1 - 2.0**-53]]
)


@pytest.mark.parametrize(
    ("mean", "cv"),
    [(5, 0.5), (20, 0.4), (5, 1), (5, 2.5), (0.01, 0.5), (400, 0.05), (5, 0.01), (30, 5), (3, 30), (0, 0.5)],
)
def test_gamma_quantiles_from_the_table_round_to_the_same_minutes(mean: float, cv: float) -> None:
    """For every number, in the middle and in the tails, whatever the shape."""
    gamma = Gamma(mean=mean, cv=cv)
    assert np.array_equal(quantiles_min(gamma, DRAWN), to_minutes_array(gamma.quantile(DRAWN)))


def test_where_the_table_cannot_tell_the_minute_the_quantile_is_computed() -> None:
    """Numbers whose quantiles lie within a millionth of a minute of half a minute, on either side."""
    from scipy.special import gammainc

    gamma = Gamma(mean=5, cv=0.5)
    halves = np.arange(3_000, 9_000) + 0.5
    drawn = np.concatenate([gammainc(4, (halves + off) / 1_440 / 1.25) for off in (-1e-7, -1e-9, 1e-9, 1e-7)])
    assert np.array_equal(quantiles_min(gamma, drawn), to_minutes_array(gamma.quantile(drawn)))


def test_other_distributions_and_few_numbers_need_no_table() -> None:
    """They are computed as they are."""
    for distribution in (Lognormal(mean=4), Gamma(mean=4)):
        drawn = DRAWN[:100]
        assert np.array_equal(
            quantiles_min(distribution, drawn), to_minutes_array(distribution.quantile(drawn))
        )
