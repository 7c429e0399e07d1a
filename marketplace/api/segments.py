"""``POST /segments``: a batch of segments in, a receipt for each out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from marketplace.api.describe import body, described
from marketplace.api.replies import reply
from marketplace.api.security import person_of
from marketplace.foundation import clock
from marketplace.workview.services import ingest
from worktime import wire

router = Router()


@router.post("/segments", openapi_extra=described("BatchReceipt", body("SegmentBatch")))
def segments(request: HttpRequest) -> HttpResponse:
    """Take in what the sender's tracker recorded; sending it again changes nothing."""
    batch = wire.decode(request.body, wire.SegmentBatch)
    now = clock.second()
    receipts = ingest(person=person_of(request), batch=batch, now=now)
    return reply(wire.BatchReceipt(now=now, receipts=receipts))
