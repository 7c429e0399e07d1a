"""Wayland: the compositor's idle notices, else GNOME's idle monitor on D-Bus; whichever answers first is kept."""

from __future__ import annotations

from collections.abc import Mapping

from idle import problems
from idle.mutter import MutterIdle
from idle.notify import NotifyIdle
from worktime.errors import FairhourError, Problem


class WaylandIdle:
    """The counter of the desktop that ``env`` names. Found at the first call that is answered."""

    problem: Problem | None = None

    def __init__(self, env: Mapping[str, str]) -> None:
        self._ways: tuple[NotifyIdle | MutterIdle, ...] = (NotifyIdle(env), MutterIdle(env))
        self._found: NotifyIdle | MutterIdle | None = None

    @property
    def name(self) -> str:
        """``ext-idle-notify``, ``kde-idle`` or ``mutter`` once it is known, else ``wayland``."""
        return self._found.name if self._found is not None else "wayland"

    def idle_ms(self) -> int:
        """Return milliseconds since the last input. Raises FairhourError; the next call looks anew."""
        if self._found is not None:
            return self._found.idle_ms()
        reasons: list[Problem] = []
        for way in self._ways:
            try:
                age = way.idle_ms()
            except FairhourError as error:
                reasons.append(error.problem)
                continue
            self._found = way
            return age
        self.close()
        # A way that is there and failed says more than one that is not there.
        failed = [reason for reason in reasons if reason.code == problems.FAILED]
        raise FairhourError((failed or reasons)[0])

    def close(self) -> None:
        """Close the connections; a later call opens new ones."""
        for way in self._ways:
            way.close()
