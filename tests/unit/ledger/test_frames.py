"""Frames say what the ledger says, in names, days and currency."""

from __future__ import annotations

import subprocess
import sys

import pandas as pd
import pytest

from sim.engine.run import simulate
from sim.future.sample import sample_future
from sim.kpi.measure import measure
from sim.ledger import frames
from sim.ledger.ledger import Ledger
from sim.plan.plan import Plan
from tests.busy_world import PLANS, busy_market
from tests.ledgers import eventful_ledger, eventful_market, write_ledger

LEDGER = eventful_ledger()


@pytest.fixture(scope="module")
def busy() -> Ledger:
    """A simulated world in which everything happens."""
    market = busy_market()
    return simulate(market, Plan.from_dict(next(iter(PLANS.values())), market), sample_future(market, 1))


def test_order_lines_are_those_that_were_placed() -> None:
    """16 of 18 lines; with the potential ones all, and those have no site."""
    assert len(frames.order_lines(LEDGER)) == 16
    every = frames.order_lines(LEDGER, potential=True)
    assert len(every) == 18
    assert every.loc[every["outcome"] == "not_placed", "site"].isna().all()


def test_a_line_that_waited() -> None:
    """Six tea asked for on day 2 in the north, four at once, two on day 4, for 60 in all."""
    line = frames.order_lines(LEDGER).set_index("line").loc[1]
    assert line[["customer", "day", "segment", "region", "site", "product", "outcome"]].tolist() == [
        1, 2.0, "retail", "land", "north", "tea", "waited",
    ]  # fmt: skip
    assert line[["units", "units_now", "units_else", "units_lost"]].tolist() == [6, 4, 2, 0]
    assert line[["unit_price", "revenue", "done_day", "wait_days"]].tolist() == [10.0, 60.0, 4.0, 2.0]


def test_who_helped_out_is_named() -> None:
    """Line 3 came from the south, line 4 was replaced by a cup at the cup's price."""
    lines = frames.order_lines(LEDGER).set_index("line")
    assert lines.loc[[3, 4], "other"].tolist() == ["south", "cup"]
    assert lines.loc[4, "revenue"] == 6
    assert lines["other"].notna().sum() == 2


def test_lost_units_are_those_of_final_outcomes() -> None:
    """Cancelled 2, abandoned 1 and 2, withdrawn 1, competitor 2; what still waits is not lost."""
    lost = frames.order_lines(LEDGER).set_index("line")["units_lost"]
    assert lost[lost > 0].to_dict() == {7: 2, 8: 1, 9: 1, 11: 2, 16: 2}


def test_purchase_orders_in_days_and_currency() -> None:
    """The second was expected on day 7 and came on day 8; the fourth is open."""
    purchases = frames.purchase_orders(LEDGER)
    assert purchases["late"].tolist() == [False, True, False, False]
    assert purchases.loc[1, ["lane", "supplier", "unit_cost", "order_cost", "lead_time_days"]].tolist() == [
        "slow", "far", 4.0, 3.0, 3.0,
    ]  # fmt: skip
    assert purchases.loc[3, ["received_day", "lead_time_days"]].isna().all()


def test_stock_movements_run_from_opening_to_the_end() -> None:
    """The stock after the last movement of an item is the ledger's; each at-once taking has its kind."""
    moves = frames.stock_movements(LEDGER)
    last = moves.groupby(["site", "product"], observed=True)["on_hand"].last()
    assert last.to_dict() == {
        ("north", "tea"): 0,
        ("north", "cup"): 0,
        ("south", "tea"): 0,
        ("south", "cup"): 1,
    }
    counts = moves["kind"].value_counts()
    assert counts[counts > 0].to_dict() == {
        "opening": 4, "receipt": 3, "allocation": 2, "hold": 6, "release": 1,
        "sale": 6, "other_site": 1, "substitute": 1,
    }  # fmt: skip
    assert moves.loc[moves["kind"] == "receipt", "purchase"].tolist() == [0, 1, 2]
    assert moves.loc[moves["kind"] == "substitute", "line"].tolist() == [4]


def test_daily_stock_at_the_end_of_each_day() -> None:
    """Tea in the north: 10, 4, then none with two waited for, six after the receipt, …; in value at 4 each."""
    daily = frames.daily_stock(LEDGER)
    tea = daily[(daily["site"] == "north") & (daily["product"] == "tea")]
    assert tea["on_hand"].tolist() == [10, 4, 0, 0, 6, 0, 0, 0, 0, 0]
    assert tea["backlog"].tolist() == [0, 0, 2, 2, 0, 2, 3, 2, 0, 0]
    assert tea["stock_value"].tolist() == [40, 16, 0, 0, 24, 0, 0, 0, 0, 0]


def test_customers_with_fate_and_history() -> None:
    """Customer 5 was lost on day 7 after order 6; customer 0 ordered twice, met one stock-out and stayed away once."""
    people = frames.customers(LEDGER)
    assert people["fate"].tolist()[4:12] == [
        "active", "lost_to_stockout", "not_converted", "lost_to_reputation", "not_arrived", "left_naturally", "active",
        "lost_to_earlier",
    ]  # fmt: skip
    assert people.loc[5, ["segment", "left_day", "last_order"]].tolist() == ["trade", 7.0, 6]
    assert people.loc[0, ["orders", "stockouts", "stayed_away", "revenue"]].tolist() == [2, 1, 1, 60.0]
    assert people["joined_day"].isna().tolist()[6:9] == [True, True, True]


def test_frames_of_a_simulated_world_agree_with_its_indicators(busy: Ledger) -> None:
    """Revenue, orders, fill rate and lead time come out of the frames as they come out of ``measure``."""
    found, lines, purchases = measure(busy), frames.order_lines(busy), frames.purchase_orders(busy)
    assert lines["revenue"].sum() == pytest.approx(found["revenue"])
    assert lines["order"].nunique() == found["orders"]
    assert lines["units_now"].sum() / lines["units"].sum() == pytest.approx(found["unit_fill_rate"])
    assert purchases["lead_time_days"].mean() == pytest.approx(found["lead_time_days"])
    people = frames.customers(busy)
    assert people["revenue"].sum() == pytest.approx(found["revenue"])
    assert people["stockouts"].sum() == found["stockout_orders"]


def test_daily_stock_of_a_simulated_world_is_that_of_its_movements(busy: Ledger) -> None:
    """The last movement of a day and item leaves what the daily table says; stock and backlog are never below 0."""
    moves, daily = frames.stock_movements(busy), frames.daily_stock(busy)
    assert moves["on_hand"].min() >= 0
    assert daily[["on_hand", "backlog"]].min().min() >= 0
    moves = moves.assign(day=moves["minute"] // 1_440)
    last = moves.groupby(["day", "site", "product"], observed=True)["on_hand"].last()
    told = daily.set_index(["day", "site", "product"])["on_hand"]
    assert (told.loc[last.index] == last).all()
    assert daily.loc[daily["day"] == 39, "on_hand"].tolist() == busy.on_hand.reshape(-1).tolist()


@pytest.mark.parametrize(
    "frame",
    [
        frames.order_lines,
        frames.purchase_orders,
        frames.stock_movements,
        frames.daily_stock,
        frames.customers,
    ],
)
def test_an_empty_ledger_gives_frames_with_the_same_columns(frame: object) -> None:
    """A world in which nothing happened is no error."""
    assert callable(frame)
    empty = frame(write_ledger(eventful_market(), customers=()))
    assert isinstance(empty, pd.DataFrame)
    assert empty.columns.tolist() == frame(LEDGER).columns.tolist()


def test_pandas_is_loaded_only_when_a_frame_is_asked_for() -> None:
    """Simulating and measuring must not wait for pandas."""
    code = (
        "import sys, sim.kpi.measure, sim.ledger.audit, sim.ledger.frames; sys.exit('pandas' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
