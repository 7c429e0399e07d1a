"""Reading timesheets. ``figures`` is the one place that says what stands on one: pages, API and charge ask it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet

from marketplace.jobs.models import Job
from marketplace.jobs.selectors import terms_for
from marketplace.timesheets.models import Frozen, State, Timesheet
from marketplace.timesheets.records import Loaded, load, load_held, not_ready
from marketplace.workview.models import Segment
from worktime.intervals import Interval
from worktime.shares import Worked, late_lines, own_lines, shares, sums
from worktime.slots import slot_of, slot_start
from worktime.timesheet import Line, LineKind, Part, Reason, Terms, totals
from worktime.weeks import review_end, submit_due, week_end, week_of


@dataclass(frozen=True, kw_only=True)
class Figures:
    """One timesheet as it stands at a second. Seconds throughout; amounts in minor units of ``currency``.

    Tracked, Work View, off-view, rejected, idle and protected seconds are of the timesheet's own week; ``late_s`` is
    counted time of earlier weeks that came too late for theirs, ``moved_s`` time of this week that stands, or waits,
    on a later timesheet. ``amount_minor`` is the sum of ``lines``: worked out while the timesheet can still change,
    as charged afterwards. ``segment_s`` says by (slot, device) what rejecting a segment takes away.
    """

    timesheet: UUID | None
    job: UUID
    week_start: int
    week_end: int
    state: State
    submit_due: int
    review_ends: int
    submitted_at: int | None
    settled_at: int | None
    tracked_s: int
    work_view_s: int
    off_view_s: int
    rejected_s: int
    overlap_s: int
    idle_s: int
    late_s: int
    moved_s: int
    protected_s: int
    unprotected: Mapping[Reason, int]
    billable_s: int
    amount_minor: int
    currency: str
    rate_minor: int
    authorized_s: int
    lines: tuple[Line, ...]
    tracked: tuple[Interval, ...]
    segment_s: Mapping[tuple[int, UUID], int]


@dataclass(frozen=True)
class Standing:
    """The parts that stand on a timesheet: of its own week, and late ones by the week in which they were worked."""

    own: Worked
    own_parts: tuple[Part, ...]
    late: tuple[tuple[Worked, tuple[Part, ...]], ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The timesheet's lines, each rounded once."""
        late = (line for worked, parts in self.late for line in late_lines(worked, parts))
        return (*own_lines(self.own, self.own_parts), *late)


def timesheet_of(job: Job, week_start: int) -> Timesheet | None:
    """Return the row of the job's week; None before it was first needed."""
    return Timesheet.objects.filter(job=job, week_start=week_start).first()


def timesheets_of(job: Job) -> QuerySet[Timesheet]:
    """Return the job's timesheets, newest week first."""
    return Timesheet.objects.filter(job=job).order_by("-week_start")


def figures(job: Job, week_start: int, now: int) -> Figures:
    """Return the timesheet of ``job`` and the work week at the second ``now``. ValueError when no week starts there."""
    sheet = timesheet_of(job, week_start)
    standing = stands_on(job, week_start, sheet, now=now)
    own, terms = sums(standing.own_parts), terms_for(job, week_start)
    lines = _charged_lines(sheet) if sheet and sheet.state in _FROZEN else standing.lines
    # While the timesheet is open, what stands on it was worked out from all of the week already.
    is_open = sheet is None or sheet.state == State.OPEN
    week = (standing.own if is_open else worked(job, week_start, now=now)).totals
    return Figures(
        timesheet=sheet.pk if sheet else None,
        job=job.pk,
        week_start=week_start,
        week_end=week_end(week_start),
        state=State(sheet.state) if sheet else State.OPEN,
        submit_due=sheet.submit_due if sheet else submit_due(week_start),
        review_ends=sheet.review_ends if sheet else review_end(week_start),
        submitted_at=sheet.submitted_at if sheet else None,
        settled_at=sheet.settled_at if sheet else None,
        tracked_s=own.tracked_s,
        work_view_s=own.work_view_s,
        off_view_s=own.off_view_s,
        rejected_s=own.rejected_s,
        overlap_s=own.overlap_s,
        idle_s=week.idle_s,
        late_s=sum(sums(parts).tracked_s for _, parts in standing.late),
        moved_s=week.tracked_s - own.tracked_s,
        protected_s=own.protected_s,
        unprotected=own.unprotected,
        billable_s=sum(line.seconds for line in lines),
        amount_minor=sum(line.amount_minor for line in lines),
        currency=job.currency,
        rate_minor=terms.rate_minor,
        authorized_s=terms.authorized_s,
        lines=lines,
        tracked=own.tracked,
        segment_s=week.segment_s(),
    )


_FROZEN = frozenset({State.CHARGING, State.CHARGED, State.FAILED, State.CLOSED})


def stands_on(job: Job, week_start: int, sheet: Timesheet | None, *, now: int, arrived_only: bool = False) -> Standing:
    """Return what stands on the job's timesheet of the week; ``arrived_only`` as its submission counts it.

    An open timesheet has what no other one holds; a submitted one has what it holds, and nothing else.
    """
    if sheet is None or sheet.state == State.OPEN:
        own = worked(job, week_start, now=now, arrived_only=arrived_only)
        late = [worked(job, week, now=now, arrived_only=True) for week in sorted(waiting_weeks(job, week_start))]
        holder = None
    else:
        own = worked_held(job, week_start, sheet, now=now)
        late = [worked_held(job, week, sheet, now=now) for week in sorted(held_weeks(sheet) - {week_start})]
        holder = sheet.pk
    return Standing(own, own.held_by(holder), tuple((then, then.held_by(holder)) for then in late))


def worked(job: Job, week_start: int, *, now: int, arrived_only: bool = False) -> Worked:
    """Return what was worked for ``job`` in the week, under the terms of that week, whichever timesheet it is on."""
    return _total(job, week_start, load(job, week_start, now=now), arrived_only=arrived_only)


def worked_held(job: Job, week_start: int, sheet: Timesheet, *, now: int) -> Worked:
    """Return what the submitted ``sheet``, and those before it, hold of what was worked in the week."""
    return _total(job, week_start, load_held(job, week_start, sheet_week=sheet.week_start, now=now))


def _total(job: Job, week_start: int, loaded: Loaded, *, arrived_only: bool = False) -> Worked:
    terms = terms_for(job, week_start)
    result = totals(
        loaded.records,
        job=job.pk,
        week_start=week_start,
        terms=Terms(terms.rate_minor, job.currency, terms.authorized_s),
        not_ready=not_ready(job, week_end(week_start)),
        arrived_only=arrived_only,
    )
    return Worked(week_start, terms.rate_minor, result, tuple(shares(result.parts, loaded.held)))


def held_weeks(sheet: Timesheet) -> set[int]:
    """Return the weeks of the segments that stand on a submitted timesheet."""
    slots = sheet.entries.values_list("segment__slot", flat=True).distinct()
    return {week_of(slot_start(slot)) for slot in slots}


def waiting_weeks(job: Job, week_start: int) -> set[int]:
    """Return the earlier, submitted weeks with time that came too late for theirs and goes on this open timesheet.

    It goes on the first open timesheet after the week in which it was worked.
    """
    rows = dict(Timesheet.objects.filter(job=job, week_start__lt=week_start).values_list("week_start", "state"))
    segments = late_segments(job.pk).filter(slot__lt=slot_of(week_start))
    weeks = {week_of(slot_start(slot)) for slot in segments.values_list("slot", flat=True).distinct()}
    opens = [week for week, state in rows.items() if state == State.OPEN]
    # A week without a row was not submitted either.
    return {week for week in weeks if rows.get(week, State.OPEN) != State.OPEN and not any(o > week for o in opens)}


def late_segments(job: UUID | OuterRef) -> QuerySet[Segment]:
    """Return the arrived segments of ``job`` that no timesheet has seen, or that were revised after one had."""
    arrived = Segment.objects.filter(job=job, arrived_at__isnull=False)
    return arrived.filter(Q(entries__isnull=True) | Q(stored_at__gte=F("entries__timesheet__submitted_at")))


def _charged_lines(sheet: Timesheet) -> tuple[Line, ...]:
    rows = sheet.lines.filter(frozen=Frozen.CHARGE).order_by("worked_week", "id")
    return tuple(
        Line(LineKind(row.kind), row.worked_week, row.seconds, row.rate_minor, row.amount_minor) for row in rows
    )
