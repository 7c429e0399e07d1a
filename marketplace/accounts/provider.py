"""The OpenID provider that signs in the tracker: its client, its scope, its key, and the sample mode's token.

Tokens are made, hashed, rotated and revoked by allauth; nothing here does that itself.
"""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.internal.oauthlib.server import get_server
from allauth.idp.oidc.models import Client, PrivateKey, Token
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from oauthlib.common import Request

from marketplace.accounts import devices
from marketplace.accounts.models import User
from marketplace.foundation.keys import signing_pem

CLIENT_ID = "fairhour-tracker"
SCOPE = "tracker"
GRANT_TYPES = [Client.GrantType.AUTHORIZATION_CODE, Client.GrantType.REFRESH_TOKEN]
REDIRECT_URIS = ["http://127.0.0.1/callback", "http://[::1]/callback"]


class Adapter(DefaultOIDCAdapter):  # type: ignore[misc]
    """allauth's provider with the installation's signing key and the tracker's scope in words."""

    scope_display = {
        **DefaultOIDCAdapter.scope_display,
        SCOPE: _("Send your recorded time and screenshots, and see them and your jobs"),
    }

    def list_private_keys(self, **_filters: Any) -> list[PrivateKey]:
        """Return the one key, which never expires."""
        return [PrivateKey(pem=signing_pem())]

    def get_signing_key(self) -> PrivateKey:
        """Return the one key."""
        return PrivateKey(pem=signing_pem())

    def populate_server_metadata(self, data: dict[str, Any]) -> None:
        """Announce what the tracker's client can use, and nothing that is off."""
        del data["device_authorization_endpoint"]
        data["grant_types_supported"] = [str(grant) for grant in GRANT_TYPES]
        data["response_types_supported"] = [str(Client.ResponseType.CODE)]


def ensure_client() -> Client:
    """Return the tracker's public client, made or brought up to date: PKCE and loopback redirects."""
    client, _made = Client.objects.update_or_create(
        id=CLIENT_ID,
        defaults={
            "name": "Fairhour tracker",
            "type": Client.Type.PUBLIC,
            "scopes": f"openid\nprofile\n{SCOPE}",
            "default_scopes": f"openid\n{SCOPE}",
            "grant_types": "\n".join(GRANT_TYPES),
            "response_types": Client.ResponseType.CODE,
            "redirect_uris": "\n".join(REDIRECT_URIS),
        },
    )
    return client


@transaction.atomic
def issue_refresh_token(*, user: User) -> str:
    """Return a new refresh token for the tracker of ``user``, made and stored (hashed) by allauth's own code.

    Only the ``sample`` command calls this: everyone else gets theirs by signing in through the browser.
    """
    http_request = HttpRequest()
    http_request.user = user
    with context.request_context(http_request):
        server = get_server()
        request = Request("/identity/o/api/token", http_method="POST")
        request.client = ensure_client()
        request.client_id = CLIENT_ID
        request.user = user
        request.scopes = ["openid", SCOPE]
        token = server.bearer.create_token(request, refresh_token=True)
        server.request_validator.save_bearer_token(token, request)
    # The access token that comes with it is not handed out: the tracker fetches its first one by the refresh token.
    Token.objects.by_value(token["access_token"]).delete()
    devices.begin(user, [str(token["refresh_token"])], devices.Installation(), timezone.now())
    return str(token["refresh_token"])
