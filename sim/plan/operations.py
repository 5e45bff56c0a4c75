"""The way of working: who orders and when, what the planner knows of the stock and how old it is."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from sim.description import Days, Description, Money, Share, Whole
from sim.plan.replenishment import WholeDays
from sim.units import parse_days

Weekday = Annotated[Whole, Field(ge=0, le=6)]
Interval = Annotated[float, Field(ge=1 / 24, le=365, allow_inf_nan=False), BeforeValidator(parse_days)]


class Counts(Description):
    """Days between counts of an item by its ABC class, the first one after so many days; None: never counted."""

    A: WholeDays | None = None
    B: WholeDays | None = None
    C: WholeDays | None = None


class Operations(Description):
    """How the work is done. With the defaults the computer orders by itself and everything is known at once.

    Attributes:
        ordering: ``automatic``: what is needed is ordered at once; ``manual``: somebody has to act first.
        reaction_days: Manual ordering: days until he acts. The purchase order is raised when the need is seen; it goes
            out after the reaction and the approval.
        approval_days: Days until a purchase order is approved and goes out.
        pre_authorised: Orders of at most this value (units · unit cost, currency) need no approval; None: all do.
        working_days: Days of the week on which people work, 0 Monday … 6 Sunday; None: all. Reaction and approval
            take working time only (a day that is worked counts in full), and periodic reviews and counts that fall on
            another day move to the next working day. What computers do goes on every day.
        plans_with_approval: Whether the planner counts reaction and approval into the lead time he plans and promises
            with (in calendar days, for an order of the usual size).
        alert: Under periodic review, an item whose recorded stock on hand is at this line or below after a customer's
            order is looked at at once; what is then ordered is its policy's business.
        stock_known_every_days: The planner sees the stock of every so many days (1: of this midnight), plus what he
            ordered since; None: live.
        data_lag_days: What he sees was noted so many days earlier; without ``stock_known_every_days`` it is noted
            every day. He knows the opening stock at once.
        entry_accuracy: Share of wrong entries, those of before the start included, that are prevented (scanners, checks
            at the goods-in). Vanishing goods it does not prevent.
        counts: Cycle counts: a count sets the record right.
        channel_sync_days: Days between updates of the stock that is published online, from minute 0 on; in between only
            what is ordered online is taken off. 0: always up to date.
    """

    ordering: Literal["automatic", "manual"] = "automatic"
    reaction_days: Days = 1.0
    approval_days: Days = 0.0
    pre_authorised: Money | None = None
    working_days: Annotated[tuple[Weekday, ...], Field(min_length=1, max_length=7)] | None = None
    plans_with_approval: bool = True
    alert: Literal["none", "safety_stock", "reorder_point"] = "none"
    stock_known_every_days: Interval | None = None
    data_lag_days: Days = 0.0
    entry_accuracy: Share = 0.0
    counts: Counts = Counts()
    channel_sync_days: Annotated[
        float, Field(ge=0, le=365, allow_inf_nan=False), BeforeValidator(parse_days)
    ] = 0.0

    @property
    def live(self) -> bool:
        """Whether the planner sees the stock as it is recorded now."""
        return self.stock_known_every_days is None and self.data_lag_days == 0

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.working_days is not None and len(set(self.working_days)) < len(self.working_days):
            raise ValueError(f"working_days = {list(self.working_days)} names a day twice")
        if self.alert != "none" and not self.live:
            raise ValueError(
                f"alert = {self.alert} needs live stock: leave stock_known_every_days and data_lag_days out"
            )
        return self
