"""A proxy that does to each request what ``faults`` says: asyncio in a thread of its own, HTTP/1.1 on both sides.

Each exchange with the marketplace has a connection of its own, so that what is cut there is cut there alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import struct
import threading
from dataclasses import dataclass
from types import TracebackType

from tests.harness.network.faults import Fault, Kind, Part, Weather

LATER = 3
"""After how many more requests an old one comes again."""


@dataclass(frozen=True)
class _Message:
    head: bytes
    body: bytes

    @property
    def raw(self) -> bytes:
        return self.head + self.body


class FaultyLine:
    """Use it as a context; ``address`` stands for the marketplace at ``port``. ``hold_s``: more than a client waits."""

    def __init__(self, port: int, weather: Weather, hold_s: float) -> None:
        self.weather = weather
        self.requests = 0
        self._port = port
        self._hold_s = hold_s
        self._old: list[tuple[int, _Message]] = []
        self._stale: dict[bytes, bytes] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="faulty-line")
        self.address = ""

    def __enter__(self) -> FaultyLine:
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        self.address = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def retarget(self, port: int) -> None:
        """The marketplace listens elsewhere now."""
        self._port = port

    async def _listen(self) -> asyncio.Server:
        return await asyncio.start_server(self._client, "127.0.0.1", 0, limit=1 << 20)

    async def _close(self) -> None:
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while (request := await _read(reader)) is not None:
                if not await self._exchange(request, writer):
                    break
        writer.close()
        self._tasks.discard(task)

    async def _exchange(self, request: _Message, writer: asyncio.StreamWriter) -> bool:
        """Carry one request; False when the client's connection ends with it."""
        self.requests += 1
        await self._come_again()
        fault = self.weather.draw()
        # No line repeats the request for a token on its own, and the provider takes that for a theft.
        if fault is not None and fault.kind is Kind.AGAIN_LATER and b"/identity/" in request.head:
            fault = None
        if fault is None:
            answer = await self._ask(request)
            self._remember(request, answer)
            return await _give(writer, answer)
        match fault.kind, fault.part:
            case ((Kind.CUT | Kind.TRUNCATE), Part.REQUEST):
                await self._send_part(request, fault)
                return _end(writer, reset=fault.kind is Kind.CUT)
            case ((Kind.CUT | Kind.TRUNCATE), Part.ANSWER):
                answer = await self._ask(request)
                cut = fault.place.offset(answer.find(b"\r\n\r\n") + 4, len(answer))
                await _give(writer, answer[:cut])
                return _end(writer, reset=fault.kind is Kind.CUT)
            case Kind.HOLD, part:
                await self._hold(request, part)
                return False
            case Kind.TWICE, _:
                await self._ask(request)
                return await _give(writer, await self._ask(request))
            case Kind.AGAIN_LATER, _:
                self._old.append((self.requests + LATER, request))
                return await _give(writer, await self._ask(request))
        return await self._answer_for_itself(request, fault, writer)

    async def _come_again(self) -> None:
        due = [old for at, old in self._old if at <= self.requests]
        self._old = [(at, old) for at, old in self._old if at > self.requests]
        for request in due:
            await self._ask(request)

    async def _hold(self, request: _Message, part: Part) -> None:
        """The request, or its answer, is on its way for longer than the client waits; it arrives all the same."""
        if part is Part.REQUEST:
            await asyncio.sleep(self._hold_s)
        await self._ask(request)
        if part is Part.ANSWER:
            await asyncio.sleep(self._hold_s)

    async def _answer_for_itself(self, request: _Message, fault: Fault, writer: asyncio.StreamWriter) -> bool:
        if fault.arrives:
            await self._ask(request)
        if fault.kind is Kind.STATUS:
            extra = b"Retry-After: 1\r\n" if fault.what in ("429", "503") else b""
            extra += b"Location: /elsewhere\r\n" if fault.what == "302" else b""
            page = b"<html><h1>Something else answered</h1></html>"
            head = b"HTTP/1.1 %s No\r\nContent-Type: text/html\r\nContent-Length: %d\r\n" % (
                fault.what.encode(),
                len(page),
            )
            return await _give(writer, head + extra + b"\r\n" + page)
        raw = self._garbage(fault.what, request)
        await _give(writer, raw)
        return _end(writer, reset=False)

    def _garbage(self, sort: str, request: _Message) -> bytes:
        ok = b"HTTP/1.1 200 OK\r\nConnection: close\r\n"
        bodies = {
            "page": b"<html>Please accept the terms of this hotel</html>",
            "empty": b"",
            "object": b"{}",
            "half_json": b'{"v": 1, "now": 1790000000, "receipts": [{"job": "',
        }
        if sort in bodies:
            return ok + b"Content-Length: %d\r\n\r\n" % len(bodies[sort]) + bodies[sort]
        if sort == "stale":
            return self._stale.get(_line(request), ok + b"Content-Length: 0\r\n\r\n")
        return {
            "not_http": bytes(range(256)),
            "no_content": b"HTTP/1.1 204 No Content\r\n\r\n",
            "bad_gzip": ok + b"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd",
            "long_head": ok + b"X: " + b"x" * 200_000 + b"\r\n\r\n",
        }[sort]

    def _remember(self, request: _Message, answer: bytes) -> None:
        """Keep the answer for another request of the same sort: a cache that it should not have been in."""
        self._stale[_line(request)] = answer

    async def _send_part(self, request: _Message, fault: Fault) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        writer.write(request.raw[: fault.place.offset(len(request.head), len(request.raw))])
        with contextlib.suppress(OSError):
            await writer.drain()
        # The server gets time to see what came before the line ends: with the last byte there, it carries it out.
        with contextlib.suppress(OSError, asyncio.TimeoutError, asyncio.IncompleteReadError):
            await asyncio.wait_for(reader.readexactly(1), 0.02)
        _end(writer, reset=fault.kind is Kind.CUT)

    async def _ask(self, request: _Message) -> bytes:
        """Return the marketplace's whole answer; nothing when it is away."""
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self._port, limit=1 << 20)
        except OSError:
            return b""
        try:
            writer.write(request.raw)
            await writer.drain()
            answer = await _read(reader)
            return answer.raw if answer is not None else b""
        except (OSError, asyncio.IncompleteReadError):
            return b""
        finally:
            writer.close()


def _line(request: _Message) -> bytes:
    """Method and path without ids, so that answers to requests of one sort can be mixed up."""
    method, path = request.head.split(b" ", 2)[:2]
    return method + path.split(b"?")[0][:18]


async def _read(reader: asyncio.StreamReader) -> _Message | None:
    """Return the next message; None when the connection ends before it."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    length = 0
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return _Message(head, await reader.readexactly(length))


async def _give(writer: asyncio.StreamWriter, raw: bytes) -> bool:
    """Hand bytes to the client; False when there were none, or it has gone."""
    try:
        writer.write(raw)
        await writer.drain()
    except OSError:
        return False
    return bool(raw)


def _end(writer: asyncio.StreamWriter, *, reset: bool) -> bool:
    """End a connection: orderly, or with a reset as a dead line or a firewall does."""
    import socket

    if reset and (connection := writer.get_extra_info("socket")) is not None:
        with contextlib.suppress(OSError):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.close()
    return False
