"""The tracker's own HTTP on real sockets: one kept connection, servers that close, cut, lie or hang, proxies, TLS."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from devtools import processes
from sync import http
from sync.http import MAX_ANSWER_BYTES, Connection, HttpError, NotSentError, Request, StatusError, post_form
from sync.proxy import NONE, SYSTEM
from tests.sync.certificates import Certificate, self_signed


class Site(ThreadingHTTPServer):
    """Answers with what it was asked; counts connections."""

    daemon_threads = True

    def __init__(self) -> None:
        self.connections = 0
        self.asked: list[tuple[str, str, bytes, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self) -> None:
                super().setup()
                site.connections += 1

            def do_any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                site.asked.append((self.command, self.path, body, dict(self.headers)))
                if self.path.endswith("/chunks"):
                    self.send_response(200)
                    self.send_header("Transfer-Encoding", "chunked")
                    self.end_headers()
                    self.wfile.write(b"4\r\nsome\r\n5\r\n more\r\n0\r\n\r\n")
                    return
                answer = f"{self.command} {self.path} {len(body)}".encode()
                self.send_response(503 if self.path.endswith("/busy") else 200)
                self.send_header("Content-Length", str(len(answer)))
                self.send_header("Retry-After", "7")
                if self.path.endswith("/last"):
                    self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(answer)

            do_GET = do_POST = do_PUT = do_any

            def do_CONNECT(self) -> None:
                site.asked.append((self.command, self.path, b"", dict(self.headers)))
                if "Proxy-Authorization" not in self.headers:
                    self.send_error(407)
                    return
                self.send_response(200)
                self.end_headers()
                host, port = self.path.split(":")
                with socket.create_connection((host, int(port))) as other:
                    back = threading.Thread(target=_pour, args=(other, self.connection), daemon=True)
                    back.start()
                    _pour(self.connection, other)
                    back.join(5)
                self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


def _pour(source: socket.socket, to: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65_536):
            to.sendall(data)
        to.shutdown(socket.SHUT_WR)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as made:
        threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True).start()
        yield made
        made.shutdown()


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    made = Connection(timeout_s=5, connect_s=5)
    yield made
    made.close()


@contextlib.contextmanager
def says(*answers: bytes) -> Iterator[str]:
    """A server that gives these bytes, one to each connection, and closes; its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            for answer in answers:
                connection, _ = server.accept()
                with connection, contextlib.suppress(ConnectionError):  # too long an answer is cut
                    connection.recv(65_536)
                    connection.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        thread.join(5)


def test_requests_go_over_one_connection_and_answers_come_whole(site: Site, line: Connection) -> None:
    sent = bytes(300_000)
    assert line.send(Request("PUT", f"{site.address}/a?b=c", content=sent)).content == b"PUT /a?b=c 300000"
    assert line.send(Request("GET", f"{site.address}/chunks")).content == b"some more"
    assert post_form(line, site.address, {"name": "a b&c"}).content == b"POST / 12"
    assert site.asked[-1][2] == b"name=a+b%26c"
    busy = line.send(Request("GET", f"{site.address}/busy", headers={"X-Mine": "1"}))
    assert (busy.status_code, busy.is_success, busy.headers["retry-after"]) == (503, False, "7")
    with pytest.raises(StatusError):
        busy.raise_for_status()
    assert site.asked[-1][3]["X-Mine"] == "1"
    assert site.connections == 1


def test_a_connection_that_was_closed_is_opened_again(site: Site, line: Connection) -> None:
    line.send(Request("GET", f"{site.address}/last"))
    assert line.send(Request("GET", f"{site.address}/again")).is_success
    assert site.connections == 2
    rests = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    with says(rests, rests) as address:
        # Kept by its words and closed all the same: what rests and can be read is gone.
        assert line.send(Request("GET", address)).content == b"ok"
        rested = line._socket
        assert rested is not None
        assert processes.wait_until(lambda: http._is_gone(rested), 5)
        assert line.send(Request("GET", address)).content == b"ok"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhal",
        b"SSH-2.0-OpenSSH\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (MAX_ANSWER_BYTES + 1) + bytes(MAX_ANSWER_BYTES + 1),
    ],
    ids=["nothing", "cut", "not http", "endless"],
)
def test_what_is_no_whole_answer_may_have_arrived(answer: bytes, line: Connection) -> None:
    with says(answer) as address, pytest.raises(HttpError) as caught:
        line.send(Request("POST", address, content=b"something"))
    assert not isinstance(caught.value, NotSentError)


def test_no_more_is_read_than_is_wanted(line: Connection) -> None:
    long = b"HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n" + bytes(300_000)
    with says(long) as address, pytest.raises(HttpError, match="too long"):
        line.send(Request("GET", address, limit=200_000))
    asked = iter([True, False])
    with says(long) as address, pytest.raises(HttpError, match="nobody waits"):
        line.send(Request("GET", address, wanted=lambda: next(asked)))
    assert next(asked, None) is None, "asked for each piece, until it is wanted no more"
    with says(long) as address:
        assert len(line.send(Request("GET", address, limit=300_000)).content) == 300_000


@contextlib.contextmanager
def serving(*serves: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server that does each of these with a connection, and leaves it open; its address. It reads small bites."""
    with socket.create_server(("127.0.0.1", 0)) as server, contextlib.ExitStack() as opened:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)

        def run() -> None:
            for serve in serves:
                serve(opened.enter_context(server.accept()[0]))

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        thread.join(5)


def test_a_slow_line_is_no_silent_server() -> None:
    sent, pace = 6_000_000, threading.Event()

    def serve(connection: socket.socket) -> None:
        left = sent
        while left > 0:
            pace.wait(0.05)
            left -= len(connection.recv(min(left, 400_000), socket.MSG_WAITALL))
        connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

    with serving(serve) as address:
        line = Connection(timeout_s=0.4, connect_s=5)
        assert line.send(Request("PUT", address, content=bytes(sent))).status_code == 204
        line.close()


def test_what_was_sent_over_a_slow_line_is_not_hidden_in_the_systems_buffer(monkeypatch: pytest.MonkeyPatch) -> None:
    sent, rate, pace = 500_000, 400_000, threading.Event()
    monkeypatch.setattr(http, "_SLOW", 10**12)

    def serve(connection: socket.socket) -> None:
        left = sent
        while left > 0:
            left -= (got := len(connection.recv(4000)))
            pace.wait(got / rate)
        connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

    with serving(serve) as address:
        # A picture of 2 MB on 64 kbit/s, 50 times as fast and in a quarter; the system would take all of it at once.
        line = Connection(timeout_s=0.8, connect_s=5)
        assert line.send(Request("PUT", address, content=bytes(sent))).status_code == 204
        line.close()


def test_what_a_proxy_took_at_once_has_its_time_to_arrive() -> None:
    pace = threading.Event()

    def serve(connection: socket.socket) -> None:
        left = 20_000
        while left > 0:
            left -= len(connection.recv(65_536))
        pace.wait(0.5)
        connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

    with serving(serve) as address:
        line = Connection(timeout_s=0.1, connect_s=5)
        assert line.send(Request("PUT", address, content=bytes(20_000))).status_code == 204
        line.close()


@pytest.mark.parametrize(
    "drips",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\na\r\n" * 1000,
        b"HTTP/1.1 200 OK\r\nX-Long: ",
        b"HTTP/1.1 100 Continue\r\n\r\n" * 1000,
    ],
    ids=["body", "chunks", "head", "never begins"],
)
def test_an_answer_that_drips_for_ever_is_given_up(site: Site, drips: bytes) -> None:
    over = threading.Event()

    def serve(connection: socket.socket) -> None:
        connection.recv(65_536)
        with contextlib.suppress(OSError):
            for byte in drips + b"a" * 100_000:
                connection.sendall(bytes([byte]))
                if over.wait(0.005):
                    return

    with serving(serve) as address:
        line = Connection(timeout_s=0.25, connect_s=5, answer_s=0.5)
        with pytest.raises(HttpError, match=r"too long|timed out"):
            line.send(Request("GET", address))
        over.set()
        assert line.send(Request("GET", site.address)).is_success, "and is in nobody's way"
        line.close()


def test_a_server_that_takes_a_request_in_drops_is_given_up_but_a_slow_one_is_not(site: Site) -> None:
    now, seconds = 0.0, 0.0

    def clock() -> float:
        nonlocal now
        now += seconds
        return now

    line = Connection(timeout_s=30, connect_s=5, monotonic=clock)
    picture = bytes(2_000_000)
    seconds = 2_000_000 / 8_000 / 31
    assert line.send(Request("PUT", site.address, content=picture)).is_success, "31 pieces of a picture on 64 kbit/s"
    seconds = 100.0
    with pytest.raises(HttpError, match="too long"):
        line.send(Request("PUT", site.address, content=picture))
    line.close()


def test_an_answer_that_comes_before_all_was_sent_is_heard(line: Connection) -> None:
    def serve(connection: socket.socket) -> None:
        connection.recv(100)
        connection.sendall(b"HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig")
        connection.close()

    with serving(serve) as address:
        answer = line.send(Request("PUT", address, content=bytes(20_000_000)))
    assert (answer.status_code, answer.content) == (413, b"big")


def test_what_comes_behind_an_answer_is_no_answer_to_the_next_request(line: Connection) -> None:
    def serve(answer: bytes) -> Callable[[socket.socket], None]:
        def run(connection: socket.socket) -> None:
            connection.recv(65_536)
            connection.sendall(answer)

        return run

    first = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nmine"
    behind = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfalse"
    with serving(serve(first + behind), serve(first)) as address:
        assert [line.send(Request("GET", address)).content for _ in range(2)] == [b"mine", b"mine"]


def test_names_are_spelled_as_the_network_does_and_nothing_else_is_sent(site: Site) -> None:
    line = Connection(timeout_s=5, connect_s=5, way=lambda: site.address)
    assert line.send(Request("GET", "http://b\u00fccher.test:8000/a")).is_success
    assert site.asked[-1][1] == "http://xn--bcher-kva.test:8000/a"
    for value in ("Bearer \u00fc", "Bearer a\r\nX-Other: b"):
        with pytest.raises(HttpError):
            line.send(Request("GET", "http://market.test/", headers={"Authorization": value}))
    with pytest.raises(NotSentError, match="407"):
        line.send(Request("GET", "https://[2001:db8::1]/"))
    assert site.asked[-1][:2] == ("CONNECT", "[2001:db8::1]:443")
    line.close()


@pytest.mark.parametrize("proxy", ["http://me:se/cret@proxy.test", "http://me:secret@", "http://me:secret@proxy:x"])
def test_a_proxys_password_is_in_no_message(proxy: str, line: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", proxy)
    with pytest.raises(NotSentError) as caught:
        line.send(Request("GET", "http://market.test/"))
    assert not {"se", "secret"} & set(re.findall(r"\w+", str(caught.value)))


def test_a_server_that_is_silent_is_not_waited_for(site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        line = Connection(timeout_s=0.1, connect_s=5)
        with pytest.raises(HttpError, match="timed out"):
            line.send(Request("GET", f"http://127.0.0.1:{mute.getsockname()[1]}/"))
        assert line.send(Request("GET", site.address)).is_success
        line.close()


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://", "ftp://host/", "http://[half/", "http://host:0/"])
def test_what_was_never_reached_got_nothing(url: str, line: Connection) -> None:
    with pytest.raises(NotSentError):
        line.send(Request("POST", url, content=b"something"))


def test_the_systems_proxy_is_used_unless_it_is_not_wanted(
    site: Site, line: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", site.address.replace("http://", "http://me:se%3Acret@"))
    assert line.send(Request("GET", "http://marketplace.test/a")).content == b"GET http://marketplace.test/a 0"
    assert site.asked[0][3]["Proxy-Authorization"] == "Basic bWU6c2U6Y3JldA=="
    assert site.asked[0][3]["Host"] == "marketplace.test"
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert line.send(Request("GET", f"{site.address}/b")).content == b"GET /b 0"
    straight = Connection(timeout_s=5, connect_s=5, way=lambda: NONE)
    with pytest.raises(NotSentError):
        straight.send(Request("GET", "http://marketplace.test/"))
    named = Connection(timeout_s=5, connect_s=5, way=lambda: site.address)
    assert named.send(Request("GET", "http://marketplace.test/c")).content == b"GET http://marketplace.test/c 0"
    named.close()
    ways = [site.address, NONE, SYSTEM]
    changing = Connection(timeout_s=5, connect_s=5, way=lambda: ways[0])
    assert changing.send(Request("GET", f"{site.address}/here")).content == b"GET /here 0", (
        "no proxy reaches this machine"
    )
    assert changing.send(Request("GET", "http://marketplace.test/d")).is_success
    ways.pop(0)
    with pytest.raises(NotSentError):
        changing.send(Request("GET", "http://marketplace.test/e"))
    changing.close()
    with pytest.raises(NotSentError, match="socks"):
        Connection(timeout_s=5, connect_s=5, way=lambda: "socks5://127.0.0.1:1").send(
            Request("GET", "http://marketplace.test/")
        )


def test_a_proxy_behind_tls_is_talked_to_all_the_same(
    secret: str, site: Site, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.file))
    line = Connection(timeout_s=5, connect_s=5, way=lambda: secret)
    assert (
        line.send(Request("PUT", "http://marketplace.test/a", content=b"x")).content
        == b"PUT http://marketplace.test/a 1"
    )
    with pytest.raises(NotSentError):
        Connection(timeout_s=5, connect_s=5, way=lambda: "https://127.0.0.1:1").send(
            Request("GET", "http://market.test/")
        )
    with pytest.raises(HttpError, match="too long"):
        line.send(Request("GET", "http://marketplace.test/long", limit=20))
    with pytest.raises(HttpError, match="nobody waits"):
        line.send(Request("GET", "http://marketplace.test/unseen", wanted=lambda: False))
    site.shutdown()
    site.server_close()
    with pytest.raises(HttpError):
        line.send(Request("GET", "http://marketplace.test/b"))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return self_signed(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def secret(site: Site, certificate: Certificate) -> str:
    """The same site behind TLS."""
    site.socket = certificate.context().wrap_socket(site.socket, server_side=True)
    return f"https://127.0.0.1:{site.server_address[1]}"


def test_only_a_certificate_that_is_known_is_talked_to(
    secret: str, site: Site, line: Connection, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NotSentError, match="certificate"):
        line.send(Request("PUT", f"{secret}/a", content=b"private"))
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.file))
    known = Connection(timeout_s=5, connect_s=5)
    assert [known.send(Request("PUT", f"{secret}/a", content=b"private")).content for _ in range(2)] == [
        b"PUT /a 7"
    ] * 2
    known.close()
    assert [ask[:2] for ask in site.asked] == [("PUT", "/a")] * 2


def test_a_proxy_is_asked_for_a_way_through_to_a_safe_server(
    certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.file))
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with Site() as behind, Site() as proxy:
        behind.socket = certificate.context().wrap_socket(behind.socket, server_side=True)
        for each in (behind, proxy):
            threading.Thread(target=each.serve_forever, args=(0.02,), daemon=True).start()
        address = f"https://127.0.0.1:{behind.server_address[1]}/deep"
        # No proxy of the user's is asked for this machine; one of the system's is.
        monkeypatch.setenv("https_proxy", proxy.address.replace("//", "//me:secret@"))
        through = Connection(timeout_s=5, connect_s=5)
        assert through.send(Request("GET", address)).content == b"GET /deep 0"
        assert "Proxy-Authorization" not in behind.asked[0][3], "that is the proxy's business"
        through.close()
        monkeypatch.setenv("https_proxy", proxy.address)
        refused = Connection(timeout_s=5, connect_s=5)
        with pytest.raises(NotSentError, match="407"):
            refused.send(Request("GET", address))
        for each in (behind, proxy):
            each.shutdown()
