"""The client's half of counting keys and clicks: asked for, or no longer, for one job (rules.md, Tracking 9)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from marketplace.foundation import clock
from marketplace.jobs.models import Job
from marketplace.jobs.services import set_input_counts
from marketplace.web.views.common import asked_job, person_page, reads_and_posts, signed_in
from marketplace.workroom.models import MessageKind
from marketplace.workroom.services import post_message


@reads_and_posts
@person_page
def input_counts(request: HttpRequest, job_id: UUID) -> HttpResponseBase:
    """Ask for counts (``on`` is "1"), or no longer; both sides read in the workroom that it changed."""
    job = asked_job(request, job_id)
    if request.method == "POST":
        on = request.POST.get("on") == "1"
        with transaction.atomic():
            if set_input_counts(job=job, by=signed_in(request), on=on):
                _tell(job, on=on)
        messages.success(
            request,
            _("You asked for counts of keys and clicks.") if on else _("Keys and clicks are no longer counted."),
        )
    return redirect("room", job_id=job.pk)


def _tell(job: Job, *, on: bool) -> None:
    text = (
        _(
            "The client asks for counts of keys and clicks. "
            "They are counted only once the freelancer switches them on too."
        )
        if on
        else _("The client no longer asks for counts of keys and clicks. None are counted from now on.")
    )
    post_message(job=job, author=None, kind=MessageKind.COUNTS, text=text, now=clock.second())
