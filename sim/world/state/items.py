"""An item (a product at a site): its stock, its levels, its forecast, its rules."""

from __future__ import annotations

from dataclasses import dataclass

from sim.world.codes import NO_CAP, NONE

WINDOW = 64
"""Longest moving average and longest season, periods."""


@dataclass(slots=True)
class Item:
    """One product at one site: its stock, its levels, its forecast, its rules.

    Units are whole; ``*_per_day`` and ``safety_stock`` are floats. ``first_wait``/``last_wait`` are the ends of the
    queue of waiting lines (rows of :class:`Wait`). The order of the fields is that of cache lines of 64 bytes.
    """

    # what every order line touches
    on_hand: int = 0
    on_order: int = 0
    backorders: int = 0
    reorder_point: int = 0
    demanded_units: int = 0  # since the last forecast
    sold_units: int = 0  # since the last forecast
    adjust: int = 0  # what the planner's position differs from the true one by: wrong records, levels raised
    continuous: bool = False  # looked at after every order line
    stocked: bool = True
    lagged: bool = False  # the planner goes by seen_position
    alert: bool = False  # looked at after an order line only when it is low
    # what every purchase order touches
    order_up_to: int = 0
    policy: int = 0
    order_quantity: int = 1
    sourcing: int = 0
    first_option: int = 0  # the item's options are rows first_option .. first_option + options - 1
    options: int = 0
    site: int = 0
    product: int = 0
    first_wait: int = NONE
    last_wait: int = NONE
    safety_stock: float = 0.0
    order_cap: int = NO_CAP
    seen_position: int = 0  # inventory position when the planner last looked, and what he ordered since
    near_after_min: int = 0  # regular lead time less the expedited one, both as the planner believes them
    shelf_min: int = 0  # 0: they do
    first_request: int = NONE  # ends of the queue of the sites' requests
    # what an order or a delivery asks next
    reserve_units: int = 0  # that it should have; 0: there is none
    reserved: int = 0  # that it has
    leave_after_min: int = 0  # a supplier has been out so long when orders leave it
    return_after_min: int = 0  # it has been up again so long when they return
    expedites: bool = False  # by express when stock runs short
    # the plan's rules
    review_days: float = 0.0
    review_offset_days: int = 0
    given_reorder_point: int = NONE  # NONE with has_... False: computed
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
    memory: int = 0  # the periods seen, or the season's factors, are memory[memory .. memory + periods - 1]
    variance: float = 0.0  # of a period's demand around its forecast
    # a researcher's own functions, by position in World.own; NONE: ours
    own_policy: int = NONE
    own_safety: int = NONE
    own_sourcing: int = NONE
    # capped base stock and constant order
    given_cap: int = NO_CAP  # NONE: computed from cap_days
    cap_days: float = 0.0
    part_unit: float = 0.0  # constant order: what the forecast owes beyond whole units, 0 .. 1
    # fail-over
    # clearing of slow stock
    clear_days: int = 0  # days between rounds; 0: never
    clear_cover_days: float = 0.0
    clear_idle_min: int = NONE  # NONE: only the cover decides
    sold_before: int = 0  # units sold before the last forecast
    sold_at_clearing: int = 0  # units sold in all until the last round that found a sale
    idle_since_min: int = 0  # minute of that round
    # goods that do not keep
    lifo: bool = False
    first_batch: int = NONE  # oldest
    last_batch: int = NONE  # newest
    batched: int = 0  # units in all batches
    # what the forecast knows, and how it meets jumps and trends
    calendar: int = NONE  # its calendar's first place in ``foreseen``; of a perfect forecast: in ``coming``
    calendar_days: int = 0  # days that it covers; running sums, so that there is one place more
    trend: float = 0.0  # Holt: units a period, each period
    phi: float = 1.0  # Holt: what is left of the trend a period later
    spike_threshold: float = 0.0  # standard deviations
    spike_hold: int = 0  # periods for which a spike holds the forecast up; 0: no spike detection
    spike_left: int = 0  # periods until the forecast is let go
    spike_per_day: float = 0.0  # units a day, before the calendar, below which no forecast falls
    nets_returns: bool = False
    returned_units: int = 0  # since the last forecast
    corrected: int = 0  # sum of the steps by which looks changed seen_position
    alert_at_point: bool = False  # low is: at the reorder point or below, not the safety stock
    record_error: int = 0  # record - shelf
    # other sites (backorders include what they wait for)
    last_request: int = NONE
    incoming: int = 0  # units on their way by transfer
    shown: int = 0  # stock that customers online see
    # notices with a date, and newcomers before who waits
    last_order: int = NONE  # row of the newest of its purchase orders in World.item_orders
    serves_min: int = NONE  # when the waiting are served next
    # dual index and tailored base surge: the first option is the regular lane, the second the expedited one
    expedited_up_to: int = 0
    given_expedited_up_to: int = NONE  # NONE: computed
    base_share: float = 1.0  # of the forecast, in a computed constant order
    on_order_far: int = 0  # by the regular lane, not expected within the expedited lead time yet
    near_min: int = NONE  # minute in which orders came near last
    # emergency reserve
    # express and scorecards
    counts_on_order: bool = False  # goods on their way count as stock then
    patience_days: float = 0.0
    express_share: float = 1.0  # of an order's units
    scorecard_power: int = 1
