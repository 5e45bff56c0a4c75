"""What the benchmark ran on: processor, memory bandwidth, what two processes gain at most, peak memory."""

from __future__ import annotations

import os
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

PACKAGES = ("stockout-sim", "numpy", "numba", "simpy", "supplynetpy", "cimba")
_CELLS = 8_000_000  # 64 MB an array of 8 bytes: larger than the caches
_ROUNDS = 7


def machine() -> dict[str, Any]:
    """Processor, cores that this process may use, versions, time."""
    return {
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "processor": processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "versions": {name: _version(name) for name in PACKAGES},
    }


def processor() -> str:
    """Its name, as far as the system tells."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"


def bandwidth() -> dict[str, float]:
    """Bytes a second that one core moves: read and written by a copy, by a sum of two arrays; best of several."""
    a, b, c = (np.full(_CELLS, float(value)) for value in range(3))
    copy = min(_seconds(lambda: np.copyto(c, a)) for _ in range(_ROUNDS))
    add = min(_seconds(lambda: np.add(a, b, out=c)) for _ in range(_ROUNDS))
    return {"copy": 2 * c.nbytes / copy, "sum": 3 * c.nbytes / add}


def _seconds(work: Any) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def peak_bytes() -> int:
    """Largest memory of this process so far.

    On Linux of its own image alone: ``ru_maxrss`` would begin with the size of the process that started it.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
        return int(status.split("VmHWM:")[1].split()[0]) * 1024
    except (OSError, IndexError):
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024
