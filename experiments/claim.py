"""Whose folder a result folder is: which settings fill it, and how long its runs have taken so far."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from experiments.archive import folder_of
from experiments.design import Study
from experiments.files import make_folder, write_json
from experiments.identity import code_hash, market_hash
from sim.errors import ConfigError, Problem

FILE = "claim.json"


@dataclass(frozen=True)
class Claim:
    """A folder that a study may write to.

    Attributes:
        folder: Absolute.
        settings: Hash of what is in it: points, base point, seed and warm-up.
        seconds: Duration of the starts that made its runs so far.
    """

    folder: Path
    settings: str
    seconds: float

    def note(self, seconds: float) -> float:
        """Writes down a start that made runs, and returns the duration of all starts."""
        total = self.seconds + seconds
        write_json(self.folder / FILE, {"settings": self.settings, "code": code_hash(), "seconds": total})
        return total


def claim(study: Study) -> Claim:
    """The study's folder, made and proved to be writable.

    Raises:
        ConfigError: it cannot be written to, or holds another study that ``overwrite`` does not give up.
    """
    settings, folder = study.settings, folder_of(study)
    make_folder(folder, "output", settings.output)
    found, mine = _read(folder), _hash(study)
    if found and found.get("settings") != mine and not settings.overwrite:
        allowed = (
            "this name holds results of other settings; take another name, or give them up: overwrite=true"
        )
        raise ConfigError([Problem("name", settings.name or folder.name, allowed)])
    same = found.get("settings") == mine and found.get("code") == code_hash()
    return Claim(folder, mine, float(str(found.get("seconds", 0.0))) if same else 0.0)


def _read(folder: Path) -> dict[str, object]:
    """What an earlier start wrote; of a folder with results but without this file nothing is known."""
    try:
        return dict(json.loads((folder / FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {"settings": None} if (folder / "manifest.json").exists() else {}


def _hash(study: Study) -> str:
    points = [
        (market_hash(point.market), point.plan.fingerprint(), sorted(map(str, point.settings.items())))
        for point in study.points
    ]
    rest = (study.baseline, study.settings.seed, study.settings.warm_up_days)
    return sha256(repr((study.name, points, rest)).encode()).hexdigest()[:16]
