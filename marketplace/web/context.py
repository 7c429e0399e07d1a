"""What every page knows: the viewer's zone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from marketplace.web.zone import viewer_zone


def fairhour(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the frame."""
    # A page that could not be found may be shown before anyone was identified.
    return {"viewer_zone": viewer_zone(request) if hasattr(request, "user") else "UTC"}
