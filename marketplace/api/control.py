"""``POST /control/clock``: steps the marketplace's business clock. There in sample mode only, with the control key."""

from __future__ import annotations

import secrets

import msgspec
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from marketplace.api.replies import reply
from marketplace.clock_tick import tick
from marketplace.foundation import clock, keys
from worktime import wire

router = Router()


class ClockStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Body of the request: the second to which the clock is stepped forward."""

    to: wire.Second


class ClockStand(msgspec.Struct, frozen=True):
    """Answer: the second that it shows now, with everything done that was due by then."""

    now: int


@router.post("/control/clock", auth=None, throttle=[], include_in_schema=False)
def step(request: HttpRequest) -> HttpResponse:
    """Step the clock forward and do what is due before answering."""
    key, given = keys.control_key(), request.headers.get("X-Control-Key", "")
    # Whoever has no key is told what everyone is told outside of the sample mode: there is nothing here.
    if not (settings.SAMPLE and key and secrets.compare_digest(given.encode(), key.encode())):
        raise Http404
    clock.step_to(wire.decode(request.body, ClockStep).to)
    tick()
    return reply(ClockStand(clock.second()))
