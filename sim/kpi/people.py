"""One pass over the customers: who was there how long, and who was lost in the measured time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.future.future import Ints
from sim.jit import kernel
from sim.kpi.window import Window, minutes_left
from sim.ledger.entries import Fate
from sim.ledger.joined import Joined
from sim.ledger.ledger import Ledger, Rows

PEOPLE = np.dtype([
    ("naturally", "i8"),          # customers who left for reasons of their own
    ("stockout", "i8"),           # customers lost to the stock-out of their last order
    ("earlier", "i8"),            # customers lost to stock-outs before it
    ("reputation", "i8"),         # prospects lost to reputation
    ("minutes", "i8"),            # customers who have joined and not left, integrated over the measured time
])  # fmt: skip
"""Sums over customers by what they did in the measured time: leave, or arrive and not join."""


def minutes_away(window: Window, ledger: Ledger) -> int:
    """Measured minutes in which customers who were won back were gone, of all together."""
    left, back = Joined(ledger).away
    came = left >= 0
    pairs = zip(left[came].tolist(), back[came].tolist(), strict=True)
    return sum(minutes_left(window, start) - minutes_left(window, stop) for start, stop in pairs)


@kernel
def walk_people(window: Window, customers: Rows, arrives_min: Ints, sums: Rows) -> NDArray[np.bool_]:
    """Fills one row ``PEOPLE``; returns which customers were lost to stock-outs in the measured time."""
    people, lost = sums[0], np.zeros(len(customers), np.bool_)
    for number in range(len(customers)):
        row = customers[number]
        fate, left = int(row["fate"]), row["left_min"]
        if row["joined_min"] >= 0:
            people["minutes"] += minutes_left(window, row["joined_min"])
        if left >= 0:
            people["minutes"] -= minutes_left(window, left)
        if left >= window.start_min:
            people["naturally"] += int(fate == Fate.LEFT_NATURALLY)
            people["stockout"] += int(fate == Fate.LOST_TO_STOCKOUT)
            people["earlier"] += int(fate == Fate.LOST_TO_EARLIER)
            lost[number] = fate == Fate.LOST_TO_STOCKOUT or fate == Fate.LOST_TO_EARLIER  # noqa: PLR1714
        if fate == Fate.LOST_TO_REPUTATION and arrives_min[number] >= window.start_min:
            people["reputation"] += 1
    return lost
