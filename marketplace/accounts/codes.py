"""What an authorization code is bound to beside its challenge (PKCE): the giver's password of that time, and one use.

allauth keeps the code itself, for a minute. Only hashes are kept here.
"""

from __future__ import annotations

import hashlib
from uuid import UUID

from allauth.idp.oidc import app_settings
from django.core.cache import caches

from marketplace.accounts.limits import CACHE
from marketplace.accounts.models import User

_USE_S = 600
"""How long a use is known: longer than any code lives (RFC 6749, 4.1.2)."""


def given(code: str, user: User) -> None:
    """Note that ``user`` allowed this; a new password ends it, as it ends every token."""
    caches["default"].set(_key("given", code), user.get_session_auth_hash(), app_settings.AUTHORIZATION_CODE_EXPIRES_IN)


def holds(code: str, user: User) -> bool:
    """Tell whether ``user`` has still the password under which the code was given."""
    return bool(caches["default"].get(_key("given", code)) == user.get_session_auth_hash())


def begin_use(code: str, verifier: str) -> bool:
    """Tell whether this is the first use; of two at the same instant one is."""
    return bool(caches[CACHE].add(_key("used", code, verifier), "", _USE_S))


def note_use(code: str, verifier: str, device: UUID) -> None:
    """Note which tracker got tokens for it."""
    caches[CACHE].set(_key("used", code, verifier), str(device), _USE_S)


def used_by(code: str, verifier: str) -> UUID | None:
    """Return the tracker that got tokens for it, None when none did."""
    found = caches[CACHE].get(_key("used", code, verifier))
    return UUID(found) if found else None


def _key(what: str, *secrets: str) -> str:
    # NUL-free and of one length, whatever somebody sends as a code.
    return f"code-{what}-{hashlib.sha256(repr(secrets).encode('utf-8', 'backslashreplace')).hexdigest()}"
