"""Indicators of simulated worlds against a plain walk through every minute and every row, without any shared code."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from sim.engine.run import simulate
from sim.future.sample import sample_future
from sim.kpi.measure import measure
from sim.ledger.audit import audit
from sim.ledger.entries import Movement, Outcome
from sim.ledger.ledger import Ledger
from sim.plan.plan import Plan
from tests.busy_world import PLANS, busy_market

DAY = 1_440
WARM_UP = 7
WORLDS = [(plan, seed) for plan in PLANS for seed in (4, 7)]
SHORT = (
    Outcome.OTHER_SITE, Outcome.SUBSTITUTED, Outcome.WAITED, Outcome.ABANDONED, Outcome.CANCELLED, Outcome.COMPETITOR,
    Outcome.WAITING,
)  # fmt: skip


@cache
def _run(plan: str, seed: int) -> tuple[Ledger, dict[str, float]]:
    market = busy_market()
    ledger = simulate(market, Plan.from_dict(PLANS[plan], market), sample_future(market, seed))
    return ledger, measure(ledger, WARM_UP)


def _placed_lines(ledger: Ledger) -> list[dict[str, Any]]:
    """Every line of a placed order with what is known of it, one dictionary each."""
    future, found = ledger.future, []
    partial = [segment.partial_delivery for segment in ledger.market.segments.values()]
    for order, minute in enumerate(future.orders.minute.tolist()):
        for row in range(future.orders.first_line[order], future.orders.first_line[order + 1]):
            record = ledger.lines[row]
            if record["outcome"] != Outcome.NOT_PLACED:
                whole = not partial[future.customers.segment[future.orders.customer[order]]]
                found.append({
                    "row": row, "order": order, "minute": minute, "whole": whole,
                    "product": int(future.lines.product[row]), "units": int(future.lines.units[row]),
                    **{name: int(record[name]) for name in ledger.lines.dtype.names},
                })  # fmt: skip
    return found


def _levels(ledger: Ledger) -> dict[str, Any]:
    """Stock on the shelf, in the building, and inventory position at the end of every minute; (items, minutes)."""
    change = {
        name: np.zeros((ledger.on_hand.size, ledger.future.horizon_min), np.int64)
        for name in ("shelf", "building", "position")
    }
    products = len(ledger.market.products)
    by_row = {line["row"]: line for line in _placed_lines(ledger)}
    for line in by_row.values():
        _take_at_once(change, line, products)
    for move in ledger.movements:
        _move(change, move, by_row, products)
    for line in by_row.values():
        if line["outcome"] == Outcome.ABANDONED:
            change["position"][line["site"] * products + line["product"], line["done_min"]] += line["missing"]
    for purchase in ledger.purchases:
        item = purchase["site"] * products + purchase["product"]
        change["position"][item, purchase["placed_min"]] += purchase["units"]
        if purchase["received_min"] >= 0:
            change["position"][item, purchase["received_min"]] -= purchase["units"]
    return {name: np.cumsum(rows, axis=1) for name, rows in change.items()}


def _take_at_once(change: dict[str, Any], line: dict[str, Any], products: int) -> None:
    """Units taken in the minute of the order, and what then is missing."""
    item, units = line["site"] * products + line["product"], line["units_now"]
    takers = [(item, units)]
    if line["outcome"] == Outcome.OTHER_SITE:
        takers.append((line["other"] * products + line["product"], line["units_else"]))
    if line["outcome"] == Outcome.SUBSTITUTED:
        takers.append((line["site"] * products + line["other"], line["units_else"]))
    for taken, amount in takers:
        for level in change.values():
            level[taken, line["minute"]] -= amount
    if line["outcome"] in (Outcome.WAITED, Outcome.ABANDONED, Outcome.WAITING):
        change["position"][item, line["minute"]] -= line["units"] - units  # backlog
        line["missing"] = line["units"] - units
    if line["whole"] and line["outcome"] in (Outcome.WAITED, Outcome.TOGETHER):
        change["building"][item, line["done_min"]] -= line["units"]


def _move(change: dict[str, Any], move: Any, by_row: dict[int, dict[str, Any]], products: int) -> None:
    """One movement; what is set aside for a waiting line shortens the backlog."""
    item, units = move["site"] * products + move["product"], int(move["units"])
    change["shelf"][item, move["minute"]] += units
    change["position"][item, move["minute"]] += units
    if move["kind"] not in (Movement.HOLD, Movement.RELEASE):
        change["building"][item, move["minute"]] += units
    if move["kind"] in (Movement.ALLOCATION, Movement.HOLD) and "missing" in by_row[move["reference"]]:
        change["position"][item, move["minute"]] -= units
        by_row[move["reference"]]["missing"] += units


@pytest.mark.parametrize(("plan", "seed"), WORLDS)
def test_simulated_worlds_pass_the_audit(plan: str, seed: int) -> None:
    """Units, cents, orders and customers add up, and every kind of outcome occurs somewhere in these worlds."""
    report = audit(_run(plan, seed)[0])
    assert report.units["opening"] + report.units["received"] == (
        report.units["sold"] + report.units["on hand"] + report.units["put aside"]
    )


USUAL = {Movement.OPENING, Movement.RECEIPT, Movement.ALLOCATION, Movement.HOLD, Movement.RELEASE}


def test_the_worlds_are_eventful() -> None:
    """Every outcome and every movement occurs, so that agreement means something."""
    ledgers = [_run(plan, seed)[0] for plan, seed in WORLDS]
    assert set(np.concatenate([ledger.lines["outcome"] for ledger in ledgers]).tolist()) == set(Outcome)
    assert set(np.concatenate([ledger.movements["kind"] for ledger in ledgers]).tolist()) == USUAL


@pytest.mark.parametrize(("plan", "seed"), WORLDS)
def test_stock_minute_by_minute(plan: str, seed: int) -> None:
    """Mean units, mean and peak value, ready rate: averages over all minutes of all items."""
    ledger, found = _run(plan, seed)
    levels, first = _levels(ledger), WARM_UP * DAY
    cost = np.tile(
        [product.unit_cost for product in ledger.market.products.values()], len(ledger.market.sites)
    )
    assert levels["shelf"].min() >= 0
    assert found["stock_units"] == pytest.approx(levels["building"][:, first:].sum(axis=0).mean(), rel=1e-12)
    value = cost @ levels["building"][:, first:]
    assert found["stock_value"] == pytest.approx(value.mean(), rel=1e-12)
    assert found["stock_value_peak"] == pytest.approx(value.max(), rel=1e-12)
    wanted = defaultdict(int)
    for line in _placed_lines(ledger):
        if line["minute"] >= first:
            wanted[line["site"] * len(ledger.market.products) + line["product"]] += line["units"]
    ready = (levels["shelf"][:, first:] > 0).mean(axis=1)
    expected = sum(ready[item] * units for item, units in wanted.items()) / sum(wanted.values())
    assert found["ready_rate"] == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("plan", "seed"), WORLDS)
def test_need_minute_by_minute(plan: str, seed: int) -> None:
    """Response time: from each purchase order walk back while the position is at or below the reorder point."""
    ledger, found = _run(plan, seed)
    position, products = _levels(ledger)["position"], len(ledger.market.products)
    point = np.full_like(position, np.iinfo(np.int64).min)
    for row in ledger.levels:
        point[row["site"] * products + row["product"], row["minute"] :] = row["reorder_point"]
    weighted = units = 0
    for purchase in ledger.purchases[ledger.purchases["received_min"] >= WARM_UP * DAY]:
        item, since = purchase["site"] * products + purchase["product"], int(purchase["placed_min"])
        while since > 0 and position[item, since - 1] <= point[item, since - 1]:
            since -= 1
        weighted += int(purchase["units"]) * (int(purchase["received_min"]) - since)
        units += int(purchase["units"])
    assert found["response_time_days"] == pytest.approx(weighted / units / DAY, rel=1e-12)


@pytest.mark.parametrize(("plan", "seed"), WORLDS)
def test_forecasts_day_by_day(plan: str, seed: int) -> None:
    """Forecast deviation from full tables of forecasts and demand by item and day."""
    ledger, found = _run(plan, seed)
    products, days = len(ledger.market.products), ledger.market.horizon_days
    forecast = np.full((ledger.on_hand.size, days), np.nan)
    for row in ledger.levels:
        forecast[row["site"] * products + row["product"], -(-int(row["minute"]) // DAY) :] = row["forecast"]
    demand = np.zeros_like(forecast)
    for line in _placed_lines(ledger):
        demand[line["site"] * products + line["product"], line["minute"] // DAY] += line["units"]
    forecast, demand = forecast[:, WARM_UP:], demand[:, WARM_UP:]
    assert found["forecast_deviation"] == pytest.approx(
        np.abs(demand - forecast).sum() / demand.sum(), rel=1e-9
    )


@pytest.mark.parametrize(("plan", "seed"), WORLDS)
def test_weeks_one_by_one(plan: str, seed: int) -> None:
    """Bullwhip from full tables of ordered and demanded units by item and week."""
    ledger, found = _run(plan, seed)
    products, weeks = len(ledger.market.products), (ledger.market.horizon_days - WARM_UP) // 7
    ordered, wanted = (np.zeros((ledger.on_hand.size, weeks)) for _ in range(2))

    def enter(table: Any, site: int, product: int, minute: int, units: int) -> None:
        week = (minute - WARM_UP * DAY) // (7 * DAY)
        if 0 <= week < weeks:
            table[site * products + product, week] += units

    for row in ledger.purchases:
        enter(ordered, row["site"], row["product"], int(row["placed_min"]), int(row["units"]))
    for line in _placed_lines(ledger):
        enter(wanted, line["site"], line["product"], line["minute"], line["units"])
    assert found["bullwhip"] == pytest.approx(ordered.var(axis=1).sum() / wanted.var(axis=1).sum(), rel=1e-9)


@pytest.mark.parametrize(("plan", "seed"), WORLDS)
def test_cycles_and_crossings_one_by_one(plan: str, seed: int) -> None:
    """Cycle service and crossing by looking at every pair of receipts of an item."""
    ledger, found = _run(plan, seed)
    receipts = defaultdict(list)
    arrivals = defaultdict(list)
    for row in ledger.purchases:
        item, received = (int(row["site"]), int(row["product"])), int(row["received_min"])
        arrivals[item].append(received if received >= 0 else ledger.future.horizon_min)
        if received >= WARM_UP * DAY:
            receipts[item].append(received)
    short = defaultdict(list)
    for line in _placed_lines(ledger):
        if line["outcome"] in SHORT:
            short[line["site"], line["product"]].append(line["minute"])
    cycles = [(item, *pair) for item, minutes in receipts.items() for pair in pairwise(sorted(set(minutes)))]
    good = sum(not any(start <= minute < end for minute in short[item]) for item, start, end in cycles)
    assert found["cycle_service"] == good / len(cycles)
    crossed = [
        any(earlier > arrival for earlier in placed[:index])
        for placed in arrivals.values()
        for index, arrival in enumerate(placed)
        if WARM_UP * DAY <= arrival < ledger.future.horizon_min
    ]
    assert found["crossing_share"] == sum(crossed) / len(crossed)


@pytest.mark.parametrize(("plan", "seed"), WORLDS)
def test_customers_one_by_one(plan: str, seed: int) -> None:
    """Loss per exposure and repurchase from every customer's own list of orders."""
    ledger, found = _run(plan, seed)
    horizon = ledger.future.horizon_min
    watch = (horizon - WARM_UP * DAY) // 4
    hit = defaultdict(bool)
    for line in _placed_lines(ledger):
        hit[line["order"]] |= line["units_now"] < line["units"]
    history = defaultdict(list)
    for order in sorted(hit):
        history[int(ledger.future.orders.customer[order])].append(
            (int(ledger.future.orders.minute[order]), hit[order])
        )
    returned: dict[bool, list[bool]] = {True: [], False: []}
    lost = []
    for orders in history.values():
        exposed = [
            k for k, (minute, bad) in enumerate(orders) if bad and WARM_UP * DAY <= minute <= horizon - watch
        ]
        lost += [exposed[-1] == len(orders) - 1] if exposed else []
        for k, (minute, bad) in enumerate(orders):
            if WARM_UP * DAY <= minute <= horizon - watch:
                returned[bad].append(k + 1 < len(orders) and orders[k + 1][0] - minute <= watch)
    assert found["loss_per_exposure"] == sum(lost) / len(lost)
    assert found["repurchase_after_stockout"] == sum(returned[True]) / len(returned[True])
    assert found["repurchase_after_service"] == sum(returned[False]) / len(returned[False])
