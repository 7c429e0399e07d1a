"""The tracker's OAuth sign-in: the refresh token, its rotation, the short-lived access token, and the end of both.

How a sign-in begins is in ``browser_signin``. Time-outs and expiry read real (monotonic) time, never the business
clock. Nothing here ever stops recording: a token that is refused becomes a Problem which the sync line shows.
"""

from __future__ import annotations

import base64
import binascii
import logging
import os
import stat
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import msgspec

from sync.http import Http, post_form
from sync.proxy import SYSTEM, client_options
from sync.secrets import SecretStore
from worktime.errors import FairhourError, failure

if TYPE_CHECKING:
    import httpx

log = logging.getLogger(__name__)

TOKEN_PATH = "/identity/o/api/token"  # noqa: S105 - a path, not a secret
REVOKE_PATH = "/identity/o/api/revoke"
EARLY_S = 30.0
_SIGN_OUT_S = 10.0

_FINAL = frozenset({"invalid_grant", "invalid_client", "unauthorized_client"})
"""Answers of the provider after which the token is of no use any more (RFC 6749, 5.2)."""


class Handover(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Content of the file by which the sample mode hands over its refresh token, once."""

    server: Annotated[str, msgspec.Meta(pattern="^https?://")]
    client_id: str
    refresh_token: str


class Tokens(msgspec.Struct, frozen=True):
    """What the provider's token endpoint answers."""

    access_token: str
    expires_in: int = 300
    refresh_token: str | None = None
    id_token: str | None = None

    @property
    def account(self) -> str:
        """The account's stable id, "" where the provider does not say.

        The ID token comes from the provider itself over the connection that was asked for, so its signature adds
        nothing (OpenID Connect Core, 3.1.3.7).
        """
        try:
            body = (self.id_token or "").split(".")[1]
            raw = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
            return msgspec.json.decode(raw, type=_Claims).sub
        except (IndexError, binascii.Error, msgspec.DecodeError, UnicodeDecodeError):
            return ""


class Answered(Protocol):
    """An answer of the provider, whoever carried it."""

    @property
    def status_code(self) -> int: ...
    @property
    def content(self) -> bytes: ...


class _Claims(msgspec.Struct, frozen=True):
    sub: str


class _OAuthError(msgspec.Struct, frozen=True):
    error: str
    error_description: str = ""


def take_handover(path: Path) -> Handover:
    """Read the hand-over file and erase it. Raises FairhourError when others can read it, or it is not understood."""
    try:
        mode = path.stat().st_mode
        if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
            raise failure(
                "token_file_open",
                "Sign-in file is readable by others",
                "{file} can be read by other users of this computer, so its token is not safe to use.",
                "Have a new one issued; the file must be readable by its owner alone (mode 0600).",
                file=path.name,
            )
        raw = path.read_bytes()
        path.unlink()
        return msgspec.json.decode(raw, type=Handover)
    except (OSError, msgspec.DecodeError) as error:
        raise failure(
            "token_file",
            "Sign-in file not usable",
            "The sign-in could not be read from {file} ({detail}).",
            "Have a new one issued and start the tracker again.",
            file=path.name,
            detail=error,
        ) from error


class SignIn:
    """Keeps one server's sign-in. From any thread; of those that need a new token at once, one fetches it.

    A refresh token that was used twice would end the sign-in.

    ``asker``: what the tracker says of itself (``device``, ``device_name``). ``account_is``: told whose tokens these
    are, each time before one of them is used. ``proxy``: which way requests go now (``sync.proxy``).
    """

    def __init__(
        self,
        server: str,
        client_id: str,
        store: SecretStore,
        *,
        asker: Mapping[str, str] | None = None,
        account_is: Callable[[str], None] = lambda _account: None,
        proxy: Callable[[], str] = lambda: SYSTEM,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.server = server.rstrip("/")
        self.client_id = client_id
        self._store = store
        self._asker = dict(asker or {})
        self._account_is = account_is
        self.proxy = proxy
        self._monotonic = monotonic
        self._fetching = threading.Lock()
        self._access: str | None = None
        self._good_until = 0.0
        self._ended = False

    def adopt(self, refresh_token: str) -> None:
        """Start using a refresh token that was issued for this tracker."""
        self._store.save(self._name, refresh_token)
        self._ended = False
        self.drop_access()

    def drop_access(self, token: str | None = None) -> None:
        """Forget the access token (only if it is still ``token``), so that the next request fetches a new one."""
        with self._fetching:
            if token in (None, self._access):
                self._access = None

    def access_token(self, http: Http) -> str:
        """Return a valid access token, fetched when needed. Raises FairhourError ``signed_out`` without one."""
        with self._fetching:
            return self._valid_token(http)

    def sign_out(self, transport: httpx.BaseTransport | None = None) -> bool:
        """Forget the sign-in here, and end it at the marketplace. Tells whether the marketplace heard of it."""
        # Nobody fetches a token meanwhile: it would be kept after this one is forgotten.
        with self._fetching:
            self._access, self._ended = None, True
            return self._revoke(transport)

    def _revoke(self, transport: httpx.BaseTransport | None) -> bool:
        import httpx

        refresh, heard = self._store.load(self._name), False
        if refresh is None:
            return True
        form = {"token": refresh, "token_type_hint": "refresh_token", "client_id": self.client_id}
        try:
            options = client_options(self.proxy(), self.server)
            with httpx.Client(timeout=_SIGN_OUT_S, transport=transport, **options) as http:
                heard = http.post(self.server + REVOKE_PATH, data=form).status_code == 200
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            log.info("the marketplace could not be told of the sign-out: %s", type(error).__name__)
        self._store.forget(self._name)
        return heard

    def _valid_token(self, http: Http) -> str:
        if self._access is not None and self._monotonic() < self._good_until:
            return self._access
        refresh = None if self._ended else self._store.load(self._name)
        if refresh is None:
            raise _ended() if self._ended else nobody()
        form = {"grant_type": "refresh_token", "refresh_token": refresh, "client_id": self.client_id, **self._asker}
        answer = post_form(http, self.server + TOKEN_PATH, form)
        if oauth_error(answer) in _FINAL:
            # Only the provider's own words count: what stands in between (a hotel's sign-in page) ends no sign-in.
            self._ended = True
            self._store.forget(self._name)
            raise _ended()
        answer.raise_for_status()
        tokens = msgspec.json.decode(answer.content, type=Tokens)
        # The new refresh token is kept before the access token is used: that use ends the old one for good.
        if tokens.refresh_token and tokens.refresh_token != refresh:
            self._store.save(self._name, tokens.refresh_token)
        self._account_is(tokens.account)
        self._access = tokens.access_token
        self._good_until = self._monotonic() + max(0.0, tokens.expires_in - EARLY_S)
        return tokens.access_token

    @property
    def _name(self) -> str:
        return f"{self.client_id} at {self.server}"


def oauth_error(answer: Answered) -> str:
    """Return the provider's word for why it refused, "" when the answer is a success or not the provider's."""
    if answer.status_code not in (400, 401):
        return ""
    try:
        return msgspec.json.decode(answer.content, type=_OAuthError).error
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""


def nobody() -> FairhourError:
    """Return what is said where nobody is signed in."""
    return failure(
        "signed_out",
        "Signed out",
        "Nobody is signed in on this computer. Recording goes on, and what is recorded stays on this computer.",
        "Sign in again to send it.",
        retryable=True,
    )


def _ended() -> FairhourError:
    return failure(
        "signed_out",
        "Signed out",
        "The marketplace has ended this computer's sign-in: somebody signed it out there, signed in in its place, "
        "chose a new password, a copy of it was used elsewhere, it was not used for 90 days, or a year has passed "
        "since. Recording goes on, and what is recorded stays on this computer.",
        "Sign in again to send it.",
        retryable=True,
    )
