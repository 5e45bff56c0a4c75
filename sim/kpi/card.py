"""What the walk through time keeps: a card for every item, and totals over all of them.

Compiled loops hand single rows over: a row is one pointer, an array a dozen numbers.
"""

from __future__ import annotations

import numpy as np

from sim.ledger.ledger import Rows

NO_POINT = -(1 << 62)
"""Reorder point of an item that has none: no position is as low."""

CARD = np.dtype([
    ("on_hand", "i8"),            # units on the shelf
    ("taken_min", "i8"),          # when a unit was taken last; -1: never
    ("position", "i8"),           # inventory position, units
    ("reorder_point", "i8"),      # the one in force
    ("low_since", "i8"),          # since when position <= reorder point; -1: it is not
    ("wanted", "i8"),             # units wanted in the measured time
    ("day", "i8"),                # the last measured day on which units were wanted; -1: none yet
    ("wanted_of_day", "i8"),      # units wanted on it so far
    ("demand_week", "i8"),        # the last week with demand, counted from the start of the measured time; -1: none
    ("demand_of_week", "i8"),     # units in that week so far
    ("demand_of_weeks", "i8"),    # units in all whole weeks so far
    ("forecast_of_day", "f8"),    # units a day, in force at the start of ``day``; NaN: none
    ("forecast", "f8"),           # the newest
    ("forecast_day", "i8"),       # first day on which it is in force
    ("forecast_before", "f8"),    # the one in force until then
    ("order_week", "i8"),         # the same for units that planners ordered
    ("order_of_week", "i8"),
    ("order_of_weeks", "i8"),
    ("ready_min", "i8"),          # measured minutes with stock: left at its coming less left at running out, summed
    ("cycle_min", "i8"),          # last measured receipt; -1: none yet
    ("cycle_short", "i8"),        # whether a line was short since
    ("turned_min", "i8"),         # the last minute in which ``low_since`` began or ended; -1: none
    ("low_before", "i8"),         # ``low_since`` at the end of the minute before that one
])  # fmt: skip
"""One row an item (a product at a site); what most lines touch comes first."""

TOTAL = np.dtype([
    ("cents", "i8"),              # value in the building now
    ("minute", "i8"),             # of its last change
    ("peak", "i8"),               # highest value at the end of any measured minute, cents
    ("unit_minutes", "i8"),       # units in the building, integrated over the measured time
    ("cent_minutes", "i8"),       # value in the building, integrated over the measured time
    ("cycles", "i8"),             # from one measured receipt of an item to its next
    ("cycles_fine", "i8"),        # those without a short line
    ("response", "i8"),           # units x (received - needed) summed over measured receipts; unit minutes
    ("demand_week_squares", "i8"),    # squares of an item's demand in a week, summed over items and whole weeks
    ("demand_item_squares", "i8"),    # squares of an item's demand in all whole weeks, summed over items
    ("order_week_squares", "i8"),     # the same for units that planners ordered
    ("order_item_squares", "i8"),
    ("deviation", "f8"),          # |units wanted - forecast| summed over items and days for which there is a forecast
    ("forecast_demand", "i8"),    # units wanted on those days
    ("written_off", "i8"),        # standard cost of units that vanished or were thrown away, cents
])  # fmt: skip
"""One row for all items. Goods put aside for an order are in the building until they are shipped."""


def new_cards(items: int) -> Rows:
    """Cards on which nothing has happened yet."""
    blank = np.zeros((), CARD)
    for name in CARD.names or ():
        if CARD[name].kind == "f":
            blank[name] = np.nan
    for name in (
        "taken_min",
        "low_since",
        "day",
        "demand_week",
        "order_week",
        "cycle_min",
        "turned_min",
        "low_before",
    ):
        blank[name] = -1
    blank["reorder_point"] = NO_POINT
    return np.full(items, blank)
