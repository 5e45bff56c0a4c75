"""Stock held back for the day on which the supplier is out."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.description import Days, Description, Whole


class Reserve(Description):
    """An emergency reserve of each item, beside its normal stock and in the same building.

    It is filled at the start, put onto the shelf when the supplier of the item's preferred lane goes down, and filled
    again from what is received once he is up. Nobody sells or promises it before.

    Attributes:
        days: Days of the demand that the planner expects at the start.
        units: Units; None: from ``days``.
    """

    days: Days = 3.0
    units: Annotated[Whole, Field(ge=0, le=1_000_000_000)] | None = None
