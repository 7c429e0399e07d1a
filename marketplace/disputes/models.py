"""Cases: what someone in a job asked of the marketplace's staff, and what was decided."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.foundation.ids import new_id
from marketplace.workview.models import Rejection, Segment


class CaseKind(models.TextChoices):
    """What a case is about."""

    SCREENSHOT = "screenshot", _("Screenshot reported")
    COMMENT = "comment", _("Comment reported")
    ASSISTANCE = "assistance", _("Assistance asked for")


class CaseState(models.TextChoices):
    """A case is open until staff have decided it."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class Outcome(models.TextChoices):
    """What became of a rejection about which assistance was asked for."""

    UPHELD = "upheld", _("Upheld")
    RESTORED = "restored", _("Restored")
    TAKEN_BACK = "taken_back", _("Taken back by the client")


class Case(models.Model):
    """A report of a segment's screenshot or comment, or the freelancer's asking for assistance about its rejection.

    Its segment is kept as it is while the case is open. Assistance alone has a ``rejection`` and, once decided, an
    ``outcome``; a rejection is decided once.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=CaseKind.choices)
    segment = models.ForeignKey(Segment, on_delete=models.PROTECT, related_name="cases")
    rejection = models.OneToOneField(Rejection, on_delete=models.PROTECT, null=True, blank=True, related_name="case")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    state = models.CharField(max_length=8, choices=CaseState.choices, default=CaseState.OPEN)
    opened_at = models.BigIntegerField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default="", blank=True)
    decision = models.CharField(max_length=1000, default="", blank=True)
    closed_at = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "kind", "reporter"], condition=Q(state="open"), name="case_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True, decided_by__isnull=True)
                | (Q(state="closed", closed_at__isnull=False, decided_by__isnull=False) & ~Q(decision="")),
                name="case_closed_with_decision",
            ),
            models.CheckConstraint(
                condition=(Q(kind="assistance") & Q(rejection__isnull=False))
                | (~Q(kind="assistance") & Q(rejection__isnull=True)),
                name="case_about_its_rejection",
            ),
            models.CheckConstraint(
                condition=(Q(kind="assistance", state="closed") & Q(outcome__in=Outcome.values))
                | (~Q(kind="assistance", state="closed") & Q(outcome="")),
                name="case_assistance_has_outcome",
            ),
        ]
        indexes = [models.Index(fields=["state", "opened_at"], name="case_to_decide")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.reason[:60]}"
