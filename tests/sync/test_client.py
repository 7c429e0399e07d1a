"""The HTTP client with the real httpx over a mock transport: tokens, refusals, and what becomes which Problem."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs
from uuid import UUID

import httpx
import msgspec
import pytest

from sync.client import CutError, MarketplaceClient, RefusedError
from sync.secrets import Place, SecretStore
from sync.signin import SignIn
from tests.support.answers import week_view
from tests.sync.fakes import DEVICE, receipt_for, segment, spooled
from tests.sync.wires import Wire
from worktime import wire
from worktime.errors import FairhourError, Problem

SERVER = "http://marketplace.test"


class Backend:
    """A marketplace of one function: hands out tokens, lets ``answer`` do the rest."""

    def __init__(self, answer: Callable[[httpx.Request], httpx.Response]) -> None:
        self.answer = answer
        self.requests: list[httpx.Request] = []
        self.refresh = "refresh-0"
        self.issued = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/identity/o/api/token":
            form = parse_qs(request.content.decode())
            if form["refresh_token"] != [self.refresh] or form["client_id"] != ["fairhour-tracker"]:
                return httpx.Response(400, json={"error": "invalid_grant"})
            self.issued += 1
            self.refresh = f"refresh-{self.issued}"
            token = {"access_token": f"access-{self.issued}", "expires_in": 300, "refresh_token": self.refresh}
            return httpx.Response(200, json=token)
        self.requests.append(request)
        if request.headers["Authorization"] != f"Bearer access-{self.issued}":
            return httpx.Response(401)
        return self.answer(request)


class Clock:
    at = 0.0

    def __call__(self) -> float:
        return self.at


def memory_store() -> SecretStore:
    store = SecretStore()
    store.place = Place.MEMORY
    return store


def client_of(backend: Backend, clock: Clock | None = None) -> MarketplaceClient:
    signin = SignIn(SERVER + "/", "fairhour-tracker", memory_store(), monotonic=clock or Clock())
    signin.adopt(backend.refresh)
    return MarketplaceClient(signin, transport=Wire(backend))


def batch() -> wire.SegmentBatch:
    return wire.SegmentBatch(v=1, device=DEVICE, segments=(segment(),))


def accepts(request: httpx.Request) -> httpx.Response:
    sent = wire.decode(request.content, wire.SegmentBatch)
    return httpx.Response(
        200, content=wire.encode(wire.BatchReceipt(now=5, receipts=tuple(receipt_for(s) for s in sent.segments)))
    )


def test_segments_are_sent_with_a_bearer_token() -> None:
    backend = Backend(accepts)
    client = client_of(backend)
    assert client.post_segments(batch()).receipts == (receipt_for(segment()),)
    assert backend.requests[0].headers["Authorization"] == "Bearer access-1"
    client.close()


def test_the_access_token_is_reused_until_it_is_nearly_over_and_the_refresh_token_rotates() -> None:
    backend, clock = Backend(accepts), Clock()
    client = client_of(backend, clock)
    client.post_segments(batch())
    client.post_segments(batch())
    assert backend.issued == 1
    clock.at = 271.0
    client.post_segments(batch())
    assert backend.issued == 2


def test_a_token_that_the_server_forgot_is_renewed_once() -> None:
    backend = Backend(accepts)
    client = client_of(backend)
    client.post_segments(batch())
    backend.issued, backend.refresh = 7, "refresh-1"
    assert client.post_segments(batch()).receipts
    assert backend.issued == 8


def test_a_server_that_never_accepts_the_token_is_asked_twice_and_no_more() -> None:
    backend = Backend(lambda _: httpx.Response(401))
    with pytest.raises(RefusedError) as caught:
        client_of(backend).jobs()
    assert caught.value.status == 401
    assert caught.value.problem.retryable
    assert len(backend.requests) == 2


def test_a_revoked_sign_in_says_so_and_is_retryable() -> None:
    backend = Backend(accepts)
    client = client_of(backend)
    backend.refresh = "another"
    with pytest.raises(FairhourError) as caught:
        client.jobs()
    assert caught.value.problem.code == "signed_out"
    assert "Recording goes on" in caught.value.problem.message


def test_nobody_signed_in_says_so() -> None:
    client = MarketplaceClient(SignIn(SERVER, "fairhour-tracker", memory_store()), transport=Wire(Backend(accepts)))
    with pytest.raises(FairhourError, match="Nobody is signed in"):
        client.jobs()


@pytest.mark.parametrize("status", [302, 400, 403, 410, 413, 429, 500])
def test_a_refusal_without_our_words_is_never_the_last_word(status: int) -> None:
    backend = Backend(lambda _: httpx.Response(status, text="<h1>proxy</h1>", headers={"Retry-After": "7"}))
    with pytest.raises(RefusedError) as caught:
        client_of(backend).post_segments(batch())
    assert (caught.value.status, caught.value.problem.retryable, caught.value.foreign) == (status, True, True)
    assert caught.value.retry_after_s == 7


@pytest.mark.parametrize(
    ("headers", "wish"),
    [
        ({}, None),
        ({"Retry-After": "1.5"}, 1.5),
        ({"Retry-After": "-3"}, 0.0),
        ({"Retry-After": "nan"}, None),
        ({"Retry-After": "1e300"}, 86_400.0),
        (
            {"Retry-After": "Wed, 21 Oct 2015 07:30:00 GMT", "Date": "Wed, 21 Oct 2015 07:28:00 GMT"},
            120.0,
        ),
        ({"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
        ({"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT", "Date": "Wed, 21 Oct 2015 07:28:00 -0000"}, None),
    ],
)
def test_when_to_come_again_is_said_in_seconds_or_as_a_date(headers: dict[str, str], wish: float | None) -> None:
    with pytest.raises(RefusedError) as caught:
        client_of(Backend(lambda _: httpx.Response(503, headers=headers))).jobs()
    assert caught.value.retry_after_s == wish


def test_a_refusal_in_our_words_is_passed_on() -> None:
    problem = Problem("segment_first", "Segment first", "No segment names it.", "Wait.", retryable=True)
    backend = Backend(
        lambda _: httpx.Response(409, content=msgspec.json.encode(problem), headers={"Retry-After": "tomorrow"})
    )
    with pytest.raises(RefusedError) as caught:
        client_of(backend).post_segments(batch())
    assert caught.value.problem == problem
    assert caught.value.retry_after_s is None


def test_a_request_that_breaks_off_is_told_from_one_that_was_never_sent() -> None:
    def cut(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError("cut", request=request)

    with pytest.raises(CutError) as caught:
        client_of(Backend(cut)).jobs()
    assert caught.value.problem.code == "offline"


@pytest.mark.parametrize("content", [b"<html>", b"{}", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"v": 1, "now": 5}'])
def test_an_answer_that_is_not_the_marketplaces_is_told_as_such(content: bytes) -> None:
    with pytest.raises(FairhourError) as caught:
        client_of(Backend(lambda _: httpx.Response(200, content=content))).post_segments(batch())
    assert caught.value.problem.code == "garbled"
    assert caught.value.problem.retryable


def test_another_version_is_told_as_such() -> None:
    with pytest.raises(FairhourError) as caught:
        client_of(Backend(lambda _: httpx.Response(200, content=b'{"v": 2}'))).post_segments(batch())
    assert caught.value.problem.code == "version"


def test_no_connection_is_offline() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(FairhourError) as caught:
        client_of(Backend(refuse)).jobs()
    assert caught.value.problem.code == "offline"
    assert caught.value.problem.retryable


def test_a_token_endpoint_in_trouble_is_retryable() -> None:
    signin = SignIn(SERVER, "fairhour-tracker", memory_store())
    signin.adopt("refresh")
    client = MarketplaceClient(signin, transport=Wire(lambda _: httpx.Response(503)))
    with pytest.raises(RefusedError) as caught:
        client.jobs()
    assert caught.value.problem.retryable


def test_garbage_from_the_token_endpoint_is_told_as_such() -> None:
    signin = SignIn(SERVER, "fairhour-tracker", memory_store())
    signin.adopt("refresh")
    client = MarketplaceClient(signin, transport=Wire(lambda _: httpx.Response(200, text="hello")))
    with pytest.raises(FairhourError) as caught:
        client.jobs()
    assert caught.value.problem.code == "garbled"


def test_a_picture_goes_up_with_its_hash_and_key(tmp_path: Path) -> None:
    picture = spooled(tmp_path, b"RIFF")

    def take(request: httpx.Request) -> httpx.Response:
        assert request.url.path == f"/api/v1/pictures/{picture.id}"
        assert dict(request.url.params) == {
            "job": str(picture.job),
            "slot": str(picture.slot),
            "device": str(DEVICE),
        }
        assert request.headers["X-Content-SHA256"] == picture.sha256
        receipt = wire.PictureReceipt(id=picture.id, sha256=picture.sha256, size=len(request.content))
        return httpx.Response(200, content=wire.encode(receipt))

    assert client_of(Backend(take)).put_picture(picture, DEVICE, b"RIFF").size == 4


def test_jobs_and_week_are_decoded() -> None:
    week = week_view(UUID(int=1), 3)

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/api/v1/jobs":
            return httpx.Response(200, content=wire.encode(wire.JobList(now=1, person="Sample freelancer", jobs=())))
        assert request.url.path == f"/api/v1/jobs/{UUID(int=1)}/weeks/3"
        return httpx.Response(200, content=wire.encode(week))

    client = client_of(Backend(answer))
    assert client.jobs().person == "Sample freelancer"
    assert client.week(UUID(int=1), 3) == week


def test_other_hours_are_posted_and_their_receipts_decoded() -> None:
    entry = wire.OtherHours(id=UUID(int=1), job=UUID(int=2), week_start=5, seconds=60, note="A call")

    def answer(request: httpx.Request) -> httpx.Response:
        (sent,) = wire.decode(request.content, wire.OtherHoursBatch).entries
        receipt = wire.OtherHoursReceipt(
            id=sent.id, revision=sent.revision, outcome=wire.Outcome.STORED, digest=wire.hours_digest(sent)
        )
        return httpx.Response(200, content=wire.encode(wire.OtherHoursReceipts(now=7, receipts=(receipt,))))

    backend = Backend(answer)
    answered = client_of(backend).post_other_hours(wire.OtherHoursBatch(v=1, entries=(entry,)))
    assert [receipt.digest for receipt in answered.receipts] == [wire.hours_digest(entry)]
    assert [(request.method, request.url.path) for request in backend.requests] == [("POST", "/api/v1/other-hours")]


def answers(content: bytes) -> Callable[[httpx.Request], httpx.Response]:
    return lambda _: httpx.Response(200, content=content)


def test_a_picture_comes_back_as_it_was_sent_or_not_at_all() -> None:
    sent = b"RIFF a picture"
    mine = wire.PictureRef(
        id=UUID(int=5), sha256=hashlib.sha256(sent).hexdigest(), size=14, width=9, height=9, monitors=1, taken_at=0
    )
    backend = Backend(answers(sent))
    client = client_of(backend)
    assert client.picture(mine) == sent
    assert backend.requests[0].url.path == f"/api/v1/pictures/{mine.id}"
    for other in (sent + b"!", b"", b"<html>a hotel's page</html>"):
        backend.answer = answers(other)
        with pytest.raises(FairhourError) as caught:
            client.picture(mine)
        assert caught.value.problem.code == "picture_other"
