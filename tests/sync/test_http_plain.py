"""The HTTP of every day says the same as h11 wherever it says anything, and leaves the rest to it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Mapping

import h11
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync import http, http_plain
from sync.http import Connection, HttpError, Request

HEADERS = {"Host": "here", "Authorization": "Bearer a.b-c", "Content-Length": "2"}
PIECES = st.sampled_from(
    [
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 503 \r\n",
        b"HTTP/1.1 200\r\n",
        b"HTTP/1.1 204 None\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"HTTP/1.0 200 OK\r\n",
        b"HTTP/1.1 200 OK\n",
        b"SSH-2.0\r\n",
        b"Content-Length: 5\r\n",
        b"content-length:2 \r\n",
        b"Content-Length: 5, 5\r\n",
        b"Content-Length: -1\r\n",
        b"Content-Length: 99999999999999999\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Connection: close\r\n",
        b"Connection: Keep-Alive\r\n",
        b"Retry-After: 7\r\n",
        b"Date: \t Sun, 06 Nov 1994 08:49:37 GMT\t\r\n",
        b"Server: caf\xe9\r\n",
        b" folded\r\n",
        b"no colon\r\n",
        b"Space : before\r\n",
        b": nameless\r\n",
        b"Two: lines\n",
        b"\r\n",
        b"hello",
        b"5\r\nhello\r\n0\r\n\r\n",
        b"\0",
    ]
)
ANSWERS = st.one_of(
    st.lists(PIECES, max_size=8).map(b"".join),
    st.lists(PIECES, max_size=3).map(
        lambda more: b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n%s\r\nhello" % b"".join(more)
    ),
)
Said = tuple[int, dict[str, str], bytes] | None


def by_h11(received: bytes) -> tuple[Said, bool]:
    """What h11 reads, None where it reads no whole answer; and whether the connection could be used again."""
    spoken = h11.Connection(h11.CLIENT)
    spoken.send(h11.Request(method="GET", target="/", headers=[("Host", "here")]))
    spoken.send(h11.EndOfMessage())
    spoken.receive_data(received)
    spoken.receive_data(b"")
    head, body = None, b""
    try:
        while not isinstance(event := spoken.next_event(), h11.EndOfMessage):
            if isinstance(event, h11.Response):
                head = event
            elif isinstance(event, h11.Data):
                body += bytes(event.data)
            elif event is h11.NEED_DATA or event is h11.PAUSED or isinstance(event, h11.ConnectionClosed):
                return None, False
    except h11.RemoteProtocolError:
        return None, False
    assert head is not None
    headers = {name.decode(): value.decode("latin-1") for name, value in head.headers}
    return (head.status_code, headers, body), spoken.trailing_data[0] == b""


@given(ANSWERS)
def test_a_plain_answer_is_read_as_h11_reads_it(received: bytes) -> None:
    head = http_plain.answer_head(received)
    said, alone = by_h11(received)
    if head is None:
        return
    body = received[head.begin :]
    if len(body) < head.length:
        assert said is None, "cut"
    else:
        assert said == (head.status, head.headers, body[: head.length])
        assert alone == (len(body) == head.length)


@given(ANSWERS, st.data())
def test_what_is_waited_for_can_still_become_plain(received: bytes, data: st.DataObject) -> None:
    """No byte is waited for that a server which has said all would never send."""
    cut = received[: data.draw(st.integers(0, len(received)))]
    if http_plain.answer_head(cut) is not None:
        assert not http_plain.may_be_plain(cut)
    if not http_plain.may_be_plain(cut):
        assert not http_plain.may_be_plain(received), "more does not change it"


@given(
    st.sampled_from(["GET", "POST", "PUT", "CONNECT", "get"]),
    st.sampled_from(["/", "/a?b=c", "http://here/a", "/a b", "/\r\n", "/\xe9", ""]),
    st.dictionaries(
        st.sampled_from(["Accept", "X-Mine", "Bad Name", "Bad\r\nName", ""]),
        st.sampled_from(["*/*", "a b", " a", "a ", "", "a\r\nX: y", "a\nb", "\xe9", "a\0"]),
        max_size=3,
    ),
)
def test_a_plain_request_is_said_as_h11_says_it(method: str, target: str, more: dict[str, str]) -> None:
    headers = HEADERS | more
    plain = http_plain.request_head(method, target, headers)
    if plain is not None:
        asked = h11.Request(method=method, target=target, headers=[*headers.items()])
        assert plain == h11.Connection(h11.CLIENT).send(asked)


def test_what_the_tracker_says_and_hears_is_plain() -> None:
    assert http_plain.request_head("POST", "/api/v1/segments", HEADERS) is not None
    waitress = (
        b"HTTP/1.1 200 OK\r\nContent-Language: en\r\nContent-Length: 2\r\n"
        b"Content-Security-Policy: img-src 'self' data:; form-action 'self' http://127.0.0.1:*\r\n"
        b"Content-Type: application/json; charset=utf-8\r\n"
        b"Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nServer: waitress\r\nVary: Accept-Language\r\n\r\nok"
    )
    assert http_plain.answer_head(waitress) is not None
    assert http_plain.answer_head(waitress[:-2].ljust(http_plain.HEAD_BYTES * 2, b"a")) is not None, "a long body"
    long = waitress.replace(b"waitress", b"w" * http_plain.HEAD_BYTES)
    assert http_plain.answer_head(long) is None


@pytest.mark.parametrize("method", ["GET", "PO ST"])
def test_a_header_that_is_none_is_never_sent(method: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        line = Connection(timeout_s=5, connect_s=5)
        with pytest.raises(HttpError):
            line.send(Request(method, address, headers={"Authorization": "Bearer a\r\nX-Other: b"}))
        assert line._socket is None


@pytest.fixture
def served() -> Callable[[list[bytes]], str]:
    """Start a server that sends these pieces, one after the other, to each request of one connection."""

    def serve(pieces: list[bytes]) -> str:
        server = socket.create_server(("127.0.0.1", 0))

        def answer() -> None:
            with server, server.accept()[0] as connection:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                while connection.recv(65_536):
                    for piece in pieces:
                        connection.sendall(piece)

        threading.Thread(target=answer, daemon=True).start()
        return f"http://127.0.0.1:{server.getsockname()[1]}"

    return serve


@pytest.mark.parametrize(
    ("answer", "plain"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", True),
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", False),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", False),
        (b"HTTP/1.1 200 OK\nContent-Length: 5\n\nhello", False),
    ],
    ids=["plain", "continued", "chunked", "line ends"],
)
def test_an_answer_in_pieces_is_one_answer_whoever_reads_it(
    answer: bytes, plain: bool, served: Callable[[list[bytes]], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken: list[Request] = []
    by_h11 = http._spoken

    def counted(asked: Request, target: str, said: Mapping[str, str]) -> tuple[h11.Connection, bytes]:
        spoken.append(asked)
        return by_h11(asked, target, said)

    monkeypatch.setattr(http, "_spoken", counted)
    line = Connection(timeout_s=5, connect_s=5)
    address = served([answer[at : at + 1] for at in range(len(answer))])
    for _ in range(2):
        assert line.send(Request("POST", address, b"{}")).content == b"hello"
    assert bool(spoken) is not plain
    line.close()
