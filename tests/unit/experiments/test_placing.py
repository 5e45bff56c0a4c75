"""A value takes the place its path names, and nothing else moves."""

from typing import Any

import pytest

from experiments.placing import place
from sim.errors import ConfigError


def config() -> dict[str, Any]:
    """Settings of a few kinds."""
    return {
        "plan": {"safety_stock": {"kind": "z_sigma", "service_level": 0.9}, "by_class": {}},
        "market": {
            "segments": {
                "a": {"loyalty": "retail"},
                "b": {"loyalty": {"model": "strikes", "threshold": 0.3}},
            },
            "patterns": {"spikes": [{"name": "viral", "uplift": 2}]},
        },
    }


def placed(path: str, value: object, **how: bool) -> dict[str, Any]:
    """The settings after one change."""
    changed = config()
    place(changed, path, value, **how)
    return changed


def test_a_scalar_is_set_and_missing_sections_are_made() -> None:
    """A setting that the settings files do not name is set like any other; the model judges it later."""
    assert placed("plan.by_class.A.review.every_days", 3)["plan"]["by_class"] == {
        "A": {"review": {"every_days": 3}}
    }


def test_a_mapping_without_a_kind_is_merged() -> None:
    """``{service_level: 0.5}`` changes one key of the section."""
    changed = placed("plan.safety_stock", {"service_level": 0.5})
    assert changed["plan"]["safety_stock"] == {"kind": "z_sigma", "service_level": 0.5}


def test_a_mapping_that_names_its_kind_takes_the_place_of_the_old_one() -> None:
    """What was said about one kind means nothing to another."""
    assert placed("plan.safety_stock", {"kind": "fixed"})["plan"]["safety_stock"] == {"kind": "fixed"}


def test_a_new_kind_alone_takes_the_place_of_the_section() -> None:
    """``plan.safety_stock.kind=none`` leaves no service level behind for the model to refuse."""
    assert placed("plan.safety_stock.kind", "none")["plan"]["safety_stock"] == {"kind": "none"}


def test_the_same_kind_again_changes_nothing() -> None:
    """Saying what is so already loses no details."""
    assert placed("plan.safety_stock.kind", "z_sigma") == config()


def test_a_star_reaches_every_member() -> None:
    """``market.segments.*.loyalty`` is the loyalty of every segment."""
    segments = placed("market.segments.*.loyalty", "none")["market"]["segments"]
    assert segments == {"a": {"loyalty": "none"}, "b": {"loyalty": "none"}}


def test_a_detail_of_a_preset_keeps_the_preset() -> None:
    """``loyalty: retail`` with another leave probability is still retail."""
    segments = placed("market.segments.a.loyalty.leave_probability", 0.5)["market"]["segments"]
    assert segments["a"]["loyalty"] == {"preset": "retail", "leave_probability": 0.5}


def test_a_number_reaches_into_a_list() -> None:
    """Spikes and promotions are lists."""
    assert placed("market.patterns.spikes.0.uplift", 5)["market"]["patterns"]["spikes"][0]["uplift"] == 5


def test_deleting_takes_out_what_is_there_and_minds_nothing_else() -> None:
    """``~setting`` returns to the model's default."""
    assert placed("plan.safety_stock", None, delete=True)["plan"] == {"by_class": {}}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("plan.safty_stock", "no 'safty_stock' to take out; there is safety_stock, by_class; did you mean"),
        ("plan.safety.kind", "no 'safety' to take out"),
        ("market.segments.*.loyality", "no 'loyality' to take out; there is loyalty; did you mean 'loyalty'?"),
        ("market.patterns.spikes.5", "not a position of this list"),
    ],
)  # fmt: skip
def test_what_is_not_there_cannot_be_taken_out(path: str, said: str) -> None:
    """A misspelt name would otherwise leave everything as it was, in silence."""
    with pytest.raises(ConfigError) as error:
        placed(path, None, delete=True)
    assert said in str(error.value)


@pytest.mark.parametrize(
    "path", ["market.patterns.spikes.1.uplift", "market.patterns.spikes.first", "plan.by_class.*.x"]
)
def test_a_place_that_is_not_there_is_refused(path: str) -> None:
    """A position beyond a list, a name in a list, a star over nothing."""
    with pytest.raises(ConfigError, match=path.replace("*", r"\*")):
        placed(path, 1)


def test_members_do_not_share_what_is_placed() -> None:
    """Changing one segment afterwards must not change the other."""
    changed = placed("market.segments.*.loyalty", {"model": "goodwill"})
    place(changed, "market.segments.a.loyalty.memory", 0.1)
    assert "memory" not in changed["market"]["segments"]["b"]["loyalty"]
