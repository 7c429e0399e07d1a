"""Drawn screens that look like work: an editor, a terminal, a spreadsheet, a page in a browser. Every seed differs."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from functools import cache

from PIL import Image, ImageDraw

SIZE = (1280, 720)

Draw = ImageDraw.ImageDraw
_INK = ("#7aa2f7", "#9ece6a", "#e0af68", "#bb9af7", "#7dcfff", "#c0caf5")


@cache
def screen(seed: int, size: tuple[int, int] = SIZE) -> bytes:
    """Return a WebP of ``size`` pixels, different for every seed."""
    chance = random.Random(seed)
    image = Image.new("RGB", SIZE, "#20242c")
    draw = ImageDraw.Draw(image)
    kinds: tuple[Callable[[Draw, random.Random], None], ...] = (_editor, _spreadsheet, _web, _editor, _terminal)
    kinds[(seed // 3) % len(kinds)](draw, chance)
    draw.rectangle((0, 0, SIZE[0], 24), fill="#15181e")
    draw.text((12, 5), f"{9 + seed % 8:02d}:{chance.randrange(60):02d}", fill="#d5dae2")
    out = io.BytesIO()
    (image if size == SIZE else image.resize(size)).save(out, "WEBP", quality=70, method=0)
    return out.getvalue()


def _editor(draw: Draw, chance: random.Random) -> None:
    draw.rectangle((0, 24, 1280, 720), fill="#1a1b26")
    draw.rectangle((0, 24, 220, 720), fill="#16161e")
    for row in range(22):
        draw.rectangle((18 + 14 * (row % 3), 48 + row * 28, 60 + chance.randrange(120), 58 + row * 28), fill="#565f89")
    for row in range(30):
        left = 260 + 28 * chance.randrange(5)
        draw.text((232, 44 + row * 22), f"{row + 1:3d}", fill="#3b4261")
        for _ in range(chance.randrange(1, 6)):
            wide = chance.randrange(24, 150)
            draw.rectangle((left, 48 + row * 22, left + wide, 58 + row * 22), fill=chance.choice(_INK))
            left += wide + 10


def _terminal(draw: Draw, chance: random.Random) -> None:
    draw.rectangle((0, 24, 1280, 720), fill="#0f1115")
    words = ("build", "passed", "test_import", "rows", "ok", "worker", "migrate", "0.42s", "batch", "--check")
    for row in range(40):
        text = " ".join(chance.choice(words) for _ in range(chance.randrange(3, 14)))
        draw.text((20, 36 + row * 17), ("$ " if row % 7 == 0 else "  ") + text, fill=chance.choice(_INK))


def _spreadsheet(draw: Draw, chance: random.Random) -> None:
    draw.rectangle((0, 24, 1280, 720), fill="#ffffff")
    draw.rectangle((0, 24, 1280, 96), fill="#e9f2ec")
    for row in range(26):
        for column in range(11):
            left, top = column * 116, 96 + row * 24
            draw.rectangle((left, top, left + 116, top + 24), outline="#d5dbe0", fill="#f2f5f7" if not row else None)
            if chance.random() < 0.75:
                draw.text((left + 8, top + 6), f"{chance.randrange(10, 99_999):,}", fill="#28323c")


def _web(draw: Draw, chance: random.Random) -> None:
    draw.rectangle((0, 24, 1280, 720), fill="#f7f7f4")
    draw.rectangle((0, 24, 1280, 64), fill="#dfe3e8")
    draw.rounded_rectangle((140, 32, 900, 56), 10, fill="#ffffff")
    tint = chance.choice(("#274c77", "#6b2737", "#2f5d50", "#4a3f6b"))
    draw.rectangle((0, 64, 1280, 330), fill=tint)
    draw.rectangle((90, 130, 90 + chance.randrange(380, 560), 166), fill="#ffffff")
    draw.rectangle((90, 184, 90 + chance.randrange(280, 420), 202), fill="#e6e6e6")
    draw.rounded_rectangle((90, 232, 250, 274), 8, fill="#f2c14e")
    for card in range(3):
        left = 90 + card * 380
        draw.rounded_rectangle((left, 370, left + 340, 660), 10, fill="#ffffff", outline="#d9d9d4")
        draw.rectangle(
            (left + 20, 390, left + 320, 500), fill=chance.choice(("#cfd8dc", "#d7ccc8", "#c5cae9", "#c8e6c9"))
        )
        for line in range(4):
            draw.rectangle(
                (left + 20, 526 + line * 26, left + chance.randrange(160, 320), 538 + line * 26), fill="#9aa0a6"
            )
