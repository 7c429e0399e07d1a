"""HTTP/1.1 as far as the tracker's steady traffic needs it: one kept connection, time-outs, TLS, proxies.

h11 speaks the protocol, the standard library carries it. httpx does the same and more for 15 MB of memory and three
times the CPU of a request (docs/performance.md), which a program that runs all day in the tray would pay for nothing;
the sign-in in the browser, once in a year, uses httpx. What an answer means is not decided here.
"""

from __future__ import annotations

import base64
import os
import select
import socket
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import SplitResult, unquote, urlencode, urlsplit

import msgspec
from msgspec.structs import replace

from sync.proxy import NONE, SYSTEM, client_options, is_here

if TYPE_CHECKING:
    import ssl

    import h11

MAX_ANSWER_BYTES = 32 << 20
"""More than any answer of the marketplace; whoever sends more is not the marketplace."""
Wanted = Callable[[], bool]
"""Whether somebody still waits for an answer; asked for each piece of it."""
_TOO_LONG, _NOT_WANTED = "the answer is too long", "nobody waits for the answer any more"
_CLOSED = "the connection was closed"
_PORTS = {"http": 80, "https": 443}
_CHUNK = 65_536
_UNSENT_BYTES = 65_536
"""What the system may hold of a request that is not on the line yet: it takes megabytes at once where it is not told,
and then a slow line looks like a server that is silent (measured: 2 MB taken in no time, answered as they arrive)."""
_SLOW = 8_000
"""Bytes a second (64 kbit/s). A request may be as slow where nobody sees it: in the buffers of a proxy, say."""
_CRAWL = 1_000
"""Bytes a second. Who takes less than that on the whole is not a slow line."""
_ANSWER_S = 300.0


class HttpError(Exception):
    """No whole answer came. What was sent may have arrived."""


class NotSentError(HttpError):
    """The server was never reached: nothing was sent."""


class _OtherProxyError(Exception):
    """There is a proxy on the way that is talked to by another protocol than plain HTTP."""


class StatusError(HttpError):
    """A request that was answered, but not with success."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(f"status {answer.status_code}")
        self.answer = answer


class Answer(msgspec.Struct, frozen=True):
    """What a server said. ``headers`` have names in lower case."""

    status_code: int
    content: bytes = b""
    headers: Mapping[str, str] = msgspec.field(default_factory=dict)

    @property
    def is_success(self) -> bool:
        """Whether it is the answer to what was asked. An answer itself is always true, whatever it says."""
        return 200 <= self.status_code < 300

    def raise_for_status(self) -> None:
        """Raise StatusError unless it is a success."""
        if not self.is_success:
            raise StatusError(self)


def always() -> bool:
    """Somebody waits until all of it is there."""
    return True


@dataclass(frozen=True)
class Request:
    """What is asked of a server. ``limit``: bytes of the answer at most; it is given up once it is not ``wanted``.

    Shown without content and headers: there are tokens in them.
    """

    method: str
    url: str
    content: bytes = field(default=b"", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    limit: int = MAX_ANSWER_BYTES
    wanted: Wanted = always


class Http(Protocol):
    """Whoever carries requests. Raises HttpError, also for more than the limit and for what is not wanted any more."""

    def send(self, asked: Request) -> Answer: ...
    def close(self) -> None: ...


def post_form(http: Http, url: str, form: Mapping[str, str]) -> Answer:
    """Send a form. Raises HttpError."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return http.send(Request("POST", url, urlencode(form).encode(), headers))


class Connection:
    """Carries requests one after the other over a connection that is kept. Used from one thread; close it at the end.

    ``way`` is asked before each request, see ``sync.proxy``; ``timeout_s``: how long the server may be silent;
    ``answer_s``: how long a whole answer may take, however steadily it drips. ``monotonic``: real seconds.
    """

    def __init__(
        self,
        *,
        timeout_s: float,
        connect_s: float,
        answer_s: float = _ANSWER_S,
        way: Callable[[], str] = lambda: SYSTEM,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._timeout_s = timeout_s
        self._connect_s = connect_s
        self._answer_s = answer_s
        self._monotonic = monotonic
        self._way = way
        self._went = ""
        self._origin = ""
        self._socket: socket.socket | None = None
        self._protocol: h11.Connection | None = None
        self._to_proxy: dict[str, str] | None = None
        self._tls: ssl.SSLContext | None = None

    def send(self, asked: Request) -> Answer:
        """Send one request and read its answer whole. Raises HttpError."""
        import h11

        where = _parts(asked.url)
        try:
            line, protocol = self._connected(where)
        except _OtherProxyError:
            wait = self._wait(self._answer_s + len(asked.content) / _CRAWL, wanted=asked.wanted)
            return _by_httpx(asked, self._way(), wait)
        target = where.path or "/"
        target += f"?{where.query}" if where.query else ""
        said = {"Host": where.netloc.rpartition("@")[2], "Accept": "*/*", "User-Agent": "Fairhour", **asked.headers}
        if self._to_proxy is not None:
            target, said = f"{where.scheme}://{said['Host']}{target}", said | self._to_proxy
        if asked.content or asked.method in ("POST", "PUT"):
            said["Content-Length"] = str(len(asked.content))
        try:
            raw = protocol.send(h11.Request(method=asked.method, target=target, headers=[*said.items()])) or b""
            raw += protocol.send(h11.Data(data=asked.content)) or b"" if asked.content else b""
            raw += protocol.send(h11.EndOfMessage()) or b""
            took_all = _send(line, raw, self._wait(self._timeout_s + len(raw) / _CRAWL))
            # What was taken may still be on its way.
            patience_s = self._timeout_s + len(raw) / _SLOW
            head = _read_head(line, protocol, self._wait(patience_s + self._timeout_s, patience_s, asked.wanted))
            answer = _read_body(line, protocol, head, asked.limit, self._wait(self._answer_s, wanted=asked.wanted))
            # What comes behind an answer is no answer to the next request.
            if took_all and (protocol.our_state, protocol.their_state, protocol.trailing_data[0]) == (
                h11.DONE,
                h11.DONE,
                b"",
            ):
                protocol.start_next_cycle()
            else:
                self.close()
        except (OSError, UnicodeError, h11.ProtocolError) as error:
            self.close()
            raise HttpError(str(error) or type(error).__name__) from error
        except BaseException:
            self.close()
            raise
        return answer

    def close(self) -> None:
        """Close the connection; the next request opens another one."""
        line, self._socket, self._protocol = self._socket, None, None
        if line is not None:
            line.close()

    def _wait(self, whole_s: float, silent_s: float | None = None, wanted: Wanted = always) -> _Wait:
        """Return how to wait for what begins now; real seconds."""
        silent_s = self._timeout_s if silent_s is None else silent_s
        return _Wait(self._monotonic() + whole_s, silent_s, self._monotonic, wanted)

    def _connected(self, where: SplitResult) -> tuple[socket.socket, h11.Connection]:
        origin, way = f"{where.scheme}://{where.netloc}", self._way()
        if self._socket is not None and ((origin, way) != (self._origin, self._went) or _is_gone(self._socket)):
            self.close()
        if self._socket is None or self._protocol is None:
            try:
                self._socket, self._to_proxy = self._open(where, way)
            except (OSError, ValueError) as error:
                raise NotSentError(str(error) or type(error).__name__) from error
            import h11

            self._origin, self._went, self._protocol = origin, way, h11.Connection(h11.CLIENT)
        return self._socket, self._protocol

    def _open(self, where: SplitResult, way: str) -> tuple[socket.socket, dict[str, str] | None]:
        """Return a connection to the server, and what a proxy on the way wants with each request (None: no proxy)."""
        host, port = where.hostname or "", where.port or _PORTS[where.scheme]
        proxy = _proxy_for(where, way)
        if proxy is None:
            line = socket.create_connection((_plain(host), port), self._connect_s)
        else:
            line = socket.create_connection((_plain(proxy.hostname or ""), proxy.port or 80), self._connect_s)
        try:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _UNSENT_BYTES)
            if where.scheme == "https":
                if proxy is not None:
                    target = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
                    _tunnel(line, target, _to_proxy(proxy), self._wait(2 * self._connect_s, self._connect_s))
                line.settimeout(self._connect_s)
                line = self._context().wrap_socket(line, server_hostname=host)
        except BaseException:
            line.close()
            raise
        return line, _to_proxy(proxy) if proxy is not None and where.scheme == "http" else None

    def _context(self) -> ssl.SSLContext:
        if self._tls is None:
            import ssl

            file, folder = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
            if not (file or folder):
                import certifi

                file = certifi.where()
            self._tls = ssl.create_default_context(cafile=file, capath=folder)
        return self._tls


def _plain(host: str) -> Any:
    """Return a name for ``getaddrinfo``: as bytes where they say it all, or Python loads its tables of Unicode."""
    return host.encode() if host.isascii() else host


def _parts(url: str) -> SplitResult:
    try:
        where = urlsplit(url)
        if where.scheme in _PORTS and where.hostname and where.port != 0:
            if where.netloc.isascii():
                return where
            port = f":{where.port}" if where.port else ""
            return where._replace(netloc=where.hostname.encode("idna").decode() + port)
    except ValueError as error:
        raise NotSentError(str(error)) from error
    raise NotSentError("no address of a server")


def _is_gone(line: socket.socket) -> bool:
    """Tell whether the other side has closed a connection that rests: nothing else would be there to be read."""
    if hasattr(select, "poll"):
        poll = select.poll()
        poll.register(line, select.POLLIN)
        return bool(poll.poll(0))
    return bool(select.select([line], [], [], 0)[0])


class _Wait(msgspec.Struct, frozen=True):
    """How long something may take: ``by`` when it must be done, and how long nothing may happen meanwhile."""

    by: float
    silent_s: float
    clock: Callable[[], float]
    wanted: Wanted

    def left_s(self) -> float:
        """Return how long to wait for the next bytes. Raises OSError when it is over, or wanted no more."""
        left = self.by - self.clock()
        if left <= 0:
            raise TimeoutError("it took too long")
        if not self.wanted():
            raise OSError(_NOT_WANTED)
        return min(left, self.silent_s)


def _send(line: socket.socket, data: bytes, wait: _Wait) -> bool:
    """Send all of it; False when the other side took no more, which may have answered already.

    As it is taken: a time-out is for the next bytes, as it says how long the server may be silent, not how fast the
    line must be. Raises OSError.
    """
    left = memoryview(data)
    try:
        while left:
            line.settimeout(wait.left_s())
            left = left[line.send(left[:_CHUNK]) :]
    except ConnectionError:
        return False
    return True


def _receive(line: socket.socket, protocol: h11.Connection, wait: _Wait) -> None:
    """Hand over what comes next. Raises OSError."""
    line.settimeout(wait.left_s())
    protocol.receive_data(line.recv(_CHUNK))


def _read_head(line: socket.socket, protocol: h11.Connection, wait: _Wait) -> Answer:
    """Read an answer up to its body. Raises OSError and h11.ProtocolError."""
    import h11

    while True:
        event = protocol.next_event()
        if event is h11.NEED_DATA:
            _receive(line, protocol, wait)
        elif isinstance(event, h11.Response):
            headers = {name.decode(): value.decode("latin-1") for name, value in event.headers}
            return Answer(event.status_code, b"", headers)
        elif event is h11.PAUSED or isinstance(event, h11.ConnectionClosed):
            raise OSError(_CLOSED)


def _read_body(line: socket.socket, protocol: h11.Connection, head: Answer, limit: int, wait: _Wait) -> Answer:
    """Read the rest of an answer, ``limit`` bytes at most. Raises OSError and h11.ProtocolError."""
    import h11

    parts, size = [], 0
    while True:
        event = protocol.next_event()
        if event is h11.NEED_DATA:
            _receive(line, protocol, wait)
        elif isinstance(event, h11.Data):
            size += len(event.data)
            if size > limit:
                raise OSError(_TOO_LONG)
            parts.append(bytes(event.data))
        elif isinstance(event, h11.EndOfMessage):
            return replace(head, content=b"".join(parts))
        elif event is h11.PAUSED or isinstance(event, h11.ConnectionClosed):
            raise OSError(_CLOSED)


def _by_httpx(asked: Request, way: str, wait: _Wait) -> Answer:
    """Carry a request through a proxy that is seldom met (behind TLS, SOCKS). Raises HttpError.

    Of an answer that drips only the body is limited as a whole.
    """
    import httpx

    try:
        with (
            httpx.Client(timeout=wait.silent_s, **client_options(way, asked.url)) as client,
            client.stream(asked.method, asked.url, content=asked.content, headers=dict(asked.headers)) as said,
        ):
            parts, size = [], 0
            for part in said.iter_bytes():
                wait.left_s()
                size += len(part)
                if size > asked.limit:
                    raise HttpError(_TOO_LONG)
                parts.append(part)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError, httpx.InvalidURL) as error:
        raise NotSentError(str(error) or type(error).__name__) from error
    except httpx.HTTPError as error:
        raise HttpError(str(error) or type(error).__name__) from error
    except OSError as error:
        raise HttpError(str(error)) from error
    except (ValueError, ImportError) as error:  # a kind of proxy that httpx does not know, or not without more
        raise NotSentError(str(error)) from error
    return Answer(said.status_code, b"".join(parts), {name.lower(): value for name, value in said.headers.items()})


def _proxy_for(where: SplitResult, way: str) -> SplitResult | None:
    """Return the proxy on the way to a server. Raises ValueError for one that can't be used."""
    named = "" if way in (SYSTEM, NONE) or is_here(where.geturl()) else way
    if way == SYSTEM and _system_may_name_one():
        from urllib.request import getproxies, proxy_bypass

        if not proxy_bypass(where.hostname or ""):
            found = getproxies()
            named = found.get(where.scheme) or found.get("all") or ""
    if not named:
        return None
    try:
        proxy = urlsplit(named if "://" in named else f"http://{named}")
        understood = bool(proxy.hostname) and proxy.port != 0
    except ValueError:
        understood = False
    if not understood:
        # Not repeated: there can be a password in it.
        raise ValueError("the proxy's address is not understood")
    if proxy.scheme != "http":
        raise _OtherProxyError
    return proxy


def _system_may_name_one() -> bool:
    """Tell whether it is worth loading what reads the system's proxies (3 MB)."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(name.lower().endswith("_proxy") and value for name, value in os.environ.items())


def _to_proxy(proxy: SplitResult) -> dict[str, str]:
    if proxy.username is None:
        return {}
    pair = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
    return {"Proxy-Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}


def _tunnel(line: socket.socket, target: str, headers: Mapping[str, str], wait: _Wait) -> None:
    """Ask a proxy for a way through to the server. Raises OSError."""
    import h11

    protocol = h11.Connection(h11.CLIENT)
    try:
        raw = protocol.send(h11.Request(method="CONNECT", target=target, headers=[("Host", target), *headers.items()]))
        line.sendall((raw or b"") + (protocol.send(h11.EndOfMessage()) or b""))
        answer = _read_head(line, protocol, wait)
    except h11.ProtocolError as error:
        raise OSError(str(error)) from error
    if answer.status_code != 200:
        raise OSError(f"the proxy answered with status {answer.status_code}")
