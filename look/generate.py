"""Write everything that is made from ``look/tokens.json`` and the mark: ``python -m look.generate [--check]``.

Standard library only. Written: ``ui/tokens.py`` and ``ui/mark_shapes.py`` for the tracker, ``tokens.css`` and icons for
the browser, and the mark as SVG in ``look/svg/``. ``--check`` writes nothing and exits 1 when a file has drifted.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path as File

from look import mark

ROOT = File(__file__).resolve().parent.parent
WEB = "marketplace/web/static/fairhour"
NOTE = "Made by `python -m look.generate` from look/tokens.json and look/mark.py."
APP_SECTORS = ("filled", "filled", "filled", "filled", "open")
"""The mark at rest: an hour that is nearly full. A whole ring would read as a radio button."""


@dataclass(frozen=True)
class Tokens:
    """Parsed tokens: colours by name and theme ("#RRGGBB"), lengths in pixels, motion in milliseconds."""

    color: Mapping[str, Mapping[str, str]]
    font_px: tuple[int, ...]
    space_px: int
    corner_px: int
    motion_ms: int

    def theme(self, name: str) -> dict[str, str]:
        """Return the colours of "light" or "dark"."""
        return {token: values[name] for token, values in self.color.items()}


def load(root: File = ROOT) -> Tokens:
    """Read the tokens. Raises OSError, KeyError or ValueError for a file that is missing or not whole."""
    raw = json.loads((root / "look/tokens.json").read_text(encoding="utf-8"))
    return Tokens(raw["color"], tuple(raw["font_px"]), raw["space_px"], raw["corner_px"], raw["motion_ms"])


def outputs(tokens: Tokens) -> dict[str, str]:
    """Return every generated file's text by its path under the project's root."""
    files = {
        "ui/tokens.py": tokens_py(tokens),
        "ui/mark_shapes.py": shapes_py(),
        f"{WEB}/tokens.css": tokens_css(tokens),
        f"{WEB}/icons/favicon.svg": favicon(tokens),
        f"{WEB}/icons/app.svg": app_icon(tokens),
        "look/svg/app.svg": app_icon(tokens),
    }
    for state in mark.STATES:
        for panel in ("light", "dark", "template"):
            colours = tokens.theme(panel) if panel != "template" else dict.fromkeys(tokens.color, "#000000")
            for size in mark.SIZES:
                files[f"look/svg/{panel}/{state}-{size}.svg"] = mark_svg(size, state, APP_SECTORS, colours)
            if panel != "template":
                files[f"{WEB}/icons/{state}-{panel}.svg"] = mark_svg(64, state, APP_SECTORS, colours)
    return files


def tokens_py(tokens: Tokens) -> str:
    """Return the module with the tokens for Qt."""
    fields = "\n".join(f"    {name}: str" for name in tokens.color)
    lines = [
        f'"""Colours, sizes and times of the look.\n\n{NOTE}\n"""',
        "",
        "from __future__ import annotations",
        "",
        "from dataclasses import dataclass",
        "",
        "",
        "@dataclass(frozen=True)",
        "class Colours:",
        '    """One theme\'s colours as "#RRGGBB"."""',
        "",
        fields,
        "",
        "",
    ]
    for theme in ("light", "dark"):
        lines.append(f"{theme.upper()} = Colours(")
        lines += [f'    {name}="{value}",' for name, value in tokens.theme(theme).items()]
        lines.append(")")
    lines += [f"FONT_{px} = {px}" for px in tokens.font_px]
    lines += [f"SPACE = {tokens.space_px}", f"CORNER = {tokens.corner_px}", f"MOTION_MS = {tokens.motion_ms}", ""]
    return "\n".join(lines)


def shapes_py() -> str:
    """Return the module with the mark's paths for Qt's painter."""
    lines = [
        f'"""The mark\'s shapes as SVG path data by size in pixels.\n\n{NOTE}\n"""',
        "",
        "from __future__ import annotations",
        "",
        "# The first sector; the others are it, turned by 72 degrees.",
        "SECTORS: dict[int, dict[str, str]] = {",
    ]
    for size in mark.SIZES:
        lines.append(f"    {size}: {{")
        for kind in mark.SECTOR_KINDS:
            lines.append(f'        "{kind}": {_literal(mark.sector(size, kind), 8)},')
        lines.append("    },")
    lines += ["}", "", "# The shape in the centre, by what is recorded.", ""]
    lines.append("GLYPHS: dict[int, dict[str, str]] = {")
    for size in mark.SIZES:
        lines.append(f"    {size}: {{")
        for state in mark.STATES:
            lines.append(f'        "{state}": {_literal(mark.glyph(size, state), 8)},')
        lines.append("    },")
    lines += ["}", ""]
    return "\n".join(lines)


def _literal(path: mark.Path, indent: int) -> str:
    """Return path data as Python source, in pieces that keep lines under 120 columns."""
    text = path_data(path)
    width = 112 - indent
    if len(text) <= width:
        return f'"{text}"'
    pieces: list[str] = [""]
    for word in text.split(" "):
        if len(pieces[-1]) + len(word) + 1 > width - 4:
            pieces.append("")
        pieces[-1] += word + " "
    pieces[-1] = pieces[-1].rstrip()
    pad = " " * (indent + 4)
    return "(\n" + "\n".join(f'{pad}"{piece}"' for piece in pieces) + "\n" + " " * indent + ")"


def tokens_css(tokens: Tokens) -> str:
    """Return the custom properties for the browser. Fonts are in rem, so that a reader's own size counts."""
    lines = [f"/* {NOTE} */", ":root {", "  color-scheme: light;"]
    lines += _css_colours(tokens, "light", "  ")
    lines += [f"  --font-{px}: {px / 16:g}rem;" for px in tokens.font_px]
    lines += [f"  --space: {tokens.space_px}px;", f"  --corner: {tokens.corner_px}px;"]
    lines += [f"  --motion: {tokens.motion_ms}ms;", "}", "@media (prefers-color-scheme: dark) {"]
    lines += ["  :root:not([data-theme=light]) {", "    color-scheme: dark;", *_css_colours(tokens, "dark", "    ")]
    lines += ["  }", "}", ":root[data-theme=dark], [data-theme=dark] {", "  color-scheme: dark;"]
    lines += [*_css_colours(tokens, "dark", "  "), "}", "[data-theme=light] {", "  color-scheme: light;"]
    lines += [*_css_colours(tokens, "light", "  "), "}", "@media (prefers-reduced-motion: reduce) {"]
    lines += ["  :root {", "    --motion: 0ms;", "  }", "}", ""]
    return "\n".join(lines)


def _css_colours(tokens: Tokens, theme: str, pad: str) -> list[str]:
    return [f"{pad}--{name}: {value};" for name, value in tokens.theme(theme).items()]


def path_data(path: mark.Path) -> str:
    """Return SVG path data."""
    return " ".join(
        " ".join([command, *(f"{value:.3f}".rstrip("0").rstrip(".") for value in v)]) for command, v in path
    )


def _body(size: int, state: str, sectors: tuple[str, ...], fill: Mapping[str, str]) -> str:
    lines = []
    for index, kind in enumerate(sectors):
        turn = f' transform="rotate({index * 360 // mark.SECTORS} {size // 2} {size // 2})"' if index else ""
        colour = fill["muted" if kind == "open" else "recorded"]
        lines.append(f'  <path {colour}{turn} d="{path_data(mark.sector(size, kind))}"/>')
    lines.append(f'  <path {fill["ink"]} d="{path_data(mark.glyph(size, state))}"/>')
    return "\n".join(lines)


def mark_svg(size: int, state: str, sectors: tuple[str, ...], colours: Mapping[str, str]) -> str:
    """Return the mark with fixed colours."""
    fill = {token: f'fill="{value}"' for token, value in colours.items()}
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 {size} {size}">\n'
        f"  <!-- {NOTE} -->\n{_body(size, state, sectors, fill)}\n</svg>\n"
    )


def favicon(tokens: Tokens) -> str:
    """Return the mark at rest, drawn for 16 pixels, that follows the browser's light or dark theme."""
    names = ("ink", "recorded", "muted")

    def style(theme: str) -> str:
        return " ".join(f".{name} {{ fill: {tokens.theme(theme)[name]}; }}" for name in names)

    fill = {name: f'class="{name}"' for name in names}
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">\n'
        f"  <!-- {NOTE} -->\n"
        f"  <style>{style('light')} @media (prefers-color-scheme: dark) {{ {style('dark')} }}</style>\n"
        f"{_body(16, 'recording', APP_SECTORS, fill)}\n</svg>\n"
    )


def app_icon(tokens: Tokens) -> str:
    """Return the mark on a dark rounded ground, for launchers and installers."""
    dark = tokens.theme("dark")
    fill = {token: f'fill="{value}"' for token, value in dark.items()}
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512" viewBox="0 0 88 88">\n'
        f'  <!-- {NOTE} -->\n  <rect width="88" height="88" rx="20" fill="{dark["paper"]}"/>\n'
        f'  <g transform="translate(12 12)">\n{_body(64, "recording", APP_SECTORS, fill)}\n  </g>\n</svg>\n'
    )


def drifted(root: File = ROOT) -> list[str]:
    """Return the generated paths that are missing, different or not made by anything any more."""
    wanted = outputs(load(root))
    wrong = [path for path, text in wanted.items() if _text(root / path) != text]
    made = {root / path for path in wanted}
    for folder in (root / "look/svg", root / WEB / "icons"):
        wrong += [str(file.relative_to(root)) for file in folder.rglob("*.svg") if file not in made]
    return sorted(wrong)


def _text(file: File) -> str | None:
    return file.read_text(encoding="utf-8") if file.is_file() else None


def main(arguments: list[str]) -> int:
    """Write the files, or with ``--check`` name those that drifted. Returns the exit code."""
    if arguments == ["--check"]:
        wrong = drifted()
        for path in wrong:
            print(f"{path} differs from what look/ makes: run python -m look.generate")
        return 1 if wrong else 0
    for path, text in outputs(load()).items():
        file = ROOT / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
