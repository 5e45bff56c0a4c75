"""What we assume: products, customers and their loyalty, demand, sites, suppliers, lanes, costs."""

from sim.market.market import Market

__all__ = ["Market"]
