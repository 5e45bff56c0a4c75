"""The folder of a study: what is written where (docs/results.md)."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from omegaconf import OmegaConf

from experiments.design import Point, Study
from experiments.details import shown_item
from experiments.files import write_json, write_table, write_text
from experiments.identity import market_hash
from experiments.manifest import Course, describe
from experiments.tables import Runs, kpi_table, summary_table

LATER = {
    "market",
    "plan",
    "replications",
    "engine",
    "jobs",
    "name",
    "overwrite",
    "output",
    "languages",
    "report",
    "audit",
    "keep_ledgers",
}
"""Settings that do not make another study: more replications, for instance, continue the same folder."""


@dataclass(frozen=True)
class Detail:
    """A point that is shown closely: its folder, the replication, and why it was chosen."""

    point: Point
    replication: int
    folder: Path
    why: tuple[str, ...]


def folder_of(study: Study) -> Path:
    """Absolute folder of a study: under its own name, or a hash of everything that makes it another study."""
    settings = study.settings
    return Path(settings.output).resolve() / study.name / (settings.name or study_hash(study))


def study_hash(study: Study) -> str:
    """First 10 hex digits of the SHA-256 of points, seed and texts; not of replications or ways to run it."""
    settings = study.settings.model_dump(mode="json", exclude=LATER)
    points = [
        (market_hash(p.market), p.plan.fingerprint(), sorted(map(str, p.settings.items())))
        for p in study.points
    ]
    return sha256(repr((study.name, settings, points)).encode()).hexdigest()[:10]


def write_inputs(study: Study, folder: Path) -> None:
    """Writes what is going to be run: the settings, and market and plan of every point; removes what is outdated."""
    write_text(
        folder / "settings.yaml",
        OmegaConf.to_yaml({"study": study.name} | study.settings.model_dump(mode="json")),
    )
    sections: dict[str, str] = {}
    for point in study.points:
        text = f"# point {point.number}: {point.label}\n"
        for name, section in point.given.items():  # most points share their market, and YAML is slow
            key = json.dumps([name, section], ensure_ascii=False, default=str)
            if key not in sections:
                sections[key] = OmegaConf.to_yaml({name: section})
            text += sections[key]
        write_text(folder / "points" / f"point-{point.number:03d}.yaml", text)
    _keep_only(folder / "points", {f"point-{point.number:03d}.yaml" for point in study.points})
    # Tables and pictures of an earlier start must not be taken for those of this one.
    (folder / "manifest.json").unlink(missing_ok=True)


def write_results(study: Study, runs: Runs, details: list[Detail], course: Course, folder: Path) -> None:
    """Writes the tables and, last, the manifest, which says that they are complete."""
    write_table(folder / "kpis.parquet", kpi_table(study, runs))
    write_table(folder / "summary.parquet", summary_table(study, runs))
    _keep_only(folder / "details", {detail.folder.name for detail in details})
    shown: dict[str, Any] = {"details": [_described(detail, folder) for detail in details], "item": None}
    if details:
        item = shown_item(details[0].folder)
        shown["item"] = {"site": item.site, "product": item.product}
    write_json(folder / "manifest.json", describe(study, runs, course, folder.name) | shown)


def _described(detail: Detail, folder: Path) -> dict[str, Any]:
    item = shown_item(detail.folder)
    return {
        "point": detail.point.number,
        "replication": detail.replication,
        "site": item.site,
        "product": item.product,
        "folder": detail.folder.relative_to(folder).as_posix(),
        "why": list(detail.why),
    }


def _keep_only(folder: Path, names: set[str]) -> None:
    """Removes what an earlier start with other settings left in a folder of ours."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in names:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
