"""One sign-in through the system's browser: authorization code with PKCE and a loopback redirect (RFC 8252, RFC 7636).

Who opens the browser, and shows what comes of it, is the caller. The code is exchanged before the browser's page is
answered, so that what it says is true.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import msgspec

from sync.loopback import Loopback, Outcome, Pages
from sync.proxy import SYSTEM, client_options
from sync.signin import TOKEN_PATH, Tokens, oauth_error
from worktime.errors import FairhourError, failure

if TYPE_CHECKING:
    import httpx

log = logging.getLogger(__name__)

AUTHORIZE_PATH = "/identity/o/authorize"
HEALTH_PATH = "/api/v1/health"
SCOPE = "openid tracker"
TIMEOUT_S = 600.0
_HTTP_S = 20.0


class BrowserSignIn:
    """Use it once: ``begin()`` gives the address for the browser, ``finish()`` waits and returns the tokens.

    ``asker`` as for ``SignIn``, ``proxy`` as in ``sync.proxy``. ``cancel()`` may be called from another thread at any
    time.
    """

    def __init__(
        self,
        server: str,
        client_id: str,
        asker: Mapping[str, str],
        pages: Pages,
        *,
        timeout_s: float = TIMEOUT_S,
        proxy: str = SYSTEM,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._server = server.rstrip("/")
        self._client_id = client_id
        self._asker = dict(asker)
        self._pages = pages
        self._timeout_s = timeout_s
        self._proxy = proxy
        self._transport = transport
        self._verifier = secrets.token_urlsafe(64)
        self._state = secrets.token_urlsafe(32)
        self._loopback: Loopback | None = None
        self._cancelled = False

    def begin(self) -> str:
        """Look whether the marketplace is there, listen, and return the address to open. Raises FairhourError."""
        import httpx

        try:
            with self._http() as http:
                if http.get(self._server + HEALTH_PATH).status_code != 200:
                    raise _no_marketplace(self._server)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _no_marketplace(self._server) from error
        try:
            self._loopback = Loopback(self._state, self._pages)
        except OSError as error:
            raise failure(
                "sign_in_port",
                "Sign-in not possible",
                "This computer gave no port for the browser's answer ({detail}).",
                "Close some programs and try again.",
                detail=error,
            ) from error
        challenge = base64.urlsafe_b64encode(hashlib.sha256(self._verifier.encode()).digest()).rstrip(b"=").decode()
        query = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": self._loopback.redirect_uri,
            "scope": SCOPE,
            "state": self._state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            "device_name": self._asker.get("device_name", ""),
        }
        return f"{self._server}{AUTHORIZE_PATH}?{urlencode(query)}"

    def finish(self) -> Tokens:
        """Wait for the browser, and exchange its code for tokens. Raises FairhourError ``sign_in_...``."""
        loopback = self._loopback
        if loopback is None:
            raise ValueError("begin() comes first")
        try:
            return self._exchange(loopback, self._answer(loopback))
        finally:
            loopback.close()

    def cancel(self) -> None:
        """Make ``finish()`` end; nothing is signed in."""
        self._cancelled = True
        if self._loopback is not None:
            self._loopback.cancel()

    def _answer(self, loopback: Loopback) -> dict[str, str]:
        try:
            answer = None if self._cancelled else loopback.wait(self._timeout_s)
        except TimeoutError as error:
            raise failure(
                "sign_in_timeout",
                "Not signed in",
                "Nothing came back from the browser.",
                "Press the button again, and finish signing in there.",
            ) from error
        if answer is None:
            raise failure("sign_in_cancelled", "Not signed in", "The sign-in was cancelled.", "Nothing was changed.")
        return answer

    def _exchange(self, loopback: Loopback, answer: dict[str, str]) -> Tokens:
        try:
            tokens = self._tokens(loopback.redirect_uri, answer)
        except FairhourError as error:
            loopback.answer(Outcome.DENIED if error.problem.code == "sign_in_denied" else Outcome.FAILED)
            raise
        except Exception:
            loopback.answer(Outcome.FAILED)
            raise
        loopback.answer(Outcome.DONE)
        return tokens

    def _tokens(self, redirect_uri: str, answer: dict[str, str]) -> Tokens:
        import httpx

        if answer.get("error") == "access_denied":
            raise failure(
                "sign_in_denied",
                "Not signed in",
                "It was not allowed in the browser.",
                "Press the button again if that was a mistake.",
            )
        if "code" not in answer:
            raise _refused(answer.get("error", "no code"))
        form = {
            "grant_type": "authorization_code",
            "code": answer["code"],
            "redirect_uri": redirect_uri,
            "client_id": self._client_id,
            "code_verifier": self._verifier,
            **self._asker,
        }
        try:
            with self._http() as http:
                response = http.post(self._server + TOKEN_PATH, data=form)
            if response.status_code != 200:
                raise _refused(oauth_error(response) or f"status {response.status_code}")
            tokens = msgspec.json.decode(response.content, type=Tokens)
        except (httpx.HTTPError, msgspec.DecodeError, UnicodeDecodeError) as error:
            raise _refused(type(error).__name__) from error
        if tokens.refresh_token is None:
            raise _refused("no refresh token")
        return tokens

    @contextmanager
    def _http(self) -> Iterator[httpx.Client]:
        import httpx

        options = client_options(self._proxy, self._server)
        with httpx.Client(timeout=_HTTP_S, transport=self._transport, **options) as http:
            yield http


def _no_marketplace(server: str) -> FairhourError:
    return failure(
        "sign_in_server",
        "Marketplace not reachable",
        "No marketplace answered at {server}.",
        "Check the address and your network, and try again.",
        retryable=True,
        server=server,
    )


def _refused(detail: str) -> FairhourError:
    log.warning("the sign-in failed: %s", detail)
    return failure(
        "sign_in_failed",
        "Not signed in",
        "The marketplace did not complete the sign-in ({detail}).",
        "Try again; what the browser brings is good for a minute.",
        retryable=True,
        detail=detail,
    )
