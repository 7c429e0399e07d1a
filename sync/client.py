"""The marketplace's HTTP API as typed calls; the one place where httpx's exceptions become Problems."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from sync.outbox import PendingPicture
from sync.signin import SignIn
from worktime import wire
from worktime.errors import FairhourError, Problem, failure, make_problem

if TYPE_CHECKING:
    import httpx

CONNECT_TIMEOUT_S = 5.0
TIMEOUT_S = 30.0


class RefusedError(FairhourError):
    """A request that was answered, but not with success. ``retry_after_s`` is the server's wish, if it has one."""

    def __init__(self, problem: Problem, status: int, retry_after_s: float | None) -> None:
        super().__init__(problem)
        self.status = status
        self.retry_after_s = retry_after_s


class MarketplaceClient:
    """Typed calls to one marketplace, by the bearer token of ``signin``. Used from one thread; close it at the end."""

    def __init__(self, signin: SignIn, *, transport: httpx.BaseTransport | None = None) -> None:
        self._signin = signin
        self._transport = transport
        self._http: httpx.Client | None = None

    def post_segments(self, batch: wire.SegmentBatch) -> wire.BatchReceipt:
        """Send segments; returns a receipt for each. Raises FairhourError."""
        headers = {"Content-Type": "application/json"}
        raw = self._request("POST", "/api/v1/segments", content=wire.encode(batch), headers=headers)
        return wire.decode(raw, wire.BatchReceipt)

    def put_picture(self, picture: PendingPicture, device: UUID, data: bytes) -> wire.PictureReceipt:
        """Send a picture's bytes. Raises FairhourError."""
        raw = self._request(
            "PUT",
            f"/api/v1/pictures/{picture.id}",
            params={"job": str(picture.job), "slot": str(picture.slot), "device": str(device)},
            content=data,
            headers={"Content-Type": "image/webp", "X-Content-SHA256": picture.sha256},
        )
        return wire.decode(raw, wire.PictureReceipt)

    def jobs(self) -> wire.JobList:
        """Return the signed-in freelancer's jobs. Raises FairhourError."""
        return wire.decode(self._request("GET", "/api/v1/jobs"), wire.JobList)

    def week(self, job: UUID, week_start: int) -> wire.WeekView:
        """Return tiles and timesheet of a job's ET work week. Raises FairhourError."""
        return wire.decode(self._request("GET", f"/api/v1/jobs/{job}/weeks/{week_start}"), wire.WeekView)

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
        if self._http is None:
            import httpx

            self._http = httpx.Client(
                timeout=httpx.Timeout(TIMEOUT_S, connect=CONNECT_TIMEOUT_S), transport=self._transport, trust_env=True
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
        raise failure(
            "offline",
            "Marketplace not reachable",
            "The marketplace could not be reached ({detail}). Recording goes on.",
            "Nothing: what is recorded is kept and sent when the marketplace is back.",
            retryable=True,
            detail=type(error).__name__,
        ) from error
    except msgspec.DecodeError as error:
        raise failure(
            "garbled",
            "Marketplace's answer not understood",
            "The answer was not one of Fairhour's: {detail}. Recording goes on.",
            "Check the server's address; if it is right, this is tried again by itself.",
            retryable=True,
            detail=error,
        ) from error


def _refusal(answer: httpx.Response) -> RefusedError:
    status = answer.status_code
    retryable = status >= 500 or status in (401, 408, 425, 429)
    try:
        said = msgspec.json.decode(answer.content, type=Problem)
    except msgspec.DecodeError:
        said = make_problem(
            f"http_{status}",
            "Marketplace refused the request",
            "The marketplace answered with status {status}.",
            "This is tried again by itself."
            if retryable
            else "Update Fairhour; what was refused is kept on this computer.",
            retryable=retryable,
            status=status,
        )
    return RefusedError(said, status, _retry_after_s(answer))


def _retry_after_s(answer: httpx.Response) -> float | None:
    try:
        return max(0.0, float(answer.headers["Retry-After"]))
    except (KeyError, ValueError):
        return None
