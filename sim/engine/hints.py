"""Hints to the processor; they change no result."""

from __future__ import annotations

from typing import Any


def soon(row: Any) -> Any:
    """This row will be read soon: compiled code has it brought into the cache meanwhile (:mod:`sim.engine.lowering`)."""
