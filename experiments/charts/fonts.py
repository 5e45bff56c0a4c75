"""A font that holds Chinese: from a dependency, else from the system, else a clear error; never empty boxes."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from sim.errors import StockoutSimError

PROBE = "缺货率客户流失供应链"
"""Characters that a usable font must hold."""
_PACKAGES = ("noto_cjk_sans_otc",)
_FACES = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "Microsoft YaHei",
    "PingFang SC",
)


class FontError(StockoutSimError):
    """No font with Chinese characters could be found."""


@cache
def chinese_font() -> tuple[str, Path]:
    """Family name and file of a font with Chinese characters, registered with matplotlib.

    Raises:
        FontError: neither a dependency nor the system has one.
    """
    file = _shipped()
    if file is not None:
        from matplotlib import font_manager

        font_manager.fontManager.addfont(file)
        return _FACES[0], file
    found = _installed()
    if found is None:
        raise FontError(
            "no font with Chinese characters was found, so the charts would show empty boxes; "
            "install the dependency that ships one (pip install noto-cjk-sans-otc) or a system font (fonts-noto-cjk)"
        )
    return found


def _shipped() -> Path | None:
    """The font file of a dependency."""
    for package in _PACKAGES:
        try:
            file = Path(import_module(package).FONT_PATH)
        except (ImportError, AttributeError):
            continue
        if file.is_file():
            return file
    return None


def _installed() -> tuple[str, Path] | None:
    """The first known face among the system's fonts, then any font that holds the probe."""
    from matplotlib import font_manager

    system = [Path(file) for file in sorted(font_manager.findSystemFonts())]
    for file in system:
        if _looks_chinese(file) and _holds_probe(file):
            font_manager.fontManager.addfont(file)
            names = {entry.name for entry in font_manager.fontManager.ttflist if Path(entry.fname) == file}
            return next((face for face in _FACES if face in names), min(names)), file
    return None


def _looks_chinese(file: Path) -> bool:
    """Whether the file's name suggests Chinese: opening every font of a system takes seconds."""
    name = file.name.lower()
    return any(
        part in name
        for part in (
            "cjk",
            "hansans",
            "notosanssc",
            "wqy",
            "yahei",
            "msyh",
            "pingfang",
            "heiti",
            "droidsansfallback",
        )
    )


def _holds_probe(file: Path) -> bool:
    from matplotlib.ft2font import FT2Font

    characters = FT2Font(str(file)).get_charmap()
    return all(ord(character) in characters for character in PROBE)
