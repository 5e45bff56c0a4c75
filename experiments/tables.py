"""The tables of a study: every indicator of every run, and what they say together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.design import Study
from experiments.overrides import text_of
from experiments.statistics import Floats, estimate, holm, paired_difference
from experiments.task import Run

if TYPE_CHECKING:
    import pandas as pd

SIGNIFICANCE = 0.05

Runs = Mapping[tuple[int, int], Run]
"""Finished runs by (point, replication)."""


def indicator_names(runs: Runs) -> list[str]:
    """Every indicator that any run has, in the order of the first point that has it."""
    return list(dict.fromkeys(name for place in sorted(runs) for name in runs[place].kpis))


def setting_columns(study: Study) -> dict[str, list[Any]]:
    """Value of every swept setting by point: numbers where all values are numbers, texts otherwise."""
    return {key: _column([point.settings[key] for point in study.points]) for key in study.keys}


def _column(values: Sequence[Any]) -> list[Any]:
    return [float(value) for value in values] if is_numeric(values) else [text_of(value) for value in values]


def is_numeric(values: Sequence[Any]) -> bool:
    """Whether all values are numbers (true and false are not)."""
    return all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)


def kpi_table(study: Study, runs: Runs) -> pd.DataFrame:
    """Point × replication × indicator as docs/results.md describes it."""
    import pandas as pd

    names = indicator_names(runs)
    points, replications = len(study.points), study.settings.replications
    values = _values(study, runs, names)
    settings = setting_columns(study)
    return pd.DataFrame({
        "point": np.repeat(np.arange(points), replications * len(names)),
        "replication": np.tile(np.repeat(np.arange(replications), len(names)), points),
        "kpi": names * (points * replications),
        "value": values.reshape(-1),
        **{key: np.repeat(np.asarray(column), replications * len(names)) for key, column in settings.items()},
    })  # fmt: skip


def summary_table(study: Study, runs: Runs) -> pd.DataFrame:
    """Means, intervals and paired differences as docs/results.md describes them."""
    import pandas as pd

    names = indicator_names(runs)
    columns = _estimates(_values(study, runs, names), study.baseline)
    settings = setting_columns(study)
    return pd.DataFrame({
        "point": np.repeat(np.arange(len(study.points)), len(names)),
        "kpi": names * len(study.points),
        **{key: np.repeat(np.asarray(column), len(names)) for key, column in settings.items()},
        **{name: column.reshape(-1) for name, column in columns.items()},
    })  # fmt: skip


def _values(study: Study, runs: Runs, names: Sequence[str]) -> Floats:
    """Indicators of all runs; shape (points, replications, indicators); NaN where a run has no such indicator."""
    replications = range(study.settings.replications)
    return np.array([
        [[runs[point.number, replication].kpis.get(name, np.nan) for name in names] for replication in replications]
        for point in study.points
    ])  # fmt: skip


def _estimates(values: Floats, baseline: int) -> dict[str, Any]:
    """Columns of the summary, each of shape (points, indicators)."""
    by_replication = values.transpose(1, 0, 2)
    alone = estimate(by_replication)
    paired = paired_difference(by_replication, by_replication[:, [baseline], :])
    itself = (np.arange(len(values)) == baseline)[:, None]
    p = np.where(itself, np.nan, paired.p)
    p_holm = holm(p)
    difference = {
        "difference": paired.estimate.mean,
        "difference_low": paired.estimate.low,
        "difference_high": paired.estimate.high,
        "p": p,
        "p_holm": p_holm,
    }
    return {
        "mean": alone.mean,
        "sd": alone.sd,
        "low": alone.low,
        "high": alone.high,
        "replications": alone.count,
        "baseline": paired.base,
        **{name: np.where(itself, np.nan, column) for name, column in difference.items()},
        "significant": p_holm < SIGNIFICANCE,
        "variance_ratio": np.where(itself, np.nan, paired.variance_ratio),
    }


def telling_points(study: Study, runs: Runs) -> dict[int, list[str]]:
    """Points worth a picture, by number: the base point, those with the fewest and the most stock-outs."""
    rates = estimate(_values(study, runs, ["order_stockout_rate"]).transpose(1, 0, 2)[:, :, 0]).mean
    chosen = {"baseline": study.baseline}
    if np.isfinite(rates).any():
        chosen |= {"fewest_stockouts": int(np.nanargmin(rates)), "most_stockouts": int(np.nanargmax(rates))}
    found: dict[int, list[str]] = {}
    for why, number in chosen.items():
        found.setdefault(number, []).append(why)
    return found
