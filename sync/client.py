"""The marketplace's HTTP API as typed calls; the one place where httpx's exceptions become Problems."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from sync.outbox import PendingPicture
from sync.proxy import client_options
from sync.signin import SignIn
from worktime import wire
from worktime.errors import FairhourError, Problem, failure, make_problem

if TYPE_CHECKING:
    import httpx

CONNECT_TIMEOUT_S = 5.0
TIMEOUT_S = 30.0


class RefusedError(FairhourError):
    """A request that was answered, but not with success. ``retry_after_s`` is the server's wish, if it has one.

    ``foreign``: the answer was not in the marketplace's words. A firewall, a hotel's sign-in page or a server that is
    being replaced said it, and what they say is never the last word on what was recorded.
    """

    def __init__(self, problem: Problem, status: int, retry_after_s: float | None, *, foreign: bool = False) -> None:
        super().__init__(problem)
        self.status = status
        self.retry_after_s = retry_after_s
        self.foreign = foreign


class CutError(FairhourError):
    """A request that found the server and got no whole answer. What it carried may have arrived, or be to blame."""


class MarketplaceClient:
    """Typed calls to one marketplace, by the bearer token of ``signin``. Used from one thread; close it at the end."""

    def __init__(
        self, signin: SignIn, *, transport: httpx.BaseTransport | None = None, timeout_s: float = TIMEOUT_S
    ) -> None:
        self._signin = signin
        self._timeout_s = timeout_s
        self._transport = transport
        self._http: httpx.Client | None = None
        self._way = ""

    def post_segments(self, batch: wire.SegmentBatch) -> wire.BatchReceipt:
        """Send segments; returns a receipt for each. Raises FairhourError."""
        headers = {"Content-Type": "application/json"}
        raw = self._request("POST", "/api/v1/segments", content=wire.encode(batch), headers=headers)
        return _read(raw, wire.BatchReceipt)

    def put_picture(self, picture: PendingPicture, device: UUID, data: bytes) -> wire.PictureReceipt:
        """Send a picture's bytes. Raises FairhourError."""
        raw = self._request(
            "PUT",
            f"/api/v1/pictures/{picture.id}",
            params={"job": str(picture.job), "slot": str(picture.slot), "device": str(device)},
            content=data,
            headers={"Content-Type": "image/webp", "X-Content-SHA256": picture.sha256},
        )
        return _read(raw, wire.PictureReceipt)

    def post_other_hours(self, batch: wire.OtherHoursBatch) -> wire.OtherHoursReceipts:
        """Send entries of Other hours; returns a receipt for each. Raises FairhourError."""
        headers = {"Content-Type": "application/json"}
        raw = self._request("POST", "/api/v1/other-hours", content=wire.encode(batch), headers=headers)
        return _read(raw, wire.OtherHoursReceipts)

    def jobs(self) -> wire.JobList:
        """Return the signed-in freelancer's jobs. Raises FairhourError."""
        return _read(self._request("GET", "/api/v1/jobs"), wire.JobList)

    def week(self, job: UUID, week_start: int) -> wire.WeekView:
        """Return tiles and timesheet of a job's ET work week. Raises FairhourError."""
        return _read(self._request("GET", f"/api/v1/jobs/{job}/weeks/{week_start}"), wire.WeekView)

    def close(self) -> None:
        """Close the connections."""
        if self._http is not None:
            self._http.close()
            self._http = None

    def _request(
        self,
        method: str,
        path: str,
        *,
        content: bytes | None = None,
        headers: dict[str, str] | None = None,
        params: dict[str, str] | None = None,
    ) -> bytes:
        with _as_problems():
            http = self._open()
            for attempt in (1, 2):
                bearer = {"Authorization": f"Bearer {self._signin.access_token(http)}"}
                answer = http.request(
                    method, self._signin.server + path, content=content, params=params, headers=bearer | (headers or {})
                )
                # Status codes are compared, never the answer's truth value: an error answer is false in some
                # libraries, and a queue was lost by that (research on reliability, "How real trackers fail").
                if answer.status_code == 401 and attempt == 1:
                    self._signin.drop_access()
                    continue
                if 200 <= answer.status_code < 300:
                    return bytes(answer.content)
                raise _refusal(answer)
        raise AssertionError("unreachable: the second answer is returned or raised")

    def _open(self) -> httpx.Client:
        way = self._signin.proxy()
        if way != self._way:
            self.close()
        if self._http is None:
            import httpx

            self._way = way
            self._http = httpx.Client(
                timeout=httpx.Timeout(self._timeout_s, connect=min(CONNECT_TIMEOUT_S, self._timeout_s)),
                transport=self._transport,
                **client_options(way, self._signin.server),
            )
        return self._http


@contextlib.contextmanager
def _as_problems() -> Iterator[None]:
    import httpx

    try:
        yield
    except httpx.HTTPStatusError as error:
        raise _refusal(error.response) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        problem = make_problem(
            "offline",
            "Marketplace not reachable",
            "The marketplace could not be reached ({detail}). Recording goes on.",
            "Nothing: what is recorded is kept and sent when the marketplace is back.",
            retryable=True,
            detail=type(error).__name__,
        )
        never_sent = isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError, httpx.InvalidURL))
        raise (FairhourError if never_sent else CutError)(problem) from error
    except msgspec.DecodeError as error:
        raise _garbled(str(error)) from error


def _read(raw: bytes, kind: type[wire.MessageT]) -> wire.MessageT:
    """Parse an answer. Raises FairhourError: ``version`` as it stands, anything else is not the marketplace's."""
    try:
        return wire.decode(raw, kind)
    except FairhourError as error:
        if error.problem.code == "version":
            raise
        raise _garbled(error.problem.message) from error


def _garbled(why: str) -> FairhourError:
    return failure(
        "garbled",
        "Marketplace's answer not understood",
        "The answer was not one of Fairhour's: {detail}. Recording goes on.",
        "Check the server's address; if it is right, this is tried again by itself.",
        retryable=True,
        detail=why,
    )


def _refusal(answer: httpx.Response) -> RefusedError:
    status = answer.status_code
    retry_after_s = _retry_after_s(answer)
    try:
        return RefusedError(msgspec.json.decode(answer.content, type=Problem), status, retry_after_s)
    except (msgspec.DecodeError, UnicodeDecodeError):
        problem = make_problem(
            f"http_{status}",
            "Marketplace refused the request",
            "The marketplace, or something on the way there, answered with status {status}.",
            "This is tried again by itself. If it stays so, check the server's address and this network.",
            retryable=True,
            status=status,
        )
        return RefusedError(problem, status, retry_after_s, foreign=True)


def _retry_after_s(answer: httpx.Response) -> float | None:
    """Return the wish as seconds: it is given so, or as a date (RFC 9110, 10.2.3) by the server's own clock."""
    wish = answer.headers.get("Retry-After", "")
    with contextlib.suppress(ValueError, OverflowError):
        return min(max(0.0, float(wish)), 86_400.0) if float(wish) == float(wish) else None
    try:
        said = answer.headers.get("Date")
        now = parsedate_to_datetime(said) if said else datetime.now(UTC)
        return max(0.0, (parsedate_to_datetime(wish) - now).total_seconds())
    except (ValueError, TypeError):  # no date, or one with a zone and one without
        return None
