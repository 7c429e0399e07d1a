"""The trackers that are signed in as whoever asks, and signing one of them out after a question."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import dateformat
from django.utils.translation import gettext as _

from marketplace.accounts.devices import devices_of, end
from marketplace.accounts.models import Device
from marketplace.web import words
from marketplace.web.views.common import only_reads, person_page, reads_and_posts, signed_in
from marketplace.web.zone import viewer_zone
from worktime import weeks


@dataclass(frozen=True)
class Shown:
    """A tracker as it is printed."""

    id: UUID
    name: str
    first: str
    last: str


@only_reads
@person_page
def devices(request: HttpRequest) -> HttpResponseBase:
    """List the trackers of whoever is signed in."""
    zone = viewer_zone(request)
    found = [_shown(device, zone) for device in devices_of(signed_in(request))]
    return render(request, "web/devices.html", {"devices": found})


@reads_and_posts
@person_page
def sign_out(request: HttpRequest, device_id: UUID) -> HttpResponseBase:
    """Ask, and then sign one tracker out, at once."""
    device = get_object_or_404(devices_of(signed_in(request)), pk=device_id)
    shown = _shown(device, viewer_zone(request))
    if request.method != "POST":
        return render(request, "web/device_sign_out.html", {"device": shown})
    with transaction.atomic():
        end(device.pk)
    text = _("{name} is signed out. What it records from now on is kept there until somebody signs in on it again.")
    messages.success(request, text.format(name=shown.name))
    return redirect("devices")


def _shown(device: Device, zone: str) -> Shown:
    tz = weeks.zone(zone)
    return Shown(
        device.pk,
        device.name or _("A tracker without a name"),
        dateformat.format(device.first_used_at.astimezone(tz), "j F Y"),
        words.moment(int(device.last_used_at.timestamp()), tz),
    )
