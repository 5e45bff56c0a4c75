"""Small worlds drawn at random, in which every rule, outcome and fate comes up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tests.audit.networks import networked, transfers
from tests.audit.two_lanes import slowest_first, two_lane_policies, two_lanes

PRODUCTS = ("tea", "coffee", "cocoa", "mint")
SITES = ("shop", "store", "depot")
LANES = ("truck", "express", "rail")

OWN = {
    name: {"kind": "own", "function": f"tests.audit.own_rules:{function}", "parameters": parameters}
    for name, function, parameters in (
        ("policy", "half_way", {"every": 2}),
        ("safety_stock", "spread", {"days": 2.5}),
        ("sourcing", "cheapest_that_is_up", {}),
        ("routing", "fullest", {"home_first": True}),
        ("response", "by_luck", {"loyal": 0.5}),
    )
}
"""A researcher's own functions, one for every hook."""
del OWN["response"]["kind"]

kinds = st.sampled_from


@dataclass(frozen=True)
class Case:
    """A market and a plan as plain mappings, and a seed."""

    market: dict[str, Any]
    plan: dict[str, Any]
    seed: int


def _maybe(draw: st.DrawFn, strategy: st.SearchStrategy[Any]) -> Any:
    return draw(st.none() | strategy)


def distributions(low: float, high: float) -> st.SearchStrategy[Any]:
    """Every distribution, with values mostly between two bounds."""
    mean = st.floats(max(low, 0.1), high)
    return st.one_of(
        st.floats(low, high),
        st.builds(lambda a, b: {"kind": "uniform", "low": min(a, b), "high": max(a, b)}, mean, mean),
        st.builds(lambda m: {"kind": "exponential", "mean": m}, mean),
        st.builds(lambda m, cv: {"kind": "gamma", "mean": m, "cv": cv}, mean, st.floats(0.1, 2)),
        st.builds(lambda m, cv: {"kind": "lognormal", "mean": m, "cv": cv}, mean, st.floats(0.1, 2)),
        st.builds(lambda m, k: {"kind": "weibull", "shape": k, "scale": m}, mean, st.floats(0.5, 3)),
        st.builds(lambda m: {"kind": "geometric", "mean": max(1.0, m)}, mean),
        st.builds(lambda m: {"kind": "poisson", "mean": m}, mean),
        st.lists(st.floats(low, high), min_size=1, max_size=4).map(
            lambda v: {"kind": "empirical", "values": v}
        ),
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A whole case."""
    products = PRODUCTS[: draw(st.integers(1, 4))]
    sites = SITES[: draw(st.integers(1, 3))]
    lanes = LANES[: draw(st.integers(1, 3))]
    market: dict[str, Any] = {
        "horizon_days": draw(st.integers(20, 60)),
        "products": {name: draw(_products(name, products)) for name in products},
        "regions": {"north": {"distances": {sites[-1]: draw(st.floats(0, 2))}}, "south": {}},
        "sites": {name: draw(_sites(products, name == sites[0])) for name in sites},
        "suppliers": {name: draw(_suppliers()) for name in ("acme", "bolt")},
        "lanes": {name: draw(_lanes()) for name in lanes},
        "segments": {
            name: draw(_segments(products)) for name in ("regulars", "visitors")[: draw(st.integers(1, 2))]
        },
        "patterns": draw(_patterns(products)),
        "records": _maybe(draw, _records()),
        "costs": {"count": draw(kinds((0, 1.5)))},
    }
    market["lanes"][lanes[0]]["express"] = draw(_express())
    slowest = slowest_first(market)
    market, between = draw(networked(market, distributions(0, 4)))
    plan = draw(plans(products, slowest)) | between | draw(dealings(market["suppliers"]))
    plan["transfers"] = draw(transfers((0.2, 1.0, 3.0)))
    if draw(kinds((True, False, False))):
        plan["by_site"] = {sites[0]: draw(exceptions(slowest))}
    return Case(market, plan, draw(st.integers(0, 2**31)))


@st.composite
def _sites(draw: st.DrawFn, products: tuple[str, ...], stocks_all: bool) -> dict[str, Any]:
    return {
        "region": draw(kinds(("north", "south"))),
        "products": None if stocks_all else draw(kinds((None, None, products[:1], products[-1:]))),
    }


@st.composite
def _products(draw: st.DrawFn, name: str, names: tuple[str, ...]) -> dict[str, Any]:
    return {
        "substitutes": [other for other in names if other != name][: draw(st.integers(0, 2))],
        "price": draw(st.floats(0, 20)),
        "unit_cost": draw(st.floats(0, 20)),
        "abc": draw(kinds("ABC")),
        "initial_stock": _maybe(draw, st.integers(0, 30)),
        "popularity": draw(st.floats(0.1, 5)),
        "shelf_life": draw(kinds((None, None, None, 3, 10.5))),
        "issue": draw(kinds(("fifo", "lifo"))),
        "returns": draw(kinds((None, None, {"share": 0.4, "after": 4, "resalable": 0.7}))),
    }


@st.composite
def _records(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "error": draw(distributions(1, 4)),
        "too_high": draw(kinds((0, 0.5, 1))),
        "shrinkage": draw(kinds((0, 0.05, 0.5))),
        "entry_errors": draw(kinds((0, 1, 60))),
    }


@st.composite
def _suppliers(draw: st.DrawFn) -> dict[str, Any]:
    outages = st.fixed_dictionaries(
        {"up": distributions(1, 20), "down": distributions(0, 10), "announced": kinds((0, 2.5, 8))}
    )
    return {"outages": _maybe(draw, outages), "capacity": draw(kinds((None, None, 1, 7, 60)))}


@st.composite
def _lanes(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "supplier": draw(kinds(("acme", "bolt"))),
        "lead_time": draw(distributions(0, 12)),
        "delivery": draw(kinds(("crossing", "in_sequence", "one_truck"))),
        "unit_cost_factor": draw(st.floats(0.5, 2)),
        "order_cost": draw(st.floats(0, 50)),
        "minimum": draw(st.integers(1, 10)),
        "multiple": draw(st.integers(1, 6)),
        "yield_share": draw(kinds((None, None, 0.7, {"kind": "uniform", "low": 0, "high": 1}))),
        "partial_delivery": draw(
            kinds((None, None, {"probability": 0.4, "first_share": 0.3, "rest_after": 2}))
        ),
        "promised_lead_time": _maybe(draw, st.integers(0, 9)),
        "price_breaks": draw(kinds(((), ({"units": 5, "factor": 0.9}, {"units": 12, "factor": 0.75})))),
    }


@st.composite
def _express(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "lead_time": draw(distributions(0, 3)),
        "unit_cost_factor": 1.5,
        "order_cost": draw(st.floats(0, 50)),
    }


EXPEDITING: list[dict[str, Any]] = [
    {"kind": "none"},
    {"kind": "when_short"},
    {"kind": "when_short", "patience_days": 2, "share": 0.4, "counts_on_order": True},
]


@st.composite
def dealings(draw: st.DrawFn, suppliers: dict[str, Any]) -> dict[str, Any]:
    """What a plan agrees with suppliers and remembers of them; some lane must have an express."""
    agreed = {"reserved_per_day": draw(st.integers(1, 9)), "fee_per_unit": draw(kinds((0, 0.13)))}
    limited = [name for name, given in suppliers.items() if given.get("capacity") is not None]
    return {
        "agreements": {name: agreed for name in limited if draw(st.booleans())},
        "outage_preparation": draw(kinds(("none", "buy_ahead"))),
        "scorecard_memory": draw(kinds((0, 0.1, 1))),
        "expediting": draw(kinds(EXPEDITING)),
    }


@st.composite
def _segments(draw: st.DrawFn, products: tuple[str, ...]) -> dict[str, Any]:
    rate = {"mean_per_day": draw(st.floats(0.02, 0.6)), "shape": _maybe(draw, st.floats(0.5, 5))}
    return {
        "customers": draw(st.integers(0, 12)),
        "regions": _maybe(draw, st.just({"north": 0.25, "south": 0.75})),
        "order_rate": rate,
        "drop_out": draw(
            kinds(
                [
                    {"kind": "none"},
                    {"kind": "bg_nbd", "a": 0.4, "b": 3.0},
                    {"kind": "pareto_nbd", "rate_per_day": 0.02},
                    {"kind": "pareto_nbd", "rate_per_day": 0.02, "shape": 1.5},
                ]
            )
        ),
        "lines_per_order": draw(distributions(1, 3)),
        "units_per_line": draw(distributions(1, 4)),
        "popularity": _maybe(draw, st.just(dict.fromkeys(products[:2], 1.0))),
        "partial_delivery": draw(st.booleans()),
        "channel": draw(kinds(("shop", "online"))),
        "patience": _maybe(draw, distributions(0, 12)),
        "response": draw(responses()),
        "loyalty": draw(loyalties()),
        "prospects": {
            "per_day": draw(kinds((0.0, 0.4))),
            "conversion": draw(kinds((1.0, 0.6))),
            "word_of_mouth": draw(kinds((0.0, 0.9))),
            "reputation_memory": 0.2,
        },
        "recovery": draw(effects()),
    }


@st.composite
def effects(draw: st.DrawFn) -> dict[str, Any]:
    """How customers take remedies."""
    factor, relief = kinds((0.5, 1.0, 3.0)), kinds((0.0, 0.25, 1.0))
    return {
        "notice_wait_factor": draw(factor), "notice_relief": draw(relief), "recommend_factor": draw(factor),
        "recommend_relief": draw(relief), "coupon_relief": draw(relief), "coupon_redemption": draw(relief),
        "win_back_share": draw(kinds((0.0, 0.5, 1.0))), "win_back_goodwill": draw(relief),
    }  # fmt: skip


@st.composite
def responses(draw: st.DrawFn) -> dict[str, Any]:
    """What customers do at an empty shelf; by our rule, or by a function of a researcher's own."""
    weights = [draw(st.integers(0, 4)) for _ in range(4)] + [draw(st.integers(1, 4))]
    names = ("other_site", "substitute", "cancel", "competitor", "wait")
    shares = [round(weight / sum(weights), 9) for weight in weights]
    shares[-1] = 1 - sum(shares[:-1])
    return dict(zip(names, shares, strict=True)) | {"own": draw(kinds((None, None, None, OWN["response"])))}


def loyalties() -> st.SearchStrategy[Any]:
    """Every loyalty model."""
    tables = st.lists(st.floats(0, 1), min_size=1, max_size=4)
    return st.one_of(
        kinds(("none", "goodwill", "strikes", "retail", "ecommerce", "restaurant", "automotive_parts")),
        st.builds(
            lambda m, low: {
                "model": "goodwill",
                "memory": m,
                "propensity_without_goodwill": low,
                "leave_odds_at_worst": 20,
                "leave_odds_without_goodwill": 30,
                "reference_leave_probability": 0.1,
            },
            st.floats(0, 1),
            st.floats(0, 1),
        ),
        st.builds(
            lambda p, q: {"model": "strikes", "leave_probability": p, "propensity": q, "forgiven_after": 2},
            tables,
            tables,
        ),
        st.builds(
            lambda p: {"model": "per_exposure", "leave_probability": p, "buys_less_probability": p},
            st.floats(0, 1),
        ),
    )


@st.composite
def _patterns(draw: st.DrawFn, products: tuple[str, ...]) -> dict[str, Any]:
    known = {"name": "sale", "start_day": 5, "days": 4, "uplift": 3, "every_days": 15}
    local = known | {"name": "fair", "start_day": 9.5, "products": [products[0]], "regions": ["south"]}
    random = {
        "name": "clip",
        "per_year": 20,
        "days": 3,
        "uplift": 5,
        "products": [products[0]],
        "regions": ["north"],
    }
    return {
        "week": draw(kinds([[1] * 7, [1, 1, 1, 1, 2, 3, 0]])),
        "trend_per_year": draw(kinds((0.0, 2.0, -1.0))),
        "promotions": draw(kinds([[], [known], [known, local]])),
        "spikes": draw(kinds([[], [random]])),
    }


def _policies() -> st.SearchStrategy[Any]:
    level = st.none() | st.integers(0, 12)
    return st.one_of(
        st.builds(
            lambda kind, s, q: {"kind": kind, "reorder_point": s, "order_quantity": q},
            kinds(("s_Q", "R_s_nQ")),
            level,
            st.none() | st.integers(1, 9),
        ),
        st.builds(
            lambda s, cap, days: {
                "kind": "capped_base_stock",
                "order_up_to": s,
                "cap": cap,
                "cap_days": days,
            },
            level,
            st.none() | st.integers(1, 5),
            st.integers(1, 9),
        ),
        st.builds(
            lambda s, gap: {"kind": "s_S", "reorder_point": s, "order_up_to": s + gap},
            st.integers(-2, 9),
            st.integers(1, 9),
        ),
        st.builds(lambda s: {"kind": "R_s_S", "order_up_to": s}, level),
        st.builds(lambda s: {"kind": "R_S", "order_up_to": s}, level),
        st.builds(lambda s: {"kind": "base_stock", "order_up_to": s}, level),
        st.builds(
            lambda low: {"kind": "days_of_cover", "minimum_days": low, "target_days": low + 5},
            st.integers(0, 9),
        ),
        kinds([OWN["policy"], {"kind": "own", "function": "tests.unit.engine.worlds:order_when_empty"}]),
    )


SAFETY = [
    {"kind": "none"},
    {"kind": "fixed", "units": 3},
    {"kind": "days_of_cover"},
    {"kind": "forecast_x_lead_time"},
    {"kind": "z_sigma"},
    {"kind": "z_sigma_lead_time"},
    {"kind": "fill_rate"},
    OWN["safety_stock"],
]


FORECASTS: list[dict[str, Any]] = [
    {"kind": "known_mean"},
    {"kind": "moving_average"},
    {"kind": "moving_average", "periods": 3},
    {"kind": "exponential_smoothing", "alpha": 1},
    {"kind": "seasonal", "alpha": 0.4, "gamma": 0.3, "season_periods": 3},
    {"kind": "croston", "alpha": 0.3},
    {"kind": "sba", "alpha": 0.3},
    {"kind": "tsb", "beta": 0.4},
    {"kind": "holt", "alpha": 0.5, "beta": 0.5, "phi": 0.8},
    {"kind": "perfect"},
]
KNOWN: list[dict[str, Any]] = [{}, {}, *({"calendar": known} for known in ("promotions", "season", "all"))]
SEEN: list[dict[str, Any]] = [
    {},
    {"sees": "sales"},
    {"returns": "net", "spikes": {"threshold": 0.5, "days": 3}},
    {"sees": "sales", "spikes": {"threshold": 2}},
]


@st.composite
def _forecasts(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(kinds(FORECASTS)) | {"every_days": draw(st.integers(1, 7))}
    if kind["kind"] == "perfect":
        return kind
    known = kind | draw(kinds(KNOWN))
    return known if kind["kind"] == "known_mean" else known | draw(kinds(SEEN))


def _constant_orders() -> st.SearchStrategy[Any]:
    units = st.none() | st.integers(1, 5)
    return units.map(lambda number: {"kind": "constant_order", "units": number})


def _clearings() -> st.SearchStrategy[Any]:
    return st.builds(
        lambda every, cover, idle: {
            "every_days": every,
            "cover_days": cover,
            "idle_days": idle,
            "recovery": 0.3,
        },
        st.integers(1, 9),
        kinds((0.5, 3, 20)),
        kinds((None, 2, 5)),
    )


def _sourcings(lanes: tuple[str, ...]) -> st.SearchStrategy[Any]:
    shares = st.lists(st.floats(0.1, 1), min_size=len(lanes), max_size=len(lanes))
    simple = [st.just({"kind": kind}) for kind in ("primary", "cheapest", "soonest")]
    patient = st.builds(
        lambda leave, back: {"kind": "fail_over", "leave_after": leave, "return_after": back},
        *[kinds((0, 0.5, 2, 5))] * 2,
    )
    split = shares.map(
        lambda found: {
            "kind": "split",
            "shares": {lane: share / sum(found) for lane, share in zip(lanes, found, strict=True)},
        }
    )
    by_score = st.builds(
        lambda rule, power: rule | {"kind": "scorecard", "power": power}, split, st.integers(1, 4)
    )
    return st.one_of(*simple, patient, split, by_score, st.just(OWN["sourcing"]))


@st.composite
def rules(draw: st.DrawFn, lanes: tuple[str, ...]) -> dict[str, Any]:
    """Review, policy, safety stock, forecast and sourcing."""
    periodic = st.builds(
        lambda r: {"kind": "periodic", "every_days": r, "offset_days": r // 2}, st.integers(1, 9)
    )
    review = draw(periodic | st.just({"kind": "continuous"}))
    by_calendar = review["kind"] == "periodic"
    policy = draw(_policies() | _constant_orders() if by_calendar else _policies())
    sourcing = draw(_sourcings(lanes))
    if by_calendar and len(lanes) > 1 and draw(kinds((True, False, False, False))):
        policy = draw(two_lane_policies())
        sourcing = two_lanes(lanes)
    return {
        "review": review,
        "policy": policy,
        "safety_stock": draw(kinds(SAFETY)),
        "forecast": draw(_forecasts()),
        "sourcing": sourcing,
        "clearing": draw(st.none() | _clearings()),
        "reserve": draw(kinds((None, None, {"days": 4}, {"units": 3}))),
    }


@st.composite
def exceptions(draw: st.DrawFn, lanes: tuple[str, ...]) -> dict[str, Any]:
    """Rules of which some are left to the plan; review, policy and sourcing stay together, because some need others."""
    found = {name: rule for name, rule in draw(rules(lanes)).items() if draw(kinds((True, True, False)))}
    together = ("review", "policy", "sourcing")
    return found if {*together} <= {*found} else _without(found, *together)


def _without(given: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name not in names}


@st.composite
def operations(draw: st.DrawFn) -> dict[str, Any]:
    """A way of working."""
    found: dict[str, Any] = {
        "ordering": draw(kinds(("automatic", "automatic", "manual"))),
        "reaction_days": draw(kinds((0, 0.25, 1))),
        "approval_days": draw(kinds((0, 0, 0.25, 1, 3))),
        "pre_authorised": draw(kinds((None, 10, 40))),
        "working_days": draw(kinds((None, [0, 1, 2, 3, 4], [6]))),
        "plans_with_approval": draw(st.booleans()),
        "entry_accuracy": draw(kinds((0, 0, 0.5, 1))),
        "counts": draw(kinds(({}, {"A": 5, "C": 9}, {"B": 1}))),
        "channel_sync_days": draw(kinds((0, 0, 0.25, 3))),
    }
    knows = draw(kinds(("live", "alert", "lag")))
    if knows == "alert":
        found["alert"] = draw(kinds(("safety_stock", "reorder_point")))
    elif knows == "lag":
        found |= {
            "stock_known_every_days": draw(kinds((None, 0.25, 1, 7))),
            "data_lag_days": draw(kinds((0, 0.25, 2))),
        }
    return found


@st.composite
def recoveries(draw: st.DrawFn) -> dict[str, Any]:
    """What is done for disappointed customers."""
    return {
        "notice": draw(st.booleans()),
        "recommend": draw(st.booleans()),
        "coupon": draw(kinds((None, None, 2.5))),
        "queue": draw(kinds(("first_come", "most_valuable", "newcomers_first"))),
        "win_back": draw(kinds((None, {"after_days": 2, "cost": 1.5}, {"after_days": 0.25}))),
    }


@st.composite
def plans(draw: st.DrawFn, products: tuple[str, ...], lanes: tuple[str, ...]) -> dict[str, Any]:
    """A whole plan, with exceptions."""
    return draw(rules(lanes)) | {
        "routing": draw(kinds(({"kind": "home"}, {"kind": "nearest_with_stock"}, OWN["routing"]))),
        "operations": draw(st.just({}) | operations()),
        "recovery": draw(st.just({}) | recoveries()),
        "by_class": draw(kinds(({}, {"B": draw(exceptions(lanes))}))),
        "by_product": draw(kinds(({}, {products[-1]: draw(exceptions(lanes))}))),
    }
