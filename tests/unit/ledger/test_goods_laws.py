"""The audit goes red for tampering with goods that end, come back or are held in reserve."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.engine import simulate
from sim.errors import AuditError
from sim.future.future import ReturnColumns
from sim.kpi.measure import measure
from sim.ledger.audit import audit
from sim.ledger.entries import Movement, Note
from sim.ledger.ledger import Ledger
from sim.plan import Plan
from tests.handmade import DAY, Buy, Luck, future_from
from tests.ledgers import tampered
from tests.unit.engine.worlds import NEVER_ORDER, one


def _ledger() -> Ledger:
    """Seven tea of day 0 that keep six days, three in reserve; four are sold on day 1, two of another line are lost.

    The four come back on day 3, fit to be sold; two sold on day 4 come back on day 5, unfit. The outage of day 2 frees
    the reserve. What is left of day 0 ends on day 6, of day 2 on day 8, of day 3 on day 9.
    """
    tea = {"initial_stock": 7, "shelf_life": 6, "returns": {"share": 0.5, "after": 2}}
    market = one({f"products.tea.{name}": value for name, value in tea.items()})
    future = future_from(
        market, [Buy(DAY, [(0, 4)]), Buy(4 * DAY, [(0, 2)])], luck=Luck(outages=[(0, 2 * DAY, 9 * DAY)])
    )
    back = ReturnColumns(
        line=np.array([0, 1]),
        minute=np.array([3 * DAY, 5 * DAY]),
        units=np.array([4, 2]),
        resalable=np.array([True, False]),
    )
    plan = Plan.from_dict(NEVER_ORDER | {"reserve": {"units": 3}}, market)
    return simulate(market, plan, replace(future, returns=back), engine="simpy")


AS_IT_WAS = _ledger()


def _row(kind: Movement) -> int:
    return int(np.flatnonzero(AS_IT_WAS.movements["kind"] == kind)[0])


# table, row, what is changed, the law that must catch it
TAMPERED: list[tuple[str, int, dict[str, Any], str]] = [
    ("notes", 0, {"units": 5}, "only what a line got comes back"),
    ("notes", 0, {"units": 0}, "only what a line got comes back"),
    ("notes", 1, {"minute": 3 * DAY}, "only what a line got comes back, after its order"),
    ("notes", 1, {"reference": 0}, "a line comes back at most once"),
    ("notes", 0, {"kind": Note.RECORD}, "goods that come back to the shelf are noted"),
    ("movements", _row(Movement.RETURN), {"units": 3}, "goods that come back to the shelf are noted"),
    ("movements", _row(Movement.RETURN), {"units": 3}, "= on hand"),
    ("movements", _row(Movement.EXPIRED), {"units": 0}, "= on hand"),
    ("movements", _row(Movement.FREED), {"units": 4}, "no more is freed than is in the reserve"),
    ("movements", _row(Movement.FREED), {"units": 4}, "= on hand"),
    ("movements", _row(Movement.RESERVED), {"units": -2}, "no more is freed than is in the reserve"),
]


@pytest.mark.parametrize(("table", "row", "changes", "law"), TAMPERED)
def test_every_tampering_is_caught_by_its_law(
    table: str, row: int, changes: dict[str, Any], law: str
) -> None:
    """One changed field breaks the law that it offends; as it was, all laws hold."""
    audit(AS_IT_WAS)
    with pytest.raises(AuditError) as caught:
        audit(tampered(AS_IT_WAS, table, row, **changes))
    assert any(law in line.split(";")[0] for line in str(caught.value).splitlines()), caught.value


def _of_another_world(product: dict[str, Any], plan: dict[str, Any]) -> Ledger:
    """The same rows, as if product or plan were described otherwise."""
    market = one({f"products.tea.{name}": value for name, value in product.items()})
    return replace(AS_IT_WAS, market=market, plan=Plan.from_dict(plan, market))


def test_only_goods_that_do_not_keep_are_thrown_away() -> None:
    """Without a shelf life nothing ends."""
    with pytest.raises(AuditError, match="only goods that do not keep are thrown away"):
        audit(_of_another_world({"initial_stock": 7}, NEVER_ORDER | {"reserve": {"units": 3}}))


def test_nothing_is_kept_beyond_its_shelf_life() -> None:
    """What was thrown away is said to be still on the shelf."""
    rows = AS_IT_WAS.movements[AS_IT_WAS.movements["kind"] != Movement.EXPIRED]
    kept = np.array([[8]])
    with pytest.raises(AuditError, match="nothing is kept beyond its shelf life"):
        audit(replace(AS_IT_WAS, movements=rows, on_hand=kept))


def test_only_who_plans_a_reserve_has_one() -> None:
    """The plan has none."""
    with pytest.raises(AuditError, match="only an item with a reserve puts goods aside"):
        audit(_of_another_world({"initial_stock": 7, "shelf_life": 6}, NEVER_ORDER))


def test_indicators_of_returns_and_waste_by_hand() -> None:
    """Six sold, six back: four of them fit. Refunded 6 · 5, in stock again 4 · 3; all the rest ends in the bin."""
    found = measure(AS_IT_WAS)
    assert found["returned_share"] == 6 / 6
    assert found["return_cost"] == 6 * 5.0 - 4 * 3.0
    expired = 7 + 3 - 6 + 4
    assert found["waste_share"] == expired / (expired + 6)
    assert found["write_offs"] == expired * 3.0
