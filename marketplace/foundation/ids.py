"""Ids of rows that the marketplace makes itself."""

from __future__ import annotations

import secrets
import threading
import time
from uuid import UUID

from worktime.ids import uuid7

_alone = threading.Lock()
_newest_ms = 0


def new_id() -> UUID:
    """Return a UUIDv7 of real time: ids sort by when they were made, whatever the business clock says.

    Of one process no two have the same millisecond, so what it lists by id is in the order in which it was made.
    """
    global _newest_ms
    with _alone:
        _newest_ms = max(time.time_ns() // 1_000_000, _newest_ms + 1)
        return uuid7(_newest_ms, secrets.token_bytes(10))
