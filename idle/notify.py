"""Wayland desktops that tell when a seat falls idle: KDE, sway, Hyprland, COSMIC and others, not GNOME.

ext-idle-notify-v1 (https://wayland.app/protocols/ext-idle-notify-v1), in version 2 without regard to inhibitors; KDE's
older org_kde_kwin_idle where there is no other. Both send one notice when nothing was touched for a while and one when
something is: nothing comes while the pointer moves, and each call only reads what has come. What was last touched
before a notice is known to the time between two calls; the later moment is taken, so nobody is called idle too early.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from idle import problems, wire
from worktime.errors import Problem

TIMEOUT_S = 1.0
"""Longest wait for the compositor, once, when the connection is made."""
AFTER_MS = 500
"""How long nothing must be touched until the notice comes: input that is younger has the age 0."""

_CALLBACK, _SEAT, _NOTIFIER, _NOTICE = 3, 4, 5, 6
_IDLED, _RESUMED = 0, 1
_EXT, _KDE = "ext_idle_notifier_v1", "org_kde_kwin_idle"
NAMES = {_EXT: "ext-idle-notify", _KDE: "kde-idle"}
_READ = 4096


class NotifyIdle:
    """The notices of the compositor that ``env`` names. Keeps one connection, opened at the first call."""

    problem: Problem | None = None

    def __init__(self, env: Mapping[str, str], *, monotonic_ns: Callable[[], int] = time.monotonic_ns) -> None:
        self._path = socket_path(env)
        self._now_ns = monotonic_ns
        self._notices: _Notices | None = None
        self._lock = threading.Lock()
        self.name = "notify"

    def idle_ms(self) -> int:
        """Return milliseconds since the last input as far as it was noticed. Raises FairhourError; then connects anew.

        ``idle_unavailable`` where the compositor has neither protocol.
        """
        with self._lock:
            try:
                if self._notices is None:
                    self._notices = _Notices(self._path)
                    self.name = NAMES[self._notices.protocol]
                return self._notices.idle_ms(self._now_ns())
            except (OSError, EOFError, ValueError) as error:
                self._drop()
                raise problems.failed(
                    "The Wayland compositor does not answer ({detail}).", detail=error or type(error).__name__
                ) from error

    def close(self) -> None:
        """Close the connection; a later call opens a new one."""
        with self._lock:
            self._drop()

    def _drop(self) -> None:
        notices, self._notices = self._notices, None
        if notices is not None:
            notices.close()


class _Notices:
    """One connection to a compositor, with a notice asked for. Raises OSError, EOFError and ValueError throughout."""

    def __init__(self, path: Path) -> None:
        self._buffer = bytearray()
        self._idle_since_ns: int | None = None
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self._socket.settimeout(TIMEOUT_S)
            self._socket.connect(str(path))
            self.protocol = self._ask()
            self._socket.setblocking(False)
        except BaseException:
            self.close()
            raise

    def idle_ms(self, now_ns: int) -> int:
        """Read what has come; ``now_ns`` of any clock that does not go back."""
        while self._receive():
            for sender, opcode, _ in self._messages():
                if sender == _NOTICE:
                    self._idle_since_ns = now_ns - AFTER_MS * 1_000_000 if opcode == _IDLED else None
        return 0 if self._idle_since_ns is None else (now_ns - self._idle_since_ns) // 1_000_000

    def close(self) -> None:
        self._socket.close()

    def _ask(self) -> str:
        """Look for a notifier and a seat, and ask for the notice; returns the protocol."""
        self._send(wire.message(wire.DISPLAY, 1, wire.REGISTRY), wire.message(wire.DISPLAY, 0, _CALLBACK))
        offered = self._offered()
        protocol = next((each for each in NAMES if each in offered and "wl_seat" in offered), None)
        if protocol is None:
            raise problems.unavailable(
                "This Wayland desktop does not tell when the last input was: it has neither GNOME's idle monitor nor "
                "ext-idle-notify.",
                "Stop the tracker yourself when you leave, or use an X11 session.",
            )
        number, version = offered[protocol]
        version = min(version, 2) if protocol == _EXT else 1
        if protocol == _EXT:
            notice = wire.message(_NOTIFIER, version, _NOTICE, AFTER_MS, _SEAT)  # opcode 2 came with version 2
        else:
            notice = wire.message(_NOTIFIER, 0, _NOTICE, _SEAT, AFTER_MS)
        self._send(
            wire.message(wire.REGISTRY, 0, offered["wl_seat"][0], "wl_seat", 1, _SEAT),
            wire.message(wire.REGISTRY, 0, number, protocol, version, _NOTIFIER),
            notice,
        )
        return protocol

    def _offered(self) -> dict[str, tuple[int, int]]:
        """The first global of each interface: its number and version."""
        found: dict[str, tuple[int, int]] = {}
        while self._receive():
            for sender, opcode, body in self._messages():
                if (sender, opcode) == (wire.REGISTRY, 0):
                    (number,), interface, rest = wire.words_and_text(body, 1)
                    found.setdefault(interface, (number, wire.word(rest)))
                elif sender == _CALLBACK:
                    return found
        raise EOFError("it said nothing")

    def _messages(self) -> list[tuple[int, int, bytes]]:
        found = list(wire.split(self._buffer))
        for sender, opcode, body in found:
            if (sender, opcode) == (wire.DISPLAY, 0):
                raise ValueError(wire.words_and_text(body, 2)[1])
        return found

    def _send(self, *messages: bytes) -> None:
        self._socket.sendall(b"".join(messages))

    def _receive(self) -> bool:
        """Read what there is; False when there is nothing yet, once nothing is waited for any more."""
        with contextlib.suppress(BlockingIOError):
            data = self._socket.recv(_READ)
            if not data:
                raise EOFError("the connection was closed")
            self._buffer += data
            if len(self._buffer) > wire.MAX_BUFFERED:
                raise ValueError("a message without an end")
            return True
        return False


def socket_path(env: Mapping[str, str]) -> Path:
    """Return where the compositor listens: as libwayland finds it."""
    return Path(env.get("XDG_RUNTIME_DIR", "/nonexistent"), env.get("WAYLAND_DISPLAY") or "wayland-0")
