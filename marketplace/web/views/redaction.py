"""The client's say in what a screenshot with hidden areas protects, for one job (rules.md, Protection 3)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from marketplace.foundation import clock
from marketplace.jobs.models import Job
from marketplace.jobs.services import set_redaction_protects
from marketplace.web.views.common import asked_job, person_page, reads_and_posts, signed_in
from marketplace.workroom.models import MessageKind
from marketplace.workroom.services import post_message


@reads_and_posts
@person_page
def redaction(request: HttpRequest, job_id: UUID) -> HttpResponseBase:
    """Let redacted screenshots protect (``on`` is "1"), or no longer; both sides read that in the workroom."""
    job = asked_job(request, job_id)
    if request.method == "POST":
        on = request.POST.get("on") == "1"
        with transaction.atomic():
            if set_redaction_protects(job=job, by=signed_in(request), on=on):
                _tell(job, on=on)
        messages.success(
            request,
            _("Screenshots with hidden areas protect their time from now on.")
            if on
            else _("Screenshots with hidden areas protect no time from now on."),
        )
    return redirect("room", job_id=job.pk)


def _tell(job: Job, *, on: bool) -> None:
    text = (
        _("New terms: time whose screenshot has hidden areas is protected from now on.")
        if on
        else _("New terms: from now on, time whose screenshot has hidden areas counts, but is not protected.")
    )
    post_message(job=job, author=None, kind=MessageKind.REDACTION, text=text, now=clock.second())
