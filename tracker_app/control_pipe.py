"""The control socket's door on Windows: a named pipe for the owner alone. Elsewhere ``control_socket`` is lighter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket


class Door(QObject):
    """Listens at ``name``. ``answer`` turns a line into a line; ``longest``: bytes of one. Raises OSError."""

    def __init__(
        self, name: str, answer: Callable[[bytes], bytes], longest: int, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._answer = answer
        self._longest = longest
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)
        # Whoever holds the single instance's lock may remove what a killed tracker left behind.
        QLocalServer.removeServer(name)
        if not self._server.listen(name):
            raise OSError(self._server.errorString())

    def close(self) -> None:
        """Stop listening and remove the socket."""
        self._server.close()

    def _accept(self) -> None:
        while (connection := self._server.nextPendingConnection()) is not None:
            connection.readyRead.connect(lambda c=connection: self._read(c))
            connection.disconnected.connect(connection.deleteLater)

    def _read(self, connection: QLocalSocket) -> None:
        if not connection.canReadLine():
            if connection.bytesAvailable() > self._longest:
                connection.abort()
            return
        connection.write(self._answer(bytes(connection.readLine(self._longest).data())))
        connection.flush()
