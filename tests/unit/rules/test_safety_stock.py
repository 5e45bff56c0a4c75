"""Safety stock by every rule, by hand: 2 units a day (sd 3), lead time 4 days (sd 1), review every 5 days."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist
from typing import Any

import pytest

from sim.rules.safety_stock import loss_quantile, mean_order_units, protection_days, safety_stock
from sim.world.build import normal_loss_table
from sim.world.codes import PolicyCode, SafetyCode
from tests.unit.rules.items import item

TABLE = normal_loss_table()
SPREAD = sqrt(9 * 3**2 + 2**2 * 1**2)
"""√((L + R)·σ_D² + D²·σ_L²) = √85."""


def test_an_order_must_last_for_lead_time_and_review_interval() -> None:
    """4 + 5 days."""
    assert protection_days(item()) == 9.0


@pytest.mark.parametrize(
    ("fields", "units"),
    [
        ({"safety": SafetyCode.NONE}, 0.0),
        ({"safety": SafetyCode.FIXED, "safety_units": 7.5}, 7.5),
        # 3.5 days of 2 units
        ({"safety": SafetyCode.COVER, "safety_days": 3.5}, 7.0),
        # the rule of thumb: 1.5 × 2 a day × 4 days; the review interval is not in it
        ({"safety": SafetyCode.LEAD_TIME, "safety_factor": 1.5}, 12.0),
        # z σ √(L + R) = 2 · 3 · 3
        ({"safety": SafetyCode.Z_SIGMA, "safety_z": 2.0}, 18.0),
        ({"safety": SafetyCode.Z_SIGMA_LEAD_TIME, "safety_z": 2.0}, 2 * SPREAD),
        # no lead-time variance: the same as without it
        ({"safety": SafetyCode.Z_SIGMA_LEAD_TIME, "safety_z": 2.0, "lead_sd_days": 0.0}, 18.0),
        # nothing varies: nothing to guard against
        (
            {
                "safety": SafetyCode.FILL_RATE,
                "fill_rate": 0.99,
                "forecast_sd_per_day": 0.0,
                "lead_sd_days": 0.0,
            },
            0.0,
        ),
    ],
)
def test_safety_stock_by_rule(fields: dict[str, Any], units: float) -> None:
    """Units held beyond the forecast."""
    assert safety_stock(item(**fields), TABLE) == units


def test_fill_rate_safety_stock_solves_the_loss_equation() -> None:
    """G(k) = (1 − 0.95)·Q/σ with Q = 2 a day × 5 days = 10: the k found gives back the loss within the table's step."""
    units = safety_stock(item(safety=SafetyCode.FILL_RATE, fill_rate=0.95), TABLE)
    k, normal = units / SPREAD, NormalDist()
    loss = normal.pdf(k) - k * (1 - normal.cdf(k))
    assert loss == pytest.approx(0.05 * 10 / SPREAD, abs=0.001)
    assert 0 < units < 3 * SPREAD


@pytest.mark.parametrize(
    ("fields", "units"),
    [
        ({"policy": PolicyCode.S_Q, "given_order_quantity": 30}, 30.0),
        ({"policy": PolicyCode.S_Q, "given_order_quantity": -1, "quantity_days": 7.0}, 14.0),
        ({"policy": PolicyCode.S_S, "quantity_days": 6.0}, 12.0),
        ({"policy": PolicyCode.UP_TO}, 10.0),
        ({"policy": PolicyCode.CONSTANT}, 10.0),
        ({"policy": PolicyCode.CONSTANT, "given_order_quantity": 4}, 4.0),
        ({"policy": PolicyCode.COVER, "minimum_days": 3.0, "target_days": 9.0}, 12.0),
        # never below one unit
        ({"policy": PolicyCode.UP_TO, "forecast_per_day": 0.01}, 1.0),
    ],
)
def test_mean_order_by_policy(fields: dict[str, Any], units: float) -> None:
    """What a policy orders at a time, for 2 units a day and a review every 5 days."""
    assert mean_order_units(item(**fields)) == units


def test_loss_quantile_inverts_the_unit_normal_loss() -> None:
    """G(0) = φ(0) = 0.39894; G(1) = 0.08332; beyond the table its ends."""
    assert loss_quantile(0.398942, TABLE) == pytest.approx(0.0, abs=0.0011)
    assert loss_quantile(0.083315, TABLE) == pytest.approx(1.0, abs=0.0011)
    assert loss_quantile(99.0, TABLE) == -4.0
    assert loss_quantile(0.0, TABLE) == pytest.approx(5.0)
