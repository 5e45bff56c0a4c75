"""Part 2: one supplier, five sites, ten products, a year, here and in SupplyNetPy."""

from __future__ import annotations

import random
from functools import partial

from simpy import Environment
from SupplyNetPy import Components as snp  # type: ignore[import-untyped]  # noqa: N813  (their own short name)

from sim import Market, Plan, sample_future
from tests.benchmarks.case import LEAD_TIME_CV, LEAD_TIME_DAYS, run_quietly
from tests.benchmarks.engines import Engine, placed_lines, short_lines
from tests.benchmarks.tables import Part, count, number, table
from tests.benchmarks.timing import Timing, timed

SITES, PRODUCTS = 5, 10
RATE = 4.0  # unit orders a day of every product at every site
LEVELS = (36, 72)
CUSTOMERS_AN_ITEM = 80


def network(engines: dict[str, Engine], days: int, rounds: int) -> Part:
    """One supplier → five sites, ten products; every order is one unit of one product, lost if it is not there."""
    part = Part("2", f"One supplier, {SITES} sites, {PRODUCTS} products, {days} days; one core")
    market = our_market(days)
    plan, theirs = our_plan(market), Timing("SupplyNetPy")
    timings = {name: Timing(name) for name in engines}
    their_run(min(days, 10), 0)
    for seed in range(rounds):
        future = sample_future(market, seed)
        for name, engine in engines.items():
            ledger, seconds = timed(partial(engine, market, plan, future))
            timings[name].add(placed_lines(ledger), seconds, short_lines(ledger))
        (orders, lost), seconds = timed(partial(their_run, days, seed))
        theirs.add(orders, seconds, lost)
    part.tables.append(table(
        ["", "lines", "short of stock", "lines/s best", "median", "seconds best", "÷ SupplyNetPy best", "median"],
        [_row(timing, theirs) for timing in [*timings.values(), theirs]],
    ))  # fmt: skip
    part.notes.append(
        "one supplier → one central site → five sites is not measured: sites are not supplied by sites in this version"
    )
    part.kept = {"days": days, "timings": [timing.kept() for timing in [*timings.values(), theirs]]}
    return part


def _row(timing: Timing, theirs: Timing) -> list[str]:
    lines = sum(timing.lines)
    return [
        timing.name, count(lines / len(timing.lines)), f"{100 * (timing.lost or 0) / lines:.1f} %",
        number(timing.best), number(timing.median), number(min(timing.seconds)),
        number(timing.best / theirs.best), number(timing.median / theirs.median),
    ]  # fmt: skip


def our_market(days: int) -> Market:
    """Individual customers of every site, with goodwill."""
    sites = [f"site-{number}" for number in range(SITES)]
    customers = SITES * PRODUCTS * CUSTOMERS_AN_ITEM
    return Market.from_dict({
        "horizon_days": days,
        "products": {f"product-{number}": {"price": 4, "unit_cost": 2} for number in range(PRODUCTS)},
        "regions": {name: {} for name in sites}, "sites": {name: {"region": name} for name in sites},
        "suppliers": {"importer": {}},
        "lanes": {"sea": {
            "supplier": "importer", "lead_time": {"kind": "gamma", "mean": LEAD_TIME_DAYS, "cv": LEAD_TIME_CV},
        }},
        "segments": {"people": {
            "customers": customers, "order_rate": {"mean_per_day": RATE / CUSTOMERS_AN_ITEM, "shape": 2},
            "response": {"substitute": 0, "wait": 0, "cancel": 0, "competitor": 1}, "loyalty": "goodwill",
        }},
    })  # fmt: skip


def our_plan(market: Market) -> Plan:
    """(s,S) under continuous review, the same for every item."""
    policy = {"kind": "s_S", "reorder_point": LEVELS[0], "order_up_to": LEVELS[1]}
    return Plan.from_dict({"review": {"kind": "continuous"}, "policy": policy}, market)


def their_run(days: int, seed: int) -> tuple[int, int]:
    """A node for every product at every site, all supplied by one supplier; orders placed, and those that were lost."""
    env, luck = Environment(), random.Random(seed)
    shape = 1 / LEAD_TIME_CV**2
    snp.global_logger.disable_logging()
    supplier = snp.Supplier(env=env, ID="importer", name="importer", node_type="infinite_supplier")
    shops = []
    for item in range(SITES * PRODUCTS):
        shop = snp.InventoryNode(
            env=env, ID=f"item-{item}", name=f"item-{item}", node_type="shop", capacity=10**9,
            initial_level=LEVELS[1], inventory_holding_cost=0, replenishment_policy=snp.SSReplenishment,
            policy_param={"s": LEVELS[0], "S": LEVELS[1]}, product_sell_price=4, product_buy_price=2,
        )  # fmt: skip
        snp.Link(
            env=env, ID=f"sea-{item}", source=supplier, sink=shop, cost=0,
            lead_time=lambda: luck.gammavariate(shape, LEAD_TIME_DAYS / shape),
        )  # fmt: skip
        snp.Demand(
            env=env, ID=f"people-{item}", name="people", demand_node=shop,
            order_arrival_model=lambda: luck.expovariate(RATE), order_quantity_model=lambda: 1, tolerance=0,
        )  # fmt: skip
        shops.append(shop)
    run_quietly(env, days)
    return sum(shop.stats.demand_received[0] for shop in shops), sum(
        shop.stats.lost_sales[0] for shop in shops
    )
