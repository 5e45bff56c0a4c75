"""Stock moves and the queue of waiting lines, by hand."""

from __future__ import annotations

from sim.rules.stock import (
    allocate,
    ask,
    join_queue,
    leave_queue,
    put_aside,
    put_back,
    receive,
    release,
    ship,
    take,
)
from sim.world.codes import NONE
from sim.world.state import Item, Wait
from tests.unit.rules.items import item


def _wait(missing: int, *, whole: bool = False) -> Wait:
    return Wait(line=0, order=0, item=0, missing=missing, whole=whole, short=True)


def _queue(*missing: int, on_hand: int = 0) -> tuple[Item, list[Wait]]:
    waiting, waits = item(on_hand=on_hand), [_wait(units) for units in missing]
    for row in range(len(waits)):
        join_queue(waiting, waits, row)
    return waiting, waits


def _order(waiting: Item, waits: list[Wait]) -> list[int]:
    """Rows of the queue from first to last; checked against the way back."""
    rows, row = [], waiting.first_wait
    while row != NONE:
        rows.append(row)
        row = waits[row].next
    back, row = [], waiting.last_wait
    while row != NONE:
        back.append(row)
        row = waits[row].previous
    assert back[::-1] == rows
    return rows


def test_who_asks_gets_what_is_there() -> None:
    """Five asked for, three there: demand 5, sold 3, nothing left."""
    shelf = item(on_hand=3)
    assert ask(shelf, 5) == 3
    assert (shelf.on_hand, shelf.demanded_units, shelf.sold_units) == (0, 5, 3)


def test_putting_back_undoes_the_sale_but_not_the_demand() -> None:
    """The demand was there."""
    shelf = item(on_hand=3)
    put_back(shelf, ask(shelf, 2))
    assert (shelf.on_hand, shelf.demanded_units, shelf.sold_units) == (3, 2, 0)


def test_helping_out_is_a_sale_without_demand() -> None:
    """The demand was counted where it was asked for."""
    shelf = item(on_hand=3)
    take(shelf, 2)
    assert (shelf.on_hand, shelf.demanded_units, shelf.sold_units) == (1, 0, 2)


def test_goods_come_from_on_order_to_on_hand() -> None:
    """The position stays as it was."""
    shelf = item(on_hand=1, on_order=6)
    receive(shelf, 4, 4)
    assert (shelf.on_hand, shelf.on_order) == (5, 2)


def test_the_queue_keeps_the_order_of_arrival_and_counts_what_is_missing() -> None:
    """Lines that miss 2, 3 and 4 units: nine backorders."""
    waiting, waits = _queue(2, 3, 4)
    assert _order(waiting, waits) == [0, 1, 2]
    assert waiting.backorders == 9


def test_the_more_valuable_go_ahead_of_those_who_came_before() -> None:
    """Worth 2, 5, 2, 9 and 5: by value, equal ones as they came."""
    waiting, waits = item(), [_wait(1) for _ in range(5)]
    for row, value in enumerate((2.0, 5.0, 2.0, 9.0, 5.0)):
        waits[row].value = value
        join_queue(waiting, waits, row)
    assert _order(waiting, waits) == [3, 1, 4, 0, 2]
    assert waiting.backorders == 5


def test_a_line_can_leave_from_any_place() -> None:
    """First, middle, last, only one."""
    for leaver, rest in ((0, [1, 2]), (1, [0, 2]), (2, [0, 1])):
        waiting, waits = _queue(2, 3, 4)
        leave_queue(waiting, waits, leaver)
        assert _order(waiting, waits) == rest
        assert waiting.backorders == 9 - waits[leaver].missing
    waiting, waits = _queue(2)
    leave_queue(waiting, waits, 0)
    assert (_order(waiting, waits), waiting.backorders, waiting.last_wait) == ([], 0, NONE)


def test_the_first_in_line_gets_what_there_is() -> None:
    """Four units for lines that miss 2 and 3: 2, then 2 of 3; who misses nothing is taken out by the caller."""
    waiting, waits = _queue(2, 3, on_hand=4)
    assert allocate(waiting, waits) == 2
    leave_queue(waiting, waits, 0)
    assert allocate(waiting, waits) == 2
    assert allocate(waiting, waits) == 0
    assert (waiting.on_hand, waiting.backorders, waiting.sold_units) == (0, 1, 4)
    assert (waits[1].missing, waits[1].held) == (1, 2)


def test_nobody_waits_or_nothing_is_there() -> None:
    """Nothing is given."""
    assert allocate(item(on_hand=5), []) == 0
    assert allocate(*_queue(2)) == 0


def test_goods_put_aside_are_sold_when_they_ship() -> None:
    """Two taken and put aside, one allocated later: three sold at once when the order ships, none when it is lost."""
    for lost in (False, True):
        waiting, waits = item(on_hand=2), [_wait(1, whole=True)]
        put_aside(waiting, ask(waiting, 3))
        waits[0].held = 2
        join_queue(waiting, waits, 0)
        receive(waiting, 1, 1)
        assert allocate(waiting, waits) == 1
        assert waiting.sold_units == 0
        if lost:
            assert release(waiting, waits[0]) == 3
        else:
            ship(waiting, waits[0])
        assert (waiting.on_hand, waiting.sold_units) == ((3, 0) if lost else (0, 3))
