"""Lateral transfers: sites of the same rank help each other out."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from sim.description import Days, Description, Money, Whole
from sim.units import to_minutes


class Proactive(Description):
    """Regular rounds in which sites with much cover send goods to sites with little.

    Attributes:
        every_days: Days between rounds; the first one comes after so many days.
        trigger_days: A site gets goods when what it has covers fewer days of its forecast than this; None: than its
            lead time.
    """

    every_days: Annotated[Whole, Field(ge=1, le=3_650)] = 7
    trigger_days: Days | None = None


class Transfers(Description):
    """When goods go from one site to another beside the usual lanes.

    Attributes:
        reactive: Whether a site that cannot serve a line gets the missing units from the nearest one that can spare
            them, if the customer's patience lasts until they come. (Assumed: he then waits, whatever else he would
            have done.)
        proactive: Regular rounds; None: there are none.
        time: From one shelf to the other, days.
        cost: Currency a transfer.
        unit_cost: Currency a unit.
        hold_back_days: So many days of its forecast a site keeps for itself; None: its safety stock.
    """

    reactive: bool = False
    proactive: Proactive | None = None
    time: Days = 1.0
    cost: Money = 0.0
    unit_cost: Money = 0.0
    hold_back_days: Days | None = None

    @model_validator(mode="after")
    def _takes_time(self) -> Self:
        if to_minutes(self.time) < 1:
            raise ValueError("time: a transfer takes at least a minute")
        return self
