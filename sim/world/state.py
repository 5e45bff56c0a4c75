"""The state of a running world, one slotted object a thing; rules and events change it by attribute name only.

Every attribute is a whole number, a float, a truth value or a fixed-length list of floats, so that the same names are
the fields of a structured array in compiled code (see :mod:`sim.world.tables`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.future.future import NEVER
from sim.world.codes import NO_CAP, NONE

WINDOW = 64
"""Longest moving average and longest season, periods."""

STRIKES = 8
"""Longest list of a strikes model."""


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
    seen_position: int = 0  # inventory position when the planner last looked, and what he ordered since
    # capped base stock and constant order
    order_cap: int = NO_CAP
    given_cap: int = NO_CAP  # NONE: computed from cap_days
    cap_days: float = 0.0
    part_unit: float = 0.0  # constant order: what the forecast owes beyond whole units, 0 .. 1
    # fail-over
    leave_after_min: int = 0  # a supplier has been out so long when orders leave it
    return_after_min: int = 0  # it has been up again so long when they return
    # clearing of slow stock
    clear_days: int = 0  # days between rounds; 0: never
    clear_cover_days: float = 0.0
    clear_idle_min: int = NONE  # NONE: only the cover decides
    sold_before: int = 0  # units sold before the last forecast
    sold_at_clearing: int = 0  # units sold in all until the last round that found a sale
    idle_since_min: int = 0  # minute of that round
    # goods that do not keep
    shelf_min: int = 0  # 0: they do
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
    first_request: int = NONE  # ends of the queue of the sites' requests
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
    near_after_min: int = 0  # regular lead time less the expedited one, both as the planner believes them
    on_order_far: int = 0  # by the regular lane, not expected within the expedited lead time yet
    near_min: int = NONE  # minute in which orders came near last
    # emergency reserve
    reserve_units: int = 0  # that it should have; 0: there is none
    reserved: int = 0  # that it has
    # express and scorecards
    expedites: bool = False  # by express when stock runs short
    counts_on_order: bool = False  # goods on their way count as stock then
    patience_days: float = 0.0
    express_share: float = 1.0  # of an order's units
    scorecard_power: int = 1


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
    quoted_min: int = NONE  # minute at which an order placed now would arrive by the lane's quote
    up: bool = True  # whether the supplier was up when the quote was made
    left: bool = False  # of a fail-over: whether the item's orders have left this lane
    source: int = NONE  # the site that supplies; its supplier is then a row behind the market's, always up
    goods_cents: int = 0  # of unit_cost_cents: worth of goods from a site, which is not paid again
    promised_min: int = 0  # lead time that is promised, or the mean one
    price_cents: int = 0  # cost of a unit of the order at hand, price breaks included
    on_time: float = 1.0  # the supplier's scorecard: share of deliveries by the promised date
    good: float = 1.0  # and share of units fit for the shelf, both smoothed
    first_break: int = 0  # its price breaks are rows first_break .. first_break + breaks - 1
    breaks: int = 0
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


@dataclass(slots=True)
class RoundRow:
    """A planner of one site who looks at some items at regular times (see :mod:`sim.world.rounds`).

    His items are ``round_items[first .. last - 1]``, in the order in which he looks at them.
    """

    first_min: int
    every_min: int  # 0: only once
    first: int
    last: int
    kind: int
    nominal_min: int = 0  # first time, were it not moved to a working day
    by_people: bool = False  # only on working days


@dataclass(slots=True)
class Incident:
    """Something that happens without anybody's decision; see :class:`sim.world.codes.IncidentCode`."""

    minute: int
    kind: int
    row: int
    number: int
    until: int


@dataclass(slots=True)
class Task:
    """Something that was put off; see :class:`sim.world.codes.TaskCode`."""

    minute: int = 0
    kind: int = 0
    row: int = 0
    other: int = NONE


@dataclass(slots=True)
class Request:
    """What is still to be sent of a purchase order, in the queue of the item of the site that supplies it."""

    purchase: int = 0
    option: int = 0
    site: int = 0  # that is supplied
    item: int = 0  # that is supplied
    missing: int = 0  # units still to be sent
    next: int = NONE
    previous: int = NONE


@dataclass(slots=True)
class Claim:
    """A site, and what it may have while goods are shared out among sites."""

    priority: int = 1
    serves: bool = True  # customers
    item: int = NONE
    missing: int = 0
    share: int = 0  # units that it still may have
    rank: float = 0.0  # the lowest comes first


@dataclass(slots=True)
class Wait:
    """A line of a waiting order in the queue of its item."""

    line: int = 0
    order: int = 0
    open_order: int = 0  # row of the order among the open ones
    item: int = 0
    missing: int = 0  # units still to come
    whole: bool = False  # the order is delivered whole: what comes is put aside
    short: bool = False  # some units were missing from the start
    held: int = 0  # units put aside or allocated so far
    units_now: int = 0  # handed over at once
    until_min: int = NONE  # when the customer's patience ends, NONE: not before the horizon
    active: bool = True
    next: int = NONE
    previous: int = NONE
    coming: int = NONE  # delivery by which another site sends what is missing
    value: float = 0.0  # of the customer when he joined the queue, currency; 0: first come, first served
    least_felt: float = 0.0  # how bad it is at least: told after ordering


@dataclass(slots=True)
class OpenOrder:
    """An order some of whose lines wait."""

    waiting: int = 0  # lines still waiting
    disappointment: float = 0.0  # sum over the lines that are final
    first_wait: int = NONE  # of an order delivered whole: its lines are rows first_wait, first_wait + 1, ...


@dataclass(slots=True)
class Part:
    """A line of the order delivered whole that is being served."""

    item: int = 0
    units: int = 0
    got: int = 0
    helper: int = NONE  # row of the item whose units replace the missing ones
    least_felt: float = 0.0  # how bad it is at least: told after ordering


@dataclass(slots=True)
class Place:
    """A site as an order sees it that is about to be routed; nearest to the customer first."""

    site: int = 0
    home: bool = False
    lines: int = 0  # of the order
    lines_ready: int = 0  # lines that the site has in full, each looked at by itself
    units: int = 0  # that the order wants
    units_ready: int = 0  # of those, how many the site has
    whole: bool = False  # whether the site can serve the whole order, two lines of one product included


@dataclass(slots=True)
class Shortage:
    """What a customer's own response function sees."""

    units: int = 0  # wanted
    missing: int = 0
    other_site: bool = False  # whether another site could serve him
    substitute: bool = False  # whether a substitute is there
    wait: bool = False  # whether waiting can help
    uniform: float = 0.0  # the line's own number, 0 .. 1
    goodwill: float = 1.0
    strikes: int = 0
    told_min: int = NONE  # minute at which the goods are expected, if he was told


@dataclass(slots=True)
class ItemOrder:
    """A purchase order of an item, chained to the item's earlier ones."""

    purchase: int = 0
    before: int = NONE  # row of the one before, NONE: it is the first


# --- rows of the ledger, with the names of sim.ledger.entries ---


@dataclass(slots=True)
class Purchase:
    """A purchase order, as in ``PURCHASES``."""

    site: int = 0
    product: int = 0
    lane: int = 0
    supplier: int = 0
    source: int = NONE
    mode: int = 0
    units: int = 0
    open_units: int = 0
    unit_cost_cents: int = 0
    order_cost_cents: int = 0
    placed_min: int = 0
    released_min: int = NONE
    shipped_min: int = NEVER
    expected_min: int = 0
    due_min: int = NEVER
    received_min: int = NONE


@dataclass(slots=True)
class Delivery:
    """A delivery of a purchase order, as in ``DELIVERIES``."""

    purchase: int = 0
    units: int = 0
    good: int = 0
    shipped_min: int = 0
    due_min: int = 0
    received_min: int = NONE


@dataclass(slots=True)
class Batch:
    """Goods of an item that came together and end together."""

    item: int = 0
    units: int = 0  # left, as far as it has been counted
    next: int = NONE  # newer one
    previous: int = NONE


@dataclass(slots=True)
class Noted:
    """What else happened, as in ``NOTES``."""

    minute: int = 0
    kind: int = 0
    site: int = NONE
    product: int = NONE
    units: int = 0
    cents: int = 0
    reference: int = NONE


@dataclass(slots=True)
class Move:
    """A movement of stock, as in ``MOVEMENTS``."""

    minute: int = 0
    phase: int = 0
    kind: int = 0
    site: int = 0
    product: int = 0
    units: int = 0
    reference: int = NONE


@dataclass(slots=True)
class Levels:
    """New levels of an item, as in ``LEVELS``."""

    minute: int = 0
    site: int = 0
    product: int = 0
    reorder_point: int = 0
    order_up_to: int = 0
    safety_stock: float = 0.0
    forecast: float = 0.0


@dataclass(slots=True)
class Short:
    """What became of a line that was not served in full at once; the names are those of ``LINES``."""

    line: int = 0
    outcome: int = 0
    units_now: int = 0
    units_else: int = 0
    other: int = NONE
    done_min: int = NONE


@dataclass(slots=True)
class Late:
    """An order with a disappointment, or closed later than placed; the names are those of ``ORDERS``."""

    order: int = 0
    disappointment: float = 0.0
    closed_min: int = 0


@dataclass(slots=True)
class Run:
    """What there is one of: sizes, how much of each growing table is filled, and news for the calendar."""

    sites: int
    products: int
    days: int  # of lead times
    horizon_min: int
    routing: int = 0
    own_routing: int = NONE
    word_spreads: bool = False  # whether any segment's reputation matters
    prospects: int = 0  # customers from this row on are prospects
    looks: int = 0  # rounds before this row are looks, the others reviews
    phase: int = 0  # of the minute that goes on
    waits: int = 0
    open_orders: int = 0
    purchases: int = 0
    deliveries: int = 0
    movements: int = 0
    levels: int = 0
    notes: int = 0
    shorts: int = 0
    lates: int = 0
    tasks: int = 0
    batches: int = 0
    returns: bool = False  # whether goods can come back
    reserves: bool = False  # whether any item has an emergency reserve
    news: int = 0  # deliveries, waits and tasks that the calendar has not seen yet
    counts_orders: bool = False  # whether anybody asks how many orders a customer has placed
    queue: int = 0  # who of the waiting is served first, a QueueCode
    acts_on_orders: bool = False  # somebody reacts to needs or approves orders
    reaction_min: int = NONE  # until somebody acts on a need; NONE: ordered automatically
    approval_min: int = 0
    pre_authorised_cents: int = NONE  # orders of at most this value need no approval
    working_days: int = 127  # bits, the lowest one Monday
    first_weekday: int = 0  # of day 0
    plans_with_approval: bool = True
    data_lag_min: int = 0  # from a look at the stock until the planner knows it
    count_cents: int = 0  # of counting an item
    sync_min: int = 0  # between updates of the stock published online; 0: always up to date
    channels: bool = False  # whether anybody orders by stock that may not be there
    entry_accuracy: float = 0.0  # share of wrong entries that are prevented
    requests: int = 0
    serving: int = 0  # sites that serve customers
    transfers: bool = False  # whether other sites help at a shortage
    transfer_min: int = 1
    transfer_cents: int = 0
    transfer_unit_cents: int = 0
    hold_back_days: float = -1.0  # below 0: the safety stock
    trigger_days: float = -1.0  # below 0: the lead time
    rationing: int = 0
    notice: bool = False  # whether customers are told dates
    coupons: bool = False
    wins_back: bool = False
    win_back_min: int = 0  # minutes from leaving to the contact
    win_back_cents: int = 0  # per contact
    item_orders: int = 0
    scorecard_memory: float = 0.0  # weight of the newest delivery


@dataclass(slots=True)
class Customer:
    """What a customer remembers, and whether he is still there. Every order touches the first 64 bytes only."""

    fate: int = 0
    propensity: float = 1.0
    segment: int = 0
    region: int = 0
    content: bool = True  # nothing to remember
    natural_end_min: int = 0
    leave_odds: float = 0.0
    goodwill: float = 1.0
    joined_min: int = NONE
    left_min: int = NONE
    last_order: int = NONE
    strikes: int = 0
    good_orders: int = 0  # orders without disappointment in a row
    orders: int = 0  # placed so far, where somebody asks (run.counts_orders)
    contacted: bool = False  # or going to be, after he left


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
    leave_at: list[float] = field(default_factory=lambda: [0.0] * STRIKES)
    propensity_at: list[float] = field(default_factory=lambda: [1.0] * STRIKES)
    forgiven_after: int = 0
    leave_probability: float = 0.0
    buys_less: float = 0.0
    propensity_after: float = 1.0
    # word of mouth
    conversion: float = 1.0
    word_of_mouth: float = 0.0
    reputation_memory: float = 0.0
    reputation: float = 1.0
    own_response: int = NONE
    order_value: float = 0.0  # mean of an order, currency
    online: bool = False  # orders by the stock that is published
    at_told_after: float = 1.0
    # remedies
    coupon_cents: int = 0  # what a coupon costs
    coupon_factor: float = 1.0  # on the disappointment
    win_back_share: float = 0.0
    win_back_goodwill: float = 1.0
