"""Policies for a regular and an expedited lane: what they need of review, sourcing and market."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.errors import Problem, unknown
from sim.market.market import Market
from sim.plan.sourcing import two_lanes

TWO_LANES = ("dual_index", "capped_dual_index", "tailored_base_surge")
"""Kinds of policies that buy by two lanes."""

Decided = Mapping[str, tuple[str, Mapping[Any, Any]]]
"""By part of the plan: where it is decided, and what it is (empty where the default stands)."""


def two_lane_problems(item: tuple[str, str], decided: Decided, market: Market) -> Iterator[Problem]:
    """What is wrong with the rules of one item (site, product) that is bought by two lanes, or would be."""
    _, product = item
    (policy_at, policy), (sourcing_at, sourcing) = decided["policy"], decided["sourcing"]
    review_at, review = decided["review"]
    kind = policy.get("kind")
    if sourcing.get("kind") == "dual":
        yield from _lanes(f"{sourcing_at}.sourcing", sourcing, item, market)
        if kind not in TWO_LANES:
            allowed = f"needs a policy for two lanes for '{product}'; there is {', '.join(TWO_LANES)}"
            yield Problem(f"{sourcing_at}.sourcing.kind", "dual", allowed)
    elif kind in TWO_LANES:
        allowed = (
            f"buys '{product}' by a regular and an expedited lane; its sourcing must be of the kind dual"
        )
        yield Problem(f"{policy_at}.policy.kind", kind, allowed)
    if kind in TWO_LANES and review.get("kind") == "continuous":
        allowed = f"cannot be followed for '{product}' by {kind}, which needs a periodic review"
        yield Problem(f"{review_at}.review.kind", "continuous", allowed)


def _lanes(
    path: str, sourcing: Mapping[Any, Any], item: tuple[str, str], market: Market
) -> Iterator[Problem]:
    """Lanes that do not exist, that do not bring the item, or that have the wrong order."""
    site, product = item
    named = {part: sourcing.get(part) for part in ("regular", "expedited")}
    named = {part: name for part, name in named.items() if isinstance(name, str)}
    dangling = [
        unknown(f"{path}.{part}", name, market.lanes, "a lane")
        for part, name in named.items()
        if name not in market.lanes
    ]
    yield from dangling
    if dangling:
        return
    reach = [lane for lane in market.site_lanes(site) if market.carries(lane, product)]
    pair = two_lanes(named.get("regular"), named.get("expedited"), reach)
    if pair is None:
        allowed = (
            f"needs two lanes that bring '{product}' to site '{site}', a regular and an expedited one; "
            f"it has {', '.join(reach)}"
        )
        yield Problem(path, dict(named) or None, allowed)
        return
    slow, fast = (market.lanes[lane].lead_time.mean() for lane in pair)
    if fast > slow:
        allowed = (
            f"the expedited lane must not be slower than the regular one on average: '{pair[1]}' takes {fast:g} "
            f"days, '{pair[0]}' {slow:g}"
        )
        yield Problem(path, {"regular": pair[0], "expedited": pair[1]}, allowed)
