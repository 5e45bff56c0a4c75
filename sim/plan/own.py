"""A researcher's own replenishment rule: a Python function named in the plan."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from sim.description import Description
from sim.errors import nearest

Own = Callable[..., object]


class OwnPolicy(Description):
    """At every look, ``function(item, day, **parameters)`` says how many units to order (0: none).

    ``item`` shows the state and the levels of :class:`sim.world.state.Item` (``on_hand``, ``on_order``,
    ``backorders``, ``forecast_per_day``, ``safety_stock``, ``lead_days``, …) and must not be changed; ``day`` is the
    time in days. ``item.order_up_to`` is the forecast over the protection interval + safety stock.

    Attributes:
        function: ``file.py:name`` (path as seen from where the command runs) or ``package.module:name``.
        parameters: Passed on by name; a study can sweep them.
    """

    kind: Literal["own"] = "own"
    function: Annotated[str, Field(pattern=r".+:[A-Za-z_]\w*")]
    parameters: dict[str, float | int | str | bool] = {}

    @field_validator("function")
    @classmethod
    def _exists(cls, reference: str) -> str:
        load(reference)
        return reference

    def bound(self) -> Callable[[Any, float], object]:
        """The function with its parameters filled in."""
        function, parameters = load(self.function), self.parameters
        return lambda item, day: function(item, day, **parameters)

    def source_hash(self) -> str:
        """Hash of the file that holds the function, so that an edited rule is a different plan."""
        file = getattr(_module(self.function.rpartition(":")[0]), "__file__", None)
        return sha256(Path(file).read_bytes()).hexdigest() if file else ""


def load(reference: str) -> Own:
    """The function that a reference names.

    Raises:
        ValueError: no such file, module or function, or the file cannot be imported (its own error is shown).
    """
    place, _, name = reference.rpartition(":")
    module = _module(place)
    function = getattr(module, name, None)
    if not callable(function):
        names = [
            each for each in vars(module) if callable(getattr(module, each)) and not each.startswith("_")
        ]
        hint = nearest(name, names)
        raise ValueError(
            f"'{place}' has no function '{name}'" + (f"; did you mean '{hint}'?" if hint else "")
        )
    return function  # type: ignore[no-any-return]


def _module(place: str) -> ModuleType:
    if not place.endswith(".py"):
        try:
            return importlib.import_module(place)
        except ImportError as error:
            raise ValueError(f"module '{place}' cannot be imported: {error}") from None
    path = Path(place).resolve()
    if not path.is_file():
        raise ValueError(f"file '{place}' does not exist (looked for {path})")
    return _from_file(path, path.stat().st_mtime_ns)


@cache
def _from_file(path: Path, _changed: int) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"own_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ValueError(f"file '{path}' is no Python module")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise ValueError(f"file '{path}' cannot be imported: {type(error).__name__}: {error}") from error
    return module
