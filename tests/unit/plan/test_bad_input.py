"""Every mistake in a plan gets one line that says where, what, what is allowed; its correct twin is accepted."""

# ruff: noqa: E501, ISC004  (one row of the table, one message: broken lines would hide which is which)

from __future__ import annotations

import math
from typing import Any

import pytest

from sim.errors import ConfigError
from sim.market import Market
from sim.plan import Plan
from tests.handmade import SMALL, changed

MARKET = Market.from_dict(changed(SMALL, {"suppliers.bolt.capacity": 9, "lanes.truck.express": {}}))
POLICIES = "s_Q, R_s_nQ, s_S, R_s_S, R_S, base_stock, capped_base_stock, constant_order, dual_index, capped_dual_index, tailored_base_surge, days_of_cover, own"
SOURCINGS = "primary, fail_over, split, scorecard, cheapest, soonest, dual, own"
EMPTY = "is empty; leave it out for the defaults or write {} and what differs"
PLAN_FIELDS = "review, policy, safety_stock, forecast, sourcing, clearing, reserve, expediting, name, routing, rationing, transfers, recovery, operations, agreements, outage_preparation, scorecard_memory, by_class, by_product, by_site"
NAMED = "must be a text (in quotes where it looks like a number)"

# Where, what is wrong there, what would be right (None: leave it out), and the line of the message.
TABLE: list[tuple[Any, Any, Any, str]] = [
    # --- names of settings and kinds ---
    ("safty_stock", {"kind": "none"}, None, f"plan.safty_stock = {{kind: none}}: unknown setting; there is {PLAN_FIELDS}; did you mean 'safety_stock'?"),
    ("policy", {"kind": "s_q"}, {"kind": "s_Q"}, f"plan.policy.kind = 's_q': not a kind of policy; there is {POLICIES}; did you mean 's_Q'?"),
    ("policy", {"reorder_point": 3}, {"kind": "s_S", "reorder_point": 3}, f"plan.policy.kind: missing; there is {POLICIES}"),
    ("policy", {"kind": "R_S", "reorder_point": 3}, {"kind": "R_S", "order_up_to": 3},
     "plan.policy.reorder_point = 3: unknown setting; there is kind, order_up_to; did you mean 'order_up_to'?"),
    # the field's letters, (s,Q) and (R,S)
    ("policy", {"kind": "s_S", "s": 3}, {"kind": "s_S", "reorder_point": 3},
     "plan.policy.s = 3: unknown setting; there is kind, reorder_point, order_up_to, quantity_days; did you mean 'reorder_point'?"),
    ("policy", {"kind": "R_S", "S": 3}, {"kind": "R_S", "order_up_to": 3},
     "plan.policy.S = 3: unknown setting; there is kind, order_up_to; did you mean 'order_up_to'?"),
    ("policy", {"kind": "R_S", "R": 3}, {"kind": "R_S"},
     "plan.policy.R = 3: unknown setting; there is kind, order_up_to; did you mean 'review.every_days'?"),
    ("review", {"kind": "periodic", "R": 3}, {"kind": "periodic", "every_days": 3},
     "plan.review.R = 3: unknown setting; there is kind, every_days, offset_days; did you mean 'every_days'?"),
    # the second name of a kind leaves no trace in the path
    ("policy", {"kind": "R_s_S", "order_upto": 3}, {"kind": "R_s_S", "order_up_to": 3},
     "plan.policy.order_upto = 3: unknown setting; there is kind, reorder_point, order_up_to, quantity_days; did you mean 'order_up_to'?"),
    ("review", {"kind": "weekly"}, {"kind": "periodic", "every_days": 7},
     "plan.review.kind = 'weekly': not a kind of review; there is continuous, periodic"),
    ("safety_stock", {"kind": "z"}, {"kind": "z_sigma"}, "plan.safety_stock.kind = 'z': not a kind of safety_stock; there is none, fixed, "
     "days_of_cover, forecast_x_lead_time, z_sigma, z_sigma_lead_time, fill_rate, own"),
    ("forecast", {"kind": "arima"}, {"kind": "croston"}, "plan.forecast.kind = 'arima': not a kind of forecast; there is known_mean, "
     "perfect, moving_average, exponential_smoothing, holt, seasonal, croston, sba, tsb"),
    ("sourcing", {"kind": "failover"}, {"kind": "fail_over"}, f"plan.sourcing.kind = 'failover': not a kind of sourcing; there is {SOURCINGS}; did you mean 'fail_over'?"),
    ("routing", {"kind": "nearest"}, {"kind": "nearest_with_stock"}, "plan.routing.kind = 'nearest': not a kind of routing; there is home, "
     "nearest_with_stock, own; did you mean 'nearest_with_stock'?"),
    ("forecast", {"kind": "croston", "sees": "sails"}, {"kind": "croston", "sees": "sales"},
     "plan.forecast.sees = 'sails': must be demand or sales; did you mean 'sales'?"),
    ("forecast", {"kind": "known_mean", "calendar": "seasons"}, {"kind": "known_mean", "calendar": "season"},
     "plan.forecast.calendar = 'seasons': must be none, promotions, season or all; did you mean 'season'?"),
    # a perfect forecast knows the calendar anyway
    ("forecast", {"kind": "perfect", "calendar": "all"}, {"kind": "perfect"}, "plan.forecast.calendar = 'all': unknown setting; there is kind, every_days"),
    ("forecast", {"kind": "tsb", "returns": "nett"}, {"kind": "tsb", "returns": "net"},
     "plan.forecast.returns = 'nett': must be gross or net; did you mean 'net'?"),
    ("forecast", {"kind": "holt", "phi": 1.1}, {"kind": "holt", "phi": 1}, "plan.forecast.phi = 1.1: must be at most 1"),
    ("forecast", {"kind": "holt", "spikes": {"threshold": 0}}, {"kind": "holt", "spikes": {"threshold": 2}}, "plan.forecast.spikes.threshold = 0: must be above 0"),
    ("forecast", {"kind": "holt", "spikes": {"days": 0}}, {"kind": "holt", "spikes": {}}, "plan.forecast.spikes.days = 0: must be at least 1 day"),
    # --- bounds, with units ---
    ("review", {"kind": "periodic", "every_days": 0}, {"kind": "periodic", "every_days": 1}, "plan.review.every_days = 0: must be at least 1 day"),
    ("safety_stock", {"kind": "days_of_cover", "days": -2}, {"kind": "days_of_cover", "days": "2 d"}, "plan.safety_stock.days = -2: must be at least 0 days"),
    ("safety_stock", {"kind": "fixed", "units": -1}, {"kind": "fixed", "units": 0}, "plan.safety_stock.units = -1: must be at least 0 units"),
    # percent instead of a share
    ("safety_stock", {"kind": "z_sigma", "service_level": 95}, {"kind": "z_sigma", "service_level": 0.95},
     "plan.safety_stock.service_level = 95: must be at most 0.9999"),
    ("safety_stock", {"kind": "fill_rate", "fill_rate": 0}, {"kind": "fill_rate", "fill_rate": 0.5}, "plan.safety_stock.fill_rate = 0: must be above 0"),
    ("policy", {"kind": "s_Q", "order_quantity": 0}, {"kind": "s_Q", "order_quantity": 1}, "plan.policy.order_quantity = 0: must be at least 1 unit"),
    ("policy", {"kind": "s_Q", "reorder_point": 10**10}, {"kind": "s_Q", "reorder_point": -5}, "plan.policy.reorder_point = 10000000000: must be at most 1,000,000,000 units"),
    ("policy", {"kind": "R_S", "order_up_to": -1}, {"kind": "R_S", "order_up_to": 0}, "plan.policy.order_up_to = -1: must be at least 0 units"),
    ("policy", {"kind": "capped_base_stock", "cap": 0}, {"kind": "capped_base_stock", "cap": 1}, "plan.policy.cap = 0: must be at least 1 unit"),
    ("policy", {"kind": "constant_order", "units": 0}, {"kind": "constant_order", "units": 1}, "plan.policy.units = 0: must be at least 1 unit"),
    ("sourcing", {"kind": "fail_over", "leave_after": -1}, {"kind": "fail_over", "leave_after": "1 wk"}, "plan.sourcing.leave_after = -1: must be at least 0 days"),
    ("forecast", {"kind": "moving_average", "periods": 65}, {"kind": "moving_average", "periods": 64}, "plan.forecast.periods = 65: must be at most 64"),
    ("forecast", {"kind": "sba", "alpha": 0}, {"kind": "sba", "alpha": 1}, "plan.forecast.alpha = 0: must be above 0"),
    ("clearing", {"recovery": 1.5}, {"recovery": 1}, "plan.clearing.recovery = 1.5: must be at most 1"),
    ("clearing", {"idle_days": 0}, {"idle_days": None}, "plan.clearing.idle_days = 0: must be above 0 days"),
    ("reserve", {"days": -1}, {"days": 0}, "plan.reserve.days = -1: must be at least 0 days"),
    ("reserve", {"units": 2.5}, {"units": 2}, "plan.reserve.units = 2.5: must be a whole number"),
    ("by_class.B.reserve", {"share": 0.1}, {"days": 5}, "plan.by_class.B.reserve.share = 0.1: unknown setting; there is days, units"),
    ("by_class.B.clearing", {"every_days": 0}, {"every_days": 7}, "plan.by_class.B.clearing.every_days = 0: must be at least 1 day"),
    # --- numbers ---
    ("safety_stock", {"kind": "fixed", "units": True}, {"kind": "fixed", "units": 1}, "plan.safety_stock.units = true: must be a number, not true or false"),
    ("safety_stock", {"kind": "fixed", "units": "5"}, {"kind": "fixed", "units": 5}, "plan.safety_stock.units = '5': must be a number; write it without quotes"),
    ("safety_stock", {"kind": "fixed", "units": math.nan}, {"kind": "fixed", "units": 2.5}, "plan.safety_stock.units = nan: must be a finite number"),
    ("policy", {"kind": "s_Q", "reorder_point": 2.5}, {"kind": "s_Q", "reorder_point": 2.0}, "plan.policy.reorder_point = 2.5: must be a whole number"),
    # --- YAML: null sections, names that are no texts, texts for mappings ---
    ("policy", None, None, f"plan.policy: {EMPTY}"),
    ("by_class.A", None, {}, f"plan.by_class.A: {EMPTY}"),
    ("policy", "s_Q", {"kind": "s_Q"}, "plan.policy = 's_Q': must be a mapping of settings (name: value)"),
    (("by_product", 4711), {}, None, "plan.by_product.4711: a name must be a text; YAML reads this one as 4711 unless it is in quotes: write '4711'"),
    ("name", 7, "7", f"plan.name = 7: {NAMED}"),
    # --- what does not fit together ---
    ("policy", {"kind": "s_S", "reorder_point": 5, "order_up_to": 5}, {"kind": "s_S", "reorder_point": 4, "order_up_to": 5},
     "plan.policy: reorder_point (s) = 5 must be below order_up_to (S) = 5"),
    ("policy", {"kind": "days_of_cover", "minimum_days": 28}, {"kind": "days_of_cover", "minimum_days": 27},
     "plan.policy: minimum_days = 28.0 must be below target_days = 28.0"),
    ("sourcing", {"kind": "split", "shares": {"truck": 0}}, {"kind": "split", "shares": {"truck": 1}}, "plan.sourcing.shares: the shares add up to 0; they must add up to 1"),
    ("sourcing", {"kind": "split", "shares": {"truck": 0.8, "express": 0.4}}, {"kind": "split", "shares": {"truck": 0.6, "express": 0.4}},
     "plan.sourcing.shares: the shares add up to 1.2; they must add up to 1"),
    ("sourcing", {"kind": "split", "shares": {"truck": 1.2}}, {"kind": "split", "shares": {"truck": 0.9999999}},
     "plan.sourcing.shares.truck = 1.2: must be at most 1"),
    ("sourcing", {"kind": "split"}, {"kind": "split", "shares": {"truck": 1}}, "plan.sourcing.shares: missing, but required"),
    ("sourcing", {"kind": "split", "shares": {}}, {"kind": "split", "shares": {"truck": 0.75, "express": 0.25}}, "plan.sourcing.shares: is empty; name at least one"),
    ("sourcing", {"kind": "split", "shares": {"truck": -1}}, {"kind": "split", "shares": {"truck": 1}}, "plan.sourcing.shares.truck = -1: must be at least 0"),
    ("sourcing", {"kind": "split", "shares": {"truck": 0.5, "express": 0.5}, "lanes": ["truck"]}, {"kind": "split", "shares": {"truck": 1, "express": 0}, "lanes": ["truck"]},
     "plan.sourcing.shares = [express]: shares must go to the lanes of the same sourcing (truck)"),
    ("sourcing", {"kind": "primary", "lanes": []}, {"kind": "primary", "lanes": ["truck"]}, "plan.sourcing.lanes: is empty; name at least one"),
    # --- names that the market does not have ---
    ("sourcing", {"kind": "fail_over", "lanes": ["trck"]}, {"kind": "fail_over", "lanes": ["truck"]},
     "plan.sourcing.lanes = 'trck': not a lane; there is truck, express; did you mean 'truck'?"),
    ("sourcing", {"kind": "split", "shares": {"truck": 0.5, "rail": 0.5}}, {"kind": "split", "shares": {"truck": 1}}, "plan.sourcing.shares = 'rail': not a lane; there is truck, express"),
    ("by_product", {"te": {}}, {"tea": {}}, "plan.by_product.te = 'te': not a product; there is tea, coffee; did you mean 'tea'?"),
    ("by_class", {"D": {}}, {"B": {}}, "plan.by_class.D = 'D': not one of the names allowed here; there is A, B, C"),
    ("by_class", {"B": {"sourcing": {"kind": "primary", "lanes": ["rail"]}}}, {"B": {"sourcing": {"kind": "primary", "lanes": ["truck"]}}},
     "plan.by_class.B.sourcing.lanes = 'rail': not a lane; there is truck, express"),
    ("agreements", {"acm": {"reserved_per_day": 5}}, {}, "plan.agreements = 'acm': not a supplier; there is acme, bolt; did you mean 'acme'?"),
    # --- supply ---
    ("agreements", {"acme": {"reserved_per_day": 5}}, {"bolt": {"reserved_per_day": 5}},
     "plan.agreements.acme = {reserved_per_day: 5}: supplier 'acme' has no limit to reserve from: set market.suppliers.acme.capacity"),
    ("agreements", {"bolt": {"reserved_per_day": 0}}, {"bolt": {"reserved_per_day": 1}}, "plan.agreements.bolt.reserved_per_day = 0: must be at least 1 unit"),
    ("expediting", {"kind": "when_short", "share": 0}, {"kind": "when_short", "share": 0.1}, "plan.expediting.share = 0: must be above 0"),
    ("expediting", {"kind": "when_short", "patience_days": -1}, {"kind": "when_short", "patience_days": 0}, "plan.expediting.patience_days = -1: must be at least 0 days"),
    ("outage_preparation", "buy", "buy_ahead", "plan.outage_preparation = 'buy': must be none or buy_ahead"),
    ("scorecard_memory", 10, 0.1, "plan.scorecard_memory = 10: must be at most 1"),
    ("sourcing", {"kind": "scorecard", "shares": {"truck": 1}, "power": 1.5}, {"kind": "scorecard", "shares": {"truck": 1}, "power": 2},
     "plan.sourcing.power = 1.5: must be a whole number"),
    ("sourcing", {"kind": "scorecard"}, {"kind": "scorecard", "shares": {"truck": 1}}, "plan.sourcing.shares: missing, but required"),
    # --- sourcing that a site cannot follow ---
    # the store is served by the truck alone
    ("sourcing", {"kind": "primary", "lanes": ["express"]}, {"kind": "primary", "lanes": ["express", "truck"]},
     "plan.sourcing = [express]: none of these lanes serves site 'store'; it has truck"),
    ("by_product", {"tea": {"sourcing": {"kind": "split", "shares": {"express": 1}}}}, {"tea": {"sourcing": {"kind": "split", "shares": {"express": 0.5, "truck": 0.5}}}},
     "plan.by_product.tea.sourcing = [express]: none of these lanes serves site 'store'; it has truck"),
]  # fmt: skip


def _text(given: Any, market: Market | None = MARKET) -> str:
    with pytest.raises(ConfigError) as caught:
        Plan.from_dict(given, market)
    return str(caught.value)


@pytest.mark.parametrize(("path", "bad", "good", "line"), TABLE)
def test_a_mistake_is_told_in_one_line_and_its_twin_accepted(
    path: Any, bad: Any, good: Any, line: str
) -> None:
    """A mistake gives exactly its own line, and the nearest correct plan (``good``, or without the entry) is taken."""
    assert _text(changed({}, {path: bad})) == f"1 problem in the configuration:\n  {line}"
    assert Plan.from_dict({} if good is None else changed({}, {path: good}), MARKET)


def test_a_lane_that_does_not_bring_the_product_is_told() -> None:
    """The express lane serves the shop, but its supplier has no coffee; a rule for all products may still name it."""
    only_shop = Market.from_dict(changed(SMALL, {"sites": {"shop": {"region": "north"}}}))
    rule = {"sourcing": {"kind": "primary", "lanes": ["express"]}}
    told = "plan.by_product.coffee.sourcing = [express]: none of these lanes brings 'coffee' to site 'shop'; truck would"
    assert told in _text({"by_product": {"coffee": rule}}, only_shop)
    assert Plan.from_dict({"by_product": {"tea": rule}}, only_shop)
    assert Plan.from_dict(rule, only_shop)


CONSTANT = {"policy": {"kind": "constant_order"}}
CONTINUOUS = {"review": {"kind": "continuous"}}


@pytest.mark.parametrize(
    ("bad", "good", "place", "product"),
    [
        # the whole plan: the first product tells it for all
        (CONSTANT | CONTINUOUS, CONSTANT, "plan", "tea"),
        # the review of a class meets the policy of the plan
        (CONSTANT | {"by_class": {"B": CONTINUOUS}}, CONSTANT | {"by_class": {"A": CONTINUOUS | {"policy": {"kind": "s_Q"}}}}, "plan", "coffee"),
        # the policy of a product meets the review of its class; tea is of class A
        ({"by_class": {"B": CONTINUOUS}, "by_product": {"coffee": CONSTANT}}, {"by_class": {"B": CONTINUOUS}, "by_product": {"tea": CONSTANT}},
         "plan.by_product.coffee", "coffee"),
    ],
)  # fmt: skip
def test_a_constant_order_needs_a_periodic_review(
    bad: dict[str, Any], good: dict[str, Any], place: str, product: str
) -> None:
    """Told where the policy is decided, with a product that would follow it."""
    told = f"orders by the calendar, but '{product}' is reviewed continuously; give it a periodic review"
    assert _text(bad) == f"1 problem in the configuration:\n  {place}.policy.kind = 'constant_order': {told}"
    with pytest.raises(ConfigError, match="reviewed continuously"):
        Plan.from_dict(bad).check(MARKET)
    Plan.from_dict(good, MARKET).check(MARKET)


def test_all_problems_of_one_plan_come_in_one_go() -> None:
    """A wrong type does not hide a name that does not exist."""
    text = _text(
        {
            "policy": {"kind": "s_Q", "order_quantity": -1},
            "safety_stock": {"kind": "fixd"},
            "sourcing": {"kind": "primary", "lanes": ["rail"]},
            "by_product": {"cocoa": {}},
        }
    )
    assert text.startswith("4 problems in the configuration:")


@pytest.mark.parametrize("given", [None, [], "plan", 5])
def test_a_plan_that_is_no_mapping_is_told(given: Any) -> None:
    """An empty YAML file is null."""
    assert "plan" in _text(given)
    assert "must be a mapping of settings (name: value)" in _text(given)


@pytest.mark.parametrize(
    "junk", [None, True, -1, 3.7, math.nan, "junk", [], [1], [[1]], {}, {"kind": 1}, {"kind": []}, {"a": {"b": 1}}, {1: 2}]
)  # fmt: skip
def test_no_junk_anywhere_ends_in_a_traceback(junk: Any) -> None:
    """Whatever stands at whatever place of a plan, the answer is a plan or a ConfigError."""
    places = [
        "review",
        "policy",
        "safety_stock",
        "forecast",
        "sourcing",
        "routing",
        "name",
        "by_class",
        "by_product",
    ]
    places += ["by_class.A", "by_product.tea", "by_product.tea.sourcing", "by_class.B.sourcing.lanes"]
    for path in places:
        text = ""
        try:
            Plan.from_dict(changed({}, {path: junk}), MARKET)
        except ConfigError as error:
            text = str(error)
        for jargon in ("Input", "valid ", "discriminator", "dictionary", "instance", "[key]"):
            assert jargon not in text


def test_a_plan_made_for_one_market_is_checked_against_another() -> None:
    """``check`` tells the same as ``from_dict`` with the market."""
    plan = Plan.from_dict({"sourcing": {"kind": "primary", "lanes": ["truck"]}}, MARKET)
    other = Market.from_dict(
        changed(SMALL, {"lanes": {"rail": {"supplier": "acme"}}, "sites": {"shop": {"region": "north"}}})
    )
    with pytest.raises(ConfigError, match=r"plan\.sourcing\.lanes = 'truck': not a lane; there is rail"):
        plan.check(other)


def test_replace_checks_like_a_new_plan() -> None:
    """A changed copy cannot smuggle in what from_dict would refuse."""
    plan = Plan.from_dict({})
    assert plan.replace(policy={"kind": "s_Q"}).policy.kind == "s_Q"
    with pytest.raises(ConfigError, match=r"plan\.policy\.kind = 's'"):
        plan.replace(policy={"kind": "s"})


@pytest.mark.parametrize("place", [(), ("by_class", "B"), ("by_product", "tea")])
def test_express_needs_a_lane_that_has_one(place: tuple[str, ...]) -> None:
    """A rule that could never do anything is a mistake, wherever it stands."""
    path = ".".join(("plan", *place))
    line = f"{path}.expediting.kind = 'when_short': no lane of the market has an express: set market.lanes.<lane>.express"
    given = changed({}, {(*place, "expediting"): {"kind": "when_short"}})
    assert _text(given, Market.from_dict(SMALL)) == f"1 problem in the configuration:\n  {line}"
