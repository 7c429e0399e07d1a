"""Linux: lock, user switch, sleep and shutdown from logind, and the screen savers' own signal where logind is silent.

https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html. Signals and scalar properties go
through QtDBus, which delivers them on the Qt thread; the inhibitor's file descriptor through jeepney.
"""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage, QDBusVariant

from idle import inhibitor, problems
from idle.session import Callback, SessionEvent
from worktime.errors import Problem

LOGIND = "org.freedesktop.login1"
MANAGER_PATH = "/org/freedesktop/login1"
MANAGER = "org.freedesktop.login1.Manager"
SESSION = "org.freedesktop.login1.Session"
PROPERTIES = "org.freedesktop.DBus.Properties"
SYSTEM_BUS = "unix:path=/run/dbus/system_bus_socket"
CALL_TIMEOUT_MS = 1000

# Desktops that don't set logind's LockedHint. GNOME's own screen saver is left out on purpose: it signals a blanked
# screen that is not locked, and GNOME does set the hint.
SCREEN_SAVERS = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
    ("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"),
    ("org.mate.ScreenSaver", "/org/mate/ScreenSaver"),
    ("org.xfce.ScreenSaver", "/org/xfce/ScreenSaver"),
)

_numbers = itertools.count()


class LinuxWatch(QObject):
    """Watches the session that this process belongs to, on the system and session buses named by ``env``."""

    def __init__(self, callback: Callback, env: Mapping[str, str]) -> None:
        super().__init__()
        self._callback = callback
        self._away: set[str] = set()
        self._closed = False
        self._inhibitor: int | None = None
        self._system_address = env.get("DBUS_SYSTEM_BUS_ADDRESS") or SYSTEM_BUS
        self._names = [f"fairhour-system-{next(_numbers)}", f"fairhour-session-{next(_numbers)}"]
        # Connections of our own: the shared ones are opened once per process, whatever the environment says later.
        self._system = QDBusConnection.connectToBus(self._system_address, self._names[0])
        self._session_bus = QDBusConnection.connectToBus(_session_address(env), self._names[1])
        self._session_path = self._find_session(env.get("XDG_SESSION_ID", ""))
        self._has_logind = self._connect_manager()
        has_saver = self._connect_screen_savers()
        if self._session_path:
            self._connect_session()
        if self._has_logind:
            self._hold()
        seen = [part for part, there in (("logind", self._has_logind), ("screensaver", has_saver)) if there]
        self.name = "+".join(seen) or "none"
        self.problem: Problem | None = self._missing(has_saver=has_saver)

    def close(self) -> None:
        """Stop watching and let the machine sleep without us."""
        if self._closed:
            return
        self._closed = True
        self._release()
        for name in self._names:
            QDBusConnection.disconnectFromBus(name)

    # -- what the buses tell ------------------------------------------------------------------------------------------

    @Slot()
    def on_lock(self) -> None:
        """logind asks the session to lock. Told on even when known: some lockers never tell that they are gone."""
        self._away.add("lock")
        self._tell(SessionEvent.LOCK)

    @Slot()
    def on_unlock(self) -> None:
        """logind asks the session to unlock: whatever said "locked" no longer holds."""
        self._back("lock", "hint", "saver")

    @Slot()
    def on_session_changed(self) -> None:
        """A property of the session changed; QtDBus can't read which, so both are read."""
        locked, active = self._property("LockedHint"), self._property("Active")
        if active is not None:
            self._set_away("switched", away=not active)
        if locked is not None:
            self._set_away("hint", away=locked)

    @Slot(bool)
    def on_saver(self, active: bool) -> None:
        """A screen saver covers the screens, or no longer does."""
        self._set_away("saver", away=active)

    @Slot(bool)
    def on_sleep(self, going: bool) -> None:
        """The machine is about to sleep, or woke up."""
        self._going(SessionEvent.SUSPEND, going=going)

    @Slot(bool)
    def on_shutdown(self, going: bool) -> None:
        """The machine is about to go down, or no longer is."""
        self._going(SessionEvent.SESSION_END, going=going)

    # -- what becomes of it -------------------------------------------------------------------------------------------

    def _going(self, event: SessionEvent, *, going: bool) -> None:
        if not going:
            self._hold()
            self._tell(SessionEvent.WAKE)
            return
        try:
            self._tell(event)
        finally:
            self._release()

    def _set_away(self, reason: str, *, away: bool) -> None:
        if away == (reason in self._away):
            return
        if not away:
            # A hint that falls also ends a Lock signal: GNOME and KDE unlock without an Unlock signal.
            self._back(reason, *(("lock",) if reason in ("hint", "saver") else ()))
            return
        first = not self._away
        self._away.add(reason)
        if first:
            self._tell(SessionEvent.LOCK)

    def _back(self, *reasons: str) -> None:
        before = bool(self._away)
        self._away.difference_update(reasons)
        if before and not self._away:
            self._tell(SessionEvent.UNLOCK)

    def _tell(self, event: SessionEvent) -> None:
        if not self._closed:
            self._callback(event)

    def _hold(self) -> None:
        if self._inhibitor is None and not self._closed:
            self._inhibitor = inhibitor.take(self._system_address)

    def _release(self) -> None:
        descriptor, self._inhibitor = self._inhibitor, None
        if descriptor is not None:
            with contextlib.suppress(OSError):
                os.close(descriptor)

    # -- connecting ---------------------------------------------------------------------------------------------------

    def _connect_manager(self) -> bool:
        self._listen(MANAGER_PATH, MANAGER, "PrepareForSleep", "on_sleep(bool)")
        self._listen(MANAGER_PATH, MANAGER, "PrepareForShutdown", "on_shutdown(bool)")
        # Listening is asynchronous, this call is not: once it is answered no signal is missed.
        return self._call(MANAGER_PATH, PROPERTIES, "Get", MANAGER, "PreparingForSleep") is not None

    def _connect_session(self) -> None:
        self._listen(self._session_path, SESSION, "Lock", "on_lock()")
        self._listen(self._session_path, SESSION, "Unlock", "on_unlock()")
        self._listen(self._session_path, PROPERTIES, "PropertiesChanged", "on_session_changed()")
        # Nothing can be recording yet, so a session that is locked already is noted and not told.
        if self._property("LockedHint"):
            self._away.add("hint")

    def _listen(self, path: str, interface: str, signal: str, slot: str) -> None:
        self._system.connect(LOGIND, path, interface, signal, self, _slot(slot))

    def _connect_screen_savers(self) -> bool:
        if not self._session_bus.isConnected():
            return False
        for service, path in SCREEN_SAVERS:
            self._session_bus.connect(service, path, service, "ActiveChanged", self, _slot("on_saver(bool)"))
        names = self._session_bus.interface()
        return any(names.isServiceRegistered(service).value() for service, _ in SCREEN_SAVERS)

    def _find_session(self, session_id: str) -> str:
        """The session's object path: by the login's own id, else by what logind makes of this process; else empty."""
        for name in filter(None, (session_id, "auto")):
            if (found := self._call(MANAGER_PATH, MANAGER, "GetSession", name)) is not None:
                return str(found.path())
        return ""

    def _property(self, name: str) -> bool | None:
        value = self._call(self._session_path, PROPERTIES, "Get", SESSION, name)
        return None if value is None else bool(value)

    def _call(self, path: str, interface: str, member: str, *arguments: str) -> Any:
        """The first value of logind's answer; None when it did not answer or refused."""
        if not self._system.isConnected():
            return None
        message = QDBusMessage.createMethodCall(LOGIND, path, interface, member)
        message.setArguments(list(arguments))
        reply = self._system.call(message, QDBus.CallMode.Block, CALL_TIMEOUT_MS)
        if reply.type() is not QDBusMessage.MessageType.ReplyMessage or not reply.arguments():
            return None
        value = reply.arguments()[0]
        return value.variant() if isinstance(value, QDBusVariant) else value

    def _missing(self, *, has_saver: bool) -> Problem | None:
        if self._has_logind and (self._session_path or has_saver):
            return None
        if self._has_logind:
            return problems.session_unavailable(
                "logind knows no session of this program, and no screen saver is running, so a lock goes unseen."
            ).problem
        if has_saver:
            return problems.session_unavailable("logind is not running, so sleep and shutdown go unseen.").problem
        return problems.session_unavailable("Neither logind nor a screen saver is running.").problem


def _session_address(env: Mapping[str, str]) -> str:
    return env.get("DBUS_SESSION_BUS_ADDRESS") or f"unix:path={env.get('XDG_RUNTIME_DIR', '/nonexistent')}/bus"


def _slot(signature: str) -> Any:
    # PySide6's stub asks for bytes; connect() itself takes nothing but the str that SLOT() gives.
    return SLOT(signature)
