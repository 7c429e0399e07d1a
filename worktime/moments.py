"""The random moment of a segment's screenshot (rules.md, Tracking 2). The random source is the caller's."""

from __future__ import annotations

from collections.abc import Callable


def draw(entry: int, end: int, randbelow: Callable[[int], int]) -> int:
    """Return a whole second in ``[entry, end)``, each with the same chance.

    ``entry`` is the second at which tracking enters the slot, ``end`` the slot's end; ``randbelow(n)`` gives 0 to n-1
    from the operating system's cryptographic source (``secrets.randbelow``). Raises ValueError when nothing is left.
    """
    if entry >= end:
        raise ValueError(f"no second is left to draw from in {entry}..{end}")
    return entry + randbelow(end - entry)
