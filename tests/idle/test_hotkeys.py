"""Keys for every program: on a real X server, and on Windows as its documentation describes it."""

from __future__ import annotations

import ctypes
import gc
import queue
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from Xlib import XK, X
from Xlib.display import Display
from Xlib.ext import xtest

from idle import hotkeys
from idle.hotkeys_windows import NO_REPEAT, WM_HOTKEY, WM_QUIT, WindowsHotkeys
from idle.hotkeys_x11 import AGAIN_MS, X11Hotkeys, _Watch

SOON_S = 20.0
BOTH = {"start_stop": "Ctrl+Alt+R", "private": "Meta+Shift+F9"}


class Pressed:
    """What the keys were pressed for."""

    def __init__(self) -> None:
        self.names: queue.Queue[str] = queue.Queue()

    def __call__(self, name: str) -> None:
        self.names.put(name)

    def next(self) -> str:
        return self.names.get(timeout=SOON_S)


@pytest.fixture
def pressed() -> Pressed:
    return Pressed()


@pytest.fixture
def screen() -> Iterator[Display]:
    """The test desktop's X server, to type on."""
    made = Display()
    yield made
    made.close()


@pytest.fixture
def keys(screen: Display, pressed: Pressed) -> Iterator[X11Hotkeys]:
    made = X11Hotkeys(screen.get_display_name(), pressed)
    yield made
    made.close()


def press(screen: Display, *names: str) -> None:
    """Press keys one after the other and let go of them in reverse."""
    codes = [screen.keysym_to_keycode(XK.string_to_keysym(name)) for name in names]
    for code in codes:
        xtest.fake_input(screen, X.KeyPress, code)
    for code in reversed(codes):
        xtest.fake_input(screen, X.KeyRelease, code)
    screen.sync()


def test_x11_tells_of_the_chosen_keys_alone_whatever_is_locked(
    keys: X11Hotkeys, screen: Display, pressed: Pressed
) -> None:
    assert keys.use(BOTH) == {}
    press(screen, "r")
    press(screen, "Control_L", "r")
    press(screen, "Caps_Lock")
    try:
        press(screen, "Control_L", "Alt_L", "r")
        assert pressed.next() == "start_stop"
    finally:
        press(screen, "Caps_Lock")
    press(screen, "Super_L", "Shift_L", "F9")
    assert pressed.next() == "private"
    assert pressed.names.empty()


def test_x11_says_which_keys_are_taken_and_gives_back_what_it_has(
    keys: X11Hotkeys, screen: Display, pressed: Pressed
) -> None:
    other = X11Hotkeys(screen.get_display_name(), pressed)
    try:
        assert other.use({"private": "Ctrl+Alt+R"}) == {}
        assert {name: problem.code for name, problem in keys.use(BOTH).items()} == {"start_stop": "hotkeys_taken"}
        press(screen, "Super_L", "Shift_L", "F9")
        assert pressed.next() == "private"
        assert other.use({"private": ""}) == {}
        assert keys.use(BOTH) == {}, "they are free again"
    finally:
        other.close()


def test_x11_counts_a_key_that_is_held_once(screen: Display, pressed: Pressed) -> None:
    watch = _Watch(screen.get_display_name(), pressed)
    watch._names[10, 4] = "start_stop"
    for at_ms in (0, 660, 690, 720, 720 + AGAIN_MS, (1 << 32) - 500, 600):
        watch._press(10, 4, at_ms)
    watch._press(11, 4, 0)
    assert pressed.names.qsize() == 4, "the first, after a pause, after a long one, and after the clock went round"
    watch.close()


# python-xlib leaves its sockets open where it could not connect.
@pytest.mark.filterwarnings("ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning")
def test_a_display_that_is_not_there_is_told(
    pressed: Pressed, screen: Display, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = X11Hotkeys(":4711", pressed)
    assert {name: problem.code for name, problem in gone.use(BOTH).items()} == dict.fromkeys(BOTH, "hotkeys_failed")
    gone.close()
    gc.collect()
    monkeypatch.setattr(Display, "keysym_to_keycode", lambda _self, _keysym: 0)
    here = X11Hotkeys(screen.get_display_name(), pressed)
    assert {problem.code for problem in here.use(BOTH).values()} == {"hotkeys_unknown"}
    here.close()


@pytest.mark.parametrize(
    ("env", "system", "said"),
    [
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "linux", "Wayland lets no program"),
        ({}, "linux", "There is no display"),
        ({}, "darwin", "On macOS"),
    ],
)
def test_where_it_is_not_possible_it_says_so_and_names_another_way(
    env: dict[str, str], system: str, said: str, pressed: Pressed
) -> None:
    none = hotkeys.open_hotkeys(pressed, env=env, system=system)
    assert none.problem is not None
    assert said in none.problem.message
    assert "fairhour toggle" in none.problem.action
    assert none.use(BOTH) == {}
    none.close()


def test_where_it_is_possible_there_is_nothing_to_say(pressed: Pressed) -> None:
    assert isinstance(hotkeys.open_hotkeys(pressed, env={"DISPLAY": ":0"}, system="linux"), X11Hotkeys)
    assert isinstance(hotkeys.open_hotkeys(pressed, env={}, system="win32"), WindowsHotkeys)


class FakeWindows:
    """user32 and kernel32: one thread's hot keys and its queue of messages."""

    def __init__(self, taken: set[int] | None = None, *, broken: bool = False) -> None:
        self.taken = taken or set()
        self.broken = broken
        self.registered: dict[int, tuple[int, int]] = {}
        self.messages: queue.Queue[tuple[int, int]] = queue.Queue()
        self.thread = 0

    def load(self, _name: str) -> FakeWindows:
        if self.broken:
            raise OSError("no such library")
        return self

    def GetCurrentThreadId(self) -> int:
        self.thread = threading.get_ident() % (1 << 32)
        return self.thread

    def RegisterHotKey(self, hwnd: object, number: int, flags: int, key: int) -> int:
        assert hwnd is None, "messages go to the thread then"
        assert self.thread == threading.get_ident() % (1 << 32), "its queue gets the messages"
        if key in self.taken:
            return 0
        self.registered[number] = (flags, key)
        return 1

    def UnregisterHotKey(self, _hwnd: object, number: int) -> int:
        del self.registered[number]
        return 1

    def GetMessageW(self, place: Any, _hwnd: object, _first: int, _last: int) -> int:
        message = place._obj
        message.message, message.wParam = self.messages.get(timeout=SOON_S)
        return int(message.message != WM_QUIT)

    def PostThreadMessageW(self, thread: int, message: int, w: int, _l: int) -> int:
        assert thread == self.thread
        self.messages.put((message, w))
        return 1


def test_windows_registers_tells_and_gives_back(pressed: Pressed) -> None:
    windows = FakeWindows()
    keys = WindowsHotkeys(pressed, load=windows.load)
    assert keys.use(BOTH) == {}
    assert windows.registered == {1: (NO_REPEAT | 0x3, ord("R")), 2: (NO_REPEAT | 0xC, 0x78)}
    for message in ((0x0400, 1), (WM_HOTKEY, 7), (WM_HOTKEY, 2), (WM_HOTKEY, 1)):
        windows.messages.put(message)
    assert [pressed.next(), pressed.next()] == ["private", "start_stop"]
    assert keys.use({"start_stop": ""}) == {}
    assert windows.registered == {}
    keys.close()
    assert ctypes.sizeof(ctypes.c_size_t) == ctypes.sizeof(ctypes.c_void_p), "as WPARAM"


def test_windows_says_what_is_taken_and_what_is_broken(pressed: Pressed) -> None:
    keys = WindowsHotkeys(pressed, load=FakeWindows(taken={ord("R")}).load)
    assert {name: problem.code for name, problem in keys.use(BOTH).items()} == {"start_stop": "hotkeys_taken"}
    keys.close()
    broken = WindowsHotkeys(pressed, load=FakeWindows(broken=True).load)
    assert {problem.code for problem in broken.use(BOTH).values()} == {"hotkeys_failed"}
    broken.close()
