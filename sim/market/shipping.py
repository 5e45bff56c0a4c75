"""What else can be said of how goods come: late, in part, in parts, quicker for more money, cheaper in bulk."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated

from pydantic import Field

from sim.description import Description, Money, Number, Positive, PositiveDays, Share, Whole
from sim.market.distributions import Constant, Distribution


class LeadTimeCorrelation(Description):
    """A supplier's lead times are alike: when he is slow, he is slow for a while, and for all that he ships.

    A normal score stands behind each lead time (a Gaussian copula, which leaves every lane's distribution as it is);
    those of two orders d days apart correlate by share · exp(−d ÷ days), whatever their lanes. The defaults give two
    orders a week apart 0.28, the lag-1 autocorrelation of consecutive shipments in the SCMS data.

    Attributes:
        share: Correlation of two orders of one day.
        days: Days after which the correlation has fallen to 1/e of that.
    """

    share: Share = 0.5
    days: PositiveDays = 12.0


class Delays(Description):
    """Something on the way now and then makes a delivery late.

    Attributes:
        probability: Share of lead times that are longer than usual.
        days: How much longer, days.
    """

    probability: Share = 0.05
    days: Distribution = Field(default_factory=lambda: Constant(value=7.0))


class PartialDelivery(Description):
    """A shipment that now and then comes in two parts.

    Attributes:
        probability: Share of purchase orders that come in two parts.
        first_share: Share of the order's units in the first part.
        rest_after: Days from the first part to the rest.
    """

    probability: Share = 0.1
    first_share: Annotated[Number, Field(gt=0, lt=1)] = 0.5
    rest_after: Distribution = Field(default_factory=lambda: Constant(value=7.0))


class PriceBreak(Description):
    """From so many units on, every unit of the order costs less (all-units discount).

    Attributes:
        units: Smallest order that gets the discount.
        factor: Cost of a unit ÷ the lane's usual cost of a unit.
    """

    units: Annotated[Whole, Field(ge=1, le=1_000_000_000)]
    factor: Annotated[Number, Field(gt=0, lt=1)]


class Express(Description):
    """A quicker way on the same lane, for more money.

    Attributes:
        lead_time: From order to receipt, days.
        unit_cost_factor: Cost of a unit ÷ its usual cost on the lane.
        order_cost: Currency per express order, instead of the lane's own ``order_cost``.
    """

    lead_time: Distribution = Field(default_factory=lambda: Constant(value=1.0))
    unit_cost_factor: Positive = 1.5
    order_cost: Money = 0.0


def rising_breaks(breaks: tuple[PriceBreak, ...]) -> tuple[PriceBreak, ...]:
    """Refuses price breaks at which more units do not mean a lower price.

    Raises:
        ValueError: units that do not increase, or factors that do not decrease.
    """
    for low, high in pairwise(breaks):
        if high.units <= low.units:
            raise ValueError(f"units must increase from break to break: {high.units} follows {low.units}")
        if high.factor >= low.factor:
            raise ValueError(f"factors must decrease from break to break: {high.factor} follows {low.factor}")
    return breaks


def sensible_yield(share: Distribution | None) -> Distribution | None:
    """Refuses a yield that is a percentage, or that never brings anything.

    Raises:
        ValueError: a mean that is not a share.
    """
    if share is not None and not 0 < share.mean() <= 1:
        raise ValueError(
            f"its mean is {share.mean():.6g}; it must be above 0 and at most 1 (a share, 0.95 for 95 %)"
        )
    return share
