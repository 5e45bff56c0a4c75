"""One sentence of a report, free of any language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence: the key of its words, and what is put into them."""

    key: str
    values: dict[str, Any] = field(default_factory=dict)
