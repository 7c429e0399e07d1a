"""The client's review: rejecting a segment with a reason, and taking a rejection back, until review ends.

The deadline is compared inside the transaction, with the clock read there and after the timesheets were locked: what
was a millisecond before it counts, what was after it never does, whoever else is at work.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.foundation.transactions import serializable
from marketplace.jobs.models import Job
from marketplace.jobs.selectors import role_of
from marketplace.jobs.services import touch
from marketplace.timesheets.models import Entry, State, Timesheet
from marketplace.timesheets.selectors import worked
from marketplace.timesheets.submission import open_timesheet
from marketplace.timesheets.words import duration, moment, moment_for
from marketplace.workroom.models import MessageKind
from marketplace.workroom.services import post_message, queue_mail
from marketplace.workview.models import Rejection, Segment
from marketplace.workview.rejections import record_rejection, record_take_back, standing
from worktime.errors import failure
from worktime.intervals import Interval, total
from worktime.slots import slot_start
from worktime.weeks import week_of, zone

MAX_REJECTIONS = 5
"""Rejections of one segment, those that were taken back among them: each sends the freelancer a mail."""


@serializable
def reject(*, segment: Segment, by: User, reason: str, now: Callable[[], int]) -> Rejection:
    """Take the segment's time off its timesheet, now and in later revisions, and tell the freelancer why.

    ``now`` is the clock, not a moment: it is read in here. A segment whose rejection stands keeps it, so doing it twice
    does it once. Raises FairhourError when ``by`` is not the job's client, review is over, it was rejected
    ``MAX_REJECTIONS`` times already, there is nothing that could be rejected, or no fit reason
    (``workview.rejections``).
    """
    job = _reviewed_by(segment, by)
    sheets = lock_sheets(job, segment)
    segment.refresh_from_db()
    known = standing(segment)
    if known is not None:
        return known
    at = now()
    _check_open(segment, sheets, at)
    _check_rounds(segment)
    taken = counted(job, segment, at)
    rejection = record_rejection(segment=segment, by=by, reason=reason, at=at, taken=taken)
    sentence = _("The screenshot of %(slot)s was rejected: %(reason)s. %(time)s left the timesheet.")
    facts = {"reason": rejection.reason.rstrip("."), "time": duration(total(taken))}
    _tell(segment, MessageKind.REJECTED, by, sentence, facts, f"rejected:{rejection.pk}", at)
    return rejection


@serializable
def take_back(*, segment: Segment, by: User, now: Callable[[], int]) -> None:
    """Give the segment's time back to its timesheet; nothing happens when no rejection of it stands.

    Raises FairhourError when ``by`` is not the job's client or review is over. ``now`` as for ``reject``.
    """
    job = _reviewed_by(segment, by)
    sheets = lock_sheets(job, segment)
    known = standing(segment)
    if known is None:
        return
    at = now()
    _check_open(segment, sheets, at)
    record_take_back(segment=segment, at=at)
    sentence = _("The rejection of %(slot)s was taken back. %(time)s are on the timesheet again.")
    facts = {"time": duration(total(counted(job, segment, at)))}
    _tell(segment, MessageKind.TAKEN_BACK, by, sentence, facts, f"taken_back:{known.pk}", at)


def _reviewed_by(segment: Segment, by: User) -> Job:
    if role_of(by, segment.job) != "client":
        raise failure(
            "not_yours",
            _("Only the client can do this"),
            _("A screenshot is rejected, and its rejection taken back, by the client of the job."),
            _("Ask the client of the job."),
        )
    return segment.job


def lock_sheets(job: Job, segment: Segment) -> list[Timesheet]:
    """Lock the timesheets that the segment stands on, its week's own among them, and return them."""
    own = open_timesheet(job, week_of(slot_start(segment.slot)))
    holding = Entry.objects.filter(segment=segment).values("timesheet")
    rows = Timesheet.objects.filter(Q(pk=own.pk) | Q(pk__in=holding)).order_by("pk")
    return list(rows.select_for_update())


def _check_open(segment: Segment, sheets: list[Timesheet], at: int) -> None:
    """Raise FairhourError unless a timesheet on which the segment stands, or will stand, can still be reviewed."""
    holding = set(Entry.objects.filter(segment=segment).values_list("timesheet_id", flat=True))
    waiting = not holding  # late, or its week is open: its timesheet has its review before it
    in_review = any(
        sheet.state == State.SUBMITTED and at < sheet.review_ends for sheet in sheets if sheet.pk in holding
    )
    if not (waiting or in_review):
        raise failure(
            "review_over",
            _("Review is over"),
            _("Time can be rejected, and a rejection taken back, until review ends: %(end)s.")
            % {"end": moment(max(sheet.review_ends for sheet in sheets if sheet.pk in holding), "before")},
            _("Write to the freelancer in the workroom."),
        )


def _check_rounds(segment: Segment) -> None:
    """Raise FairhourError when the segment was rejected, and taken back, as often as it can be."""
    if Rejection.objects.filter(segment=segment).count() >= MAX_REJECTIONS:
        raise failure(
            "rejected_too_often",
            _("Rejected too often"),
            _("This screenshot was rejected and taken back %(times)d times, which is as often as it can be.")
            % {"times": MAX_REJECTIONS},
            _("Talk to the freelancer, or report the screenshot to staff."),
        )


def counted(job: Job, segment: Segment, at: int) -> tuple[Interval, ...]:
    """Return the seconds that a rejection of the segment takes away: no more than what was recorded in it."""
    week = worked(job, week_of(slot_start(segment.slot)), now=at)
    return week.totals.held_by_segment(segment.slot, segment.device)


def _tell(
    segment: Segment, kind: MessageKind, by: User, sentence: str, facts: dict[str, str], key: str, at: int
) -> None:
    """Say ``sentence`` in the workroom, in ET, and to the freelancer by mail, in their own time too."""
    job, start = segment.job, slot_start(segment.slot)
    text = sentence % {**facts, "slot": moment(start)}
    post_message(job=job, author=by, kind=kind, text=text, now=at, segment=segment.pk)
    person = job.freelancer
    queue_mail(
        to=person,
        subject=f"{kind.label}: {job.title}",
        text=sentence % {**facts, "slot": moment_for(start, zone(person.time_zone))},
        key=key,
        now=at,
        page=f"{reverse('work', args=[job.pk])}?week={week_of(start)}#tile-{segment.pk}",
    )
    touch(job.pk)
