"""Definitions: supply."""

from __future__ import annotations

from functools import partial

from sim.kpi.defined.indicator import ARTICLES, Indicator

_supply = partial(Indicator, group="supply")

SUPPLY = (
    _supply(
        name="purchase_orders", unit="count", better="neutral",
        english="Purchase orders", chinese="采购订单数",
        meaning="Purchase orders placed.",
        meaning_chinese="下达的采购订单数量。",
        formula="number of purchase orders placed in the measured time",
        formula_chinese="统计期内下达的采购订单数",
    ),
    _supply(
        name="lead_time_days", unit="days", better="lower", source=ARTICLES,
        english="Lead time", chinese="订货提前期",
        meaning="From purchase order to receipt, as it really was.",
        meaning_chinese="从下采购单到收货的实际天数。",
        formula="mean of (received − sent out) over purchase orders received in the measured time, to the last "
        "delivery; transfers between sites apart",
        formula_chinese="（收货 − 发出）的平均，针对统计期内收齐的采购订单，不含网点间调拨",
    ),
    _supply(
        name="lead_time_p95_days", unit="days", better="lower",
        english="Lead time, 95th percentile", chinese="订货提前期（95 分位）",
        meaning="Nineteen of twenty purchase orders took no longer.",
        meaning_chinese="95% 的采购订单不超过此天数。",
        formula="95th percentile (linear between neighbours) over the same purchase orders as the lead time",
        formula_chinese="第 95 百分位数（相邻值线性插值），针对与提前期相同的采购订单",
    ),
    _supply(
        name="approval_days", unit="days", better="lower", source=ARTICLES,
        english="Approval", chinese="审批等待时间",
        meaning="From raising a purchase order to sending it out.",
        meaning_chinese="采购订单从提出到发出的等待天数。",
        formula="mean of (released − placed) over purchase orders received in the measured time",
        formula_chinese="（发出 − 提出）的平均，针对统计期内收货的采购订单",
    ),
    _supply(
        name="dispatch_days", unit="days", better="lower",
        english="Wait at the supplier", chinese="供应商发货等待",
        meaning="From sending out a purchase order until its first goods leave: queue, outage, truck.",
        meaning_chinese="从发出采购订单到首批货物发出的天数：产能排队、停供、等待车辆。",
        formula="mean of (shipped − released) over purchase orders received in the measured time",
        formula_chinese="（发货 − 发出订单）的平均，针对统计期内收齐的采购订单",
    ),
    _supply(
        name="late_share", unit="share", better="lower",
        english="Late deliveries", chinese="延迟交货比例",
        meaning="Share of purchase orders that came after the promised date.",
        meaning_chinese="晚于承诺日期到货的采购订单比例。",
        formula="purchase orders complete after placed + promised lead time of the lane (where none is promised: its "
        "mean lead time; by express: its mean) ÷ purchase orders received; near one half where the mean is the "
        "promise, so compare it between suppliers and plans",
        formula_chinese="收齐晚于下单 + 渠道承诺提前期（未承诺时为平均提前期；加急为其平均值）的采购订单 ÷ "
        "已收货的采购订单；以平均值为承诺时接近一半，因此用于供应商或方案间比较",
    ),
    _supply(
        name="crossing_share", unit="share", better="neutral",
        english="Order crossing", chinese="订单交叉比例",
        meaning="Share of deliveries that overtook an earlier order of the same product.",
        meaning_chinese="后下的订单先到货的比例。",
        formula="purchase orders received before one of the same item that was placed earlier ÷ purchase "
        "orders received",
        formula_chinese="先于同一库存项更早下达的订单到货的采购订单 ÷ 已收货的采购订单",
    ),
    _supply(
        name="yield", unit="share", better="higher",
        english="Good goods", chinese="到货合格率",
        meaning="Share of the units that suppliers delivered that was fit for sale.",
        meaning_chinese="供应商到货数量中可供销售的比例。",
        formula="good units received from suppliers ÷ units received from suppliers",
        formula_chinese="来自供应商的合格收货数量 ÷ 来自供应商的收货数量",
    ),
    _supply(
        name="express_share", unit="share", better="neutral",
        english="By express", chinese="加急比例",
        meaning="Share of the units from suppliers that came by express.",
        meaning_chinese="来自供应商的数量中以加急方式到货的比例。",
        formula="good units received by express ÷ good units received from suppliers",
        formula_chinese="加急收货的合格数量 ÷ 来自供应商的合格收货数量",
    ),
    _supply(
        name="moved_units", unit="units", better="neutral",
        english="Units from other sites", chinese="网点间调运数量",
        meaning="Units that came from other sites of ours.",
        meaning_chinese="从其他自有网点收到的数量。",
        formula="units received from other sites, as replenishment or as a transfer",
        formula_chinese="作为补货或调拨从其他网点收到的数量",
    ),
    _supply(
        name="transfers", unit="count", better="neutral",
        english="Transfers", chinese="横向调拨次数",
        meaning="How often a site sent goods to another one to help out.",
        meaning_chinese="网点之间为互相支援而调拨的次数。",
        formula="transfers sent in the measured time, at a shortage or to balance what sites have",
        formula_chinese="统计期内发出的调拨次数，包括缺货时的调拨与为平衡库存的调拨",
    ),
    _supply(
        name="rescued_share", unit="share", better="neutral",
        english="Short lines helped by another site", chinese="缺货行中由其他网点支援的比例",
        meaning="Share of the order lines that met too little stock for which another site sent the rest.",
        meaning_chinese="库存不足的订单行中由其他网点调拨补足的比例。",
        formula="lines for which a transfer was sent ÷ lines that were not served in full at once",
        formula_chinese="为其发出调拨的订单行 ÷ 未能当场全部满足的订单行",
    ),
    _supply(
        name="response_time_days", unit="days", better="lower", source=ARTICLES,
        english="Replenishment response", chinese="补货响应时间",
        meaning="From need to goods: the lead time plus the time the need went unanswered.",
        meaning_chinese="从产生需求到货物到达：提前期加上需求未被处理的时间。",
        formula="Σ units · (received − needed) ÷ Σ units over purchase orders received; needed: since when the "
        "inventory "
        "position (on hand + on order − backlog) had been at or below the reorder point when the order was placed; "
        "unlike the lead time it counts the wait for the next review, and weighs by units",
        formula_chinese="Σ 数量 ·（收货 − 需求产生）÷ Σ 数量，针对已收货的采购订单；需求产生：下单时库存位置（"
        "现有 + 在途 − 欠货）从何时起不高于再订货点；与提前期不同，它计入等待下次检查的时间，并按数"
        "量加权",
    ),
    _supply(
        name="forecast_deviation", unit="share", better="lower", source=f"{ARTICLES}; WAPE",
        english="Forecast deviation", chinese="预测偏差率",
        meaning="How far daily demand was from the forecast, as a share of demand.",
        meaning_chinese="每日需求与预测的平均偏差占需求的比例。",
        formula="Σ |units wanted on a day − forecast in force at its start| ÷ Σ units wanted, over items and "
        "whole days; wanted by customers and by the sites that the item's site supplies",
        formula_chinese="Σ |当日需求数量 − 当日开始时有效的预测| ÷ Σ 需求数量，针对各库存项与完整的日；"
        "需求包括客户以及由该网点供货的其他网点",
    ),
    _supply(
        name="bullwhip", unit="ratio", better="lower", source="Chen, Drezner, Ryan & Simchi-Levi 2000",
        english="Bullwhip", chinese="牛鞭效应",
        meaning="How much more our orders swing than our customers' demand; 1: as much.",
        meaning_chinese="采购波动相对客户需求波动的倍数；1 表示相同。",
        formula="Σ over items of the variance of units ordered a week ÷ Σ of the variance of units wanted a "
        "week, over whole weeks; wanted by customers and by the sites that the item's site supplies",
        formula_chinese="Σ 各库存项每周订货数量的方差 ÷ Σ 每周需求数量的方差，针对完整的周；"
        "需求包括客户以及由该网点供货的其他网点",
    ),
    _supply(
        name="stock_accuracy", unit="share", better="higher", source=ARTICLES,
        english="Stock accuracy", chinese="库存准确率",
        meaning="Share of stock records that tell exactly what is on the shelf.",
        meaning_chinese="账面数量与货架实际数量完全一致的库存记录比例。",
        formula="share of the measured time in which record = shelf, averaged over all products at the sites that "
        "stock them; 1 in a market without wrong records. DeHoratius & Raman 2008 found 35 % of records right in this "
        "sense",
        formula_chinese="账面 = 货架的时间占统计期的比例，对各网点备货的全部产品取平均；市场未设定账实差异时为 1。"
        "DeHoratius 与 Raman（2008）按此口径测得 35% 的记录准确",
    ),
    _supply(
        name="units_shrunk", unit="units", better="lower",
        english="Units vanished", chinese="损耗数量",
        meaning="Units that vanished from the shelves unseen: theft, breakage.",
        meaning_chinese="未被察觉而从货架消失的数量：失窃、破损。",
        formula="units that vanished in the measured time, never more than were there",
        formula_chinese="统计期内消失的数量，不超过当时的现有库存",
    ),
    _supply(
        name="supplier_share/*", unit="share", better="neutral",
        english="Share of supplier", chinese="供应商份额",
        meaning="Share of the units received that a supplier brought.",
        meaning_chinese="某供应商到货数量占全部到货的比例。",
        formula="units received from the supplier ÷ units received",
        formula_chinese="来自该供应商的收货数量 ÷ 全部收货数量",
    ),
)  # fmt: skip
"""How goods came."""
