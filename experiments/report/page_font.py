"""The Chinese characters of the page as an embedded font, so that no reader's machine shows empty boxes."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

from experiments.charts.fonts import chinese_font

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

FAMILY = "Report CJK"
_FIRST_CJK = 0x2E80


def embedded_font(text: str) -> str:
    """A CSS ``@font-face`` with just the East Asian characters of ``text``; empty when it has none.

    The same text gives the same bytes. The font's licence (SIL OFL) allows embedding.
    """
    wanted = sorted(
        {ord(character) for character in text if ord(character) >= _FIRST_CJK or character in "“”‘’…—"}
    )
    if not any(character >= _FIRST_CJK for character in wanted):
        return ""
    data = base64.b64encode(_subset(wanted)).decode()
    ranges = ", ".join(f"U+{character:X}" for character in wanted if character >= _FIRST_CJK)
    return (
        f"@font-face {{ font-family: '{FAMILY}'; src: url(data:font/woff;base64,{data}) format('woff'); "
        f"font-display: block; unicode-range: {ranges}; }}"
    )


def _subset(characters: list[int]) -> bytes:
    """The font with only these characters, as WOFF."""
    from fontTools.ttLib import TTCollection, TTFont

    family, file = chinese_font()
    handle = (
        TTCollection(file, lazy=True) if file.suffix.lower() in (".ttc", ".otc") else TTFont(file, lazy=True)
    )
    with handle:
        faces = getattr(handle, "fonts", [handle])
        font = next((face for face in faces if face["name"].getDebugName(1) == family), faces[0])
        return _written(font, characters)


def _written(font: TTFont, characters: list[int]) -> bytes:
    from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]

    options = Options(
        flavor="woff", layout_features=[], hinting=False, notdef_outline=True, desubroutinize=False
    )
    options.name_IDs = [0, 1, 2, 13, 14]  # copyright and licence stay in
    font.recalcTimestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font.flavor = "woff"
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()
