"""Two wording files say the same things."""

from __future__ import annotations

import re
from pathlib import Path

import experiments
from experiments.wording.words import wording


def test_both_files_have_the_same_keys() -> None:
    """Whatever one language can say, the other can."""
    assert set(wording("en")) == set(wording("zh"))


def test_both_files_say_the_same_numbers() -> None:
    """Each text puts in the same values in both languages."""
    english, chinese = wording("en"), wording("zh")
    for key, text in english.items():
        assert set(re.findall(r"\{+(\w*)\}+", text)) == set(re.findall(r"\{+(\w*)\}+", chinese[key])), key


def test_every_key_in_the_code_has_words() -> None:
    """No finding and no part of the page is without words."""
    folder = Path(experiments.__file__).parent
    files = [
        *(folder / f"{name}.py" for name in ("findings", "answer", "verdict", "efficiency")),
        *(folder / "report").glob("*.py"),
        *(folder / "report" / "templates").glob("*.j2"),
    ]
    code = "\n".join(file.read_text(encoding="utf-8") for file in files)
    used = re.findall(r"""(?:Finding|words|\bt)\(\s*["']([a-z_]+\.[a-z_.]+)["']""", code)
    assert len(used) > 40
    assert set(used) <= set(wording("en"))


def test_no_words_are_left_over_half_translated() -> None:
    """A Chinese sentence holds Chinese, an English one none."""
    for key, text in wording("en").items():
        assert not re.search(r"[\u4e00-\u9fff]", text), key
    same = {key for key, text in wording("zh").items() if text == wording("en")[key]}
    assert all(not re.search(r"[a-z]{3,}", re.sub(r"\{+\w+\}+", "", wording("en")[key])) for key in same)
