"""Reads and writes beyond the end of a table are silent in compiled code: one pass runs with bounds checks on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("numba", reason="the compiled engine is an extra")

HERE = Path(__file__).parent
SECONDS = 900  # compiling with checks takes twice as long as without


def test_no_world_reads_or_writes_beyond_a_table() -> None:
    """A part of the worlds again, by code compiled with bounds checks; nothing of that run may be skipped."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist"]
    command += ["with_bounds_checks.py", "test_same_rows.py", "test_named_ties.py"]
    environment = os.environ | {"NUMBA_BOUNDSCHECK": "1", "PARITY_EXAMPLES": "40"}
    ran = subprocess.run(
        command, cwd=HERE, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert ran.returncode == 0, ran.stdout[-5_000:] + ran.stderr[-1_000:]
    assert "skipped" not in ran.stdout
