"""Files that are either whole or not there, whenever the program is stopped."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import ConfigError, Problem

if TYPE_CHECKING:
    import pandas as pd


@contextmanager
def replacing(file: Path) -> Iterator[Path]:
    """A path to write to; when the block ends well, it takes the place of ``file`` in one step."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def write_text(file: Path, text: str) -> None:
    """Writes a text file in one step."""
    with replacing(file) as part:
        part.write_text(text, encoding="utf-8")


def write_json(file: Path, content: dict[str, Any]) -> None:
    """Writes a JSON file in one step; NaN and infinity, which JSON does not know, become null."""
    write_text(file, json.dumps(_finite(content), ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def write_table(file: Path, table: pd.DataFrame, csv: bool = True) -> None:
    """Writes ``file`` (.parquet) and, beside it, the same as CSV, each in one step."""
    with replacing(file) as part:
        table.to_parquet(part, index=False, compression="zstd")
    if csv:
        with replacing(file.with_suffix(".csv")) as part:
            table.to_csv(part, index=False, lineterminator="\n")


def make_folder(folder: Path, setting: str, given: str) -> None:
    """Makes a folder and proves that it can be written to, before anything long starts.

    Raises:
        ConfigError: it cannot; names the setting that chose the folder, and its value as given.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".{os.getpid()}.part"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        allowed = f"must be a folder that can be written to ({folder}: {reason})"
        raise ConfigError([Problem(setting, given, allowed)]) from None


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
