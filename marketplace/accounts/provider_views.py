"""What the provider's own views would let pass: unhashed challenges, consent without a question, guessing of tokens.

Beside that it is noted which tracker the tokens go to (``devices``). allauth has no setting for its validator, so these
views stand before its own under the same addresses.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any
from uuid import UUID

from allauth.idp.oidc import views
from allauth.idp.oidc.internal.oauthlib.server import get_server
from allauth.idp.oidc.internal.oauthlib.utils import extract_params
from allauth.idp.oidc.models import Client, Token
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from oauthlib.oauth2.rfc6749.errors import InvalidRequestError, OAuth2Error
from oauthlib.openid.connect.core.exceptions import ConsentRequired

from marketplace.accounts import devices
from marketplace.accounts.devices import Installation
from marketplace.accounts.limits import FailureLimit
from marketplace.accounts.models import User
from worktime.wire import MAX_DEVICE_NAME, clean_text

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

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add which computer asks, as its tracker calls it, and the way to sign in as somebody else."""
        found: dict[str, Any] = super().get_context_data(**kwargs)
        asker = clean_text(self.request.GET.get("device_name", ""), MAX_DEVICE_NAME).strip()
        return found | {"device_name": asker, "again": self.request.get_full_path()}


def _refusal(asked: dict[str, Any]) -> OAuth2Error | None:
    if asked.get("code_challenge_method") != "S256":
        return InvalidRequestError("Transform algorithm not supported: S256 only.", state=asked.get("state"))
    if "none" in asked.get("prompt", ()):
        return ConsentRequired("The person is asked each time.", state=asked.get("state"))
    return None


@csrf_exempt
def token(request: HttpRequest) -> HttpResponseBase:
    """Answer as allauth does, and note which tracker has the tokens.

    An address with too many wrong grants waits for the next minute.
    """
    if TOKEN_LIMIT.is_reached(request):
        problem = {"error": "temporarily_unavailable", "error_description": _("Too many requests.")}
        return JsonResponse(
            problem, status=HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": str(TOKEN_LIMIT.window_s)}
        )
    with transaction.atomic():
        answer = _granted(request)
    if answer.status_code in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED):
        TOKEN_LIMIT.count(request)
    return answer


def _granted(request: HttpRequest) -> HttpResponse:
    asker, now = _installation(request), timezone.now()
    shown = request.POST.get("refresh_token", "")
    refreshing = request.POST.get("grant_type") == Client.GrantType.REFRESH_TOKEN
    device = devices.before_refresh(shown, asker, now) if refreshing and shown else None
    answer: HttpResponse = views.token(request)
    if answer.status_code != HTTPStatus.OK:
        if device is not None:
            # What was brought back to life for this must not stay. (What ended for theft has no device, and stays so.)
            transaction.set_rollback(True)
        return answer
    issued = json.loads(answer.content)
    values = [issued[name] for name in ("access_token", "refresh_token") if name in issued]
    if device is not None:
        devices.after_refresh(device, shown, values, asker, now)
    elif (owner := Token.objects.by_value(issued["access_token"]).get().user) is not None:
        devices.begin(_person(owner), values, asker, now)
    return answer


def _installation(request: HttpRequest) -> Installation:
    """Return what the tracker says of itself; what is no id is none."""
    name = clean_text(request.POST.get("device_name", ""), MAX_DEVICE_NAME).strip()
    try:
        return Installation(UUID(request.POST.get("device", "")), name)
    except ValueError:
        return Installation(None, name)


def _person(owner: object) -> User:
    if not isinstance(owner, User):
        raise TypeError(f"a token of {owner!r}")
    return owner


@csrf_exempt
def revoke(request: HttpRequest) -> HttpResponseBase:
    """Answer as allauth does, which ends the one token that is shown, and end the tracker's other one with it."""
    shown = request.POST.get("token", "")
    with transaction.atomic():
        device = devices.device_by_token(shown) if shown else None
        answer: HttpResponseBase = views.revoke(request)
        if device is not None and devices.device_by_token(shown) is None:
            devices.end(device)
    return answer


@csrf_exempt
def nothing(request: HttpRequest) -> HttpResponse:
    """Answer that there is nothing: the device flow is off, because no client of ours uses it."""
    raise Http404
