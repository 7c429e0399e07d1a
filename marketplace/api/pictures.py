"""``PUT /pictures/{id}``: the raw screenshot that a stored segment announced; ``GET``: the freelancer's own, again."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Header, Router

from marketplace.api.describe import described, described_picture, picture_body
from marketplace.api.replies import reply
from marketplace.api.security import person_of
from marketplace.foundation import clock
from marketplace.workview.services import Upload, open_own_picture, store_picture
from worktime.errors import failure
from worktime.wire import MAX_PICTURE_BYTES

router = Router()


@router.put("/pictures/{uuid:picture_id}", openapi_extra=described("PictureReceipt", picture_body()))
def picture(
    request: HttpRequest,
    picture_id: UUID,
    job: UUID,
    slot: int,
    device: UUID,
    sha256: Annotated[str, Header(alias="X-Content-SHA256", pattern="^[0-9a-f]{64}$")],
) -> HttpResponse:
    """Store a screenshot; storing it again changes nothing."""
    upload = Upload(picture_id, job, slot, device, sha256, _data(request))
    return reply(store_picture(person=person_of(request), upload=upload, now=clock.second()))


@router.get("/pictures/{uuid:picture_id}", openapi_extra=described_picture())
def own_picture(request: HttpRequest, picture_id: UUID) -> HttpResponse:
    """Send the sender's own screenshot in full. Nothing on the way may keep it, and the opening is logged."""
    opened = open_own_picture(person=person_of(request), picture_id=picture_id, now=clock.second())
    answer = HttpResponse(opened.data, content_type=opened.content_type)
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Disposition"] = "inline"
    return answer


def _data(request: HttpRequest) -> bytes:
    """Read the body, never more than a picture may have. Raises FairhourError."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdecimal():
        raise failure(
            "length_needed",
            _("Length missing"),
            _("The request does not say how long the picture is."),
            _("Update Fairhour and send it again."),
        )
    size = int(length)
    if size > MAX_PICTURE_BYTES:
        raise failure(
            "too_large",
            _("Picture too large"),
            _("The picture has %(size)d bytes; %(limit)d are allowed.") % {"size": size, "limit": MAX_PICTURE_BYTES},
            _("It stays on your computer until you discard it; the time itself is recorded."),
        )
    return request.read(size)
