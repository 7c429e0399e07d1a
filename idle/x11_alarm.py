"""X11's SYNC extension: the server says by itself when something is touched, where it has a counter of idle time.

An alarm on its counter IDLETIME: one packet comes as soon as the counter is low, which it is after any input, and at
once if it is when the alarm is set. It tells that something was touched, not what.
"""

from __future__ import annotations

import logging
import struct
from collections.abc import Callable

log = logging.getLogger(__name__)

EXTENSION = "SYNC"
COUNTER = b"IDLETIME"
LOW_MS = 1000

# The SYNC extension's protocol, "Encoding": opcode, minor opcode, length in words.
_HEAD = struct.Struct("=BBH")
_VERSION = struct.Struct("=BBxx")
_INITIALIZE, _LIST_COUNTERS, _CREATE_ALARM, _CHANGE_ALARM = 0, 1, 8, 9
_COUNT = struct.Struct("=8xi")
_COUNTERS = 32
_ENTRY = struct.Struct("=I8xH")
_ALARM = struct.Struct("=IIIIiIIiII")
"""Id, mask, counter, kind of value, value (high and low half), test, delta (high and low half), events."""
_ALL, _ABSOLUTE, _AT_MOST, _TOLD = 0b111111, 0, 3, 1


class RefusedError(OSError):
    """The server has something against a request; what it says of others is as good as before."""


class Alarm:
    """Goes off at the next input, once for each ``request`` that is sent; what comes then is for whoever reads the
    connection."""

    def __init__(self, major: int, settings: bytes) -> None:
        self.request = _message(major, _CHANGE_ALARM, settings)

    @staticmethod
    def find(
        present: Callable[[str], int | None], send: Callable[[bytes], None], reply: Callable[[], bytes], own_id: int
    ) -> Alarm | None:
        """Return the alarm of a connection, with an id that the client may give; None where the server has none.

        ``present`` asks for an extension's opcode, ``reply`` returns the next reply, whole, or raises RefusedError.
        Raises OSError and EOFError when the connection is of no use, an answer that did not come in time included: it
        would be taken for that to another question.
        """
        major = present(EXTENSION)
        if major is None:
            return None
        try:
            send(_message(major, _INITIALIZE, _VERSION.pack(3, 1)))
            reply()
            send(_message(major, _LIST_COUNTERS, b""))
            counter = _counter(reply())
        except (RefusedError, struct.error) as error:
            log.info("the X server does not tell of input: %s", error)
            return None
        if counter is None:
            return None
        settings = _ALARM.pack(own_id, _ALL, counter, _ABSOLUTE, 0, LOW_MS, _AT_MOST, 0, 0, _TOLD)
        send(_message(major, _CREATE_ALARM, settings))
        try:
            present(EXTENSION)
        except RefusedError as error:
            # In place of an answer comes what the server has against the alarm; the answer follows.
            log.info("the X server sets no alarm: %s", error)
            reply()
            return None
        return Alarm(major, settings)


def _message(major: int, minor: int, body: bytes) -> bytes:
    return _HEAD.pack(major, minor, (_HEAD.size + len(body)) // 4) + body


def _counter(reply: bytes) -> int | None:
    """Return the idle counter of those that a server lists. Raises struct.error for a list that is cut."""
    at = _COUNTERS
    for _ in range(_COUNT.unpack_from(reply)[0]):
        counter, length = _ENTRY.unpack_from(reply, at)
        at += _ENTRY.size
        if reply[at : at + length] == COUNTER:
            return int(counter)
        at += length + -(_ENTRY.size + length) % 4
    return None
