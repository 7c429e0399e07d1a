"""What the provider's own views would let pass: unhashed challenges, consent without a question, guessing of tokens.

allauth has no setting for its validator, so these views stand before its own under the same addresses.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from allauth.idp.oidc import views
from allauth.idp.oidc.internal.oauthlib.server import get_server
from allauth.idp.oidc.internal.oauthlib.utils import extract_params
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from oauthlib.oauth2.rfc6749.errors import InvalidRequestError, OAuth2Error
from oauthlib.openid.connect.core.exceptions import ConsentRequired

from marketplace.accounts.limits import FailureLimit

TOKEN_LIMIT = FailureLimit("token", 30)


@method_decorator(csrf_exempt, name="dispatch")
class AuthorizationView(views.AuthorizationView):  # type: ignore[misc]
    """allauth's page of consent, for hashed challenges (PKCE with S256) only, and never without the page.

    The tracker is a public client: any program on the person's computer can ask in its name, so that an earlier
    consent says nothing about who asks now.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page, or send the browser back with the reason why not."""
        try:
            _scopes, asked = get_server().validate_authorization_request(*extract_params(request))
        except OAuth2Error:
            # allauth tells it: to whoever asks, or to the person where the address to answer to is wrong too.
            refusal = None
        else:
            refusal = _refusal(asked)
        if refusal is None:
            page: HttpResponse = super().get(request, *args, **kwargs)
            return page
        answer = HttpResponse(status=HTTPStatus.FOUND)
        answer["Location"] = refusal.in_uri(asked["redirect_uri"])
        return answer


def _refusal(asked: dict[str, Any]) -> OAuth2Error | None:
    if asked.get("code_challenge_method") != "S256":
        return InvalidRequestError("Transform algorithm not supported: S256 only.", state=asked.get("state"))
    if "none" in asked.get("prompt", ()):
        return ConsentRequired("The person is asked each time.", state=asked.get("state"))
    return None


@csrf_exempt
def token(request: HttpRequest) -> HttpResponseBase:
    """Answer as allauth does; an address with too many wrong grants waits for the next minute."""
    if TOKEN_LIMIT.is_reached(request):
        problem = {"error": "temporarily_unavailable", "error_description": _("Too many requests.")}
        return JsonResponse(
            problem, status=HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": str(TOKEN_LIMIT.window_s)}
        )
    answer: HttpResponseBase = views.token(request)
    if answer.status_code in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED):
        TOKEN_LIMIT.count(request)
    return answer


@csrf_exempt
def nothing(request: HttpRequest) -> HttpResponse:
    """Answer that there is nothing: the device flow is off, because no client of ours uses it."""
    raise Http404
