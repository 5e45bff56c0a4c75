"""Puts one value at its place in a composed config."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from sim.errors import ConfigError, Problem, nearest, unknown

KINDS = ("kind", "model")  # the keys that say which of several descriptions a section is


def place(config: dict[str, Any], path: str, value: Any, delete: bool = False, whole: bool = False) -> None:
    """Sets, merges or deletes what stands at a dotted path, in place; ``*`` stands for every member of a section.

    A mapping is merged into the one that is there. If it names its kind, or with ``whole``, it takes its place, and so
    does a kind alone (``plan.safety_stock.kind=fixed``): what was said about another kind means nothing to this one.

    >>> config = {"plan": {"safety_stock": {"kind": "fixed", "units": 5}}}
    >>> place(config, "plan.safety_stock.kind", "none")
    >>> config
    {'plan': {'safety_stock': {'kind': 'none'}}}

    Raises:
        ConfigError: ``*`` where there are no members, a position that a list does not have, or nothing to delete.
    """
    *above, last = path.split(".")
    for parent in _reach(config, above, path, delete):
        keys = _members(parent, path) if last == "*" else [last]
        for key in keys:
            _put(parent, key, deepcopy(value), path, delete, whole)


def _reach(node: Any, parts: list[str], path: str, delete: bool) -> list[Any]:
    """The containers at the end of ``parts``; missing ones are made (unless to delete), for the check to judge."""
    found = [node]
    for part in parts:
        following = []
        for container in found:
            for key in _members(container, path) if part == "*" else [part]:
                position = _position(container, key, path)
                present = _at(container, position)
                if not isinstance(present, dict | list):
                    if delete:
                        raise _nothing_there(container, part, path)
                    # `loyalty: retail` is short for `loyalty: {preset: retail}`, so a detail of it keeps the preset.
                    named = part == "loyalty" and isinstance(present, str)
                    container[position] = {"preset": present} if named else {}
                following.append(container[position])
        found = following
    return found


def _put(parent: Any, key: str, value: Any, path: str, delete: bool, whole: bool) -> None:
    position = _position(parent, key, path)
    present = _at(parent, position)
    if delete:
        if isinstance(parent, dict) and position not in parent:
            raise _nothing_there(parent, key, path)
        del parent[position]
    elif key in KINDS and isinstance(parent, dict):
        if present != value:
            parent.clear()
        parent[key] = value
    elif isinstance(value, dict) and isinstance(present, dict) and not whole and _is_part(value):
        _merge(present, value)
    else:
        parent[position] = value


def _nothing_there(container: Any, key: str, path: str) -> ConfigError:
    """The error of a setting that is to be taken out but is not there."""
    present = [str(name) for name in container]
    allowed = f"there is no '{key}' to take out; there is {', '.join(present) or 'nothing'}"
    return ConfigError([Problem(f"~{path}", None, allowed, nearest(key, present))])


def _merge(present: dict[str, Any], value: dict[str, Any]) -> None:
    for key, item in value.items():
        if isinstance(item, dict) and isinstance(present.get(key), dict) and _is_part(item):
            _merge(present[key], item)
        else:
            present[key] = item


def _is_part(value: dict[str, Any]) -> bool:
    """Whether a mapping changes some keys of a section; one that names its kind, or is empty, is the whole section."""
    return bool(value) and not any(kind in value for kind in KINDS)


def _members(container: Any, path: str) -> list[str]:
    keys = (
        [str(key) for key in container]
        if isinstance(container, dict)
        else [str(i) for i in range(len(container))]
    )
    if not keys:
        raise ConfigError([Problem(path, None, "'*' stands for every member, but there is none")])
    return keys


def _position(container: Any, key: str, path: str) -> Any:
    """The key as the container knows it: a number in a list, and in a mapping whose keys YAML read as numbers."""
    if isinstance(container, list):
        if not key.isdigit() or int(key) >= len(container):
            raise ConfigError(
                [unknown(path, key, [str(i) for i in range(len(container))], "a position of this list")]
            )
        return int(key)
    return next((known for known in container if str(known) == key), key)


def _at(container: Any, position: Any) -> Any:
    return container[position] if isinstance(container, list) else container.get(position)
