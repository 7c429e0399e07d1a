"""What the freelancer does about a rejection: answer it, and ask the marketplace's staff for assistance."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.disputes.assistance import answer as answer_rejection
from marketplace.disputes.assistance import ask as ask_for_assistance
from marketplace.foundation import clock
from marketplace.web.assistancepart import Said
from marketplace.web.views.common import Seen, asked_segment, page_of, person_page, reads_and_posts, signed_in
from marketplace.web.views.viewer import tile_page
from worktime.errors import FairhourError

_WORDS_TO_MEND = frozenset({"answer_length", "reason_length"})


@reads_and_posts
@person_page
def answer(request: HttpRequest, segment_id: UUID) -> HttpResponseBase:
    """Answer the rejection of a tile."""
    who = signed_in(request)

    def act(seen: Seen, text: str) -> None:
        answer_rejection(segment=seen.segment, by=who, text=text, now=clock.second)

    return _done(request, segment_id, "answer", act, _("Answered. The client is told what you say."))


@reads_and_posts
@person_page
def ask(request: HttpRequest, segment_id: UUID) -> HttpResponseBase:
    """Ask the staff for assistance about the rejection of a tile."""
    who = signed_in(request)

    def act(seen: Seen, text: str) -> None:
        ask_for_assistance(segment=seen.segment, by=who, reason=text, now=clock.second)

    return _done(
        request, segment_id, "ask", act, _("Asked. The staff look at it and tell both sides what they decided.")
    )


def _done(
    request: HttpRequest, segment_id: UUID, form: str, act: Callable[[Seen, str], None], text: str
) -> HttpResponseBase:
    """Do it, and show the tile again; words that do not fit stand in their form, to be mended."""
    seen = asked_segment(request, segment_id)
    if request.method != "POST":
        return redirect(page_of(request))
    draft = request.POST.get("text", "")
    try:
        act(seen, draft)
    except FairhourError as error:
        if error.problem.code not in _WORDS_TO_MEND:
            raise
        return tile_page(request, seen, Said(form, draft, error.problem))
    messages.success(request, text)
    return redirect(reverse("viewer", args=[segment_id]) + "#assistance")
