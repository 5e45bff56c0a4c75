"""What chance decides, sampled up front from the market alone."""

from sim.future import warming as _warming  # noqa: F401  # lets its loops be compiled in advance
from sim.future.future import Future
from sim.future.of_market import future_of
from sim.future.parts import Parts
from sim.future.replay import replay
from sim.future.sample import sample_future

__all__ = ["Future", "Parts", "future_of", "replay", "sample_future"]
