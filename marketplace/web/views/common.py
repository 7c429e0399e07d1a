"""What the views share: whose page it is, problems as pages, fragments for htmx."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.jobs.models import Job
from marketplace.jobs.selectors import job_for
from marketplace.web.workhead import Page, Part
from marketplace.workview.models import Segment
from marketplace.workview.selectors import segment_for
from worktime import weeks
from worktime.errors import FairhourError
from worktime.slots import slot_start

P = ParamSpec("P")

_NOT_THERE = frozenset({"unknown_job", "no_such_segment", "no_such_picture"})


def person_page(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Decorate a view for signed-in people: what is not theirs is not there, every other problem is a page."""

    @wraps(view)
    def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except FairhourError as error:
            if error.problem.code in _NOT_THERE:
                raise Http404(error.problem.message) from error
            return render(request, "web/problem.html", {"problem": error.problem}, status=409)

    return login_required(run)


def signed_in(request: HttpRequest) -> User:
    """Return who asks. Views behind ``person_page`` always have somebody."""
    user = request.user
    if not isinstance(user, User):
        raise Http404
    return user


def asked_job(request: HttpRequest, job_id: UUID) -> Job:
    """Return the job when it is one of the asker's. Raises FairhourError."""
    return job_for(signed_in(request), job_id)


def asked_week(request: HttpRequest, now: int) -> int:
    """Return the start of the week that contains ``?week=``, else of the current one; 404 for what is no second."""
    text = request.GET.get("week", "")
    try:
        return weeks.week_of(int(text) if text else now)
    except ValueError as error:
        raise Http404("no such week") from error


@dataclass(frozen=True)
class Seen:
    """A segment that the asker may see."""

    segment: Segment

    @property
    def week_start(self) -> int:
        """The ET week in which it was worked."""
        return weeks.week_of(slot_start(self.segment.slot))

    @property
    def week_url(self) -> str:
        """The Work View page of its week, at its tile."""
        query = urlencode({"week": self.week_start})
        return f"{reverse('work', args=[self.segment.job_id])}?{query}#tile-{self.segment.pk}"


def asked_segment(request: HttpRequest, segment_id: UUID) -> Seen:
    """Return the segment when the asker may see it. Raises FairhourError."""
    return Seen(segment_for(signed_in(request), segment_id))


def part_html(page: Page, part: Part, *, oob: bool) -> str:
    """Print one part of the Work View page."""
    values: dict[str, Any] = {"page": page, "head": page.head, "oob": oob, **dict(part.values)}
    return render_to_string(f"web/{part.template}.html", values, using="jinja2")


def parts_answer(page: Page, parts: Iterable[Part], status: int = 200) -> HttpResponse:
    """Answer htmx with parts that replace what the browser has under their ids."""
    return HttpResponse("".join(part_html(page, part, oob=True) for part in parts), status=status)
