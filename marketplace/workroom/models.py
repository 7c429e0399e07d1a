"""Messages in a job's workroom, and the outbox in which e-mail waits until it was handed over.

Times are UTC seconds since the epoch.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.jobs.models import Job


class MessageKind(models.TextChoices):
    """What a message tells; everything but a note is written by the marketplace when something happened."""

    NOTE = "note", _("Note")
    REJECTED = "rejected", _("Time rejected")
    TAKEN_BACK = "taken_back", _("Rejection taken back")
    SUBMITTED = "submitted", _("Timesheet submitted")
    CHARGED = "charged", _("Timesheet charged")
    CHARGE_FAILED = "charge_failed", _("Payment failed")
    CASE = "case", _("Reported to staff")
    ANSWERED = "answered", _("Rejection answered")
    ASSISTANCE = "assistance", _("Assistance by staff")
    COUNTS = "counts", _("Keys and clicks")
    REDACTION = "redaction", _("Hidden areas")


class Message(models.Model):
    """One message of a job's room; ``author`` is null when the marketplace itself speaks.

    ``segment`` is the tile of Work View that it tells of, where it tells of one: an id only, because Work View's tables
    lie above this room.
    """

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=20, choices=MessageKind.choices)
    text = models.TextField(max_length=4000)
    segment = models.UUIDField(null=True, blank=True)
    created_at = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["job", "id"], name="message_of_job")]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="message_says_something")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.text[:60]}"


class OutgoingMail(models.Model):
    """An e-mail to be sent once. ``key`` says for which act, so that doing the act twice queues one mail.

    ``message_id`` is fixed when the mail is queued: a mail that goes out twice (a crash between sending and marking it
    sent) is one mail to the reader's program. ``next_try`` null means at once; moments of sending are real time, not
    business time.
    """

    key = models.CharField(max_length=200, unique=True)
    message_id = models.CharField(max_length=200, unique=True)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    queued_at = models.BigIntegerField()
    attempts = models.PositiveIntegerField(default=0)
    next_try = models.BigIntegerField(null=True, blank=True)
    sent_at = models.BigIntegerField(null=True, blank=True)
    given_up = models.BooleanField(default=False)
    last_error = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try"], name="mail_waiting", condition=models.Q(sent_at__isnull=True, given_up=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} -> {self.to}"
