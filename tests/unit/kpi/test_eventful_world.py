"""Every indicator of the hand-written ten days, worked out by hand (rows and days: see ``eventful_ledger``)."""

from __future__ import annotations

import math

import pytest

from sim.kpi.measure import measure
from tests.ledgers import eventful_ledger

MEASURED = measure(eventful_ledger())

BY_HAND = {
    # everything was ordered without approval, came from suppliers, by no express, and was good
    "approval_days": 0.0,
    "dispatch_days": 1 / 3,  # one of three left a day after it was sent out
    "yield": 1.0,
    "express_share": 0.0,
    "moved_units": 0,
    "transfers": 0,
    "rescued_share": 0.0,
    "stock_accuracy": 1,
    "units_shrunk": 0,
    "oversold_orders": 0,
    "moving_cost": 0,
    "write_offs": 0,
    "returned_share": 0.0,
    "return_cost": 0.0,
    "waste_share": 0.0,
    "remedy_cost": 0,
    "clearing_loss": 0,
    "cleared_units": 0,
    "customers_won_back": 0,
    "coupons_given": 0,
    "coupon_cost": 0,
    "win_back_cost": 0,
    # 12 orders placed; all but the first and the last met an empty shelf; 4 of them lost units for good
    "orders": 12,
    "stockout_orders": 10,
    "order_stockout_rate": 10 / 12,
    "cancelled_for_stockout": 4 / 12,
    # 16 lines placed, 3 served in full; 51 units wanted, 6 + 4 + 2 + 3 + 5 + 1 served at once
    "line_fill_rate": 3 / 16,
    "unit_fill_rate": 21 / 51,
    # receipts of tea in the north on days 4, 8, 9.8: two cycles, both with short lines
    "cycle_service": 0.0,
    # on the shelf: north tea days 0-2, 4-5, 8-8.5; north cup 0-9; south tea 0-9.2; south cup always
    "ready_rate": (35 * 0.35 + 12 * 0.9 + 2 * 0.92 + 2 * 1.0) / 51,
    "wait_mean_days": (2 + 3) / 2,
    "wait_p95_days": 2.95,
    "customers_lost_to_stockouts": 1,
    "customers_lost_to_earlier": 1,
    "customers_lost_naturally": 1,
    # five all ten days, one until day 7, one until day 3, one from day 4, one until day 9.95
    "active_customers": (50 + 7 + 3 + 6 + 9.95) / 10,
    "customer_loss_rate": 2 * 36.5 / 7.595,
    # watched until day 7.5: customers 0 to 5 were hit, 0 and 5 never came back; nobody came back within 2.5 days
    "loss_per_exposure": 2 / 6,
    "repurchase_after_stockout": 0.0,
    "repurchase_after_service": 0.0,
    "revenue_of_lost_customers": 2 * 10,
    "orders_stayed_away": 1,
    "prospects_lost_to_reputation": 1,
    "replacement_cost": 2 * 4 * 20,
    # unit-days in the building: north tea 39.5, north cup 60.5, south tea 19, south cup 29.95
    "stock_units": (39.5 + 60.5 + 19 + 29.95) / 10,
    "stock_value": (39.5 * 4 + 60.5 * 2.5 + 19 * 4 + 29.95 * 2.5) / 10,
    "stock_value_peak": 10 * 4 + 9 * 2.5 + 4 * 4 + 3 * 2.5,
    # 8 tea for 2 days, 5 tea for 2, 1 tea for 2, 10 cups for 1
    "in_transit_value": (64 + 40 + 8 + 25) / 10,
    "capital_tied_up": 46.0125 + 13.7,
    # owed: 40 for 5 days, 20 for 4, 5 for 2.2, 31.20 for 1
    "capital_tied_up_net": 59.7125 - (200 + 80 + 11 + 31.2) / 10,
    # 27 tea and 10 cups sold
    "stock_turn": 133 / 10 * 365 / 46.0125,
    "days_of_cover": 14.895 / 3.7,
    "dead_stock_value": 0.0,
    "cash_conversion_days": 46.0125 / 13.3 - 3,
    "purchase_orders": 4,
    "lead_time_days": (2 + 3 + 2) / 3,
    "lead_time_p95_days": 2.9,
    "late_share": 1 / 3,
    "crossing_share": 0.0,
    # needed on day 1 (stock 4 at reorder point 5), on day 5 (at once), and since day 5
    "response_time_days": (8 * 3 + 5 * 3 + 1 * 4.8) / 14,
    "forecast_deviation": (27 + 14 + 6 + 6) / 51,
    "bullwhip": math.nan,
    "supplier_share/near": 9 / 14,
    "supplier_share/far": 5 / 14,
    # 27 tea at 10 and 10 cups at 6; 9 tea bought 1 dearer than standard
    "revenue": 270 + 60,
    "cost_of_goods": 27 * 4 + 10 * 2.5 + 9,
    "holding_cost": 0.1 * 46.0125 * 10 / 365,
    "capital_cost": 0.2 * 59.7125 * 10 / 365,
    "ordering_cost": 8 + 3 + 8 + 8,
    "lost_sale_cost": 2 * 5,
    "profit": 330 - 142 - 0.1 * 46.0125 * 10 / 365 - 0.2 * 59.7125 * 10 / 365 - 27 - 10 - 160,
    "margin_lost": 7 * 6 + 1 * 3.5,
}


@pytest.mark.parametrize(("name", "expected"), BY_HAND.items())
def test_indicator_as_worked_out_by_hand(name: str, expected: float) -> None:
    """Every indicator is the number a person gets from the ten days with pencil and paper."""
    assert MEASURED[name] == pytest.approx(expected, rel=1e-12, nan_ok=True)


def test_nothing_else_is_measured() -> None:
    """The list above is complete."""
    assert set(MEASURED) == set(BY_HAND)


def test_after_the_warm_up_only_what_happens_then_counts() -> None:
    """From day 5 on: 8 orders, 7 of them hit; stock averaged over five days; two receipts; nobody left naturally."""
    late = measure(eventful_ledger(), warm_up_days=5)
    assert (late["orders"], late["stockout_orders"], late["purchase_orders"]) == (8, 7, 3)
    assert (late["customers_lost_to_stockouts"], late["customers_lost_naturally"]) == (1, 0)
    assert late["stock_units"] == pytest.approx((19.5 + 3 * 6 + 5 + 5 + 3 * 4.95 + 2 * 0.05) / 5, rel=1e-12)
    assert late["active_customers"] == pytest.approx((25 + 2 + 0 + 5 + 4.95) / 5, rel=1e-12)
    assert late["lead_time_days"] == pytest.approx((3 + 2) / 2)
    assert late["supplier_share/near"] == pytest.approx(1 / 6)
    assert late["revenue"] == 86 + 0 + 0 + 30 + 30 + 0 + 10 + 6
    assert late["ordering_cost"] == 3 + 8 + 8
    assert late["in_transit_value"] == pytest.approx((40 + 8 + 25) / 5)
    assert late["stock_value_peak"] == 6 * 4 + 6 * 2.5 + 1 * 4 + 3 * 2.5


def test_a_customer_who_left_in_the_warm_up_is_not_counted_as_lost() -> None:
    """He left on day 7; from day 8 on only the one of day 9.95 is lost."""
    late = measure(eventful_ledger(), warm_up_days=8)
    assert (late["customers_lost_to_stockouts"], late["customers_lost_to_earlier"]) == (0, 1)
    assert late["revenue_of_lost_customers"] == 0
    assert late["replacement_cost"] == 80
