"""A frame for programs that play a system service (logind, portal, Mutter) on a private bus.

A fake runs as a child process (``python -m tests.idle.fake_logind ADDRESS``), because a blocking QtDBus call in the
test would wait for a fake in its own process for ever. It obeys lines on its standard input and tells what happened to
it on its standard output.
"""

import contextlib
import os
import select
import selectors
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, HeaderFields, Message, MessageType, message_bus, new_error, new_method_return
from jeepney import new_signal as _new_signal
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import unwrap_msg

ROOT = Path(__file__).resolve().parents[2]
START_TIMEOUT_S = 20.0

Reply = tuple[str, tuple[Any, ...]]
Method = Callable[[Message], Reply | None]


class Fake:
    """The test's handle on a fake in its child process."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._said: list[str] = []
        self._rest = b""

    def tell(self, line: str) -> None:
        """Give an order, for example ``lock``, and wait until it is done."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())
        self._process.stdin.flush()
        self.expect("done")

    def expect(self, line: str) -> None:
        """Wait for the next line that the fake prints, which must be this one."""
        assert self._process.stdout is not None
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self._said:
            left = max(0.0, deadline - time.monotonic())
            readable, _, _ = select.select([self._process.stdout], [], [], left)
            block = os.read(self._process.stdout.fileno(), 1024) if readable else b""
            assert block, f"the fake did not say {line!r}"
            *lines, self._rest = (self._rest + block).split(b"\n")
            self._said += [said.decode() for said in lines]
        got = self._said.pop(0)
        assert got == line, f"the fake said {got!r} instead of {line!r}"


@contextlib.contextmanager
def fake(module: str, *arguments: str) -> Iterator[Fake]:
    """Run a fake until the context ends; it is ready when this returns."""
    with subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        handle = Fake(process)
        try:
            handle.expect("ready")
            yield handle
        finally:
            process.kill()


class ErrorReplyError(Exception):
    """Raise it in a method: the caller gets this D-Bus error."""


class Service:
    """The fake's side: names on the bus, methods by (interface, member), orders by their first word."""

    def __init__(self, address: str, *names: str) -> None:
        self.connection: DBusConnection = open_dbus_connection(address, enable_fds=True)
        self.methods: dict[tuple[str, str], Method] = {}
        self.orders: dict[str, Callable[[str], None]] = {}
        self.watched: dict[int, Callable[[], None]] = {}
        self.sent_descriptors: list[int] = []
        for name in names:
            unwrap_msg(self.connection.send_and_get_reply(message_bus.RequestName(name)))

    def emit(self, path: str, interface: str, member: str, signature: str = "", body: tuple[Any, ...] = ()) -> None:
        """Send a signal to everyone who listens."""
        emitter = DBusAddress(path, interface=interface)
        self.connection.send(_new_signal(emitter, member, signature or None, body))

    def say(self, line: str) -> None:
        """Tell the test."""
        print(line, flush=True)

    def serve(self) -> None:
        """Answer calls and obey orders until the test closes the input."""
        with selectors.DefaultSelector() as selector:
            selector.register(self.connection.sock, selectors.EVENT_READ)
            selector.register(sys.stdin, selectors.EVENT_READ)
            self.say("ready")
            while True:
                for descriptor in set(self.watched) - set(selector.get_map()):
                    selector.register(descriptor, selectors.EVENT_READ)
                for key, _ in selector.select():
                    if key.fd == sys.stdin.fileno():
                        line = sys.stdin.readline()
                        if not line:
                            return
                        word, _, rest = line.strip().partition(" ")
                        self.orders[word](rest)
                        self.say("done")
                    elif key.fd in self.watched:
                        selector.unregister(key.fd)
                        self.watched.pop(key.fd)()
                    else:
                        self._answer_all()

    def _answer_all(self) -> None:
        while True:
            try:
                message = self.connection.receive(timeout=0)
            except TimeoutError:
                return
            if message.header.message_type is MessageType.method_call:
                self._answer(message)

    def _answer(self, message: Message) -> None:
        fields: Mapping[Any, Any] = message.header.fields
        method = self.methods.get((fields.get(HeaderFields.interface, ""), fields[HeaderFields.member]))
        try:
            if method is None:
                raise ErrorReplyError("org.freedesktop.DBus.Error.UnknownMethod")
            reply = method(message)
        except ErrorReplyError as error:
            self.connection.send(new_error(message, str(error)))
            return
        if reply is not None:
            signature, body = reply
            self.connection.send(new_method_return(message, signature or None, body))
        while self.sent_descriptors:
            # The receiver has a copy of its own now; ours would keep a lock that it gives up.
            os.close(self.sent_descriptors.pop())
