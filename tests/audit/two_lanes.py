"""Policies that buy by a regular and an expedited lane, drawn at random."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from sim.market import Market


def slowest_first(market: dict[str, Any]) -> tuple[str, ...]:
    """The lanes of a market by mean lead time: only a quicker lane may expedite."""
    lanes = Market.from_dict(market).lanes
    return tuple(sorted(lanes, key=lambda name: -lanes[name].lead_time.mean()))


def two_lane_policies() -> st.SearchStrategy[Any]:
    """Every one of them, with levels given and left out."""
    level = st.none() | st.integers(0, 6)
    index = st.builds(
        lambda low, gap: {
            "expedited_up_to": low,
            "regular_up_to": gap if low is None or gap is None else low + gap,
        },
        level,
        st.none() | st.integers(0, 8),
    )
    return st.one_of(
        index.map(lambda levels: {"kind": "dual_index", **levels}),
        st.builds(
            lambda levels, cap: {"kind": "capped_dual_index", "regular_cap": cap, **levels},
            index,
            st.none() | st.integers(1, 5),
        ),
        st.builds(
            lambda base, share, level: {
                "kind": "tailored_base_surge",
                "base_quantity": base,
                "base_share": share,
                "surge_up_to": level,
            },
            st.none() | st.integers(0, 3),
            st.sampled_from((0.3, 0.8)),
            level,
        ),
    )


def two_lanes(lanes: tuple[str, ...]) -> dict[str, Any]:
    """Sourcing by the slowest and the quickest lane."""
    return {"kind": "dual", "regular": lanes[0], "expedited": lanes[-1]}
