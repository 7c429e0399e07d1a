"""Garbage in cycles, collected on Qt's thread alone.

Python collects on whichever thread happens to make the next object. A window that was let go of and is taken apart on
the camera's thread ends the program (PySide frees the widget there and then). So collecting is switched off, and the
thread of the windows does it, once a second at most, by Python's own thresholds.
"""

from __future__ import annotations

import gc


def collect_here_only() -> None:
    """Collect no more by itself; from now on ``collect_due`` has to be called."""
    gc.disable()


def collect_due() -> int | None:
    """Collect what Python would have collected by now. Returns the generation, None when nothing was due.

    While Python collects by itself, there is nothing to do.
    """
    if gc.isenabled() or gc.get_count()[0] <= gc.get_threshold()[0]:
        return None
    for generation, (count, threshold) in reversed([*enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))]):
        # The older generations count collections of the younger, the youngest counts objects.
        if threshold and count > threshold:
            gc.collect(generation)
            return generation
    return None
