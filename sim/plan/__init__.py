"""What we decide: review, policy, safety stock, forecast, sourcing, order routing."""

from sim.plan.plan import Plan

__all__ = ["Plan"]
