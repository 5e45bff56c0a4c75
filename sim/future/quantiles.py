"""Lead times in whole minutes from uniform numbers: gamma quantiles from a table, wherever rounding hides the error.

A gamma quantile takes an iteration for every number, a cubic takes three multiplications. The table holds cubics
(through both ends of a cell, with the slopes there) over the distance v from the nearer end of 0 … 1; cells halve in
length with every halving of v, so that tails are as exact as the middle. How far each cubic is from the truth is
measured when the table is made. Where that could change the rounded minute, and in the outermost tails, the quantile
itself is computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.jit import kernel
from sim.market.distributions import Distribution, Gamma
from sim.units import LONGEST_DAYS, MINUTES_PER_DAY, to_minutes_array

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_HALVINGS = 11
"""Cells reach from v = 1/2 down to 2⁻¹², beyond which lie one in 2 048 of all numbers."""
_CELLS_BITS = 5
"""Cells in every halving: 2⁵."""
_SHIFT = 52 - _CELLS_BITS
_WITHIN, _STEP = (1 << _SHIFT) - 1, 2.0**-_SHIFT
_FIRST = int(np.float64(2.0 ** (-1 - _HALVINGS)).view(np.int64)) >> _SHIFT
_CELLS = _HALVINGS << _CELLS_BITS
_LONGEST = LONGEST_DAYS * MINUTES_PER_DAY
_SAFETY = 2.0
_TRUST = 1e-9
"""Relative error with which any quantile is trusted."""
_FEW = 1_000
"""So few quantiles are computed faster than a table is made."""


@dataclass(frozen=True, slots=True)
class Table:
    """Standard gamma quantiles (scale 1).

    Attributes:
        cubics: Coefficients of t⁰ … t³, t = 0 … 1 across a cell; shape (2 sides, cells, 4).
        error: Bound of the error in each cell; shape (2, cells).
    """

    cubics: Floats
    error: Floats


def quantiles_min(distribution: Distribution, uniform: Floats) -> Ints:
    """Quantiles of uniform numbers (0 ≤ u < 1) in whole minutes, exactly those of the distribution in days, rounded."""
    if not isinstance(distribution, Gamma) or len(uniform) < _FEW:
        return to_minutes_array(distribution.quantile(uniform))
    table, near = _gamma_table(1 / distribution.cv**2), np.minimum(uniform, 1 - uniform)
    minutes, open_ = np.empty(len(uniform), np.int64), np.empty(len(uniform), np.int64)
    scale = distribution.mean() * distribution.cv**2 * MINUTES_PER_DAY
    count = _interpolate(uniform, near.view(np.int64), table.cubics, table.error, scale, minutes, open_)
    rows = open_[:count]
    minutes[rows] = to_minutes_array(distribution.quantile(uniform[rows]))
    return minutes


@lru_cache(maxsize=128)
def _gamma_table(shape: float) -> Table:
    from scipy.special import gammaincinv, gammaln

    edges = ((np.arange(_CELLS + 1) + _FIRST) << _SHIFT).view(np.float64)
    start, width = edges[:-1], np.diff(edges)
    cubics, error = np.empty((2, _CELLS, 4)), np.empty((2, _CELLS))
    for side, (uniform, middle) in enumerate(
        ((edges, start + width / 2), (1 - edges, 1 - start - width / 2))
    ):
        at = gammaincinv(shape, uniform)
        with np.errstate(all="ignore"):  # the far tail of a very skewed gamma leaves the range of numbers
            slope = np.exp(at + gammaln(shape) - (shape - 1) * np.log(at)) * (1 - 2 * side)
            left, right, rise = slope[:-1] * width, slope[1:] * width, np.diff(at)
            cubics[side] = np.stack(
                [at[:-1], left, 3 * rise - 2 * left - right, left + right - 2 * rise], axis=1
            )
            off = np.abs(cubics[side] @ (0.5 ** np.arange(4)) - gammaincinv(shape, middle))
        off = np.where(np.isfinite(off), off, np.inf)
        around = np.maximum(off, np.maximum(np.append(off[1:], 0.0), np.append(0.0, off[:-1])))
        error[side] = _SAFETY * around
    return Table(np.where(np.isfinite(cubics), cubics, 0.0), error)


@kernel
def _interpolate(
    uniform: Floats, bits: Ints, cubics: Floats, error: Floats, scale: float, minutes: Ints, open_: Ints
) -> int:
    """Rounded minutes by the cubics; how many rows stay open because the error could change them, and which.

    ``bits`` are those of v: the upper ones tell the cell, the lower ones how far into it.
    """
    count, cells = 0, error.shape[1]
    for row in range(len(uniform)):
        cell, side = (bits[row] >> _SHIFT) - _FIRST, 0 if uniform[row] < 0.5 else 1
        inside = 0 <= cell < cells
        cell = cell if inside else 0
        t = (bits[row] & _WITHIN) * _STEP
        high = cubics[side, cell, 2] + t * cubics[side, cell, 3]
        found = (cubics[side, cell, 0] + t * (cubics[side, cell, 1] + t * high)) * scale
        doubt = error[side, cell] * scale + _TRUST * (found + 1.0)
        open_[count] = row
        count += 0 if inside and abs(found - np.floor(found) - 0.5) > doubt and found < _LONGEST else 1
        minutes[row] = np.int64(np.rint(min(found, _LONGEST)))
    return count
