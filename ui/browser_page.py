"""The page that the browser shows at the end of signing in: a few words in the look's colours, and nothing else.

Made here because words and colours are ui's; served by the tracker's loopback port, which allows it its one style
element and no script, no font and no picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from PySide6.QtCore import QCoreApplication

from ui.tokens import CORNER, DARK, FONT_14, FONT_20, LIGHT, SPACE, Colours

translate = QCoreApplication.translate


def browser_pages() -> Mapping[str, bytes]:
    """Return the whole pages in the user's language, by how signing in ended."""
    close = translate("browser", "You can close this page and go back to Fairhour.")
    again = translate("browser", "Close this page and press “Sign in with the browser” in Fairhour again.")
    said = {
        "done": (translate("browser", "You are signed in"), close),
        "denied": (translate("browser", "Nothing was allowed"), close),
        "failed": (translate("browser", "The sign-in was not completed"), again),
        "strange": (
            translate("browser", "This page belongs to no sign-in"),
            translate("browser", "Fairhour waits for another one, or for none. Nothing was changed."),
        ),
    }
    return {name: _page(title, text, good=name == "done") for name, (title, text) in said.items()}


def _page(title: str, text: str, *, good: bool) -> bytes:
    mark = "done" if good else "not"
    language = translate("browser", "en", "the code of the language into which this is translated")
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="{escape(language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="color-scheme" content="light dark"><title>{escape(title)} · Fairhour</title>'
        f'<link rel="icon" href="data:,">'
        f"<style>{_STYLE}</style></head>"
        f'<body><main><p class="brand">Fairhour</p><h1 class="{mark}">{escape(title)}</h1>'
        f"<p>{escape(text)}</p></main></body></html>\n"
    ).encode()


def _colours(colours: Colours) -> str:
    return (
        f"--paper: {colours.paper}; --ink: {colours.ink}; --muted: {colours.muted}; --line: {colours.line}; "
        f"--done: {colours.recorded}; --not: {colours.attention}"
    )


_STYLE = f"""
:root {{ {_colours(LIGHT)} }}
@media (prefers-color-scheme: dark) {{ :root {{ {_colours(DARK)} }} }}
body {{ margin: 0; background: var(--paper); color: var(--ink); font: {FONT_14}px/1.45 system-ui, sans-serif; }}
main {{ max-width: {SPACE * 100}px; margin: {SPACE * 20}px auto; padding: {SPACE * 6}px; border: 1px solid var(--line);
border-radius: {CORNER}px; }}
@media (max-width: 30rem) {{ main {{ margin: {SPACE * 4}px; }} }}
.brand {{ color: var(--muted); }}
h1 {{ font-size: {FONT_20}px; line-height: 1.25; padding-inline-start: {SPACE * 3}px; border-inline-start: 4px solid; }}
.done {{ border-color: var(--done); }}
.not {{ border-color: var(--not); }}
p, h1 {{ margin: 0; }}
h1, h1 + p {{ margin-top: {SPACE * 4}px; }}
"""
