"""Sites of the same rank help each other out: at a shortage, or to balance what they have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from sim.errors import ConfigError
from sim.ledger.entries import Mode, Movement, Note, Outcome
from sim.ledger.ledger import Ledger
from sim.market import Market
from sim.plan import Plan
from tests.handmade import DAY, Buy, Person, changed, outcomes, run
from tests.unit.engine.worlds import NEVER_ORDER, ONE, response

TWO: dict[str, Any] = {
    "regions": {"north": {}, "south": {}, "east": {}},
    "products.tea.initial_stock": 3,
    "sites": {"shop": {"region": "north"}, "store": {"region": "south"}, "kiosk": {"region": "east"}},
}
HELP = {"transfers": {"reactive": True, "time": 2, "cost": 4.0, "unit_cost": 0.5, "hold_back_days": 0}}


def shops(changes: Mapping[Any, Any] | None = None, **answers: float) -> Market:
    """Three shops with three units each, whose customers cancel what is not there."""
    given = {"segments.all.response": response(**(answers or {"cancel": 1.0}))}
    return Market.from_dict(changed(ONE, TWO | given | dict(changes or {})))


def _transfers(ledger: Ledger) -> list[tuple[int, ...]]:
    """(to, from, units, sent, there)."""
    rows = ledger.purchases[ledger.purchases["mode"] == Mode.TRANSFER]
    return rows[["site", "source", "units", "placed_min", "due_min"]].tolist()  # type: ignore[no-any-return]


def test_another_site_sends_what_is_missing() -> None:
    """Five wanted, three there: the store sends two, which are handed over two days later."""
    ledger = run(shops(), NEVER_ORDER | HELP, [Buy(10, [(0, 5)])])
    assert _transfers(ledger) == [(0, 1, 2, 10, 10 + 2 * DAY)]
    costs = ("lane", "supplier", "unit_cost_cents", "order_cost_cents")
    assert ledger.purchases[list(costs)].tolist() == [(-1, -1, 50, 400)]
    assert outcomes(ledger) == [Outcome.WAITED]
    assert ledger.lines[["units_now", "units_else", "done_min"]].tolist() == [(3, 2, 10 + 2 * DAY)]
    assert ledger.on_hand.ravel().tolist() == [0, 1, 3]
    assert ledger.notes[["kind", "units", "reference"]].tolist() == [(Note.RESCUE, 2, 0)]
    sent = ledger.movements[ledger.movements["kind"] == Movement.SHIPMENT]
    assert sent[["minute", "site", "units"]].tolist() == [(10, 1, -2)]


def test_only_a_site_that_can_give_it_all_and_keep_its_own_does() -> None:
    """Four missing: nobody has four. Two missing: who keeps two (days of its forecast, or safety stock) gives none."""
    plan = NEVER_ORDER | HELP
    assert _transfers(run(shops(), plan, [Buy(10, [(0, 7)])])) == []
    keeps = NEVER_ORDER | {"transfers": HELP["transfers"] | {"hold_back_days": 2}}
    assert _transfers(run(shops(), keeps, [Buy(10, [(0, 5)])], expected=1.0)) == []
    assert len(_transfers(run(shops(), keeps, [Buy(10, [(0, 4)])], expected=1.0))) == 1
    safe = NEVER_ORDER | {"transfers": HELP["transfers"] | {"hold_back_days": None}}
    safe |= {"safety_stock": {"kind": "fixed", "units": 2}}
    assert _transfers(run(shops(), safe, [Buy(10, [(0, 5)])])) == []
    assert len(_transfers(run(shops(), safe, [Buy(10, [(0, 4)])]))) == 1


def test_nobody_is_made_to_wait_longer_than_he_would() -> None:
    """Two days are just enough for the patience of two days; a minute less is not."""
    for patience, found in ((2 * DAY, Outcome.WAITED), (2 * DAY - 1, Outcome.CANCELLED)):
        ledger = run(shops(), NEVER_ORDER | HELP, [Buy(10, [(0, 5)], patience=patience)])
        assert outcomes(ledger) == [found]


def test_the_units_are_for_the_line_they_were_sent_for() -> None:
    """Who waited before, and for whom nobody could spare anything, still waits when the transfer has come."""
    buys = [Buy(5, [(0, 3)]), Buy(10, [(0, 9)], patience=9 * DAY), Buy(20, [(0, 2)])]
    ledger = run(shops(wait=1.0), NEVER_ORDER | HELP, buys)
    assert outcomes(ledger) == [Outcome.SERVED, Outcome.ABANDONED, Outcome.WAITED]
    assert ledger.lines["done_min"].tolist() == [5, 10 + 9 * DAY, 20 + 2 * DAY]


def test_whole_orders_get_all_or_nothing() -> None:
    """Tea and coffee are both short: the store can give both, or, without coffee, neither."""
    changes = {
        "segments.all.partial_delivery": False,
        "products.coffee": {"price": 8, "unit_cost": 5, "initial_stock": 3},
        "sites.kiosk.products": ["tea"],
    }
    buys = [Buy(10, [(0, 5), (1, 4), (0, 1)])]
    ledger = run(shops(changes), NEVER_ORDER | HELP, buys)
    assert _transfers(ledger) == [
        (0, 1, 2, 10, 10 + 2 * DAY),
        (0, 1, 1, 10, 10 + 2 * DAY),
        (0, 1, 1, 10, 10 + 2 * DAY),
    ]
    assert set(outcomes(ledger)) == {Outcome.WAITED}
    assert ledger.orders["closed_min"].tolist() == [10 + 2 * DAY]
    none = run(shops(changes | {"sites.store.products": ["tea"]}), NEVER_ORDER | HELP, buys)
    assert _transfers(none) == []
    assert none.on_hand.ravel().tolist() == [3, 3, 3, 0, 3, 0]


def test_the_donor_orders_after_it_gave() -> None:
    """Base stock of three: the store buys back the two that it sent in the same minute."""
    plan = {"review": {"kind": "continuous"}, "policy": {"kind": "base_stock", "order_up_to": 3}} | HELP
    ledger = run(shops(), plan, [Buy(10, [(0, 5)])])
    bought = ledger.purchases[ledger.purchases["mode"] == Mode.REGULAR]
    assert bought[["site", "units", "placed_min"]].tolist() == [(1, 2, 10), (0, 3, 10)]


def test_a_site_above_or_below_is_no_peer() -> None:
    """The store gets its goods from the shop, so the kiosk helps; a depot without customers never does."""
    changes = {
        "sites.store.lanes": ["van"],
        "lanes.van": {"from_site": "shop"},
        "sites.shop.lanes": ["truck"],
    }
    ledger = run(shops(changes | {"sites.kiosk.lanes": ["truck"]}), NEVER_ORDER | HELP, [Buy(10, [(0, 5)])])
    assert _transfers(ledger) == [(0, 2, 2, 10, 10 + 2 * DAY)]
    alone = shops({"sites.store.serves_customers": False, "sites.kiosk.serves_customers": False})
    assert _transfers(run(alone, NEVER_ORDER | HELP, [Buy(10, [(0, 5)])])) == []


BALANCE = {"transfers": {"proactive": {"every_days": 2, "trigger_days": 2}, "time": 1, "hold_back_days": 0}}


def test_rounds_balance_what_sites_have() -> None:
    """One a day everywhere. Day 2: 0, 3 and 6 units, in common three days: three go from the kiosk to the shop."""
    people = [Person(), Person(region=1), Person(region=2)]
    market = shops({"products.tea.initial_stock": 6})
    buys = [Buy(10, [(0, 6)]), Buy(20, [(0, 3)], 1)]
    ledger = run(market, NEVER_ORDER | BALANCE, buys, people=people, expected=1.0)
    assert _transfers(ledger)[0] == (0, 2, 3, 2 * DAY, 3 * DAY)
    assert len(_transfers(ledger)) == 1  # what is on its way counts, and then all have three days
    keeps = NEVER_ORDER | {"transfers": BALANCE["transfers"] | {"hold_back_days": 5}}
    assert _transfers(run(market, keeps, buys, people=people, expected=1.0)) == [(0, 2, 1, 2 * DAY, 3 * DAY)]
    late = {"proactive": {"every_days": 2, "trigger_days": 0}}
    never = NEVER_ORDER | {"transfers": BALANCE["transfers"] | late}
    assert _transfers(run(market, never, buys, people=people, expected=1.0)) == []


def test_transfers_off_are_independent_sites() -> None:
    """Byte for byte: no section, nothing switched on, nobody who can spare anything, customers who do not wait."""
    buys = [Buy(100 * number, [(0, 1 + number % 4)], number % 3, patience=DAY) for number in range(1, 80)]
    people = [Person(), Person(region=1), Person(region=2)]
    plan = {"review": {"kind": "periodic", "every_days": 3}, "policy": {"kind": "R_S", "order_up_to": 9}}
    plain = run(shops(wait=0.5, cancel=0.5), plan, buys, people=people, expected=1.0)
    everything = {"reactive": True, "proactive": {"every_days": 1}, "time": 0.5}
    for off in (
        {"time": 3},
        everything | {"hold_back_days": 36_500},
        {"reactive": True, "time": 2},
    ):
        same = run(shops(wait=0.5, cancel=0.5), plan | {"transfers": off}, buys, people=people, expected=1.0)
        for name in (
            "lines",
            "orders",
            "customers",
            "purchases",
            "deliveries",
            "movements",
            "levels",
            "notes",
        ):
            assert getattr(same, name).tobytes() == getattr(plain, name).tobytes()
    helped = run(
        shops(wait=0.5, cancel=0.5), plan | {"transfers": everything}, buys, people=people, expected=1.0
    )
    assert len(_transfers(helped)) > 0


def test_a_transfer_takes_time() -> None:
    """At least a minute."""
    with pytest.raises(ConfigError, match="takes at least a minute"):
        Plan.from_dict({"transfers": {"time": 0}})
