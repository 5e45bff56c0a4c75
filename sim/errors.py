"""What went wrong, said so that the reader can mend it: where, which value, what is allowed, what was meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend.

    Attributes:
        path: Config path (``market.lanes.east.supplier``) or ``file, row, column``.
        value: The offending value as it was given, or None when something is missing.
        allowed: What would be accepted, as a phrase.
        nearest: The valid name closest to what was given, or None.
    """

    path: str
    value: object
    allowed: str
    nearest: str | None = None

    def __str__(self) -> str:
        shown = "" if self.value is None else f" = {_short(self.value)}"
        hint = f"; did you mean '{self.nearest}'?" if self.nearest else ""
        return f"{self.path}{shown}: {self.allowed}{hint}"


class StockoutSimError(Exception):
    """Base of every error that a user can mend; the command line shows it without a traceback."""


class ConfigError(StockoutSimError, ValueError):
    """A market, plan or study that cannot be run; carries every problem found, not just the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        head = "1 problem in the configuration" if count == 1 else f"{count} problems in the configuration"
        super().__init__("\n".join([f"{head}:", *(f"  {problem}" for problem in self.problems)]))

    def __reduce__(self) -> tuple[type[ConfigError], tuple[tuple[Problem, ...]]]:
        """Pickle by the problems, so that the error survives the way back from a worker."""
        return type(self), (self.problems,)


class DataError(StockoutSimError, ValueError):
    """An input file that cannot be used; each of ``findings`` says file, row, column and value."""

    def __init__(self, *findings: str) -> None:
        self.findings = findings
        super().__init__(*findings)

    def __str__(self) -> str:
        if len(self.findings) == 1:
            return self.findings[0]
        return "\n".join(["the order history cannot be used:", *(f"  {each}" for each in self.findings)])


def problems_of_data(error: DataError) -> list[Problem]:
    """What is wrong with an order history, to be told together with what is wrong with settings."""
    return [Problem("market.history", None, finding) for finding in error.findings]


class OwnRuleError(StockoutSimError, ValueError):
    """A researcher's own rule answered something that cannot be done."""


class AuditError(StockoutSimError, AssertionError):
    """A ledger whose units, money, orders or customers do not add up: a fault of the engine, never of the user."""


def nearest(name: object, valid: Iterable[str]) -> str | None:
    """The valid name closest to ``name``, or None when nothing is close; letters of the other case are closest.

    >>> nearest("lead_tme", ["lead_time", "supplier"]), nearest("s_q", ["s_S", "s_Q"])
    ('lead_time', 's_Q')
    """
    names = list(valid)
    same = [each for each in names if each.casefold() == str(name).casefold()]
    found = same or get_close_matches(str(name), names, n=1, cutoff=0.55)
    return found[0] if found else None


def unknown(path: str, name: object, valid: Iterable[str], what: str) -> Problem:
    """The problem of a name that does not exist: lists the first valid ones and the nearest."""
    names = list(valid)
    listed = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
    return Problem(path, name, f"not {what}; there is {listed or 'none'}", nearest(name, names))


def _short(value: object) -> str:
    text = _typed(value)
    return text if len(text) <= 80 else text[:77] + "..."


def _typed(value: object) -> str:
    """A value as a settings file would hold it: ``true``, ``null``, ``[east, west]``, ``{kind: gamma}``."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_inside(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_inside, value)) + "]"
    return repr(value)


def _inside(value: object) -> str:
    return value if isinstance(value, str) and value.isidentifier() else _typed(value)
