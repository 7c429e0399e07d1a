"""The API's root: version 1, its routes, its errors and its OpenAPI description."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from marketplace.api import control, errors, jobs, other_hours, pictures, segments
from marketplace.api.security import PerPerson, bearer
from worktime.schema import render

# No page of documentation: ninja's would load scripts from elsewhere. The description itself is at /openapi.json.
api = NinjaAPI(
    title="Fairhour", version="1", urls_namespace="api", docs_url=None, auth=bearer, throttle=PerPerson("1200/m")
)
errors.install(api)
for room in (segments, pictures, other_hours, jobs, control):
    api.add_router("", room.router)


@api.get("/health", auth=None, throttle=[])
def health(request: HttpRequest) -> dict[str, object]:
    """Tell that the server answers."""
    return {"ok": True, "v": 1}


@api.get("/schema.json", auth=None, throttle=[], include_in_schema=False)
def schema(request: HttpRequest) -> HttpResponse:
    """Return the JSON schema of the wire messages."""
    return HttpResponse(render(), content_type="application/schema+json")
