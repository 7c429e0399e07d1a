"""A job's workroom: what both sides wrote and what the marketplace told them."""

from __future__ import annotations

from collections.abc import Mapping
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
from marketplace.workview.selectors import slots_of
from worktime import weeks
from worktime.errors import FairhourError, Problem
from worktime.slots import slot_start


@dataclass(frozen=True)
class Shown:
    """A message as it is printed; ``kind`` is "" for what a person wrote."""

    author: str
    kind: str
    at: str
    text: str
    by_marketplace: bool
    segment: UUID | None
    """The tile that it tells of, if any, and in ``tile`` when that was: in ET and in the reader's zone."""
    tile: str


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
        "room": _room(job, viewer, zone),
        "other": other.shown_name,
        "role": role_of(viewer, job),
        "limit": MAX_NOTE,
        "draft": draft,
        "problem": problem,
    }
    return render(request, "web/room.html", context, status=422 if problem else 200)


def _room(job: Job, viewer: User, zone: str) -> list[Shown]:
    messages = messages_of(job)
    slots = slots_of(job, [message.segment for message in messages if message.segment])
    return [_shown(message, slots, viewer, zone) for message in messages]


def _shown(message: Message, slots: Mapping[UUID, int], viewer: User, zone: str) -> Shown:
    slot = slots.get(message.segment) if message.segment else None
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
        segment=message.segment if slot is not None else None,
        tile=words.moment_et(slot_start(slot), weeks.zone(zone)) if slot is not None else "",
    )
