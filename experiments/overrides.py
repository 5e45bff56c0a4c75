"""What a user writes on the command line or in a study's sweep: ``key=value`` in Hydra's override syntax."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Glob, Override
from hydra.errors import HydraException
from omegaconf.errors import OmegaConfBaseException

from sim.errors import ConfigError, Problem


@dataclass(frozen=True)
class Setting:
    """One setting with the values it is to take.

    Attributes:
        key: Dotted path (``plan.safety_stock.days``, with ``*`` for every member), or group (``plan/sourcing``).
        values: One value, or several when it is swept; none when it is deleted.
        swept: Whether it was written as a sweep (``a,b``, ``range()``, ``choice()``, ``glob()``), even with one value.
        glob: Patterns over the options of a group, still to be matched; None otherwise.
    """

    key: str
    values: tuple[Any, ...]
    swept: bool = False
    glob: Glob | None = None

    @property
    def deleted(self) -> bool:
        """Whether the setting was written as ``~key``."""
        return not self.values and self.glob is None

    @property
    def node(self) -> str:
        """The place in the config, the same for a group and for a value: ``plan/sourcing`` is ``plan.sourcing``."""
        return self.key.replace("/", ".")


def parse_all(texts: Iterable[str]) -> list[Setting]:
    """Settings in their order; of those with the same key the last one counts, at the place of the first.

    Raises:
        ConfigError: with every text that cannot be read.
    """
    found: dict[str, Setting] = {}
    problems: list[Problem] = []
    for text in texts:
        try:
            setting = parse(text)
        except ConfigError as error:
            problems += error.problems
        else:
            found[setting.node] = setting
    if problems:
        raise ConfigError(problems)
    return list(found.values())


def parse(text: str) -> Setting:
    """One setting from ``key=value``; ``+key`` and ``++key`` mean the same, ``~key`` deletes.

    >>> parse("plan.safety_stock.days=range(2,8,3)")
    Setting(key='plan.safety_stock.days', values=(2, 5), swept=True, glob=None)

    Raises:
        ConfigError: not of that form, or a value that Hydra's grammar does not know.
    """
    if text.startswith("~"):
        return Setting(text[1:].partition("=")[0].strip(), ())
    key, equals, value = text.lstrip("+").partition("=")
    key = key.strip()
    if not equals or not key:
        allowed = "write it as setting=value, for example replications=20; --help shows more"
        raise ConfigError([Problem("command line", text, allowed)])
    return parse_value(key, value)


def parse_value(key: str, value: str) -> Setting:
    """The setting ``key`` with a value, or a sweep over values, in Hydra's syntax.

    Raises:
        ConfigError: a value that Hydra's grammar does not know, or an interval, which has no list of values.
    """
    try:
        # Parsed under a stand-in, because the grammar of keys knows neither `*` nor names with blanks.
        override = OverridesParser.create().parse_override(f"value={value}")
        return _setting(key, value, override)
    except ConfigError:
        raise
    except (HydraException, OmegaConfBaseException, ArithmeticError, ValueError) as error:
        reason = str(error).splitlines()[0]
        quoted = f"{key}=\"'a, b'\""
        allowed = f"not a value in Hydra's syntax ({reason}); put quotes around a text with blanks or commas: {quoted}"
        raise ConfigError([Problem(key, value, allowed)]) from None


def _setting(key: str, text: str, override: Override) -> Setting:
    if not override.is_sweep_override():
        return Setting(key, (override.value(),))
    if override.is_interval_sweep():
        allowed = "an interval has no list of values to try; write the values: 1,2,3 or range(1,4)"
        raise ConfigError([Problem(key, text, allowed)])
    if getattr(override.value(), "shuffle", False):
        allowed = "points in random order cannot be repeated; write the values without shuffle()"
        raise ConfigError([Problem(key, text, allowed)])
    glob: Any = override._value  # noqa: SLF001  (the patterns have no public name; matched when the group is known)
    if isinstance(glob, Glob):
        return Setting(key, (), swept=True, glob=glob)
    values = tuple(Override._convert_value(value) for value in override.sweep_iterator())  # noqa: SLF001  (unquotes)
    if not values:
        raise ConfigError([Problem(key, text, "an empty sweep: there is no value to try")])
    return Setting(key, values, swept=True)


def text_of(value: Any) -> str:
    """A value as a short text, the same for equal values: labels, table columns and ``value_text`` use it.

    >>> text_of(0.95), text_of({"kind": "split", "shares": {"near": 0.3, "far": 0.7}}), text_of(None)
    ('0.95', 'split(near=0.3, far=0.7)', 'null')
    """
    if isinstance(value, dict):
        return _text_of_mapping(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(text_of(item) for item in value) + "]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)


def _text_of_mapping(value: dict[Any, Any]) -> str:
    named = next((key for key in ("kind", "model", "preset") if key in value), None)
    rest = {key: item for key, item in value.items() if key != named}
    if list(rest) == ["shares"] and isinstance(rest["shares"], dict):
        rest = rest["shares"]
    inside = ", ".join(f"{key}={text_of(item)}" for key, item in rest.items())
    head = "" if named is None else str(value[named])
    return f"{head}({inside})" if inside else head or "()"
