"""Generated worlds in which sites supply sites: a depot and shops, or a row of three."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

RATIONINGS = ("first_come", "proportional", "fair_share", "critical_first", "most_valuable_first")

kinds = st.sampled_from


@st.composite
def networked(
    draw: st.DrawFn, market: dict[str, Any], lead_times: st.SearchStrategy[Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The market, in which now and then the first site supplies the others, and what a plan says of it."""
    sites, lanes = list(market["sites"]), list(market["lanes"])
    if len(sites) == 1 or draw(kinds((True, False, False))):
        return market, {}
    upper = {sites[1]: [sites[0]]}
    if len(sites) > 2:
        upper[sites[2]] = draw(kinds(([sites[0]], [sites[0]], [sites[1]], [sites[1], sites[0]])))
    sources = sorted({source for names in upper.values() for source in names})
    more = {f"from_{source}": _lane(draw, source, lead_times) for source in sources}
    rows = {}
    for name in sites:
        inner = [f"from_{source}" for source in upper.get(name, [])]
        rows[name] = market["sites"][name] | {
            "lanes": draw(kinds(([*inner, *lanes], [*inner, *lanes], [*lanes, *inner]))),
            "priority": draw(st.integers(1, 3)),
            "serves_customers": name != sites[0] or draw(st.booleans()),
        }
    plan = {"rationing": draw(kinds(RATIONINGS))}
    return market | {"sites": rows, "lanes": market["lanes"] | more}, plan


def transfers(times: tuple[float, ...]) -> st.SearchStrategy[Any]:
    """Lateral transfers, off half of the time."""
    days = st.none() | st.integers(0, 3)
    proactive = st.none() | st.fixed_dictionaries({"every_days": st.integers(1, 4), "trigger_days": days})
    given = st.fixed_dictionaries(
        {
            "reactive": st.booleans(),
            "proactive": proactive,
            "time": kinds(times),
            "cost": kinds((0.0, 2.0)),
            "unit_cost": kinds((0.0, 0.5)),
            "hold_back_days": days,
        }
    )
    return st.none() | given


def _lane(draw: st.DrawFn, source: str, lead_times: st.SearchStrategy[Any]) -> dict[str, Any]:
    return {
        "from_site": source,
        "lead_time": draw(lead_times),
        "delivery": draw(kinds(("crossing", "in_sequence"))),
        "unit_transport_cost": draw(kinds((0.0, 0.25))),
        "order_cost": draw(kinds((0, 3))),
        "minimum": draw(kinds((1, 1, 4))),
        "multiple": draw(kinds((1, 1, 3))),
    }
