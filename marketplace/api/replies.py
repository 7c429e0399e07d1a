"""Answers of the API: wire messages, and Problems with the status that fits their code."""

from __future__ import annotations

import msgspec
from django.http import HttpResponse

from worktime import wire
from worktime.errors import Problem

STATUS = {
    "unauthenticated": 401,
    "unknown_job": 404,
    "unknown_week": 404,
    "not_found": 404,
    "no_such_picture": 404,
    "method_not_allowed": 405,
    "segment_first": 409,
    "mismatch": 409,
    "no_terms": 409,
    "collided": 409,
    "not_wanted": 410,
    "picture_erased": 410,
    "length_needed": 411,
    "too_large": 413,
    "not_webp": 415,
    "not_decodable": 422,
    "too_many_requests": 429,
    "picture_quota": 429,
    "server_error": 500,
    "busy": 503,
}
"""Statuses that say more than 400. The tracker goes by ``code`` and ``retryable``; proxies and logs by these."""


def reply(message: msgspec.Struct, *, status: int = 200) -> HttpResponse:
    """Return a wire message as JSON that no cache keeps."""
    response = HttpResponse(wire.encode(message), content_type="application/json", status=status)
    response["Cache-Control"] = "no-store"
    return response


def refuse(problem: Problem) -> HttpResponse:
    """Return a Problem with its status."""
    response = reply(problem, status=STATUS.get(problem.code, 400))
    if problem.code == "unauthenticated":
        response["WWW-Authenticate"] = "Bearer"
    return response
