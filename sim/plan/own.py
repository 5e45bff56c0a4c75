"""A researcher's own rules of a plan: Python functions named in the settings."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.own import OwnFunction


class OwnPolicy(OwnFunction):
    """At every look, ``function(item, day, **parameters)`` says how many units to order (0: none).

    ``item`` shows the state and the levels of :class:`sim.world.state.Item` (``on_hand``, ``on_order``,
    ``backorders``, ``forecast_per_day``, ``safety_stock``, ``lead_days``, …) and must not be changed; ``day`` is the
    time in days. ``item.order_up_to`` is the forecast over the protection interval + safety stock.
    """

    PLACE: ClassVar[str] = "plan.policy.function"

    kind: Literal["own"] = "own"


class OwnSafetyStock(OwnFunction):
    """After every forecast (and at the start), ``function(item, day, **parameters)`` says the safety stock, units.

    ``item`` shows ``forecast_per_day``, ``forecast_sd_per_day``, ``lead_days``, ``lead_sd_days``, ``review_days`` and
    the rest of :class:`sim.world.state.Item`; it must not be changed. With a ``known_mean``
    without a calendar it is asked once.
    """

    PLACE: ClassVar[str] = "plan.safety_stock.function"

    kind: Literal["own"] = "own"
