"""What chance decides, sampled up front from the market alone."""

from sim.future.future import Future
from sim.future.sample import sample_future

__all__ = ["Future", "sample_future"]
