"""A researcher's own function in the place of a policy."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from sim import Plan, audit, measure, sample_future, simulate
from tests.unit.engine.worlds import one

SOURCE = '''
def up_to_level(item, day):
    """(R,S), said again by hand."""
    return max(0, item.order_up_to - item.on_hand - item.on_order + item.backorders)
'''


def test_an_own_policy_that_says_what_r_s_says_gives_the_same_books_and_indicators(tmp_path: Path) -> None:
    """Row for row and number for number, the response time from need to goods included."""
    file = tmp_path / "mine.py"
    file.write_text(SOURCE)
    market = one(
        {"horizon_days": 200, "segments.all.customers": 60, "products.tea.initial_stock": 30}, cancel=1.0
    )
    future = sample_future(market, seed=3)
    weekly = {"review": {"kind": "periodic", "every_days": 7}, "safety_stock": {"kind": "fixed", "units": 3}}
    books = [
        simulate(market, Plan.from_dict(weekly | {"policy": policy}, market), future)
        for policy in ({"kind": "R_S"}, {"kind": "own", "function": f"{file}:up_to_level"})
    ]
    audit(books[1])
    assert books[0].same_rows(books[1])
    numbers = [list(measure(book, warm_up_days=20).values()) for book in books]
    assert np.array_equal(*numbers, equal_nan=True)
