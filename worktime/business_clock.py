"""Arithmetic of the one business clock: UTC origin, monotonic origin, rate.

No clock is read here. A composition root reads the monotonic clock and asks ``at()``; the same three numbers in two
processes of one machine give the same business time in both (architecture.md, "One business clock").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MAX_TICKS_PER_SECOND = 20
# int() alone would take spaces, underscores and any script's digits.
_ENCODED = re.compile(r"(-?[0-9]{1,20}):(-?[0-9]{1,20}):([0-9]{1,4})")


@dataclass(frozen=True)
class ClockOrigin:
    """Business time = ``utc_us`` + (monotonic - ``mono_ns``) x ``rate``.

    ``utc_us`` is in microseconds since the epoch, ``mono_ns`` in nanoseconds of the machine's monotonic clock,
    ``rate`` a whole number of business seconds per real second (1 unless the sample mode runs fast).
    """

    utc_us: int
    mono_ns: int
    rate: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.rate <= 3600:
            raise ValueError(f"clock rate must be 1 to 3600 business seconds a second, not {self.rate}")

    def us_at(self, mono_ns: int) -> int:
        """Return business time in microseconds since the epoch for a reading of the monotonic clock."""
        return self.utc_us + (mono_ns - self.mono_ns) * self.rate // 1000

    def second_at(self, mono_ns: int) -> int:
        """Return the whole business second, rounded down."""
        return self.us_at(mono_ns) // 1_000_000

    def datetime_at(self, mono_ns: int) -> datetime:
        """Return business time as an aware UTC datetime."""
        return _EPOCH + timedelta(microseconds=self.us_at(mono_ns))

    def mono_ns_of(self, second: int) -> int:
        """Return the first reading of the monotonic clock at which business time has reached ``second``."""
        delta_us = second * 1_000_000 - self.utc_us
        return self.mono_ns - (-delta_us * 1000 // self.rate)

    @property
    def tick_s(self) -> int:
        """Business seconds between two ticks: 1 at rate 1, and never more than 20 ticks in a real second."""
        return max(1, -(-self.rate // MAX_TICKS_PER_SECOND))

    def encode(self) -> str:
        """Return the text form that composition roots hand to child processes."""
        return f"{self.utc_us}:{self.mono_ns}:{self.rate}"

    @classmethod
    def decode(cls, text: str) -> ClockOrigin:
        """Parse ``encode()``'s form; raises ValueError with the reason for anything else."""
        parts = _ENCODED.fullmatch(text)
        if parts is None:
            raise ValueError(f"a clock is written utc_us:mono_ns:rate, not {text[:80]!r}")
        utc_us, mono_ns, rate = (int(part) for part in parts.groups())
        return cls(utc_us, mono_ns, rate)
