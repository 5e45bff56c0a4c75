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


SWITCHED_ON = (
    # goods
    Switch("shelf life of 30 days, FIFO", {"products.*.shelf_life": 30}),
    Switch("shelf life of 30 days, LIFO", {"products.*.shelf_life": 30, "products.*.issue": "lifo"}),
    Switch("one line of ten returned", {"products.*.returns": {"share": 0.1}}),
    Switch("clearing of slow stock", plan={"clearing": {"every_days": 30}}),
    # policies
    Switch("capped base stock", plan={"policy": {"kind": "capped_base_stock"}}),
    Switch("constant order", plan={"policy": {"kind": "constant_order"}}),
    Switch(
        "fail-over with hysteresis",
        plan={"sourcing": {"kind": "fail_over", "leave_after": 2, "return_after": 7}},
    ),
    Switch("the most valuable who wait first", plan={"recovery": {"queue": "most_valuable"}}),
)
