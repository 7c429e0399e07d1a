"""The page in Chromium's window, which is what the tracker's screenshots show: the text of a page of the docs."""

from __future__ import annotations

import html
from pathlib import Path

_DOCS = Path(__file__).parents[2] / "docs"
_STYLE = "body{font:17px/1.5 sans-serif;margin:40px 120px;color:#222}textarea{width:100%;font:inherit}"


def page() -> str:
    """Return the page's HTML: a field to type in, and paragraphs."""
    paragraphs = (_DOCS / "sync.md").read_text(encoding="utf-8").split("\n\n")
    body = "".join(f"<p>{html.escape(each)}</p>" for each in paragraphs)
    return (
        f'<!doctype html><meta charset="utf-8"><title>A page</title><style>{_STYLE}</style>'
        f'<textarea rows="3" autofocus aria-label="Notes"></textarea>{body}'
    )
