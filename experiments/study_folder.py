"""Reads a result folder (docs/results.md) for charts, findings and the report; nothing else of a study is needed."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from omegaconf import OmegaConf

from experiments.indicators import Kind, possible_range
from sim.errors import DataError

if TYPE_CHECKING:
    import pandas as pd

Texts = dict[str, str]
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over replications with its 95 % interval; NaN bounds when there is no interval."""

    kpi: str
    mean: float
    low: float = math.nan
    high: float = math.nan

    @property
    def has_interval(self) -> bool:
        return math.isfinite(self.low) and math.isfinite(self.high)


@dataclass(frozen=True, slots=True)
class Difference(Estimate):
    """Point − base point in the same futures.

    Attributes:
        significant: Whether it differs from 0 at the 5 % level after Holm's correction over the points.
        p_holm: The corrected p-value; NaN with fewer than two replications.
        variance_ratio: How many times fewer replications the pairing needs; NaN if unknown.
    """

    significant: bool = False
    p_holm: float = math.nan
    variance_ratio: float = math.nan


@dataclass(frozen=True, slots=True)
class Number:
    """A single number of a kind (without interval)."""

    kind: Kind
    value: float


class IndicatorName(str):
    """Name of an indicator, to be shown as its words."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """A swept setting: its config key, whether all its values are numbers, and its names by language."""

    key: str
    numeric: bool
    text: Texts
    value_text: dict[str, Texts]

    @property
    def assumed(self) -> bool:
        """Whether it belongs to the market (what is assumed) and not to the plan (what is decided)."""
        return self.key.startswith("market")


@dataclass(frozen=True, slots=True)
class Point:
    """One combination of the swept settings.

    Attributes:
        number: As in the folder's files (``points/point-007.yaml`` is 7).
        text: Its name by language.
        settings: Value of each swept setting by config key.
        baseline: Whether the others are compared with it.
        market: Fingerprint of its market; points with equal ones met the same futures.
        swept: The settings that ``settings`` gives values to.
    """

    number: int
    text: Texts
    settings: dict[str, Any]
    baseline: bool
    market: str = ""
    swept: tuple[Setting, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """Part of a point: some settings with their values, named without the others."""

    values: tuple[tuple[Setting, Any], ...]


@dataclass(frozen=True)
class StudyFolder:
    """A study's results as they lie in its folder.

    Attributes:
        path: The folder.
        manifest: ``manifest.json`` as it is.
        summary: ``summary.parquet``, one row a point and indicator, indexed by (point, kpi).
    """

    path: Path
    manifest: dict[str, Any]
    summary: pd.DataFrame

    @cached_property
    def settings(self) -> tuple[Setting, ...]:
        """The swept settings in the order of the sweep."""
        entries = self.manifest.get("settings") or []
        return tuple(
            Setting(entry["key"], bool(entry.get("numeric")), entry["text"], entry.get("value_text") or {})
            for entry in entries
        )

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """All points, in the order of the sweep."""
        return tuple(
            Point(
                entry["point"],
                entry["text"],
                entry.get("settings") or {},
                bool(entry.get("baseline")),
                str(entry.get("market", "")),
                self.settings,
            )
            for entry in self.manifest["points"]
        )

    @property
    def base(self) -> Point:
        """The point with which the others are compared."""
        return next((point for point in self.points if point.baseline), self.points[0])

    @property
    def market(self) -> dict[str, Any]:
        """What the manifest tells of the base point's market (name, currency, counts)."""
        markets = self.manifest["markets"]
        entry = next(entry for entry in self.manifest["points"] if entry["point"] == self.base.number)
        return next(
            (market for market in markets if market["fingerprint"] == entry.get("market")), markets[0]
        )

    @cached_property
    def markets_given(self) -> tuple[dict[str, Any], ...]:
        """The different markets of the points as resolved mappings, the base point's first; without missing files."""
        entries = sorted(self.manifest["points"], key=lambda entry: entry["point"] != self.base.number)
        first = {entry.get("market"): self.path / str(entry.get("file", "")) for entry in reversed(entries)}
        files = [first[name] for name in dict.fromkeys(entry.get("market") for entry in entries)]
        read = (OmegaConf.to_container(OmegaConf.load(file)) for file in files if file.is_file())
        return tuple(given.get("market") or {} for given in read if isinstance(given, dict))

    @cached_property
    def plans_given(self) -> tuple[dict[str, Any], ...]:
        """The plans of the points as resolved mappings; without missing files."""
        files = [self.path / str(entry.get("file", "")) for entry in self.manifest["points"]]
        read = (OmegaConf.to_container(OmegaConf.load(file)) for file in files if file.is_file())
        return tuple(given.get("plan") or {} for given in read if isinstance(given, dict))

    @property
    def compares_assumptions(self) -> bool:
        """Whether the points differ in what is assumed, so that they are cases rather than plans."""
        return any(setting.assumed for setting in self.settings)

    @property
    def only_assumptions(self) -> bool:
        """Whether nothing but assumptions is swept, so that nothing is decided and no point is a choice."""
        return self.compares_assumptions and all(setting.assumed for setting in self.settings)

    @cached_property
    def runs(self) -> pd.DataFrame | None:
        """Indicators of the single runs: a row a replication, a column (point, kpi); None without ``kpis.parquet``."""
        import pandas as pd

        file = self.path / "kpis.parquet"
        if not file.is_file():
            return None
        return (
            pd.read_parquet(file)
            .set_index(["replication", "point", "kpi"])["value"]
            .unstack(["point", "kpi"])
        )

    def has(self, kpi: str) -> bool:
        """Whether the indicator is there and defined for at least one point."""
        return any(math.isfinite(self.estimate(point, kpi).mean) for point in self.points)

    def estimate(self, point: Point, kpi: str) -> Estimate:
        """Mean and interval (cut off at what is possible) of an indicator at a point; NaN where it is undefined."""
        row = self._row(point, kpi)
        smallest, largest = possible_range(kpi)
        low, high = max(_number(row, "low"), smallest), min(_number(row, "high"), largest)
        return Estimate(kpi, _number(row, "mean"), low, high)

    def difference(self, point: Point, kpi: str) -> Difference:
        """Paired difference of an indicator against the base point; NaN at the base point."""
        row = self._row(point, kpi)
        mean, low, high = (_number(row, f"difference{end}") for end in ("", "_low", "_high"))
        significant = bool(row.get("significant") or False)
        return Difference(
            kpi, mean, low, high, significant, _number(row, "p_holm"), _number(row, "variance_ratio")
        )

    def detail(self, point: Point, table: str) -> pd.DataFrame | None:
        """A table of ``details/`` for a point, or None when there is none."""
        import pandas as pd

        for entry in self.manifest.get("details") or []:
            file = self.path / str(entry.get("folder", "")) / f"{table}.parquet"
            if entry["point"] == point.number and file.is_file():
                return pd.read_parquet(file)
        return None

    @cached_property
    def detailed(self) -> tuple[Point, ...]:
        """Points that have details, the base point first."""
        numbers = [entry["point"] for entry in self.manifest.get("details") or []]
        found = [point for point in self.points if point.number in numbers]
        return tuple(sorted(found, key=lambda point: not point.baseline))

    def _row(self, point: Point, kpi: str) -> dict[str, Any]:
        return self._rows.get((point.number, kpi), {})

    @cached_property
    def _rows(self) -> dict[tuple[int, str], dict[str, Any]]:
        records = self.summary.to_dict("records")
        return {(int(record["point"]), str(record["kpi"])): record for record in records}  # type: ignore[misc]


def read_study(folder: Path) -> StudyFolder:
    """The study whose results are in ``folder``.

    Raises:
        DataError: it is no result folder, or one of another format.
    """
    import pandas as pd

    manifest_file, summary_file = folder / "manifest.json", folder / "summary.parquet"
    for file in (manifest_file, summary_file):
        if not file.is_file():
            raise DataError(f"'{folder}' is not the result folder of a study: it has no {file.name}")
    manifest = json.loads(manifest_file.read_text(encoding="utf-8"))
    if manifest.get("format", FORMAT) != FORMAT:
        raise DataError(f"{manifest_file}: format = {manifest['format']}; this version reads format {FORMAT}")
    return StudyFolder(folder, manifest, pd.read_parquet(summary_file))


def _number(row: dict[str, Any], column: str) -> float:
    value = row.get(column)
    return math.nan if value is None else float(value)
