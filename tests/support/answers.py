"""What a marketplace answers to a tracker, complete and plain; tests change what they are about."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from worktime import wire


def job_view(job: UUID, **changes: Any) -> wire.JobView:
    """Return a job as the list of jobs tells it."""
    plain: dict[str, Any] = {
        "title": "Job",
        "client": "Client",
        "currency": "USD",
        "rate_minor": 3000,
        "authorized_s": 36000,
        "work_view": True,
        "ready": True,
        "week_start": 1,
        "week_tracked_s": 0,
        "protected_s": 0,
        "submits_at": 2,
    }
    return wire.JobView(id=job, **{**plain, **changes})


def week_view(job: UUID, week_start: int, **changes: Any) -> wire.WeekView:
    """Return an open week without time in it."""
    plain: dict[str, Any] = {
        "now": week_start,
        "week_end": week_start + 1,
        "state": "open",
        "submits_at": week_start + 2,
        "review_ends_at": week_start + 3,
        "tracked_s": 0,
        "rejected_s": 0,
        "idle_s": 0,
        "protected_s": 0,
        "amount_minor": 0,
        "currency": "USD",
        "tiles": (),
    }
    return wire.WeekView(job=job, week_start=week_start, **{**plain, **changes})
