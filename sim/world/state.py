"""The state of a running world, one slotted object a thing; the rules change it by attribute name only.

Every attribute is a whole number, a float or a fixed-length list of floats, so that the same names can be the fields
of a structured array in compiled code.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.world.codes import NONE

WINDOW = 64
"""Longest moving average and longest season, periods."""


@dataclass(slots=True)
class Item:
    """One product at one site: its stock, its levels, its forecast, its rules.

    Units are whole; ``*_per_day`` and ``safety_stock`` are floats. ``first_wait``/``last_wait`` are the ends of the
    queue of waiting lines (rows of :class:`Wait`).
    """

    site: int
    product: int
    stocked: bool = True
    on_hand: int = 0
    on_order: int = 0
    backorders: int = 0
    first_wait: int = NONE
    last_wait: int = NONE
    demanded_units: int = 0  # since the last forecast
    sold_units: int = 0  # since the last forecast
    # levels in force
    reorder_point: int = 0
    order_up_to: int = 0
    order_quantity: int = 1
    safety_stock: float = 0.0
    # the plan's rules
    continuous: bool = False
    review_days: float = 0.0
    review_offset_days: int = 0
    policy: int = 0
    given_reorder_point: int = NONE  # NONE with given_... False: computed
    given_order_up_to: int = NONE
    given_order_quantity: int = NONE
    has_reorder_point: bool = False
    has_order_up_to: bool = False
    quantity_days: float = 7.0
    minimum_days: float = 0.0
    target_days: float = 0.0
    safety: int = 0
    safety_units: float = 0.0
    safety_days: float = 0.0
    safety_factor: float = 0.0
    safety_z: float = 0.0
    fill_rate: float = 0.0
    # what the planner believes of the lead time
    lead_days: float = 0.0
    lead_sd_days: float = 0.0
    # forecast
    forecast: int = 0
    forecast_days: int = 1  # length of a period
    forecast_sees_sales: bool = False
    alpha: float = 0.1
    beta: float = 0.1
    periods: int = 1  # of the moving average or the season
    period: int = 0  # periods seen so far
    forecast_per_day: float = 0.0  # over the coming protection interval
    forecast_sd_per_day: float = 0.0
    level: float = 0.0  # units a period (Croston: size; TSB: size)
    interval: float = 1.0  # Croston: periods between demands; TSB: probability of demand
    since_demand: int = 0  # Croston: periods since the last demand
    variance: float = 0.0  # of a period's demand around its forecast
    seen: list[float] = field(default_factory=lambda: [0.0] * WINDOW)
    season: list[float] = field(default_factory=lambda: [1.0] * WINDOW)
    # sourcing
    sourcing: int = 0
    first_option: int = 0  # the item's options are rows first_option .. first_option + options - 1
    options: int = 0


@dataclass(slots=True)
class Option:
    """One lane by which an item can be bought."""

    lane: int
    supplier: int
    unit_cost_cents: int
    order_cost_cents: int
    minimum: int
    multiple: int
    share: float  # of a split, 0 .. 1
    mean_lead_min: int
    part: int = 0  # of a split: units of the order at hand
    bought: int = 0  # of a split: units of all orders so far
    last_due_min: int = 0  # of the item's last order here, for deliveries in sequence
    quote_day: int = NONE  # day of the item's last order here
    quote: int = 0  # orders of that day so far


@dataclass(slots=True)
class Lane:
    """A lane's truck, for lanes with one."""

    delivery: int
    truck_free_min: int = 0


@dataclass(slots=True)
class Supplier:
    """Whether a supplier is up."""

    up: bool = True
    up_again_min: int = 0


@dataclass(slots=True)
class Wait:
    """A line of a waiting order in the queue of its item."""

    line: int
    order: int
    item: int
    missing: int  # units still to come
    whole: bool  # the order is delivered whole: what comes is put aside
    short: bool  # some units were missing from the start
    held: int = 0  # units put aside or allocated so far
    units_now: int = 0  # handed over at once
    active: bool = True
    next: int = NONE
    previous: int = NONE


@dataclass(slots=True)
class OpenOrder:
    """An order some of whose lines wait."""

    customer: int
    waiting: int  # lines still waiting
    disappointment: float  # sum over the lines that are final
    first_wait: int = NONE  # of an order delivered whole: its lines are rows first_wait, first_wait + 1, ...


@dataclass(slots=True)
class Customer:
    """What a customer remembers, and whether he is still there."""

    segment: int
    region: int
    natural_end_min: int
    leave_odds: float
    joined_min: int
    left_min: int
    fate: int = 0
    goodwill: float = 1.0
    strikes: int = 0
    good_orders: int = 0  # orders without disappointment in a row
    propensity: float = 1.0
    content: bool = True  # nothing to remember
    last_order: int = NONE


@dataclass(slots=True)
class Segment:
    """What customers of a segment have in common, and what is said about the firm among them."""

    partial_delivery: bool
    # response to a stock-out
    other_site: float
    substitute: float
    wait: float
    cancel: float
    competitor: float
    # disutility of an outcome
    at_other_site: float
    at_substituted: float
    at_waited: float
    at_cancelled: float
    at_competitor: float
    at_abandoned: float
    # loyalty
    loyalty: int
    memory: float = 0.0
    propensity_low: float = 1.0
    propensity_high: float = 1.0
    worst_factor: float = 1.0
    goodwill_factor: float = 1.0
    reference_odds: float = 0.0
    threshold: float = 1.0
    strikes_told: int = 1
    leave_at: list[float] = field(default_factory=lambda: [0.0] * 8)
    propensity_at: list[float] = field(default_factory=lambda: [1.0] * 8)
    forgiven_after: int = 0
    leave_probability: float = 0.0
    buys_less: float = 0.0
    propensity_after: float = 1.0
    # word of mouth
    conversion: float = 1.0
    word_of_mouth: float = 0.0
    reputation_memory: float = 0.0
    reputation: float = 1.0
