"""What is allowed, in a planner's words: bounds with their units, texts, numbers, lists, mappings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

_PREFIXES = ("Value error, ", "Assertion failed, ")
_DAYS = (
    "days", "start_day", "lead_time", "promised_lead_time", "patience", "up", "down", "announced", "rest_after",
    "after", "leave_after", "return_after",
)  # fmt: skip
_UNITS = (
    "units", "initial_stock", "minimum", "multiple", "reorder_point", "order_up_to", "order_quantity", "units_per_line",
    "capacity", "reserved_per_day", "cap", "regular_up_to", "expedited_up_to", "regular_cap", "base_quantity",
    "surge_up_to",
)  # fmt: skip
_MONEY = (
    "price",
    "unit_cost",
    "unit_costs",
    "unit_transport_cost",
    "order_cost",
    "ordering",
    "lost_sale_handling",
    "acquisition",
    "fee_per_unit",
)
_LETTERS = {"s": "reorder_point", "S": "order_up_to", "Q": "order_quantity", "R": "every_days"}
_ELSEWHERE = {
    ("lanes", "sites"): "sites name their lanes: market.sites.<site>.lanes",
    ("suppliers", "lanes"): "lanes name their supplier: market.lanes.<lane>.supplier",
    ("suppliers", "lead_time"): "lanes have lead times: market.lanes.<lane>.lead_time",
}
_WITHOUT_UNIT = ("cv", "shape")


def measured_in(path: str) -> str:
    """The unit of the setting at a config path, or an empty text.

    >>> measured_in("market.lanes.east.lead_time.mean"), measured_in("market.lanes.east.lead_time.cv")
    ('days', '')
    """
    keys = path.split(".")
    if keys[-1] in _WITHOUT_UNIT:
        return ""
    for key in reversed(keys):
        if key in _DAYS or key.endswith("_days"):
            return "days"
        if key in _UNITS:
            return "units"
        if key in _MONEY:
            return "in the market's currency"
        if key.endswith("_per_day"):
            return "a day"
    return ""


def meant(path: str, fields: Sequence[str]) -> str | None:
    """The setting that the field's own letters stand for: (s,Q), (R,S).

    >>> meant("plan.policy.S", ["kind", "order_up_to"]), meant("plan.policy.R", ["kind", "order_up_to"])
    ('order_up_to', 'review.every_days')
    """
    section, letter = path.split(".")[-2:]
    name = _LETTERS.get(letter) if section in ("policy", "review") else None
    if name is None or name in fields:
        return name
    return f"review.{name}" if letter == "R" else None


def elsewhere(path: str) -> str | None:
    """Where a setting that people look for here is said instead.

    >>> elsewhere("market.lanes.east.sites")
    'sites name their lanes: market.sites.<site>.lanes'
    """
    section, _, name = ["", "", *path.split(".")][-3:]
    return _ELSEWHERE.get((section, name))


def worth_showing(kind: str, value: object) -> bool:
    """Whether the value says something that the phrase does not: a whole section does not."""
    if kind in ("missing", "too_short", "invalid_key"):
        return False
    return not (isinstance(value, dict) and kind in ("value_error", "assertion_error"))


def allowed(finding: Any, path: str) -> str:
    """What one of pydantic's findings allows."""
    kind, context, value = finding["type"], finding.get("ctx", {}), finding["input"]
    if kind == "missing":
        return "missing, but required"
    if value is None and kind != "value_error":
        return _empty(kind)
    if kind in _BOUNDS:
        word, name = _BOUNDS[kind]
        bound, unit = context[name], measured_in(path)
        unit = {"days": "day", "units": "unit"}.get(unit, unit) if bound == 1 else unit
        return f"must be {word} {bound:,.10g} {unit}".rstrip()
    if kind in _LENGTHS:
        return _LENGTHS[kind](context)
    if kind in _TYPES:
        return f"must be {_TYPES[kind]}"
    text: str = finding["msg"]
    for prefix in _PREFIXES:
        text = text.removeprefix(prefix)
    return text


def _empty(kind: str) -> str:
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return "is empty; leave it out for the defaults or write {} and what differs"
    return "is empty; give a value or leave it out"


_BOUNDS = {
    "greater_than_equal": ("at least", "ge"),
    "less_than_equal": ("at most", "le"),
    "greater_than": ("above", "gt"),
    "less_than": ("below", "lt"),
}


def _too_short(context: dict[str, Any]) -> str:
    least, there = context["min_length"], context["actual_length"]
    if there == 0 and least == 1:
        return "is empty; name at least one"
    return f"must have {least} entries, not {there}"


_LENGTHS: dict[str, Callable[[dict[str, Any]], str]] = {
    "too_short": _too_short,
    "too_long": lambda context: (
        f"must have at most {context['max_length']} entries, not {context['actual_length']}"
    ),
    "string_too_short": lambda context: f"must be a text of at least {context['min_length']} letters",
    "string_too_long": lambda context: f"must be a text of at most {context['max_length']} letters",
    "string_pattern_mismatch": lambda context: f"must look like {context['pattern']}",
}

_MAPPING = "a mapping of settings (name: value)"
_LIST = "a list, such as [first, second]"
_TYPES = {
    "invalid_key": "named by a text (in quotes where it looks like a number)",
    "float_type": "a number", "float_parsing": "a number",
    "int_type": "a whole number", "int_parsing": "a whole number", "int_from_float": "a whole number",
    "int_parsing_size": "a whole number of at most 18 digits",
    "finite_number": "a finite number",
    "bool_type": "true or false", "bool_parsing": "true or false",
    "string_type": "a text (in quotes where it looks like a number)",
    "dict_type": _MAPPING, "model_type": _MAPPING, "model_attributes_type": _MAPPING,
    "list_type": _LIST, "tuple_type": _LIST,
}  # fmt: skip
