"""The headline numbers of a finished study as a table for the terminal, and its settings as text."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from omegaconf import OmegaConf
from rich.markup import escape
from rich.table import Table

from experiments.design import Study, short_names
from experiments.overrides import text_of

if TYPE_CHECKING:
    import pandas as pd

_HEADLINES = {
    "order_stockout_rate": ("stock-out rate", 100.0, " %", 2),
    "customer_loss_rate": ("customer loss a year", 100.0, " %", 2),
    "capital_tied_up": ("capital tied up", 1.0, "", 0),
}
_ROWS = 40


def headline_table(study: Study, folder: Path) -> Table:
    """Points by headline indicator, each as mean ± half the width of its 95 % interval."""
    import pandas as pd

    summary = pd.read_parquet(folder / "summary.parquet").set_index(["point", "kpi"])
    table = Table(box=None, pad_edge=False, caption=_caption(study), caption_justify="left")
    names = short_names(study.keys)
    for key in study.keys or ("plan",):
        table.add_column(names.get(key, key), overflow="fold")
    for name, (title, _, _, _) in _HEADLINES.items():
        currency = f", {study.points[0].market.currency}" if name == "capital_tied_up" else ""
        table.add_column(f"{title}{currency}", justify="right", no_wrap=True)
    table.add_column("")
    for point in study.points[:_ROWS]:
        values = [text_of(point.settings[key]) for key in study.keys] or [point.plan.name]
        cells = [_cell(summary, point.number, name) for name in _HEADLINES]
        table.add_row(*map(escape, values), *cells, "base" if point.number == study.baseline else "")
    return table


def _caption(study: Study) -> str:
    more = len(study.points) - _ROWS
    left_out = f"… and {more} more points in summary.csv. " if more > 0 else ""
    marks = (
        "* differs from the base point (paired test, corrected for the number of points)"
        if len(study.points) > 1
        else ""
    )
    return f"{left_out}mean ± half a 95 % interval{'; ' if marks else ''}{marks}"


def _cell(summary: pd.DataFrame, point: int, name: str) -> str:
    if (point, name) not in summary.index:
        return "-"
    row: Any = summary.loc[(point, name)]
    _, scale, unit, digits = _HEADLINES[name]
    if math.isnan(row["mean"]):
        return "-"
    half = (row["high"] - row["low"]) / 2 * scale
    spread = "" if math.isnan(half) else f" ± {half:,.{digits}f}"
    return f"{row['mean'] * scale:,.{digits}f}{spread}{unit}{'*' if row['significant'] else ' '}"


def settings_text(study: Study) -> str:
    """The resolved settings, market and base plan as YAML."""
    base = study.points[study.baseline]
    content = {"study": study.name} | study.settings.model_dump(mode="json") | base.given
    return OmegaConf.to_yaml(content)
