"""The port for the age of the last input."""

from __future__ import annotations

from typing import Protocol

from worktime.errors import Problem


class IdleSource(Protocol):
    """One system's counter. Cheap enough for every tick; may be called from any thread."""

    @property
    def name(self) -> str:
        """Short name for logs and ``fairhour doctor``, for example ``x11``."""
        ...

    @property
    def problem(self) -> Problem | None:
        """Why this source can tell nothing, as far as that is known before the first call."""
        ...

    def idle_ms(self) -> int:
        """Return real milliseconds since the last keyboard or mouse input. Raises FairhourError."""
        ...

    def close(self) -> None:
        """Give back what is open; a later call opens it anew. May be called twice."""
        ...
