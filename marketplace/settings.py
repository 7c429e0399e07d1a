"""Django's settings of the marketplace. Every secret and every address comes from the environment or the home folder.

Importing this file reads and creates nothing but that. ``docs/operations.md`` lists the variables.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from marketplace.foundation.home import database, flag, home, names
from marketplace.foundation.keys import secret_key

PACKAGE = Path(__file__).resolve().parent
HOME = home()
SAMPLE = flag("FAIRHOUR_SAMPLE")
PUBLIC_URL = os.environ.get("FAIRHOUR_PUBLIC_URL", "").rstrip("/")
TLS = PUBLIC_URL.startswith("https://")

DEBUG = False
SECRET_KEY = secret_key()
ALLOWED_HOSTS = names("FAIRHOUR_ALLOWED_HOSTS") or ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []

INSTALLED_APPS = [
    "marketplace.foundation",
    "marketplace.accounts",
    "marketplace.jobs",
    "marketplace.workroom",
    "marketplace.workview",
    "marketplace.timesheets",
    "marketplace.billing",
    "marketplace.disputes",
    "marketplace.api",
    # Before Django's and allauth's own, so that its templates win.
    "marketplace.web",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.idp.oidc",
    "csp",
    "django_htmx",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "marketplace.urls"
WSGI_APPLICATION = "marketplace.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
if find_spec("marketplace.web.context"):
    _CONTEXT_PROCESSORS.append("marketplace.web.context.fairhour")
_JINJA_OPTIONS: dict[str, Any] = {"extensions": ["jinja2.ext.i18n"]}
if find_spec("marketplace.web.jinja"):
    _JINJA_OPTIONS["environment"] = "marketplace.web.jinja.environment"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _CONTEXT_PROCESSORS},
    },
    {
        # The grids: 200 tiles cost 65 ms in Django's templates and 21 ms here. Files in <app>/jinja2/.
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": _JINJA_OPTIONS,
    },
]

DATABASES = {"default": database()}
# One process owns the embedded database, so its memory is shared enough; several processes need the shared cache,
# or each would count rate limits for itself.
_CACHE_BACKEND = "db.DatabaseCache" if os.environ.get("FAIRHOUR_DATABASE_URL") else "locmem.LocMemCache"
# A full cache throws a third of itself away, sign-in's limits and codes among it: it has room for a flood, and what
# every request of the API counts has a cache of its own.
CACHES: dict[str, dict[str, Any]] = {
    name: {
        "BACKEND": f"django.core.cache.backends.{_CACHE_BACKEND}",
        "LOCATION": location,
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
    for name, location in (("default", "fairhour_cache"), ("throttle", "fairhour_throttle"))
}
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "pictures": (
        {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": os.environ["FAIRHOUR_S3_BUCKET"],
                "endpoint_url": os.environ.get("FAIRHOUR_S3_ENDPOINT") or None,
                "default_acl": "private",
                "file_overwrite": False,
            },
        }
        if os.environ.get("FAIRHOUR_S3_BUCKET")
        else {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {
                "location": str(HOME / "pictures"),
                "file_permissions_mode": 0o600,
                "directory_permissions_mode": 0o700,
            },
        }
    ),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Sign-in: e-mail is the login, Argon2 the hash, and no answer tells whether an address has an account.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "marketplace.accounts.forms.SignupForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if TLS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("FAIRHOUR_TRUSTED_PROXIES", "0"))
TRUSTED_PROXY = os.environ.get("FAIRHOUR_TRUSTED_PROXY", "") or "127.0.0.1"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Browsers call http://localhost a secure context; the library must be told so.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not TLS
# Writing "last seen" with each request would turn every poll of a page into a write.
USERSESSIONS_TRACK_ACTIVITY = False
IDP_OIDC_ADAPTER = "marketplace.accounts.provider.Adapter"
IDP_OIDC_ROTATE_REFRESH_TOKEN = True
# From the last use: each use gives a new one. A computer that was lost is signed out by itself.
IDP_OIDC_REFRESH_TOKEN_EXPIRES_IN = 90 * 24 * 3600
# From the sign-in through the browser, however often it is used: then the tracker asks to sign in again.
SIGN_IN_DAYS = int(os.environ.get("FAIRHOUR_SIGN_IN_DAYS", "365"))

# The sandbox's bank moves no money: out of the sample mode nothing pretends to charge, and charges wait.
PAYMENT_GATEWAY = "sandbox" if SAMPLE else ""

EMAIL_BACKEND = {
    "console": "django.core.mail.backends.console.EmailBackend",
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
}.get(os.environ.get("FAIRHOUR_MAIL", "file"), "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = str(HOME / "mail")
EMAIL_HOST = os.environ.get("FAIRHOUR_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("FAIRHOUR_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("FAIRHOUR_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("FAIRHOUR_SMTP_PASSWORD", "")
EMAIL_USE_TLS = flag("FAIRHOUR_SMTP_TLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("FAIRHOUR_MAIL_FROM", "Fairhour <no-reply@localhost>")

# Browsers: nothing inline, nothing from elsewhere, nothing in a frame, nothing kept after TLS was seen once.
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        # The consent form of the tracker's sign-in answers with a redirect to its loopback port.
        "form-action": [SELF, "http://127.0.0.1:*"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = TLS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = TLS
if TLS and ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
# Of one person in 24 hours. A full day of work has about 50 MB; a month offline comes in within days.
PICTURE_BYTES_A_DAY = int(os.environ.get("FAIRHOUR_PICTURE_MB_A_DAY", "500")) * 1_000_000
SIMPLE_HISTORY_REVERT_DISABLED = True

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("FAIRHOUR_LOG_LEVEL", "INFO")},
    "loggers": {"django": {"handlers": [], "propagate": True}, "apscheduler": {"level": "WARNING"}},
}
