"""Calls the command as a user would, without a new process."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass
from pathlib import Path

from experiments.run import main

TINY = (
    "market=corner_shop",
    "market.horizon_days=20",
    "warm_up_days=5",
    "replications=2",
    "jobs=1",
    "report=false",
)
"""A study that takes a blink: what a test of the machinery needs."""


@dataclass(frozen=True)
class Said:
    """What a command returned and printed."""

    code: int
    out: str
    err: str


def call(*arguments: str) -> Said:
    """Runs ``stockout-sim`` with the given arguments in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(list(arguments))
    return Said(code, out.getvalue(), err.getvalue())


def tables(folder: Path) -> dict[str, bytes]:
    """The bytes of the four tables of a study folder."""
    return {
        name: (folder / name).read_bytes()
        for name in ("kpis.parquet", "kpis.csv", "summary.parquet", "summary.csv")
    }
