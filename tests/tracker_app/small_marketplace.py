"""A marketplace of few lines on a real socket: tokens, jobs, weeks, and receipts for what it is sent."""

from __future__ import annotations

import base64
import hashlib
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from uuid import UUID

import msgspec

from tests.tracker_app.fakes import T0
from tests.tracker_app.samples import job_list, week
from worktime import wire
from worktime.errors import Problem
from worktime.wire import BatchReceipt, Outcome, SegmentBatch, SegmentReceipt

NO_SUCH_PICTURE = Problem("no_such_picture", "No such screenshot", "There is no such screenshot.", "Go back.")
BUSY = Problem("busy", "Busy", "Too much is asked.", "Wait.", retryable=True)


class SmallMarketplace:
    """Use it as a context; ``address`` is where it listens. ``token_status``: how sign-in is answered.

    ``now``: its clock. ``pictures`` are the sizes of what came, in order, ``files`` the pictures by their hash,
    ``opened`` the ids of those that were fetched. ``busy``: it takes what is sent, and answers no questions.
    """

    def __init__(self, token_status: int = 200, now: Callable[[], int] = lambda: T0) -> None:
        self.token_status = token_status
        self.now = now
        self.account = "sample-freelancer"
        self.revoked = 0
        self.person = "Sample freelancer"
        self.has_jobs = True
        self.busy = False
        self.listed = 0
        self.segments: list[wire.Segment] = []
        self.pictures: list[int] = []
        self.files: dict[str, bytes] = {}
        self.by_id: dict[UUID, bytes] = {}
        self.opened: list[str] = []
        self.connections = 0
        market = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self) -> None:
                super().setup()
                market.connections += 1

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.path.endswith("/token"):
                    self._answer(market.token_status, market.tokens())
                    return
                if self.path.endswith("/revoke"):
                    market.revoked += 1
                    self._answer(200, b"")
                    return
                batch = wire.decode(body, SegmentBatch)
                market.segments.extend(batch.segments)
                receipts = tuple(
                    SegmentReceipt(
                        job=one.job,
                        slot=one.slot,
                        revision=one.revision,
                        outcome=Outcome.STORED,
                        digest=wire.segment_digest(one),
                    )
                    for one in batch.segments
                )
                self._answer(200, wire.encode(BatchReceipt(now=market.now(), receipts=receipts)))

            def do_PUT(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                market.pictures.append(len(body))
                picture = UUID(self.path.split("/")[4].partition("?")[0])
                sha256 = hashlib.sha256(body).hexdigest()
                market.files[sha256] = market.by_id[picture] = body
                receipt = wire.PictureReceipt(id=picture, sha256=sha256, size=len(body))
                self._answer(200, wire.encode(receipt))

            def do_GET(self) -> None:
                if self.path.endswith("/health"):
                    self._answer(200, b"{}")
                    return
                if "/pictures/" in self.path:
                    market.opened.append(self.path.rpartition("/")[2])
                    found = market.by_id.get(UUID(market.opened[-1]), b"")
                    self._answer(200 if found else 404, found or wire.encode(NO_SUCH_PICTURE))
                    return
                if market.busy:
                    self._answer(503, wire.encode(BUSY))
                    return
                answer: msgspec.Struct = week() if "/weeks/" in self.path else market.jobs()
                self._answer(200, wire.encode(answer))

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

            def _answer(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    def jobs(self) -> wire.JobList:
        """The jobs of ``person``, if there are any."""
        self.listed += 1
        found = job_list()
        return msgspec.structs.replace(
            found, now=self.now(), person=self.person, jobs=found.jobs if self.has_jobs else ()
        )

    def tokens(self) -> bytes:
        """The token endpoint's answer: tokens of ``account``, or that it has none."""
        if self.token_status != 200:
            return b'{"error": "invalid_grant"}'
        claims = base64.urlsafe_b64encode(msgspec.json.encode({"sub": self.account})).rstrip(b"=").decode()
        return msgspec.json.encode({"access_token": "a", "refresh_token": "r2", "id_token": f"x.{claims}.x"})

    def __enter__(self) -> SmallMarketplace:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def stop(self) -> None:
        """Be away from now on."""
        self._server.shutdown()
        self._server.server_close()
