"""Windows and macOS counters against stand-ins made from the vendors' documentation; not yet seen on those systems.

GetLastInputInfo, GetTickCount: learn.microsoft.com/windows/win32/api/winuser, .../api/sysinfoapi.
CGEventSourceSecondsSinceLastEventType: developer.apple.com/documentation/coregraphics.
"""

import ctypes
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idle.macos import MacIdle
from idle.macos_trust import examine_accessibility, is_trusted
from idle.windows import LastInputInfo, WindowsIdle, age_ms
from worktime.errors import FairhourError

WRAP = 1 << 32


def windows(tick: int, last_input: int, *, answered: int = 1) -> WindowsIdle:
    """A Windows whose clock says ``tick``. ctypes returns a DWORD as a signed int when no restype is set."""

    def last(pointer: Any) -> int:
        info = ctypes.cast(pointer, ctypes.POINTER(LastInputInfo)).contents
        assert info.cbSize == 8
        info.dwTime = last_input
        return answered

    libraries = {
        "user32": SimpleNamespace(GetLastInputInfo=last),
        "kernel32": SimpleNamespace(GetTickCount=lambda: ctypes.c_int32(tick).value),
    }
    return WindowsIdle(load=libraries.__getitem__)


@given(last_input=st.integers(0, WRAP - 1), age=st.integers(0, WRAP - 1001))
def test_ages_are_right_across_the_wrap_of_49_days(last_input: int, age: int) -> None:
    tick = (last_input + age) % WRAP
    assert age_ms(tick, last_input) == age
    assert windows(tick, last_input).idle_ms() == age


@given(tick=st.integers(0, WRAP - 1), ahead=st.integers(1, 1000))
def test_input_stamped_ahead_of_the_clock_is_age_zero(tick: int, ahead: int) -> None:
    assert windows(tick, (tick + ahead) % WRAP).idle_ms() == 0


def test_a_failing_windows_call_is_an_error() -> None:
    with pytest.raises(FairhourError, match="GetLastInputInfo failed"):
        windows(5, 3, answered=0).idle_ms()


def mac(seconds: float) -> tuple[MacIdle, Any]:
    class Call:
        restype: Any = None
        argtypes: Any = None

        def __call__(self, state: int, kind: int) -> float:
            assert (state, kind) == (0, 0xFFFFFFFF)
            return seconds

    call = Call()
    return MacIdle(load=lambda _path: SimpleNamespace(CGEventSourceSecondsSinceLastEventType=call)), call


def test_macos_seconds_become_milliseconds_and_the_signature_is_set() -> None:
    source, call = mac(1440.5)
    assert source.idle_ms() == 1_440_500
    assert call.restype is ctypes.c_double
    assert call.argtypes == (ctypes.c_int32, ctypes.c_uint32)


@pytest.mark.parametrize("seconds", [float("nan"), float("inf"), -1.0])
def test_macos_nonsense_is_an_error(seconds: float) -> None:
    with pytest.raises(FairhourError, match="last input"):
        mac(seconds)[0].idle_ms()


@pytest.mark.parametrize("source", [WindowsIdle(), MacIdle()], ids=lambda source: source.name)
def test_elsewhere_the_libraries_are_missing(source: WindowsIdle | MacIdle) -> None:
    with pytest.raises(FairhourError) as caught:
        source.idle_ms()
    assert caught.value.problem.code == "idle_failed"


class Trust:
    """AXIsProcessTrusted of a macOS on which the user may switch it."""

    restype: Any = None
    argtypes: Any = None

    def __init__(self) -> None:
        self.on = False

    def __call__(self) -> bool:
        assert (self.restype, self.argtypes) == (ctypes.c_bool, [])
        return self.on


def test_macos_tells_whether_accessibility_is_switched_on_each_time_it_is_asked() -> None:
    trust, paths = Trust(), []

    def load(path: str) -> Any:
        paths.append(path)
        return SimpleNamespace(AXIsProcessTrusted=trust)

    assert not is_trusted(load=load)
    name, problem = examine_accessibility(load=load)
    assert name == "macos"
    assert problem is not None
    assert problem.action.endswith(
        'open "x-apple.systempreferences:com.apple.preference.security?Privacy_Accessibility"'
    )
    trust.on = True
    assert is_trusted(load=load)
    assert examine_accessibility(load=load) == ("macos", None)
    assert set(paths) == {"/System/Library/Frameworks/ApplicationServices.framework/ApplicationServices"}


def test_a_macos_that_does_not_tell_of_accessibility_is_told() -> None:
    def missing(_path: str) -> Any:
        raise OSError("image not found")

    for load in (missing, lambda _path: SimpleNamespace()):
        name, problem = examine_accessibility(load=load)
        assert name == "none"
        assert problem is not None
        assert problem.message.startswith("macOS does not tell whether")
