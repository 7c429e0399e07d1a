"""What mss can throw, also on the systems that are not here: tried twice, then one error."""

from types import SimpleNamespace
from typing import Any

import pytest
from mss.exception import ScreenShotError

from capture import mss_grab
from capture.windows import WindowsSource
from worktime.errors import FairhourError

MONITORS = [{"left": 0, "top": 0, "width": 2, "height": 1}] * 3


class Screens:
    """Stands for ``mss.MSS()``: fails as often as told, then gives two pixels of two monitors."""

    fails: list[Exception] = []
    closed = 0

    def __init__(self, **_options: Any) -> None:
        self.monitors = MONITORS

    def __enter__(self) -> "Screens":
        return self

    def __exit__(self, *_error: object) -> None:
        Screens.closed += 1

    def grab(self, _monitor: dict[str, int]) -> Any:
        if Screens.fails:
            raise Screens.fails.pop()
        return SimpleNamespace(raw=bytearray(8), size=SimpleNamespace(width=2, height=1))


@pytest.fixture(autouse=True)
def screens(monkeypatch: pytest.MonkeyPatch) -> None:
    Screens.fails, Screens.closed = [], 0
    monkeypatch.setattr("mss.MSS", Screens)


def test_one_grab_opens_and_closes_once() -> None:
    raw = WindowsSource().grab()
    assert (raw.width, raw.height, raw.monitors) == (2, 1, 2)
    assert Screens.closed == 1


def test_a_layout_that_changes_under_the_grab_is_read_again() -> None:
    Screens.fails = [RuntimeError("recreate your MSS object")]
    assert mss_grab.grab_all().width == 2
    assert Screens.closed == 2


@pytest.mark.parametrize("error", [AssertionError(), AttributeError("CGWindowListCreateImage"), OSError("BitBlt")])
def test_any_other_failure_is_one_error_after_the_second_try(error: Exception) -> None:
    Screens.fails = [error, error]
    with pytest.raises(FairhourError, match=str(error) or "AssertionError") as caught:
        mss_grab.grab_all()
    assert caught.value.problem.code == "capture_failed"
    assert Screens.closed == 2


@pytest.mark.parametrize(("system", "opened"), [("linux", 1), ("win32", 0), ("darwin", 0)])
def test_a_rehearsal_connects_on_x11_alone_and_grabs_nothing(
    system: str, opened: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setattr(mss_grab, "load", lambda: None)
    Screens.fails = [AssertionError("it grabs")]
    mss_grab.rehearse()
    assert Screens.closed == opened
    assert Screens.fails, "no pixel was asked for"


@pytest.mark.parametrize("error", [OSError("no display"), ScreenShotError("no display")])
def test_a_rehearsal_without_a_display_leaves_it_to_the_first_grab_to_say_so(
    error: Exception, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def gone(**_options: Any) -> None:
        raise error

    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(mss_grab, "load", lambda: None)
    monkeypatch.setattr("mss.MSS", gone)
    caplog.set_level("INFO", "capture.mss_grab")
    mss_grab.rehearse()
    assert caplog.messages == ["there is nothing to grab from yet: no display"]
