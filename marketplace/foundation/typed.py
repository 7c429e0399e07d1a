"""Text that people typed into a form, as the marketplace keeps it. How long it may be, its own room says."""

from __future__ import annotations


def typed(text: str) -> str:
    """Return ``text`` without what surrounds it, and without what PostgreSQL does not store and a form can carry (NUL).

    Forms send two characters for the end of a line, and a browser's own limit counts one.
    """
    return text.replace("\x00", "").replace("\r\n", "\n").strip()
