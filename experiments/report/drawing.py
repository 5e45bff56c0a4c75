"""An SVG file as part of a page: no prologue, its own ids, as wide as the page allows."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

_PROLOGUE = re.compile(r"^.*?(?=<svg)", re.DOTALL)
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_OPENING = re.compile(r"<svg[^>]*>")
_VIEW_BOX = re.compile(r'viewBox="([^"]+)"')


def inline_svg(file: Path, name: str, title: str) -> str:
    """The drawing as an ``<svg>`` element whose ids start with ``name``.

    Args:
        file: An SVG written by matplotlib with text as paths.
        name: Prefix that makes ids unique in the page.
        title: Read aloud instead of the drawing.
    """
    text = _METADATA.sub("", _PROLOGUE.sub("", file.read_text(encoding="utf-8")))
    view_box = _VIEW_BOX.search(text)
    size = view_box.group(1) if view_box else "0 0 100 100"
    text = re.sub(r'\bid="', f'id="{name}-', text)
    text = re.sub(r'xlink:href="#', f'href="#{name}-', text)
    text = re.sub(r"url\(#", f"url(#{name}-", text)
    opening = f'<svg viewBox="{size}" role="img" aria-label="{escape(title)}">'
    return _OPENING.sub(lambda _: opening, text, count=1).strip()
