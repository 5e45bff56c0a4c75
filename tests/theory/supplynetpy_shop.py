"""The same shop in SupplyNetPy, an independent simulator on SimPy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from simpy import Environment
from SupplyNetPy import Components as snp  # type: ignore[import-untyped]  # noqa: N813  (their own short name)

from sim.future.future import NEVER

Draw = Callable[[], float]


@dataclass(frozen=True)
class Customers:
    """When and how much is ordered, and what happens to what is missing.

    Attributes:
        gap: Time until the next order; the first comes at time 0.
        units: Units of an order.
        waits: Waits for ever instead of leaving, and takes parts as they come.
        takes_part: Who leaves takes along what is there.
    """

    gap: Draw
    units: Draw
    waits: bool = False
    takes_part: bool = False


def build(
    env: Environment, levels: tuple[int, int], lead_time: Draw, customers: Customers
) -> snp.InventoryNode:
    """A shop with (s,S) under continuous review, full at the start, and a supplier who never runs out."""
    snp.global_logger.disable_logging()
    supplier = snp.Supplier(env=env, ID="importer", name="importer", node_type="infinite_supplier")
    shop = snp.InventoryNode(
        env=env, ID="shop", name="shop", node_type="shop", capacity=10**9, initial_level=levels[1],
        inventory_holding_cost=0, replenishment_policy=snp.SSReplenishment,
        policy_param={"s": levels[0], "S": levels[1]}, product_sell_price=2, product_buy_price=1,
    )  # fmt: skip
    snp.Link(env=env, ID="sea", source=supplier, sink=shop, cost=0, lead_time=lead_time)
    snp.Demand(
        env=env, ID="people", name="people", demand_node=shop,
        order_arrival_model=customers.gap, order_quantity_model=customers.units,
        tolerance=NEVER if customers.waits else 0, order_min_split_ratio=1e-9 if customers.waits else 1,
        consume_available=customers.takes_part,
    )  # fmt: skip
    return shop


def trajectory(env: Environment, shop: snp.InventoryNode, until: int) -> dict[int, int]:
    """Units on the shelf at the end of every minute in which something happened."""
    levels = {}
    while env.peek() < until:
        env.step()
        levels[int(env.now)] = int(shop.inventory.level)
    return levels
