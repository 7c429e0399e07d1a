"""Jobs, weeks and segments to make views of."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.tracker_app.fakes import JOB, OTHER_JOB, T0
from worktime import weeks
from worktime.wire import JobList, JobView, TileState, TileView, WeekView

DEVICE, OTHER_DEVICE = UUID(int=90), UUID(int=91)
WEEK = weeks.week_of(T0)


def job(identity: UUID = JOB, **changes: object) -> JobView:
    """An hourly job as the marketplace tells of it."""
    fields: dict[str, object] = {
        "id": identity,
        "title": "Website redesign" if identity == JOB else "Data import",
        "client": "Sample client",
        "currency": "USD",
        "rate_minor": 3000,
        "authorized_s": 108_000,
        "work_view": True,
        "ready": True,
        "week_start": WEEK,
        "week_tracked_s": 0,
        "protected_s": 0,
        "submits_at": weeks.submit_due(WEEK),
    }
    return JobView(**(fields | changes))  # type: ignore[arg-type]


def job_list(*jobs: JobView) -> JobList:
    """What GET /jobs answers."""
    return JobList(now=T0, person="Sample freelancer", jobs=jobs or (job(), job(OTHER_JOB)))


def tile(slot: int, *, device: UUID = DEVICE, tracked_s: int = 720, rejected: bool = False, **more: Any) -> TileView:
    """A tile of the marketplace's week."""
    return TileView(
        segment=UUID(int=slot),
        slot=slot,
        device=device,
        state=TileState.PICTURE,
        tracked_s=tracked_s,
        idle_s=0,
        rejected=rejected,
        reject_reason="Not this job" if rejected else "",
        **more,
    )


def week(*tiles: TileView, submitted_at: int | None = None) -> WeekView:
    """What GET /jobs/{job}/weeks/{week} answers."""
    return WeekView(
        now=T0,
        job=JOB,
        week_start=WEEK,
        week_end=weeks.week_end(WEEK),
        state="open" if submitted_at is None else "submitted",
        submits_at=weeks.submit_due(WEEK),
        review_ends_at=weeks.review_end(WEEK),
        submitted_at=submitted_at,
        tracked_s=0,
        rejected_s=0,
        idle_s=0,
        protected_s=0,
        amount_minor=0,
        currency="USD",
        tiles=tiles,
    )
