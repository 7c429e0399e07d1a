"""Ids of rows that the marketplace makes itself."""

from __future__ import annotations

import secrets
import time
from uuid import UUID

from worktime.ids import uuid7


def new_id() -> UUID:
    """Return a UUIDv7 of real time: ids sort by when they were made, whatever the business clock says."""
    return uuid7(time.time_ns() // 1_000_000, secrets.token_bytes(10))
