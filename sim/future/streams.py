"""Random streams keyed by names: adding a supplier, a product or a segment changes nobody else's luck."""

from __future__ import annotations

from hashlib import sha256

import numpy as np
from numpy.random import PCG64DXSM, Generator, SeedSequence
from numpy.typing import NDArray


def stream(seed: int, replication: int, name: str) -> Generator:
    """The generator of one name in one replication; the same arguments give the same draws on every machine.

    >>> float(stream(1, 0, "lead_time/east").random()) == float(stream(1, 0, "lead_time/east").random())
    True

    Raises:
        ValueError: a negative seed or replication.
    """
    if seed < 0 or replication < 0:
        raise ValueError(f"seed = {seed} and replication = {replication} must be 0 or more")
    digest = sha256(name.encode()).digest()
    words = [int.from_bytes(digest[at : at + 4], "little") for at in range(0, 16, 4)]
    return Generator(PCG64DXSM(SeedSequence([seed, replication, *words])))


def hashed_bits(keys: NDArray[np.uint64], salt: int) -> NDArray[np.uint64]:
    """64 well-mixed bits for every key and one salt (SplitMix64's finaliser; Steele, Lea & Flood 2014)."""
    mixed = keys + np.uint64((salt + 1) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
