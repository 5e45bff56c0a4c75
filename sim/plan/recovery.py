"""What we do for customers whom a stock-out disappointed.

These are only the switches; how customers take each remedy is an assumption of the market
(:class:`sim.market.recovery.TakenRemedies`).
"""

from __future__ import annotations

from typing import Literal

from sim.description import Description

Queue = Literal["first_come", "most_valuable"]


class Recovery(Description):
    """Remedies for disappointed customers; all off unless given.

    Attributes:
        queue: Who of those who wait for an item is served first when goods arrive: ``first_come``, or
            ``most_valuable``: who has placed more and larger orders so far ((orders + 1) × mean order value of the
            segment when he joins the queue; ties: first come).
    """

    queue: Queue = "first_come"
