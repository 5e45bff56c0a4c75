"""The page docs/indicators.md, written from the definitions: ``python -m sim.kpi.handbook > docs/indicators.md``."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from sim.kpi.defined.indicator import Indicator
from sim.kpi.definitions import HEADLINE, INDICATORS, definition_of

_TITLES = {
    "service": "Service 服务",
    "customers": "Customers 客户",
    "capital": "Capital 资金",
    "supply": "Supply 供应",
    "money": "Money 金额",
}

_INTRODUCTION = """# Indicators 指标

This page is written from `sim/kpi/definitions.py`; change it there, then run
`python -m sim.kpi.handbook > docs/indicators.md`.

All indicators are read from the ledger of a run by `measure(ledger, warm_up_days)`, whichever engine wrote it.

* **Measured time** runs from the end of the warm-up to the horizon. An event counts if it happens in it: an order by
  the minute in which it is placed (with all that becomes of it later), a purchase order by placing or by receipt as
  the formula says, a lost customer by the minute of leaving. Levels (stock, customers) are averaged over it.
* Ratios are **ratios of sums**. What is undefined (no order, no receipt, …) is **NaN**, never 0.
* An **item** is a product at a site. **At once** means in the minute of the order from the site it was routed to.
* Shares are 0 … 1; amounts are in the market's currency and sums over the measured time, not per year; a year has
  365 days.
* **Little stock shrinks the market.** Customers lost to stock-outs order no more, so that a plan with little stock
  soon serves fewer orders, and its stock-out rate looks better than what those customers met. Read service together
  with the active customers and the revenue of lost customers; compare plans on the same futures.
* What a stock-out does to a customer's loyalty is an **assumption** of the market. "Lost to stock-outs" is exact within
  it: the same uniform number decides whether the customer leaves after the order as it went and as it would have gone.
* Where the table names the *source articles*, the definition follows the trade-press articles from which the project
  started.
"""


def page() -> str:
    """The whole page, in Markdown."""
    headline = ", ".join(
        f"{definition_of(name).english} ({definition_of(name).chinese})" for name in HEADLINE
    )
    parts = [_INTRODUCTION, f"The three headline indicators: {headline}.\n"]
    for group, title in _TITLES.items():
        parts.append(f"## {title}\n")
        parts.append(
            "| indicator | unit | better | what it says | formula | source |\n|---|---|---|---|---|---|"
        )
        parts.append("\n".join(_rows(group)) + "\n")
    return "\n".join(parts)


def _rows(group: str) -> Iterator[str]:
    for indicator in INDICATORS:
        if indicator.group == group:
            yield _row(indicator)


def _row(indicator: Indicator) -> str:
    named = f"**{indicator.english}** {indicator.chinese}<br>`{indicator.name}`"
    said = f"{indicator.meaning}<br>{indicator.meaning_chinese}"
    formula = f"{indicator.formula}<br>{indicator.formula_chinese}"
    cells = (named, indicator.unit, indicator.better, said, formula, indicator.source)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    sys.stdout.write(page())
