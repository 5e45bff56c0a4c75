"""Lanes as an item sees them, trucks, suppliers and their outages."""

from __future__ import annotations

from dataclasses import dataclass

from sim.world.codes import NONE


@dataclass(slots=True)
class Option:
    """One lane by which an item can be bought."""

    # what every purchase order touches, two cache lines
    lane: int
    supplier: int
    unit_cost_cents: int
    order_cost_cents: int
    minimum: int
    multiple: int
    source: int = NONE  # the site that supplies; its supplier is then a row behind the market's, always up
    promised_min: int = 0  # lead time that is promised, or the mean one
    quote_day: int = NONE  # day of the item's last order here
    quote: int = 0  # orders of that day so far
    last_due_min: int = 0  # of the item's last order here, for deliveries in sequence
    goods_cents: int = 0  # of unit_cost_cents: worth of goods from a site, which is not paid again
    breaks: int = 0
    share: float = 0.0  # of a split, 0 .. 1
    bought: int = 0  # of a split: units of all orders so far
    up: bool = True  # whether the supplier was up when the quote was made
    left: bool = False  # of a fail-over: whether the item's orders have left this lane
    # what some touch
    mean_lead_min: int = 0
    part: int = 0  # of a split: units of the order at hand
    quoted_min: int = NONE  # minute at which an order placed now would arrive by the lane's quote
    price_cents: int = 0  # cost of a unit of the order at hand, price breaks included
    on_time: float = 1.0  # the supplier's scorecard: share of deliveries by the promised date
    good: float = 1.0  # and share of units fit for the shelf, both smoothed
    first_break: int = 0  # its price breaks are rows first_break .. first_break + breaks - 1
    express_row: int = NONE  # of lead times; NONE: the lane has no express
    express_lead_min: int = 0  # mean
    express_unit_cost_cents: int = 0
    express_order_cost_cents: int = 0
    base_share: float = 0.0  # of a split by scorecards, before the scores
    arrears: float = 0.0  # of a split by scorecards: units that it was due and did not get


@dataclass(slots=True)
class Lane:
    """What goods meet on a lane: its one truck, bad units, deliveries in two parts."""

    delivery: int
    truck_free_min: int = 0
    has_yield: bool = False
    parts_probability: float = 0.0  # share of orders that come in two parts
    first_share: float = 0.0  # of the units in the first part


@dataclass(slots=True)
class Break:
    """From so many units on, a unit of a purchase order costs so much."""

    units: int
    unit_cost_cents: int


@dataclass(slots=True)
class Supplier:
    """Whether a supplier is up; its outages are rows first_outage .. first_outage + outages - 1."""

    up: bool = True
    up_again_min: int = 0
    first_outage: int = 0
    outages: int = 0
    down_since_min: int = 0  # start of its last outage
    up_since_min: int = 0  # end of its last outage
    capacity: int = 0  # units a day; 0: no limit
    made_until: int = 0  # when what was ordered is made, outages to come included: minutes · capacity
    known_until: int = 0  # the same as anybody knows it: without outages to come
    on_time: float = 1.0  # its scorecard
    good: float = 1.0


@dataclass(slots=True)
class Outage:
    """First minute down, first minute up again."""

    start_min: int
    end_min: int
