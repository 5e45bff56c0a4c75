"""What else can be said of how goods come: late, in part, in parts, quicker for more money, cheaper in bulk."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated

from pydantic import Field

from sim.description import Description, Money, Number, Positive, Share, Whole
from sim.market.distributions import Constant, Distribution


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
