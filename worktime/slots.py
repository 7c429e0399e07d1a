"""Slots: the 12-minute cells of the UTC hour (rules.md, "Words"). A slot is named by its number since the epoch."""

from __future__ import annotations

SLOT_S = 720
"""Seconds in a slot; five to the hour."""


def slot_of(second: int) -> int:
    """Return the number of the slot that contains the UTC second ``second``."""
    return second // SLOT_S


def slot_start(slot: int) -> int:
    """Return the first UTC second of ``slot``."""
    return slot * SLOT_S


def slot_end(slot: int) -> int:
    """Return the first UTC second after ``slot``."""
    return (slot + 1) * SLOT_S
