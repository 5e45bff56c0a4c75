"""Collects what does not add up, with the first rows as evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.future.future import Ints
from sim.jit import inlined
from sim.ledger.entries import Fate, Movement, OrderStatus, Outcome
from sim.ledger.joined import Flags, Joined

SHOWN = 3
"""Rows of evidence shown for a broken law."""

_NAMES = {"outcome": Outcome, "status": OrderStatus, "fate": Fate, "kind": Movement}


@dataclass(slots=True)
class Inspection:
    """Laws that were checked and what broke them.

    Attributes:
        data: The ledger that is looked at.
        checked: Rows looked at for every law.
        findings: One text for every broken law.
    """

    data: Joined
    checked: dict[str, int] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)

    def rows(self, law: str, table: str, wrong: Flags) -> None:
        """A law about the rows of a table (``lines``, ``orders``, …); ``wrong`` flags the rows that break it."""
        self.checked[law] = len(wrong)
        found = np.flatnonzero(wrong)
        if len(found):
            shown = "; ".join(f"{table} row {row}: {self._row(table, int(row))}" for row in found[:SHOWN])
            self.findings.append(f"{law}: {_count(found, 'row')}; {shown}")

    def bits(self, laws: tuple[str, ...], table: str, broken: NDArray[np.int32]) -> None:
        """Several laws about the rows of a table; bit k of a row's number tells that it breaks law k."""
        seen = int(np.bitwise_or.reduce(broken)) if len(broken) else 0
        for bit, law in enumerate(laws):
            if seen >> bit & 1:
                self.rows(law, table, broken >> bit & 1 > 0)
            else:
                self.checked[law] = len(broken)

    def items(self, law: str, wrong: Flags, **values: Ints) -> None:
        """A law about products at sites; ``values`` are shown, one array by item each."""
        self.checked[law] = len(wrong)
        found = np.flatnonzero(wrong)
        if len(found):
            shown = "; ".join(
                f"{self.name_of(int(item))}: {_pairs(values, int(item))}" for item in found[:SHOWN]
            )
            self.findings.append(f"{law}: {_count(found, 'item')}; {shown}")

    def equal(self, law: str, found: int, expected: int) -> None:
        """A law that two totals are the same."""
        self.checked[law] = 1
        if found != expected:
            self.findings.append(f"{law}: {found} against {expected}")

    def name_of(self, item: int) -> str:
        """Site and product of an item, by their names in the market."""
        market = self.data.ledger.market
        site, product = divmod(item, self.data.products)
        return f"site '{list(market.sites)[site]}', product '{list(market.products)[product]}'"

    def _row(self, table: str, row: int) -> str:
        record = getattr(self.data.ledger, table)[row]
        return ", ".join(f"{name} {_shown(name, record[name])}" for name in record.dtype.names)


@inlined
def flag(bit: int, wrong: bool) -> int:
    """A number with one bit set if something is wrong, else 0."""
    return int(wrong) << bit


def _shown(name: str, value: Any) -> str:
    kind = _NAMES.get(name)
    number = value.item()
    return kind(number).name if kind is not None and number in set(kind) else str(number)


def _pairs(values: dict[str, Ints], index: int) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {array[index]}" for name, array in values.items())


def _count(found: Ints, noun: str) -> str:
    return f"1 {noun}" if len(found) == 1 else f"{len(found)} {noun}s"
