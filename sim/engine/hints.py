"""Hints to the processor; they change no result."""

from __future__ import annotations

from typing import Any


def soon(row: Any) -> Any:
    """This row will be read soon: compiled code lets it be brought into the cache (:mod:`sim.engine.lowering`)."""
