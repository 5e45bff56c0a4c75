"""Order histories: what was sold in the past, read from files, cleaned, and mapped to whole units and minutes."""

from sim.history.history import History
from sim.history.source import Columns, HistorySource

__all__ = ["Columns", "History", "HistorySource"]
