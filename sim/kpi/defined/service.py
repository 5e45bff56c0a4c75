"""Definitions: service."""

from __future__ import annotations

from functools import partial

from sim.kpi.defined.indicator import ARTICLES, SILVER, Indicator

_service = partial(Indicator, group="service")

SERVICE = (
    _service(
        name="order_stockout_rate", unit="share", better="lower", source=ARTICLES,
        english="Stock-out rate", chinese="缺货率",
        meaning="Share of orders that met an empty shelf.",
        meaning_chinese="遇到缺货的订单占全部订单的比例。",
        formula="orders with a line not served in full at once from the routed site ÷ orders placed",
    ),
    _service(
        name="line_fill_rate", unit="share", better="higher", source=SILVER,
        english="Line fill rate", chinese="订单行满足率",
        meaning="Share of order lines served in full at once.",
        meaning_chinese="当场足量满足的订单行比例。",
        formula="lines served in full at once from the routed site ÷ lines of orders placed; a line that only "
        "waits for "
        "the rest of an order shipped whole counts as not served at once",
    ),
    _service(
        name="unit_fill_rate", unit="share", better="higher", source=f"{SILVER}, P₂ (β)",
        english="Unit fill rate (β)", chinese="数量满足率 (β)",
        meaning="Share of units served at once.",
        meaning_chinese="当场满足的数量占需求数量的比例。",
        formula="Σ units served at once from the routed site ÷ Σ units wanted, over orders placed",
    ),
    _service(
        name="cycle_service", unit="share", better="higher", source=f"{SILVER}, P₁ (α)",
        english="Cycle service (α)", chinese="周期服务水平 (α)",
        meaning="Share of replenishment cycles without a stock-out.",
        meaning_chinese="未发生缺货的补货周期比例。",
        formula="cycles without a short line ÷ cycles; a cycle runs from one receipt of an item (product at a "
        "site) to "
        "its next, both measured, receipts of one minute being one; short: the site lacked units of that product",
    ),
    _service(
        name="ready_rate", unit="share", better="higher", source=f"{SILVER}, P₃",
        english="Ready rate", chinese="现货率",
        meaning="Share of time with stock on the shelf.",
        meaning_chinese="货架有货的时间比例。",
        formula="Σ over items (units wanted · share of time with stock on hand > 0) ÷ Σ units wanted; goods put aside "
        "for an order are not on hand",
    ),
    _service(
        name="wait_mean_days", unit="days", better="lower",
        english="Mean wait", chinese="平均等待天数",
        meaning="How long those who waited to the end had to wait.",
        meaning_chinese="最终等到货的订单行平均等了多久。",
        formula="mean of (complete − ordered) over lines that waited and were completed",
    ),
    _service(
        name="wait_p95_days", unit="days", better="lower",
        english="Wait, 95th percentile", chinese="等待天数（95 分位）",
        meaning="Nineteen of twenty who waited to the end waited no longer.",
        meaning_chinese="等到货的订单行中，95% 的等待不超过此天数。",
        formula="95th percentile (linear between neighbours) over the same lines as the mean wait",
    ),
    _service(
        name="cancelled_for_stockout", unit="share", better="lower", source=ARTICLES,
        english="Orders cancelled for stock-out", chinese="因缺货取消的订单比例",
        meaning="Share of orders that lost units for good because the goods were not there.",
        meaning_chinese="因缺货而永久失去部分或全部数量的订单比例。",
        formula="orders with at least one line cancelled, bought from a competitor, abandoned after waiting, "
        "or withdrawn "
        "with the rest of its order ÷ orders placed",
    ),
    _service(
        name="orders", unit="count", better="neutral",
        english="Orders", chinese="订单数",
        meaning="Orders that customers placed.",
        meaning_chinese="客户实际下达的订单数量。",
        formula="number of orders placed; a potential order of a customer who has left or stays away is none",
    ),
    _service(
        name="stockout_orders", unit="count", better="lower",
        english="Orders hit by a stock-out", chinese="缺货订单数",
        meaning="Orders that met an empty shelf.",
        meaning_chinese="遇到缺货的订单数量。",
        formula="number of orders with a line not served in full at once from the routed site",
    ),
)  # fmt: skip
"""How well orders were served."""
