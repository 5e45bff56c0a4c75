"""Which supplier gets an order, and which site serves a customer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sim.description import Days, Description, Names, Shares, Whole
from sim.own import OwnFunction


class Sourcing(Description):
    """Preferred first, as ``lanes`` (or the site) lists them.

    Attributes:
        lanes: Lanes in order of preference; None: the site's own order.
    """

    lanes: Names | None = None


class Primary(Sourcing):
    """Always the first lane; while its supplier is out, orders wait there."""

    kind: Literal["primary"] = "primary"


class FailOver(Sourcing):
    """The first lane that orders have not left; when they have left all, the first whose supplier is up, or the first.

    With both numbers 0 that is the first lane whose supplier is up. Every order looks at every lane of its item anew;
    outages that begin and end between two orders are not noticed.

    Attributes:
        leave_after: Days that a supplier must have been out before orders leave its lane; until then they wait there.
        return_after: Days that a supplier must have been up again before orders return to a lane that they left.
    """

    kind: Literal["fail_over"] = "fail_over"
    leave_after: Days = 0.0
    return_after: Days = 0.0


class Split(Sourcing):
    """Every order split by ``shares`` (together 1), as closely as lots allow.

    Where only some of the lanes bring a product to a site, their shares are scaled to 1.
    """

    kind: Literal["split"] = "split"
    shares: Shares


class Scorecard(Sourcing):
    """Every order split by shares that follow the suppliers' scorecards.

    A lane's share is in proportion to its base share × (share of deliveries on time × share of good units)^``power``,
    both shares as the planner remembers them (``plan.scorecard_memory``). Planned with: the base shares.

    Attributes:
        shares: Base shares, together 1.
        power: How sharply scores decide, a whole number; 1: in proportion.
    """

    kind: Literal["scorecard"] = "scorecard"
    shares: Shares
    power: Annotated[Whole, Field(ge=1, le=100)] = 1


class Cheapest(Sourcing):
    """Lowest cost of the goods plus the order cost, among suppliers that are up; all out: among all.

    Price breaks that the order reaches count.
    """

    kind: Literal["cheapest"] = "cheapest"


class Soonest(Sourcing):
    """Earliest arrival by today's quote, the time until the supplier is up again included.

    Quotes are exact: a lane keeps the lead time it quotes, so this rule knows more than a planner with estimates.
    """

    kind: Literal["soonest"] = "soonest"


class Dual(Description):
    """A regular lane, slow and cheap, and an expedited one, for the policies that say what each of them brings.

    Attributes:
        regular: None: the item's first lane, in the order of its site, that is not the expedited one.
        expedited: None: the first that is not the regular one. Not slower than the regular lane on average.
    """

    kind: Literal["dual"] = "dual"
    regular: str | None = None
    expedited: str | None = None


def two_lanes(regular: str | None, expedited: str | None, reach: Sequence[str]) -> tuple[str, str] | None:
    """The regular and the expedited lane among those that bring an item; None where one is missing.

    >>> two_lanes(None, None, ["sea", "air"]), two_lanes("air", None, ["sea", "air"]), two_lanes("sea", "air", ["sea"])
    (('sea', 'air'), ('air', 'sea'), None)
    """
    slow = regular or next((lane for lane in reach if lane != expedited), None)
    fast = expedited or next((lane for lane in reach if lane != slow), None)
    if slow is None or fast is None or slow == fast or not {slow, fast} <= {*reach}:
        return None
    return slow, fast


class OwnSourcing(Sourcing, OwnFunction):
    """``function(item, options, units, day, **parameters)`` says which option gets an order: 0 for the first.

    ``options[k]`` shows the item's k-th lane as :class:`sim.world.state.Option` (``unit_cost_cents``,
    ``order_cost_cents``, ``minimum``, ``multiple``, ``mean_lead_min``, ``quoted_min``: when the goods would arrive by
    today's quote, ``up``: whether the supplier delivers today, ``price_cents``: cost of a unit of this order, price
    breaks included, ``on_time`` and ``good``: the supplier's scorecard); there are ``item.options``. Planned with: the
    first lane's lead time.
    """

    GIVEN: ClassVar[tuple[str, ...]] = ("item", "options", "units", "day")
    PLACE: ClassVar[str] = "plan.sourcing.function"

    kind: Literal["own"] = "own"


SourcingRule = Annotated[
    Primary | FailOver | Split | Scorecard | Cheapest | Soonest | Dual | OwnSourcing,
    Field(discriminator="kind"),
]


class Home(Description):
    """Every order goes to the site nearest to the customer's region (for a history: where it was placed)."""

    kind: Literal["home"] = "home"


class NearestWithStock(Description):
    """The nearest site that can serve the whole order at once; when there is none, the home site."""

    kind: Literal["nearest_with_stock"] = "nearest_with_stock"


class OwnRouting(OwnFunction):
    """``function(sites, day, **parameters)`` says which site serves an order: 0 for the nearest to the customer.

    ``sites[k]`` shows the k-th nearest site as :class:`sim.world.state.Place` (``home``, ``lines``, ``lines_ready``,
    ``units``, ``units_ready``, ``whole``).
    """

    GIVEN: ClassVar[tuple[str, ...]] = ("sites", "day")
    PLACE: ClassVar[str] = "plan.routing.function"

    kind: Literal["own"] = "own"


Routing = Annotated[Home | NearestWithStock | OwnRouting, Field(discriminator="kind")]
