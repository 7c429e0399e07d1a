"""Screenshots, handed out by a view that checks who asks; no path to one is public (reliability.md, promise 8)."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from marketplace.foundation import clock
from marketplace.web.views.common import only_reads, person_page, signed_in
from marketplace.workview.services import open_picture

THUMBNAIL_AGE_S = 300
"""How long a browser may show a thumbnail again without asking; short, because pictures can be deleted."""


@only_reads
@person_page
def picture(request: HttpRequest, picture_id: UUID, size: Literal["full", "thumb"]) -> HttpResponseBase:
    """Send a picture's bytes. A full one is never kept by the browser, so that every opening is logged."""
    opened = open_picture(viewer=signed_in(request), picture_id=picture_id, size=size, now=clock.second())
    answer = HttpResponse(opened.data, content_type=opened.content_type)
    answer["Cache-Control"] = "private, no-store" if size == "full" else f"private, max-age={THUMBNAIL_AGE_S}"
    answer["Content-Disposition"] = "inline"
    return answer
