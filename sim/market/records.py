"""How stock records go wrong: wrong from the start, by goods that vanish unseen, by wrong entries."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.description import Description, NonNegative, Number, Share
from sim.market.distributions import Distribution, Geometric


class Records(Description):
    """How the recorded stock of a product at a site comes to differ from what is on its shelf.

    DeHoratius & Raman 2008 compared nearly 370 000 records of one retailer's 37 stores with the physical audit: at
    65 % of them the recorded quantity of that product in that store was not the quantity found there (any difference
    counts). Rekik, Syntetos & Glock 2019 (about a million records of 7 European retailers) found 60 % wrong, and as
    many records above the shelf as below it. How large errors are is an assumption of ours, and so is how often they
    happen.

    Attributes:
        wrong_at_start: Share of the records of stocked items that differ from the shelf at the start.
        error: Size of a wrong record or of a wrong entry, units, whatever its sign (rounded, at least 1).
        too_high: Share of errors that make the record higher than the shelf (stock that is not there).
        shrinkage: Units that vanish from the shelf unseen (theft, breakage) ÷ mean demand of the item, both a day. The
            record stays as it is.
        entry_errors: Wrong entries of an item a year, on at most one minute a day. The shelf stays as it is. (With 1 a
            year and a yearly audit, they alone would make 63 % of the records wrong.)
    """

    wrong_at_start: Share = 0.65
    error: Distribution = Field(default_factory=lambda: Geometric(mean=3))
    too_high: Share = 0.5
    shrinkage: NonNegative = 0.01
    entry_errors: Annotated[Number, Field(ge=0, le=365)] = 1.0
