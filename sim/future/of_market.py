"""The future of a market, wherever its orders come from."""

from __future__ import annotations

from sim.future.future import Future
from sim.future.replay import replay
from sim.future.sample import sample_future
from sim.history.read import read_history
from sim.market.market import Market


def future_of(market: Market, seed: int, replication: int = 0) -> Future:
    """Replays the market's order history if it has one, else samples: all a worker needs to rebuild a future.

    Raises:
        DataError: the history's file cannot be used.
        ConfigError: the history does not fit the market.
    """
    if market.history is None:
        return sample_future(market, seed, replication)
    return replay(read_history(market.history), market, seed, replication)
