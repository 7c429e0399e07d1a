"""Reading a job's workroom and the outbox."""

from __future__ import annotations

from django.db.models import QuerySet

from marketplace.jobs.models import Job
from marketplace.workroom.models import Message, OutgoingMail


def messages_of(job: Job, limit: int = 200) -> list[Message]:
    """Return the newest ``limit`` messages of ``job``, oldest first, with their authors loaded."""
    return list(Message.objects.filter(job=job).select_related("author").order_by("-id")[:limit])[::-1]


def waiting_mail() -> QuerySet[OutgoingMail]:
    """Return the e-mails that are still to be sent, oldest first."""
    return OutgoingMail.objects.filter(sent_at__isnull=True, given_up=False).order_by("id")
