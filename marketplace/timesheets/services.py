"""Writing timesheets: Other hours, the client's review, the automatic submission, when the job was Ready."""

from __future__ import annotations

from marketplace.jobs.models import Job
from marketplace.jobs.services import touch
from marketplace.timesheets.entries import settle_entries
from marketplace.timesheets.hours_entry import take_hours
from marketplace.timesheets.models import ReadinessChange
from marketplace.timesheets.other_hours import settle_hours
from marketplace.timesheets.restoring import Restored, has_charged, restore, would_restore
from marketplace.timesheets.review import reject, take_back
from marketplace.timesheets.submission import freeze_lines, open_timesheet, open_weeks, submit_due

__all__ = [
    "Restored",
    "freeze_lines",
    "has_charged",
    "open_timesheet",
    "open_weeks",
    "record_readiness",
    "reject",
    "restore",
    "settle_entries",
    "settle_hours",
    "submit_due",
    "take_back",
    "take_hours",
    "would_restore",
]


def record_readiness(*, job: Job, ready: bool, reason: str, now: int) -> bool:
    """Note in the caller's transaction that the job is Ready, or why not, from ``now`` on; True when that is news.

    The first word on a job holds from its start: until then nobody asked.
    """
    last = ReadinessChange.objects.filter(job=job).order_by("-id").first()
    if last is not None and (last.ready, last.reason) == (ready, reason):
        return False
    at = job.started_at if last is None else max(now, last.at)
    ReadinessChange.objects.create(job=job, at=at, ready=ready, reason=reason)
    touch(job.pk)
    return True
