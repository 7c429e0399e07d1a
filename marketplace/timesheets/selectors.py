"""Reading timesheets. ``figures`` is the one place that says what stands on one: pages, API and charge ask it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from marketplace.jobs.models import Job
from marketplace.jobs.selectors import terms_for
from marketplace.timesheets.models import Entry, Frozen, State, Timesheet
from marketplace.timesheets.other_hours import Placed, entries_of, placed, waiting_hours
from marketplace.timesheets.records import Loaded, load, load_held, not_ready
from marketplace.workview.models import Rejection, Segment
from worktime.intervals import Interval
from worktime.shares import Worked, hours_line, late_lines, own_lines, restored_s, shares, sums
from worktime.slots import slot_of, slot_start
from worktime.timesheet import Line, LineKind, Part, Reason, Terms, totals
from worktime.weeks import review_end, submit_due, week_end, week_of


@dataclass(frozen=True, kw_only=True)
class Figures:
    """One timesheet as it stands at a second. Seconds throughout; amounts in minor units of ``currency``.

    Tracked, Work View, off-view, rejected, idle, protected and ``other_s`` seconds (Other hours) are of the timesheet's
    own week; ``late_s`` is counted time (restored one too), and ``late_other_s`` Other hours, of earlier weeks that
    came too late for theirs, ``moved_s`` and ``moved_other_s`` what of this week stands, or waits, on a later
    timesheet: ``restored_s`` of it was rejected, and restored by staff after the charge.
    ``amount_minor`` is the sum of ``lines``: worked out while the timesheet can still change, as charged afterwards.
    ``hours`` are the entries of Other hours behind it, by worked week. ``segment_s`` says by (slot, device) what
    rejecting a segment takes away.
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
    restored_s: int
    other_s: int
    late_other_s: int
    moved_other_s: int
    protected_s: int
    unprotected: Mapping[Reason, int]
    billable_s: int
    amount_minor: int
    currency: str
    rate_minor: int
    authorized_s: int
    lines: tuple[Line, ...]
    hours: tuple[Placed, ...]
    tracked: tuple[Interval, ...]
    segment_s: Mapping[tuple[int, UUID], int]


@dataclass(frozen=True)
class Standing:
    """What stands on a timesheet: parts of its own week, and late ones by the week in which they were worked.

    ``hours``: the Other hours of these weeks, in the same order, the own week's first.
    """

    own: Worked
    own_parts: tuple[Part, ...]
    late: tuple[tuple[Worked, tuple[Part, ...]], ...]
    hours: tuple[Placed, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The timesheet's lines, each rounded once: of each week tracked time, then Other hours."""
        tracked = (own_lines(self.own, self.own_parts), *(late_lines(worked, parts) for worked, parts in self.late))
        typed = (hours_line(each.week_start, each.rate_minor, each.placed_s) for each in self.hours)
        return tuple(line for of_week in zip(tracked, typed, strict=True) for lines in of_week for line in lines)

    @property
    def has_time(self) -> bool:
        """Whether anything stands, or was rejected, on it."""
        late = any(parts for _, parts in self.late)
        return bool(self.own_parts or late or any(each.entries for each in self.hours))


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
    whole = standing.own if is_open else worked(job, week_start, now=now)
    week = whole.totals
    other_s, typed_s = standing.hours[0].seconds, sum(entries_of(job, week_start).values_list("seconds", flat=True))
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
        restored_s=sum(restored_s(whole, part) for part in week.parts if part.counts),
        other_s=other_s,
        late_other_s=sum(each.seconds for each in standing.hours[1:]),
        moved_other_s=typed_s - other_s,
        protected_s=own.protected_s,
        unprotected=own.unprotected,
        billable_s=sum(line.seconds for line in lines),
        amount_minor=sum(line.amount_minor for line in lines),
        currency=job.currency,
        rate_minor=terms.rate_minor,
        authorized_s=terms.authorized_s,
        lines=lines,
        hours=standing.hours,
        tracked=own.tracked,
        segment_s=week.segment_s(),
    )


_FROZEN = frozenset({State.CHARGING, State.CHARGED, State.FAILED, State.CLOSED})


def stands_on(job: Job, week_start: int, sheet: Timesheet | None, *, now: int, arrived_only: bool = False) -> Standing:
    """Return what stands on the job's timesheet of the week; ``arrived_only`` as its submission counts it.

    An open timesheet has what no other one holds; a submitted one has what it holds, and nothing else.
    """
    holder = sheet if sheet is not None and sheet.state != State.OPEN else None
    if holder is None:
        own = worked(job, week_start, now=now, arrived_only=arrived_only)
        late = [worked(job, week, now=now, arrived_only=True) for week in sorted(waiting_weeks(job, week_start))]
    else:
        own = worked_held(job, week_start, holder, now=now)
        late = [worked_held(job, week, holder, now=now) for week in sorted(held_weeks(holder) - {week_start})]
    key = holder.pk if holder else None
    return Standing(
        own,
        own.held_by(key),
        tuple((then, then.held_by(key)) for then in late),
        tuple(_placed_on(job, then, key) for then in (own, *late)),
    )


def worked(job: Job, week_start: int, *, now: int, arrived_only: bool = False) -> Worked:
    """Return what was worked for ``job`` in the week, under the terms of that week, whichever timesheet it is on."""
    loaded = load(job, week_start, now=now)
    return _total(job, week_start, loaded, _held_before(job, week_start, None, now), arrived_only=arrived_only)


def worked_held(job: Job, week_start: int, sheet: Timesheet, *, now: int) -> Worked:
    """Return what the submitted ``sheet``, and those before it, hold of what was worked in the week."""
    loaded = load_held(job, week_start, sheet_week=sheet.week_start, now=now)
    return _total(job, week_start, loaded, _held_before(job, week_start, sheet.week_start, now))


def _total(job: Job, week_start: int, loaded: Loaded, taken_s: int, *, arrived_only: bool = False) -> Worked:
    """Add up the week; ``taken_s`` of its authorized seconds are places of Other hours on earlier timesheets."""
    terms = terms_for(job, week_start)
    result = totals(
        loaded.records,
        job=job.pk,
        week_start=week_start,
        terms=Terms(terms.rate_minor, job.currency, max(0, terms.authorized_s - taken_s)),
        not_ready=not_ready(job, week_end(week_start)),
        arrived_only=arrived_only,
    )
    left_s = max(0, terms.authorized_s - taken_s - result.billable_s)
    return Worked(week_start, terms.rate_minor, result, tuple(shares(result.parts, loaded.held)), left_s, loaded.back)


def _placed_on(job: Job, then: Worked, holder: UUID | None) -> Placed:
    """Return the Other hours of a worked week that ``holder`` has, or that none has, behind what was tracked."""
    return placed(
        then.week_start, then.rate_minor, entries_of(job, then.week_start).filter(timesheet=holder), then.left_s
    )


def _held_before(job: Job, week_start: int, sheet_week: int | None, now: int) -> int:
    """Return how many authorized seconds of the week Other hours take up on timesheets before that of ``sheet_week``.

    On every submitted one for None. What a charge has fixed stays; while it can change it is worked out.
    """
    held = entries_of(job, week_start).filter(timesheet__isnull=False)
    if sheet_week is not None:
        held = held.filter(timesheet__week_start__lt=sheet_week)
    out, in_review = 0, {}
    for entry in held.select_related("timesheet"):
        if entry.timesheet is not None and entry.timesheet.state == State.SUBMITTED:
            in_review[entry.timesheet_id] = entry.timesheet
        else:
            out += entry.billed_s
    for sheet in in_review.values():
        out += sum(_placed_on(job, worked_held(job, week_start, sheet, now=now), sheet.pk).placed_s)
    return out


def held_weeks(sheet: Timesheet) -> set[int]:
    """Return the weeks of the segments and Other hours that stand on a submitted timesheet."""
    slots = sheet.entries.values_list("segment__slot", flat=True).distinct()
    typed = sheet.other_hours.values_list("week_start", flat=True)
    return {week_of(slot_start(slot)) for slot in slots}.union(typed)


def waiting_weeks(job: Job, week_start: int) -> set[int]:
    """Return the earlier, submitted weeks with time, or Other hours, that came too late and goes on this timesheet.

    It goes on the first open timesheet after the week in which it was worked.
    """
    rows = dict(Timesheet.objects.filter(job=job, week_start__lt=week_start).values_list("week_start", "state"))
    segments = late_segments(job.pk).filter(slot__lt=slot_of(week_start))
    weeks = {week_of(slot_start(slot)) for slot in segments.values_list("slot", flat=True).distinct()}
    typed = waiting_hours().filter(job=job, week_start__lt=week_start)
    weeks.update(typed.values_list("week_start", flat=True))
    opens = [week for week, state in rows.items() if state == State.OPEN]
    # A week without a row was not submitted either.
    return {week for week in weeks if rows.get(week, State.OPEN) != State.OPEN and not any(o > week for o in opens)}


def late_segments(job: UUID | OuterRef) -> QuerySet[Segment]:
    """Return the arrived segments of ``job`` that no timesheet has seen, or of which time came after one had.

    They were revised, or staff restored time of them: that is the next timesheet's, until one has been submitted since.
    """
    arrived = Segment.objects.filter(job=job, arrived_at__isnull=False)
    restored = Rejection.objects.filter(segment=OuterRef("pk"), restored=True).exclude(back=[])
    taken_up = Entry.objects.filter(
        segment=OuterRef("segment"), timesheet__submitted_at__gt=OuterRef("taken_back_at")
    ).exclude(spans=[])
    waiting = Exists(restored.filter(~Exists(taken_up)))
    revised = Q(stored_at__gte=F("entries__timesheet__submitted_at"))
    return arrived.filter(Q(entries__isnull=True) | revised | waiting)


def _charged_lines(sheet: Timesheet) -> tuple[Line, ...]:
    rows = sheet.lines.filter(frozen=Frozen.CHARGE).order_by("worked_week", "id")
    return tuple(
        Line(LineKind(row.kind), row.worked_week, row.seconds, row.rate_minor, row.amount_minor) for row in rows
    )
