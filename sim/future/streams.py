"""Random streams keyed by names: adding a supplier, a product or a segment changes nobody else's luck."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.random import PCG64DXSM, Generator, SeedSequence
from numpy.typing import NDArray

from sim.jit import inlined, kernel

_WORD = 0xFFFFFFFF
_ONE, _GOLDEN = np.uint64(1), np.uint64(0x9E3779B97F4A7C15)
_FIRST_FACTOR, _SECOND_FACTOR = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_FIRST_SHIFT, _SECOND_SHIFT, _LAST_SHIFT = np.uint64(30), np.uint64(27), np.uint64(31)
_SPARE, _STEP = np.uint64(11), 2.0**-53


def stream(seed: int, replication: int, name: str) -> Generator:
    """The generator of one name in one replication; the same arguments give the same draws on every machine.

    >>> float(stream(1, 0, "lead_time/east").random()) == float(stream(1, 0, "lead_time/east").random())
    True

    Raises:
        ValueError: a negative seed or replication.
    """
    if seed < 0 or replication < 0:
        raise ValueError(f"seed = {seed} and replication = {replication} must be 0 or more")
    entropy: list[int] | NDArray[np.uint32] = [seed, replication, *_words(name)]
    if seed <= _WORD and replication <= _WORD:
        entropy = np.array(
            entropy, np.uint32
        )  # the same as the list, which NumPy takes four times as long to read
    return Generator(PCG64DXSM(SeedSequence(entropy)))


@lru_cache(maxsize=4_096)
def _words(name: str) -> tuple[int, ...]:
    digest = sha256(name.encode()).digest()
    return tuple(int.from_bytes(digest[at : at + 4], "little") for at in range(0, 16, 4))


@dataclass(frozen=True, slots=True)
class Luck:
    """Which luck is met: the seed of the experiment and the number of the replication."""

    seed: int
    replication: int

    def stream(self, name: str) -> Generator:
        """The generator of a name, see :func:`stream`."""
        return stream(self.seed, self.replication, name)


def uniform_numbers(count: int, luck: Luck, name: str) -> NDArray[np.float64]:
    """The first numbers 0 … 1 of a stream."""
    drawn = np.empty(count)
    draw_uniforms(None, luck, name, drawn)
    return drawn


def draw_uniforms(_: None, luck: Luck, name: str, column: NDArray[np.float64]) -> None:
    """Fills a column with the first numbers 0 … 1 of a stream; they have no parameters."""
    luck.stream(name).random(out=column)


def hashed_bits(keys: NDArray[np.uint64], salt: int) -> NDArray[np.uint64]:
    """64 well-mixed bits for every key and one salt; see :func:`mixed`."""
    bits = np.empty(len(keys), np.uint64)
    with np.errstate(over="ignore"):
        _mix_all(_read_only(keys), np.uint64(salt), bits)
    return bits


def hashed_uniforms(keys: NDArray[np.uint64], salt: int) -> NDArray[np.float64]:
    """A number 0 … 1 for every key and one salt: the upper 53 of its hashed bits."""
    drawn = np.empty(len(keys), np.float64)
    with np.errstate(over="ignore"):
        _mix_to_uniforms(_read_only(keys), np.uint64(salt), drawn)
    return drawn


def _read_only(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The same keys as arrays of one type only, or loops would be compiled for both."""
    view = keys.view()
    view.flags.writeable = False
    return view


@inlined
def mixed(key: Any, salt: Any) -> Any:
    """64 well-mixed bits for a key and a salt, modulo 2⁶⁴ (SplitMix64's finaliser; Steele, Lea & Flood 2014)."""
    bits = key + (salt + _ONE) * _GOLDEN
    bits = (bits ^ (bits >> _FIRST_SHIFT)) * _FIRST_FACTOR
    bits = (bits ^ (bits >> _SECOND_SHIFT)) * _SECOND_FACTOR
    return bits ^ (bits >> _LAST_SHIFT)


@kernel
def _mix_all(keys: NDArray[np.uint64], salt: Any, bits: NDArray[np.uint64]) -> None:
    for row in range(len(keys)):
        bits[row] = mixed(keys[row], salt)


@kernel
def _mix_to_uniforms(keys: NDArray[np.uint64], salt: Any, drawn: NDArray[np.float64]) -> None:
    for row in range(len(keys)):
        drawn[row] = np.int64(mixed(keys[row], salt) >> _SPARE) * _STEP
