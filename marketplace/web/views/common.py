"""What the views share: whose page it is, problems as pages, fragments for htmx."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

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

_NOT_THERE = frozenset({"unknown_job", "no_such_segment", "no_such_picture", "no_such_hours"})

_PAGE_OF = {
    "reject": "viewer",
    "take_back": "viewer",
    "answer": "viewer",
    "assistance": "viewer",
    "close_case": "case",
    "decide_case": "case",
}
"""Which page each act belongs to: an act itself has nothing to show."""


def allows(
    *methods: str,
) -> Callable[[Callable[Concatenate[HttpRequest, P], HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Decorate a view that answers only ``methods``; what comes by another is told so in words, with status 405."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method in methods:
                return view(request, *args, **kwargs)
            answer = render(request, "405.html", status=405)
            answer["Allow"] = ", ".join(methods)
            return answer

        return run

    return decorate


only_reads = allows("GET", "HEAD")
reads_and_posts = allows("GET", "HEAD", "POST")


def person_page(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Decorate a view for signed-in people: what is not theirs is not there, every other problem is a page.

    Browsers keep nothing of it unless the view says so: whoever comes after a sign-out goes back to nothing.
    """

    @wraps(view)
    def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        try:
            answer = view(request, *args, **kwargs)
        except FairhourError as error:
            if error.problem.code in _NOT_THERE:
                raise Http404(error.problem.message) from error
            answer = render(request, "web/problem.html", {"problem": error.problem}, status=409)
        answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer

    return run


def page_of(request: HttpRequest) -> str:
    """Return the address that shows what the request is about: its own, or for an act that of the act's page."""
    match = request.resolver_match
    if match is None or match.url_name not in _PAGE_OF:
        return request.get_full_path()
    return reverse(_PAGE_OF[match.url_name], kwargs=match.kwargs)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to signing in and from there back to the page.

    What htmx asked for stands in the middle of a page: a redirect would put the sign-in form there. The whole page has
    to leave instead, and to come back to where the reader was, not to the fragment.
    """
    if not getattr(request, "htmx", False):
        return redirect_to_login(page_of(request))
    # None when the page is not of this marketplace.
    page = request.htmx.current_url_abs_path  # type: ignore[attr-defined]
    if not page or not url_has_allowed_host_and_scheme(page, allowed_hosts=None):
        page = page_of(request)
    return HttpResponse(status=401, headers={"HX-Redirect": redirect_to_login(page)["Location"]})


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
