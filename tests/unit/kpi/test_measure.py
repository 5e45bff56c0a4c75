"""What holds for all indicators together: warm-up, emptiness, the table of definitions, the page."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from sim.errors import ConfigError
from sim.kpi.definitions import HEADLINE, INDICATORS, definition_of
from sim.kpi.handbook import page
from sim.kpi.measure import measure
from tests.ledgers import eventful_ledger, eventful_market, write_ledger

ZERO_WITHOUT_EVENTS = {
    "orders", "stockout_orders", "customers_lost_to_stockouts", "customers_lost_to_earlier", "customers_lost_naturally",
    "customer_loss_rate", "revenue_of_lost_customers", "orders_stayed_away", "prospects_lost_to_reputation",
    "replacement_cost", "stock_value", "stock_value_peak", "in_transit_value", "capital_tied_up", "capital_tied_up_net",
    "dead_stock_value", "stock_units", "purchase_orders", "revenue", "cost_of_goods", "holding_cost", "capital_cost",
    "ordering_cost", "lost_sale_cost", "profit", "margin_lost", "moving_cost", "write_offs", "remedy_cost",
    "moved_units", "clearing_loss", "cleared_units", "return_cost", "units_shrunk", "customers_won_back",
    "coupons_given", "coupon_cost", "win_back_cost", "transfers",
}  # fmt: skip


def test_where_nothing_happened_counts_are_zero_and_ratios_undefined() -> None:
    """One customer who never orders, no stock: no 0 ÷ 0 is passed off as a number."""
    found = measure(write_ledger(eventful_market()))
    assert found.pop("active_customers") == 1
    assert found.pop("stock_accuracy") == 1
    zero = {name for name, value in found.items() if value == 0}
    undefined = {name for name, value in found.items() if math.isnan(value)}
    assert zero == ZERO_WITHOUT_EVENTS
    assert undefined == set(found) - zero


def test_a_market_without_customers_can_be_measured() -> None:
    """No customer at all: the loss rate has nothing to be a share of."""
    found = measure(write_ledger(eventful_market(), customers=()))
    assert found["active_customers"] == 0
    assert math.isnan(found["customer_loss_rate"])


@pytest.mark.parametrize("days", [-0.001, 10.0, 11.0, math.nan, math.inf])
def test_a_warm_up_that_leaves_nothing_or_begins_before_the_start_is_refused(days: float) -> None:
    """The message names the setting, its value and what is allowed."""
    with pytest.raises(
        ConfigError, match=r"warm_up_days = \S+: must be at least 0 and below the horizon of 10 days"
    ):
        measure(eventful_ledger(), warm_up_days=days)


@pytest.mark.parametrize("days", [0.0, 0.5, 9.9999, 9.99999])
def test_any_warm_up_that_leaves_something_is_fine(days: float) -> None:
    """From nothing to all but the last minute."""
    assert measure(eventful_ledger(), warm_up_days=days)["active_customers"] > 0


def test_every_indicator_is_defined_and_every_definition_measured() -> None:
    """The table and the code name the same indicators."""
    measured = {definition_of(name).name for name in measure(eventful_ledger())}
    assert measured == {indicator.name for indicator in INDICATORS}
    assert set(HEADLINE) <= measured


def test_definitions_are_complete_and_unlike() -> None:
    """Every text is there, labels are unique in both languages, Chinese is Chinese."""
    for indicator in INDICATORS:
        assert indicator.formula
        assert indicator.meaning.endswith(".")
        assert indicator.meaning_chinese.endswith("。")
        assert any("\u4e00" <= letter <= "\u9fff" for letter in indicator.chinese)
    for field in ("name", "english", "chinese"):
        assert len({getattr(indicator, field) for indicator in INDICATORS}) == len(INDICATORS)


def test_an_unknown_indicator_is_answered_with_the_nearest() -> None:
    """As everywhere: what was given, and what was meant."""
    with pytest.raises(ConfigError, match=r"'stock_valu'.*did you mean 'stock_value'"):
        definition_of("stock_valu")


def test_the_handbook_page_is_that_of_the_table() -> None:
    """After a change of a definition: ``python -m sim.kpi.handbook > docs/indicators.md``."""
    written = Path(__file__).parents[3] / "docs" / "indicators.md"
    assert written.read_text(encoding="utf-8") == page()
