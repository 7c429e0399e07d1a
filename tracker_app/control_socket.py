"""The control socket's door on POSIX systems: a Unix socket for the owner alone, read on Qt's thread.

QLocalServer would do the same and load Qt's network library for it (3 MB); on Windows it stands in ``control_pipe``.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, QSocketNotifier

log = logging.getLogger(__name__)

ANSWER_S = 2.0
"""Real seconds in which whoever asked must have taken the answer: Qt's thread waits for it."""
_WAITING = 16


class Door(QObject):
    """Listens at ``name``. ``answer`` turns a line into a line; ``longest``: bytes of one. Raises OSError."""

    def __init__(
        self, name: str, answer: Callable[[bytes], bytes], longest: int, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._answer = answer
        self._longest = longest
        self._open: dict[socket.socket, tuple[QSocketNotifier, bytearray]] = {}
        self._path = Path(name)
        # Whoever holds the single instance's lock may remove what a killed tracker left behind.
        self._path.unlink(missing_ok=True)
        self._server = socket.socket(socket.AF_UNIX)
        mask = os.umask(0o177)
        try:
            self._server.bind(name)
            self._server.listen(_WAITING)
        except OSError:
            self._server.close()
            raise
        finally:
            os.umask(mask)
        self._server.setblocking(False)
        self._notifier = QSocketNotifier(self._server.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._accept)

    def close(self) -> None:
        """Stop listening and remove the socket."""
        self._notifier.setEnabled(False)
        for connection in [*self._open]:
            self._leave(connection)
        self._server.close()
        self._path.unlink(missing_ok=True)

    def _accept(self) -> None:
        with suppress(OSError):
            connection, _ = self._server.accept()
            connection.setblocking(False)
            notifier = QSocketNotifier(connection.fileno(), QSocketNotifier.Type.Read, self)
            self._open[connection] = (notifier, bytearray())
            notifier.activated.connect(lambda: self._read(connection))

    def _read(self, connection: socket.socket) -> None:
        if connection not in self._open:
            return
        _, line = self._open[connection]
        try:
            part = connection.recv(self._longest)
        except BlockingIOError:
            return
        except OSError:
            part = b""
        line += part
        end = line.find(b"\n") + 1
        if not part or (not end and len(line) > self._longest):
            self._leave(connection)
        elif end:
            asked = bytes(line[:end])
            del line[:end]
            self._tell(connection, self._answer(asked))

    def _tell(self, connection: socket.socket, answer: bytes) -> None:
        try:
            connection.settimeout(ANSWER_S)
            connection.sendall(answer)
            connection.setblocking(False)
        except OSError as error:
            log.info("an answer was not taken: %s", error)
            self._leave(connection)

    def _leave(self, connection: socket.socket) -> None:
        if connection in self._open:
            notifier, _ = self._open.pop(connection)
            notifier.setEnabled(False)
            notifier.deleteLater()
            connection.close()
