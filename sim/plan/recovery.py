"""What we do for customers whom a stock-out disappointed.

These are only the switches; how customers take each remedy is an assumption of the market
(:class:`sim.market.recovery.RemedyEffects`).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.description import Description, Money, Number, PositiveDays

Queue = Literal["first_come", "most_valuable", "newcomers_first"]


class WinBack(Description):
    """Customers lost to stock-outs are contacted, each at most once.

    Attributes:
        after_days: Days from leaving to the contact.
        cost: Currency per contact.
    """

    after_days: PositiveDays = 30.0
    cost: Money = 5.0


class Recovery(Description):
    """Remedies for disappointed customers; all off unless given.

    Attributes:
        notice: Whether a customer who meets an empty shelf is told when the goods are expected: the expected date of
            the item's earliest open purchase order (now, if that is overdue) or, with none on order, now + the lead
            time that the planner counts on. Who else waits is not looked at.
        recommend: Whether substitutes are recommended.
        coupon: Value of the coupon that everybody gets whose order disappointed him, when the order is closed,
            currency; None: no coupons.
        queue: Who of those who wait for an item is served first when goods arrive: ``first_come``; ``most_valuable``:
            who has placed more and larger orders so far ((orders + 1) × mean order value of the segment when he joins
            the queue; ties: first come); ``newcomers_first``: nobody takes care of who waits: goods go onto the shelf
            for whoever comes, and what is left in the last minute of the day goes to the waiting, first come.
        win_back: Contact to lost customers; None: they are not contacted.
    """

    notice: bool = False
    recommend: bool = False
    coupon: Annotated[Number, Field(gt=0, le=1e6)] | None = None
    queue: Queue = "first_come"
    win_back: WinBack | None = None
