"""Windows: lock, user switch, sleep and log-off, as messages to a hidden window of our own.

https://learn.microsoft.com/windows/win32/termserv/wm-wtssession-change, .../power/wm-powerbroadcast,
.../api/winuser/nf-winuser-registersuspendresumenotification, .../shutdown/wm-endsession. Qt's event loop delivers them:
it pumps the messages of every window of its thread. A message-only window would not do, since power and end-of-session
messages go to top-level windows alone.
"""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Callable
from typing import Any

from idle import problems
from idle.session import Callback, NullWatch, SessionEvent, SessionWatch
from worktime.errors import Problem

WM_ENDSESSION = 0x0016
WM_POWERBROADCAST = 0x0218
WM_WTSSESSION_CHANGE = 0x02B1

# (message, wParam) -> event. A connected session still shows the lock screen: only WTS_SESSION_UNLOCK is an unlock.
# PBT_APMRESUMEAUTOMATIC comes on every resume; PBT_APMRESUMESUSPEND would tell the same a second time.
# WM_QUERYENDSESSION decides nothing, but Qt has its program save then; WM_ENDSESSION with 0: nothing came of it.
EVENTS = {
    (WM_ENDSESSION, 0): SessionEvent.WAKE,
    (WM_ENDSESSION, 1): SessionEvent.SESSION_END,
    (WM_POWERBROADCAST, 0x4): SessionEvent.SUSPEND,
    (WM_POWERBROADCAST, 0x12): SessionEvent.WAKE,
    (WM_WTSSESSION_CHANGE, 0x2): SessionEvent.LOCK,  # WTS_CONSOLE_DISCONNECT
    (WM_WTSSESSION_CHANGE, 0x4): SessionEvent.LOCK,  # WTS_REMOTE_DISCONNECT
    (WM_WTSSESSION_CHANGE, 0x6): SessionEvent.SESSION_END,  # WTS_SESSION_LOGOFF
    (WM_WTSSESSION_CHANGE, 0x7): SessionEvent.LOCK,  # WTS_SESSION_LOCK
    (WM_WTSSESSION_CHANGE, 0x8): SessionEvent.UNLOCK,  # WTS_SESSION_UNLOCK
}
THIS_SESSION = 0
TO_A_WINDOW = 0
"""NOTIFY_FOR_THIS_SESSION, DEVICE_NOTIFY_WINDOW_HANDLE."""

# On 64-bit Windows the one calling convention is C's, so CFUNCTYPE and CDLL serve.
_WindowProc = ctypes.CFUNCTYPE(ctypes.c_ssize_t, ctypes.c_void_p, ctypes.c_uint, ctypes.c_size_t, ctypes.c_ssize_t)
_numbers = itertools.count()
# Windows calls a watch's procedure without holding a reference: it must live until its window is gone.
_open: set[WindowsWatch] = set()


class WindowClass(ctypes.Structure):
    """WNDCLASSW of winuser.h."""

    _fields_ = (
        ("style", ctypes.c_uint),
        ("lpfnWndProc", _WindowProc),
        ("cbClsExtra", ctypes.c_int),
        ("cbWndExtra", ctypes.c_int),
        ("hInstance", ctypes.c_void_p),
        ("hIcon", ctypes.c_void_p),
        ("hCursor", ctypes.c_void_p),
        ("hbrBackground", ctypes.c_void_p),
        ("lpszMenuName", ctypes.c_wchar_p),
        ("lpszClassName", ctypes.c_wchar_p),
    )


def open_windows_watch(callback: Callback, *, load: Callable[[str], Any] = ctypes.CDLL) -> SessionWatch:
    """Return a running watch, or one that says why there is none. ``load`` opens a DLL by name; tests replace it."""
    try:
        return WindowsWatch(callback, load)
    except OSError as error:
        return NullWatch(
            problems.session_unavailable("Windows did not let Fairhour listen ({detail}).", detail=error).problem
        )


class WindowsWatch:
    """Owns the hidden window. Raises OSError when Windows refuses it."""

    name = "windows"
    problem: Problem | None = None

    def __init__(self, callback: Callback, load: Callable[[str], Any]) -> None:
        self._callback = callback
        self._user32, self._wts = load("user32"), load("wtsapi32")
        self._default = self._user32.DefWindowProcW
        self._default.restype = ctypes.c_ssize_t
        self._default.argtypes = (ctypes.c_void_p, ctypes.c_uint, ctypes.c_size_t, ctypes.c_ssize_t)
        self._procedure = _WindowProc(self._on_message)
        self._window: int | None = self._make_window()
        register = self._wts.WTSRegisterSessionNotification
        register.argtypes = (ctypes.c_void_p, ctypes.c_uint)
        if not register(self._window, THIS_SESSION):
            self._destroy()
            raise OSError("WTSRegisterSessionNotification failed")
        self._power = self._register_power()
        _open.add(self)

    def close(self) -> None:
        """Stop watching; no event comes afterwards. May be called twice."""
        if self._window is not None:
            unregister = self._wts.WTSUnRegisterSessionNotification
            unregister.argtypes = (ctypes.c_void_p,)
            unregister(self._window)
            if self._power:
                unregister_power = self._user32.UnregisterSuspendResumeNotification
                unregister_power.argtypes = (ctypes.c_void_p,)
                unregister_power(self._power)
            self._destroy()

    def _register_power(self) -> int:
        """Ask for sleep to be told on modern standby, too, which broadcasts nothing; 0 where there is no such call."""
        try:
            register = self._user32.RegisterSuspendResumeNotification
        except AttributeError:
            return 0
        register.restype = ctypes.c_void_p
        register.argtypes = (ctypes.c_void_p, ctypes.c_uint)
        return int(register(self._window, TO_A_WINDOW) or 0)

    def _make_window(self) -> int:
        window_class = WindowClass(lpfnWndProc=self._procedure, lpszClassName=f"FairhourSession{next(_numbers)}")
        if not self._user32.RegisterClassW(ctypes.byref(window_class)):
            raise OSError("RegisterClassW failed")
        create = self._user32.CreateWindowExW
        create.restype = ctypes.c_void_p
        create.argtypes = (
            *(ctypes.c_uint, ctypes.c_wchar_p, ctypes.c_wchar_p, ctypes.c_uint),
            *(ctypes.c_int,) * 4,
            *(ctypes.c_void_p,) * 4,
        )
        window = create(0, window_class.lpszClassName, "Fairhour", 0, 0, 0, 0, 0, None, None, None, None)
        if not window:
            raise OSError("CreateWindowExW failed")
        return int(window)

    def _destroy(self) -> None:
        destroy = self._user32.DestroyWindow
        destroy.argtypes = (ctypes.c_void_p,)
        destroy(self._window)
        self._window = None
        _open.discard(self)

    def _on_message(self, window: int, message: int, word: int, value: int) -> int:
        event = EVENTS.get((message, word))
        if event is not None and self._window is not None:
            self._callback(event)
        return int(self._default(window, message, word, value))
