"""The future of a market, wherever its orders come from."""

from __future__ import annotations

from sim.future.future import Future
from sim.future.parts import Parts
from sim.future.replay import replay
from sim.future.sample import sample_future
from sim.history.read import read_history
from sim.market.market import Market


def future_of(market: Market, seed: int, replication: int = 0, kept: Parts | None = None) -> Future:
    """Replays the market's order history if it has one, else samples: all a worker needs to rebuild a future.

    Args:
        market: What we assume.
        seed: Of the whole experiment, ≥ 0.
        replication: Number of the replication, ≥ 0.
        kept: Parts of futures of other markets, which save time and change nothing; None: nothing is kept.

    Raises:
        DataError: the history's file cannot be used.
        ConfigError: the history does not fit the market.
    """
    if market.history is None:
        return sample_future(market, seed, replication, kept)
    return replay(read_history(market.history), market, seed, replication, kept)
