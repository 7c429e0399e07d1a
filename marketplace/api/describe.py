"""What the OpenAPI description says of bodies that ``worktime.wire`` decodes: a reference to its committed schema."""

from __future__ import annotations

from typing import Any

SCHEMA = "schema.json"
"""Beside ``openapi.json``; the same text as ``docs/wire.schema.json``."""

_PICTURE: dict[str, Any] = {"image/webp": {"schema": {"type": "string", "format": "binary"}}}


def body(name: str) -> dict[str, Any]:
    """Return the OpenAPI request body for the wire message ``name``."""
    return {"required": True, "content": {"application/json": {"schema": _reference(name)}}}


def picture_body() -> dict[str, Any]:
    """Return the OpenAPI request body for a picture."""
    return {"required": True, "content": _PICTURE}


def described(answer: str, request_body: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return what ninja adds to a route: the answer's schema, the request's, and Problems for everything else."""
    extra = _answered({"application/json": {"schema": _reference(answer)}})
    if request_body is not None:
        extra["requestBody"] = request_body
    return extra


def described_picture() -> dict[str, Any]:
    """Return what ninja adds to a route that answers with a picture."""
    return _answered(_PICTURE)


def _answered(content: dict[str, Any]) -> dict[str, Any]:
    return {
        "responses": {
            200: {"description": "OK", "content": content},
            "default": {
                "description": "What went wrong, and whether it can succeed later",
                "content": {"application/json": {"schema": _reference("Problem")}},
            },
        }
    }


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"{SCHEMA}#/$defs/{name}"}
