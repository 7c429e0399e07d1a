"""Signing in and out: what the user wants, the browser that is opened for it, and what tray, window and command line
are told. The link uses the sign-in; here it comes about.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from tracker_app.addresses import server_address
from tracker_app.link import Link
from ui.models import Account, SignInView
from worktime.errors import FairhourError, Problem, failure

if TYPE_CHECKING:
    from sync.browser_signin import BrowserSignIn

log = logging.getLogger(__name__)


class AccountDesk(QObject):
    """Runs one sign-in at a time, on a thread of its own. ``changed``: there is something new to show."""

    changed = Signal()
    _address_came = Signal(object, str)
    _ended = Signal(object, object)

    def __init__(
        self,
        link: Link,
        asker: dict[str, str],
        open_browser: Callable[[str], bool] = lambda address: QDesktopServices.openUrl(QUrl(address)),
    ) -> None:
        super().__init__()
        self._link = link
        self._asker = asker
        self._open_browser = open_browser
        self._running: BrowserSignIn | None = None
        self._address = ""
        self._problem: Problem | None = None
        queued = Qt.ConnectionType.QueuedConnection
        self._address_came.connect(self._to_the_browser, queued)
        self._ended.connect(self._finish, queued)

    def sign_in(self, server: str = "") -> None:
        """Begin; an attempt that is under way ends. Raises FairhourError for an address that can't be meant."""
        from sync.browser_signin import BrowserSignIn
        from sync.loopback import Outcome
        from ui.browser_page import browser_pages

        self.cancel()
        self._problem = None
        try:
            address = server_address(server or self._link.server)
        except FairhourError as error:
            self._problem = error.problem
            self.changed.emit()
            raise
        pages = {Outcome(name): page for name, page in browser_pages().items()}
        signin = BrowserSignIn(address, self._link.client_id, self._asker, pages, proxy=self._link.proxy())
        self._running = signin
        threading.Thread(target=self._run, args=(signin, address), name="browser", daemon=True).start()
        self.changed.emit()

    def cancel(self) -> None:
        """End an attempt that is under way."""
        signin, self._running = self._running, None
        self._address = ""
        if signin is not None:
            signin.cancel()
            self.changed.emit()

    def sign_out(self) -> None:
        """End the sign-in. Raises FairhourError when nobody is signed in."""
        if not self._link.signed_in:
            raise failure("signed_out", "Signed out", "Nobody is signed in on this computer.", "Nothing to do.")
        self.cancel()
        self._link.sign_out()

    @property
    def account(self) -> Account:
        """Whether somebody is signed in, or just about to be."""
        if self._running is not None:
            return Account.SIGNING_IN
        return Account.SIGNED_IN if self._link.signed_in else Account.SIGNED_OUT

    def view(self) -> SignInView:
        """What the panel shows."""
        ended = self._link.status.problem or self._link.problem
        return SignInView(
            server=self._link.server,
            address=self._address,
            problem=self._problem,
            reason=None if self._link.signed_in else ended,
        )

    def status(self) -> dict[str, Any]:
        """What the command line is told."""
        problem = self._problem
        told = None if problem is None else {"code": problem.code, "title": problem.title, "message": problem.message}
        return {
            "account": str(self.account),
            "server": self._link.server,
            "address": self._address,
            "problem": told and {**told, "action": problem.action if problem else ""},
        }

    # On the thread

    def _run(self, signin: BrowserSignIn, server: str) -> None:
        try:
            self._address_came.emit(signin, signin.begin())
            tokens = signin.finish()
            self._ended.emit(signin, (server, tokens.refresh_token or "", tokens.account))
        except FairhourError as error:
            self._ended.emit(signin, error.problem)
        except Exception:  # top of the thread
            log.exception("the sign-in failed")
            self._ended.emit(signin, _broken().problem)

    # On Qt's thread again

    def _to_the_browser(self, signin: BrowserSignIn, address: str) -> None:
        if signin is not self._running:
            return
        self._address = address
        if not self._open_browser(address):
            log.info("no browser opened; the address can be copied")
            self._problem = _no_browser().problem
        self.changed.emit()

    def _finish(self, signin: BrowserSignIn, outcome: object) -> None:
        if signin is not self._running:
            return
        self._running, self._address, self._problem = None, "", None
        if isinstance(outcome, Problem):
            self._problem = outcome
        elif isinstance(outcome, tuple):
            self._link.use(*outcome)
        self.changed.emit()


def _no_browser() -> FairhourError:
    return failure(
        "sign_in_no_browser",
        "The browser could not be opened",
        "This desktop opened no browser.",
        "Copy the address into one on this computer; Fairhour waits for it.",
    )


def _broken() -> FairhourError:
    return failure(
        "sign_in_broken",
        "Not signed in",
        "Something went wrong inside Fairhour.",
        "Try again. If it happens again, send Fairhour's log to support.",
    )
