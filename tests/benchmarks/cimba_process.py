"""cimba in a process of its own: it cannot compile its models once our kernels are in the same process.

``python -m tests.benchmarks.cimba_process`` answers every line "days seed" with "orders lost seconds".
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Self

from tests.benchmarks.timing import timed

ROOT = Path(__file__).parents[2]


class CimbaProcess:
    """Runs of the single-product shop in cimba, timed where they are made."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.benchmarks.cimba_process"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def run(self, days: int, seed: int) -> tuple[int, int, float]:
        """Orders placed, orders lost, seconds."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(days, seed, file=self._process.stdin, flush=True)
        orders, lost, seconds = self._process.stdout.readline().split()
        return int(orders), int(lost), float(seconds)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()


def main() -> None:
    """Until nobody asks any more."""
    from tests.benchmarks.cimba_shop import cimba_run

    for line in sys.stdin:
        days, seed = map(int, line.split())
        (orders, lost), seconds = timed(lambda days=days, seed=seed: cimba_run(days, seed))  # type: ignore[misc]
        print(orders, lost, seconds, flush=True)


if __name__ == "__main__":
    main()
