"""A researcher's own rule: a Python function named in the settings, with its parameters."""

from __future__ import annotations

import importlib
import importlib.util
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from importlib.machinery import SourceFileLoader
from inspect import Parameter, signature
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, ClassVar

from pydantic import ValidationInfo, field_validator

from sim.description import Description
from sim.errors import nearest

Own = Callable[..., object]

_REFERENCE = re.compile(r".+:[A-Za-z_]\w*")

_BY_PLACE = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
_BY_NAME = (Parameter.POSITIONAL_OR_KEYWORD, Parameter.KEYWORD_ONLY)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A function with its parameters.

    Attributes:
        call: To be asked with what the rule is given.
        place: Where the settings name it, and how, for messages.
    """

    call: Own
    place: str


class OwnFunction(Description):
    """``function(<what it is given>, **parameters)`` is asked instead of a rule of ours.

    Attributes:
        function: ``file.py:name`` (path as seen from where the command runs) or ``package.module:name``.
        parameters: Passed on by name; a study can sweep them.
    """

    GIVEN: ClassVar[tuple[str, ...]] = ("item", "day")
    PLACE: ClassVar[str] = "plan.policy.function"

    function: str
    parameters: dict[str, float | int | str | bool] = {}

    @field_validator("function")
    @classmethod
    def _can_be_asked(cls, reference: str) -> str:
        if not _REFERENCE.fullmatch(reference):
            raise ValueError("write it as file.py:name or package.module:name")
        found = _signature(load(reference), cls.GIVEN)
        if sum(each.kind in _BY_PLACE for each in found) < len(cls.GIVEN):
            wanted = f"({', '.join(cls.GIVEN)}, **parameters)"
            raise ValueError(f"must take {wanted}; it takes {signature(load(reference))}")
        return reference

    @field_validator("parameters")
    @classmethod
    def _are_taken(cls, given: dict[str, Any], info: ValidationInfo) -> dict[str, Any]:
        if "function" in info.data:  # otherwise it is the function that is wrong
            _check_names(info.data["function"], set(given), cls.GIVEN)
        return given

    def loaded(self) -> Loaded:
        """The function as its file has it now, ready to be asked."""
        return Loaded(partial(load(self.function), **self.parameters), f"{self.PLACE} = '{self.function}'")

    def source_hash(self) -> str:
        """Hash of the file that holds the function, so that an edited rule is a different plan (or market)."""
        file = getattr(_module(self.function.rpartition(":")[0]), "__file__", None)
        return sha256(Path(file).read_bytes()).hexdigest() if file else ""


def _signature(function: Own, given: tuple[str, ...]) -> list[Parameter]:
    """Its parameters; ``*args`` counts as what is lacking of those that we hand over."""
    try:
        found = list(signature(function).parameters.values())
    except (TypeError, ValueError):  # written in C, and silent about itself: it may take anything
        found = [Parameter("args", Parameter.VAR_POSITIONAL), Parameter("kwargs", Parameter.VAR_KEYWORD)]
    if any(each.kind == Parameter.VAR_POSITIONAL for each in found):
        lacking = given[sum(each.kind in _BY_PLACE for each in found) :]
        found += [Parameter(name, Parameter.POSITIONAL_ONLY) for name in lacking]
    return found


def _check_names(reference: str, given: set[str], by_place: tuple[str, ...]) -> None:
    """Refuses parameters that the function does not take, and the lack of one that it needs."""
    found = _signature(load(reference), by_place)
    handed_over = [each for each in found if each.kind in _BY_PLACE][: len(by_place)]
    open_ones = [each for each in found if each not in handed_over and each.kind in _BY_NAME]
    names = [each.name for each in open_ones]
    there_is = f"there is {', '.join(names) or 'none'}"
    if not any(each.kind == Parameter.VAR_KEYWORD for each in found):
        for name in sorted(given.difference(names)):
            hint = nearest(name, names)
            raise ValueError(
                f"'{reference}' takes no parameter '{name}'; {there_is}"
                + (f"; did you mean '{hint}'?" if hint else "")
            )
    missing = [each.name for each in open_ones if each.default is Parameter.empty and each.name not in given]
    if missing:
        raise ValueError(f"'{reference}' needs a value for {', '.join(missing)}")


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
    # compiled by its author: both engines start from the Python function
    return getattr(function, "py_func", function)  # type: ignore[no-any-return]


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


class _TextLoader(SourceFileLoader):
    """Reads the text every time: byte code kept by Python is looked for by the second, and edits may be quicker."""

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.get_data(self.path), self.path, "exec")


@cache
def _from_file(path: Path, _changed: int) -> ModuleType:
    name = f"own_{path.stem}_{sha256(bytes(path)).hexdigest()[:8]}"
    spec = importlib.util.spec_from_file_location(name, path, loader=_TextLoader(name, str(path)))
    if spec is None or spec.loader is None:
        raise ValueError(f"file '{path}' is no Python module")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # Numba looks there for the home of code that it has kept
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise ValueError(f"file '{path}' cannot be imported: {type(error).__name__}: {error}") from error
    return module
