"""A job's workroom: what both sides wrote and what the marketplace told them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.foundation import clock
from marketplace.jobs.models import Job
from marketplace.jobs.selectors import role_of
from marketplace.jobs.services import touch
from marketplace.web import words
from marketplace.web.views.common import asked_job, person_page, reads_and_posts, signed_in
from marketplace.web.zone import viewer_zone
from marketplace.workroom.models import Message, MessageKind
from marketplace.workroom.selectors import messages_of
from marketplace.workroom.services import MAX_NOTE, post_message
from worktime import weeks
from worktime.errors import FairhourError, Problem


@dataclass(frozen=True)
class Shown:
    """A message as it is printed; ``kind`` is "" for what a person wrote."""

    author: str
    kind: str
    at: str
    text: str
    by_marketplace: bool


@reads_and_posts
@person_page
def room(request: HttpRequest, job_id: UUID) -> HttpResponseBase:
    """Show the room, or post a message into it."""
    job = asked_job(request, job_id)
    if request.method != "POST":
        return _page(request, job)
    text = request.POST.get("text", "")
    try:
        post_message(job=job, author=signed_in(request), kind=MessageKind.NOTE, text=text, now=clock.second())
    except FairhourError as error:
        return _page(request, job, draft=text, problem=error.problem)
    touch(job.pk)
    return redirect("room", job_id=job.pk)


def _page(request: HttpRequest, job: Job, draft: str = "", problem: Problem | None = None) -> HttpResponseBase:
    viewer, zone = signed_in(request), viewer_zone(request)
    other = job.freelancer if role_of(viewer, job) == "client" else job.client
    context = {
        "job": job,
        "tab": "room",
        "room": [_shown(message, viewer, zone) for message in messages_of(job)],
        "other": other.shown_name,
        "limit": MAX_NOTE,
        "draft": draft,
        "problem": problem,
    }
    return render(request, "web/room.html", context, status=422 if problem else 200)


def _shown(message: Message, viewer: User, zone: str) -> Shown:
    note = message.kind == MessageKind.NOTE
    if message.author is None:
        author = _("Fairhour")
    else:
        author = _("You") if message.author == viewer else message.author.shown_name
    return Shown(
        author=author,
        kind="" if note else str(MessageKind(message.kind).label),
        at=words.moment(message.created_at, weeks.zone(zone)),
        text=message.text,
        by_marketplace=not note,
    )
