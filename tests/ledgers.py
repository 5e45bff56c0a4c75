"""Ledgers written by hand: a builder that fills the arrays, and one eventful world of ten days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sim.future.future import (
    NEVER,
    CustomerColumns,
    ExpectedDemand,
    Future,
    LineColumns,
    OrderColumns,
    SupplyColumns,
)
from sim.ledger.entries import (
    CUSTOMERS,
    DELIVERIES,
    LEVELS,
    LINES,
    MOVEMENTS,
    NOTES,
    ORDERS,
    PURCHASES,
    Fate,
    Mode,
    Movement,
    OrderStatus,
    Outcome,
)
from sim.ledger.ledger import Ledger
from sim.market.market import Market
from sim.plan.plan import Plan
from sim.world.phases import Phase

DAY = 1_440


def day(number: float) -> int:
    """Minute at which a day (with fraction) begins."""
    return round(number * DAY)


@dataclass(frozen=True)
class Line:
    """A line and what became of it; ``now`` and ``other_units`` default to what its outcome says."""

    product: int
    units: int
    outcome: Outcome = Outcome.SERVED
    now: int | None = None
    later: int = 0
    other: int = -1
    done: float | None = None
    price: int | None = None
    patience: int = NEVER

    def record(self, site: int, ordered: int) -> tuple[int, ...]:
        """The row of the ledger."""
        now = self.units if self.outcome == Outcome.SERVED else 0
        done = ordered if self.done is None else day(self.done)
        if self.outcome in (Outcome.WAITING, Outcome.HELD, Outcome.NOT_PLACED):
            done = -1
        return self.outcome, site, now if self.now is None else self.now, self.later, self.other, done


@dataclass(frozen=True)
class Order:
    """An order on a day; status, end and disappointment follow from the lines unless they are given."""

    day: float
    customer: int
    lines: Sequence[Line]
    site: int = 0
    status: OrderStatus | None = None
    disappointment: float | None = None
    propensity_uniform: float = 0.5

    def record(self) -> tuple[Any, ...]:
        """The row of the ledger."""
        status = self.status
        waits = any(line.outcome in (Outcome.WAITING, Outcome.HELD) for line in self.lines)
        if status is None:
            status = OrderStatus.OPEN if waits else OrderStatus.CLOSED
        if status != OrderStatus.CLOSED:
            return status, self.site if status == OrderStatus.OPEN else -1, np.nan, -1
        closed = max(line.record(0, day(self.day))[-1] for line in self.lines)
        served = all(line.outcome == Outcome.SERVED for line in self.lines)
        d = (0.0 if served else 0.5) if self.disappointment is None else self.disappointment
        return status, self.site, d, closed


@dataclass(frozen=True)
class Customer:
    """A customer and his fate."""

    fate: Fate = Fate.ACTIVE
    left: float | None = None
    last_order: int = -1
    segment: int = 0
    region: int = 0
    arrives: float = 0.0
    prospect: bool = False
    leave_odds: float = 0.0


@dataclass(frozen=True)
class Purchase:
    """A purchase order in days; ``received`` follows from ``due`` and the horizon."""

    site: int
    product: int
    units: int
    placed: float
    due: float
    expected: float
    lane: int = 0
    supplier: int = 0
    shipped: float | None = None
    unit_cost: int = 400
    order_cost: int = 0

    def record(self, horizon: int) -> tuple[int, ...]:
        """The row of the ledger."""
        due = day(self.due)
        shipped = day(self.placed if self.shipped is None else self.shipped)
        here = due <= horizon
        head = (self.site, self.product, self.lane, self.supplier, -1, Mode.REGULAR, self.units)
        costs = (0 if here else self.units, self.unit_cost, self.order_cost)
        placed = day(self.placed)
        return (*head, *costs, placed, placed, shipped, day(self.expected), due, due if here else -1)

    def delivery(self, number: int, horizon: int) -> tuple[int, ...]:
        """The row of its one delivery."""
        due = day(self.due)
        shipped = day(self.placed if self.shipped is None else self.shipped)
        return number, self.units, self.units, shipped, due, due if due <= horizon else -1


_PHASES = {
    Movement.OPENING: Phase.INCIDENTS,
    Movement.RECEIPT: Phase.RECEIPTS,
    Movement.ALLOCATION: Phase.RECEIPTS,
    Movement.HOLD: Phase.ORDERS,
    Movement.RELEASE: Phase.PATIENCE,
}


def move(
    on: float, kind: Movement, site: int, product: int, units: int, reference: int = -1
) -> tuple[int, ...]:
    """A movement on a day, in the phase in which such movements usually happen."""
    return day(on), _PHASES[kind], kind, site, product, units, reference


def write_ledger(
    market: Market,
    orders: Sequence[Order] = (),
    customers: Sequence[Customer] = (Customer(),),
    purchases: Sequence[Purchase] = (),
    movements: Sequence[tuple[int, ...]] = (),
    levels: Sequence[tuple[float, ...]] = (),
    on_hand: Any = None,
    plan: Mapping[str, Any] | None = None,
) -> Ledger:
    """A ledger whose tables are what is given, word for word; nothing is made to fit."""
    horizon = day(market.horizon_days)
    lines = [
        line.record(order.site if order.record()[1] >= 0 else -1, day(order.day))
        for order in orders
        for line in order.lines
    ]
    shape = (len(market.sites), len(market.products))
    return Ledger(
        market=market,
        plan=Plan.from_dict(plan or {}),
        future=_future(market, orders, customers),
        lines=_table(lines, LINES),
        orders=_table([order.record() for order in orders], ORDERS),
        customers=_table([_customer_record(person) for person in customers], CUSTOMERS),
        purchases=_table([purchase.record(horizon) for purchase in purchases], PURCHASES),
        deliveries=_table([each.delivery(row, horizon) for row, each in enumerate(purchases)], DELIVERIES),
        movements=_table(movements, MOVEMENTS),
        levels=_table(levels, LEVELS),
        notes=_table((), NOTES),
        on_hand=np.zeros(shape, np.int64) if on_hand is None else np.array(on_hand, np.int64).reshape(shape),
        engine="by hand",
    )


def _table(records: Sequence[tuple[Any, ...]], dtype: np.dtype[Any]) -> Any:
    return np.array(list(records), dtype)


def _customer_record(person: Customer) -> tuple[Any, ...]:
    never = person.fate in (Fate.NOT_CONVERTED, Fate.LOST_TO_REPUTATION, Fate.NOT_ARRIVED)
    left = -1 if person.left is None else day(person.left)
    return person.fate, -1 if never else day(person.arrives), left, 1.0, 0, 1.0, person.last_order


def _future(market: Market, orders: Sequence[Order], customers: Sequence[Customer]) -> Future:
    def ints(values: Any) -> Any:
        return np.array(list(values), np.int64)

    lines = [line for order in orders for line in order.lines]
    prices = [round(product.price * 100) for product in market.products.values()]
    people, count = len(customers), len(orders)
    return Future(
        market=market.fingerprint(),
        seed=0,
        replication=0,
        horizon_min=day(market.horizon_days),
        observed=False,
        customers=CustomerColumns(
            segment=ints(person.segment for person in customers),
            region=ints(person.region for person in customers),
            joined_min=ints(day(person.arrives) for person in customers),
            prospect=np.array([person.prospect for person in customers], np.bool_),
            conversion_uniform=np.full(people, 0.5),
            natural_end_min=np.full(people, NEVER),
            leave_odds=np.array([person.leave_odds for person in customers]),
        ),
        orders=OrderColumns(
            minute=ints(day(order.day) for order in orders),
            customer=ints(order.customer for order in orders),
            site=np.full(count, -1),
            propensity_uniform=np.array([order.propensity_uniform for order in orders]),
            leave_uniform=np.full(count, 0.5),
            buys_less_uniform=np.full(count, 0.5),
            first_line=np.cumsum([0, *(len(order.lines) for order in orders)]),
        ),
        lines=LineColumns(
            product=ints(line.product for line in lines),
            units=ints(line.units for line in lines),
            unit_price_cents=ints(
                prices[line.product] if line.price is None else line.price for line in lines
            ),
            response_uniform=np.full(len(lines), 0.5),
            patience_min=ints(line.patience for line in lines),
        ),
        supply=SupplyColumns(np.zeros((1, 1, 1), np.int32), *(ints([]) for _ in range(4))),
        expected=ExpectedDemand(np.zeros((1, 1)), np.zeros((1, 1))),
    )


def tampered(ledger: Ledger, table: str, row: int, **changes: Any) -> Ledger:
    """A copy in which fields of one row of a table were changed."""
    rows = getattr(ledger, table).copy()
    for name, value in changes.items():
        rows[name][row] = value
    return replace(ledger, **{table: rows})


TEA, CUP = 0, 1
NORTH, SOUTH = 0, 1
FAST, SLOW = 0, 1


def eventful_market(**changes: Any) -> Market:
    """Two sites, two products, two lanes; customers who take partial deliveries and customers who do not."""
    mapping = {
        "horizon_days": 10,
        "products": {
            "tea": {"price": 10, "unit_cost": 4, "substitutes": ["cup"]},
            "cup": {"price": 6, "unit_cost": 2.5},
        },
        "regions": {"land": {}},
        "sites": {"north": {"region": "land"}, "south": {"region": "land"}},
        "suppliers": {"near": {}, "far": {}},
        "lanes": {
            "fast": {"supplier": "near", "lead_time": 2, "unit_cost_factor": 1.25, "order_cost": 5},
            "slow": {"supplier": "far", "lead_time": 2},
        },
        "segments": {"retail": {}, "trade": {"partial_delivery": False}},
        "costs": {
            "holding_rate": 0.1, "capital_rate": 0.2, "ordering": 3, "lost_sale_handling": 2, "acquisition": 20,
            "new_customers_per_lost": 4, "payment_days": 3,
        },
    }  # fmt: skip
    return Market.from_dict(mapping | changes)


def eventful_ledger() -> Ledger:
    """Ten days in which every outcome, fate, order status and kind of movement occurs, and all adds up.

    Line rows: 0 served; 1 waited, 2 served beside it; 3 from the south; 4 replaced by a cup; 5 waited and 6 together
    (shipped whole); 7 cancelled; 8 abandoned and 9 withdrawn (shipped whole, lost); 10 not placed (gone);
    11 partly to a competitor; 12 waiting; 13 waiting and 14 held (shipped whole); 15 not placed (stayed away);
    16 abandoned with a part delivered.
    """
    orders = [
        Order(1, 0, [Line(TEA, 6)]),
        Order(2, 1, [Line(TEA, 6, Outcome.WAITED, now=4, later=2, done=4, patience=day(3)), Line(CUP, 2)]),
        Order(3, 2, [Line(TEA, 3, Outcome.OTHER_SITE, later=3, other=SOUTH)], disappointment=0.1),
        Order(3.5, 3, [Line(TEA, 1, Outcome.SUBSTITUTED, later=1, other=CUP)], disappointment=0.3),
        Order(5, 4, [Line(TEA, 8, Outcome.WAITED, later=8, done=8), Line(CUP, 1, Outcome.TOGETHER, later=1, done=8)]),
        Order(6, 0, [Line(TEA, 2, Outcome.CANCELLED)], disappointment=0.8),
        Order(
            6, 5, [Line(TEA, 1, Outcome.ABANDONED, done=7, patience=day(1)), Line(CUP, 1, Outcome.WITHDRAWN, done=7)],
            disappointment=0.9,
        ),
        Order(7.5, 5, [Line(TEA, 2, Outcome.NOT_PLACED)], status=OrderStatus.GONE),
        Order(8.5, 2, [Line(TEA, 5, Outcome.COMPETITOR, now=3)], disappointment=0.4),
        Order(9, 1, [Line(CUP, 8, Outcome.WAITING, now=5)]),
        Order(9.2, 4, [Line(TEA, 2, Outcome.WAITING), Line(CUP, 1, Outcome.HELD)], site=SOUTH),
        Order(9.5, 0, [Line(TEA, 1, Outcome.NOT_PLACED)], status=OrderStatus.STAYED_AWAY),
        Order(9.6, 3, [Line(TEA, 3, Outcome.ABANDONED, later=1, done=9.9, patience=day(0.3))]),
    ]  # fmt: skip
    customers = [
        *[Customer() for _ in range(4)],
        Customer(segment=1),
        Customer(Fate.LOST_TO_STOCKOUT, left=7, last_order=6, segment=1),
        Customer(Fate.NOT_CONVERTED, prospect=True, arrives=2),
        Customer(Fate.LOST_TO_REPUTATION, prospect=True, arrives=8),
        Customer(Fate.NOT_ARRIVED, prospect=True, arrives=11),
        Customer(Fate.LEFT_NATURALLY, left=3),
        Customer(prospect=True, arrives=4),
        Customer(Fate.LOST_TO_EARLIER, left=1, last_order=13),
    ]
    orders.append(Order(9.95, 11, [Line(CUP, 1, Outcome.SERVED, now=1)], site=SOUTH))
    customers[-1] = Customer(Fate.LOST_TO_EARLIER, left=9.95, last_order=13)
    purchases = [
        Purchase(NORTH, TEA, 8, placed=2, due=4, expected=4, unit_cost=500, order_cost=800),
        Purchase(
            NORTH, TEA, 5, placed=5, due=8, expected=7, lane=SLOW, supplier=1, shipped=6, order_cost=300
        ),
        Purchase(NORTH, CUP, 10, placed=9, due=11, expected=11, unit_cost=312, order_cost=800),
        Purchase(NORTH, TEA, 1, placed=7.8, due=9.8, expected=9.8, unit_cost=500, order_cost=800),
    ]
    purchases[2], purchases[3] = purchases[3], purchases[2]
    movements = [
        move(0, Movement.OPENING, NORTH, TEA, 10),
        move(0, Movement.OPENING, NORTH, CUP, 9),
        move(0, Movement.OPENING, SOUTH, TEA, 4),
        move(0, Movement.OPENING, SOUTH, CUP, 3),
        move(4, Movement.RECEIPT, NORTH, TEA, 8, 0),
        move(4, Movement.ALLOCATION, NORTH, TEA, -2, 1),
        move(5, Movement.HOLD, NORTH, TEA, -6, 5),
        move(5, Movement.HOLD, NORTH, CUP, -1, 6),
        move(6, Movement.HOLD, NORTH, CUP, -1, 9),
        move(7, Movement.RELEASE, NORTH, CUP, 1, 9),
        move(8, Movement.RECEIPT, NORTH, TEA, 5, 1),
        move(8, Movement.HOLD, NORTH, TEA, -2, 5),
        move(9.2, Movement.HOLD, SOUTH, TEA, -1, 13),
        move(9.2, Movement.HOLD, SOUTH, CUP, -1, 14),
        move(9.8, Movement.RECEIPT, NORTH, TEA, 1, 2),
        move(9.8, Movement.ALLOCATION, NORTH, TEA, -1, 16),
    ]
    levels = [
        (0, NORTH, TEA, 5, 8, 1.0, 2.0),
        (0, NORTH, CUP, 3, 10, 1.0, 1.0),
        (0, SOUTH, TEA, 1, 4, 1.0, 0.5),
        (0, SOUTH, CUP, 1, 4, 1.0, 0.5),
    ]
    return write_ledger(
        eventful_market(), orders, customers, purchases, movements, levels, on_hand=[0, 0, 0, 1]
    )
