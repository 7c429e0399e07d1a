"""The marketplace's one business clock (docs/architecture.md): what ``now`` is, for every rule and every due time.

Tokens, sessions, rate limits and logs read real time instead. Only the sample mode's control route and tests step it,
and only the sample mode has another clock than real time.
"""

from __future__ import annotations

import os
import threading
import time
from datetime import UTC, datetime

from marketplace.foundation.home import flag
from worktime.business_clock import ClockOrigin
from worktime.errors import failure

_lock = threading.Lock()


class _Frozen:
    """A clock that stands still until it is stepped (tests)."""

    def __init__(self, second: int) -> None:
        self.second = second


def _from_environment() -> ClockOrigin | None:
    text = os.environ.get("FAIRHOUR_CLOCK", "")
    if not text:
        return None
    if not flag("FAIRHOUR_SAMPLE"):
        raise failure(
            "clock_in_earnest",
            "Clock refused",
            "FAIRHOUR_CLOCK is set, and real work is counted by real time only.",
            "Unset it, or set FAIRHOUR_SAMPLE=1 to try the product out.",
        )
    try:
        return ClockOrigin.decode(text)
    except ValueError as error:
        raise failure(
            "clock", "Clock not understood", f"FAIRHOUR_CLOCK: {error}.", "Unset it and start again."
        ) from error


_clock: ClockOrigin | _Frozen | None = _from_environment()


def now() -> datetime:
    """Return business time as an aware UTC datetime."""
    if _clock is None:
        return datetime.now(UTC)
    if isinstance(_clock, _Frozen):
        return datetime.fromtimestamp(_clock.second, UTC)
    return _clock.datetime_at(time.monotonic_ns())


def second() -> int:
    """Return the whole business second since the epoch, rounded down."""
    return int(now().timestamp())


def rate() -> int:
    """Return business seconds per real second: 1 unless the sample mode runs fast."""
    return _clock.rate if isinstance(_clock, ClockOrigin) else 1


def step_to(target: int) -> int:
    """Step the clock forward to the second ``target``; a target in the past moves nothing. Return the second now."""
    global _clock
    with _lock:
        if target > second():
            if isinstance(_clock, _Frozen):
                _clock.second = target
            else:
                _clock = ClockOrigin(target * 1_000_000, time.monotonic_ns(), rate())
    return second()


def freeze(at: int | None) -> None:
    """Make the clock stand at the second ``at``; None gives the environment's clock back. For tests."""
    global _clock
    _clock = _from_environment() if at is None else _Frozen(at)
