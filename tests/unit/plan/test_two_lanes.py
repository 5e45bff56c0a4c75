"""Policies that buy by two lanes: what they need, and what is told when it is missing."""

# ruff: noqa: E501  (one row of the table, one message)

from __future__ import annotations

from typing import Any

import pytest

from sim.errors import ConfigError
from sim.market import Market
from sim.plan import Plan
from tests.handmade import changed

TWO: dict[str, Any] = {
    "products": {
        "tea": {"price": 5.0, "unit_cost": 3.0},
        "coffee": {"price": 8.0, "unit_cost": 5.0, "abc": "B"},
    },
    "regions": {"north": {}, "south": {}},
    "sites": {"shop": {"region": "north"}, "store": {"region": "south", "lanes": ["sea", "air"]}},
    "suppliers": {"acme": {}, "bolt": {}},
    "lanes": {
        "sea": {"supplier": "acme", "lead_time": 9},
        "air": {"supplier": "bolt", "lead_time": 2},
        "van": {"supplier": "bolt", "lead_time": 1},
    },
    "segments": {"all": {"customers": 1}},
}
MARKET = Market.from_dict(TWO)
DUAL = {"policy": {"kind": "dual_index"}, "sourcing": {"kind": "dual"}}


def _policy(kind: str, **given: Any) -> dict[str, Any]:
    return DUAL | {"policy": {"kind": kind} | given}


def _lanes(**given: Any) -> dict[str, Any]:
    return DUAL | {"sourcing": {"kind": "dual"} | given}


@pytest.mark.parametrize(
    ("bad", "good", "message"),
    [
        # a policy for two lanes and a sourcing by one, and the other way round
        ({"policy": {"kind": "dual_index"}}, DUAL,
         "plan.policy.kind = 'dual_index': buys 'tea' by a regular and an expedited lane; its sourcing must be of the kind dual"),
        ({"sourcing": {"kind": "dual"}}, _policy("tailored_base_surge"),
         "plan.sourcing.kind = 'dual': needs a policy for two lanes for 'tea'; there is dual_index, capped_dual_index, tailored_base_surge"),
        (DUAL | {"by_product": {"coffee": {"policy": {"kind": "R_S"}}}}, DUAL | {"by_product": {"coffee": {"policy": {"kind": "capped_dual_index"}}}},
         "plan.sourcing.kind = 'dual': needs a policy for two lanes for 'coffee'; there is dual_index, capped_dual_index, tailored_base_surge"),
        (DUAL | {"by_class": {"B": {"sourcing": {"kind": "split", "shares": {"sea": 0.5, "air": 0.5}}}}}, DUAL | {"by_class": {"B": {"sourcing": {"kind": "dual", "expedited": "air"}}}},
         "plan.policy.kind = 'dual_index': buys 'coffee' by a regular and an expedited lane; its sourcing must be of the kind dual"),
        # orders by the calendar
        (DUAL | {"review": {"kind": "continuous"}}, DUAL | {"review": {"kind": "periodic", "every_days": 7}},
         "plan.review.kind = 'continuous': cannot be followed for 'tea' by dual_index, which needs a periodic review"),
        # lanes that do not exist, or not at every site, or in the wrong order
        (_lanes(regular="see"), _lanes(regular="sea"), "plan.sourcing.regular = 'see': not a lane; there is sea, air, van; did you mean 'sea'?"),
        (_lanes(expedited="van"), _lanes(expedited="air"),
         "plan.sourcing = {expedited: van}: needs two lanes that bring 'tea' to site 'store', a regular and an expedited one; it has sea, air"),
        (_lanes(regular="air", expedited="air"), _lanes(regular="sea", expedited="air"),
         "plan.sourcing = {regular: air, expedited: air}: needs two lanes that bring 'tea' to site 'shop', a regular and an expedited one; it has sea, air, van"),
        (_lanes(regular="air", expedited="sea"), _lanes(),
         "plan.sourcing = {regular: air, expedited: sea}: the expedited lane must not be slower than the regular one on average: 'sea' takes 9 days, 'air' 2"),
        # levels and bounds
        (_policy("dual_index", regular_up_to=4, expedited_up_to=6), _policy("dual_index", regular_up_to=6, expedited_up_to=6),
         "plan.policy: expedited_up_to = 6 must not be above regular_up_to = 4"),
        (_policy("capped_dual_index", regular_up_to=4, expedited_up_to=6), _policy("capped_dual_index", regular_up_to=6, expedited_up_to=4),
         "plan.policy: expedited_up_to = 6 must not be above regular_up_to = 4"),
        (_policy("capped_dual_index", regular_cap=0), _policy("capped_dual_index", regular_cap=1), "plan.policy.regular_cap = 0: must be at least 1 unit"),
        (_policy("tailored_base_surge", base_quantity=-1), _policy("tailored_base_surge", base_quantity=0), "plan.policy.base_quantity = -1: must be at least 0 units"),
        (_policy("tailored_base_surge", base_share=1.2), _policy("tailored_base_surge", base_share=1), "plan.policy.base_share = 1.2: must be at most 1"),
    ],
)  # fmt: skip
def test_what_two_lanes_need(bad: dict[str, Any], good: dict[str, Any], message: str) -> None:
    """One line says it; the correct twin is accepted."""
    with pytest.raises(ConfigError) as error:
        Plan.from_dict(bad, MARKET)
    assert str(error.value) == f"1 problem in the configuration:\n  {message}"
    Plan.from_dict(good, MARKET).check(MARKET)


def test_a_product_that_only_one_lane_brings_cannot_be_bought_by_two() -> None:
    """Bolt has no coffee: its class may be bought by one lane, tea by two."""
    market = Market.from_dict(changed(TWO, {"suppliers.bolt.products": ["tea"]}))
    with pytest.raises(ConfigError, match=r"two lanes that bring 'coffee' to site 'shop'.*it has sea$"):
        Plan.from_dict(DUAL, market)
    one = {"policy": {"kind": "R_S"}, "sourcing": {"kind": "primary"}}
    assert Plan.from_dict(DUAL | {"by_class": {"B": one}}, market)
