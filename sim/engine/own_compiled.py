"""A researcher's own functions in compiled code: each becomes a C function whose address the engine calls."""

from __future__ import annotations

import ast
from collections.abc import Callable
from inspect import Parameter, getsourcefile, isfunction, signature
from pathlib import Path
from typing import Any

from numba import carray, cfunc, njit, types
from numba.core.errors import NumbaError
from numba.extending import register_jitable

from sim.jit.compiling import one_at_a_time
from sim.jit.folder import folder_of
from sim.market.customers import OwnResponse
from sim.own import OwnFunction, load
from sim.plan.own import OwnPolicy, OwnSafetyStock
from sim.plan.sourcing import OwnRouting, OwnSourcing
from sim.world.state import Item, Option, Place, Shortage
from sim.world.tables import dtype_of

_FAILED = -(1 << 62)
_NO_NUMBER = float("nan")
_ITEM, _OPTION, _PLACE, _SHORTAGE = (dtype_of(kind) for kind in (Item, Option, Place, Shortage))


class CannotCompileError(Exception):
    """Numba cannot compile a researcher's own function; the message says why, in one line."""


_compiled: dict[tuple[Any, ...], Any] = {}
_refused: dict[tuple[Any, ...], str] = {}


def address_of(own: OwnFunction) -> int:
    """Address of a C function that asks a researcher's own one; compiled once a process for each set of parameters.

    Raises:
        CannotCompileError: with the reason.
    """
    function = load(own.function)
    given = tuple((name, type(value), value) for name, value in sorted(own.parameters.items()))
    key = (type(own), function, given)
    if key in _refused:
        raise CannotCompileError(_refused[key])
    if key not in _compiled:
        try:
            _compiled[key] = _compile(own, function)
        except CannotCompileError as error:
            _refused[key] = str(error)
            raise
    return int(_compiled[key].address)


def _compile(own: OwnFunction, function: Callable[..., Any]) -> Any:
    values = _values(own, function)
    kept = _stands_alone(function)
    with one_at_a_time(folder_of(function) if isfunction(function) else None):
        ready = _ready(function, kept=kept)
        try:
            made = _WRAPPERS[type(own)](ready, values)
        except Exception as error:  # noqa: BLE001  # Numba's own, and whatever its parts stumble over
            why = f"Numba cannot compile '{own.function}': {_in_short(error)}"
            raise CannotCompileError(why) from None
    _check_answer(own, ready)
    return made


def _ready(function: Callable[..., Any], *, kept: bool) -> Any:
    """The function for Numba, which may call the functions beside it in its file."""
    for each in getattr(function, "__globals__", {}).values():
        if isfunction(each) and each.__module__ == function.__module__ and each is not function:
            register_jitable(each)
    # a wrong position in a list must fail as it does in Python, and not read somebody else's memory
    return njit(cache=kept, boundscheck=True)(function)


_NEVER_CHANGE = {"__future__", "cmath", "math", "numba", "numpy", "sim", "typing"}


def _stands_alone(function: Callable[..., Any]) -> bool:
    """Whether the machine code depends on its own file only, and so can be found again by the file's text."""
    try:
        tree = ast.parse(Path(getsourcefile(function) or "").read_text(encoding="utf-8"))
    except (OSError, TypeError, SyntaxError):
        return False
    used = set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            used.update(each.name.partition(".")[0] for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            used.add("." if node.level else (node.module or "").partition(".")[0])
    return used <= _NEVER_CHANGE


def _values(own: OwnFunction, function: Callable[..., Any]) -> tuple[Any, ...]:
    """The parameters by place, as far as they are given; what lies between is filled with its default.

    Raises:
        CannotCompileError: a parameter that can only be given by name.
    """
    open_ones = list(signature(function).parameters.values())[len(own.GIVEN) :]
    for each in open_ones:
        if each.kind is not Parameter.POSITIONAL_OR_KEYWORD:
            raise CannotCompileError(
                f"'{own.function}' takes {each}: compiled code hands parameters over by place"
            )
    named = [each for each in open_ones if each.name in own.parameters]
    last = open_ones.index(named[-1]) + 1 if named else 0
    return tuple(own.parameters.get(each.name, each.default) for each in open_ones[:last])


def _check_answer(own: OwnFunction, ready: Any) -> None:
    """Refuses answers that compiled code would cut to size, and plain Python would not take."""
    answer = ready.nopython_signatures[-1].return_type
    whole = isinstance(answer, types.Integer | types.IntEnumMember)
    if not whole and not (isinstance(own, OwnSafetyStock) and isinstance(answer, types.Float)):
        wanted = "a number" if isinstance(own, OwnSafetyStock) else "a whole number"
        raise CannotCompileError(f"'{own.function}' returns {answer} as compiled code sees it, not {wanted}")


def _policy(function: Any, values: tuple[Any, ...]) -> Any:
    @cfunc(types.int64(types.voidptr, types.float64))
    def ask(item: Any, day: float) -> int:
        answer = _FAILED
        try:
            answer = function(*((carray(item, 1, _ITEM)[0], day) + values))
        except Exception:  # noqa: BLE001  (the SimPy engine says which)
            answer = _FAILED
        return answer

    return ask


def _safety(function: Any, values: tuple[Any, ...]) -> Any:
    @cfunc(types.float64(types.voidptr, types.float64))
    def ask(item: Any, day: float) -> float:
        answer = _NO_NUMBER
        try:
            answer = float(function(*((carray(item, 1, _ITEM)[0], day) + values)))
        except Exception:  # noqa: BLE001
            answer = _NO_NUMBER
        return answer

    return ask


def _sourcing(function: Any, values: tuple[Any, ...]) -> Any:
    @cfunc(types.int64(types.voidptr, types.voidptr, types.int64, types.int64, types.float64))
    def ask(item: Any, options: Any, count: int, units: int, day: float) -> int:
        answer = _FAILED
        try:
            rows = carray(item, 1, _ITEM)[0], carray(options, count, _OPTION)
            answer = function(*(rows + (units, day) + values))
        except Exception:  # noqa: BLE001
            answer = _FAILED
        return answer

    return ask


def _routing(function: Any, values: tuple[Any, ...]) -> Any:
    @cfunc(types.int64(types.voidptr, types.int64, types.float64))
    def ask(sites: Any, count: int, day: float) -> int:
        answer = _FAILED
        try:
            answer = function(*((carray(sites, count, _PLACE), day) + values))
        except Exception:  # noqa: BLE001
            answer = _FAILED
        return answer

    return ask


def _response(function: Any, values: tuple[Any, ...]) -> Any:
    @cfunc(types.int64(types.voidptr, types.float64))
    def ask(shortage: Any, day: float) -> int:
        answer = _FAILED
        try:
            answer = function(*((carray(shortage, 1, _SHORTAGE)[0], day) + values))
        except Exception:  # noqa: BLE001
            answer = _FAILED
        return answer

    return ask


_WRAPPERS: dict[type, Callable[[Any, tuple[Any, ...]], Any]] = {
    OwnPolicy: _policy,
    OwnSafetyStock: _safety,
    OwnSourcing: _sourcing,
    OwnRouting: _routing,
    OwnResponse: _response,
}


_NOISE = (
    "Failed in",
    "During",
    "File ",
    "raised from",
    "<source",
    "^",
    "-",
    ">>>",
    "There are",
    "This error",
)


def _in_short(error: Exception) -> str:
    """What Numba does not know, and in which line of the file, as far as it says so."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    telling = next((line for line in lines if not line.startswith(_NOISE)), type(error).__name__)
    called = next((line.removeprefix(">>> ") for line in lines if line.startswith(">>>")), "")
    if telling.endswith("found for signature:") and called:
        telling = f"it knows no {called}"
    if telling.startswith("Cannot unify") and "'answer" in telling:
        telling = "what it returns is not always a number"
    if not isinstance(error, NumbaError):
        telling = f"{type(error).__name__}: {telling}"
    return telling[:200]
