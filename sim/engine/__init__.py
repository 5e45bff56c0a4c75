"""Engines: deterministic functions from market, plan and future to a ledger."""

from sim.engine.run import simulate

__all__ = ["simulate"]
