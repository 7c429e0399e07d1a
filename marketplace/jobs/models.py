"""The hourly job and its terms."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from marketplace.foundation.ids import new_id


class Job(models.Model):
    """An hourly contract between one client and one freelancer. Times are UTC seconds since the epoch."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(_("title"), max_length=200)
    client = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jobs_given")
    freelancer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jobs_held")
    currency = models.CharField(_("currency"), max_length=3)
    work_view = models.BooleanField(_("Work View"), default=True)
    # The client's half of "both sides switched that on" (rules.md, Tracking 9); the freelancer's is in the tracker.
    input_counts = models.BooleanField(_("counts of keys and clicks"), default=False)
    # Part of the terms: whether a screenshot with hidden areas protects its time (rules.md, Protection 3).
    redaction_protects = models.BooleanField(_("redacted screenshots protect"), default=False)
    started_at = models.BigIntegerField(_("started at"))
    ended_at = models.BigIntegerField(_("ended at"), null=True, blank=True)
    # Moves with each change that a page of the job shows; pages poll it and get an empty answer while it stands.
    change_counter = models.BigIntegerField(default=0, editable=False)
    # The counter moves with every segment: its history would be noise.
    history = HistoricalRecords(excluded_fields=["change_counter"])

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints = [
            models.CheckConstraint(condition=~Q(client=F("freelancer")), name="jobs_job_two_people"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")), name="jobs_job_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(currency__regex=r"^[A-Z]{3}$"), name="jobs_job_currency_code"),
        ]

    def __str__(self) -> str:
        return self.title


class Terms(models.Model):
    """Rate and authorized hours from one work week on, until later terms begin (rules.md, Timesheets 6)."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="terms")
    from_week = models.BigIntegerField(_("from week"), help_text=_("Second of its Monday 00:00 ET"))
    rate_minor = models.PositiveIntegerField(_("rate per hour"), help_text=_("In minor units of the currency"))
    authorized_s = models.PositiveIntegerField(_("authorized seconds per week"))
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("terms")
        verbose_name_plural = _("terms")
        constraints = [
            models.UniqueConstraint(fields=["job", "from_week"], name="jobs_terms_once_a_week"),
            models.CheckConstraint(condition=Q(rate_minor__gt=0), name="jobs_terms_paid"),
            models.CheckConstraint(condition=Q(authorized_s__lte=169 * 3600), name="jobs_terms_within_a_week"),
        ]

    def __str__(self) -> str:
        return f"{self.job_id} from {self.from_week}"
