"""Run by ``test_bounds`` in a process of its own: a look beyond a table is an error there."""

from __future__ import annotations

from typing import Any

import pytest

from sim.engine.arena import Arena
from sim.jit import kernel
from sim.world.state import Item
from sim.world.tables import default_rows


@kernel
def _on_hand(world: Any, row: int) -> int:
    return world.items[row].on_hand  # type: ignore[no-any-return]


def test_a_row_beyond_a_table_is_an_error() -> None:
    """Tables of an arena know their lengths."""
    world = Arena({"items": default_rows(Item, 3)})
    assert _on_hand(world, 2) == 0
    with pytest.raises(IndexError):
        _on_hand(world, 3)
