"""From a result folder to charts and a report that a manager can read."""

from experiments.report.page import write_report

__all__ = ["write_report"]
