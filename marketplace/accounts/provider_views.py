"""What the provider's own views would let pass: unhashed challenges, consent without a question, guessing of tokens.

Beside that it is noted which tracker the tokens go to (``devices``). allauth has no setting for its validator, so these
views stand before its own under the same addresses.
"""

from __future__ import annotations

import json
import logging
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from allauth.idp.oidc import views
from allauth.idp.oidc.forms import AuthorizationForm
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

from marketplace.accounts import codes, devices, signals
from marketplace.accounts.devices import Installation
from marketplace.accounts.limits import Limit, address_of
from marketplace.accounts.models import Device, User
from worktime.wire import MAX_DEVICE_NAME, clean_text

log = logging.getLogger(__name__)

TOKEN_LIMIT = Limit("token-failures", 30)
"""Wrong grants of one address."""

REFRESH_LIMIT = Limit("refreshes", 120, 3600)
"""Tokens for one device: a tracker takes new ones once an hour, and at each start."""

REVOKE_LIMIT = Limit("revocations", 30)
"""Of one address, whatever it shows: what is unknown is answered as what is ended."""


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
            page["Cache-Control"] = "private, no-store"
            return page
        answer = HttpResponse(status=HTTPStatus.FOUND)
        answer["Location"] = refusal.in_uri(asked["redirect_uri"])
        return answer

    def form_valid(self, form: AuthorizationForm) -> HttpResponse:
        """Send the browser back with a code, and note who gave it."""
        answer: HttpResponse = super().form_valid(form)
        for code in parse_qs(urlsplit(answer.get("Location", "")).query).get("code", ()):
            codes.given(code, _person(self.request.user))
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add which computer asks, as its tracker calls it, and the way to sign in as somebody else."""
        found: dict[str, Any] = super().get_context_data(**kwargs)
        asker = _one_line(self.request.GET.get("device_name", ""))
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
    if TOKEN_LIMIT.is_reached(address_of(request)):
        return _wait(TOKEN_LIMIT)
    by_code = request.POST.get("grant_type") == Client.GrantType.AUTHORIZATION_CODE
    answer = _exchanged(request) if by_code else _refreshed(request)
    if answer.status_code in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED):
        TOKEN_LIMIT.count(address_of(request))
    return answer


def _exchanged(request: HttpRequest) -> HttpResponse:
    """Answer to a code. One that comes again, with its proof, was copied: what it brought ends (RFC 6749, 4.1.2)."""
    code, verifier = request.POST.get("code", ""), request.POST.get("code_verifier", "")
    if not codes.begin_use(code, verifier):
        if (used := codes.used_by(code, verifier)) is not None:
            log.warning("a code was used twice")
            with transaction.atomic():
                if (held := Device.objects.select_for_update().filter(pk=used).first()) is not None:
                    devices.end_copied(held, timezone.now())
        return _no_grant()
    with transaction.atomic():
        answer: HttpResponse = views.token(request)
        if answer.status_code != HTTPStatus.OK:
            return answer
        access, values = _issued(answer)
        # Locked: a new password that is on its way counts, or finds these tokens.
        owner = User.objects.select_for_update(no_key=True).get(
            pk=_person(Token.objects.by_value(access).get().user).pk
        )
        if not codes.holds(code, owner):
            transaction.set_rollback(True)
            return _no_grant()
        now = timezone.now()
        begun = devices.begin(owner, values, _installation(request), now)
        if begun.unknown:
            signals.signed_in.send(sender=Device, device=begun.device, now=now)
    codes.note_use(code, verifier, begun.device.pk)
    return answer


@transaction.atomic
def _refreshed(request: HttpRequest) -> HttpResponse:
    asker, now = _installation(request), timezone.now()
    shown = request.POST.get("refresh_token", "")
    device = devices.before_refresh(shown, asker, now) if shown else None
    if device is not None and REFRESH_LIMIT.is_reached(str(device.pk)):
        transaction.set_rollback(True)
        return _wait(REFRESH_LIMIT)
    answer: HttpResponse = views.token(request)
    if device is None:
        return answer
    if answer.status_code == HTTPStatus.OK:
        REFRESH_LIMIT.count(str(device.pk))
        devices.after_refresh(device, shown, _issued(answer)[1], asker, now)
    else:
        # What was brought back to life for this must not stay. (What ended for theft has no device, and stays so.)
        transaction.set_rollback(True)
    return answer


def _issued(answer: HttpResponse) -> tuple[str, list[str]]:
    """Return the access token, and all the tokens, of an answer."""
    found = json.loads(answer.content)
    return found["access_token"], [found[name] for name in ("access_token", "refresh_token") if name in found]


def _wait(limit: Limit) -> HttpResponse:
    problem = {"error": "temporarily_unavailable", "error_description": _("Too many requests.")}
    return JsonResponse(problem, status=HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": str(limit.window_s)})


def _no_grant() -> HttpResponse:
    return JsonResponse(
        {"error": "invalid_grant"}, status=HTTPStatus.BAD_REQUEST, headers={"Cache-Control": "no-store"}
    )


def _installation(request: HttpRequest) -> Installation:
    """Return what the tracker says of itself; what is no id is none."""
    name = _one_line(request.POST.get("device_name", ""))
    try:
        return Installation(UUID(request.POST.get("device", "")), name)
    except ValueError:
        return Installation(None, name)


def _one_line(name: str) -> str:
    """Return a computer's name without what would turn or hide the words around it: whoever asks has chosen it."""
    words = "".join(each if each.isprintable() else " " * each.isspace() for each in name).split()
    return clean_text(" ".join(words), MAX_DEVICE_NAME).strip()


def _person(owner: object) -> User:
    if not isinstance(owner, User):
        raise TypeError(f"a token of {owner!r}")
    return owner


@csrf_exempt
def revoke(request: HttpRequest) -> HttpResponseBase:
    """Answer as allauth does, which ends the one token that is shown, and end whatever else the tracker has.

    A tracker that lost the answer to its last refresh shows the token from before.
    """
    if REVOKE_LIMIT.is_reached(address_of(request)):
        return _wait(REVOKE_LIMIT)
    REVOKE_LIMIT.count(address_of(request))
    shown = request.POST.get("token", "")
    with transaction.atomic():
        device = devices.device_by_token(shown) if shown else None
        answer: HttpResponseBase = views.revoke(request)
        if device is not None and answer.status_code == HTTPStatus.OK:
            devices.end(device.pk)
    return answer


@csrf_exempt
def nothing(request: HttpRequest) -> HttpResponse:
    """Answer that there is nothing: the device flow is off, because no client of ours uses it."""
    raise Http404
