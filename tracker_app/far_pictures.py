"""The freelancer's own screenshots that are not kept here any more, fetched from the marketplace to be looked at.

They stay in memory. When one is fetched is for the viewer to say; nothing of this is loaded before.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from worktime.wire import PictureRef

if TYPE_CHECKING:
    from sync.client import MarketplaceClient
    from sync.signin import SignIn

SILENCE_S = 10.0
"""Real seconds that the marketplace may be silent: somebody sits and waits."""


class FarPictures:
    """``ui.viewer_far.FarPictures``, from any thread, one at a time. ``signin``: the one in use now, None without."""

    def __init__(self, signin: Callable[[], SignIn | None]) -> None:
        self._signin = signin
        self._fetching = threading.Lock()
        self._used: SignIn | None = None
        self._client: MarketplaceClient | None = None

    def fetch(self, picture: PictureRef, wanted: Callable[[], bool]) -> bytes:
        """Return the bytes of a screenshot, as they were taken. Raises FairhourError."""
        with self._fetching:
            return self._connected().picture(picture, wanted)

    def rest(self) -> None:
        """Let go of the connection; the next picture opens another one."""
        with self._fetching:
            self._let_go()

    def _connected(self) -> MarketplaceClient:
        from sync.client import MarketplaceClient
        from sync.signin import nobody

        signin = self._signin()
        if signin is None:
            raise nobody()
        # Another sign-in can be another person's.
        if self._client is None or signin is not self._used:
            self._let_go()
            self._used, self._client = signin, MarketplaceClient(signin, timeout_s=SILENCE_S)
        return self._client

    def _let_go(self) -> None:
        client, self._client, self._used = self._client, None, None
        if client is not None:
            client.close()
