"""Keeps histories that were read once, so that the many processes of a study need not read the file again."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from sim.history.history import History

FOLDER_VARIABLE = "STOCKOUT_SIM_CACHE"
_ARRAYS = (
    "minute",
    "customer",
    "site",
    "first_line",
    "product",
    "units",
    "unit_price_cents",
    "mean_price_cents",
)
_NAMES = ("products", "sites", "customers", "left_out")
_KEPT_FILES = 12


def load(key: str) -> History | None:
    """The history stored under a key, or None when there is none that can be read."""
    try:
        with (_folder() / f"{key}.npz").open("rb") as file, np.load(file, allow_pickle=False) as stored:
            columns: dict[str, Any] = json.loads(str(stored["facts"]))
            columns |= {name: tuple(stored[name].tolist()) for name in _NAMES}
            columns |= {name: stored[name] for name in _ARRAYS}
            return History(**columns)
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile):
        return None  # nothing stored, or a damaged file: the history is then read anew


def store(key: str, history: History) -> None:
    """Keeps a history; does nothing where no folder can be written to."""
    facts = json.dumps({"first_day": history.first_day, "days": history.days, "notes": history.notes})
    columns: dict[str, Any] = {name: getattr(history, name) for name in _ARRAYS}
    columns |= {name: np.array(getattr(history, name), dtype=np.str_) for name in _NAMES}
    folder = _folder()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, temporary = tempfile.mkstemp(dir=folder, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            np.savez(file, facts=np.array(facts), **columns)
        Path(temporary).replace(folder / f"{key}.npz")  # whole or not at all, also when two processes write
        _forget_oldest(folder)
    except OSError:
        return


def fingerprint_of_code() -> str:
    """Hash of the reading code: a history read by another version is not used."""
    digest = sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _folder() -> Path:
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named)
    for folder in (_user_cache(), Path(tempfile.gettempdir())):
        if _writable(folder):
            return folder / "stockout-sim"
    return Path(tempfile.gettempdir()) / "stockout-sim"


def _user_cache() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData/Local"))
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def _writable(folder: Path) -> bool:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK)


def _forget_oldest(folder: Path) -> None:
    files = sorted(folder.glob("*.npz"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[_KEPT_FILES:]:
        file.unlink(missing_ok=True)
