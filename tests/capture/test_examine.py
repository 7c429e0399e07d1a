"""Which way leads to a picture, found without taking one where that could ask the user something."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import capture
from devtools.bus import private_bus
from tests.capture.test_wayland import PORTAL, install_grim
from tests.support.bus import fake
from tests.support.xserver import x_server


@pytest.fixture
def wayland(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A Wayland desktop whose PATH holds nothing but what a test puts into ``tmp_path / bin``."""
    with private_bus() as bus:
        yield {"DBUS_SESSION_BUS_ADDRESS": bus, "WAYLAND_DISPLAY": "wayland-0", "PATH": str(tmp_path / "bin")}


def test_on_x11_a_picture_proves_it() -> None:
    with x_server() as server:
        assert capture.examine(env=server.env, system="linux") == ("x11", None)
    name, problem = capture.examine(env=server.env, system="linux")
    assert name == "x11"
    assert problem is not None
    assert problem.code == "capture_failed"


def test_without_a_display_there_is_none() -> None:
    name, problem = capture.examine(env={}, system="linux")
    assert name == "none"
    assert problem is not None
    assert problem.code == "capture_unavailable"


def test_a_portal_that_may_is_found_and_takes_no_picture(wayland: dict[str, str]) -> None:
    with fake(PORTAL, wayland["DBUS_SESSION_BUS_ADDRESS"], "ok", "/nowhere.png") as portal:
        assert capture.examine(env=wayland, system="linux") == ("portal", None)
        portal.expect("registered com.fairhour.Tracker")
        portal.tell("tell")


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [("denied", "capture_permission"), ("refuses", "capture_failed"), ("silent", "capture_timeout")],
)
def test_a_portal_that_may_not_says_so(
    behaviour: str, code: str, wayland: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["capture.examine"], "TIMEOUT_S", 0.5)
    with fake(PORTAL, wayland["DBUS_SESSION_BUS_ADDRESS"], behaviour):
        name, problem = capture.examine(env=wayland, system="linux")
    assert name == "portal"
    assert problem is not None
    assert problem.code == code


@pytest.mark.parametrize("portal", ["no_interface", "unknown_interface", None])
def test_grim_stands_in_for_a_portal_without_screenshots(
    portal: str | None, wayland: dict[str, str], tmp_path: Path
) -> None:
    def look() -> tuple[str, str]:
        if portal is None:
            name, problem = capture.examine(env=wayland, system="linux")
        else:
            with fake(PORTAL, wayland["DBUS_SESSION_BUS_ADDRESS"], portal):
                name, problem = capture.examine(env=wayland, system="linux")
        return name, problem.code if problem else ""

    assert look() == ("none", "capture_unavailable")
    install_grim(tmp_path, "exit 0")
    assert look() == ("grim", "")


def test_a_grim_that_does_not_serve_this_compositor_says_so(wayland: dict[str, str], tmp_path: Path) -> None:
    install_grim(tmp_path, "echo no screencopy >&2; exit 1")
    name, problem = capture.examine(env=wayland, system="linux")
    assert name == "grim"
    assert problem is not None
    assert problem.values == {"detail": "no screencopy"}
