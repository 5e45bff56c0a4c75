"""Scorecards of suppliers: what a planner remembers of their deliveries, and orders divided by it."""

from __future__ import annotations

from typing import Any

Row = Any


def keep_score(supplier: Row, memory: float, on_time: bool, good_share: float) -> None:
    """A delivery came: both shares move towards it (exponential smoothing); ``memory`` is the weight of the newest."""
    punctual = 1.0 if on_time else 0.0
    supplier.on_time += memory * (punctual - supplier.on_time)
    supplier.good += memory * (good_share - supplier.good)


def score_options(item: Row, options: Row, suppliers: Row) -> None:
    """Every option of an item shows the scorecard of its supplier."""
    for row in range(item.first_option, item.first_option + item.options):
        supplier = suppliers[options[row].supplier]
        options[row].on_time = supplier.on_time
        options[row].good = supplier.good


def share_by_score(item: Row, options: Row) -> None:
    """Sets each option's ``share`` ∝ base share · (on time · good)^power; all scores 0: the base shares."""
    first, last = item.first_option, item.first_option + item.options
    total = 0.0
    for row in range(first, last):
        option = options[row]
        share, score = option.base_share, option.on_time * option.good
        for _ in range(item.scorecard_power):
            share *= score
        option.share = share
        total += share
    for row in range(first, last):
        options[row].share = options[row].share / total if total > 0.0 else options[row].base_share


def carry_arrears(item: Row, options: Row) -> None:
    """After a division: what an option was due of all that was ordered and did not get, it is due next time."""
    first, last = item.first_option, item.first_option + item.options
    total = 0
    for row in range(first, last):
        total += options[row].part
    for row in range(first, last):
        option = options[row]
        option.arrears += option.share * total - option.part
        option.bought = 0
