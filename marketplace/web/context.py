"""What every page knows: the viewer's zone, and whether the clock runs fast."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from marketplace.foundation import clock
from marketplace.web.zone import viewer_zone


def fairhour(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the frame. ``fast_rate`` is 0 while the clock is the real one."""
    rate = clock.rate()
    # A page that could not be found may be shown before anyone was identified.
    zone = viewer_zone(request) if hasattr(request, "user") else "UTC"
    return {"viewer_zone": zone, "fast_rate": rate if rate > 1 else 0}
