"""What chance decides, sampled up front from the market alone."""

from sim.future.future import Future
from sim.future.of_market import future_of
from sim.future.replay import replay
from sim.future.sample import sample_future

__all__ = ["Future", "future_of", "replay", "sample_future"]
