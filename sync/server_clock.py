"""How far this computer's clock is from the marketplace's, as its answers tell. Pure; the clock itself is never set.

The person's time is recorded by this computer's clock, and judged by the marketplace's (rules.md, Two machines 3).
"""

from __future__ import annotations

from collections import deque

import msgspec

from worktime.errors import Problem, make_problem

LARGE_S = 120
"""From here on the user is told: the marketplace refuses what lies 300 s ahead of it, and trackers' clocks drift on."""
_SAMPLES = 8


class Skew(msgspec.Struct, frozen=True):
    """This computer's clock minus the marketplace's, in business seconds; it is within ``uncertainty_s`` of that."""

    seconds: int
    uncertainty_s: int

    @property
    def is_large(self) -> bool:
        """Tell whether it is surely so far off that the user has to know."""
        return abs(self.seconds) - self.uncertainty_s >= LARGE_S


class ServerClock:
    """Collects answers; the one that took least time tells best."""

    def __init__(self) -> None:
        self._samples: deque[Skew] = deque(maxlen=_SAMPLES)
        self.skew: Skew | None = None
        """The best of the last answers; None before the first."""

    def heard(self, server_s: int, asked_s: int, answered_s: int) -> None:
        """Note the second that an answer named, and those at which it was asked for and came here."""
        # Half the way there and back, and each of the three readings was cut to whole seconds.
        uncertainty = (max(0, answered_s - asked_s) + 1) // 2 + 1
        self._samples.append(Skew((asked_s + answered_s) // 2 - server_s, uncertainty))
        self.skew = min(reversed(self._samples), key=lambda sample: sample.uncertainty_s)

    @property
    def problem(self) -> Problem | None:
        """What the user is told, or None."""
        skew = self.skew
        if skew is None or not skew.is_large:
            return None
        minutes, hours = round(abs(skew.seconds) / 60), round(abs(skew.seconds) / 3600)
        if skew.seconds > 0:
            if hours < 2:
                return _off(
                    "It is {minutes} min ahead of the marketplace's. Time that has not come there yet is kept and sent "
                    "later.",
                    minutes=minutes,
                )
            return _off(
                "It is {hours} h ahead of the marketplace's. Time that has not come there yet is kept and sent later.",
                hours=hours,
            )
        if hours < 2:
            return _off(
                "It is {minutes} min behind the marketplace's. What is recorded gets times that are that much too "
                "early.",
                minutes=minutes,
            )
        return _off(
            "It is {hours} h behind the marketplace's. What is recorded gets times that are that much too early.",
            hours=hours,
        )


def _off(message: str, **values: object) -> Problem:
    return make_problem(
        "clock_skew",
        "This computer's clock is off",
        message,
        "Set the date and the time of this computer, best by itself, and start Fairhour again.",
        retryable=False,
        **values,
    )
