"""A package with two kernels and a module that they call, to be started as new processes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import sim.jit

CALLED = """
def step(x):
    return 2 * x
"""

LOOPS = """
from sim import called
from sim.jit import inline_module, kernel, warmer
import numpy as np

inline_module(called)

@kernel
def total(values):
    result = 0
    for each in values:
        result += called.step(each)
    return result

@kernel
def totals(values, times):
    result = 0
    for _ in range(times):
        result += total(values)
    return result

@kernel
def pick(values, place):
    return values[place]

@warmer
def small_totals():
    totals(np.arange(2), 1)
"""

TOTALS = "from sim.loops import *; print(totals(np.arange(4), 3))"
"""Prints 3 × 2 × (0 + 1 + 2 + 3) = 36."""

PICK = "from sim.loops import *; print(pick(np.arange(4), 3))"
"""Prints 3; the least that can be compiled."""

ANNOUNCED = "compiling the fast engine for this machine, once: about a minute in all …"


@dataclass(frozen=True)
class SmallPackage:
    """A copy of ``sim.jit`` with small kernels in place of the simulator, and its own home folder."""

    root: Path

    def __post_init__(self) -> None:
        package = self.root / "program" / "sim"
        shutil.copytree(
            Path(sim.jit.__file__).parent, package / "jit", ignore=shutil.ignore_patterns("__pycache__")
        )
        (package / "__init__.py").touch()
        (package / "loops.py").write_text(LOOPS)
        self.called.write_text(CALLED)
        self.home.mkdir()
        self.temporary.mkdir()

    @property
    def called(self) -> Path:
        return self.root / "program" / "sim" / "called.py"

    @property
    def home(self) -> Path:
        return self.root / "home"

    @property
    def temporary(self) -> Path:
        return self.root / "temporary"

    @property
    def keys(self) -> list[Path]:
        """The folders in the home that hold compiled code."""
        return sorted((self.home / ".cache" / "stockout-sim" / "compiled").glob("*"))

    def code(self, below: Path | None = None) -> dict[str, int]:
        """Compiled code that is kept, by file name, with the time when it was written (ns)."""
        return {path.name: path.stat().st_mtime_ns for path in (below or self.home).rglob("*.nbc")}

    def start(self, program: str, **settings: str | None) -> subprocess.Popen[str]:
        """A new process that runs the program; settings are environment variables, None takes one away."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("NUMBA_", "STOCKOUT_SIM_", "XDG_", "PYTHONPATH"))
        }
        chosen = {
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "PYTHONPATH": str(self.root / "program"),
        } | settings
        environment = {name: value for name, value in (kept | chosen).items() if value is not None}
        return subprocess.Popen(
            [sys.executable, "-c", program],
            env=environment,
            cwd=self.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def run(self, program: str, **settings: str | None) -> tuple[str, str]:
        """What a new process printed and what it told the person in front of it."""
        return finish(self.start(program, **settings))


def finish(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Waits for a process that must succeed; what it printed and said."""
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out.strip(), err.strip()
