"""The virtual desktop is one: a display, a window manager, a tray host, as many monitors as asked."""

import contextlib
import os
import shutil
from pathlib import Path

import pytest
from jeepney import message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from devtools import desktop as subject
from devtools import processes
from devtools.console import UserError
from tests.support.desktop import Desktop


def test_the_session_has_a_tray(qapp: QApplication) -> None:
    assert qapp.platformName() == "xcb"
    assert QSystemTrayIcon.isSystemTrayAvailable()


def test_two_monitors_are_two_areas_of_one_screen(two_monitors: Desktop) -> None:
    listed = processes.output_of(["xrandr", "--listmonitors"], two_monitors.env)
    assert "Monitors: 2" in listed
    assert "1920/508x1080/286+1920+0" in listed


def test_the_display_is_gone_afterwards() -> None:
    with subject.virtual_desktop() as made:
        assert "dimensions:" not in processes.output_of(["xprop", "-root", "-display", ":9999"])
        assert processes.output_of(["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], made.env)
    assert "unable to open display" in processes.output_of(["xprop", "-root"], made.env).lower()


def test_missing_programs_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(subject.DesktopError, match=r"Xvfb, openbox, trayer"), subject.virtual_desktop():
        pass


@pytest.mark.parametrize(
    ("environ", "shows"),
    [({}, False), ({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "wayland-0"}, True), ({"DISPLAY": ""}, False)],
)
def test_a_display_is_x11_or_wayland(environ: dict[str, str], shows: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert subject.has_display(environ) is shows


def test_other_systems_always_have_a_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    assert subject.has_display({})


def test_its_bus_starts_nothing_by_itself(desktop: Desktop) -> None:
    # A part of the whole run stands on its worker's desktop already.
    env = {**os.environ, **desktop.env}
    with contextlib.closing(open_dbus_connection(env["DBUS_SESSION_BUS_ADDRESS"])) as bus:
        (startable,) = Proxy(message_bus, bus).ListActivatableNames()
    assert startable == ["org.freedesktop.DBus"]


def test_a_folder_that_can_not_be_removed_hides_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    remove = os.rmdir

    def aborted(path: str, **options: int) -> None:
        if Path(path).name == "doc":
            raise ConnectionAbortedError(103, "Software caused connection abort", "doc")
        remove(path, **options)

    def fails(folder: Path) -> None:
        (folder / "doc").mkdir()
        monkeypatch.setattr(os, "rmdir", aborted)
        raise UserError("what really went wrong")

    with pytest.raises(UserError, match="what really went wrong"), subject.virtual_desktop() as made:
        fails(Path(made.env["XDG_RUNTIME_DIR"]))
    monkeypatch.undo()
    left = Path(made.env["XDG_RUNTIME_DIR"])
    assert (left / "doc").is_dir()
    shutil.rmtree(left)
