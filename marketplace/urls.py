"""Where each address leads. The rooms' pages are in ``web``; the tracker's routes in ``api``."""

from __future__ import annotations

from importlib.util import find_spec

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from marketplace.api.routes import api

# Staff sign in where everyone does: one login, one rate limit, one second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("allauth.idp.urls")),
]
if find_spec("marketplace.web.urls"):
    urlpatterns.append(path("", include("marketplace.web.urls")))
