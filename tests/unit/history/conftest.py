"""Small files of orders, and a cache that no test shares with the user."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from sim.history.source import HistorySource

HEADER = ("order_id", "time", "customer", "product", "quantity", "price")


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder for each test."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("STOCKOUT_SIM_CACHE", str(folder))
    return folder


WriteCsv = Callable[..., HistorySource]


@pytest.fixture
def write_csv(tmp_path: Path) -> WriteCsv:
    """Writes rows to a CSV file and returns the source that reads it."""

    def write(
        rows: Iterable[Iterable[Any]], header: tuple[str, ...] = HEADER, **source: Any
    ) -> HistorySource:
        file = tmp_path / "orders.csv"
        with file.open("w", newline="", encoding="utf-8") as handle:
            csv.writer(handle).writerows([header, *rows])
        return HistorySource.model_validate({"file": str(file), **source})

    return write
