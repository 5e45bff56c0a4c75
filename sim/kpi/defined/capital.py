"""Definitions: capital."""

from __future__ import annotations

from functools import partial

from sim.kpi.defined.indicator import ACCOUNTING, ARTICLES, Indicator

_capital = partial(Indicator, group="capital")

CAPITAL = (
    _capital(
        name="stock_value", unit="currency", better="lower", source=ACCOUNTING,
        english="Mean stock value", chinese="平均库存金额",
        meaning="Money that lies in the warehouses, on average.",
        meaning_chinese="平均占用在仓库中的库存金额。",
        formula="time average of Σ units in the building · standard unit cost; goods put aside for an order "
        "count until "
        "they are shipped",
        formula_chinese="Σ 库内数量 · 标准单位成本的时间平均；为订单留出的货物在发出之前计入",
    ),
    _capital(
        name="stock_value_peak", unit="currency", better="lower", source=ACCOUNTING,
        english="Peak stock value", chinese="库存金额峰值",
        meaning="The most money that ever lay in the warehouses.",
        meaning_chinese="库存金额的最高值。",
        formula="largest stock value at the end of any minute",
        formula_chinese="各分钟末库存金额的最大值",
    ),
    _capital(
        name="in_transit_value", unit="currency", better="lower", source=ACCOUNTING,
        english="Goods in transit", chinese="在途库存金额",
        meaning="Value of goods that are ours but still under way, on average.",
        meaning_chinese="已归我方但仍在途的货物平均金额。",
        formula="time average of Σ units · standard unit cost from shipping to receipt (to the horizon while open)",
        formula_chinese="Σ 数量 · 标准单位成本的时间平均，从发货到收货（未到货的计至期末）",
    ),
    _capital(
        name="capital_tied_up", unit="currency", better="lower",
        english="Capital tied up", chinese="占用资金",
        meaning="Money that stock and goods in transit tie up, on average.",
        meaning_chinese="库存与在途货物平均占用的资金。",
        formula="mean stock value + goods in transit",
        formula_chinese="平均库存金额 + 在途库存金额",
    ),
    _capital(
        name="capital_tied_up_net", unit="currency", better="lower",
        english="Capital tied up, net of payables", chinese="占用资金（扣除应付账款）",
        meaning="The same less what is not yet paid; below 0 when suppliers finance more than the stock.",
        meaning_chinese="扣除尚未支付货款后的占用资金；为负表示供应商垫资超过库存。",
        formula="capital tied up − time average of what is owed: Σ units · purchase cost from shipping to "
        "payment days "
        "after receipt",
        formula_chinese="占用资金 − 应付款的时间平均：Σ 数量 · 采购成本，从发货到收货后账期届满",
    ),
    _capital(
        name="stock_turn", unit="times a year", better="higher", source=ARTICLES,
        english="Stock turn", chinese="库存周转率",
        meaning="How often the stock is sold in a year.",
        meaning_chinese="一年内库存周转的次数。",
        formula="standard cost of units sold a year ÷ mean stock value; sold: served at once, from elsewhere "
        "or later, "
        "for orders placed in the measured time",
        formula_chinese="一年所售货物的标准成本 ÷ 平均库存金额；所售：统计期内下达的订单中当场、由他处或稍后满足的数量",
    ),
    _capital(
        name="days_of_cover", unit="days", better="neutral", source=ARTICLES,
        english="Days of cover", chinese="周转天数",
        meaning="How many days the mean stock lasts.",
        meaning_chinese="平均库存可供销售的天数。",
        formula="mean stock in units ÷ units sold a day",
        formula_chinese="平均库存数量 ÷ 每日售出数量",
    ),
    _capital(
        name="dead_stock_value", unit="currency", better="lower", source=ARTICLES,
        english="Dead stock", chinese="呆滞库存金额",
        meaning="Value of what nobody bought any more.",
        meaning_chinese="长期无人购买的库存金额。",
        formula="value on hand at the end of items of which no unit was taken in the last 90 days (a quarter of the "
        "measured time if that is shorter)",
        formula_chinese="最近 90 天（若统计期的四分之一更短，则取之）无人取用的库存项在期末的现有库存金额",
    ),
    _capital(
        name="waste_share", unit="share", better="lower",
        english="Waste", chinese="报废率",
        meaning="Share of the goods that left the shelf in the bin, at the end of their shelf life.",
        meaning_chinese="离开货架的货物中因过期而报废的比例。",
        formula="units thrown away at the end of their shelf life ÷ (units thrown away + units sold)",
        formula_chinese="过期报废数量 ÷（过期报废数量 + 售出数量）",
    ),
    _capital(
        name="cash_conversion_days", unit="days", better="lower", source=ACCOUNTING,
        english="Cash conversion", chinese="现金周转天数",
        meaning="Days from paying the supplier to being paid by the customer; below 0: paid before.",
        meaning_chinese="从付款给供应商到收回货款的天数；为负表示先收款后付款。",
        formula="mean stock value ÷ standard cost of units sold a day − payment days; customers pay at once, so there "
        "are no receivables",
        formula_chinese="平均库存金额 ÷ 每日所售货物的标准成本 − 付款账期；客户即时付款，因此没有应收账款",
    ),
    _capital(
        name="stock_units", unit="units", better="neutral",
        english="Mean stock, units", chinese="平均库存数量",
        meaning="Units that lie in the warehouses, on average.",
        meaning_chinese="仓库中的平均库存数量。",
        formula="time average of Σ units in the building",
        formula_chinese="Σ 库内数量的时间平均",
    ),
)  # fmt: skip
"""What stock and goods under way tie up."""
