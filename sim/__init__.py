"""The simulator: markets, plans, futures, engines, ledgers and indicators."""
