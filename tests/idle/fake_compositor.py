"""Plays a Wayland compositor that tells idle notices, in a thread of the test, at the level of the wire protocol.

sway 1.7, which the real tests run on, has KDE's older protocol alone: ext-idle-notify-v1 is played here after its XML
(https://wayland.app/protocols/ext-idle-notify-v1) until a newer compositor replaces it.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from idle import wire

GLOBALS = {
    "ext2": (("wl_compositor", 5), ("wl_seat", 8), ("ext_idle_notifier_v1", 2), ("org_kde_kwin_idle", 1)),
    "ext1": (("wl_seat", 8), ("ext_idle_notifier_v1", 1)),
    "kde": (("org_kde_kwin_idle", 1), ("wl_seat", 8)),
    "neither": (("wl_seat", 8), ("wl_shm", 1)),
    "no_seat": (("ext_idle_notifier_v1", 2),),
}
IDLED, RESUMED = 0, 1


class Compositor:
    """Listens in ``folder``; ``requests`` are what a client sent after its look round: (object, opcode, words)."""

    def __init__(self, folder: Path, offered: Sequence[tuple[str, int]]) -> None:
        self.env = {"XDG_RUNTIME_DIR": str(folder), "WAYLAND_DISPLAY": "wayland-7"}
        self.requests: list[tuple[int, int, bytes]] = []
        self.asked = threading.Event()
        self.silent = False
        self._offered = offered
        self._clients: list[socket.socket] = []
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / "wayland-7"))
        self._listener.listen()
        self._thread = threading.Thread(target=self._serve, name="compositor", daemon=True)
        self._thread.start()

    def tell(self, *events: int, notice: int = 6) -> None:
        """Send these events of the notice in one write."""
        self.send(b"".join(wire.message(notice, event) for event in events))

    def send(self, data: bytes) -> None:
        """Send bytes to the newest client, which must have asked for its notice."""
        assert self.asked.wait(10)
        self._clients[-1].sendall(data)

    def hang_up(self) -> None:
        """Close the newest client's connection."""
        self.asked.clear()
        self._clients[-1].shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """End."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for client in self._clients:
            client.close()
        self._thread.join(10)

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self._clients.append(client)
                threading.Thread(target=self._answer, args=(client,), name="client", daemon=True).start()

    def _answer(self, client: socket.socket) -> None:
        buffer = bytearray()
        with contextlib.suppress(OSError):
            while data := client.recv(4096):
                buffer += data
                for target, opcode, body in wire.split(buffer):
                    if (target, opcode) == (1, 0) and not self.silent:
                        self._look_round(client, wire.word(body))
                    elif target != 1:
                        self.requests.append((target, opcode, body))
                        if target == 5:
                            self.asked.set()

    def _look_round(self, client: socket.socket, callback: int) -> None:
        said = [
            wire.message(2, 0, number, interface, version)
            for number, (interface, version) in enumerate(self._offered, start=10)
        ]
        whole = b"".join([*said, wire.message(callback, 0, 1), wire.message(1, 1, callback)])
        # In two pieces, as sockets like it.
        client.sendall(whole[:21])
        client.sendall(whole[21:])


@contextlib.contextmanager
def compositor(folder: Path, kind: str) -> Iterator[Compositor]:
    """Run one of ``GLOBALS`` while the context lasts."""
    playing = Compositor(folder, GLOBALS[kind])
    try:
        yield playing
    finally:
        playing.close()
