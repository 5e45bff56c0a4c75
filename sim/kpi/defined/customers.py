"""Definitions: customers."""

from __future__ import annotations

from functools import partial

from sim.kpi.defined.indicator import ARTICLES, Indicator

_customers = partial(Indicator, group="customers")

CUSTOMERS = (
    _customers(
        name="customers_lost_to_stockouts", unit="count", better="lower",
        english="Customers lost to a stock-out", chinese="因缺货流失的客户数",
        meaning="Customers who left after an order and would have stayed had it been served.",
        meaning_chinese="在某次订单后离开、若当次得到满足便会留下的客户。",
        formula="customers whose leave number (one uniform number an order) is below their leave probability "
        "after the "
        "order as it went and not below the one after the same order served in full at once",
        formula_chinese="离开随机数（每个订单一个均匀随机数）低于该订单实际结果之后的离开概率、但不低于同一订单当场全部满"
        "足之后的离开概率的客户数",
    ),
    _customers(
        name="customers_lost_to_earlier", unit="count", better="lower",
        english="Customers lost to earlier stock-outs", chinese="因以往缺货流失的客户数",
        meaning="Customers who left after a good order because of goodwill lost before.",
        meaning_chinese="当次服务良好、却因以往好感度下降而离开的客户。",
        formula="customers whose leave number is below their leave probability even with this order served, and not "
        "below the one at full goodwill",
        formula_chinese="离开随机数低于本次订单得到满足时的离开概率、但不低于好感度完好时的离开概率的客户数",
    ),
    _customers(
        name="customers_lost_naturally", unit="count", better="neutral",
        english="Customers lost naturally", chinese="自然流失的客户数",
        meaning="Customers who would have left with perfect service too.",
        meaning_chinese="即使服务完美也会离开的客户。",
        formula="customers whose natural end, part of the future, came first",
        formula_chinese="自然终点（属于未来的一部分）先到的客户数",
    ),
    _customers(
        name="customers_won_back", unit="count", better="higher",
        english="Customers won back", chinese="挽回的客户数",
        meaning="Customers lost to stock-outs who came back after they were contacted.",
        meaning_chinese="因缺货流失、经联系后又回来的客户。",
        formula="returns in the measured time; who has come back no longer counts as lost (unless he leaves again)",
        formula_chinese="统计期内回来的客户数；回来者不再计为流失（除非再次离开）",
    ),
    _customers(
        name="customer_loss_rate", unit="share a year", better="lower",
        english="Customers lost to stock-outs a year", chinese="客户流失率（因缺货，年）",
        meaning="Share of the active customers whom stock-outs drive away in a year.",
        meaning_chinese="一年内因缺货流失的客户占活跃客户的比例。",
        formula="(lost to a stock-out + lost to earlier ones, without those who came back) ÷ measured years ÷ mean "
        "active customers; may exceed 1 "
        "when newcomers replace the lost within the year",
        formula_chinese="（因缺货流失 + 因以往缺货流失，不含已挽回者）÷ 统计年数 ÷ 平均活跃客户数；若年内有新"
        "客户补充流失者，可能超过 1",
    ),
    _customers(
        name="loss_per_exposure", unit="share", better="lower", source=ARTICLES,
        english="Loss per exposure", chinese="客户流失率（遇缺货后）",
        meaning="Share of the customers hit by a stock-out who never bought again, whatever the reason.",
        meaning_chinese="遇到缺货后再未购买的客户占遇到缺货客户的比例（不论原因）。",
        formula="customers without any order after their last watched stock-out ÷ customers with a watched stock-out; "
        "watched: up to 90 days before the end (a quarter of the measured time if that is shorter), because "
        "later ones "
        "had no time to return; natural drop-out is included, so compare it between plans",
        formula_chinese="最后一次受观察的缺货之后再无订单的客户 ÷ 遇到过受观察缺货的客户；受观察：期末 90 天（若统"
        "计期的四分之一更短，则取之）之前，因为更晚者来不及回头；含自然流失，因此只用于方案间比较",
    ),
    _customers(
        name="repurchase_after_stockout", unit="share", better="higher", source=ARTICLES,
        english="Repurchase after a stock-out", chinese="缺货后复购率",
        meaning="Share of orders hit by a stock-out after which the customer bought again within 90 days.",
        meaning_chinese="缺货订单之后 90 天内客户再次购买的比例。",
        formula="orders hit and followed by another order of the customer within 90 days ÷ orders hit; only orders at "
        "least 90 days before the end (a quarter of the measured time if that is shorter, for both)",
        formula_chinese="遇到缺货且 90 天内该客户再次下单的订单 ÷ 遇到缺货的订单；只计期末至少 90 天（若统计期"
        "的四分之一更短，两处均取之）之前的订单",
    ),
    _customers(
        name="repurchase_after_service", unit="share", better="higher", source=ARTICLES,
        english="Repurchase after good service", chinese="正常供货后复购率",
        meaning="The same after orders that were served in full: what to compare with.",
        meaning_chinese="正常满足的订单之后的复购比例，用于对照。",
        formula="as repurchase after a stock-out, over orders served in full at once",
        formula_chinese="同缺货后复购率，但针对当场全部满足的订单",
    ),
    _customers(
        name="revenue_of_lost_customers", unit="currency", better="lower",
        english="Revenue of lost customers", chinese="流失客户的收入损失",
        meaning="What customers lost to stock-outs would still have ordered until the end.",
        meaning_chinese="因缺货流失的客户在剩余期间本会带来的销售额。",
        formula="Σ units · price of the potential orders of customers lost (both kinds) from their leaving to their "
        "natural end or the horizon, as far as they would have been placed at full goodwill",
        formula_chinese="Σ 流失客户（两类）从离开到自然终点或期末的潜在订单的数量 · 价格，只计好感度完好时会下达的订"
        "单",
    ),
    _customers(
        name="orders_stayed_away", unit="count", better="lower",
        english="Orders that stayed away", chinese="因失望而未下的订单数",
        meaning="Orders that customers who are still there took elsewhere, for lack of goodwill.",
        meaning_chinese="仍在的客户因好感度下降而转往他处的订单。",
        formula="potential orders not placed because of the present propensity that would have been placed at "
        "full goodwill",
        formula_chinese="因当前下单意愿而未下、好感度完好时本会下达的潜在订单数",
    ),
    _customers(
        name="prospects_lost_to_reputation", unit="count", better="lower",
        english="Prospects lost to reputation", chinese="因口碑失去的潜在客户数",
        meaning="Newcomers who would have joined had nobody spoken badly of the firm.",
        meaning_chinese="若口碑良好本会成为客户的潜在客户。",
        formula="prospects whose conversion number lies between today's conversion and that of a spotless reputation",
        formula_chinese="转化随机数介于当前转化率与口碑无瑕时转化率之间的潜在客户数",
    ),
    _customers(
        name="replacement_cost", unit="currency", better="lower", source=ARTICLES,
        english="Cost of replacing lost customers", chinese="补充流失客户的成本",
        meaning="What it costs to win newcomers for those lost to stock-outs.",
        meaning_chinese="为弥补因缺货流失的客户而获取新客户的费用。",
        formula="customers lost (both kinds) · new customers per lost one · cost of acquiring one",
        formula_chinese="流失客户数（两类）· 每流失一位所需新客户数 · 获取一位的费用",
    ),
    _customers(
        name="active_customers", unit="count", better="higher",
        english="Active customers", chinese="活跃客户数（平均）",
        meaning="How many customers there were, on average over time.",
        meaning_chinese="期间内平均在册客户数。",
        formula="time average of customers who have joined and not left",
        formula_chinese="已加入且未离开的客户数的时间平均",
    ),
    _customers(
        name="coupons_given", unit="count", better="neutral",
        english="Coupons given", chinese="发放的优惠券数",
        meaning="Coupons to customers whose order had disappointed them.",
        meaning_chinese="发给订单令其失望的客户的优惠券。",
        formula="orders closed in the measured time with a disappointment above 0, if the plan gives coupons",
        formula_chinese="统计期内以失望（大于 0）结束的订单数（方案发放优惠券时）",
    ),
    _customers(
        name="coupon_cost", unit="currency", better="lower",
        english="Cost of coupons", chinese="优惠券成本",
        meaning="What the coupons cost that are redeemed; part of the cost of remedies.",
        meaning_chinese="被使用的优惠券的成本；计入补救措施成本。",
        formula="Σ coupons given · value · share redeemed (an assumption), booked when given",
        formula_chinese="Σ 发放的优惠券 · 面值 · 使用比例（假设），发放时入账",
    ),
    _customers(
        name="win_back_cost", unit="currency", better="lower",
        english="Cost of winning back", chinese="挽回客户的成本",
        meaning="What contacting lost customers cost; part of the cost of remedies.",
        meaning_chinese="联系流失客户的费用；计入补救措施成本。",
        formula="Σ contacts · cost of one",
        formula_chinese="Σ 联系次数 · 单次费用",
    ),
)  # fmt: skip
"""What became of the customers."""
