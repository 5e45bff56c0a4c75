"""What users write on the command line is read as Hydra would read it."""

import pytest

from experiments.overrides import parse, parse_all, text_of
from sim.errors import ConfigError


@pytest.mark.parametrize(
    ("text", "values", "swept"),
    [
        ("a.b=1", (1,), False),
        ("a.b=0.5", (0.5,), False),
        ("a.b=null", (None,), False),
        ("a.b=true", (True,), False),
        ("a.b='x, y'", ("x, y",), False),
        ("a.b=[1,2]", ([1, 2],), False),  # a list is one value, not a sweep
        ("a.b={kind:split,shares:{x:0.6}}", ({"kind": "split", "shares": {"x": 0.6}},), False),
        ("a.b=5 d", ("5 d",), False),  # a duration with its unit
        ("a.b=1,2,3", (1, 2, 3), True),
        ("a.b=range(1,4)", (1, 2, 3), True),
        ("a.b=range(1.5,3,0.5)", (1.5, 2.0, 2.5), True),
        ("a.b=choice(x,y)", ("x", "y"), True),
        ("a.b=choice(x)", ("x",), True),  # a sweep over one value is still a sweep
        ("a.b=[1,2],[3]", ([1, 2], [3]), True),
        ("a.b={kind:none},{kind:fixed,units:5}", ({"kind": "none"}, {"kind": "fixed", "units": 5}), True),
        ("+a.b=1", (1,), False),
        ("++a.b=1", (1,), False),
        ("~a.b", (), False),
    ],
)
def test_a_value_or_a_sweep_is_read_as_hydra_reads_it(
    text: str, values: tuple[object, ...], swept: bool
) -> None:
    """Every form of the override grammar that the help names gives the values it promises."""
    setting = parse(text)
    assert (setting.key, setting.values, setting.swept) == ("a.b", values, swept)


def test_a_star_may_stand_for_a_name() -> None:
    """Hydra's grammar of keys knows no star; ours does."""
    assert parse("market.lanes.*.lead_time=3").key == "market.lanes.*.lead_time"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("seven", "setting=value"),  # no equals sign
        ("=7", "setting=value"),  # no key
        ("a=[1", "Hydra's syntax"),  # an open bracket
        ("a=interval(0,1)", "no list of values"),  # not countable
        ("a=shuffle(range(5))", "cannot be repeated"),  # random order
        ("a=range(3,3)", "empty sweep"),  # nothing to try
        ("a=range(0,3,0)", "Hydra's syntax"),  # never ends
    ],
)
def test_what_cannot_be_read_is_said_with_the_value(text: str, said: str) -> None:
    """A text that is no setting gives one problem that shows the text and what would do."""
    with pytest.raises(ConfigError, match=said.replace("(", r"\(")) as error:
        parse(text)
    assert text.partition("=")[2] in str(error.value)


def test_all_unreadable_settings_are_said_at_once() -> None:
    """Two mistakes on one command line need one start, not two."""
    with pytest.raises(ConfigError) as error:
        parse_all(["a=[1", "good=1", "seven"])
    assert len(error.value.problems) == 2


def test_the_last_of_two_settings_counts() -> None:
    """As in Hydra, a setting given twice has its last value; a group and its section are the same setting."""
    assert [s.values for s in parse_all(["a.b=1", "c=2", "a/b=x"])] == [("x",), (2,)]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.95, "0.95"),
        (None, "null"),
        (False, "false"),
        (["far", "near"], "[far, near]"),
        ({"kind": "primary"}, "primary"),
        ({"kind": "fixed", "units": 5}, "fixed(units=5)"),
        ({"kind": "split", "shares": {"a": 0.6, "b": 0.4}}, "split(a=0.6, b=0.4)"),
    ],
)
def test_a_value_has_one_short_text(value: object, text: str) -> None:
    """Labels, columns and the study file's words look a value up by the same text."""
    assert text_of(value) == text
