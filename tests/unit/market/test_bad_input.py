"""Every mistake in a market gets one line that says where, what, what is allowed; its correct twin is accepted."""

# ruff: noqa: E501, ISC004  (one row of the table, one message: broken lines would hide which is which)

from __future__ import annotations

import math
from typing import Any

import pytest

from sim.errors import ConfigError
from sim.market import Market
from tests.handmade import SMALL, changed

KINDS = "constant, uniform, exponential, gamma, lognormal, weibull, geometric, poisson, empirical"
DISTRIBUTION = (
    "must be a number (a constant), a duration such as '5 d' or '12 h', or a mapping with the kind of a "
    "distribution and its parameters"
)
DURATION = "must be a number of days or a text such as '5 d', '12 h', '90 min', '2 wk', '1 month', '1 y'"
PRESETS = "none, goodwill, strikes, retail, ecommerce, restaurant, automotive_parts"
MAPPING = "must be a mapping of settings (name: value)"
EMPTY = "is empty; leave it out for the defaults or write {} and what differs"
LEAD = "lanes.truck.lead_time"
SPELL = {"name": "sale", "start_day": 3}
TEA = {"price": 5, "unit_cost": 3}

# Where, what is wrong there, what would be right, and the line (or lines) of the message.
TABLE: list[tuple[Any, Any, Any, str]] = [
    # --- names of settings ---
    # a misspelt setting, with the nearest
    ("lanes.truck.suplier", "acme", None, "market.lanes.truck.suplier = 'acme': unknown setting; there is supplier, "
     "from_site, unit_transport_cost, lead_time, delivery, unit_cost_factor, unit_costs, order_cost, minimum, multiple, products, delays, yield_share, partial_delivery, "
     "promised_lead_time, price_breaks, express; did you mean 'supplier'?"),
    # a setting that belongs to the sites
    ("lanes.truck.sites", ["shop"], None,
     "market.lanes.truck.sites = [shop]: unknown setting; sites name their lanes: market.sites.<site>.lanes"),
    # a setting of another distribution than the one chosen
    (LEAD, {"kind": "gamma", "mean": 3, "scale": 1}, {"kind": "gamma", "mean": 3, "cv": 1},
     f"market.{LEAD}.scale = 1: unknown setting; there is kind, mean, cv"),
    # a setting that must be there is not
    ("products.tea", {"price": 5}, TEA, "market.products.tea.unit_cost: missing, but required"),
    # --- kinds ---
    # a distribution that does not exist
    (LEAD, {"kind": "gama", "mean": 3}, {"kind": "gamma", "mean": 3},
     f"market.{LEAD}.kind = 'gama': not a kind of lead_time; there is {KINDS}; did you mean 'gamma'?"),
    # the kind is missing
    (LEAD, {"mean": 3}, {"kind": "exponential", "mean": 3}, f"market.{LEAD}.kind: missing; there is {KINDS}"),
    # the kind is not even a text
    (LEAD, {"kind": 3}, {"kind": "constant", "value": 3}, f"market.{LEAD}.kind = 3: not a kind of lead_time; there is {KINDS}"),
    # a drop-out that does not exist
    ("segments.regulars.drop_out", {"kind": "bgnbd"}, {"kind": "bg_nbd"}, "market.segments.regulars.drop_out.kind = "
     "'bgnbd': not a kind of drop_out; there is none, bg_nbd, pareto_nbd; did you mean 'bg_nbd'?"),
    # a loyalty model that does not exist
    ("segments.regulars.loyalty", {"model": "strike"}, {"model": "strikes"}, "market.segments.regulars.loyalty.model = "
     "'strike': not a model of loyalty; there is none, goodwill, strikes, per_exposure; did you mean 'strikes'?"),
    # a loyalty preset that does not exist
    ("segments.regulars.loyalty", "retial", "retail", "market.segments.regulars.loyalty = 'retial': preset 'retial' does "
     f"not exist; there is {PRESETS}; did you mean 'retail'?"),
    # a preset in a mapping, of the wrong type
    ("segments.regulars.loyalty", {"preset": 5}, {"preset": "retail", "propensity_after": 0.5},
     f"market.segments.regulars.loyalty: preset 5 does not exist; there is {PRESETS}"),
    # loyalty that is neither a preset nor a model
    ("segments.regulars.loyalty", 0.3, "none", "market.segments.regulars.loyalty = 0.3: must be the name of a preset "
     f"({PRESETS}) or a mapping with a model"),
    # --- one of a few words ---
    ("products.tea.abc", "D", "C", "market.products.tea.abc = 'D': must be A, B or C"),
    ("lanes.truck.delivery", "crosing", "crossing", "market.lanes.truck.delivery = 'crosing': must be crossing, "
     "in_sequence or one_truck; did you mean 'crossing'?"),
    # --- bounds, with units ---
    ("horizon_days", 0, 1, "market.horizon_days = 0: must be at least 1 day"),
    ("horizon_days", 36_501, 36_500, "market.horizon_days = 36501: must be at most 36,500 days"),
    (LEAD, -1, 0, f"market.{LEAD}.value = -1: must be at least 0 days"),
    (LEAD, {"kind": "weibull", "shape": 0, "scale": 2}, {"kind": "weibull", "shape": 1, "scale": 2},
     f"market.{LEAD}.shape = 0: must be above 0.05"),
    ("products.tea.price", -5, 0, "market.products.tea.price = -5: must be at least 0 in the market's currency"),
    ("products.tea.initial_stock", -1, 0, "market.products.tea.initial_stock = -1: must be at least 0 units"),
    ("lanes.truck.minimum", 0, 1, "market.lanes.truck.minimum = 0: must be at least 1 unit"),
    ("lanes.truck.multiple", 2_000_000_000, 1_000_000_000,
     "market.lanes.truck.multiple = 2000000000: must be at most 1,000,000,000 units"),
    ("segments.regulars.order_rate", {"mean_per_day": 0}, {"mean_per_day": 0.01},
     "market.segments.regulars.order_rate.mean_per_day = 0: must be above 0 a day"),
    ("costs", {"payment_days": -1}, {"payment_days": 0}, "market.costs.payment_days = -1: must be at least 0 days"),
    ("patterns", {"trend_per_year": -1.5}, {"trend_per_year": -1},
     "market.patterns.trend_per_year = -1.5: must be at least -1"),
    ("segments.regulars.prospects", {"conversion": 1.2}, {"conversion": 1},
     "market.segments.regulars.prospects.conversion = 1.2: must be at most 1"),
    # --- numbers ---
    # a truth value is no number, though Python thinks so
    ("products.tea.price", True, 1, "market.products.tea.price = true: must be a number, not true or false"),
    ("horizon_days", True, 1, "market.horizon_days = true: must be a number, not true or false"),
    (LEAD, True, 1, f"market.{LEAD} = true: {DISTRIBUTION}"),
    ("patterns.promotions", [SPELL | {"days": True}], [SPELL | {"days": 1}],
     f"market.patterns.promotions.0.days = true: {DURATION}"),
    # a text is no number
    ("products.tea.price", "5", 5, "market.products.tea.price = '5': must be a number; write it without quotes"),
    ("patterns.week", [1, 1, 1, 1, 1, 1, "x"], [1, 1, 1, 1, 1, 1, 2],
     "market.patterns.week.6 = 'x': must be a number"),
    # half a day of horizon, half a unit
    ("horizon_days", 30.5, 30.0, "market.horizon_days = 30.5: must be a whole number"),
    ("products.tea.initial_stock", 2.5, 2, "market.products.tea.initial_stock = 2.5: must be a whole number"),
    # no finite number
    ("products.tea.price", math.inf, 1e9, "market.products.tea.price = inf: must be a finite number"),
    ("products.tea.unit_cost", math.nan, 0, "market.products.tea.unit_cost = nan: must be a finite number"),
    (LEAD, {"kind": "lognormal", "mean": math.nan}, {"kind": "lognormal", "mean": 1},
     f"market.{LEAD}.mean = nan: must be a finite number"),
    (LEAD, {"kind": "weibull", "shape": math.nan, "scale": 1}, {"kind": "weibull", "shape": 2, "scale": 1},
     f"market.{LEAD}.shape = nan: must be a finite number"),
    # a list for a number
    ("products.tea.price", [5], 5, "market.products.tea.price = [5]: must be a number"),
    # --- durations ---
    ("costs", {"payment_days": "30 dayz"}, {"payment_days": "30 days"}, f"market.costs.payment_days = '30 dayz': {DURATION}"),
    ("costs", {"payment_days": "soon"}, {"payment_days": "1 wk"}, f"market.costs.payment_days = 'soon': {DURATION}"),
    (LEAD, "2 fortnights", "2 wk", f"market.{LEAD} = '2 fortnights': {DISTRIBUTION}"),
    (LEAD, [1, 2], 1.5, f"market.{LEAD} = [1, 2]: {DISTRIBUTION}"),
    (LEAD, None, 0, f"market.{LEAD}: {DISTRIBUTION}"),
    # --- truth values, texts, lists, mappings ---
    ("segments.regulars.partial_delivery", "perhaps", False,
     "market.segments.regulars.partial_delivery = 'perhaps': must be true or false"),
    ("sites.shop.region", 5, "south", "market.sites.shop.region = 5: must be a text (in quotes where it looks like a number)"),
    ("sites.shop.lanes", "truck", ["truck"], "market.sites.shop.lanes = 'truck': must be a list, such as [first, second]"),
    ("sites.shop.lanes", 5, ["truck"], "market.sites.shop.lanes = 5: must be a list, such as [first, second]"),
    ("products", [TEA], {"tea": TEA, "coffee": TEA}, f"market.products = [{{price: 5, unit_cost: 3}}]: {MAPPING}"),
    ("costs", [1], {}, f"market.costs = [1]: {MAPPING}"),
    # --- YAML: null sections, names that are no texts ---
    ("regions.north", None, {}, f"market.regions.north: {EMPTY}"),
    ("costs", None, {}, f"market.costs: {EMPTY}"),
    ("products.tea.price", None, 1, "market.products.tea.price: is empty; give a value or leave it out"),
    (("products", 4711), TEA, None, "market.products.4711: a name must be a text; YAML reads this one as 4711 unless it is "
     "in quotes: write '4711'"),
    (("regions", True), {}, None, "market.regions.True: a name must be a text; YAML reads this one as True unless it is in quotes"),
    (("suppliers", None), {}, None, "market.suppliers.None: a name must be a text; YAML reads this one as None unless it is in quotes"),
    ((5,), {}, None, "market.5: must be named by a text (in quotes where it looks like a number)"),
    # --- empty sections ---
    ("sites", {}, SMALL["sites"], "market.sites: is empty; name at least one"),
    ("sites.shop.lanes", [], ["truck"], "market.sites.shop.lanes: is empty; name at least one"),
    ("sites.shop.products", [], ["tea"], "market.sites.shop.products: is empty; name at least one"),
    ("lanes.truck.products", [], ["tea", "coffee"], "market.lanes.truck.products: is empty; name at least one"),
    ("patterns.week", [1, 1], [1, 1, 1, 1, 1, 0, 0], "market.patterns.week: must have 7 entries, not 2"),
    ("patterns.week", [0] * 7, [0, 0, 0, 0, 0, 0, 1], "market.patterns: week: at least one factor must be above 0"),
    # --- names that do not exist ---
    ("sites.shop.region", "noth", "north", "market.sites.shop.region = 'noth': not a region; there is north, south; "
     "did you mean 'north'?"),
    ("lanes.truck.supplier", "nowhere", "acme", "market.lanes.truck.supplier = 'nowhere': not a supplier; there is acme, bolt"),
    ("sites.shop.lanes", ["truk"], ["truck"], "market.sites.shop.lanes = 'truk': not a lane; there is truck, express; "
     "did you mean 'truck'?"),
    ("regions.north.distances", {"shp": 1}, {"shop": 1}, "market.regions.north.distances = 'shp': not a site; there is "
     "shop, store; did you mean 'shop'?"),
    ("products.coffee.substitutes", ["tee"], ["tea"], "market.products.coffee.substitutes = 'tee': not a product; there "
     "is tea, coffee; did you mean 'tea'?"),
    ("suppliers.acme.products", ["tea", "coffee", "cocoa"], ["tea", "coffee"],
     "market.suppliers.acme.products = 'cocoa': not a product; there is tea, coffee"),
    ("lanes.truck.unit_costs", {"teas": 1}, {"tea": 1}, "market.lanes.truck.unit_costs = 'teas': not a product; there is "
     "tea, coffee; did you mean 'tea'?"),
    ("segments.regulars.regions", {"east": 1}, {"south": 1}, "market.segments.regulars.regions = 'east': not a region; "
     "there is north, south"),
    ("segments.regulars.popularity", {"Tea": 1}, {"tea": 1}, "market.segments.regulars.popularity = 'Tea': not a product; "
     "there is tea, coffee; did you mean 'tea'?"),
    ("patterns.spikes", [SPELL | {"products": ["teaa"]}], [SPELL | {"products": ["tea"]}],
     "market.patterns.spikes.0.products = 'teaa': not a product; there is tea, coffee; did you mean 'tea'?"),
    ("patterns.promotions", [SPELL | {"regions": ["northh"]}], [SPELL | {"regions": ["north"]}],
     "market.patterns.promotions.0.regions = 'northh': not a region; there is north, south; did you mean 'north'?"),
    # --- what does not fit together ---
    ("products.tea.substitutes", ["tea"], ["coffee"], "market.products.tea.substitutes = 'tea': a product cannot be its "
     "own substitute"),
    (LEAD, {"kind": "uniform", "low": 3, "high": 1}, {"kind": "uniform", "low": 1, "high": 1},
     f"market.{LEAD}: low = 3.0 must not exceed high = 1.0"),
    ("segments.regulars.response", {"wait": 1.5}, {"wait": 0.15}, "market.segments.regulars.response.wait = 1.5: must be at most 1"),
    ("segments.regulars.response", {"wait": 0.5}, {"wait": 0.25, "cancel": 0.09, "competitor": 0.21},
     "market.segments.regulars.response: the probabilities add up to 1.35; they must add up to 1"),
    ("segments.regulars.loyalty", {"model": "goodwill", "propensity_with_goodwill": 0.3},
     {"model": "goodwill", "propensity_with_goodwill": 0.4}, "market.segments.regulars.loyalty: propensity_without_goodwill "
     "= 0.4 must not exceed propensity_with_goodwill = 0.3"),
    ("segments.regulars.regions", {"north": 0}, {"north": 0, "south": 1},
     "market.segments.regulars.regions: the shares add up to 0; they must add up to 1"),
    ("segments.regulars.regions", {"north": 0.9, "south": 0.4}, {"north": 0.6, "south": 0.4},
     "market.segments.regulars.regions: the shares add up to 1.3; they must add up to 1"),
    ("segments.regulars.regions", {"north": 1.2}, {"north": 1},
     "market.segments.regulars.regions.north = 1.2: must be at most 1"),
    ("segments.regulars.popularity", {"tea": 0}, {"tea": 7},
     "market.segments.regulars.popularity = {tea: 0}: at least one weight must be above 0"),
    ("segments.regulars.popularity", {"tea": 0.0}, {"tea": 0.5},
     "market.segments.regulars.popularity = {tea: 0.0}: at least one weight must be above 0"),
    ("suppliers.acme.outages", {"up": 0}, {"up": 0.1}, "market.suppliers.acme.outages: up: its mean must be above 0 days, "
     "or the supplier never ships"),
    ("suppliers.acme.outages", {"announced": -1}, {"announced": "2 wk"},
     "market.suppliers.acme.outages.announced = -1: must be at least 0 days"),
    # --- how goods come ---
    ("suppliers.acme.capacity", 0, 1, "market.suppliers.acme.capacity = 0: must be at least 1 unit"),
    ("suppliers.acme.capacity", 2.5, 2, "market.suppliers.acme.capacity = 2.5: must be a whole number"),
    ("suppliers.acme.lead_time_correlation", {"share": 1.1}, {"share": 1},
     "market.suppliers.acme.lead_time_correlation.share = 1.1: must be at most 1"),
    ("suppliers.acme.lead_time_correlation", {"days": 0}, {"days": "1 h"},
     "market.suppliers.acme.lead_time_correlation.days = 0: must be above 0 days"),
    ("suppliers.acme.lead_time_correlation", 0.28, {"share": 0.28},
     f"market.suppliers.acme.lead_time_correlation = 0.28: {MAPPING}"),
    ("lanes.truck.delays", {"probability": -0.1}, {"probability": 0},
     "market.lanes.truck.delays.probability = -0.1: must be at least 0"),
    ("lanes.truck.delays", {"days": -3}, {"days": "3 d"}, "market.lanes.truck.delays.days.value = -3: must be at least 0 days"),
    # a yield in percent
    ("lanes.truck.yield_share", 95, 0.95, "market.lanes.truck.yield_share = 95: its mean is 95; it must be above 0 and at most 1 "
     "(a share, 0.95 for 95 %)"),
    ("lanes.truck.yield_share", {"kind": "uniform", "low": 0, "high": 0}, {"kind": "uniform", "low": 0, "high": 1},
     "market.lanes.truck.yield_share: its mean is 0; it must be above 0 and at most 1 (a share, 0.95 for 95 %)"),
    ("lanes.truck.partial_delivery", {"probability": 1.2}, {"probability": 1},
     "market.lanes.truck.partial_delivery.probability = 1.2: must be at most 1"),
    ("lanes.truck.partial_delivery", {"first_share": 1}, {"first_share": 0.9},
     "market.lanes.truck.partial_delivery.first_share = 1: must be below 1"),
    ("lanes.truck.partial_delivery", {"rest_after": -1}, {"rest_after": "1 wk"},
     "market.lanes.truck.partial_delivery.rest_after.value = -1: must be at least 0 days"),
    ("lanes.truck.promised_lead_time", -2, 2, "market.lanes.truck.promised_lead_time = -2: must be at least 0 days"),
    ("lanes.truck.price_breaks", [{"units": 100, "factor": 0.9}, {"units": 50, "factor": 0.8}],
     [{"units": 50, "factor": 0.9}, {"units": 100, "factor": 0.8}],
     "market.lanes.truck.price_breaks = [{units: 100, factor: 0.9}, {units: 50, factor: 0.8}]: units must increase from break to break: 50 follows 100"),
    ("lanes.truck.price_breaks", [{"units": 50, "factor": 0.9}, {"units": 100, "factor": 0.9}],
     [{"units": 50, "factor": 0.9}, {"units": 100, "factor": 0.89}],
     "market.lanes.truck.price_breaks = [{units: 50, factor: 0.9}, {units: 100, factor: 0.9}]: factors must decrease from break to break: 0.9 follows 0.9"),
    ("lanes.truck.price_breaks", [{"units": 50, "factor": 1.1}], [{"units": 50, "factor": 0.99}],
     "market.lanes.truck.price_breaks.0.factor = 1.1: must be below 1"),
    ("lanes.truck.price_breaks", [{"units": 50}], [{"units": 50, "factor": 0.99}],
     "market.lanes.truck.price_breaks.0.factor: missing, but required"),
    ("lanes.truck.express", {"unit_cost_factor": 0}, {"unit_cost_factor": 1},
     "market.lanes.truck.express.unit_cost_factor = 0: must be above 0"),
    ("lanes.truck.express", {"lead_tme": 1}, {"lead_time": 1}, "market.lanes.truck.express.lead_tme = 1: unknown setting; "
     "there is lead_time, unit_cost_factor, order_cost; did you mean 'lead_time'?"),
    # --- sites supplied by sites ---
    ("lanes.van", {"from_site": "shp"}, {"from_site": "shop"}, "market.lanes.van.from_site = 'shp': not a site; there is shop, "
     "store; did you mean 'shop'?"),
    ("lanes.van", {"from_site": "shop", "supplier": "acme"}, {"from_site": "shop"}, "market.lanes.van: give either supplier "
     "(who ships) or from_site (whose shelf it comes from)"),
    ("lanes.van", {"lead_time": 1}, {"supplier": "acme"}, "market.lanes.van: give either supplier (who ships) or from_site "
     "(whose shelf it comes from)"),
    ("lanes.van", {"from_site": "shop", "unit_cost_factor": 1.1}, {"from_site": "shop", "unit_transport_cost": 1.1},
     "market.lanes.van: unit_cost_factor is for goods that are bought; goods from_site are the firm's own"),
    ("lanes.van", {"from_site": "shop", "unit_costs": {"tea": 1}}, {"supplier": "acme", "unit_costs": {"tea": 1}},
     "market.lanes.van: unit_costs is for goods that are bought; goods from_site are the firm's own"),
    ("lanes.van", {"from_site": "shop", "express": {}}, {"supplier": "acme", "express": {}},
     "market.lanes.van: express is for goods that are bought; goods from_site are the firm's own"),
    ("lanes.van", {"from_site": "shop", "price_breaks": [{"units": 9, "factor": 0.9}]}, {"from_site": "shop"},
     "market.lanes.van: price_breaks is for goods that are bought; goods from_site are the firm's own"),
    ("lanes.truck.unit_transport_cost", 2, 0, "market.lanes.truck: unit_transport_cost is for lanes from_site; a supplier's "
     "is part of unit_cost_factor"),
    # --- records and returns ---
    ("records", {"wrong_at_start": 65}, {"wrong_at_start": 0.65}, "market.records.wrong_at_start = 65: must be at most 1"),
    ("records", {"shrinkage": -0.1}, {"shrinkage": 0}, "market.records.shrinkage = -0.1: must be at least 0"),
    ("records", {"entry_errors": 400}, {"entry_errors": 365}, "market.records.entry_errors = 400: must be at most 365"),
    ("records", {"error": {"kind": "geometric", "mean": 0.5}}, {"error": {"kind": "geometric", "mean": 1}},
     "market.records.error.mean = 0.5: must be at least 1"),
    ("records", True, {}, f"market.records = true: {MAPPING}"),
    ("products.tea.returns", {"share": 1.5}, {"share": 1}, "market.products.tea.returns.share = 1.5: must be at most 1"),
    ("products.tea.returns", {"after": -1}, {"after": "2 wk"},
     "market.products.tea.returns.after.value = -1: must be at least 0 days"),
    ("products.tea.returns", {"resalable": -0.1}, {"resalable": 0}, "market.products.tea.returns.resalable = -0.1: must be at least 0"),
    ("products.tea.shelf_life", 0, "6 h", "market.products.tea.shelf_life = 0: must be above 0"),
    ("products.tea.issue", "newest", "lifo", "market.products.tea.issue = 'newest': must be fifo or lifo"),
    ("products.tea.returns", 0.1, {"share": 0.1}, f"market.products.tea.returns = 0.1: {MAPPING}"),
    ("patterns.promotions", [{"name": "sale"}], [SPELL], "market.patterns.promotions.0: give either start_day (a known "
     "date) or per_year (random times), not both or neither"),
    ("patterns.promotions", [SPELL | {"every_days": 2}], [SPELL | {"every_days": 7}],
     "market.patterns.promotions.0: every_days = 2.0 must be at least days = 7.0"),
    ("patterns.spikes", [{"name": "clip", "per_year": 2, "every_days": 30}], [{"name": "clip", "per_year": 2}],
     "market.patterns.spikes.0: every_days needs a start_day; spells at random times come per_year"),
    # two spells of one name would have the same luck
    ("patterns.spikes", [SPELL, SPELL], [SPELL, SPELL | {"name": "clip"}], "\n  ".join(
        f"market.patterns.spikes.{row}.name = 'sale': is used twice, but its name gives a spell its own luck: take another"
        for row in (0, 1)
    )),
    # a product that no site stocks
    ("sites", {"shop": {"region": "north", "products": ["tea"]}}, {"shop": {"region": "north"}},
     "market.products.coffee: is never stocked: name it in the products of a site"),
    # a product that nobody brings to a site which stocks it
    ("sites.store.lanes", ["express"], ["truck"], "market.sites.store.lanes = [express]: no lane of this site brings "
     "'coffee': add one that does, or take it off the site's products"),
]  # fmt: skip


def _text(given: dict[str, Any]) -> str:
    with pytest.raises(ConfigError) as caught:
        Market.from_dict(given)
    return str(caught.value)


@pytest.mark.parametrize(("path", "bad", "good", "line"), TABLE)
def test_a_mistake_is_told_in_one_line_and_its_twin_accepted(
    path: Any, bad: Any, good: Any, line: str
) -> None:
    """A mistake gives exactly its own line, and the nearest correct market (``good``, or without the entry) is taken."""
    head = f"{line.count(chr(10)) + 1} problem{'s' if chr(10) in line else ''} in the configuration:"
    assert _text(changed(SMALL, {path: bad})) == f"{head}\n  {line}"
    assert Market.from_dict(SMALL if good is None else changed(SMALL, {path: good}))


def test_every_product_at_popularity_0_leaves_a_segment_nothing_to_order() -> None:
    """Weights that are all 0 cannot be shared out; one above 0, or a segment with its own weights, will do."""
    zero = changed(SMALL, {"products.tea.popularity": 0, "products.coffee.popularity": 0})
    assert "market.products: every popularity is 0, so segment 'regulars' has nothing to order" in _text(zero)
    assert Market.from_dict(changed(zero, {"products.tea.popularity": 0.1}))
    assert Market.from_dict(changed(zero, {"segments.regulars.popularity": {"tea": 1}}))


def test_all_problems_of_one_market_come_in_one_go() -> None:
    """Types, bounds, names and combinations are told together, whatever else is broken."""
    text = _text(
        changed(
            SMALL,
            {
                "products.tea.price": -1,
                "sites.shop.region": "east",
                LEAD: {"kind": "gama"},
                "costs": None,
                "segments.regulars.popularity": {"cocoa": 1},
            },
        )
    )
    assert text.startswith("5 problems in the configuration:")
    for path in (
        "products.tea.price",
        "sites.shop.region",
        f"{LEAD}.kind",
        "costs",
        "segments.regulars.popularity",
    ):
        assert f"market.{path}" in text


@pytest.mark.parametrize("section", ["products", "sites", "lanes", "suppliers", "regions", "segments"])
@pytest.mark.parametrize("broken", [None, [], 5, "text"])
def test_a_broken_section_is_told_once(section: str, broken: Any) -> None:
    """Names that would stand in a broken section are not told as unknown on top of it."""
    text = _text(changed(SMALL, {section: broken}))
    assert text.count("\n") == 1
    assert f"market.{section}" in text


@pytest.mark.parametrize("given", [None, [], "market", 5])
def test_a_market_that_is_no_mapping_is_told(given: Any) -> None:
    """An empty YAML file is null."""
    assert "market" in _text(given)
    assert MAPPING in _text(given)


@pytest.mark.parametrize(
    "junk",
    [
        None,
        True,
        -1,
        3.7,
        math.nan,
        "junk",
        [],
        [1],
        [[1]],
        {},
        {"kind": 1},
        {"a": {"b": 1}},
        {1: 2},
        {None: 1},
    ],
)
def test_no_junk_anywhere_ends_in_a_traceback(junk: Any) -> None:
    """Whatever stands at whatever place of a market, the answer is a market or a ConfigError."""
    for path in _places(SMALL):
        text = ""
        try:
            Market.from_dict(changed(SMALL, {path: junk}))
        except ConfigError as error:
            text = str(error)
        for jargon in ("Input", "valid ", "discriminator", "dictionary", "instance", "[key]"):
            assert jargon not in text


def _places(mapping: dict[str, Any], way: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    places = []
    for key, value in mapping.items():
        places.append((*way, key))
        if isinstance(value, dict):
            places += _places(value, (*way, key))
    return [*places, ("costs",), ("patterns",), ("patterns", "spikes")] if not way else places


def test_replace_checks_like_a_new_market() -> None:
    """A changed copy cannot smuggle in a name that does not exist."""
    market = Market.from_dict(SMALL)
    assert market.replace(horizon_days=10).horizon_days == 10
    with pytest.raises(ConfigError, match=r"market\.sites\.shop\.region = 'east'"):
        market.replace(sites={"shop": {"region": "east"}})
    with pytest.raises(ConfigError, match=r"market\.horizon_days = 0"):
        market.replace(horizon_days=0)


def test_a_site_may_not_supply_itself() -> None:
    """Named, its own lane is a mistake; a site that names no lanes just does not have it."""
    van = changed(SMALL, {"lanes.van": {"from_site": "store"}})
    assert Market.from_dict(van).site_lanes("shop") == ("truck", "express", "van")
    circle = changed(van, {"sites.store.lanes": ["truck", "van"]})
    assert "market.sites.store.lanes: store from store: goods would go round in a circle" in _text(circle)


def test_goods_may_not_go_round_in_a_circle() -> None:
    """The shop from the store and the store from the shop: told once."""
    lanes = {"lanes.van": {"from_site": "store"}, "lanes.bike": {"from_site": "shop"}}
    circle = changed(SMALL, lanes | {"sites.store.lanes": ["truck", "bike"]})
    text = _text(circle)
    assert text.count("\n") == 1
    assert "market.sites.shop.lanes: shop from store from shop: goods would go round in a circle" in text
    assert Market.from_dict(changed(circle, {"sites.shop.lanes": ["truck"]}))


def test_a_site_brings_only_what_it_stocks() -> None:
    """The store has no coffee, so the shop, which gets everything from there, would never have any."""
    sites = {
        "shop": {"region": "north", "lanes": ["van"]},
        "store": {"region": "south", "lanes": ["truck"], "products": ["tea"]},
    }
    given = changed(SMALL, {"sites": sites, "lanes.van": {"from_site": "store", "unit_transport_cost": 0.5}})
    assert "no lane of this site brings 'coffee'" in _text(given)
    market = Market.from_dict(changed(given, {"sites.store.products": None}))
    assert market.carries("van", "coffee")
    assert market.lane_cost("van", "coffee") == 0.5  # only moving it costs
