"""What the client switches for one job: counts of keys and clicks, and what screenshots with hidden areas protect.

Both sides read in the workroom that it changed.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from marketplace.foundation import clock
from marketplace.jobs.services import set_input_counts, set_redaction_protects
from marketplace.web.views.common import asked_job, person_page, reads_and_posts, signed_in
from marketplace.workroom.models import MessageKind
from marketplace.workroom.services import post_message


@reads_and_posts
@person_page
def input_counts(request: HttpRequest, job_id: UUID) -> HttpResponseBase:
    """The client's half of counting keys and clicks: asked for (``on`` is "1"), or no longer (rules.md, Tracking 9)."""
    on = _wanted(request)
    told = (
        _(
            "The client asks for counts of keys and clicks. "
            "They are counted only once the freelancer switches them on too."
        )
        if on
        else _("The client no longer asks for counts of keys and clicks. None are counted from now on.")
    )
    done = _("You asked for counts of keys and clicks.") if on else _("Keys and clicks are no longer counted.")
    return _switched(request, job_id, set_input_counts, MessageKind.COUNTS, told, done)


@reads_and_posts
@person_page
def redaction(request: HttpRequest, job_id: UUID) -> HttpResponseBase:
    """Let redacted screenshots protect (``on`` is "1"), or no longer (rules.md, Protection 3)."""
    on = _wanted(request)
    told = (
        _("New terms: time whose screenshot has hidden areas is protected from now on.")
        if on
        else _("New terms: from now on, time whose screenshot has hidden areas counts, but is not protected.")
    )
    done = (
        _("Screenshots with hidden areas protect their time from now on.")
        if on
        else _("Screenshots with hidden areas protect no time from now on.")
    )
    return _switched(request, job_id, set_redaction_protects, MessageKind.REDACTION, told, done)


def _wanted(request: HttpRequest) -> bool:
    return request.POST.get("on") == "1"


def _switched(
    request: HttpRequest, job_id: UUID, switch: Callable[..., bool], kind: MessageKind, told: str, done: str
) -> HttpResponseBase:
    """Switch, and tell both sides where that changed anything. Raises FairhourError for who is not the client."""
    job = asked_job(request, job_id)
    if request.method == "POST":
        with transaction.atomic():
            if switch(job=job, by=signed_in(request), on=_wanted(request)):
                post_message(job=job, author=None, kind=kind, text=told, now=clock.second())
        messages.success(request, done)
    return redirect("room", job_id=job.pk)
