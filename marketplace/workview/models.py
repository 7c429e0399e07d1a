"""Segments as received, their pictures, the client's rejections, and who opened what."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.foundation.ids import new_id
from marketplace.jobs.models import Job
from worktime.slots import SLOT_S, slot_start
from worktime.wire import MAX_COMMENT, Flag, NoPicture


class Segment(models.Model):
    """What one person recorded for one job in one slot on one device, as of its latest revision.

    ``spans`` are ``[start, end, work_view]``, ``idle`` and ``deleted`` ``[start, end]``, in validated UTC seconds.
    ``arrived_at`` is the first second at which its picture, or the reason why there is none, was here (rules.md,
    Timesheets 2).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="segments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="segments")
    slot = models.BigIntegerField()
    device = models.UUIDField()
    revision = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    spans = models.JSONField(default=list)
    idle = models.JSONField(default=list)
    deleted = models.JSONField(default=list)
    tracked_s = models.PositiveIntegerField()
    idle_s = models.PositiveIntegerField(default=0)
    # The picture that this revision speaks of, here or still to follow.
    picture_id = models.UUIDField(null=True, blank=True)
    picture_sha256 = models.CharField(max_length=64, blank=True)
    picture_size = models.PositiveIntegerField(default=0)
    picture_width = models.PositiveIntegerField(default=0)
    picture_height = models.PositiveIntegerField(default=0)
    monitors = models.PositiveIntegerField(default=0)
    taken_at = models.BigIntegerField(null=True, blank=True)
    # Areas that the freelancer had hidden in it, and whether such a picture protects, by the job's terms when it was
    # announced: the client can't take protection back from what was recorded already.
    redacted = models.PositiveSmallIntegerField(default=0)
    redaction_protects = models.BooleanField(default=False)
    # How often this picture's decoding did not come to an end.
    picture_tries = models.PositiveSmallIntegerField(default=0)
    no_picture = models.CharField(
        max_length=20, blank=True, choices=[(reason.value, reason.name) for reason in NoPicture]
    )
    running = models.BooleanField(default=False)
    comment = models.CharField(max_length=MAX_COMMENT, blank=True)
    active_s = models.PositiveIntegerField(default=0)
    keys = models.PositiveIntegerField(null=True, blank=True)
    clicks = models.PositiveIntegerField(null=True, blank=True)
    flags = models.JSONField(default=list)
    # Reported, or part of a case: neither deleted nor its comment changed (rules.md, Tracking 6). Set by ``disputes``.
    held = models.BooleanField(default=False)
    # It stands on a submitted timesheet: picture and comment stay as they are (rules.md, Tracking 5 and 6). Set by
    # ``timesheets``.
    submitted = models.BooleanField(default=False)
    arrived_at = models.BigIntegerField(null=True, blank=True)
    stored_at = models.BigIntegerField()

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        constraints = [
            models.UniqueConstraint(fields=["job", "person", "slot", "device"], name="workview_segment_key"),
            models.CheckConstraint(condition=Q(tracked_s__lte=SLOT_S), name="workview_segment_within_slot"),
            models.CheckConstraint(
                condition=Q(picture_id__isnull=True) | Q(no_picture=""), name="workview_segment_picture_or_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["job", "slot"], name="workview_segment_week"),
            models.Index(fields=["person", "slot"], name="workview_segment_person"),
            models.Index(fields=["picture_id"], name="workview_segment_picture"),
        ]

    def __str__(self) -> str:
        return f"{self.job_id} slot {self.slot} r{self.revision}"

    @property
    def picture_protects(self) -> bool:
        """Whether its picture, once it is here, protects its time (rules.md, Tracking 4; Protection 3)."""
        return Flag.FLAT_PICTURE not in self.flags and (not self.redacted or self.redaction_protects)

    @property
    def starts_at(self) -> int:
        """First second of the slot."""
        return slot_start(self.slot)


class Picture(models.Model):
    """A stored screenshot. Once erased, the row keeps the hash and nothing else that could be looked at."""

    id = models.UUIDField(primary_key=True)
    segment = models.ForeignKey(Segment, on_delete=models.PROTECT, related_name="pictures")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="pictures")
    sha256 = models.CharField(max_length=64)
    file = models.CharField(max_length=200, blank=True)
    thumbnail = models.CharField(max_length=200, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    # It shows one colour, as the marketplace sees it: whatever the tracker says, it does not protect.
    flat = models.BooleanField(default=False)
    received_at = models.BigIntegerField()
    # Erasing is decided in a transaction and done after it; names are blank when the files are gone.
    erased_at = models.BigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        # Not unique: a screen that did not change gives the same bytes again (docs/decisions/0005).
        indexes = [
            models.Index(fields=["person", "sha256"], name="workview_picture_hash"),
            models.Index(fields=["person", "received_at"], name="workview_picture_quota"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Rejection(models.Model):
    """A client's rejection of a segment, which covers later revisions of it too (rules.md, Work View 2).

    ``taken_back_at``: when it ended, by the client's hand or, where ``restored``, finally by the staff's decision.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    segment = models.ForeignKey(Segment, on_delete=models.PROTECT, related_name="rejections")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500)
    at = models.BigIntegerField()
    # [start, end] of what counted for the segment then: no other device's claim gets it while the rejection stands.
    taken = models.JSONField(default=list)
    taken_back_at = models.BigIntegerField(null=True, blank=True)
    # What the freelancer says to it: once, for the client and the staff to read.
    answer = models.CharField(_("answer"), max_length=500, default="", blank=True)
    answered_at = models.BigIntegerField(null=True, blank=True)
    restored = models.BooleanField(default=False)
    # [start, end] of what was restored after the timesheet that held it was charged: an adjustment on a later one.
    back = models.JSONField(default=list)

    class Meta:
        verbose_name = _("rejection")
        verbose_name_plural = _("rejections")
        constraints = [
            models.UniqueConstraint(
                fields=["segment"], condition=Q(taken_back_at__isnull=True), name="workview_rejection_one_stands"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True) | Q(taken_back_at__gte=F("at")), name="workview_rejection_order"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="workview_rejection_has_reason"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="workview_rejection_answered",
            ),
            models.CheckConstraint(
                condition=Q(restored=False) | Q(taken_back_at__isnull=False), name="workview_rejection_restored"
            ),
            models.UniqueConstraint(
                fields=["segment"], condition=Q(restored=True), name="workview_rejection_restored_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.segment_id}: {self.reason}"


class PictureOpening(models.Model):
    """Who opened which picture in full, and when; the freelancer can see it (rules.md, Work View 5)."""

    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="openings")
    viewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.BigIntegerField()

    class Meta:
        verbose_name = _("opening of a picture")
        verbose_name_plural = _("openings of pictures")
        indexes = [models.Index(fields=["picture", "at"], name="workview_opening_picture")]

    def __str__(self) -> str:
        return f"{self.picture_id} at {self.at}"
