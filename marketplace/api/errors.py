"""Turns what goes wrong in the API into Problems, in one place. An unexpected error is logged and tells nothing."""

from __future__ import annotations

import logging
import math

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from marketplace.api.replies import refuse
from worktime.errors import FairhourError, Problem

log = logging.getLogger(__name__)


def problem_of(error: object) -> Problem:
    """Return what the sender is told about ``error``."""
    match error:
        case FairhourError():
            return error.problem
        case AuthenticationError():
            return Problem(
                "unauthenticated",
                _("Not signed in"),
                _("The access token is missing, expired or withdrawn, or does not cover this."),
                _("Sign in again; what is recorded is kept and sent afterwards."),
                retryable=True,
            )
        case Throttled():
            return Problem(
                "too_many_requests",
                _("Too many requests"),
                _("This account sends more than the marketplace takes in."),
                _("Nothing to do: it is sent again later."),
                retryable=True,
            )
        case RequestDataTooBig():
            return Problem(
                "too_large",
                _("Message too large"),
                _("The message is larger than the marketplace takes in."),
                _("Send it in smaller parts."),
            )
        case Http404():
            return Problem(
                "not_found", _("Not found"), _("There is nothing at this address."), _("Update Fairhour and try again.")
            )
        case ValidationError() | HttpError():
            return Problem(
                "malformed",
                _("Message not understood"),
                _("The address or the headers of the request do not fit the protocol."),
                _("Update Fairhour and send it again."),
            )
    return Problem(
        "server_error",
        _("The marketplace has a fault"),
        _("Something unexpected happened there; it is in its log."),
        _("Nothing to do: what is recorded is kept and sent again."),
        retryable=True,
    )


def install(api: NinjaAPI) -> None:
    """Make every error of ``api`` a Problem."""

    def answer(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
        problem = problem_of(error)
        if problem.code == "server_error":
            log.error(
                "%s %s failed", request.method, request.path, exc_info=error if isinstance(error, Exception) else None
            )
        response = refuse(problem)
        if isinstance(error, Throttled) and error.wait is not None:
            response["Retry-After"] = str(math.ceil(error.wait))
        return response

    for kind in (
        FairhourError,
        AuthenticationError,
        Throttled,
        RequestDataTooBig,
        Http404,
        ValidationError,
        HttpError,
        Exception,
    ):
        api.add_exception_handler(kind, answer)
