"""What compiled code depends on: a change in any of it must not meet code that was compiled before."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Callable
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parents[1]
_LOADED = time.time()

# Settings of Numba that change the code it makes. Not all of NUMBA_*: joblib sets NUMBA_NUM_THREADS in workers, which
# must find what their parent compiled.
_SETTINGS = (
    "BOUNDSCHECK",
    "CPU_FEATURES",
    "CPU_NAME",
    "DEBUGINFO",
    "ENABLE_AVX",
    "LOOP_VECTORIZE",
    "OPT",
    "SLP_VECTORIZE",
)


@lru_cache
def key(*outside: Callable[..., Any]) -> str | None:
    """16 hexadecimal digits for the sources, versions, settings and the processor that compiled code depends on.

    The sources are all of this package: Numba itself looks only at the file of the kernel, not at the modules whose
    functions the kernel calls. Numba need not be loaded to know the key.

    None when a source was changed after this process began to load them: nobody knows which text is in memory then,
    and code must not be kept under the key of another text.

    Args:
        outside: functions from outside the package; the files that define them count as well.
    """
    files = sorted(PACKAGE.rglob("*.py"))
    own_files = [Path(each.__code__.co_filename) for each in outside]
    if any(_changed(path) for path in (*files, *own_files)):
        return None
    digest = hashlib.sha256()
    for part in (*_environment(), _contents(files), *(_source(each) for each in outside)):
        digest.update(len(part).to_bytes(8, "little") + part)  # with its length: "ab", "c" is not "a", "bc"
    return digest.hexdigest()[:16]


def is_ours(function: Callable[..., Any]) -> bool:
    """Whether a function is defined in this package, so that the key knows its source anyway."""
    return Path(function.__code__.co_filename).resolve().is_relative_to(PACKAGE)


def _environment() -> list[bytes]:
    from llvmlite import binding

    versions = [f"{name} {_version(name)}" for name in ("numba", "llvmlite", "numpy")]
    settings = [f"{name}={os.environ.get(f'NUMBA_{name}')}" for name in _SETTINGS]
    processor = [binding.get_host_cpu_name(), binding.get_host_cpu_features().flatten()]
    return [each.encode() for each in (sys.version, *versions, *settings, *processor)]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # a build without metadata; Numba looks at its own version as well
        return "unknown"


def _changed(path: Path) -> bool:
    try:
        return path.stat().st_mtime > _LOADED
    except OSError:  # typed at a prompt: no file
        return False


def _contents(files: list[Path]) -> bytes:
    """Names and contents of the package's source files."""
    return b"".join(
        f"{path.relative_to(PACKAGE).as_posix()} {path.stat().st_size}\n".encode() + path.read_bytes()
        for path in files
    )


def _source(function: Callable[..., Any]) -> bytes:
    """What defines a function: its whole file, for it may call what stands beside it."""
    code = function.__code__
    try:
        return Path(code.co_filename).read_bytes()
    except OSError:
        return code.co_code + repr(code.co_consts).encode()
