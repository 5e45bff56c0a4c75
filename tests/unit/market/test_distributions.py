"""Each distribution's mean and standard deviation: by its formula, and in samples.

Seeds are fixed. With another seed a check of a mean (at 5 standard errors) would fail by chance once in 1.7 million.
"""

from __future__ import annotations

from math import e, gamma, sqrt
from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter

from sim.market.distributions import Distribution

ADAPTER: TypeAdapter[Any] = TypeAdapter(Distribution)
COUNT = 40_000

# given, mean, standard deviation
TABLE: list[tuple[Any, float, float]] = [
    (3.5, 3.5, 0.0),
    ("2 wk", 14.0, 0.0),
    ({"kind": "uniform", "low": 2, "high": 8}, 5.0, 6 / sqrt(12)),
    ({"kind": "exponential", "mean": 4}, 4.0, 4.0),
    ({"kind": "gamma", "mean": 4, "cv": 0.5}, 4.0, 2.0),
    ({"kind": "lognormal", "mean": 4, "cv": 0.5}, 4.0, 2.0),
    ({"kind": "weibull", "shape": 2, "scale": 3}, 3 * gamma(1.5), 3 * sqrt(1 - gamma(1.5) ** 2)),
    ({"kind": "geometric", "mean": 2.5}, 2.5, sqrt(2.5 * 1.5)),
    ({"kind": "poisson", "mean": 3}, 3.0, sqrt(3)),
    ({"kind": "empirical", "values": [1, 2, 6]}, 3.0, sqrt((4 + 1 + 9) / 3)),
]


@pytest.mark.parametrize(("given", "mean", "sd"), TABLE)
def test_mean_and_standard_deviation_are_those_of_the_formula(given: Any, mean: float, sd: float) -> None:
    """What a planner may know about a lead time."""
    found = ADAPTER.validate_python(given)
    assert found.mean() == pytest.approx(mean, rel=1e-12)
    assert found.sd() == pytest.approx(sd, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(("given", "mean", "sd"), TABLE)
@pytest.mark.parametrize("way", ["sample", "quantile"])
def test_draws_have_the_mean_and_standard_deviation(given: Any, mean: float, sd: float, way: str) -> None:
    """Both ways to draw; the standard deviation within 5 %, which is more than 5 standard errors for every one here."""
    found, rng = ADAPTER.validate_python(given), np.random.default_rng(1)
    drawn = found.sample(rng, COUNT) if way == "sample" else found.quantile(rng.random(COUNT))
    assert drawn.shape == (COUNT,)
    assert (drawn >= 0).all()
    assert abs(drawn.mean() - mean) <= 5 * sd / sqrt(COUNT)
    assert drawn.std() == pytest.approx(sd, rel=0.05, abs=1e-12)


@pytest.mark.parametrize(
    ("given", "value", "probability"),
    [
        ({"kind": "uniform", "low": 2, "high": 8}, 5.0, 0.5),
        ({"kind": "exponential", "mean": 4}, 4.0, 1 - 1 / e),
        ({"kind": "weibull", "shape": 2, "scale": 3}, 3.0, 1 - 1 / e),
        # gamma with cv 1 is exponential
        ({"kind": "gamma", "mean": 4, "cv": 1}, 4.0, 1 - 1 / e),
        # the median of a lognormal is exp(μ) = mean ÷ √(1 + cv²)
        ({"kind": "lognormal", "mean": 4, "cv": 0.5}, 4 / sqrt(1.25), 0.5),
        # P(X ≤ 2) = 1 − (1 − 1/2.5)²
        ({"kind": "geometric", "mean": 2.5}, 2.0, 1 - 0.6**2),
        # e⁻³(1 + 3 + 9/2)
        ({"kind": "poisson", "mean": 3}, 2.0, 8.5 / e**3),
        ({"kind": "empirical", "values": [1, 2, 6]}, 2.0, 2 / 3),
    ],
)
def test_the_shape_is_the_one_that_the_name_promises(given: Any, value: float, probability: float) -> None:
    """Share of draws at or below a value, within 5 standard errors (by chance once in 1.7 million seeds)."""
    found, rng = ADAPTER.validate_python(given), np.random.default_rng(2)
    for drawn in (found.sample(rng, COUNT), found.quantile(rng.random(COUNT))):
        share = (drawn <= value).mean()
        assert abs(share - probability) <= 5 * sqrt(probability * (1 - probability) / COUNT)


def test_whole_distributions_draw_whole_numbers() -> None:
    """Geometric from 1, Poisson from 0, empirical its own values."""
    rng = np.random.default_rng(3)
    for given, least in (({"kind": "geometric", "mean": 1.4}, 1), ({"kind": "poisson", "mean": 0.5}, 0)):
        drawn = ADAPTER.validate_python(given).sample(rng, 1_000)
        assert (drawn == np.rint(drawn)).all()
        assert drawn.min() == least
    drawn = ADAPTER.validate_python({"kind": "empirical", "values": [1.5, 4]}).sample(rng, 1_000)
    assert set(drawn.tolist()) == {1.5, 4.0}
