"""The finished runs of a study folder: one line each, added as they arrive, read again by the next start."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import IO, Self

from experiments.files import write_text
from experiments.identity import code_hash
from experiments.task import Run
from sim.errors import ConfigError, Problem

FILE = "runs.jsonl"


def cell_key(market: str, plan: str, seed: int, replication: int, warm_up_days: float) -> str:
    """Hash of everything the indicators of a run depend on, the simulator's code included.

    ``market`` is its ``identity.market_hash``, ``plan`` its fingerprint.
    """
    parts = (code_hash(), market, plan, seed, replication, float(warm_up_days))
    return sha256(repr(parts).encode()).hexdigest()[:24]


class RunLog:
    """The runs of a folder, open for more; only one program at a time may have it open.

    A line counts when it is whole, so that a program stopped while writing loses that one run and nothing else.
    """

    def __init__(self, folder: Path) -> None:
        self.file = folder / FILE
        self._handle: IO[str] | None = None

    def __enter__(self) -> Self:
        whole = not self.file.exists() or self.file.read_bytes()[-1:] in (b"", b"\n")
        self._handle = self.file.open("a", encoding="utf-8")
        _lock(self._handle, self.file)
        if not whole:
            self._handle.write("\n")
        return self

    def __exit__(self, *_: object) -> None:
        assert self._handle is not None
        self._handle.close()
        self._handle = None

    def read(self) -> dict[str, Run]:
        """Every finished run by its key."""
        runs: dict[str, Run] = {}
        if self.file.exists():
            for line in self.file.read_text(encoding="utf-8").splitlines():
                run = _run(line)
                if run is not None:
                    runs[run.key] = run
        return runs

    def add(self, runs: Iterable[Run]) -> None:
        """Writes runs down for good."""
        assert self._handle is not None
        for run in runs:
            self._handle.write(json.dumps(vars(run) | {"code": code_hash()}) + "\n")
        self._handle.flush()

    def forget_other_code(self) -> None:
        """Leaves out the runs that another version of the simulator made: they can never be used again."""
        lines = self.file.read_text(encoding="utf-8").splitlines()
        mark = f'"code": "{code_hash()}"'
        kept = [line for line in lines if _run(line) is not None and line.rstrip("}").endswith(mark)]
        if len(kept) < len(lines):
            write_text(self.file, "".join(f"{line}\n" for line in kept))


def _run(line: str) -> Run | None:
    try:
        fields = json.loads(line)
        fields.pop("code")
        return Run(**fields)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None  # a line that was being written when the program was stopped


def _lock(handle: IO[str], file: Path) -> None:
    """Refuses a second program in the same folder, where the system can tell."""
    try:
        import fcntl
    except ImportError:  # Windows
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        allowed = (
            "another stockout-sim is writing to this folder; wait for it, or give this one a name: name=…"
        )
        raise ConfigError([Problem("name", str(file.parent), allowed)]) from None
