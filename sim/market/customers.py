"""Customer segments: how many, how often they order, how long they stay, what they do when the shelf is empty."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from sim.description import Description, NonNegative, Number, Positive, Share, Shares, Whole
from sim.market.distributions import Constant, Distribution
from sim.market.loyalty import Goodwill, Loyalty
from sim.market.recovery import RemedyEffects
from sim.own import OwnFunction


class OrderRate(Description):
    """Orders a day of one customer, gamma-mixed across customers.

    Attributes:
        mean_per_day: Mean over the customers.
        shape: r of the gamma mixture (BG/NBD's r; its α is then shape ÷ mean_per_day days); None: all alike.
    """

    mean_per_day: Annotated[Number, Field(gt=0, le=1_440)] = 0.1
    shape: Positive | None = None


class NoDropOut(Description):
    """Customers stay until a stock-out drives them away."""

    kind: Literal["none"] = "none"


class BgNbd(Description):
    """After every order a customer leaves with his own probability p ~ Beta(a, b) (Fader, Hardie & Lee 2005)."""

    kind: Literal["bg_nbd"] = "bg_nbd"
    a: Positive = 0.793
    b: Positive = 2.426


class ParetoNbd(Description):
    """An exponential lifetime with rate μ a day, gamma-mixed across customers (Schmittlein et al. 1987).

    Attributes:
        rate_per_day: Mean of μ over the customers; 1 ÷ mean lifetime when ``shape`` is None.
        shape: s of the gamma mixture; None: all alike.
    """

    kind: Literal["pareto_nbd"] = "pareto_nbd"
    rate_per_day: Annotated[Number, Field(gt=0, le=100)] = 0.001
    shape: Positive | None = None


DropOut = Annotated[NoDropOut | BgNbd | ParetoNbd, Field(discriminator="kind")]


class OwnResponse(OwnFunction):
    """``function(shortage, day, **parameters)`` says what a customer does about missing units.

    ``shortage`` is a :class:`sim.world.state.Shortage` (``units``, ``missing``; ``other_site``, ``substitute``,
    ``wait``: whether these are possible; ``uniform``: the line's own random number, ``goodwill``, ``strikes``).
    The answer is one of ``Outcome.OTHER_SITE``, ``SUBSTITUTED``, ``WAITING``, ``COMPETITOR``, ``CANCELLED`` of
    :class:`sim.ledger.entries.Outcome`, and must be possible.
    """

    GIVEN: ClassVar[tuple[str, ...]] = ("shortage", "day")
    PLACE: ClassVar[str] = "response.own.function"


class Response(Description):
    """What a customer does about units that are not there; probabilities that must add up to 1.

    Defaults: Gruen, Corsten & Bharadwaj 2002 (worldwide retail): other shop 31 % (competitor), other brand 26 % and
    same brand other item 19 % (substitute), delay 15 % (wait), no purchase 9 % (cancel). What is impossible at the
    moment (no substitute in stock, no other site with stock) is dropped and the rest rescaled. With ``own`` a function
    of a researcher's decides instead.
    """

    other_site: Share = 0.0
    substitute: Share = 0.45
    wait: Share = 0.15
    cancel: Share = 0.09
    competitor: Share = 0.31
    own: OwnResponse | None = None

    @model_validator(mode="after")
    def _sums_to_one(self) -> Self:
        total = self.other_site + self.substitute + self.wait + self.cancel + self.competitor
        if abs(total - 1) > 1e-6:
            raise ValueError(f"the probabilities add up to {total:.6g}; they must add up to 1")
        return self


class Prospects(Description):
    """People who may become customers.

    Attributes:
        per_day: Prospects a day (Poisson).
        conversion: Share that becomes a customer while the reputation is spotless.
        word_of_mouth: Share of those conversions lost when reputation is 0 (linear between).
        reputation_memory: Weight of the newest order in the segment's reputation R ← (1 − m)·R + m·(1 − d).
    """

    per_day: NonNegative = 0.0
    conversion: Share = 1.0
    word_of_mouth: Share = 0.0
    reputation_memory: Share = 0.01


class Segment(Description):
    """A group of customers that behave alike but are individuals.

    Attributes:
        customers: Customers at the start.
        regions: Share of the customers by home region, together 1; None: evenly over all regions.
        order_rate: How often they order.
        drop_out: How they leave for reasons of their own.
        lines_per_order: Lines of an order (rounded, at least 1).
        units_per_line: Units of a line (rounded, at least 1).
        popularity: Weight of each product; None: the products' own. Products not named are never ordered.
        partial_delivery: Whether a line or an order may be served in part.
        channel: ``online``: they order by the stock that is published (``operations.channel_sync_days``); ``shop``: by
            what they see on the shelf.
        patience: Days a waiting customer waits; None: for ever.
        response: What they do at a stock-out.
        loyalty: What a stock-out does to their loyalty: a preset's name or a model.
        prospects: Newcomers.
        recovery: How they take what is done for them after a stock-out.
    """

    customers: Annotated[Whole, Field(ge=0, le=10_000_000)] = 100
    regions: Shares | None = None
    order_rate: OrderRate = OrderRate()
    drop_out: DropOut = NoDropOut()
    lines_per_order: Distribution = Field(default_factory=lambda: Constant(value=1))
    units_per_line: Distribution = Field(default_factory=lambda: Constant(value=1))
    popularity: dict[str, NonNegative] | None = None
    partial_delivery: bool = True
    channel: Literal["shop", "online"] = "shop"
    patience: Distribution | None = Field(default_factory=lambda: Constant(value=7.0))
    response: Response = Response()
    loyalty: Loyalty = Goodwill()
    prospects: Prospects = Prospects()
    recovery: RemedyEffects = RemedyEffects()
