"""Small result folders as docs/results.md describes them, made without a simulation."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from experiments.statistics import estimate, holm, paired_difference

DAYS = "plan.safety_stock.days"
SOURCING = "plan/sourcing"

SETTINGS: dict[str, dict[str, Any]] = {
    DAYS: {
        "key": DAYS, "short": "days", "numeric": True, "values": [],
        "text": {"en": "Safety stock (days of demand)", "zh": "安全库存（需求天数）"}, "value_text": {},
    },
    SOURCING: {
        "key": SOURCING, "short": "sourcing", "numeric": False, "values": [],
        "text": {"en": "Suppliers", "zh": "供应商"},
        "value_text": {
            "primary": {"en": "one supplier", "zh": "单一供应商"},
            "fail_over": {"en": "second as fail-over", "zh": "备用供应商"},
            "split": {"en": "split 60:40", "zh": "按 60:40 分配"},
        },
    },
}  # fmt: skip

Kpis = Callable[[dict[str, Any], np.random.Generator], dict[str, float]]


def plausible_kpis(settings: dict[str, Any], chance: np.random.Generator) -> dict[str, float]:
    """Indicators that behave like those of a shop: more stock, fewer stock-outs, more capital."""
    days = float(settings.get(DAYS, 3))
    factor = {"primary": 1.0, "fail_over": 0.7, "split": 0.6}.get(str(settings.get(SOURCING)), 0.85)
    luck = chance.normal(0, 0.002)
    stockouts = 0.02 + 0.16 * factor * np.exp(-days / 4) + luck
    loss = 0.01 + 0.9 * stockouts**1.3 + chance.normal(0, 0.001)
    capital = 30_000 + 2_900 * days + 4_000 * (1 - factor) + 30_000 * luck
    revenue = 400_000 * (1 - 0.6 * loss)
    costs = {
        "cost_of_goods": 0.7 * revenue, "holding_cost": 0.15 * capital, "capital_cost": 0.08 * capital,
        "ordering_cost": 9_000.0 * (2 - factor), "lost_sale_cost": 0.0,
    }  # fmt: skip
    return {
        "order_stockout_rate": stockouts, "customer_loss_rate": loss, "capital_tied_up": capital,
        "unit_fill_rate": 1 - 0.8 * stockouts, "customers_lost_to_stockouts": 2_000 * loss,
        "stock_turn": 0.7 * revenue / capital, "revenue": revenue, **costs, "profit": revenue - sum(costs.values()),
    }  # fmt: skip


def write_folder(
    folder: Path,
    swept: dict[str, Sequence[Any]],
    replications: int = 8,
    kpis: Kpis = plausible_kpis,
    **manifest: Any,
) -> Path:
    """A finished study's folder over all combinations of the swept settings; the first one is the base plan."""
    points = [dict(zip(swept, values, strict=True)) for values in product(*swept.values())]
    names = list(kpis(points[0], np.random.default_rng(0)))
    values = np.array([
        [list(kpis(point, np.random.default_rng(replication)).values()) for replication in range(replications)]
        for point in points
    ])  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    summary_of(values, names).to_parquet(folder / "summary.parquet")
    text = json.dumps(manifest_of(swept, points, replications) | manifest, ensure_ascii=False)
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    return folder


def summary_of(values: np.ndarray, names: Sequence[str]) -> pd.DataFrame:
    """The summary of indicators of shape (points, replications, indicators)."""
    by_replication = values.transpose(1, 0, 2)
    alone, paired = estimate(by_replication), paired_difference(by_replication, by_replication[:, [0], :])
    itself = (np.arange(len(values)) == 0)[:, None]
    p_holm = holm(np.where(itself, np.nan, paired.p))
    columns = {
        "mean": alone.mean, "low": alone.low, "high": alone.high,
        "difference": np.where(itself, np.nan, paired.estimate.mean),
        "difference_low": np.where(itself, np.nan, paired.estimate.low),
        "difference_high": np.where(itself, np.nan, paired.estimate.high),
        "p_holm": p_holm, "significant": p_holm < 0.05, "variance_ratio": paired.variance_ratio,
    }  # fmt: skip
    frame = {name: column.reshape(-1) for name, column in columns.items()}
    return pd.DataFrame(
        {"point": np.repeat(np.arange(len(values)), len(names)), "kpi": [*names] * len(values)} | frame
    )


def manifest_of(
    swept: dict[str, Sequence[Any]], points: Sequence[dict[str, Any]], replications: int
) -> dict[str, Any]:
    """A manifest with everything docs/results.md lists that the report reads."""
    numeric = [key for key in swept if all(isinstance(value, int | float) for value in swept[key])]
    return {
        "format": 1, "study": "safety_stock_and_suppliers", "name": "test",
        "title": {"en": "Safety stock and suppliers", "zh": "安全库存与供应商"},
        "question": {
            "en": "How much safety stock, and from how many suppliers, is worth its capital?",
            "zh": "持有多少安全库存、用几家供应商，才对得起所占用的资金？",
        },
        "assumptions": [{"en": "Lead times are gamma-distributed.", "zh": "提前期服从伽马分布。"}],
        "settings": [setting_of(key, values) for key, values in swept.items()],
        "chart": {"x": numeric[0] if numeric else None, "series": [key for key in swept if key not in numeric[:1]]},
        "points": [point_of(number, point) for number, point in enumerate(points)],
        "baseline": 0,
        "markets": [{
            "fingerprint": "m", "name": "grocery", "currency": "USD", "horizon_days": 365, "observed": True,
            "products": 40, "sites": 3, "suppliers": 2, "segments": 1, "customers": 2_469,
        }],
        "replications": replications, "seed": 1, "warm_up_days": 30.0, "confidence": 0.95, "details": [],
        "item": {"site": "north", "product": "SOFT DRINKS"}, "audited": True, "complete": True,
        "command": "stockout-sim study=safety_stock_and_suppliers seed=1", "lines": 12_345_678, "orders": 4_567_890,
        "started": "2026-11-22T08:00:00+00:00", "seconds": 123.4, "engine": ["simpy"],
        "versions": {"python": "3.11.9", "stockout-sim": "0.1.0", "numpy": "2.4.6"}, "platform": "Linux x86_64",
        "code": "0123456789abcdef",
    }  # fmt: skip


def setting_of(key: str, values: Sequence[Any]) -> dict[str, Any]:
    """A swept setting, with words where we have some."""
    plain = {"key": key, "short": key, "numeric": all(isinstance(value, int | float) for value in values)}
    return {"text": {"en": key}, "value_text": {}} | plain | SETTINGS.get(key, {}) | {"values": list(values)}


def point_of(number: int, settings: dict[str, Any]) -> dict[str, Any]:
    """A point with a name in both languages."""
    texts: dict[str, list[str]] = {"en": [], "zh": []}
    for key, value in settings.items():
        told = SETTINGS.get(key, {}).get("value_text", {}).get(str(value))
        days = (
            {"en": f"{value} days", "zh": f"{value} 天"}
            if key == DAYS
            else {"en": str(value), "zh": str(value)}
        )
        for language, parts in texts.items():
            parts.append((told or days)[language])
    name = {"en": ", ".join(texts["en"]) or "plan", "zh": "，".join(texts["zh"]) or "方案"}
    return {
        "point": number, "label": name["en"], "text": name, "settings": settings, "market": "m", "plan": str(number),
        "baseline": number == 0, "file": f"points/point-{number:03d}.yaml",
    }  # fmt: skip


def add_details(folder: Path, points: Sequence[int] = (0, 5), days: int = 365) -> None:
    """Details of one product and of customers and their orders, for a folder of :func:`write_folder`."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for number in points:
        place = folder / "details" / f"point-{number:03d}"
        place.mkdir(parents=True)
        for name, table in detail_tables(np.random.default_rng(number), 20.0 + 12 * number, days).items():
            table.to_parquet(place / f"{name}.parquet")
        manifest["details"].append(
            {"point": number, "replication": 0, "folder": f"details/point-{number:03d}", "why": []}
        )
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")


def detail_tables(chance: np.random.Generator, safety: float, days: int) -> dict[str, pd.DataFrame]:
    """A sawtooth of stock with stock-outs, and customers of whom those hit leave sooner."""
    on_hand, stock, purchases, lines, due = 80.0, [], [], [], {}
    for day in range(days):
        on_hand += due.pop(day, 0.0)
        wanted = float(chance.poisson(10))
        served = min(on_hand, wanted)
        on_hand -= served
        lines.append({"day": day + 0.5, "units": wanted, "units_now": served, "stockout": served < wanted})
        if day % 7 == 0:
            arrives = day + int(chance.integers(4, 11))
            units = max(0.0, 120 + safety - on_hand - sum(due.values()))
            due[arrives] = due.get(arrives, 0.0) + units
            supplier = "near" if day % 14 else "far"
            purchases.append(
                {"placed_day": float(day), "units": units, "supplier": supplier, "received_day": arrives}
            )
        stock.append({"day": day, "on_hand": on_hand, "reorder_point": 60 + safety})
    count = 1_500
    orders = pd.DataFrame(
        {"customer": chance.integers(0, count, 12_000), "day": chance.uniform(0, days, 12_000)}
    )
    orders["hit"] = chance.random(12_000) < 0.06
    leaving = np.where(orders["hit"], 0.3, 0.02) > chance.random(12_000)
    left = orders[leaving].groupby("customer")["day"].min().reindex(range(count))
    orders = orders[orders["day"] <= orders["customer"].map(left.fillna(days))].sort_values(
        ["customer", "day"]
    )
    first_hit = orders[orders["hit"]].groupby("customer")["day"].min().reindex(range(count))
    customers = pd.DataFrame({
        "customer": range(count), "first_order_day": orders.groupby("customer")["day"].min().reindex(range(count)),
        "first_hit_day": first_hit, "end_day": left.fillna(days), "left": left.notna(),
    })  # fmt: skip
    return {
        "stock": pd.DataFrame(stock), "purchases": pd.DataFrame(purchases), "lines": pd.DataFrame(lines),
        "customers": customers.reset_index(drop=True), "orders": orders.reset_index(drop=True),
    }  # fmt: skip
