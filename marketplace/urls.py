"""Where each address leads. The rooms' pages are in ``web``; the tracker's routes in ``api``."""

from __future__ import annotations

from importlib.util import find_spec

from allauth.account.decorators import secure_admin_login
from allauth.idp.oidc.models import Client, Token
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import URLPattern, URLResolver, include, path

from marketplace.accounts import provider_views
from marketplace.api.routes import api

# Staff sign in where everyone does: one login, one rate limit, one second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
# Second factors, tokens and sessions are their owners' business: a page of staff that shows or forges them is a risk.
admin.site.unregister([Authenticator, Token, Client, UserSession, Group])

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    # Before allauth's own, which they narrow.
    path("identity/o/authorize", provider_views.AuthorizationView.as_view()),
    path("identity/o/api/token", provider_views.token),
    path("identity/o/api/revoke", provider_views.revoke),
    path("identity/o/device", provider_views.nothing),
    path("identity/o/api/device/code", provider_views.nothing),
    path("", include("allauth.idp.urls")),
]
if find_spec("marketplace.web.urls"):
    urlpatterns.append(path("", include("marketplace.web.urls")))
