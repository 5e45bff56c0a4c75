"""What goes in: demand and lead times have the mean and the spread that the market states."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import expon, gamma, lognorm, uniform, weibull_min

from sim import sample_future
from tests.theory.agreement import assert_agrees
from tests.theory.worlds import shop

pytestmark = pytest.mark.statistical

SIGMA = np.sqrt(np.log1p(0.8**2))
LEAD_TIMES: list[tuple[dict[str, Any], Any]] = [
    ({"kind": "uniform", "low": 1, "high": 9}, uniform(1, 8)),
    ({"kind": "exponential", "mean": 5}, expon(scale=5)),
    ({"kind": "gamma", "mean": 5, "cv": 0.5}, gamma(4, scale=1.25)),
    ({"kind": "lognormal", "mean": 5, "cv": 0.8}, lognorm(SIGMA, scale=5 / np.exp(SIGMA**2 / 2))),
    ({"kind": "weibull", "shape": 2, "scale": 5.6}, weibull_min(2, scale=5.6)),
]


@pytest.mark.parametrize(("lead_time", "law"), LEAD_TIMES)
def test_lead_times_follow_their_law(lead_time: dict[str, Any], law: Any) -> None:
    """Mean, mean square and median are SciPy's; 1 % off would be seen."""
    market = shop(lead_time, days=1_000)
    drawn = [sample_future(market, 3, run).supply.lead_time_min.ravel() / 1_440 for run in range(40)]
    assert_agrees([days.mean() for days in drawn], law.mean(), law.mean() * 1.01)
    square = law.var() + law.mean() ** 2
    assert_agrees([np.mean(days**2) for days in drawn], square, square * 1.02)
    assert_agrees([np.mean(days <= law.median()) for days in drawn], 0.5, 0.505)


def test_orders_are_a_poisson_process() -> None:
    """20 orders a day (1 % off would be seen), their variance 20 too, no memory between days, and none of the hour."""
    market = shop(5, days=1_000, demand=20)
    minutes = [sample_future(market, 3, run).orders.minute for run in range(40)]
    days = [np.bincount(minute // 1_440, minlength=1_000) for minute in minutes]
    assert_agrees([day.mean() for day in days], 20, 20.2)
    assert_agrees([np.mean((day - 20.0) ** 2) / 20 for day in days], 1, 1.05)
    assert_agrees([np.mean((day[1:] - 20.0) * (day[:-1] - 20.0)) / 20 for day in days], 0, 0.04)
    assert_agrees([np.mean(minute % 1_440 < 720) for minute in minutes], 0.5, 0.505)
