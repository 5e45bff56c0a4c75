"""Definitions: money. All amounts are sums over the measured time, not per year."""

from __future__ import annotations

from functools import partial

from sim.kpi.defined.indicator import ACCOUNTING, Indicator

_money = partial(Indicator, group="money")

MONEY = (
    _money(
        name="revenue", unit="currency", better="higher", source=ACCOUNTING,
        english="Revenue", chinese="销售收入",
        meaning="What customers were billed.",
        meaning_chinese="向客户开票的金额。",
        formula="Σ units sold · price over orders placed in the measured time; a substitute is billed at its "
        "own market "
        "price; prices are the future's (in a history: those paid)",
        formula_chinese="Σ 售出数量 · 价格，针对统计期内下达的订单；替代品按其自身市场价计；价格属于未来（历史中为实"
        "际支付价）",
    ),
    _money(
        name="cost_of_goods", unit="currency", better="lower", source=ACCOUNTING,
        english="Cost of goods", chinese="销货成本",
        meaning="What the goods sold cost, dearer or cheaper lanes included.",
        meaning_chinese="已售货物的成本，含不同渠道的价差。",
        formula="Σ units sold · standard unit cost + Σ units received · (lane's unit cost − standard unit cost)",
        formula_chinese="Σ 售出数量 · 标准单位成本 + Σ 收货数量 ·（该渠道单位成本 − 标准单位成本）",
    ),
    _money(
        name="holding_cost", unit="currency", better="lower", source=ACCOUNTING,
        english="Holding cost", chinese="仓储持有成本",
        meaning="Space, handling, shrinkage and insurance of the stock.",
        meaning_chinese="库存的场地、搬运、损耗与保险费用。",
        formula="holding rate · mean stock value · measured years",
        formula_chinese="持有费率 · 平均库存金额 · 统计年数",
    ),
    _money(
        name="capital_cost", unit="currency", better="lower", source=ACCOUNTING,
        english="Cost of capital", chinese="资金成本",
        meaning="What the capital tied up costs.",
        meaning_chinese="占用资金的成本。",
        formula="capital rate · capital tied up (gross: supplier credit is taken to be paid for in the price) "
        "· measured "
        "years",
        formula_chinese="资金成本率 · 占用资金（总额：供应商账期视为已含在价格中）· 统计年数",
    ),
    _money(
        name="ordering_cost", unit="currency", better="lower", source=ACCOUNTING,
        english="Ordering cost", chinese="订货成本",
        meaning="What placing purchase orders cost.",
        meaning_chinese="下达采购订单的费用。",
        formula="Σ (the lane's order cost + the market's ordering cost) over purchase orders placed",
        formula_chinese="Σ（渠道订货成本 + 市场订货成本），针对已下达的采购订单",
    ),
    _money(
        name="lost_sale_cost", unit="currency", better="lower",
        english="Handling of lost sales", chinese="失销处理成本",
        meaning="What dealing with lines that were not served in the end cost.",
        meaning_chinese="处理最终未满足订单行的费用。",
        formula="handling cost · lines cancelled, bought from a competitor, abandoned or withdrawn",
        formula_chinese="处理成本 · 被取消、转向竞争对手、放弃等待或撤回的订单行数",
    ),
    _money(
        name="moving_cost", unit="currency", better="lower", source=ACCOUNTING,
        english="Moving between sites", chinese="网点间调运成本",
        meaning="What moving goods between our own sites cost, by unit.",
        meaning_chinese="在自有网点之间调运货物的单位费用合计。",
        formula="Σ units received from another site · transport cost of a unit; what an order or a transfer costs "
        "as such is in the ordering cost",
        formula_chinese="Σ 从其他网点收到的数量 · 单位运费；每次订单或调拨的固定费用计入订货成本",
    ),
    _money(
        name="write_offs", unit="currency", better="lower", source=ACCOUNTING,
        english="Goods written off", chinese="报损成本",
        meaning="Standard cost of goods that vanished from the shelf or were thrown away.",
        meaning_chinese="丢失或过期报废货物的标准成本。",
        formula="Σ units lost to shrinkage or at the end of their shelf life · standard unit cost",
        formula_chinese="Σ 因损耗或过期而失去的数量 · 标准单位成本",
    ),
    _money(
        name="clearing_loss", unit="currency", better="lower",
        english="Loss on clearing", chinese="清仓损失",
        meaning="What slow stock that was sold off had cost, less what it brought in.",
        meaning_chinese="清仓处理的滞销库存的成本减去回收金额。",
        formula="Σ units cleared · standard unit cost · (1 − recovery of the product's plan)",
        formula_chinese="Σ 清仓数量 · 标准单位成本 ·（1 − 该产品方案的回收率）",
    ),
    _money(
        name="cleared_units", unit="units", better="neutral",
        english="Units cleared", chinese="清仓数量",
        meaning="Units of slow stock that were sold off; they are neither sales nor demand.",
        meaning_chinese="清仓处理的滞销库存数量；不计入销售，也不计入需求。",
        formula="Σ units cleared",
        formula_chinese="Σ 清仓数量",
    ),
    _money(
        name="return_cost", unit="currency", better="lower", source=ACCOUNTING,
        english="Cost of returns", chinese="退货成本",
        meaning="What customers got back for returned goods, less the goods that can be sold again.",
        meaning_chinese="退还给客户的货款，减去可再次销售的货物价值。",
        formula="Σ units brought back · price paid − Σ of those that can be sold again · standard unit cost",
        formula_chinese="Σ 退回数量 · 支付价格 − Σ 其中可再次销售的数量 · 标准单位成本",
    ),
    _money(
        name="remedy_cost", unit="currency", better="lower",
        english="Cost of remedies", chinese="补救措施成本",
        meaning="What counting, coupons, win-back, agreements and the like cost.",
        meaning_chinese="盘点、优惠券、挽回客户、供货协议等措施的费用。",
        formula="Σ cost of all notes in the measured time, each kind as defined in the model's description",
        formula_chinese="统计期内各项记录的费用之和，各类定义见模型说明",
    ),
    _money(
        name="profit", unit="currency", better="higher",
        english="Profit", chinese="利润",
        meaning="Revenue less all of these costs and the cost of replacing lost customers.",
        meaning_chinese="收入减去上述成本及补充流失客户的成本。",
        formula="revenue − cost of goods − holding − capital − ordering − lost sales − moving − write-offs − "
        "loss on clearing − returns − remedies − replacement; other overheads are the same under every plan and "
        "left out",
        formula_chinese="收入 − 销货成本 − 持有成本 − 资金成本 − 订货成本 − 失销处理成本 − 调运 − 报损 "
        "− 清仓损失 − 退货 "
        "− 补救措施 − 补充客户成本；其他费用在各方案下相同，未计入",
    ),
    _money(
        name="margin_lost", unit="currency", better="lower",
        english="Margin lost", chinese="损失的毛利",
        meaning="Margin of the units that customers wanted and never got; not part of the profit.",
        meaning_chinese="客户想买而未得的数量所对应的毛利；不计入利润。",
        formula="Σ units lost · (price − standard unit cost)",
        formula_chinese="Σ 失去的数量 ·（价格 − 标准单位成本）",
    ),
)  # fmt: skip
"""Revenue, costs, profit."""
