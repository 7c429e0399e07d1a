"""The hidden window against stand-ins made from Microsoft's documentation; not yet seen on Windows.

Numbers: winuser.h, wtsapi32.h (learn.microsoft.com/windows/win32/termserv/wm-wtssession-change,
.../power/wm-powerbroadcast, .../shutdown/wm-endsession, .../api/winuser/nf-winuser-registersuspendresumenotification).
"""

import ctypes
import gc
from collections.abc import Callable
from typing import Any

import pytest

from idle import SessionEvent, open_session_watch
from idle.windows_session import WindowClass, open_windows_watch

WINDOW = 0x1234
WINDOW_PROC = ctypes.CFUNCTYPE(ctypes.c_ssize_t, ctypes.c_void_p, ctypes.c_uint, ctypes.c_size_t, ctypes.c_ssize_t)


class Call:
    """A ctypes function: signature attributes may be set on it."""

    restype: Any = None
    argtypes: Any = None

    def __init__(self, does: Callable[..., Any]) -> None:
        self._does = does

    def __call__(self, *arguments: Any) -> Any:
        return self._does(*arguments)


class Windows:
    """user32 and wtsapi32 in one; ``refuses`` names the call that fails."""

    def __init__(self, refuses: str = "") -> None:
        self.log: list[str] = []
        self.procedure: Any = None
        self.DefWindowProcW = Call(lambda *_arguments: 1)
        self.RegisterClassW = self.does("RegisterClassW", refuses, self.keep_procedure)
        self.CreateWindowExW = self.does("CreateWindowExW", refuses)
        self.DestroyWindow = self.does("DestroyWindow", refuses)
        self.RegisterSuspendResumeNotification = self.does("RegisterSuspendResumeNotification", refuses)
        self.UnregisterSuspendResumeNotification = self.does("UnregisterSuspendResumeNotification", refuses)
        self.WTSRegisterSessionNotification = self.does("WTSRegisterSessionNotification", refuses)
        self.WTSUnRegisterSessionNotification = self.does("WTSUnRegisterSessionNotification", refuses)

    def does(self, name: str, refuses: str, then: Callable[..., None] = lambda *_arguments: None) -> Call:
        def call(*arguments: Any) -> int:
            self.log.append(name)
            then(*arguments)
            return 0 if name == refuses else WINDOW

        return Call(call)

    def keep_procedure(self, pointer: Any) -> None:
        # The address, as Windows keeps it: the structure is the caller's and gone afterwards.
        given = ctypes.cast(pointer, ctypes.POINTER(WindowClass)).contents.lpfnWndProc
        self.procedure = WINDOW_PROC(ctypes.cast(given, ctypes.c_void_p).value or 0)

    def send(self, message: int, word: int) -> int:
        return int(self.procedure(WINDOW, message, word, 0))


@pytest.mark.parametrize(
    ("message", "word", "event"),
    [
        (0x02B1, 7, SessionEvent.LOCK),
        (0x02B1, 8, SessionEvent.UNLOCK),
        (0x02B1, 2, SessionEvent.LOCK),
        (0x02B1, 4, SessionEvent.LOCK),
        (0x02B1, 6, SessionEvent.SESSION_END),
        (0x02B1, 1, None),
        (0x0218, 4, SessionEvent.SUSPEND),
        (0x0218, 0x12, SessionEvent.WAKE),
        (0x0218, 7, None),
        (0x0016, 1, SessionEvent.SESSION_END),
        (0x0016, 0, SessionEvent.WAKE),
        (0x0011, 0, None),
    ],
)
def test_messages_become_events_and_are_passed_on(message: int, word: int, event: SessionEvent | None) -> None:
    windows = Windows()
    events: list[SessionEvent] = []
    watch = open_windows_watch(events.append, load=lambda _name: windows)
    assert watch.problem is None
    assert windows.send(message, word) == 1
    assert events == ([event] if event else [])
    watch.close()


def test_closing_gives_everything_back_and_silences_it() -> None:
    windows = Windows()
    events: list[SessionEvent] = []
    watch = open_windows_watch(events.append, load=lambda _name: windows)
    watch.close()
    watch.close()
    assert windows.log[-3:] == [
        "WTSUnRegisterSessionNotification",
        "UnregisterSuspendResumeNotification",
        "DestroyWindow",
    ]
    assert windows.log.count("DestroyWindow") == 1
    windows.send(0x02B1, 7)
    assert events == []


def test_a_forgotten_watch_lives_on_as_long_as_its_window() -> None:
    windows = Windows()
    events: list[SessionEvent] = []
    open_windows_watch(events.append, load=lambda _name: windows)
    gc.collect()
    windows.send(0x02B1, 7)
    assert events == [SessionEvent.LOCK]


@pytest.mark.parametrize("has_call", [True, False])
def test_sleep_is_seen_without_the_notification_of_modern_standby(has_call: bool) -> None:
    windows = Windows(refuses="RegisterSuspendResumeNotification" if has_call else "")
    if not has_call:
        del windows.RegisterSuspendResumeNotification
    events: list[SessionEvent] = []
    watch = open_windows_watch(events.append, load=lambda _name: windows)
    windows.send(0x0218, 4)
    assert events == [SessionEvent.SUSPEND]
    watch.close()
    assert "UnregisterSuspendResumeNotification" not in windows.log


@pytest.mark.parametrize("call", ["RegisterClassW", "CreateWindowExW", "WTSRegisterSessionNotification"])
def test_a_refusal_is_told(call: str) -> None:
    windows = Windows(refuses=call)
    watch = open_windows_watch(lambda _event: None, load=lambda _name: windows)
    assert watch.problem is not None
    assert call in watch.problem.message
    assert ("DestroyWindow" in windows.log) == (call == "WTSRegisterSessionNotification")


def test_elsewhere_the_libraries_are_missing() -> None:
    watch = open_session_watch(lambda _event: None, env={}, system="win32")
    assert watch.name == "none"
    assert watch.problem is not None
