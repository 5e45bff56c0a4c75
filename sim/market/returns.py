"""Goods that customers send back."""

from __future__ import annotations

from pydantic import Field

from sim.description import Description, Share
from sim.market.distributions import Constant, Distribution


class Returns(Description):
    """How often customers send a product back; who does sends back the whole line.

    Defaults are assumptions.

    Attributes:
        share: Share of the lines of this product that come back.
        after: Days from the order to the return (rounded, at least a minute).
        resalable: Share of returned lines that can be sold again.
    """

    share: Share = 0.1
    after: Distribution = Field(default_factory=lambda: Constant(value=14.0))
    resalable: Share = 0.8
