"""Every mechanism, as changes to the planner's year."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Switch:
    """A mechanism that is switched on.

    Attributes:
        name: What it is called in the table.
        market, plan: Settings by path; ``*`` in a path of the market stands for every product.
    """

    name: str
    market: dict[str, Any] = field(default_factory=dict)
    plan: dict[str, Any] = field(default_factory=dict)


_RECORDS = {"records": {"wrong_at_start": 0.65, "shrinkage": 0.01, "entry_errors": 4}}
_DEPOT = {
    "sites.centre.serves_customers": False,
    **{f"sites.{name}.lanes": ["shuttle"] for name in ("north", "east", "south", "west")},
    "sites.centre.lanes": ["sea", "rail", "van"],
    "lanes.shuttle": {"from_site": "centre", "lead_time": 1, "unit_transport_cost": 0.1},
}

SWITCHED_ON = (
    # goods
    Switch("shelf life of 30 days, FIFO", {"products.*.shelf_life": 30}),
    Switch("shelf life of 30 days, LIFO", {"products.*.shelf_life": 30, "products.*.issue": "lifo"}),
    Switch("one line of ten returned", {"products.*.returns": {"share": 0.1}}),
    Switch("clearing of slow stock", plan={"clearing": {"every_days": 30}}),
    # forecasts and policies
    Switch("moving average, daily", plan={"forecast": {"kind": "moving_average"}}),
    Switch("moving average that knows the calendar", plan={"forecast": {"kind": "moving_average", "calendar": "all"}}),
    Switch("spike detection", plan={"forecast": {"kind": "moving_average", "spikes": {"threshold": 3, "days": 7}}}),
    Switch("perfect forecast", plan={"forecast": {"kind": "perfect"}}),
    Switch("capped base stock", plan={"policy": {"kind": "capped_base_stock"}}),
    Switch("constant order", plan={"policy": {"kind": "constant_order"}}),
    Switch("fail-over with hysteresis", plan={"sourcing": {"kind": "fail_over", "leave_after": 2, "return_after": 7}}),
    Switch("dual index", plan={
        "policy": {"kind": "dual_index"}, "sourcing": {"kind": "dual", "regular": "sea", "expedited": "van"},
    }),
    Switch("tailored base surge", plan={
        "policy": {"kind": "tailored_base_surge"}, "sourcing": {"kind": "dual", "regular": "sea", "expedited": "van"},
    }),
    Switch("emergency reserve", plan={"reserve": {"days": 3}}),
    # supply
    Switch("capacity of suppliers, an agreement", {
        "suppliers.overseas.capacity": 4_000, "suppliers.national.capacity": 900,
    }, {
        "agreements": {"overseas": {"reserved_per_day": 500, "fee_per_unit": 0.01}},
    }),
    Switch("yield and deliveries in two parts", {
        "lanes.sea.yield_share": {"kind": "uniform", "low": 0.8, "high": 1},
        "lanes.sea.partial_delivery": {"probability": 0.2, "first_share": 0.6, "rest_after": 4},
    }),
    Switch("price breaks, the cheapest lane", {"lanes.sea.price_breaks": [{"units": 50, "factor": 0.97}]}, {
        "sourcing": {"kind": "cheapest"},
    }),
    Switch("express when stock runs short", {"lanes.sea.express": {"lead_time": 2, "unit_cost_factor": 1.3}}, {
        "expediting": {"kind": "when_short", "patience_days": 1},
    }),
    Switch("outages announced, buying ahead", {
        "suppliers.overseas.outages": {"up": {"kind": "exponential", "mean": 150}, "down": 10, "announced": 20},
    }, {"outage_preparation": "buy_ahead"}),
    Switch("split by scorecard", plan={
        "sourcing": {"kind": "scorecard", "shares": {"sea": 0.5, "rail": 0.3, "van": 0.2}, "power": 3},
    }),
    Switch("lead times alike, transport delays", {
        "suppliers.overseas.lead_time_correlation": {"share": 0.5, "days": 12},
        "lanes.sea.delays": {"probability": 0.05, "days": 7},
    }),
    # records and process
    Switch("wrong records", _RECORDS),
    Switch("wrong records, counted every month", _RECORDS, {"operations": {"counts": {"A": 30, "B": 30, "C": 30}}}),
    Switch("approval in three working days", plan={
        "operations": {"ordering": "manual", "approval_days": 3, "working_days": [0, 1, 2, 3, 4]},
    }),
    Switch("stock known once a day", plan={"operations": {"stock_known_every_days": 1}}),
    Switch("four of five customers online, published once a day", {"segments.households.channel": "online"}, {
        "operations": {"channel_sync_days": 1},
    }),
    Switch("alert at the safety line", plan={
        "operations": {"alert": "safety_stock"}, "review": {"kind": "periodic", "every_days": 7},
    }),
    # network
    Switch("four shops supplied by a depot", _DEPOT),
    Switch("a depot that rations by fair share", _DEPOT, {"rationing": "fair_share"}),
    Switch("transfers at a shortage", plan={"transfers": {"reactive": True, "time": 1, "hold_back_days": 3}}),
    Switch("transfers every week", plan={"transfers": {"proactive": {"every_days": 7}, "time": 1}}),
    # customers
    Switch("the most valuable who wait first", plan={"recovery": {"queue": "most_valuable"}}),
    Switch("notice with a date", plan={"recovery": {"notice": True}}),
    Switch("substitutes recommended", plan={"recovery": {"recommend": True}}),
    Switch("coupons", plan={"recovery": {"coupon": 3.0}}),
    Switch("win-back", plan={"recovery": {"win_back": {"after_days": 30, "cost": 5.0}}}),
)  # fmt: skip
