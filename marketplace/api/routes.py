"""The API's root: version 1, its errors and its OpenAPI description."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import NinjaAPI

# No page of documentation: ninja's would load scripts from elsewhere. The description itself is at /openapi.json.
api = NinjaAPI(title="Fairhour", version="1", urls_namespace="api", docs_url=None)


@api.get("/health")
def health(request: HttpRequest) -> dict[str, object]:
    """Tell that the server answers."""
    return {"ok": True, "v": 1}
