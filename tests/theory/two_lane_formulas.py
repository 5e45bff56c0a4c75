"""Dual sourcing solved exactly: Markov chains of the policies, and the best that any policy can do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import poisson

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Rule:
    """An expedited level, and what the regular lane gets when the inventory position is so much."""

    expedited_up_to: int
    regular: Callable[[int], int]


def dual_index(regular_up_to: int, expedited_up_to: int, cap: int = 10**9) -> Rule:
    """S_r, S_e and a cap."""
    return Rule(expedited_up_to, lambda position: max(0, min(regular_up_to - position, cap)))


def base_surge(base: int, surge_up_to: int) -> Rule:
    """The same by the regular lane every period."""
    return Rule(surge_up_to, lambda _: base)


@dataclass(frozen=True)
class LongRun:
    """Of a rule: chances of the expedited position after ordering, from ``lowest`` on; expedited units a period."""

    lowest: int
    positions: Floats
    expedited: float

    def short(self, mean: float, lead_periods: int) -> float:
        """Mean backorders at the end of a period, expedited lead time in periods, Poisson demand."""
        return sum(p * _short(y, mean * (lead_periods + 1)) for y, p in self._each())

    def on_hand(self, mean: float, lead_periods: int) -> float:
        """Mean stock at the end of a period."""
        load = mean * (lead_periods + 1)
        return sum(p * (y - load + _short(y, load)) for y, p in self._each())

    def _each(self) -> list[tuple[int, float]]:
        return [(self.lowest + place, float(p)) for place, p in enumerate(self.positions)]


def _short(stock: int, load: float) -> float:
    """E[(X − S)⁺] of a Poisson X, for S of any sign."""
    if stock <= 0:
        return load - stock
    return float(load * poisson.sf(stock - 2, load) - stock * poisson.sf(stock - 1, load))


def long_run(rule: Rule, ahead: int, mean: float, most: int = 60) -> LongRun:
    """The Markov chain of (expedited position after ordering, regular orders that are not near yet).

    ``ahead`` periods lie between the two lead times (≥ 1). A period starts with the receipts, then both orders, then
    its Poisson demand; a regular order counts for the expedited position ``ahead`` periods after it was placed.
    Positions are cut off ``most`` above the expedited level.

    With one period in between, the expedited position before ordering is S_r − D, so the mean expedited is
    E[(S_e − S_r + D)⁺] (Fukuda 1964):

    >>> round(long_run(dual_index(20, 14), 1, 5.0).expedited, 6), round(_short(20 - 14, 5.0), 6)
    (0.493298, 0.493298)
    """
    demand = poisson.pmf(np.arange(poisson.isf(1e-13, mean) + 1), mean)
    low = rule.expedited_up_to
    states = {(low, (0,) * ahead): 0}
    moves: list[tuple[int, int, float, int]] = []
    for state in (queue := [*states]):
        y, far = state
        for units, chance in enumerate(demand):
            before = min(y + far[0] - units, low + most)
            after = max(before, low)
            reached = (after, (*far[1:], rule.regular(after + sum(far[1:]))))
            if reached not in states:
                states[reached] = len(states)
                queue.append(reached)
            moves.append((states[state], states[reached], float(chance), after - before))
    source, target, chance, expedited = (np.array(column) for column in zip(*moves, strict=True))
    share = np.full(len(states), 1 / len(states))
    for _ in range(100_000):
        new = np.bincount(target, share[source] * chance, len(states))
        change, share = np.abs(new - share).sum(), new / new.sum()
        if change < 1e-13:
            break
    reached_positions = np.array([y for y, _ in states]) - low
    return LongRun(low, np.bincount(reached_positions, share), float(share[source] * chance @ expedited))


@dataclass(frozen=True)
class Costs:
    """A unit and period on hand, a unit and period waited for, what a unit costs more by the expedited lane."""

    holding: float
    penalty: float
    premium: float


def cost(rule: Rule, ahead: int, mean: float, lead_periods: int, costs: Costs) -> float:
    """Cost a period in the long run; the regular price of the goods is left out."""
    found = long_run(rule, ahead, mean)
    stock = costs.holding * found.on_hand(mean, lead_periods)
    return stock + costs.penalty * found.short(mean, lead_periods) + costs.premium * found.expedited


def least_cost(mean: float, lead_periods: int, costs: Costs, reach: int = 80) -> float:
    """Least cost a period of *any* policy when the two lead times differ by one period, by value iteration.

    State: the expedited position before ordering, −reach … reach; it is raised to y by the expedited lane, then the
    inventory position to z by the regular one, and z − D is the next state. Stops when the bounds on the cost meet to
    1e-9 (Odoni 1969); the cut-off at both ends is far out of reach of a good policy.
    """
    levels = np.arange(-reach, reach + 1)
    load = mean * (lead_periods + 1)
    short = np.array([_short(int(y), load) for y in levels])
    stay = costs.holding * (levels - load + short) + costs.penalty * short
    demand = poisson.pmf(np.arange(2 * reach + 1), mean)
    after = np.clip(levels[:, None] - np.arange(len(demand))[None, :], -reach, reach) + reach
    value = np.zeros(len(levels))
    while True:
        ahead = value[after] @ demand
        later = np.minimum.accumulate(ahead[::-1])[::-1]
        best = (
            np.minimum.accumulate((costs.premium * levels + stay + later)[::-1])[::-1]
            - costs.premium * levels
        )
        change = best - value
        if np.ptp(change) < 1e-9:
            return float(change.mean())
        value = best - best[reach]
