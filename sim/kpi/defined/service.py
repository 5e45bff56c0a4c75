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
        formula_chinese="有订单行未由所分配网点当场足量满足的订单 ÷ 已下达的订单",
    ),
    _service(
        name="line_fill_rate", unit="share", better="higher", source=SILVER,
        english="Line fill rate", chinese="订单行满足率",
        meaning="Share of order lines served in full at once.",
        meaning_chinese="当场足量满足的订单行比例。",
        formula="lines served in full at once from the routed site ÷ lines of orders placed; a line that only "
        "waits for "
        "the rest of an order shipped whole counts as not served at once",
        formula_chinese="由所分配网点当场足量满足的订单行 ÷ 已下达订单的订单行；只因整单发货而等待其余部分的订单行视为"
        "未当场满足",
    ),
    _service(
        name="unit_fill_rate", unit="share", better="higher", source=f"{SILVER}, P₂ (β)",
        english="Unit fill rate (β)", chinese="数量满足率 (β)",
        meaning="Share of units served at once.",
        meaning_chinese="当场满足的数量占需求数量的比例。",
        formula="Σ units served at once from the routed site ÷ Σ units wanted, over orders placed",
        formula_chinese="Σ 由所分配网点当场满足的数量 ÷ Σ 需求数量，针对已下达的订单",
    ),
    _service(
        name="cycle_service", unit="share", better="higher", source=f"{SILVER}, P₁ (α)",
        english="Cycle service (α)", chinese="周期服务水平 (α)",
        meaning="Share of replenishment cycles without a stock-out.",
        meaning_chinese="未发生缺货的补货周期比例。",
        formula="cycles without a short line ÷ cycles; a cycle runs from one receipt of an item (product at a "
        "site) to "
        "its next, both measured, receipts of one minute being one; short: the site lacked units of that product",
        formula_chinese="没有短缺订单行的周期 ÷ 周期；一个周期从库存项（某网点的某商品）的一次收货到下一次收货，二者均"
        "在统计期内，同一分钟的收货算一次；短缺：该网点缺少该商品",
    ),
    _service(
        name="ready_rate", unit="share", better="higher", source=f"{SILVER}, P₃",
        english="Ready rate", chinese="现货率",
        meaning="Share of time with stock on the shelf.",
        meaning_chinese="货架有货的时间比例。",
        formula="Σ over items (units wanted · share of time with stock on hand > 0) ÷ Σ units wanted; goods put aside "
        "for an order are not on hand",
        formula_chinese="Σ 各库存项（需求数量 · 现有库存 > 0 的时间比例）÷ Σ 需求数量；为订单留出的货物不算"
        "现有库存",
    ),
    _service(
        name="wait_mean_days", unit="days", better="lower",
        english="Mean wait", chinese="平均等待天数",
        meaning="How long those who waited to the end had to wait.",
        meaning_chinese="最终等到货的订单行平均等了多久。",
        formula="mean of (complete − ordered) over lines that waited and were completed",
        formula_chinese="（完成 − 下单）的平均，针对等待且最终完成的订单行",
    ),
    _service(
        name="wait_p95_days", unit="days", better="lower",
        english="Wait, 95th percentile", chinese="等待天数（95 分位）",
        meaning="Nineteen of twenty who waited to the end waited no longer.",
        meaning_chinese="等到货的订单行中，95% 的等待不超过此天数。",
        formula="95th percentile (linear between neighbours) over the same lines as the mean wait",
        formula_chinese="第 95 百分位数（相邻值线性插值），针对与平均等待相同的订单行",
    ),
    _service(
        name="cancelled_for_stockout", unit="share", better="lower", source=ARTICLES,
        english="Orders cancelled for stock-out", chinese="因缺货取消的订单比例",
        meaning="Share of orders that lost units for good because the goods were not there.",
        meaning_chinese="因缺货而永久失去部分或全部数量的订单比例。",
        formula="orders with at least one line cancelled, bought from a competitor, abandoned after waiting, "
        "or withdrawn "
        "with the rest of its order ÷ orders placed",
        formula_chinese="至少有一个订单行被取消、转向竞争对手、等待后放弃或随订单其余部分撤回的订单 ÷ 已下达的订单",
    ),
    _service(
        name="returned_share", unit="share", better="lower",
        english="Returned goods", chinese="退货率",
        meaning="Share of the units sold that customers brought back.",
        meaning_chinese="售出数量中被客户退回的比例。",
        formula="units brought back in the measured time ÷ units sold for orders placed in it",
        formula_chinese="统计期内退回的数量 ÷ 统计期内下达的订单售出的数量",
    ),
    _service(
        name="oversold_orders", unit="share", better="lower", source=ARTICLES,
        english="Oversold orders", chinese="超卖订单比例",
        meaning="Share of orders placed online for stock that was shown but not there: told after ordering.",
        meaning_chinese="网上下单时显示有货、实际无货（下单后才被告知缺货）的订单比例。",
        formula="orders with at least one line that was short on the shelf although the stock published online covered "
        "it ÷ orders placed, shops included",
        formula_chinese="至少有一行在网上公布的库存足够、货架却不足的订单 ÷ 全部订单（含门店）",
    ),
    _service(
        name="orders", unit="count", better="neutral",
        english="Orders", chinese="订单数",
        meaning="Orders that customers placed.",
        meaning_chinese="客户实际下达的订单数量。",
        formula="number of orders placed; a potential order of a customer who has left or stays away is none",
        formula_chinese="已下达的订单数；已离开或暂不下单的客户的潜在订单不计",
    ),
    _service(
        name="stockout_orders", unit="count", better="lower",
        english="Orders hit by a stock-out", chinese="缺货订单数",
        meaning="Orders that met an empty shelf.",
        meaning_chinese="遇到缺货的订单数量。",
        formula="number of orders with a line not served in full at once from the routed site",
        formula_chinese="有订单行未由所分配网点当场足量满足的订单数",
    ),
)  # fmt: skip
"""How well orders were served."""
