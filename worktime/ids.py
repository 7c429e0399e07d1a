"""Ids: UUIDv7 (RFC 9562), made where a thing is first known and stored before the first try to send it.

No clock and no random source is read here; the caller brings both, so that a test can repeat an id.
"""

from __future__ import annotations

from uuid import UUID

RANDOM_BYTES = 10
"""Random bytes that ``uuid7`` uses; six of their eighty bits give way to version and variant."""

_MAX_MS = (1 << 48) - 1
_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62
_RAND_B_BITS = 62


def uuid7(unix_ms: int, random: bytes) -> UUID:
    """Return the UUIDv7 for ``unix_ms`` (milliseconds since the epoch) and the first ten bytes of ``random``.

    Ids of a later millisecond sort after those of an earlier one; within one millisecond chance decides. Raises
    ValueError when the time does not fit in 48 bits or fewer than ten random bytes are given.
    """
    if not 0 <= unix_ms <= _MAX_MS:
        raise ValueError(f"a UUIDv7 holds 0 to {_MAX_MS} milliseconds, not {unix_ms}")
    if len(random) < RANDOM_BYTES:
        raise ValueError(f"a UUIDv7 needs {RANDOM_BYTES} random bytes, not {len(random)}")
    bits = int.from_bytes(random[:RANDOM_BYTES], "big")
    rand_a = (bits >> _RAND_B_BITS) & 0xFFF
    rand_b = bits & ((1 << _RAND_B_BITS) - 1)
    return UUID(int=unix_ms << 80 | _VERSION | rand_a << 64 | _VARIANT | rand_b)
