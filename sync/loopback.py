"""The one request that comes back from the browser: a web server on 127.0.0.1 that answers it once and is gone.

What the answer means is ``browser_signin``'s business. Only this machine can reach it, on a port that the system
chose; what does not bring the state of this sign-in gets no word in it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import queue
import re
import threading
from collections.abc import Mapping
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

PATH = "/callback"
_REQUEST_S = 10.0
_PAGE_S = 60.0
_SENT_S = 3.0
_STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


class Outcome(StrEnum):
    """What the browser is told at the end."""

    DONE = "done"
    DENIED = "denied"
    FAILED = "failed"
    STRANGE = "strange"


Pages = Mapping[Outcome, bytes]
"""Whole HTML pages; of scripts and other files they have none, of style what stands in one <style> element."""


class Loopback:
    """Listens from the start on; ``close()`` it. Raises OSError when there is no port."""

    def __init__(self, state: str, pages: Pages) -> None:
        self._state = state
        self._pages = pages
        self._lock = threading.Lock()
        self._taken = False
        self._heard: queue.SimpleQueue[dict[str, str] | None] = queue.SimpleQueue()
        self._outcome: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        self._sent = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._host = f"127.0.0.1:{self._server.server_address[1]}"
        self.redirect_uri = f"http://{self._host}{PATH}"
        # In threads: browsers open connections ahead, and one on which nothing comes must not hold up the next.
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="loopback", daemon=True)
        self._thread.start()

    def wait(self, timeout_s: float) -> dict[str, str] | None:
        """Return what the browser brought, None after ``cancel()``. Raises TimeoutError."""
        try:
            return self._heard.get(timeout=timeout_s)
        except queue.Empty as error:
            raise TimeoutError from error

    def answer(self, outcome: Outcome) -> None:
        """Show the browser, which waits, how it ended."""
        self._outcome.put(outcome)
        self._sent.wait(_SENT_S)

    def cancel(self) -> None:
        """Let ``wait()`` return None."""
        self._heard.put(None)

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _take(self, query: dict[str, str]) -> bool:
        """Take the first answer that carries our state."""
        with self._lock:
            ours = hmac.compare_digest(query.get("state", "").encode(), self._state.encode())
            if self._taken or not ours:
                return False
            self._taken = True
        self._heard.put(query)
        return True

    def _page_for(self, path: str, host: str) -> tuple[int, Outcome, bool]:
        """Return status, page, and whether this was the one request, for what was asked."""
        parts = urlsplit(path)
        if parts.path != PATH or host != self._host:
            return 404, Outcome.STRANGE, False
        # A name that comes twice is nobody's honest answer (RFC 6749, 3.1).
        names = parse_qs(parts.query, keep_blank_values=True)
        if any(len(values) > 1 for values in names.values()):
            return 400, Outcome.STRANGE, False
        if not self._take({name: values[0] for name, values in names.items()}):
            return 400, Outcome.STRANGE, False
        try:
            return 200, self._outcome.get(timeout=_PAGE_S), True
        except queue.Empty:
            return 200, Outcome.FAILED, True

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        loopback = self

        class Handler(BaseHTTPRequestHandler):
            timeout = _REQUEST_S
            server_version = "Fairhour"
            sys_version = ""

            def do_GET(self) -> None:
                status, outcome, the_one = loopback._page_for(self.path, self.headers.get("Host", ""))
                page = loopback._pages[outcome]
                try:
                    self.send_response(status)
                    for name, value in _headers(page).items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(page)
                    self.wfile.flush()
                finally:
                    if the_one:
                        loopback._sent.set()

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing: the address carries the code."""

        return Handler


def _headers(page: bytes) -> dict[str, str]:
    style = _STYLE.search(page)
    allowed = base64.b64encode(hashlib.sha256(style[1] if style else b"").digest()).decode()
    return {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(page)),
        "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{allowed}'; frame-ancestors 'none'",
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Connection": "close",
    }
