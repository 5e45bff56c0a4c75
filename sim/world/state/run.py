"""What there is one of."""

from __future__ import annotations

from dataclasses import dataclass

from sim.world.codes import NONE


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
