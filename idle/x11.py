"""X11: the MIT-SCREEN-SAVER extension's idle counter, asked for over a socket that libxcb connects.

While nothing is touched it is not asked for each time: the SYNC extension says when something is (``x11_alarm``), and
until then the age grows with time. A question takes 60 us of this process and wakes the server.

Not through libX11 or libXss: they end the whole process when the X server dies. Not through python-xlib: it builds and
takes apart each message field by field, which costs four times what the question does, and takes 1 to 4 MB. libxcb is
there wherever Qt shows a window; it finds the display and its key, and nothing is asked through it after that. Input
that a program injects (XTest) resets the counter like real input; nothing can tell them apart.
"""

from __future__ import annotations

import contextlib
import ctypes
import logging
import os
import queue
import select
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable
from typing import NamedTuple

from idle import problems
from idle.x11_alarm import Alarm, RefusedError
from worktime.errors import Problem

log = logging.getLogger(__name__)

EXTENSION = "MIT-SCREEN-SAVER"
TIMEOUT_S = 1
"""Longest wait for an answer; it comes in 50 us, and the caller may be the program's main loop."""
QUIET_MS = 2000
"""An age from which on the server's word is waited for. Before, each call asks: who works touches something soon."""
ASK_S = 9.0
"""Seconds after which it is asked in any case."""
_MISSED_MS = 1000
"""Of input that is older than this the server should have told by now."""
_SLOW_NS = 100_000_000
"""An answer that took longer says when the last input was, but not well enough to tell a silence from a missed word."""
_LONGEST = 65_536
"""Bytes of the longest answer: the list of a server's counters takes hundreds."""
_MS = 1_000_000

# The X protocol, "Encoding", and the extension's ScreenSaverQueryInfo: opcode, minor opcode, length in words, drawable.
_QUESTION = struct.Struct("=BBHI")
_QUERY_INFO = 1
_QUERY_EXTENSION = struct.Struct("=BxHHxx")
_PRESENCE = struct.Struct("=8xBB")
_PACKET = 32
_ERROR, _REPLY = 0, 1
_REFUSED = {1: "it lets nobody in, or is not there", 5: "no display has such a name"}
"""xcb.h, "xcb connection errors". What the server says of a refusal, libxcb writes to the standard error."""
_IDLE_MS = struct.Struct("=16xI")
_WORDS = struct.Struct("=4xI")
_RESOURCE_ID_BASE = 12
"""Where the setup, as it came (xproto.h, ``xcb_setup_t``), has the first of the ids that this client may give."""


class X11Idle:
    """The counter of one X display (``display`` as in $DISPLAY). Keeps one connection, opened at the first call."""

    name = "x11"
    problem: Problem | None = None

    def __init__(self, display: str, *, monotonic_ns: Callable[[], int] = time.monotonic_ns) -> None:
        self._name = display
        self._now_ns = monotonic_ns
        self._connection: _Connection | None = None
        self._lock = threading.Lock()
        self._connecting = threading.Lock()
        self._touched_ns = self._asked_ns = 0

    def idle_ms(self) -> int:
        """Return milliseconds since the last input. Raises FairhourError; the next call connects anew."""
        with self._lock:
            try:
                connection = self._connection
                if connection is None:
                    connection = self._connection = _Connection(self._name, self._connecting)
                now_ns = self._now_ns()
                believed_ms = (now_ns - self._touched_ns) // _MS
                # Whatever has arrived: the server's word, something that everybody is told, the end of the connection.
                silent = connection.watches and not connection.arrived.poll(0)
                if silent and now_ns - self._asked_ns < ASK_S * 1000 * _MS:
                    return believed_ms
                age_ms = connection.idle_ms(watch=not silent and believed_ms >= QUIET_MS)
                self._touched_ns, self._asked_ns = now_ns - age_ms * _MS, now_ns
                if age_ms < QUIET_MS or self._now_ns() - now_ns > _SLOW_NS:
                    connection.watches = False
                if silent and _MISSED_MS < age_ms < believed_ms - _MISSED_MS:
                    log.warning("the X server did not tell of input; it is asked each time from now on")
                    connection.watch_no_more()
                return age_ms
            except (OSError, EOFError, struct.error) as error:
                self._drop()
                raise problems.failed(
                    "The X server {server} does not answer ({detail}).", server=self._name, detail=error
                ) from error

    def close(self) -> None:
        """Close the connection; a later call opens a new one."""
        with self._lock:
            self._drop()

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


class _Roots(ctypes.Structure):
    """xproto.h, ``xcb_screen_iterator_t``: ``first`` is where the first screen begins, with its root window."""

    _fields_ = (("first", ctypes.c_void_p), ("rem", ctypes.c_int), ("index", ctypes.c_int))


class _Connection:
    """A connection on which nothing but the one question is asked, so that the next reply is always its answer.

    What sets the alarm is no question: nothing answers it.
    """

    def __init__(self, name: str, connecting: threading.Lock) -> None:
        self.socket, root, own_id, self._let_go = _connect_soon(name, connecting)
        try:
            self.socket.setblocking(True)
            if sys.platform.startswith("linux"):
                # A limit of the kernel's: Python's own costs one more system call for each message.
                self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("@ll", TIMEOUT_S, 0))
            self._question = _QUESTION.pack(self._extension(name), _QUERY_INFO, _QUESTION.size // 4, root)
            self._alarm = Alarm.find(self._present, self.socket.sendall, self._reply, own_id)
            self.watches = False
            """Whether the server tells of the next input; until then nothing arrives but what everybody is told."""
            self.arrived = select.poll()
            self.arrived.register(self.socket, select.POLLIN)
        except BaseException:
            self.close()
            raise

    def _present(self, extension: str) -> int | None:
        """Return the extension's major opcode; None where the server lacks it."""
        asked = extension.encode()
        words = (_QUERY_EXTENSION.size + len(_padded(asked))) // 4
        self.socket.sendall(_QUERY_EXTENSION.pack(98, words, len(asked)) + _padded(asked))
        present, major = _PRESENCE.unpack_from(self._reply())
        return int(major) if present else None

    def _extension(self, name: str) -> int:
        major = self._present(EXTENSION)
        if major is None:
            raise problems.unavailable(
                "The X server {server} lacks {extension}: it is not a whole desktop (Xwayland has none).",
                "Start Fairhour from within your desktop session.",
                server=name,
                extension=EXTENSION,
            )
        return major

    def idle_ms(self, *, watch: bool = False) -> int:
        """Ask, and return the answer. Raises OSError or EOFError; the connection is of no use then.

        ``watch``: have the server tell of input from just before the answer on, if it can: what comes before makes the
        answer a young one, what comes after is told.
        """
        if watch and self._alarm is not None:
            self.watches = True
            self.socket.sendall(self._alarm.request + self._question)
        else:
            self.socket.sendall(self._question)
        return int(_IDLE_MS.unpack_from(self._reply())[0])

    def watch_no_more(self) -> None:
        """Believe in no silence of this server."""
        self._alarm, self.watches = None, False

    def close(self) -> None:
        """Close it, whatever its state."""
        self.socket.close()
        self._let_go()

    def _reply(self) -> bytes:
        while True:
            packet = self._read(_PACKET)
            if packet[0] == _REPLY:
                rest = _WORDS.unpack_from(packet)[0] * 4
                if rest > _LONGEST:
                    raise OSError(f"an answer of {rest} bytes")
                return packet + self._read(rest) if rest else packet
            if packet[0] == _ERROR:
                raise RefusedError(f"X error {packet[1]}")
            # Some events come to everybody, a new keyboard layout for one.

    def _read(self, size: int) -> bytes:
        data = self.socket.recv(size, socket.MSG_WAITALL)
        if len(data) < size:
            raise EOFError("the connection was closed")
        return data


class Line(NamedTuple):
    """A connection: its socket, the first screen's root window, an id that is ours to give, how to let go of it."""

    socket: socket.socket
    root: int
    own_id: int
    let_go: Callable[[], None]


def _connect_soon(name: str, connecting: threading.Lock) -> Line:
    """Connect on a thread that is given up after ``TIMEOUT_S``: libxcb waits for a server that hangs, for ever.

    No second one is started before that one has ended (``connecting``). Raises OSError.
    """
    if not connecting.acquire(blocking=False):
        raise TimeoutError("it does not answer")
    made: queue.SimpleQueue[Line | OSError] = queue.SimpleQueue()
    given_up = threading.Event()

    def run() -> None:
        try:
            made.put(_connect(name))
        except OSError as error:
            made.put(error)
        finally:
            connecting.release()
        if given_up.is_set():
            _hang_up(made)

    threading.Thread(target=run, name="x11", daemon=True).start()
    try:
        answer = made.get(timeout=TIMEOUT_S)
    except queue.Empty:
        given_up.set()
        _hang_up(made)
        raise TimeoutError("it does not answer") from None
    if isinstance(answer, OSError):
        raise answer
    return answer


def _hang_up(made: queue.SimpleQueue[Line | OSError]) -> None:
    """Close a connection that nobody waits for any more."""
    with contextlib.suppress(queue.Empty):
        answer = made.get_nowait()
        if not isinstance(answer, OSError):
            answer.socket.close()
            answer.let_go()


def _connect(name: str) -> Line:
    """Return a line to the X server.

    The counter is the whole server's, so any of its windows would do. Raises OSError.
    """
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = xcb.xcb_get_setup.restype = ctypes.c_void_p
    xcb.xcb_setup_roots_iterator.restype = _Roots
    made = ctypes.c_void_p(xcb.xcb_connect(name.encode(), None))
    try:
        if trouble := xcb.xcb_connection_has_error(made):
            raise OSError(_REFUSED.get(trouble, f"xcb's error {trouble}"))
        setup = xcb.xcb_get_setup(made)
        roots = xcb.xcb_setup_roots_iterator(ctypes.c_void_p(setup))
        root = ctypes.c_uint32.from_address(roots.first).value
        own_id = ctypes.c_uint32.from_address(setup + _RESOURCE_ID_BASE).value
        # A descriptor of its own: closing libxcb's would end the conversation.
        line = socket.socket(fileno=os.dup(xcb.xcb_get_file_descriptor(made)))
        return Line(line, root, own_id, lambda: xcb.xcb_disconnect(made))
    except BaseException:
        xcb.xcb_disconnect(made)
        raise


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)
