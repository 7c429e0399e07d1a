"""Timesheets, the lines and entries frozen on them, and when a job was Ready, with the database's own constraints.

Totals are stored only as lines. While a timesheet is open, or in review, ``selectors.figures`` works them out.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.foundation.ids import new_id
from marketplace.jobs.models import Job
from marketplace.workview.models import Segment
from worktime.timesheet import LineKind
from worktime.wire import MAX_NOTE, MAX_WEEK_S


class State(models.TextChoices):
    """Where a timesheet stands (rules.md, Timesheets)."""

    OPEN = "open", _("Open")
    SUBMITTED = "submitted", _("In review")
    CHARGING = "charging", _("Being charged")
    CHARGED = "charged", _("Charged")
    FAILED = "failed", _("Payment failed")
    CLOSED = "closed", _("Closed without a charge")


class Timesheet(models.Model):
    """One job, one ET work week. The row is the schedule: its due times were worked out once, in New York.

    All moments are UTC seconds; review has ended from the second ``review_ends`` on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="timesheets")
    week_start = models.BigIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    submit_due = models.BigIntegerField()
    review_ends = models.BigIntegerField()
    submitted_at = models.BigIntegerField(null=True, blank=True)
    settled_at = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "week_start"], name="timesheet_once_a_week"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="timesheet_state_known"),
            models.CheckConstraint(
                condition=Q(state="open", submitted_at__isnull=True)
                | (~Q(state="open") & Q(submitted_at__isnull=False)),
                name="timesheet_submitted_unless_open",
            ),
        ]
        indexes = [
            models.Index(fields=["submit_due"], name="timesheet_to_submit", condition=Q(state="open")),
            models.Index(fields=["review_ends"], name="timesheet_to_charge", condition=Q(state="submitted")),
        ]

    def __str__(self) -> str:
        return f"{self.job_id} week {self.week_start} {self.state}"


class Entry(models.Model):
    """The seconds of one segment that stand on a submitted timesheet: ``spans`` as [start, end] pairs.

    Frozen at submission, so that they never move (rules.md, Two machines 2) and what comes later is known as late.
    """

    timesheet = models.ForeignKey(Timesheet, on_delete=models.PROTECT, related_name="entries")
    segment = models.ForeignKey(Segment, on_delete=models.PROTECT, related_name="entries")
    spans = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["timesheet", "segment"], name="entry_once")]

    def __str__(self) -> str:
        return f"{self.segment_id} on {self.timesheet_id}"


class OtherHours(models.Model):
    """An entry of Other hours: seconds that the freelancer typed in for a work week. Rows are in the order of entry.

    ``entry`` is the id that whoever made it gave it; of what is ``removed`` the row stays, so that an older word that
    comes later adds nothing. ``timesheet`` is the submitted one that holds it, ``billed_s`` what of it was within the
    authorized hours when that was charged.
    """

    entry = models.UUIDField(unique=True)
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="other_hours")
    week_start = models.BigIntegerField()
    seconds = models.IntegerField()
    note = models.CharField(max_length=MAX_NOTE)
    revision = models.IntegerField(default=1)
    removed = models.BooleanField(default=False)
    entered_at = models.BigIntegerField()
    timesheet = models.ForeignKey(
        Timesheet, on_delete=models.PROTECT, null=True, blank=True, related_name="other_hours"
    )
    billed_s = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(seconds__gte=1, seconds__lte=MAX_WEEK_S), name="hours_of_a_week"),
            models.CheckConstraint(condition=~Q(note=""), name="hours_have_a_note"),
            models.CheckConstraint(
                condition=Q(billed_s=0) | Q(billed_s__gt=0, billed_s__lte=F("seconds"), timesheet__isnull=False),
                name="hours_billed_on_a_timesheet",
            ),
            models.CheckConstraint(
                condition=Q(removed=False) | Q(timesheet__isnull=True), name="removed_hours_stand_nowhere"
            ),
        ]
        indexes = [models.Index(fields=["job", "week_start"], name="hours_of_job_and_week")]

    def __str__(self) -> str:
        return f"{self.job_id} week {self.week_start}: {self.seconds} s, {self.note[:40]}"


class Frozen(models.TextChoices):
    """When a line was frozen."""

    SUBMISSION = "submission", _("At submission")
    CHARGE = "charge", _("At charge")


class Line(models.Model):
    """One kind of time at one rate, worked in one week, frozen. The amount was rounded once, here."""

    timesheet = models.ForeignKey(Timesheet, on_delete=models.PROTECT, related_name="lines")
    frozen = models.CharField(max_length=12, choices=Frozen.choices)
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.name) for kind in LineKind])
    worked_week = models.BigIntegerField()
    rate_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    seconds = models.IntegerField()
    amount_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["timesheet", "frozen", "kind", "worked_week"], name="line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.worked_week}: {self.seconds} s, {self.amount_minor} {self.currency}"


class ReadinessChange(models.Model):
    """From ``at`` on the job was Ready, or Not Ready with the reason; protection asks for the moment of work."""

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="readiness_changes")
    at = models.BigIntegerField()
    ready = models.BooleanField()
    reason = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        indexes = [models.Index(fields=["job", "id"], name="readiness_of_job")]

    def __str__(self) -> str:
        return f"{self.job_id} {'Ready' if self.ready else self.reason} from {self.at}"
