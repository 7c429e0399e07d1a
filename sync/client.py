"""The marketplace's HTTP API as typed calls; the one place where what HTTP's ways fail in becomes a Problem."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlencode
from uuid import UUID

import msgspec

from sync import http
from sync.outbox import PendingPicture
from sync.signin import SignIn
from worktime import wire
from worktime.digest import sha256_of
from worktime.errors import FairhourError, Problem, failure, make_problem

CONNECT_TIMEOUT_S = 5.0
TIMEOUT_S = 30.0
_JSON = {"Content-Type": "application/json"}


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
    """Typed calls to one marketplace, by the bearer token of ``signin``. Used from one thread; close it at the end.

    Two of them can share a sign-in.
    """

    def __init__(self, signin: SignIn, *, transport: http.Http | None = None, timeout_s: float = TIMEOUT_S) -> None:
        self._signin = signin
        connect_s = min(CONNECT_TIMEOUT_S, timeout_s)
        self._http = transport or http.Connection(timeout_s=timeout_s, connect_s=connect_s, way=signin.proxy)

    def post_segments(self, batch: wire.SegmentBatch) -> wire.BatchReceipt:
        """Send segments; returns a receipt for each. Raises FairhourError."""
        raw = self._answer(http.Request("POST", "/api/v1/segments", wire.encode(batch), _JSON))
        return _read(raw, wire.BatchReceipt)

    def put_picture(self, picture: PendingPicture, device: UUID, data: bytes) -> wire.PictureReceipt:
        """Send a picture's bytes. Raises FairhourError."""
        whose = {"job": str(picture.job), "slot": str(picture.slot), "device": str(device)}
        path = f"/api/v1/pictures/{picture.id}?{urlencode(whose)}"
        headers = {"Content-Type": "image/webp", "X-Content-SHA256": picture.sha256}
        return _read(self._answer(http.Request("PUT", path, data, headers)), wire.PictureReceipt)

    def post_other_hours(self, batch: wire.OtherHoursBatch) -> wire.OtherHoursReceipts:
        """Send entries of Other hours; returns a receipt for each. Raises FairhourError."""
        raw = self._answer(http.Request("POST", "/api/v1/other-hours", wire.encode(batch), _JSON))
        return _read(raw, wire.OtherHoursReceipts)

    def jobs(self) -> wire.JobList:
        """Return the signed-in freelancer's jobs. Raises FairhourError."""
        return _read(self._answer(http.Request("GET", "/api/v1/jobs")), wire.JobList)

    def week(self, job: UUID, week_start: int) -> wire.WeekView:
        """Return tiles and timesheet of a job's ET work week. Raises FairhourError."""
        return _read(self._answer(http.Request("GET", f"/api/v1/jobs/{job}/weeks/{week_start}")), wire.WeekView)

    def picture(self, picture: wire.PictureRef, wanted: http.Wanted = http.always) -> bytes:
        """Return the bytes of a screenshot that this freelancer sent, as they were sent. Raises FairhourError.

        Given up once it is not ``wanted`` any more.
        """
        path = f"/api/v1/pictures/{picture.id}"
        data = self._answer(http.Request("GET", path, limit=wire.MAX_PICTURE_BYTES, wanted=wanted))
        if sha256_of(data) != picture.sha256:
            raise failure(
                "picture_other",
                "Not the picture that was sent",
                "What came from the marketplace is not the picture that this computer took.",
                "Open it on the marketplace. If it is not your picture, report it there.",
            )
        return data

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _answer(self, asked: http.Request) -> bytes:
        """Return what the marketplace says to a request, whose address is a path there. Raises FairhourError."""
        url = self._signin.server + asked.url
        with _as_problems():
            for attempt in (1, 2):
                token = self._signin.access_token(self._http)
                headers = {"Authorization": f"Bearer {token}", **asked.headers}
                answer = self._http.send(
                    http.Request(asked.method, url, asked.content, headers, asked.limit, asked.wanted)
                )
                # Status codes are compared, never the answer's truth value: an error answer is false in some
                # libraries, and a queue was lost by that (research on reliability, "How real trackers fail").
                if answer.status_code == 401 and attempt == 1:
                    self._signin.drop_access(token)
                    continue
                if answer.is_success:
                    return answer.content
                raise _refusal(answer)
        raise AssertionError("unreachable: the second answer is returned or raised")


@contextlib.contextmanager
def _as_problems() -> Iterator[None]:
    try:
        yield
    except http.StatusError as error:
        raise _refusal(error.answer) from error
    except http.HttpError as error:
        problem = make_problem(
            "offline",
            "Marketplace not reachable",
            "The marketplace could not be reached ({detail}). Recording goes on.",
            "Nothing: what is recorded is kept and sent when the marketplace is back.",
            retryable=True,
            detail=error,
        )
        raise (FairhourError if isinstance(error, http.NotSentError) else CutError)(problem) from error
    except msgspec.DecodeError as error:
        raise _garbled(str(error)) from error


def _read(raw: bytes, kind: type[wire.MessageT]) -> wire.MessageT:
    """Parse an answer. Raises FairhourError: ``version`` as it stands, anything else is not the marketplace's."""
    if len(raw) <= wire.MAX_BATCH_BYTES:
        # ``wire.decode`` reads twice, the version first: here only where it is to be said what is wrong.
        with contextlib.suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            message = msgspec.json.decode(raw, type=kind)
            if getattr(message, "v", None) == wire.VERSION:
                return message
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


def _refusal(answer: http.Answer) -> RefusedError:
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


def _retry_after_s(answer: http.Answer) -> float | None:
    """Return the wish as seconds: it is given so, or as a date (RFC 9110, 10.2.3) by the server's own clock."""
    wish = answer.headers.get("retry-after", "")
    with contextlib.suppress(ValueError, OverflowError):
        return min(max(0.0, float(wish)), 86_400.0) if float(wish) == float(wish) else None
    if not wish:
        return None
    from email.utils import parsedate_to_datetime

    try:
        said = answer.headers.get("date")
        now = parsedate_to_datetime(said) if said else datetime.now(UTC)
        return max(0.0, (parsedate_to_datetime(wish) - now).total_seconds())
    except (ValueError, TypeError):  # no date, or one with a zone and one without
        return None
