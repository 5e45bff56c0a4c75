"""Turns pydantic's findings into problems with a config path, what is allowed, and the nearest valid name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from sim.errors import ConfigError, Problem, nearest, unknown
from sim.phrases import allowed, elsewhere, meant, worth_showing

KEY = "[key]"
"""How pydantic marks that the name of an entry is wrong, not the entry."""


def problems_of(error: ValidationError, model: type[BaseModel], root: str) -> list[Problem]:
    """Every finding of a validation as a :class:`Problem`, with paths that start at ``root``."""
    findings = error.errors(include_url=False)
    found: dict[str, Problem] = {}
    for finding in findings:
        if _follows_from_another(finding, findings):
            continue
        problem = _problem(finding, model, root)
        before = found.get(problem.path)
        if (
            before is not None and problem.allowed not in before.allowed
        ):  # the branches of a union, one by one
            problem = replace(before, allowed=f"{before.allowed}, or {problem.allowed}")
        found[problem.path] = problem
    return list(found.values())


def section_of(mapping: Any, root: str) -> dict[Any, Any]:
    """A plain mapping to be checked, as a copy.

    Raises:
        ConfigError: it is no mapping (an empty YAML file is null).
    """
    if isinstance(mapping, Mapping):
        return dict(mapping)
    raise ConfigError([Problem(root, mapping, "must be a mapping of settings (name: value)")])


def _follows_from_another(finding: Any, findings: list[Any]) -> bool:
    """Whether a list only seems too short because one of its entries is wrong."""
    place = finding["loc"]
    return finding["type"] == "too_short" and any(
        len(other["loc"]) > len(place) and other["loc"][: len(place)] == place for other in findings
    )


def _problem(finding: Any, model: type[BaseModel], root: str) -> Problem:
    location, kind, value = finding["loc"], finding["type"], finding["input"]
    if location and location[-1] == KEY:
        return _wrong_name(finding, model, root)
    path = _path(location, model, root)
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return _wrong_kind(finding, model, path)
    if kind == "extra_forbidden":
        fields = _fields_at(location[:-1], model)
        told = elsewhere(path)
        if told is not None:
            return Problem(path, value, f"unknown setting; {told}")
        allowed_here = f"unknown setting; there is {', '.join(fields)}"
        return Problem(path, value, allowed_here, meant(path, fields) or nearest(location[-1], fields))
    if kind == "literal_error":
        choices = _choices(finding)
        return Problem(path, value, f"must be {_either(choices)}", nearest(value, choices))
    return Problem(path, value if worth_showing(kind, value) else None, allowed(finding, path))


def _wrong_name(finding: Any, model: type[BaseModel], root: str) -> Problem:
    """An entry whose name is no text (YAML reads 4711 and yes as other things) or not one of the names allowed."""
    name = finding["input"]
    path = f"{_path(finding['loc'][:-2], model, root)}.{name}"
    if finding["type"] == "literal_error":
        return unknown(path, name, _choices(finding), "one of the names allowed here")
    example = f": write '{name}'" if isinstance(name, int | float) and not isinstance(name, bool) else ""
    told = f"a name must be a text; YAML reads this one as {name!r} unless it is in quotes{example}"
    return Problem(path, None, told)


def _wrong_kind(finding: Any, model: type[BaseModel], path: str) -> Problem:
    """A choice among kinds that names none, or one that does not exist."""
    key = finding["ctx"]["discriminator"].strip("'")
    tags = [tag for kind in _found(finding["loc"], model) for tag in _tags(kind)]
    what = path.rpartition(".")[2]
    given = finding["input"].get(key) if isinstance(finding["input"], dict) else None
    if given is None:
        return Problem(f"{path}.{key}", None, f"missing; there is {', '.join(tags)}")
    allowed_here = f"not a {key} of {what}; there is {', '.join(tags)}"
    return Problem(f"{path}.{key}", given, allowed_here, nearest(given, tags))


def _choices(finding: Any) -> list[str]:
    """Names that a literal allows, from pydantic's ``'A', 'B' or 'C'``."""
    text = finding["ctx"]["expected"].replace(" or ", ", ")
    return [each.strip("'") for each in text.split(", ")]


def _either(choices: list[str]) -> str:
    return choices[0] if len(choices) == 1 else f"{', '.join(choices[:-1])} or {choices[-1]}"


def _path(location: tuple[Any, ...], model: type[BaseModel], root: str) -> str:
    return ".".join([root, *_keys(location, model)])


def _keys(location: tuple[Any, ...], model: type[BaseModel]) -> Iterator[str]:
    """The location without what pydantic adds to tell the branches of unions apart."""
    for kind, key in zip(_walk(location, model), location, strict=True):
        if kind:
            yield str(key)


def _walk(location: tuple[Any, ...], model: type[BaseModel]) -> Iterator[bool]:
    """Of every part of a location, whether it is a key of the config."""
    for end, key in enumerate(location):
        found = _found(location[:end], model)
        tagged = any(key in _tags(kind) for kind in found)
        scalars = not any(_step(kind, None) or _is_model(kind) for kind in found)
        yield bool(_following(found, key)) or not (tagged or (scalars and found and end > 0))


def _found(location: tuple[Any, ...], model: type[BaseModel]) -> list[Any]:
    """Types that may stand at a location."""
    found: list[Any] = [model]
    for key in location:
        found = _following(found, key) or [kind for kind in found if key in _tags(kind)]
    return found


def _following(found: list[Any], key: Any) -> list[Any]:
    return [option for kind in found for step in _step(kind, key) for option in _options(step)]


def _fields_at(location: tuple[Any, ...], model: type[BaseModel]) -> list[str]:
    names = [
        field.alias or name
        for kind in _found(location, model)
        if _is_model(kind)
        for name, field in kind.model_fields.items()
    ]
    return list(dict.fromkeys(names))


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _step(kind: Any, key: Any) -> list[Any]:
    """Types that stand under a key of a model, or in a mapping or list."""
    if _is_model(kind):
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


def _tags(kind: Any) -> tuple[Any, ...]:
    """The values of ``kind`` or ``model`` by which a description is told apart from the others of its union."""
    if _is_model(kind):
        for name in ("kind", "model"):
            if name in kind.model_fields:
                return get_args(kind.model_fields[name].annotation)
    return ()
