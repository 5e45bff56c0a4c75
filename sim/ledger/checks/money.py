"""Cents: what was billed is what left the stock, at the prices of the future and the market."""

from __future__ import annotations

import numpy as np

from sim.future.future import Ints
from sim.ledger.checks.inspection import Inspection
from sim.ledger.entries import Outcome
from sim.ledger.flows import Flow, in_building
from sim.ledger.joined import Joined


def check_money(inspection: Inspection) -> None:
    """Revenue summed over the lines is revenue summed over the units that left the building."""
    data = inspection.data
    flow = in_building(data)
    left = flow.line >= 0
    units, line, item = -flow.units[left], flow.line[left], flow.item[left]
    shipped = int(np.sum(units * _price_cents(data, Flow(flow.minute[left], item, units, line))))
    billed = int(data.line_revenue_cents.sum())
    inspection.equal("cents billed on lines = cents of the units that left the building", billed, shipped)
    inspection.equal(
        "units billed = units that left the building",
        int((data.units_now + data.units_else).sum()),
        int(units.sum()),
    )
    placed = data.line_placed
    inspection.rows("nothing is billed without an order", "lines", ~placed & (data.line_revenue_cents != 0))


def _price_cents(data: Joined, flow: Flow) -> Ints:
    """Price of every unit that left: the line's own for its product, the market's for a substitute."""
    product = flow.item % data.products
    replaced = (data.outcome[flow.line] == Outcome.SUBSTITUTED) & (
        product != data.ledger.future.lines.product[flow.line]
    )
    return np.where(replaced, data.price_cents[product], data.ledger.future.lines.unit_price_cents[flow.line])
