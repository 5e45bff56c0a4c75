"""Indicators, read from the ledger alone."""
