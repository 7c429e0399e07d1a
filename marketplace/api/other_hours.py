"""``POST /other-hours``: a batch of entries of Other hours in, a receipt for each out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from marketplace.api.describe import body, described
from marketplace.api.replies import reply
from marketplace.api.security import person_of
from marketplace.foundation import clock
from marketplace.timesheets.services import take_hours
from worktime import wire

router = Router()


@router.post("/other-hours", openapi_extra=described("OtherHoursReceipts", body("OtherHoursBatch")))
def other_hours(request: HttpRequest) -> HttpResponse:
    """Take in entries that the sender added, changed or removed; sending them again changes nothing."""
    batch = wire.decode(request.body, wire.OtherHoursBatch)
    receipts = take_hours(person=person_of(request), batch=batch, now=clock.second)
    return reply(wire.OtherHoursReceipts(now=clock.second(), receipts=receipts))
