"""The tracker's OAuth sign-in: the refresh token, its rotation, and the short-lived access token.

Time-outs and expiry read real (monotonic) time, never the business clock. Nothing here ever stops recording: a token
that is refused becomes a Problem which the sync line shows.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec

from sync.secrets import SecretStore
from worktime.errors import FairhourError, failure

if TYPE_CHECKING:
    import httpx

TOKEN_PATH = "/identity/o/api/token"  # noqa: S105 - a path, not a secret
EARLY_S = 30.0


class Handover(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Content of the file by which the sample mode hands over its refresh token, once."""

    server: Annotated[str, msgspec.Meta(pattern="^https?://")]
    client_id: str
    refresh_token: str


class _TokenAnswer(msgspec.Struct, frozen=True):
    access_token: str
    expires_in: int = 300
    refresh_token: str | None = None


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
    """Keeps one server's sign-in. Used from the uploader's thread."""

    def __init__(
        self, server: str, client_id: str, store: SecretStore, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self.server = server.rstrip("/")
        self.client_id = client_id
        self._store = store
        self._monotonic = monotonic
        self._access: str | None = None
        self._good_until = 0.0

    def adopt(self, refresh_token: str) -> None:
        """Start using a refresh token that was issued for this tracker."""
        self._store.save(self._name, refresh_token)
        self.drop_access()

    def drop_access(self) -> None:
        """Forget the access token, so that the next request fetches a new one."""
        self._access = None

    def access_token(self, http: httpx.Client) -> str:
        """Return a valid access token, fetched when needed. Raises FairhourError ``signed_out`` without one."""
        if self._access is not None and self._monotonic() < self._good_until:
            return self._access
        refresh = self._store.load(self._name)
        if refresh is None:
            raise _signed_out("Nobody is signed in on this computer.")
        answer = http.post(
            self.server + TOKEN_PATH,
            data={"grant_type": "refresh_token", "refresh_token": refresh, "client_id": self.client_id},
        )
        if answer.status_code in (400, 401, 403):
            raise _signed_out("The marketplace does not accept this computer's sign-in any more.")
        answer.raise_for_status()
        tokens = msgspec.json.decode(answer.content, type=_TokenAnswer)
        # The new refresh token is kept before the access token is used: the server has forgotten the old one already.
        if tokens.refresh_token and tokens.refresh_token != refresh:
            self._store.save(self._name, tokens.refresh_token)
        self._access = tokens.access_token
        self._good_until = self._monotonic() + max(0.0, tokens.expires_in - EARLY_S)
        return tokens.access_token

    @property
    def _name(self) -> str:
        return f"{self.client_id} at {self.server}"


def _signed_out(message: str) -> FairhourError:
    return failure(
        "signed_out",
        "Signed out",
        f"{message} Recording goes on, and what is recorded stays on this computer.",
        "Sign in again to send it.",
        retryable=True,
    )
