"""Turns pydantic's findings into problems with a config path, what is allowed, and the nearest valid key."""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from sim.errors import Problem, nearest

_PREFIXES = ("Value error, ", "Assertion failed, ", "Input should be ")


def problems_of(error: ValidationError, model: type[BaseModel], root: str) -> list[Problem]:
    """Every finding of a validation as a :class:`Problem`, with paths that start at ``root``."""
    return [_problem(finding, model, root) for finding in error.errors(include_url=False)]


def _problem(finding: Any, model: type[BaseModel], root: str) -> Problem:
    location: tuple[Any, ...] = finding["loc"]
    keys = list(_keys(location, model))
    path = ".".join([root, *keys])
    if finding["type"] == "extra_forbidden":
        fields = _fields_at(location[:-1], model)
        return Problem(
            path,
            finding["input"],
            f"unknown setting; there is {', '.join(fields)}",
            nearest(keys[-1], fields),
        )
    if finding["type"] == "missing":
        return Problem(path, None, "missing, but required")
    text = finding["msg"]
    for prefix in _PREFIXES:
        if text.startswith(prefix):
            text = ("must be " if prefix.startswith("Input") else "") + text.removeprefix(prefix)
    return Problem(path, finding["input"], text)


def _keys(location: tuple[Any, ...], model: type[BaseModel]) -> Iterator[str]:
    """The location without the tags of discriminated unions, which are no keys of the config."""
    found: list[Any] = [model]
    for key in location:
        following = [step for kind in found for step in _step(kind, key)]
        tagged = [kind for kind in found if _tag(kind) == key]
        if not following and tagged:
            found = tagged
            continue
        found = [option for kind in following for option in _options(kind)]
        yield str(key)


def _fields_at(location: tuple[Any, ...], model: type[BaseModel]) -> list[str]:
    found: list[Any] = [model]
    for key in location:
        following = [option for kind in found for step in _step(kind, key) for option in _options(step)]
        found = following or [kind for kind in found if _tag(kind) == key]
    names: list[str] = []
    for kind in found:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            names += [field.alias or name for name, field in kind.model_fields.items()]
    return list(dict.fromkeys(names))


def _step(kind: Any, key: Any) -> list[Any]:
    """Types that stand under a key of a model, or in a mapping or list."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [field.annotation for name, field in kind.model_fields.items() if key in (name, field.alias)]
    if get_origin(kind) is dict:
        return [get_args(kind)[1]]
    if get_origin(kind) in (tuple, list):
        return [get_args(kind)[0]]
    return []


def _options(kind: Any) -> list[Any]:
    """The members of a union, with annotations taken off."""
    if get_origin(kind) in (Union, UnionType):
        return [option for member in get_args(kind) for option in _options(member)]
    if hasattr(kind, "__metadata__"):
        return _options(kind.__origin__)
    return [kind]


def _tag(kind: Any) -> Any:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name in ("kind", "model"):
            if name in kind.model_fields:
                return kind.model_fields[name].default
    return None
